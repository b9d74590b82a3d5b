"""For whom a document and its speakers speak, in documents written for the test."""

from __future__ import annotations

from summarizer.documents import from_text
from summarizer.selection import authors
from summarizer.selection.reading import Reading, read
from summarizer.vocabulary import Basis

BODY = (
    "We have been at war with Azerbaijan since the spring. We are ready to free all prisoners "
    "within ten days. Our troops will not leave the valley while Azerbaijan keeps its guns there. "
    "We shall send our delegation to Geneva on Monday."
)


def _read(text: str) -> Reading:
    return read(from_text(text))


def test_statement_is_its_owner_s_when_a_letterhead_names_it() -> None:
    """A text under a party's letterhead speaks for that party, as an official text."""
    reading = _read(f"REPUBLIC OF ARMENIA\n\nStatement of the foreign ministry\n\n{BODY}")
    assert authors.owner(reading) == "Armenia"
    voice = reading.lines[-1].voice
    assert (voice.party, voice.basis) == ("Armenia", Basis.OFFICIAL_TEXT)


def test_nobody_owns_a_document_when_a_party_is_only_a_place() -> None:
    """A dateline and the subject of the talks are no letterhead."""
    reading = _read(
        "Talks on Armenia end without result\n\nGENEVA, 3 May - Negotiators met in Switzerland "
        "for two hours. Officials said that a new round would follow in June."
    )
    assert authors.owner(reading) is None


def test_opinion_speaks_for_nobody_when_the_author_says_we() -> None:
    """The first person of a comment is no party's."""
    reading = _read(f"THE LEVANT REVIEW\n\nComment\n\nI was there when Armenia left. {BODY}")
    assert reading.lines[-1].voice.party is None
    assert reading.lines[-1].voice.basis == Basis.ANALYST


def test_speaker_has_a_party_when_a_legend_names_it() -> None:
    """ "For Armenia: Anna Petrosyan (AP)" tells for whom AP speaks."""
    reading = _read(
        "Minutes of the third meeting\n\nFor Armenia: Anna Petrosyan (AP)\n"
        "For Azerbaijan: Rauf Aliyev (RA)\n\n"
        "AP: We are ready to free the prisoners.\n\nRA: We have a list of ours.\n\n"
        "AP: The truce must hold first.\n\nRA: It will hold."
    )
    assert authors.of_label(reading, "AP") == "Armenia"
    assert authors.of_label(reading, "RA") == "Azerbaijan"


def test_text_of_several_is_nobody_s_alone_when_two_heads_name_it() -> None:
    """Two parties that the head shows alike: neither is the owner."""
    reading = _read(f"ARMENIA\n\nAZERBAIJAN\n\nJoint statement\n\n{BODY}")
    assert authors.owner(reading) is None
