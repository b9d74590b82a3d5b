"""Which documents are about the talks that the others are about (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from summarizer.brief import PeaceTalksBrief, SetAside
from summarizer.clustering import clustered
from summarizer.vocabulary import PartyRole

OTHER_TALKS = "about other talks: no party that fights or must consent is in the other documents"


def set_aside(
    leaves: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]
) -> dict[int, list[SetAside]]:
    """The leaves, by number, that are left out of a merged brief, and why.

    Those are what is not about peace talks, and what is about other talks than most: documents
    belong together that share a primary party. Where no group is larger than every other,
    nobody can say which are "the" talks, and all stay. ``names`` are the joint names of parties.
    """
    aside = {
        at: _named(leaf, leaf.not_about or "not about peace talks")
        for at, leaf in enumerate(leaves)
        if not leaf.about_peace_talks
    }
    kept = [at for at in range(len(leaves)) if at not in aside]
    processes = sorted(_processes(kept, leaves, names), key=len, reverse=True)
    if len(processes) > 1 and len(processes[0]) > len(processes[1]):
        others = [at for process in processes[1:] for at in process]
        aside |= {at: _named(leaves[at], OTHER_TALKS) for at in others}
    return dict(sorted(aside.items()))


def _named(leaf: PeaceTalksBrief, reason: str) -> list[SetAside]:
    return [
        SetAside(document=s.id, name=s.title or s.origin or s.id, reason=reason)
        for s in leaf.sources
    ]


def _processes(
    kept: Sequence[int], leaves: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]
) -> list[list[int]]:
    """Leaves that hang together by their primary parties."""
    parties = [(at, _sides(leaves[at], names[at])) for at in kept]
    telling = [(at, sides) for at, sides in parties if sides]
    edges = _edges([sides for _, sides in telling])
    groups = clustered(len(telling), edges, lambda one, other: False)
    return [[telling[number][0] for number in group] for group in groups]


def _sides(leaf: PeaceTalksBrief, names: Mapping[str, str]) -> set[str]:
    """The parties by which a document belongs to talks; without primary ones, all of them."""
    primary = {names[p.name] for p in leaf.parties if PartyRole.PRIMARY_PARTY in p.roles}
    return primary or {names[party.name] for party in leaf.parties}


def _edges(parties: Sequence[set[str]]) -> Iterator[tuple[float, int, int]]:
    """Every document tied to the first that has one of its parties."""
    counted = Counter(name for sides in parties for name in sides)
    first: dict[str, int] = {}
    for at, sides in enumerate(parties):
        for name in sorted(sides):
            if counted[name] > 1 and first.setdefault(name, at) != at:
                yield 1.0, first[name], at
