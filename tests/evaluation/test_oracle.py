"""Good, bad and recorded models over the real wire: the harness's own proof."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.draft import MAX_CITATIONS, BriefDraft
from summarizer.evaluation.cases import Case
from summarizer.evaluation.gate import NOT_MEASURED, PASSED, REGRESSED, check_replay
from summarizer.evaluation.oracle import oracle_answer
from summarizer.evaluation.runs import Run
from summarizer.evaluation.systems import replay
from summarizer.prompts import FENCE
from summarizer.testing import BAD_MODELS, ModelServer, Recorder, by_document, status
from summarizer.testing.answers import Answer
from summarizer.testing.reply import Reply
from summarizer.testing.request import Request
from tests.evaluation.samples import dev_cases
from tests.evaluation.small import (
    FOOTBALL,
    IDS,
    POSITIVE,
    POST,
    cases,
    injected,
    knowing,
    oracle_run,
    played,
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """The four cases; one document holds an instruction to the model."""
    return injected(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def expected() -> dict[str, Run]:
    """The oracle's run over the hostile cases, once it is made."""
    return {}


def oracle_over(hostile: list[Case], expected: dict[str, Run]) -> Run:
    """Made once, inside a test, where the guards of the tests hold."""
    if "run" not in expected:
        expected["run"] = played(knowing(hostile), hostile, "oracle")
    return expected["run"]


def test_oracle_scores_one_in_every_section() -> None:
    """Reference, prompt, wire, reading, grounding and scorer lose nothing on the way."""
    run = oracle_run()
    assert run.scores == dict.fromkeys(sorted(IDS), 1.0)
    means = run.section_means()
    assert set(means) == {"parties", "offers", "red_lines", "open_questions", "next_steps"}
    assert {mean for mean, _ in means.values()} == {1.0}
    assert [line for outcome in run.outcomes for line in outcome.score.ledger] == []
    assert run.crashes == []
    assert all(outcome.calls == 1 for outcome in run.outcomes)


def test_oracle_answers_are_drafts_of_the_schema() -> None:
    """What the oracle says of any dev case could have been said by a model."""
    for case in (*dev_cases(), *cases(FOOTBALL)):
        draft = BriefDraft.model_validate(json.loads(oracle_answer(case)))
        assert len(draft.offers) == len(case.offers)
        assert draft.about_peace_talks is case.about_peace_talks
        assert all(1 <= len(offer.citations) <= MAX_CITATIONS for offer in draft.offers)


@pytest.mark.parametrize("name", BAD_MODELS)
def test_bad_model_fails_the_gate(name: str, hostile: list[Case], expected: dict[str, Run]) -> None:
    """Whatever is wrong with a model, the gate says regressed, and says where."""
    snapshot = oracle_over(hostile, expected)
    assert snapshot.scores == dict.fromkeys(sorted(IDS), 1.0)
    run = played(BAD_MODELS[name].behaviour(knowing(hostile)), hostile, name)
    verdict = check_replay(run, snapshot)
    assert verdict.status == REGRESSED
    assert any(line.startswith(IDS) for line in verdict.lines)
    assert len(run.scores) == len(IDS)
    assert sum(run.scores.values()) < len(IDS)


def test_obeying_model_fails_only_where_there_is_something_to_obey(
    hostile: list[Case],
) -> None:
    """The instruction in one document is what costs it that case, and no other."""
    run = played(BAD_MODELS["obeys_injection"].behaviour(knowing(hostile)), hostile)
    assert [case for case, score in run.scores.items() if score < 1] == [POST]


def test_refusing_model_is_a_zero_with_its_denominator() -> None:
    """No answer counts as nothing found of everything there was, never as left out."""
    run = played(BAD_MODELS["refuses"].behaviour(knowing(cases())), cases())
    assert run.scores == dict.fromkeys(sorted(IDS), 0.0)
    assert len(run.crashes) == len(IDS)
    assert run.panel.missing.hits == run.panel.missing.of > 0
    assert run.section_means()["offers"] == (0.0, 3)
    assert all((one.error or "").startswith("Refused: ") for one in run.outcomes)


def test_crashing_on_a_third_lowers_the_mean_by_a_third() -> None:
    """A crash is not rewarded: two of three perfect briefs are worth two thirds."""
    three = cases(*POSITIVE)
    good, which = knowing(three), by_document({c.id: c.readings[0].text for c in three})

    def crash(request: Request) -> Answer | Reply:
        return status(500) if which(request) == POST else good(request)

    run = played(crash, three)
    mean = run.mean()
    assert mean is not None
    assert mean.mean == pytest.approx(2 / 3, abs=1e-12)
    assert mean.n == 3
    assert [outcome.case_id for outcome in run.crashes] == [POST]


def test_oracle_does_not_answer_for_a_document_it_does_not_know() -> None:
    """No case is answered with another case's answers."""
    run = played(knowing(cases(POST)), cases(*POSITIVE))
    assert [case for case, score in run.scores.items() if score] == [POST]


def test_replay_equals_what_was_recorded(tmp_path: Path) -> None:
    """Recorded once, replayed to the last digit, and the gate passes."""
    with ModelServer(knowing(cases())) as server:
        recorder = Recorder(tmp_path, server.base_url, fence=FENCE.pattern)
        recorded = played(recorder, cases(), "recorded")
        asked = len(server.requests)
    assert len(list(tmp_path.glob("*.json"))) == asked == len(IDS)
    again = played(replay(tmp_path), cases(), "replayed")
    assert again.scores == pytest.approx(recorded.scores, abs=1e-9)
    assert check_replay(again, recorded).status == PASSED
    assert check_replay(again, oracle_run()).status == PASSED


def test_stale_recording_is_a_crash_when_a_parameter_changed(tmp_path: Path) -> None:
    """An old answer is never given to a new question."""
    with ModelServer(knowing(cases(POST))) as server:
        recorder = Recorder(tmp_path, server.base_url, fence=FENCE.pattern)
        recorded = played(recorder, cases(POST), params={"temperature": 0.0})
    behaviour = replay(tmp_path)
    stale = played(behaviour, cases(POST), params={"temperature": 0.5})
    assert behaviour.missed
    assert (stale.outcomes[0].error or "").startswith("BadRequest: ")
    assert stale.scores == {POST: 0.0}
    assert check_replay(stale, recorded).status == REGRESSED
    assert check_replay(stale, oracle_run()).status == NOT_MEASURED
