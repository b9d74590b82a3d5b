"""Groups of what belongs together, whatever order it comes in (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Edge = tuple[float, int, int]
"""Strength, and the numbers of the two that it joins."""


def clustered(
    count: int,
    edges: Iterable[Edge],
    barred: Callable[[int, int], bool],
    joins: Callable[[int, int], bool] = lambda one, other: True,
) -> list[list[int]]:
    """Groups of the numbers from 0 to ``count`` - 1, each ascending, by their first number.

    The strongest edges join first, among equals those of the lowest numbers; an edge is asked
    whether it ``joins`` only when that would make a difference. Two groups never join while a
    pair across them is ``barred``, however many edges lead from one to the other.
    """
    groups = _Groups(count)
    for _, one, other in sorted((-tie, min(a, b), max(a, b)) for tie, a, b in edges):
        if groups.may_join(one, other) and joins(one, other):
            groups.join(one, other, barred)
    return sorted({id(group): group for group in groups.of}.values())


class _Groups:
    """Who is with whom, and which groups are known never to join."""

    def __init__(self, count: int) -> None:
        self.of = [[number] for number in range(count)]
        self.apart: dict[int, set[int]] = {number: set() for number in range(count)}
        self.name = list(range(count))  # of the group that a number is in

    def may_join(self, one: int, other: int) -> bool:
        first, second = self.name[one], self.name[other]
        return first != second and second not in self.apart[first]

    def join(self, one: int, other: int, barred: Callable[[int, int], bool]) -> None:
        first, second = self.name[one], self.name[other]
        if any(barred(a, b) for a in self.of[one] for b in self.of[other]):
            self.apart[first].add(second)
            self.apart[second].add(first)
            return
        joined = sorted([*self.of[one], *self.of[other]])
        kept, gone = min(first, second), max(first, second)
        for stranger in self.apart.pop(gone):
            self.apart[stranger].discard(gone)
            self.apart[stranger].add(kept)
            self.apart[kept].add(stranger)
        for number in joined:
            self.of[number], self.name[number] = joined, kept
