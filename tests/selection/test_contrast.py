"""Lines that say two things of opposite sense."""

from __future__ import annotations

import pytest

from summarizer.selection.contrast import says_both


@pytest.mark.parametrize(
    "text",
    [
        "Orland would come to the table only after the withdrawal from the valley.",
        "The Council is willing to talk of elections, but it will not release the magistrate.",
        "He would accept a truce on the present lines; he would not accept one without a date.",
        "Le mouvement déposera les armes, mais il refuse de quitter la ville.",
        "El grupo entregará los rehenes, pero no aceptará observadores.",
    ],
)
def test_line_says_both_when_it_gives_and_withholds(text: str) -> None:
    """What is given depends on something, or another part of the line refuses."""
    assert says_both(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orland will free forty prisoners this week and reopen the road to the port.",
        "The army will not leave the hills.",
        "They will not sign such a text, nor will they discuss another.",
        "Le gouvernement libérera quarante prisonniers.",
    ],
)
def test_line_says_one_thing_when_it_only_gives_or_only_withholds(text: str) -> None:
    """All of it is given, or all of it refused."""
    assert not says_both(text)
