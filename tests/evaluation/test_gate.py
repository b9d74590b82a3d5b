"""The gate: passed, regressed, or could not measure."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from summarizer.evaluation.gate import (
    NOT_MEASURED,
    PASSED,
    REGRESSED,
    check_live,
    check_replay,
)
from summarizer.evaluation.panel import Rate
from summarizer.evaluation.results import NotComparable
from summarizer.evaluation.runs import Outcome, Run
from tests.evaluation.small import FOOTBALL, IDS, POST, ROME, oracle_run


def scoring(scores: Mapping[str, float]) -> Run:
    """The oracle's run with these scores in place of its own; other cases were not run."""
    outcomes = [
        one.model_copy(
            update={"score": one.score.model_copy(update={"score": scores[one.case_id]})}
        )
        for one in oracle_run().outcomes
        if one.case_id in scores
    ]
    return oracle_run().model_copy(update={"outcomes": outcomes})


def with_errors(case_id: str, number: int) -> Run:
    """The oracle's run with wrong numbers in one case, at no cost in the score."""

    def changed(one: Outcome) -> Outcome:
        panel = one.score.panel.model_copy(update={"number": Rate(hits=number, of=5)})
        return one.model_copy(update={"score": one.score.model_copy(update={"panel": panel})})

    outcomes = [changed(o) if o.case_id == case_id else o for o in oracle_run().outcomes]
    return oracle_run().model_copy(update={"outcomes": outcomes})


def crashed(case_id: str) -> Run:
    """The oracle's run with one crash that costs nothing: it stands for what it hides."""
    outcomes = [
        o.model_copy(update={"error": "Refused: no", "brief": None}) if o.case_id == case_id else o
        for o in oracle_run().outcomes
    ]
    return oracle_run().model_copy(update={"outcomes": outcomes})


FLAT = dict.fromkeys(IDS, 0.8)


def test_replay_passes_when_every_score_is_that_of_the_snapshot() -> None:
    """It says over how many cases, and the mean."""
    verdict = check_replay(scoring(FLAT), scoring(FLAT))
    assert verdict.status == PASSED
    assert verdict.lines == ["4 of 4 cases as in the snapshot, mean 0.800"]


@pytest.mark.parametrize("change", [1e-6, -1e-6, 0.2])
def test_replay_fails_when_a_score_moved(change: float) -> None:
    """In either direction: an unexplained gain is as much a change."""
    verdict = check_replay(scoring(FLAT | {ROME: 0.8 + change}), scoring(FLAT))
    assert verdict.status == REGRESSED
    assert len(verdict.lines) == 1
    assert verdict.lines[0].startswith(f"{ROME}: 0.8000 → ")


def test_replay_allows_for_rounding() -> None:
    """A difference in the tenth digit is none."""
    assert check_replay(scoring(FLAT | {ROME: 0.8 + 1e-10}), scoring(FLAT)).status == PASSED


def test_replay_fails_for_a_new_crash_that_cost_nothing() -> None:
    """A zero that was a zero before may still be a new crash; an old one is in the snapshot."""
    verdict = check_replay(crashed(FOOTBALL), oracle_run())
    assert (verdict.status, verdict.lines) == (REGRESSED, [f"{FOOTBALL}: Refused: no"])
    assert check_replay(crashed(FOOTBALL), crashed(FOOTBALL)).status == PASSED


@pytest.mark.parametrize("check", [check_replay, check_live])
def test_nothing_is_measured_when_cases_differ(check: object) -> None:
    """A case that is missing, on either side, is named; so is having none at all."""
    assert callable(check)
    fewer = scoring({case: 0.8 for case in IDS if case != POST})
    lost, more = check(fewer, scoring(FLAT)), check(scoring(FLAT), fewer)
    assert (lost.status, more.status) == (NOT_MEASURED, NOT_MEASURED)
    assert lost.lines == [f"{POST} is in the baseline and was not run"]
    assert more.lines == [f"{POST} was run and is not in the baseline"]
    assert check(scoring({}), scoring({})).status == NOT_MEASURED


@pytest.mark.parametrize("check", [check_replay, check_live])
@pytest.mark.parametrize("field", ["scorer_version", "similarity"])
def test_gate_refuses_a_baseline_of_another_scorer(check: object, field: str) -> None:
    """Scores that mean different things are not held against each other."""
    assert callable(check)
    with pytest.raises(NotComparable, match="eval rescore"):
        check(oracle_run(), oracle_run().model_copy(update={field: "older"}))


def test_live_fails_when_clearly_worse() -> None:
    """The whole interval of the paired difference is under zero."""
    worse = scoring({case: 0.5 + 0.01 * n for n, case in enumerate(IDS)})
    verdict = check_live(worse, scoring(FLAT))
    assert verdict.status == REGRESSED
    assert verdict.lines == ["difference -0.285 over 4 cases"]
    assert check_live(scoring(FLAT), worse).status == PASSED


def test_live_passes_when_chance_explains_the_difference() -> None:
    """One bad case of four is within what happens by chance."""
    assert check_live(scoring(FLAT | {POST: 0.6}), scoring(FLAT)).status == PASSED


def test_live_fails_under_the_floor() -> None:
    """However it compares; exactly at the floor is not under it."""
    verdict = check_live(scoring(FLAT), scoring(FLAT), floor=0.9)
    assert verdict.status == REGRESSED
    assert "mean 0.800 is under the floor 0.900" in verdict.lines
    assert check_live(scoring(FLAT), scoring(FLAT), floor=0.79).status == PASSED


def test_live_fails_for_a_new_critical_error_where_it_counts() -> None:
    """In a must-pass case one wrong number is enough; elsewhere the mean decides."""
    verdict = check_live(with_errors(POST, 1), oracle_run(), must_pass=[POST])
    assert verdict.status == REGRESSED
    assert verdict.lines[-1] == f"{POST} must pass: number errors 0 → 1"
    assert check_live(with_errors(POST, 1), oracle_run(), must_pass=[ROME]).status == PASSED
    assert check_live(oracle_run(), with_errors(POST, 1), must_pass=[POST]).status == PASSED


def test_live_fails_when_any_repeat_has_a_new_critical_error() -> None:
    """The last repeat does not speak for the others."""
    both = oracle_run().model_copy(
        update={"outcomes": [*with_errors(POST, 1).outcomes, *oracle_run().outcomes]}
    )
    assert check_live(both, oracle_run(), must_pass=[POST]).status == REGRESSED
    assert check_live(oracle_run(), both, must_pass=[POST]).status == PASSED


def test_live_fails_when_a_case_that_must_pass_crashed() -> None:
    """A brief that never came holds no wrong number, and is no pass."""
    verdict = check_live(crashed(POST), oracle_run(), must_pass=[POST])
    assert verdict.status == REGRESSED
    assert verdict.lines[-1] == f"{POST} must pass: Refused: no"


def test_live_is_not_measured_when_a_case_that_must_pass_was_not_run() -> None:
    """A misspelt name guards nothing, so it is said."""
    verdict = check_live(oracle_run(), oracle_run(), must_pass=["moldva"])
    assert verdict.status == NOT_MEASURED
    assert verdict.lines == ["moldva must pass and was not run"]
