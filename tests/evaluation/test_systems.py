"""What can be evaluated: stored answers and briefs, baselines, models behind a server."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from summarizer.errors import SettingsError
from summarizer.evaluation.oracle import oracle_answer
from summarizer.evaluation.references import reference_brief
from summarizer.evaluation.runner import Plan, document_of, make_run
from summarizer.evaluation.runs import RunError
from summarizer.evaluation.systems import (
    BASELINES,
    AnswersSystem,
    BaselineSystem,
    BriefsSystem,
    check_answers,
    recording_system,
    replay,
)
from summarizer.progress import Progress
from summarizer.testing import ModelServer
from tests.evaluation.small import (
    FOOTBALL,
    IDS,
    POSITIVE,
    POST,
    ROME,
    cases,
    knowing,
    ran,
    settings,
)


def answers(folder: Path, *ids: str) -> Path:
    """A folder with the oracle's answers for these cases."""
    for case in cases(*ids):
        (folder / f"{case.id}.json").write_text(oracle_answer(case), encoding="utf-8")
    return folder


def test_answers_obtained_elsewhere_score_as_if_the_model_had_been_called(tmp_path: Path) -> None:
    """Everything after the model is the same."""
    outcomes = ran(AnswersSystem(answers(tmp_path, *IDS)), Plan(cases()))
    assert [one.score.score for one in outcomes] == [1.0] * 4
    assert {one.calls for one in outcomes} == {0}


@pytest.mark.parametrize("answer", ["", "I would rather not.", "{}", "[]", '{"title": 7'])
def test_useless_answer_is_a_zero_with_a_reason(answer: str, tmp_path: Path) -> None:
    """And the other cases run on."""
    answers(tmp_path, POST, ROME)
    (tmp_path / f"{POST}.json").write_text(answer, encoding="utf-8")
    bad, good = ran(AnswersSystem(tmp_path), Plan(cases(POST, ROME)))
    assert (bad.score.score, good.score.score) == (0.0, 1.0)


def test_missing_and_foreign_answers_are_zeros(tmp_path: Path) -> None:
    """A case without an answer; an answer that cites sentences the document does not have."""
    draft = json.loads(oracle_answer(cases(ROME)[0]))
    draft["offers"][0]["citations"] = [4_000]
    (tmp_path / f"{POST}.json").write_text(json.dumps(draft), encoding="utf-8")
    foreign, missing = ran(AnswersSystem(tmp_path), Plan(cases(POST, ROME)))
    assert (foreign.error or "").startswith("InvalidOutput: ")
    assert (missing.error or "").startswith("UnreadableDocument: cannot read ")
    assert foreign.score.score == missing.score.score == 0.0


def test_finished_briefs_are_scored_as_they_are(tmp_path: Path) -> None:
    """Of any system, one file per case; what is no brief is a zero with its reason."""
    for case in cases(POST, ROME):
        (tmp_path / f"{case.id}.json").write_text(
            reference_brief(case).model_dump_json(), encoding="utf-8"
        )
    (tmp_path / f"{FOOTBALL}.json").write_text("{}", encoding="utf-8")
    one, other, bad = ran(BriefsSystem(tmp_path), Plan(cases(POST, ROME, FOOTBALL)))
    assert (one.score.score, other.score.score, bad.score.score) == (1.0, 1.0, 0.0)
    assert "no schema_version" in (bad.error or "")


def test_answers_are_checked_before_anything_runs(tmp_path: Path) -> None:
    """A folder, no output of an unknown case, at least one of a selected case."""
    with pytest.raises(RunError, match="is not a folder"):
        check_answers(tmp_path / "none", cases(), IDS)
    with pytest.raises(RunError, match="no output for any of the selected cases"):
        check_answers(tmp_path, cases(), IDS)
    answers(tmp_path, POST)
    check_answers(tmp_path, cases(), IDS)
    with pytest.raises(RunError, match="no output for any of the selected cases"):
        check_answers(tmp_path, cases(ROME), IDS)
    (tmp_path / "moldva.json").write_text("{}")
    with pytest.raises(RunError, match="an output for an unknown case: moldva"):
        check_answers(tmp_path, cases(), IDS)


@pytest.mark.parametrize("name", BASELINES)
def test_baseline_scores_near_nothing(name: str) -> None:
    """Without a model there is next to nothing to be had, and no crash."""
    system = BaselineSystem(name, BASELINES[name])
    run = make_run(ran(system, Plan(cases())), label=name, system=system)
    mean = run.mean()
    assert mean is not None
    assert mean.mean < 0.1
    assert run.crashes == []
    assert run.strategy == "baseline"


def test_quotes_baseline_makes_an_offer_of_each_sentence_with_a_quote() -> None:
    """So that it is more than nothing where a document quotes."""
    for case in cases(*POSITIVE):
        document = document_of(case)
        quoting = [s.number for s in document.sentences
                   if set('"“«') & set(document.quote(s.number))]  # fmt: skip
        offers = BASELINES["every quote an offer"](document).offers
        assert [offer.citations for offer in offers] == [[number] for number in quoting]


def test_recordings_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """No folder, or an empty one: how to make them is said."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(RunError, match=r"there are no recordings in .*eval run --record"):
            replay(folder)


def test_recording_keeps_one_file_per_call_and_nothing_of_the_key(tmp_path: Path) -> None:
    """What is passed on carries the key; what is kept does not."""
    key = "sk-planted-0815"

    async def record(base_url: str) -> list[int]:
        chosen = settings(base_url=base_url, api_key=key)
        documents = [document_of(case) for case in cases(POST, ROME)]
        async with recording_system(chosen, documents, Progress(), tmp_path) as system:
            briefs = [
                await system.brief(*pair) for pair in zip(cases(POST, ROME), documents, strict=True)
            ]
        return [len(brief.offers) for brief in briefs]

    with ModelServer(knowing(cases())) as server:
        offers = asyncio.run(record(server.base_url))
        sent = [request.headers.get("authorization") for request in server.requests]
    assert offers == [len(case.offers) for case in cases(POST, ROME)]
    assert set(sent) == {f"Bearer {key}"}
    files = list(tmp_path.glob("*.json"))
    assert len(files) == len(sent) == 2
    assert not any(key in file.read_text(encoding="utf-8") for file in files)


def test_model_of_another_wire_cannot_be_recorded(tmp_path: Path) -> None:
    """It is said before anything is asked."""

    async def record() -> None:
        chosen = settings(model="anthropic/claude", base_url=None, api_key="k")
        async with recording_system(chosen, [], Progress(), tmp_path):
            pytest.fail("it was opened")

    with pytest.raises(SettingsError, match="anthropic/claude cannot be recorded"):
        asyncio.run(record())
