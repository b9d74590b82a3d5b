"""Labels: the same in every language, with the same places, for every value of a vocabulary."""

from __future__ import annotations

import string

import pytest

from summarizer import vocabulary
from summarizer.errors import SettingsError
from summarizer.languages import LANGUAGES, NAMES
from summarizer.rendering.outline import outline
from summarizer.rendering.words import ENGLISH, words
from tests.rendering.arvenia import arvenia

SHOWN = [
    vocabulary.PartyKind, vocabulary.PartyRole, vocabulary.Topic, vocabulary.Basis,
    vocabulary.OfferKind, vocabulary.OfferStatus, vocabulary.Response, vocabulary.RedLineKind,
    vocabulary.Firmness, vocabulary.QuestionReason,
]  # fmt: skip
OTHERS = [code for code in LANGUAGES if code != "en"]


def places(phrase: str) -> set[str]:
    """The names that a phrase leaves to be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_every_phrase_is_in_every_language_with_the_same_places(code: str) -> None:
    """No language lacks a label, and none has one that says less."""
    table, english = words(code).table, ENGLISH.table
    for group in ("phrases", "counts"):
        assert list(table[group]) == list(english[group])
    for key, phrase in english["phrases"].items():
        assert places(table["phrases"][key]) == places(phrase), key
        assert phrase.startswith("⚠") == table["phrases"][key].startswith("⚠"), key
    for one, other in table["counts"].values():
        assert places(one) == places(other) == {"n"}


@pytest.mark.parametrize("code", OTHERS)
def test_every_value_of_a_vocabulary_has_a_word(code: str) -> None:
    """A value that is shown is never shown as its English code."""
    for kind in SHOWN:
        table = words(code).table[kind.__name__]
        assert sorted(table) == sorted(str(term) for term in kind), kind.__name__
        assert len(set(table.values())) == len(table), kind.__name__


@pytest.mark.parametrize("code", LANGUAGES)
def test_outline_can_be_made_in_every_language(code: str) -> None:
    """Every phrase that a full brief needs can be filled in; the items stay the same."""
    shown = outline(arvenia(), words(code))
    assert [line.name for line in shown.lines] == [line.name for line in outline(arvenia()).lines]
    assert words(code).name == NAMES[code]


def test_words_of_a_language_without_a_table_are_refused() -> None:
    """The message says which there are."""
    with pytest.raises(SettingsError, match=r"'de'.*en, fr, es, ar, ru, uk"):
        words("de")


@pytest.mark.parametrize(
    ("code", "number", "said"),
    [("en", 1, "1 word"), ("en", 3412, "3,412 words"), ("fr", 1, "1 mot"),
     ("fr", 3412, "3\u202f412 mots"), ("ru", 3412, "слов: 3\u00a0412")],
)  # fmt: skip
def test_numbers_are_counted_as_the_language_does(code: str, number: int, said: str) -> None:
    """Plural and grouping of digits."""
    assert words(code).counted(number, "word") == said


def test_languages_are_called_by_their_name_in_the_language() -> None:
    """By CLDR; an unknown code stays, and none is said in words."""
    assert ENGLISH.language("uk") == "Ukrainian"
    assert words("fr").language("uk") == "ukrainien"
    assert ENGLISH.language("zxx-q") == "zxx-q"
    assert ENGLISH.language(None) == "language unknown"
