"""The ground of an item, by fitted weights: what the rules read off the voice is evidence.

Whether a report tells of a stance in its own voice or in a party's is seen from the whole line
and from the section, more than from one word of saying.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from summarizer.selection import clauses
from summarizer.vocabulary import Basis

if TYPE_CHECKING:
    from summarizer.selection.reading import Line, Reading

GROUNDS = tuple(Basis)


SECOND_HAND, OTHER = 0.3, 0.1
"""What it costs to take a thing told by another for the holder's own word, or the other way; and
to name another teller where there is none, or none where there is one."""


class Word(Enum):
    """Whose word an offer or a red line is."""

    OWN = "own"
    NOBODY = "nobody"
    ANOTHER = "another"


def describe_word(line: Line, reading: Reading, held: Sequence[str], section: int) -> list[float]:
    """How the one who speaks and the holders stand to each other."""
    voice, told = line.voice, clauses.told(line, reading)
    first = line.mentions[0].party if line.mentions else None
    found = (
        voice.party in held, voice.party is None, voice.party and voice.party not in held,
        voice.speaker, voice.speaker and voice.at < 0, voice.pronoun, voice.analyst, told in held,
        told and told not in held, told, first in held, any(one in line.parties for one in held),
        len(held) > 1, line.turn.label, not section, voice.party in held and told and told not in held,
        voice.party and voice.party not in held and told in held, voice.speaker and not voice.party,
        voice.party in reading.roles.primary, any(one in reading.roles.primary for one in held),
    )  # fmt: skip
    return [
        *(float(bool(one)) for one in found),
        *(float(reading.genre == genre) for genre in type(reading.genre)),
        *(float(voice.basis == ground) for ground in GROUNDS),
    ]


def least_wrong(chances: Mapping[Word, float], known: bool) -> Word:
    """Whose word it is at least expected cost; another's only where another is known."""
    options = [word for word in Word if known or word != Word.ANOTHER]
    return min(options, key=lambda said: sum(p * _cost(true, said) for true, p in chances.items()))


def _cost(true: Word, said: Word) -> float:
    if true == said:
        return 0.0
    return SECOND_HAND if Word.OWN in {true, said} else OTHER


def describe(guess: Basis, section: int, sections: int) -> list[float]:
    """What the rules say, and which section the line is chosen for."""
    own = [float(section == place) for place in range(sections)]
    return [*own, *(float(guess == ground) for ground in GROUNDS)]
