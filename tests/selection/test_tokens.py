"""Pieces of words, their numbers and places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.selection.tokens import END, START, pieces

# What the tokenizer.json of all-MiniLM-L6-v2 makes of them (tokenizers 0.23), as are all below.
KNOWN = {
    "He said: “We’re not leaving” – ever…": (
        [2002, 2056, 1024, 1523, 2057, 1521, 2128, 2025, 2975, 1524, 1516, 2412, 1529],
        [(0, 2), (3, 7), (7, 8), (9, 10), (10, 12), (12, 13), (13, 15), (16, 19), (20, 27),
         (27, 28), (29, 30), (31, 35), (35, 36)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
def test_pieces_are_the_encoders_when_quotes_are_curly(text: str) -> None:
    """Numbers and places are those that the weights were made with."""
    found = pieces(text)
    assert (found.ids, found.places) == KNOWN[text]


def test_accents_and_capitals_are_dropped_when_places_are_kept() -> None:
    """ "Zürich" is "zurich" to the encoder, and where it stands in the text."""
    found = pieces("In ZÜRICH, e\u0301te\u0301")
    assert found.ids[:3] == pieces("in Zurich,").ids
    assert found.places[1] == (3, 9)
    assert found.places[-1][1] == len("In ZÜRICH, e\u0301te\u0301") - 1


@pytest.mark.parametrize("name", ["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]"])
def test_control_tokens_are_plain_text_when_a_document_names_them(name: str) -> None:
    """No document can end its line or pose as the one before."""
    found = pieces(f"Talks {name} resume")
    assert found.ids == pieces(f"Talks [ {name[1:-1].lower()} ] resume").ids
    assert not {0, START, END, 103} & set(found.ids)


def test_a_word_is_one_unknown_piece_when_it_is_very_long() -> None:
    """A run of 100,000 letters is no word, and costs nothing."""
    found = pieces("x" * 100_000 + " end")
    assert found.ids == [100, 2203]
    assert found.places == [(0, 100_000), (100_001, 100_004)]


@given(st.text(st.characters(), max_size=80))
def test_places_are_within_the_text_and_in_order_when_it_is_any(text: str) -> None:
    """Also of lone surrogates, marks that join, and scripts that the vocabulary lacks."""
    found = pieces(text)
    assert len(found.ids) == len(found.places) == len(found)
    assert all(0 <= start < end <= len(text) for start, end in found.places)
    assert found.places == sorted(found.places)
    assert not {START, END} & set(found.ids)
