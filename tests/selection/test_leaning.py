"""Words that turn what a line looks like."""

from __future__ import annotations

import pytest

from summarizer.selection.leaning import leaning


@pytest.mark.parametrize(
    "text",
    [
        "Orland dropped its old demand for a seat.",
        "The demand has been dropped, both said.",
        "It no longer claims the two islands.",
        "A vote need not be held at once.",
        "The League would not object to a mission.",
        "Orland doesn't rule it out.",
        "The council has no objection to the list.",
        "His men would not fire first.",
        "They won't be the first to move.",
        "Nobody will be prosecuted for it.",
    ],
)
def test_line_leans_to_an_offer_when_it_gives_up_or_promises_restraint(text: str) -> None:
    """A concession, an opposition that is none, and restraint are given."""
    assert leaning(text) < 0


@pytest.mark.parametrize(
    "text",
    [
        "It will sign unless the town is shelled.",
        "They would come only after the withdrawal.",
        "The army reserves the right to answer.",
        "He'd go back to the bush if they were not freed.",
        "No soldier will leave the ridge.",
    ],
)
def test_line_leans_to_a_red_line_when_it_limits_or_threatens(text: str) -> None:
    """What is given only under a limit, and a threat to walk out."""
    assert leaning(text) > 0


@pytest.mark.parametrize("text", ["Orland will free forty prisoners.", "It rejects the plan."])
def test_line_does_not_lean_when_none_of_the_words_is_there(text: str) -> None:
    """The classifier alone decides."""
    assert leaning(text) == 0
