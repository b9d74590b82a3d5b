"""The ground of an item, by fitted weights: what the rules read off the voice is evidence.

Whether a report tells of a stance in its own voice or in a party's is seen from the whole line
and from the section, more than from one word of saying.
"""

from __future__ import annotations

from summarizer.vocabulary import Basis

GROUNDS = tuple(Basis)


def describe(guess: Basis, section: int, sections: int) -> list[float]:
    """What the rules say, and which section the line is chosen for."""
    own = [float(section == place) for place in range(sections)]
    return [*own, *(float(guess == ground) for ground in GROUNDS)]
