"""What kind of offer or red line a line is, by fitted weights: the guess of the rules is evidence.

A refusal taken for a demand turns an item round; a demand taken for a precondition is a nuance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from summarizer.vocabulary import OfferKind, RedLineKind

K = TypeVar("K", OfferKind, RedLineKind)

NEAR, OPPOSITE = 0.15, 0.6
"""What the wrong kind costs a reader, and what a refusal told as something else."""


def describe(guess: OfferKind | RedLineKind) -> list[float]:
    """What the rules say."""
    return [float(guess == kind) for kind in type(guess)]


def least_wrong(chances: Mapping[K, float], allowed: Collection[K]) -> K:
    """The kind of least expected cost among those allowed."""
    return min(allowed, key=lambda said: sum(p * _cost(true, said) for true, p in chances.items()))


def _cost(true: OfferKind | RedLineKind, said: OfferKind | RedLineKind) -> float:
    if true == said:
        return 0.0
    return OPPOSITE if RedLineKind.REFUSAL in {true, said} else NEAR
