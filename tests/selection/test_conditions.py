"""What an offer depends on."""

from __future__ import annotations

import pytest

from summarizer.selection.conditions import conditions
from summarizer.selection.parsed import parse


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Egypt will open the crossing if the guns fall silent.", "the guns fall silent"),
        ("The island keeps to the truce, unless attacked.", "attacked"),
        ("It will sign, provided the camps are closed.", "the camps are closed"),
        ("It will sign provided that the camps are closed.", "the camps are closed"),
        ("They go home when a neutral force arrives, not sooner.", "a neutral force arrives"),
        ("It frees all on the day the war ends.", "the war ends"),
        ("Should the talks fail, both may leave the camps.", "the talks fail"),
        ("He will step down after an agreement.", "an agreement"),
        ("It gives its word on the understanding that he stays away.", "he stays away"),
    ],
)
def test_condition_is_found_when_a_line_states_one(text: str, condition: str) -> None:
    """In the words of the line, without the word that makes it one."""
    assert conditions(text) == [condition]


@pytest.mark.parametrize(
    "text",
    [
        "Both keep the right to defend themselves if they are attacked.",
        "We have already provided $245 million worth of assistance.",
        "The teams will meet as soon as possible.",
        "He will stay for as long as it takes.",
        "It is ready to talk, an aide said on condition of anonymity.",
        "The committee provided for in Article 14 will see to it.",
        "The army pulls back ten days after signature.",
        "Reporters asked if the army would leave.",
    ],
)
def test_none_is_found_when_the_words_are_no_condition(text: str) -> None:
    """A phrase, a question or a right kept is no condition of an offer."""
    assert conditions(text) == []


def test_a_purpose_binds_nobody_when_it_has_a_condition() -> None:
    """What an alarm depends on is no condition of the offer; what a readiness depends on is."""
    alarm = "A mission would watch the truce, to sound the alarm early if an attack is coming."
    ready = "The army is ready to withdraw to the river if the rebels lay down their arms."
    parsed = parse([alarm, ready], "en")
    assert parsed is not None
    assert conditions(alarm, parsed[0]) == []
    assert conditions(ready, parsed[1]) == ["the rebels lay down their arms"]
