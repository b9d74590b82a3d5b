"""Who says it: holders' own words and second-hand ones are never alike."""

from __future__ import annotations

import itertools

import pytest

from summarizer.rendering.attribution import according_to, doubt, told_by
from summarizer.vocabulary import Basis, Certainty, OfferStatus
from tests.factories import offer, question, red_line


@pytest.mark.parametrize(
    ("speaker", "speaks_for", "basis", "words"),
    [
        ("Odo Brandt", "Kor Front", Basis.ON_RECORD, "own words: Odo Brandt"),
        ("a Front aide", "Kor Front", Basis.ANONYMOUS, "own words: a Front aide (unnamed)"),
        (None, "Kor Front", Basis.OFFICIAL_TEXT, "own words: an official text"),
        (None, "Kor Front", Basis.NARRATION, "own words, as the document reports"),
        ("Lena Marsh", "Arvenia", Basis.ON_RECORD, "⚠ second-hand: Lena Marsh (Arvenia)"),
        ("Arvenia", "Arvenia", Basis.ON_RECORD, "⚠ second-hand: Arvenia"),
        ("an aide", "Arvenia", Basis.ANONYMOUS, "⚠ second-hand: an aide (Arvenia, unnamed)"),
        (None, "Arvenia", Basis.NARRATION, "⚠ second-hand: Arvenia"),
        (None, "Arvenia", Basis.LEAKED, "⚠ second-hand: Arvenia (a leaked text)"),
        ("Ines Calder", None, Basis.ANALYST, "⚠ second-hand: Ines Calder (analyst)"),
        (None, None, Basis.OTHER_MEDIA, "⚠ second-hand: other media"),
        (None, None, Basis.ANONYMOUS, "⚠ second-hand: an unnamed source"),
        (
            None,
            None,
            Basis.NARRATION,
            "⚠ attributed by the document, not stated by Kor Front here",
        ),
    ],
)
def test_told_by_names_teller_and_ground_when_red_line(
    speaker: str | None, speaks_for: str | None, basis: Basis, words: str
) -> None:
    """The teller as written, the party only where it is not the holder, the ground in words."""
    told = red_line(held_by="Kor Front", speaker=speaker, speaks_for=speaks_for, basis=basis)
    assert told_by(told) == words


@pytest.mark.parametrize(
    ("speaker", "speaks_for", "basis"),
    [*itertools.product(["Odo Brandt", None], ["Kor Front", "Arvenia", None], Basis)],
)
def test_told_by_warns_exactly_when_not_self_stated(
    speaker: str | None, speaks_for: str | None, basis: Basis
) -> None:
    """No combination lets a second-hand line pass for the holder's own words."""
    told = red_line(held_by="Kor Front", speaker=speaker, speaks_for=speaks_for, basis=basis)
    words = told_by(told)
    assert words.startswith("own words") is told.self_stated
    assert words.startswith("⚠ ") is not told.self_stated


def test_told_by_tells_holders_apart_when_only_one_speaks() -> None:
    """A side that binds someone absent does not make it first-hand for the absent."""
    bound = offer(by=["Arvenia", "Norway"], speaker="Lena Marsh", speaks_for="Arvenia")
    assert told_by(bound) == "own words: Lena Marsh (Arvenia); ⚠ second-hand for Norway"


def test_told_by_is_first_hand_for_all_when_the_text_is_joint() -> None:
    """A joint text speaks for its signatories."""
    joint = offer(by=["Arvenia", "Norway"], speaks_for="Arvenia", basis=Basis.OFFICIAL_TEXT)
    assert told_by(joint) == "own words: an official text"


def test_told_by_lists_all_holders_when_the_document_attributes() -> None:
    """Whoever did not say it is named."""
    attributed = offer(by=["Arvenia", "Norway", "Qatar"])
    assert told_by(attributed).endswith("not stated by Arvenia, Norway or Qatar here")


@pytest.mark.parametrize(
    ("speaker", "speaks_for", "words"),
    [
        ("Lena Marsh", "Arvenia", "according to Lena Marsh (Arvenia)"),
        (None, "Arvenia", "according to Arvenia"),
        (None, None, ""),
    ],
)
def test_according_to_is_silent_when_the_document_speaks_for_itself(
    speaker: str | None, speaks_for: str | None, words: str
) -> None:
    """A question or step of the document's own needs no teller."""
    assert according_to(question(speaker=speaker, speaks_for=speaks_for)) == words


@pytest.mark.parametrize(
    ("certainty", "status", "words"),
    [
        (Certainty.ASSERTED, None, ""),
        (Certainty.HEDGED, OfferStatus.TABLED, "hedged in the source"),
        (Certainty.DISPUTED, OfferStatus.AGREED, "⚠ disputed in the source"),
        (Certainty.ASSERTED, OfferStatus.DISPUTED, "⚠ disputed in the source"),
    ],
)
def test_doubt_is_said_in_words_when_hedged_or_disputed(
    certainty: Certainty, status: OfferStatus | None, words: str
) -> None:
    """A claim is never shown as surer than the document has it."""
    assert doubt(certainty, status) == words
