"""People who need no title."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.documents import from_text
from summarizer.selection.introduced import Introduced, is_person
from summarizer.selection.reading import read

TEXT = (
    "The movement of Tavi Oduma signed on Thursday. Oduma has threatened to return. "
    "Oduma's government will answer, a Belvese official said in Belvar. "
    "The army of Belvar and Ada Belvar were not there."
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Oduma", TEXT),
        ("Harrak", "The rebel leader Moussa al-Harrak spoke. Harrak's spokesman agreed."),
        ("Tolan", "Tolan, 59, came by boat. Tolan's party waited."),
        ("Tolan", "Tolan himself stayed away."),
    ],
)
def test_a_name_is_a_persons_when_a_first_name_an_age_or_himself_stands_by(
    name: str, text: str
) -> None:
    """Though "Oduma's government" stands where a state's name does."""
    assert is_person(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Belvar", TEXT),
        ("Maghdar", "A letter came from Maghdar. Maghdar's king waited."),
        ("Federation", "They met the Anorran Federation. The Federation answered."),
        ("Amity", "The envoy of Upper Amity came. Amity's army did not."),
        ("Halvria", "They asked. Is Halvria ready? Halvria will come."),
    ],
)
def test_a_name_is_no_persons_when_it_is_a_place_or_part_of_a_longer_one(
    name: str, text: str
) -> None:
    """One is in a place or comes from it; "the" and "upper" are no first names."""
    assert not is_person(name, text)


def test_someone_is_introduced_when_the_last_name_stands_alone_afterwards() -> None:
    """Or is known everywhere, of a party that is named; no title is a first name."""
    own = Introduced(TEXT, frozenset({"Russia"}))
    assert "Tavi Oduma" in own
    assert "Tavi Oduma's" in own
    assert "Vladimir Putin" in own
    assert "Presidents Putin" not in own
    assert "Boris Johnson" not in own
    assert "Oduma" not in own
    assert "Ada Belvar" not in own
    assert "Vladimir Putin" not in Introduced(TEXT, frozenset({"Norway"}))


def test_a_leader_without_a_title_is_a_person_and_no_state() -> None:
    """Found in a document: among its people, not among its parties."""
    text = (
        "Vladimir Putin of Russia and Tavi Oduma met in Paris on Monday for peace talks.\n\n"
        "Oduma's party has said that it will extend the truce. Oduma wants a vote.\n\n"
        "Russia has offered Oduma's government a truce, Oduma said."
    )
    reading = read(replace(from_text(text), language="en"))
    assert "Oduma" not in reading.actors.found
    assert reading.actors.people["oduma"].name == "Tavi Oduma"
