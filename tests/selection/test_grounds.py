"""Whose word an offer or a red line is."""

from __future__ import annotations

from summarizer.documents import from_text
from summarizer.selection.grounds import Word, describe_word, least_wrong
from summarizer.selection.reading import read


def test_nobody_is_named_when_another_is_likely_but_not_known() -> None:
    """Another's word needs somebody who speaks."""
    chances = {Word.OWN: 0.2, Word.NOBODY: 0.2, Word.ANOTHER: 0.8}
    assert least_wrong(chances, known=True) == Word.ANOTHER
    assert least_wrong(chances, known=False) == Word.NOBODY


def test_a_thing_is_not_the_holders_own_when_the_other_two_together_are_likelier() -> None:
    """Second-hand told as self-stated costs most."""
    chances = {Word.OWN: 0.4, Word.NOBODY: 0.35, Word.ANOTHER: 0.25}
    assert least_wrong(chances, known=True) == Word.NOBODY


def test_numbers_differ_when_the_holder_speaks_and_when_another_does() -> None:
    """The same line, held by its speaker and by the one spoken of."""
    text = "Israel said on Monday that Egypt would open the crossing at Rafah for a month."
    reading = read(from_text(text))
    line = reading.line(1)
    own = describe_word(line, reading, ["Israel"], 0)
    other = describe_word(line, reading, ["Egypt"], 0)
    assert len(own) == len(other)
    assert own != other
