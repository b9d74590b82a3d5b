"""What the rules see of a document: turns, parties, people, voices, genre."""

from __future__ import annotations

from dataclasses import replace

from summarizer.documents import from_text
from summarizer.selection.genre import Genre
from summarizer.selection.reading import Reading, read
from summarizer.vocabulary import Basis

CALL = """MODERATOR: Good morning. Thanks for joining the call.

SENIOR ADMINISTRATION OFFICIAL: Israel accepted the text on Sunday. Hamas has not answered.

Q Will there be a truce by Friday?

SENIOR ADMINISTRATION OFFICIAL: We will meet again in Cairo on Friday.

MODERATOR: Thank you.
"""
NEWS = """Ukraine and Russia met again in Geneva on Tuesday for talks about the war.

Russian Deputy Foreign Minister Sergei Ryabkov said that Moscow would not accept troops. \
He said the talks would go on.

Kasem Orlan, an analyst at the Institute of Peace, said the truce was unlikely to hold. \
A senior Ukrainian official said Kyiv would release ten prisoners if the shelling stopped.
"""


def _read(text: str, language: str = "en") -> Reading:
    return read(replace(from_text(text), language=language))


def _with(reading: Reading, words: str) -> int:
    return next(line.number for line in reading.lines if words in line.text)


def test_turns_when_text_is_a_transcript() -> None:
    """A line belongs to whoever has the floor; questions are nobody's claim."""
    reading = _read(CALL)
    assert reading.genre == Genre.TRANSCRIPT
    asked = reading.line(_with(reading, "by Friday"))
    said = reading.line(_with(reading, "Cairo"))
    assert asked.turn.asks
    assert said.voice.party == "United States"
    assert said.voice.basis == Basis.ANONYMOUS


def test_no_label_is_a_party_when_text_is_a_transcript() -> None:
    """MODERATOR and OFFICIAL take part in no talks."""
    assert {"Israel", "Hamas"} <= set(_read(CALL).actors.found)
    assert not {"MODERATOR", "OFFICIAL", "SENIOR"} & set(_read(CALL).actors.found)


def test_person_speaks_for_a_party_when_the_title_names_it() -> None:
    """The adjective of the title is the party."""
    reading = _read(NEWS)
    person = reading.actors.people["ryabkov"]
    assert (person.name, person.party) == ("Sergei Ryabkov", "Russia")


def test_voice_goes_on_when_a_pronoun_stands_for_it() -> None:
    """ "He said" is the one who spoke before."""
    reading = _read(NEWS)
    assert reading.line(_with(reading, "go on")).voice.party == "Russia"


def test_analyst_speaks_for_nobody() -> None:
    """An expert's view is no party's."""
    voice = _read(NEWS).line(_with(_read(NEWS), "unlikely")).voice
    assert (voice.party, voice.basis) == (None, Basis.ANALYST)


def test_nameless_official_speaks_for_the_party_of_the_description() -> None:
    """ "A senior Ukrainian official" is unnamed, and Ukraine's."""
    reading = _read(NEWS)
    voice = reading.line(_with(reading, "prisoners")).voice
    assert (voice.party, voice.basis) == ("Ukraine", Basis.ANONYMOUS)


def test_primary_parties_when_two_fight() -> None:
    """Those who are named most and meet each other."""
    assert set(_read(NEWS).roles.primary) == {"Ukraine", "Russia"}


def test_acronym_is_an_alias_when_it_stands_in_brackets() -> None:
    """Later mentions by the acronym are the same party."""
    text = "The Free Valley Front (FVF) met the government. The FVF said it would not disarm."
    actor = _read(text).actors.found["Free Valley Front"]
    assert "FVF" in actor.forms


def test_lower_case_us_is_not_a_party() -> None:
    """ "us" is a pronoun."""
    assert "United States" not in _read("They told us that Iran and Iraq met.").actors.found
