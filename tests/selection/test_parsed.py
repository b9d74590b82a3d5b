"""Sentences with their grammar."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from summarizer.documents import from_text
from summarizer.errors import MissingExtra
from summarizer.selection import parsed
from summarizer.selection.reading import read

CALL = """MODERATOR: Good morning. Thanks for joining.

MR. TARN: Israel accepted the text on Sunday.

Q Will there be a truce by Friday?

MR. TARN: Hamas has not answered.
"""


def test_subject_is_known_when_language_has_a_parser() -> None:
    """Every sentence has its grammar, with offsets into itself."""
    (doc,) = parsed.parse(["Hamas has not answered."], "en") or []
    subject = next(word for word in doc if word.dep_ == "nsubj")
    assert (subject.text, subject.idx, subject.head.lemma_) == ("Hamas", 0, "answer")


def test_nothing_is_parsed_when_language_has_no_parser() -> None:
    """The rules that read the bare text go on alone."""
    assert parsed.parse(["Hamas no ha contestado."], "es") is None
    reading = read(replace(from_text("Hamas no ha contestado."), language="es"))
    assert reading.grammar(1) is None


def test_grammar_is_that_of_the_line_when_a_label_stands_before_it() -> None:
    """A line's text and its grammar have the same offsets."""
    reading = read(replace(from_text(CALL), language="en"))
    for line in reading.lines:
        doc = reading.grammar(line.number)
        assert doc is not None
        assert doc.text == line.text


def test_endless_sentence_when_parsed_is_cut() -> None:
    """What nobody wrote by hand costs no more than a long sentence."""
    (doc,) = parsed.parse(["word " * 5_000], "en") or []
    assert len(doc.text) == parsed.LONGEST


def test_extra_is_named_when_the_parser_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the package is told what to install."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    parsed._parser.cache_clear()
    with pytest.raises(MissingExtra, match="embedded"):
        parsed.parse(["A sentence."], "en")
