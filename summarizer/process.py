"""Which documents are about the talks that the others are about (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from summarizer.brief import PeaceTalksBrief, SetAside
from summarizer.clustering import clustered
from summarizer.vocabulary import PartyRole

MIXED = "the documents are about different talks, and no talks have most of them"
NAMED = 3
"""Parties by which talks are named."""
OTHER_TALKS = "about other talks: no party that fights or must consent is in the other documents"


def set_aside(
    leaves: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]
) -> dict[int, list[SetAside]]:
    """The leaves, by number, that are left out of a merged brief, and why.

    Those are what is not about peace talks, and what is about other talks than most: documents
    belong together that share a primary party. Where no group is larger than every other,
    nobody can say which are "the" talks, and all stay (``mixed``). ``names`` are the joint
    names of parties.
    """
    aside = {
        at: _named(leaf, leaf.not_about or "not about peace talks")
        for at, leaf in enumerate(leaves)
        if not leaf.about_peace_talks
    }
    first, *others = _processes(leaves, names) or [[]]
    if others and len(first) > len(others[0]):
        left = [at for process in others for at in process]
        aside |= {at: _named(leaves[at], OTHER_TALKS) for at in left}
    return dict(sorted(aside.items()))


def mixed(leaves: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What to tell a reader where several talks of equal weight stand in one brief."""
    found = _processes(leaves, names)
    if len(found) < 2 or len(found[0]) > len(found[1]):
        return
    told = "; ".join(
        f"{_documents(group, leaves)} ({_who(group, leaves, names)})" for group in found
    )
    yield f"{MIXED}: {told}. Brief them apart, or name those of one process alone"


def _documents(group: Sequence[int], leaves: Sequence[PeaceTalksBrief]) -> str:
    return ", ".join(source.id for at in group for source in leaves[at].sources)


def _who(
    group: Sequence[int], leaves: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]
) -> str:
    """The parties that most documents of a group have."""
    counted = Counter(side for at in group for side in sorted(_sides(leaves[at], names[at])))
    return ", ".join(name for name, _ in counted.most_common(NAMED))


def _named(leaf: PeaceTalksBrief, reason: str) -> list[SetAside]:
    return [
        SetAside(document=s.id, name=s.title or s.origin or s.id, reason=reason)
        for s in leaf.sources
    ]


def _processes(
    leaves: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]
) -> list[list[int]]:
    """Leaves about talks that hang together by their primary parties, the largest group first."""
    parties = [
        (at, _sides(leaf, names[at])) for at, leaf in enumerate(leaves) if leaf.about_peace_talks
    ]
    telling = [(at, sides) for at, sides in parties if sides]
    edges = _edges([sides for _, sides in telling])
    groups = clustered(len(telling), edges, lambda one, other: False)
    found = [[telling[number][0] for number in group] for group in groups]
    return sorted(found, key=len, reverse=True)


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
