"""The runner: every outcome scored and kept, nothing made twice, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.brief import PeaceTalksBrief
from summarizer.documents import Document
from summarizer.errors import InvalidOutput
from summarizer.evaluation import runner
from summarizer.evaluation.cases import Case
from summarizer.evaluation.results import SCORER_VERSION
from summarizer.evaluation.runner import Plan, agreement, document_of, make_run, rescored
from summarizer.evaluation.runs import Outcome, RunError
from tests.evaluation.small import (
    FOOTBALL,
    IDS,
    POST,
    PRISONERS,
    ROME,
    Failing,
    Scholar,
    cases,
    oracle_run,
    ran,
)


def test_outcomes_come_in_the_order_of_cases_and_repeats() -> None:
    """However many run at a time; each is told as it is done."""
    told: list[str] = []
    plan = Plan(
        cases(ROME, POST), repeats=2, concurrency=4, on_outcome=lambda one: told.append(one.case_id)
    )
    outcomes = ran(Scholar(), plan)
    assert [(one.case_id, one.repeat) for one in outcomes] == [
        (ROME, 1), (ROME, 2), (POST, 1), (POST, 2),
    ]  # fmt: skip
    assert sorted(told) == sorted([ROME, ROME, POST, POST])
    assert {one.score.score for one in outcomes} == {1.0}


def test_kept_outcome_is_not_made_again(tmp_path: Path) -> None:
    """A run that stopped goes on where it stopped, and ends with the same outcomes."""
    first, second = Scholar(), Scholar()
    ran(first, Plan(cases(POST), folder=tmp_path))
    outcomes = ran(second, Plan(cases(POST, ROME), folder=tmp_path))
    assert (first.asked, second.asked) == ([POST], [ROME])
    third = Scholar()
    assert ran(third, Plan(cases(POST, ROME), folder=tmp_path)) == outcomes
    assert third.asked == []


def test_outcome_of_another_key_is_not_reused(tmp_path: Path) -> None:
    """Another model, prompt or parameter is another outcome; so is another repeat."""
    system = Scholar()
    ran(system, Plan(cases(POST), folder=tmp_path), key="one")
    ran(system, Plan(cases(POST), folder=tmp_path), key="other")
    assert system.asked == [POST, POST]
    ran(system, Plan(cases(POST), repeats=2, folder=tmp_path), key="one")
    assert system.asked == [POST, POST, POST]


def test_outcome_of_another_text_is_not_reused(tmp_path: Path) -> None:
    """A document that was changed is another document."""
    system, case = Scholar(), cases(POST)[0]
    ran(system, Plan([case], folder=tmp_path))
    reading = case.readings[0]
    longer = reading.model_copy(update={"text": f"{reading.text}\nMore."})
    ran(system, Plan([case.model_copy(update={"readings": (longer,)})], folder=tmp_path))
    assert len(system.asked) == 2


def test_kept_outcome_is_scored_by_the_present_reference(tmp_path: Path) -> None:
    """Whoever mends a reference sees the score change without asking the model again."""
    system, case = Scholar(), cases(ROME)[0]
    ran(system, Plan([case], folder=tmp_path))
    shorter = case.model_copy(update={"offers": case.offers[:1]})
    again = ran(system, Plan([shorter], folder=tmp_path))[0]
    assert system.asked == [ROME]
    assert again.score.score is not None
    assert again.score.score < 1
    assert again.score.panel.spurious.hits + again.score.panel.unlisted.hits > 0


@pytest.mark.parametrize("content", [b"", b"{", b'{"case_id": "x"}', b"\xff\xfe"])
def test_damaged_kept_outcome_is_made_again(content: bytes, tmp_path: Path) -> None:
    """A file cut short by a full disk costs one call, not the run."""
    system = Scholar()
    ran(system, Plan(cases(POST), folder=tmp_path))
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(content)
    assert ran(system, Plan(cases(POST), folder=tmp_path))[0].score.score == 1.0
    assert len(system.asked) == 2
    assert Outcome.model_validate_json(kept.read_bytes()).case_id == POST


def test_crash_is_a_zero_and_is_tried_again(tmp_path: Path) -> None:
    """The other cases run on; what crashed is not kept."""
    plan = Plan(cases(POST, ROME, FOOTBALL), folder=tmp_path, concurrency=3)
    outcomes = ran(Failing(error=ValueError("Norland said yes"), at=[POST, FOOTBALL]), plan)
    assert [one.score.score for one in outcomes] == [0.0, 1.0, 0.0]
    assert [one.error for one in outcomes] == ["ValueError: crashed", None, "ValueError: crashed"]
    assert len(list(tmp_path.iterdir())) == 1
    system = Scholar()
    assert [one.score.score for one in ran(system, plan)] == [1.0, 1.0, 1.0]
    assert sorted(system.asked) == sorted([POST, FOOTBALL])


def test_error_of_ours_keeps_its_reason() -> None:
    """Our messages hold no document text, so that they are shown."""
    system = Failing(error=InvalidOutput("the answer is cut"))
    assert ran(system, Plan(cases(POST)))[0].error == "InvalidOutput: the answer is cut"


def test_crash_of_the_scorer_is_not_a_zero_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be measured, and says on which case."""

    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(runner, "score_brief", crash)
    with pytest.raises(RunError, match=f"the scorer crashed on {POST}: ZeroDivisionError"):
        ran(Scholar(), Plan(cases(POST)))


def test_kept_outcomes_need_a_folder_that_can_be_made(tmp_path: Path) -> None:
    """A folder that is a file is one line, not a traceback."""
    from summarizer.errors import OutputError

    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot make the folder"):
        ran(Scholar(), Plan(cases(POST), folder=tmp_path / "file" / "runs"))


def test_case_without_its_document_is_named() -> None:
    """Which case, and which document."""
    case = cases(POST)[0].model_copy(update={"documents": ["none.txt"]})
    with pytest.raises(RunError, match=rf"{POST}\.yaml: document none\.txt does not exist"):
        document_of(case)


def test_document_is_the_text_that_the_reference_was_made_from() -> None:
    """Loaded as users load it, sentence by sentence the same."""
    for case in cases():
        document = document_of(case)
        assert document.text == case.readings[0].text
        spans = [(sentence.start, sentence.end) for sentence in document.sentences]
        assert spans == case.readings[0].spans


def test_run_says_what_it_was() -> None:
    """Model, strategy, prompt, scorer, similarity: what a comparison needs to know."""
    run = oracle_run()
    assert (run.model, run.strategy, run.scorer_version) == ("oracle", "single", SCORER_VERSION)
    assert run.prompt_version != "none"
    assert run.similarity
    assert all(one.tokens_in > 0 and one.tokens_out > 0 for one in run.outcomes)


def test_run_of_crashes_alone_is_still_a_run() -> None:
    """No brief tells the strategy; every score is zero."""
    outcomes = ran(Failing(), Plan(cases()))
    run = make_run(outcomes, label="crash", system=Failing(), params={"a": "1"}, note="why")
    assert (run.strategy, run.params, run.note) == ("none", {"a": "1"}, "why")
    assert run.scores == dict.fromkeys(sorted(IDS), 0.0)


def test_rescoring_gives_the_same_scores() -> None:
    """Stored outputs hold everything that the scorer needs."""
    run = oracle_run()
    changed = rescored(run, cases())
    assert changed == run
    crashed = make_run(ran(Failing(at=[POST]), Plan(cases())), label="c", system=Failing())
    assert rescored(crashed, cases()) == crashed


def test_rescoring_takes_tags_split_and_scorer_of_now() -> None:
    """An old run becomes comparable with a new one."""
    old = oracle_run().model_copy(update={"scorer_version": "0", "similarity": "older"})
    moved = [case.model_copy(update={"split": "test", "tags": ["lang:en"]}) for case in cases()]
    new = rescored(old, moved)
    assert (new.scorer_version, new.similarity) == (SCORER_VERSION, oracle_run().similarity)
    assert {one.split for one in new.outcomes} == {"test"}
    assert set(new.slices("lang")) == {"en"}
    assert new.slices("genre") == {}


def test_rescoring_refuses_an_unknown_case() -> None:
    """An output that fits no case is not dropped in silence."""
    known = [case for case in cases() if case.id != PRISONERS]
    with pytest.raises(RunError, match=f"an output for an unknown case: {PRISONERS}"):
        rescored(oracle_run(), known)


def test_agreement_is_over_cases_with_two_references() -> None:
    """A second reference of a case that has no first is no agreement."""
    other = cases(ROME)[0].model_copy(update={"offers": cases(ROME)[0].offers[:2]})
    scores = agreement(cases(POST, ROME), [other, *cases(PRISONERS)])
    assert set(scores) == {ROME}
    score = scores[ROME].score
    assert score is not None
    assert 0 < score < 1
    assert agreement(cases(POST), cases(POST))[POST].score == 1.0


class Wordy(Scholar):
    """A scholar who is not a brief short of anything."""

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """The reference, with the document in it."""
        brief = await super().brief(case, document)
        sources = [one.model_copy(update={"text": document.text}) for one in brief.sources]
        return brief.model_copy(update={"sources": sources})


def test_kept_outcome_holds_no_document(tmp_path: Path) -> None:
    """What lies in the folder of runs can be published without the texts."""
    ran(Wordy(), Plan(cases(POST), folder=tmp_path))
    (kept,) = tmp_path.iterdir()
    outcome = Outcome.model_validate_json(kept.read_bytes())
    assert outcome.brief is not None
    assert {source.text for source in outcome.brief.sources} == {None}
