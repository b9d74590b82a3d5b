"""Which of many items are one: ``sameness`` for all pairs, without looking at most (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np

from summarizer.clustering import Edge, clustered
from summarizer.faces import Face
from summarizer.meaning import is_available, learn
from summarizer.sameness import (
    ALIKE_BY_EVIDENCE,
    ALIKE_BY_FIGURE,
    CLOSE_BY_FIGURE,
    differ,
    joins,
    likeness,
)

BY_EVIDENCE = 1.0
"""How much stronger a common sentence makes the tie of two items."""


def grouped(
    faces: Sequence[Face],
    differ: Callable[[Face, Face], bool] = differ,
    verdicts: Collection[tuple[str, str, str]] = frozenset(),
) -> list[list[int]]:
    """The numbers of the faces that are one item, group by group.

    ``verdicts``: section and statements, in alphabetical order, of pairs that are known to be
    one, whatever their words; what ``differ`` keeps apart they do not join.
    What is told in the same words is one before anything else is looked at. The result depends
    on the order of the faces only where nothing else decides: give them in an order that does
    not depend on how they came.
    """
    alike = _told_alike(faces)
    first = [faces[numbers[0]] for numbers in alike]
    origins = [frozenset(faces[number].origin for number in numbers) for numbers in alike]
    evidence = [{place for n in numbers for place in faces[n].evidence} for numbers in alike]
    groups = clustered(
        len(alike),
        (*_edges(first, evidence), *_known(first, verdicts)),
        lambda one, other: (
            not origins[one].isdisjoint(origins[other]) or differ(first[one], first[other])
        ),
        lambda one, other: (
            pair_key(first[one].section, first[one].text, first[other].text) in verdicts
            or joins(
                first[one],
                first[other],
                likeness(first[one], first[other]),
                shared=not evidence[one].isdisjoint(evidence[other]),
            )
        ),
    )
    found = (sorted(number for at in group for number in alike[at]) for group in groups)
    return sorted(found)


def _told_alike(faces: Sequence[Face]) -> list[list[int]]:
    """The faces that are equal in all that is compared; never two of one origin."""
    alike: dict[Hashable, list[int]] = {}
    times: Counter[Hashable] = Counter()
    for number, face in enumerate(faces):
        own = (face.origin, face.same_as)
        alike.setdefault((face.same_as, times[own]), []).append(number)
        times[own] += 1
    return list(alike.values())


def _edges(faces: Sequence[Face], evidence: Sequence[set[Hashable]]) -> Iterator[Edge]:
    shared = set(_sharing(faces, evidence))
    for one, other in shared:
        alike = likeness(faces[one], faces[other])
        if alike >= ALIKE_BY_EVIDENCE:
            yield BY_EVIDENCE + alike, one, other
    for block in _blocks(faces):
        for alike, one, other in (
            *_alike(faces, block, ALIKE_BY_FIGURE),
            *_close(faces, block),
        ):
            if (one, other) not in shared:
                yield alike, one, other


def near_pairs(faces: Sequence[Face], least: float) -> Iterator[tuple[int, int]]:
    """Pairs of English statements that could be one and are as alike as that in their words."""
    for block in _blocks(faces):
        yield from ((one, other) for _, one, other in _alike(faces, block, least))


def close_pairs(faces: Sequence[Face]) -> Iterator[tuple[int, int]]:
    """Pairs of statements, not both in English, that could be one and are close in meaning."""
    for block in _blocks(faces):
        yield from ((one, other) for _, one, other in _close(faces, block))


def _known(faces: Sequence[Face], verdicts: Collection[tuple[str, str, str]]) -> Iterator[Edge]:
    """Pairs that are known to be one; they join after all that the rules join."""
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        told[face.section, face.text].append(number)
    for section, one, other in verdicts:
        for number in told.get((section, one), ()):
            yield from ((0.0, number, against) for against in told.get((section, other), ()))


def pair_key(section: str, one: str, other: str) -> tuple[str, str, str]:
    """What a pair of statements is known by, whichever comes first."""
    first, second = sorted((one, other))
    return section, first, second


def _alike(faces: Sequence[Face], block: Sequence[int], least: float) -> Iterator[Edge]:
    """Pairs of English statements with enough words in common."""
    english = [number for number in block if faces[number].english]
    return alike_pairs(faces, english, least)


def _close(faces: Sequence[Face], block: Sequence[int]) -> Iterator[Edge]:
    """Pairs of statements, not both in English, that an encoder finds close."""
    pairs = [
        (one, other)
        for one, other in combinations(block, 2)
        if faces[one].origin != faces[other].origin
        and not (faces[one].english and faces[other].english)
    ]
    if not pairs or not is_available():
        return
    learn(faces[number].meant for number in {number for pair in pairs for number in pair})
    for one, other in pairs:
        close = likeness(faces[one], faces[other])
        if close >= CLOSE_BY_FIGURE:
            yield close, one, other


def _blocks(faces: Sequence[Face]) -> Iterable[list[int]]:
    """Faces that could be one at all: of one section and, where it must be equal, one holder."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        strict = face.section in {"offers", "red_lines"}
        blocks[(face.section, face.holders if strict else None)].append(number)
    return blocks.values()


def _sharing(faces: Sequence[Face], evidence: Sequence[set[Hashable]]) -> Iterator[tuple[int, int]]:
    """Pairs of one section that cite one sentence."""
    citing: dict[Hashable, list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        for place in evidence[number]:
            citing[(face.section, place)].append(number)
    for numbers in citing.values():
        yield from combinations(numbers, 2)


class Worded(Protocol):
    """Anything that has words to compare."""

    @property
    def words(self) -> frozenset[str]: ...


def alike_pairs(
    faces: Sequence[Worded], numbers: Sequence[int], least: float
) -> Iterator[tuple[float, int, int]]:
    """Every pair of the numbered faces whose ``likeness`` is at least that."""
    stems = {stem: at for at, stem in enumerate({w for n in numbers for w in faces[n].words})}
    table = np.zeros((len(numbers), max(1, len(stems))), dtype=np.float32)
    for row, number in enumerate(numbers):
        table[row, [stems[stem] for stem in faces[number].words]] = 1.0
    lengths = table.sum(axis=1)
    total = np.maximum(lengths[:, None] + lengths[None, :], 1.0)
    alike = np.triu(2.0 * (table @ table.T) / total, k=1)
    for row, column in np.argwhere(alike >= least).tolist():
        yield float(alike[row, column]), numbers[row], numbers[column]
