"""Runs: what is added up, what is stored, what may be compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import OutputError, UnreadableDocument
from summarizer.evaluation.panel import Rate
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.results import NotComparable
from summarizer.evaluation.runner import make_run
from summarizer.evaluation.runs import (
    Outcome,
    Run,
    RunError,
    critical_errors,
    load_run,
    require_comparable_runs,
    save_run,
)
from summarizer.evaluation.scoring import failed_score
from tests.evaluation.small import FOOTBALL, IDS, POST, ROME, Scholar, cases, oracle_run


def outcome(case_id: str, score: float | None, repeat: int = 1, words: int = 100) -> Outcome:
    """An outcome with this score."""
    case = cases(case_id)[0]
    failed = failed_score(reference_of(case))
    return Outcome(
        case_id=case_id,
        repeat=repeat,
        split=case.split,
        tags=case.tags,
        words=words,
        score=failed.model_copy(update={"score": score, "crashed": False}),
    )


def a_run(*outcomes: Outcome) -> Run:
    """A run of these outcomes."""
    return make_run(outcomes, label="hand", system=Scholar())


def test_repeats_are_averaged_within_their_case() -> None:
    """The unit is the article: three repeats of one do not outvote another."""
    run = a_run(outcome(POST, 0.0), outcome(POST, 1.0, 2), outcome(POST, 0.5, 3), outcome(ROME, 1))
    assert run.scores == {POST: 0.5, ROME: 1.0}
    mean = run.mean()
    assert mean is not None
    assert (mean.mean, mean.n) == (0.75, 2)


def test_case_with_nothing_to_score_is_left_out() -> None:
    """None is neither a zero nor a one."""
    run = a_run(outcome(POST, None), outcome(ROME, 0.5))
    assert run.scores == {ROME: 0.5}
    assert a_run(outcome(POST, None)).mean() is None
    assert a_run().mean() is None


def test_slices_by_tag_length_and_subject_cover_every_case() -> None:
    """Each slice has its mean and number of cases."""
    run = a_run(outcome(POST, 0.2, words=250), outcome(ROME, 0.6, words=251),
                outcome(FOOTBALL, 1.0, words=5_000))  # fmt: skip
    length = run.slices("length")
    assert {name: one.mean for name, one in length.items()} == {
        "up to 250 words": 0.2, "251 to 600 words": 0.6, "over 600 words": 1.0,
    }  # fmt: skip
    subject = run.slices("subject")
    assert subject["about peace talks"].n == 2
    assert subject["about peace talks"].mean == pytest.approx(0.4)
    assert subject["not about peace talks"].mean == 1.0
    assert run.slices("lang")["en"].n == 3
    assert run.slices("nothing of this kind") == {}


def test_run_is_the_same_when_read_back(tmp_path: Path) -> None:
    """Stored and loaded, briefs and scores included; folders are made on the way."""
    path = tmp_path / "new" / "run.json"
    save_run(oracle_run(), path)
    assert load_run(path) == oracle_run()


def test_stored_run_holds_no_document() -> None:
    """A run can be published without the texts."""
    assert all(
        source.text is None
        for one in oracle_run().outcomes
        if one.brief
        for source in one.brief.sources
    )


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"not json", b'{"outcomes": []}', b"[" * 5_000, b"null"]
)
def test_file_that_is_no_run_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    """Whatever is in it."""
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(RunError, match=r"run\.json is not a run of summarizer eval: .+") as raised:
        load_run(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_file_that_cannot_be_read_is_refused(content: bytes | None, tmp_path: Path) -> None:
    """Missing, or not text."""
    path = tmp_path / "run.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=r"cannot read .*run\.json"):
        load_run(path)


def test_run_is_not_written_below_a_file(tmp_path: Path) -> None:
    """A folder that cannot be made is an error of ours, in one line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot make the folder"):
        save_run(a_run(), tmp_path / "file" / "run.json")


@pytest.mark.parametrize("field", ["scorer_version", "similarity"])
def test_runs_of_different_scorers_are_not_compared(field: str) -> None:
    """The message says which is which, and what to do."""
    old = oracle_run().model_copy(update={field: "older", "label": "last year"})
    with pytest.raises(NotComparable, match=r"last year with .*older.*eval rescore"):
        require_comparable_runs(oracle_run(), old)
    require_comparable_runs(old, old)


def test_critical_errors_are_those_of_side_direction_and_number() -> None:
    """Four kinds; a perfect brief has none of them."""
    first = oracle_run().outcomes[0]
    assert critical_errors(first) == {"polarity": 0, "holder": 0, "swapped": 0, "number": 0}
    panel = first.score.panel.model_copy(update={"number": Rate(hits=2, of=5)})
    score = first.score.model_copy(update={"panel": panel})
    assert critical_errors(first.model_copy(update={"score": score}))["number"] == 2


def test_panel_adds_up_over_all_outcomes() -> None:
    """Rates are over items, not over cases."""
    needed = [failed_score(reference_of(case)).panel.missing.of for case in cases()]
    run = a_run(*(outcome(case_id, 0.0) for case_id in IDS))
    assert run.panel.missing.of == sum(needed)
