"""Which parties are in a field of several: who makes an offer and to whom, who acts in a step, whose
answer is missing (pure).

Each party near the line is described as a candidate for a holder is, with how many are named, whether
the line speaks of several together, and what the holders of the item tell of it, and weighed by
fitted weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.selection import cues, holders
from summarizer.selection.genre import Genre
from summarizer.selection.reading import Line, Reading
from summarizer.vocabulary import PartyRole

_MEETING = re.compile(
    r"\b(?:talks|rounds?|meet\w*|sides|delegations|parties|negotiat\w+|session|both|they|leaders|agreement|"
    r"accord|sign\w*|ceremony|summit)\b",
    re.IGNORECASE,
)
"""Words of what several do together."""
NAMES = (
    "said by the rule", "a party", "primary and joint", "primary and meeting", "primary, none named",
    "primary, one named", "primary, several named", "named alone", "named as one of two",
    "primary, none named, no speaker", "primary, none named, meeting", "joint, not primary",
    "named, meeting, not primary", "first two, none named", "named and primary",
    "named, not primary", "speaker, none named", "first two", "first two and joint",
    "first two and meeting",
)  # fmt: skip
"""What a candidate is described by after the numbers of ``holders.describe``."""
HELD_NAMES = (
    "several holders", "primary, a primary holds", "primary, no primary holds",
    "a primary holds", "mediator holds", "text", "text and primary", "not primary",
    "not primary, a primary holds", "turn", "news",
)  # fmt: skip
"""And after them, where the holders of the item are known."""


def describe(
    line: Line, reading: Reading, section: str, held: Sequence[str] | None = None
) -> dict[str, list[float]]:
    """Every candidate with its numbers, but for the holders of the item where they are given."""
    return {
        party: [*numbers, *_around(party, line, reading), *_beside(party, line, reading, held)]
        for party, numbers in holders.describe(line, reading, section).items()
        if party not in (held or ())
    }


def by_rule(line: Line, reading: Reading) -> list[str]:
    """The parties named in a line, two at most, or else the primary ones."""
    named = [party for party in line.parties if party in reading.roles.chosen]
    return named[:2] or reading.roles.primary[:2]


def _around(party: str, line: Line, reading: Reading) -> list[float]:
    """How many are named, and whether they are spoken of together."""
    primary = party in reading.roles.primary
    first = party in reading.roles.primary[:2]
    count = sum(one in reading.roles.chosen for one in line.parties)
    named = party in line.parties
    joint = cues.has("joint", line.text, reading.language)
    meeting = _MEETING.search(line.text)
    found = (
        party in by_rule(line, reading), party in reading.roles.chosen, primary and joint,
        primary and meeting, primary and not count, primary and count == 1, primary and count > 1,
        named and count == 1, named and count == 2, primary and not count and not line.voice.party,
        primary and not count and meeting, joint and not primary,
        meeting and named and not primary, first and not count, named and primary,
        named and not primary, line.voice.party == party and not count, first, first and joint,
        first and meeting,
    )  # fmt: skip
    return [float(bool(one)) for one in found]


def _beside(party: str, line: Line, reading: Reading, held: Sequence[str] | None) -> list[float]:
    """What the holders of an item tell of another one."""
    if held is None:
        return []
    primary, text = party in reading.roles.primary, reading.genre == Genre.TEXT
    others = any(one in reading.roles.primary for one in held)
    mediates = any(PartyRole.MEDIATOR in reading.roles.of.get(one, ()) for one in held)
    found = (
        len(held) > 1, primary and others, primary and not others, others, mediates, text,
        primary and text, not primary, not primary and others, line.turn.label,
        reading.genre == Genre.NEWS,
    )  # fmt: skip
    return [float(bool(one)) for one in found]
