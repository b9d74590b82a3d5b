"""Opposites that read almost the same."""

from __future__ import annotations

import pytest

from summarizer.polarity import polarity


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kyiv will not accept foreign troops.", "Kyiv will accept foreign troops.", "opposite"),
        ("Kyiv will not accept foreign troops.", "Kyiv rejects foreign troops.", "same"),
        ("Kyiv won't accept foreign troops.", "Kyiv will not accept foreign troops.", "same"),
        ("Iran ruled out talks in Geneva.", "Iran agreed to talks in Geneva.", "opposite"),
        (
            "They would free all the men and women held in the capital.",
            "They would free all the men and women held in the capital, but not soldiers.",
            "unclear",
        ),
        (
            "The EU would lift sanctions on oil.",
            "The EU would impose sanctions on oil.",
            "opposite",
        ),
        ("Troops leave before the vote.", "Troops leave after the vote.", "opposite"),
        ("Not before the vote do troops leave.", "Troops leave after the vote.", "same"),
        (
            "No deal without the return of prisoners.",
            "A deal with the return of prisoners.",
            "same",
        ),
        (
            "The army refuses to leave the city.",
            "Leaving town is what the army, under siege since spring, has offered.",
            "unclear",
        ),
        ("Киев не примет войска.", "Киев примет войска.", "same"),
        (
            "Posts go to the United Opposition under the deal.",
            "Under the deal posts go to the UO.",
            "same",
        ),
        ("", "", "same"),
    ],
)
def test_polarity_when_negations_differ(one: str, other: str, expected: str) -> None:
    """Opposite only where nearly all else is the same; never guessed in other languages."""
    assert polarity(one, other) == expected
    assert polarity(other, one) == expected
