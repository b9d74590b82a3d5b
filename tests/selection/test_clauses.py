"""Whose clause it is, in documents written for the test."""

from __future__ import annotations

import pytest

from summarizer.documents import from_text
from summarizer.selection import clauses
from summarizer.selection.reading import Line, Reading, read

HEAD = (
    "Peace talks between Armenia and Azerbaijan went on in Geneva. Armenia and Azerbaijan have "
    "been at war since the spring."
)


def _read(text: str) -> tuple[Line, Reading]:
    """The last sentence of a document."""
    reading = read(from_text(f"{HEAD}\n\n{text}"))
    return reading.lines[-1], reading


@pytest.mark.parametrize(
    "text",
    [
        "Armenian Foreign Minister Vahan Petrosyan said that Azerbaijan had agreed to it.",
        "Armenian Foreign Minister Vahan Petrosyan told us on Monday that Azerbaijan will not go.",
        "According to Armenian officials, Azerbaijan refuses to withdraw its troops.",
    ],
)
def test_the_one_who_agreed_is_the_holder_when_another_tells_it(text: str) -> None:
    """ "X said that Y had agreed" is Y's."""
    line, reading = _read(text)
    assert line.voice.party == "Armenia"
    assert clauses.told(line, reading) == "Azerbaijan"


def test_nobody_is_told_of_when_the_clause_has_no_named_subject() -> None:
    """ "X said that no soldier would come" names no other party."""
    line, reading = _read("Armenian officials said that no foreign soldier would cross the river.")
    assert clauses.told(line, reading) is None


def test_a_pronoun_is_the_subject_before_when_it_leads_the_next_sentence() -> None:
    """ "It treats …" goes on about the subject of the sentence before."""
    line, reading = _read(
        "Azerbaijan wants limits on the army of Armenia. It treats Armenian missiles as a red line."
    )
    assert clauses.subject(line, reading) == "Azerbaijan"


def test_a_pronoun_means_nobody_when_it_leads_a_paragraph() -> None:
    """Across paragraphs nothing is guessed."""
    line, reading = _read("It treats Armenian missiles as a red line.")
    assert clauses.subject(line, reading) is None


def test_head_of_a_forum_is_an_outside_voice_when_quoted() -> None:
    """A diplomat who heads a conference speaks for no party."""
    line, _ = _read(
        "Peace would be a wonder, said Anton Berger, a German diplomat and head of the Bonn Forum."
    )
    assert line.voice.analyst
    assert line.voice.party is None


def test_speaker_stands_behind_the_verb_when_a_comma_is_before_it() -> None:
    """In "if X refused, said Y" it is Y who speaks, first name and all."""
    line, _ = _read(
        "It would be a wonder if Azerbaijan refused, said Sebastian Berger, an analyst in Bonn."
    )
    assert line.voice.speaker == "Sebastian Berger"
    assert line.voice.analyst


def test_wish_is_the_speakers_when_it_is_demanded_of_another() -> None:
    """In "X demanded that Y go" the demand is X's."""
    line, reading = _read("Norway demanded that Sweden should leave Norway first.")
    assert clauses.told(line, reading) == "Norway"
