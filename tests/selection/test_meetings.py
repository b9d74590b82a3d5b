"""Tests of summarizer.selection.meetings."""

from __future__ import annotations

import pytest

from summarizer.draft import DraftStep
from summarizer.selection.meetings import once
from summarizer.vocabulary import Basis


def _step(statement: str, when: str | None, number: int, **more: object) -> DraftStep:
    known = {
        "statement": statement, "when": when, "date": None, "parties": ["Halden", "Ostrel"],
        "citations": [number], "certainty": "planned", "speaker": None, "speaks_for": None,
        "basis": Basis.NARRATION, "topics": ["process"],
    }  # fmt: skip
    return DraftStep.model_validate({**known, **more})


FIRST = _step("They agreed to meet again in April.", "in April", 3)


def test_meeting_is_one_step_when_it_is_told_twice() -> None:
    """As the fuller time has it; both sentences are cited."""
    later = _step("The fourth round of talks will be in early April.", "in early April", 11)
    (one,) = once([FIRST, later])
    assert (one.statement, one.when, one.citations) == (later.statement, later.when, [3, 11])
    assert once([later, FIRST]) == [one]


def test_meeting_with_a_date_stands_when_another_has_none() -> None:
    """The date is not lost to longer words."""
    dated = _step("Talks open on 3 April.", "3 April", 5, date="2030-04-03")
    longer = _step("Talks are for the first days of April.", "in the first days of April", 7)
    assert [one.date for one in once([dated, longer])] == ["2030-04-03"]


@pytest.mark.parametrize(
    "other",
    [
        _step("They meet in May.", "in May", 4),
        _step("The assembly votes in April.", "in April", 4),
        _step("They meet in April.", "in April", 4, parties=["Halden"]),
        _step("They may meet in April.", "in April", 4, certainty="hedged"),
        _step("They meet soon.", None, 4),
    ],
)
def test_steps_stay_two_when_they_may_be_two(other: DraftStep) -> None:
    """Another month, other parties, another thing, less sure, or no time."""
    assert once([FIRST, other]) == [FIRST, other]


def test_steps_stay_two_when_their_days_differ() -> None:
    """A round at the beginning of a month and one at its end."""
    both = [
        _step("They meet on 3 April.", "3 April", 1),
        _step("They meet on 20 April.", "20 April", 2),
    ]
    assert once(both) == both
