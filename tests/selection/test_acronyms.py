"""Acronyms: what they are short for, and capitals that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.documents import from_text
from summarizer.selection.actors import Actor
from summarizer.selection.reading import unsettled
from summarizer.vocabulary import PartyKind


def _found(text: str) -> dict[str, Actor]:
    return unsettled(replace(from_text(text), language="en")).actors.found


def test_acronym_is_the_longer_name_when_its_words_begin_so() -> None:
    """No bracket has to say that the RDM is the Riverine Defence Movement."""
    found = _found("The Riverine Defence Movement came late. The RDM would sign, the RDM said.")
    assert set(found) == {"Riverine Defence Movement"}
    assert found["Riverine Defence Movement"].forms["RDM"] == 2


def test_acronym_of_an_army_is_its_state_when_spelled() -> None:
    """The SAF are Sudan's, not a party of its own."""
    assert set(_found("The Sudanese Armed Forces (SAF) moved. The SAF said no.")) == {"Sudan"}


@pytest.mark.parametrize(
    "text",
    [
        "OSTMARK, 3 May (Wire) - The rebels met. They spoke of corn.",
        "SUMMARY\n\nThe rebels met at noon and a summary was read to them.",
        "Qarn waited.\n\nTalks in QARN over. In Qarn the rebels met.",
        "Present: Ada Holm (AH), Tom Burke (TB). AH asked for time. TB said no to AH.",
        "TL: You may look. The rebels may not, TL said to TL.",
        "The next question is from TL. A. Yeah, TL. The rebels met. Sorry, TL, once more?",
        "The rebels spoke of the ATACMS. They met, and the ATACMS were fired.",
    ],
)
def test_capitals_are_no_party_when_they_are_no_acronym(text: str) -> None:
    """A dateline, a heading, a place, initials, the label of a turn."""
    assert not any(name.isupper() for name in _found(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Voters of the BQP will not follow: the BQP lost nine seats.", "political_movement"),
        ("Fighters of the BQP hold the hill, and a BQP commander spoke.", "armed_group"),
        ("Heads of state of the BQP met at the BQP summit.", "international_organisation"),
    ],
)  # fmt: skip
def test_kind_of_an_unknown_acronym_when_the_words_around_it_tell(text: str, kind: str) -> None:
    """A party with seats in a parliament is no armed group."""
    actor = _found(text)["BQP"]
    assert (actor.kind, actor.guessed) == (PartyKind(kind), False)


def test_acronym_is_known_when_written_as_a_name() -> None:
    """ "Nato" is NATO."""
    assert set(_found("Ministers of Nato met, and Nato will decide.")) == {"NATO"}
