"""What a merged brief, or a comparison, has of what is expected: precision and recall (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeVar

from summarizer.brief import PeaceTalksBrief
from summarizer.changes import Change, Comparison
from summarizer.evaluation.multi.cases import (
    ONE_SIDED,
    ComparePair,
    ExpectedChange,
    ExpectedContradiction,
    MultiCase,
)
from summarizer.evaluation.multi.naming import Names
from summarizer.vocabulary import Certainty

CASE_KINDS = (
    "parties", "merged", "contradictions", "histories", "disputed", "copies", "set aside",
    "collisions", "convergence",
)  # fmt: skip
T = TypeVar("T")
P = TypeVar("P")


@dataclass
class Tally:
    """How often one kind was found, missed, and seen where it is not."""

    found: int = 0
    missed: int = 0
    spurious: int = 0
    lines: list[str] = field(default_factory=list)
    """What was missed or spurious, a line each."""

    def __iadd__(self, other: Tally) -> Tally:
        self.found += other.found
        self.missed += other.missed
        self.spurious += other.spurious
        self.lines += other.lines
        return self

    @property
    def expected(self) -> int:
        """How many there are."""
        return self.found + self.missed

    @property
    def precision(self) -> float | None:
        """None where nothing was claimed."""
        claimed = self.found + self.spurious
        return self.found / claimed if claimed else None

    @property
    def recall(self) -> float | None:
        """None where there is nothing to find."""
        return self.found / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """None where there is neither."""
        total = 2 * self.found + self.missed + self.spurious
        return 2 * self.found / total if total else None


def matched(
    wanted: Sequence[T],
    got: Sequence[P],
    fits: Callable[[T, P], bool],
    optional: Callable[[T], bool] = lambda one: False,
    told: Callable[[Any], str] = str,
) -> Tally:
    """Pairs one to one, in order; what is optional counts neither way."""
    tally, left = Tally(), list(got)
    for one in sorted(wanted, key=optional):
        hit = next((other for other in left if fits(one, other)), None)
        if hit is not None:
            left.remove(hit)
        if optional(one):
            continue
        tally.found += hit is not None
        tally.missed += hit is None
        if hit is None:
            tally.lines.append(f"missed: {told(one)}")
    tally.spurious = len(left)
    tally.lines += [f"spurious: {told(other)}" for other in left]
    return tally


def score_case(case: MultiCase, merged: PeaceTalksBrief, names: Names) -> dict[str, Tally]:
    """One tally for each of ``CASE_KINDS``."""
    groups = _closed(case.merged)
    return {
        "parties": _sets(_party_pairs(case), _got_party_pairs(names)),
        "merged": _sets(_pairs(case.merged), _pairs(names.items.values())),
        "contradictions": _contradictions(case, merged, names),
        "histories": _histories(case, merged, names),
        "disputed": _disputed(case, merged, names, groups),
        "copies": _sets(_pairs(case.copies), _pairs(_copies(merged, names))),
        "set aside": _sets(
            case.set_aside, (names.documents[one.document] for one in merged.set_aside)
        ),
        "collisions": _collisions(case, merged, names),
        "convergence": _convergence(case, merged, names),
    }


def score_pair(pair: ComparePair, found: Comparison, old: Names, new: Names) -> dict[str, Tally]:
    """One tally for each kind of change, and "changes" for all of them."""
    tallies: dict[str, Tally] = {}
    expected = {str(change.kind) for change in pair.changes}
    got = {str(change.kind) for change in found.changes}
    hits = _change_hits(pair.changes, found.changes, old, new)
    for kind in sorted(expected | got):
        tally = Tally()
        for change, hit in hits:
            if str(change.kind) == kind and not change.optional:
                tally.found += hit is not None
                tally.missed += hit is None
                if hit is None:
                    tally.lines.append(f"missed: {_told_expected(change)}")
        taken = [id(hit) for _, hit in hits]
        extra = [c for c in found.changes if str(c.kind) == kind and id(c) not in taken]
        tally.spurious = len(extra)
        tally.lines += [f"spurious: {_told_change(change, old, new)}" for change in extra]
        tallies[kind] = tally
    whole = Tally()
    for tally in tallies.values():
        whole += tally
    return {**tallies, "changes": whole}


def missed_case(case: MultiCase) -> dict[str, Tally]:
    """The tallies of a case that nothing came of: all that is expected is missed."""
    listed: dict[str, list[Any]] = {
        "parties": list(_party_pairs(case)),
        "merged": list(_pairs(case.merged)),
        "contradictions": [one for one in case.contradictions if not one.optional],
        "histories": case.histories,
        "disputed": case.disputed,
        "copies": list(_pairs(case.copies)),
        "set aside": case.set_aside,
        "collisions": [one for one in case.collisions if not one.optional],
        "convergence": [one for one in case.convergence if not one.optional],
    }
    return {kind: Tally(missed=len(listed[kind])) for kind in CASE_KINDS}


def missed_pair(pair: ComparePair) -> dict[str, Tally]:
    """The tallies of a pair that nothing came of."""
    counted = Counter(str(change.kind) for change in pair.changes if not change.optional)
    by_kind = {kind: Tally(missed=number) for kind, number in sorted(counted.items())}
    return {**by_kind, "changes": Tally(missed=counted.total())}


def _change_hits(
    wanted: Sequence[ExpectedChange], got: Sequence[Change], old: Names, new: Names
) -> list[tuple[ExpectedChange, Change | None]]:
    """Every expected change with the one that is it; exact kinds are matched first."""
    left = list(got)
    hits: dict[int, Change] = {}
    for lenient in (False, True):
        for number, change in enumerate(wanted):
            kinds = {change.kind, *(change.also.get("kind", []) if lenient else [])}
            hit = next((c for c in left if c.kind in kinds and _is(change, c, old, new)), None)
            if number not in hits and hit is not None:
                hits[number] = hit
                left.remove(hit)
    return [(change, hits.get(number)) for number, change in enumerate(wanted)]


def _is(wanted: ExpectedChange, got: Change, old: Names, new: Names) -> bool:
    sides = [(wanted.old, got.old, old), (wanted.new, got.new, new)]
    if got.kind != wanted.kind and got.kind in ONE_SIDED:  # as right, and has one side only
        sides = sides[:1] if ONE_SIDED[got.kind] == "old" else sides[1:]
    return all(
        name is None or (told is not None and name in names.of(told.id))
        for name, told, names in sides
    )


def _told_expected(change: ExpectedChange) -> str:
    return f"{change.kind} {change.old or '–'} → {change.new or '–'}"


def _told_change(change: Change, old: Names, new: Names) -> str:
    sides = [
        "+".join(sorted(names.of(told.id))) or told.statement if told else "–"
        for told, names in ((change.old, old), (change.new, new))
    ]
    return f"{change.kind} {' → '.join(sides)}"


def _sets(wanted: Iterable[Any], got: Iterable[Any]) -> Tally:
    expected, found = set(wanted), set(got)
    missed, extra = sorted(map(str, expected - found)), sorted(map(str, found - expected))
    lines = [*(f"missed: {one}" for one in missed), *(f"spurious: {one}" for one in extra)]
    return Tally(len(expected & found), len(missed), len(extra), lines)


def _pairs(groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    for group in groups:
        yield from combinations(sorted(group), 2)


def _closed(groups: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    """For every item the items that it is one with, itself included."""
    return {name: frozenset(group) for group in groups for name in group}


def _party_pairs(case: MultiCase) -> Iterator[tuple[tuple[str, str], ...]]:
    """Two parties of two documents that are one: called alike, or named so in the case."""
    listed = sorted(
        (document, party.name)
        for document, reference in case.references.items()
        if document not in case.set_aside
        for party in reference.parties
    )
    same = [frozenset(names) for names in case.parties]
    for one, other in combinations(listed, 2):
        named = any({one[1], other[1]} <= names for names in same)
        if one[0] != other[0] and (one[1] == other[1] or named):
            yield one, other


def _got_party_pairs(names: Names) -> Iterator[tuple[tuple[str, str], ...]]:
    for group in names.parties.values():
        yield from combinations(sorted(group), 2)


def _contradictions(case: MultiCase, merged: PeaceTalksBrief, names: Names) -> Tally:
    got = [
        (found.kind, [frozenset().union(*map(names.of, side.items)) for side in found.sides])
        for found in merged.contradictions
    ]

    def fits(wanted: ExpectedContradiction, found: tuple[Any, list[frozenset[str]]]) -> bool:
        kinds = {wanted.kind, *wanted.also.get("kind", [])}
        left = list(found[1])
        for side in wanted.sides:
            hit = next((one for one in left if one & set(side.items)), None)
            if hit is None:
                return False
            left.remove(hit)
        return found[0] in kinds and not left

    def told(one: Any) -> str:
        if isinstance(one, ExpectedContradiction):
            return f"{one.kind} {' | '.join('+'.join(side.items) for side in one.sides)}"
        return f"{one[0]} {' | '.join('+'.join(sorted(side)) or '?' for side in one[1])}"

    return matched(case.contradictions, got, fits, lambda one: one.optional, told)


def _histories(case: MultiCase, merged: PeaceTalksBrief, names: Names) -> Tally:
    wanted = [
        (one.item, [(moved.document, str(moved.status)) for moved in one.statuses])
        for one in case.histories
    ]
    got = [
        (
            names.of(offer.id),
            [(names.documents[entry.document], str(entry.status)) for entry in offer.history],
        )
        for offer in merged.offers
        if offer.history
    ]
    return matched(
        wanted,
        got,
        lambda one, found: one[0] in found[0] and one[1] == found[1],
        told=lambda one: f"{one[0] if isinstance(one[0], str) else sorted(one[0])} {one[1]}",
    )


def _disputed(
    case: MultiCase, merged: PeaceTalksBrief, names: Names, groups: dict[str, frozenset[str]]
) -> Tally:
    """What its own document asserts, and the merged brief shows as disputed."""
    wanted = {groups.get(name, frozenset({name})) for name in case.disputed}
    got = {
        names.of(item.id)
        for item in merged.items()
        if str(item.certainty) == Certainty.DISPUTED and _asserted(case, names.of(item.id))
    }
    return matched(
        sorted(wanted, key=sorted),
        sorted(got, key=sorted),
        lambda one, found: bool(one & found),
        told=lambda one: "+".join(sorted(one)),
    )


def _asserted(case: MultiCase, names: frozenset[str]) -> bool:
    own = [str(case.item(name).certainty) for name in names]
    return bool(own) and Certainty.DISPUTED not in own


def _copies(merged: PeaceTalksBrief, names: Names) -> Iterator[list[str]]:
    for group in merged.copies:
        yield [names.documents[id] for id in group.documents]


def _collisions(case: MultiCase, merged: PeaceTalksBrief, names: Names) -> Tally:
    """Of two demands either may be called the item."""
    return matched(
        case.collisions,
        [(names.of(one.item), names.of(one.red_line)) for one in merged.collisions],
        lambda one, got: (
            (one.item in got[0] and one.red_line in got[1])
            or (one.item in got[1] and one.red_line in got[0])
        ),
        lambda one: one.optional,
        lambda one: (
            f"{sorted(one[0])} × {sorted(one[1])}"
            if isinstance(one, tuple)
            else f"{one.item} × {one.red_line}"
        ),
    )


def _convergence(case: MultiCase, merged: PeaceTalksBrief, names: Names) -> Tally:
    return matched(
        case.convergence,
        [frozenset().union(*map(names.of, one.items)) for one in merged.convergence],
        lambda one, got: set(one.items) <= got,
        lambda one: one.optional,
        lambda one: str(sorted(one) if isinstance(one, frozenset) else one.items),
    )
