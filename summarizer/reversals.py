"""An offer that became a refusal, and a refusal that became an offer (pure).

The two stand in different sections of a brief, so that they are no pair like others; they count
when one holder says of nearly the same thing no in one brief, and not in the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.faces import Face
from summarizer.polarity import negations
from summarizer.sameness import names_differ, numbers_differ
from summarizer.substance import main_clause, substance
from summarizer.vocabulary import OfferStatus, RedLineKind

_CONDITION = re.compile(r"\b(?:if|once|provided|as soon as|on condition)\b", re.IGNORECASE)
ALIKE = 0.5
"""Share of the words of what both are about (Dice) from which on it is the same thing."""
_DEAD = frozenset({OfferStatus.WITHDRAWN, OfferStatus.DISPUTED, OfferStatus.REJECTED})


def reversals(gone: Sequence[Face], come: Sequence[Face]) -> list[tuple[Face, Face]]:
    """Pairs of what is in one brief only and its opposite in the other, each item once."""
    found = sorted(
        ((-alike, *sorted((_label(one), _label(other)))), number, place)
        for number, one in enumerate(gone)
        for place, other in enumerate(come)
        if (alike := _alike(one, other)) >= ALIKE and _turned(one, other)
    )
    taken: set[tuple[str, int]] = set()
    pairs = []
    for _, number, place in found:
        sides = {("gone", number), ("come", place)}
        if not taken & sides:
            taken |= sides
            pairs.append((gone[number], come[place]))
    return pairs


def _label(face: Face) -> tuple[str, str]:
    return str(face.item.id), face.text


def _turned(one: Face, other: Face) -> bool:
    """Whether one is a plain refusal and the other a living offer of the same holder."""
    line, offer = sorted((one, other), key=lambda face: face.section != "red_lines")
    if line.section != "red_lines" or offer.section != "offers":
        return False
    return (
        line.item.kind == RedLineKind.REFUSAL
        and negations(line.text) == 1
        and not negations(_without_condition(offer.text))
        and offer.item.status not in _DEAD
        and line.holders == offer.holders
        and bool(line.topics & offer.topics)
        and not names_differ(line.proper, offer.proper)
        and not numbers_differ(line.figures, offer.figures)
    )


def _alike(one: Face, other: Face) -> float:
    first, second = (_about(face) for face in (one, other))
    return 2 * len(first & second) / max(1, len(first) + len(second))


def _about(face: Face) -> frozenset[str]:
    said = main_clause(_without_condition(face.text))
    return substance(said, face.holders | face.named)


def _without_condition(text: str) -> str:
    """What is offered, without what must be: a "no" in the condition is none in the offer."""
    return _CONDITION.split(text, maxsplit=1)[0]
