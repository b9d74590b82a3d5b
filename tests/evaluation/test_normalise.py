"""Names and texts in one form."""

from __future__ import annotations

import pytest

from summarizer.evaluation.normalise import PartyNames
from summarizer.folding import fold
from summarizer.partykeys import name_key
from summarizer.polarity import looks_english

NAMES = PartyNames(
    [
        ["United States", "Washington"],
        ["Ukraine", "Kyiv", "the Ukrainian side"],
        ["Rapid Support Forces"],
        ["United Nations", "OCHA"],
        ["Sudan", "Government of Sudan"],
        ["South Sudan"],
        ["AFC/M23", "M23"],
    ]
)


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("KYIV", "Ukraine"),
        ("Ukrainian side", "Ukraine"),
        ("U.S.", "United States"),
        ("USA", "United States"),
        ("the United States of America", "United States"),
        ("RSF", "Rapid Support Forces"),
        ("UN", "United Nations"),
        ("Republic of South Sudan", "South Sudan"),
        ("the government of Ukraine", "Ukraine"),
        ("M23", "AFC/M23"),
        ("Moscow", None),
        ("", None),
    ],
)
def test_name_finds_its_party_when_written_otherwise(name: str, party: str | None) -> None:
    """Aliases, acronyms, articles and well-known names lead to one party; strangers to none."""
    assert NAMES.find(name) == party


def test_name_finds_nobody_when_two_parties_could_be_meant() -> None:
    """An acronym of two parties names neither."""
    names = PartyNames([["People's Defence Front"], ["Patriotic Democratic Forum"]])
    assert names.find("PDF") is None


def test_known_names_keep_their_meaning_when_extended() -> None:
    """A prediction cannot move an alias of the reference to another party."""
    extended = NAMES.extended([["Russia", "Kyiv", "Moscow"]])
    assert extended.find("Kyiv") == "Ukraine"
    assert extended.find("Moscow") == "Russia"


def test_text_names_parties_canonically_when_aliases_stand_in_it() -> None:
    """Whole words only, longest first, acronyms in capitals only."""
    names = PartyNames([["United States", "US"], ["Ukraine", "Kyiv", "Kyiv's army"]])
    text = names.in_text("The US told us that Kyiv and Kyiv's army met in Kyivska.")
    assert text == "the united states told us that ukraine and ukraine met in kyivska."


def test_fold_drops_what_only_typography_adds() -> None:
    """Quotes, dashes, spaces, invisible marks and case."""
    assert fold("“Article\u00a05–like”\u200f  Pledge") == '"article 5-like" pledge'


def test_name_key_survives_when_nothing_but_signs_is_left() -> None:
    """A name of signs is still a name of its own."""
    assert name_key("—") != name_key("…")
    assert name_key("Türkiye") == "turkiye"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Russia will study the papers.", True),
        ("Russia rejects talks.", True),
        ("Rusia estudiará los documentos y responderá después", False),
        ("روسيا ترفض المحادثات", False),
    ],
)
def test_english_is_recognised_by_its_function_words(text: str, english: bool) -> None:
    """Other languages are not taken for English; a short ASCII text is."""
    assert looks_english(text) is english
