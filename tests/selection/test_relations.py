"""What parties are in the grammar of a line, in documents written for the test."""

from __future__ import annotations

from summarizer.documents import from_text
from summarizer.selection.reading import Line, Reading, read
from summarizer.selection.relations import NAMES, Relations, last_subject, proposer

HEAD = (
    "Peace talks between Armenia and Azerbaijan went on in Geneva. Armenia and Azerbaijan have "
    "been at war since the spring."
)


def _read(text: str) -> tuple[Line, Reading]:
    """The last sentence of a document."""
    reading = read(from_text(f"{HEAD}\n\n{text}"))
    return reading.lines[-1], reading


def _of(text: str, party: str) -> set[str]:
    line, reading = _read(text)
    numbers = Relations(line, reading, len(line.text)).of(party)
    return {name for name, number in zip(NAMES, numbers, strict=True) if number}


def test_party_is_meant_when_a_pronoun_follows_its_sentence() -> None:
    """ "It" after a sentence on Armenia may be Armenia."""
    text = "Armenia rejected the plan on Monday. It will not withdraw its troops."
    assert "pronoun, subject before" in _of(text, "Armenia")
    assert "pronoun, subject before" not in _of(text, "Azerbaijan")


def test_proposer_is_known_when_the_terms_follow_the_plan() -> None:
    """Terms that come after "X proposed a plan" are X's, whoever would carry them out."""
    line, reading = _read(
        "Egypt has proposed a plan to both. Azerbaijan would pull its troops back."
    )
    assert proposer(line, reading) == "Egypt"
    assert last_subject(line, reading) == "Egypt"


def test_all_is_nought_when_the_language_has_no_parser() -> None:
    """French lines have no grammar: only that is said, and what the rules know."""
    reading = read(from_text(
        "Les négociations de paix entre l'Arménie et l'Azerbaïdjan continuent à Genève. "
        "L'Arménie a rejeté le plan de paix proposé par la Russie."
    ))  # fmt: skip
    line = reading.lines[-1]
    numbers = Relations(line, reading, len(line.text)).of("Armenia")
    named = {name for name, number in zip(NAMES, numbers, strict=True) if number}
    assert "no parser" in named
    assert "subject of content" not in named
