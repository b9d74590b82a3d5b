"""Of parties that are each likely or not, the set that is least wrong on average (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

MOST = 5
"""Parties of which sets are made."""
EXACT = 0.25
"""What it counts to be right altogether, beside what two sets share."""


def least_wrong(chances: Mapping[str, float]) -> list[str]:
    """The parties of the set that shares most, on average, with the one that is right.

    What two sets share is the size of their overlap over that of their union; two empty ones are
    the same. Each party is in the right set or not for itself.
    """
    ranked = _ranked(chances)
    likely = {one: _likelihood(one, ranked, chances) for one in _sets(ranked)}
    return _best(ranked, likely, 0.0)


def makers(chances: Mapping[str, float], several: float) -> list[str]:
    """The same of a set that is not empty, and has more than one party so likely."""
    ranked = _ranked(chances)
    likely = {one: _likelihood(one, ranked, chances) for one in _sets(ranked) if one}
    total = {
        more: sum(p for one, p in likely.items() if (len(one) > 1) == more) or 1.0
        for more in (False, True)
    }
    share = {True: several, False: 1 - several}
    known = {one: p / total[len(one) > 1] * share[len(one) > 1] for one, p in likely.items()}
    return _best(ranked, known, EXACT)


def _ranked(chances: Mapping[str, float]) -> list[str]:
    return sorted(chances, key=lambda party: (-chances[party], party))[:MOST]


def _best(ranked: Sequence[str], likely: Mapping[frozenset[str], float], exact: float) -> list[str]:
    def worth(own: frozenset[str]) -> float:
        return sum(
            p * ((1 - exact) * _shared(own, one) + exact * (own == one))
            for one, p in likely.items()
        )

    best = max(likely, key=worth)
    return [party for party in ranked if party in best]


def _sets(parties: Iterable[str]) -> Iterator[frozenset[str]]:
    listed = list(parties)
    sizes = (combinations(listed, size) for size in range(len(listed) + 1))
    return map(frozenset, chain.from_iterable(sizes))


def _likelihood(one: frozenset[str], ranked: Sequence[str], chances: Mapping[str, float]) -> float:
    product = 1.0
    for party in ranked:
        product *= chances[party] if party in one else 1 - chances[party]
    return product


def _shared(own: frozenset[str], one: frozenset[str]) -> float:
    return len(own & one) / len(own | one) if own | one else 1.0
