"""Pairs of items of which the rules cannot tell whether they are one (pure).

Nothing keeps them apart for good (number, party, polarity, place, document), and their words or
their meaning are nearly alike enough. A model may be asked; without an answer they stay two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from summarizer.brief import Verdict, Warning
from summarizer.faces import Face
from summarizer.grouping import close_pairs, near_pairs, pair_key
from summarizer.sameness import askable, likeness, threshold

ALIKE_ENOUGH_TO_ASK = 0.35
"""Share of content words from which on it is worth asking whether two English statements are one;
closeness in meaning is asked about from ``CLOSE_BY_FIGURE``."""
STEP = "same item"
JUDGED_BY = (
    "pairs of items of which the rules could not tell whether they are one, asked of {model}: "
    "{number}, of which {yes} are one"
)
Key = tuple[str, str, str]
"""Section and the two statements, in alphabetical order."""
Verdicts = frozenset[Key]
"""The pairs that somebody said are one."""


@dataclass(frozen=True)
class Pair:
    """Two items that may be one."""

    section: str
    one: str
    other: str
    holders: tuple[str, ...]
    nearness: float
    """How alike they are, as a share of what would be enough."""

    @property
    def key(self) -> Key:
        """What it is known by, whichever comes first."""
        return pair_key(self.section, self.one, self.other)

    @property
    def order(self) -> tuple[float, Key]:
        """The nearest first."""
        return -self.nearness, self.key


def key_of(verdict: Verdict) -> Key:
    """The pair that a verdict is about."""
    return pair_key(verdict.section, *verdict.statements)


def accepted(verdicts: Iterable[Verdict]) -> Verdicts:
    """The pairs that are one by the verdicts."""
    return frozenset(key_of(one) for one in sorted_verdicts(verdicts) if one.same)


def sorted_verdicts(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """One verdict a pair, in an order of their own; where two disagree the pair is two."""
    ordered = sorted(verdicts, key=lambda one: (key_of(one), not one.same, one.model))
    return list({key_of(one): one for one in ordered}.values())


def notice(verdicts: Sequence[Verdict]) -> list[Warning]:
    """What a reader must know of pairs that a model was asked about; nothing if it was not."""
    if not verdicts:
        return []
    models = ", ".join(dict.fromkeys(one.model for one in verdicts))
    yes = sum(one.same for one in verdicts)
    told = JUDGED_BY.format(model=models, number=len(verdicts), yes=yes)
    return [Warning(kind="notice", message=told)]


def unclear(
    faces: Sequence[Face],
    groups: Sequence[Sequence[int]],
    differ: Callable[[Face, Face], bool],
) -> list[Pair]:
    """The unclear pairs among groups of faces, each by its likest members."""
    of = {number: at for at, group in enumerate(groups) for number in group}
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for number, other in {*near_pairs(faces, ALIKE_ENOUGH_TO_ASK), *close_pairs(faces)}:
        first, second = sorted((of[number], of[other]))
        nearness = _nearness(faces[number], faces[other])
        if first != second and nearness > best.get((first, second), (0.0,))[0]:
            best[first, second] = nearness, number, other
    return [
        _pair(faces[number], faces[other], nearness)
        for (first, second), (nearness, number, other) in sorted(best.items())
        if askable(faces[number], faces[other])
        and not _apart(faces, groups[first], groups[second], differ)
    ]


def _nearness(one: Face, other: Face) -> float:
    return likeness(one, other) / threshold(one, other)


def _apart(
    faces: Sequence[Face],
    some: Sequence[int],
    others: Sequence[int],
    differ: Callable[[Face, Face], bool],
) -> bool:
    """Whether a document has both, or anything keeps a pair across them apart."""
    pairs = ((faces[a], faces[b]) for a in some for b in others)
    return any(one.origin == other.origin or differ(one, other) for one, other in pairs)


def _pair(one: Face, other: Face, nearness: float) -> Pair:
    first, second = sorted((one.text, other.text))
    holders = tuple(sorted(one.holders | other.holders))
    return Pair(one.section, first, second, holders, round(nearness, 3))
