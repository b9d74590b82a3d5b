"""What each party said on a topic over time, from many briefs (pure).

Every document counts with its own date; a merged brief is taken apart into its documents again.
What a party repeats in other words is marked as such, and so is what moved since it last spoke.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.faces import Face
from summarizer.joining import renamed
from summarizer.leaves import pooled
from summarizer.movements import movements
from summarizer.pairing import paired
from summarizer.partynames import unified
from summarizer.timelines import Entry, Section, Timeline
from summarizer.vocabulary import Topic

Pairs = list[tuple[Face, Face]]
BACK = 10
"""Documents back in which an earlier word of a party is looked for."""


def timeline(
    briefs: Iterable[PeaceTalksBrief],
    *,
    party: str | None = None,
    topic: Topic | None = None,
) -> Timeline:
    """What parties offered, refused and demanded, topic by topic, the earliest first.

    ``party`` and ``topic`` keep only theirs. Undated documents come last.
    """
    leaves = _under_one_name([leaf for leaf in pooled(briefs).leaves if leaf.about_peace_talks])
    entries = [
        entry
        for leaf, pairs in zip(leaves, _linked(leaves), strict=True)
        for entry in _entries(leaf, pairs)
        if (party is None or entry.party == party) and topic in {None, entry.topic}
    ]
    order = list(Topic)
    entries.sort(key=lambda e: (order.index(e.topic), e.party.casefold(), e.date or Date.max))
    return Timeline(entries=entries)


def _under_one_name(leaves: Sequence[PeaceTalksBrief]) -> list[PeaceTalksBrief]:
    """The briefs with every party under its name in all of them."""
    names = unified([leaf.parties for leaf in leaves])
    return [
        leaf.model_copy(
            update={
                "parties": [
                    party.model_copy(
                        update={"name": known[party.name], "aliases": [*party.aliases, party.name]}
                    )
                    for party in leaf.parties
                ],
                "offers": [renamed(item, known) for item in leaf.offers],
                "red_lines": [renamed(item, known) for item in leaf.red_lines],
                "open_questions": [],
                "next_steps": [],
            }
        )
        for leaf, known in zip(leaves, names, strict=True)
    ]


def _linked(leaves: Sequence[PeaceTalksBrief]) -> Iterator[Pairs]:
    """For every brief its items with the same ones of before, as those were last said."""
    memory: PeaceTalksBrief | None = None
    since: dict[str, int] = {}
    for number, leaf in enumerate(leaves):
        pairs = paired(memory, leaf).pairs if memory else []
        yield pairs
        memory = _remembered(memory, leaf, pairs) if memory else leaf
        since |= {item.id: number for item in leaf.items()}
        memory = _without_the_old(memory, {id for id, at in since.items() if at > number - BACK})


def _without_the_old(memory: PeaceTalksBrief, kept: set[str]) -> PeaceTalksBrief:
    return memory.model_copy(
        update={
            "offers": [item for item in memory.offers if item.id in kept],
            "red_lines": [item for item in memory.red_lines if item.id in kept],
        }
    )


def _remembered(memory: PeaceTalksBrief, leaf: PeaceTalksBrief, pairs: Pairs) -> PeaceTalksBrief:
    """The items of a brief, and those of before that it does not say again."""
    again = {old.item.id for old, _ in pairs}
    known = {party.name for party in leaf.parties}
    lists: dict[str, list[Any]] = {
        section: [
            *(item for item in getattr(memory, section) if item.id not in again),
            *getattr(leaf, section),
        ]
        for section in ("offers", "red_lines")
    }
    parties = [*leaf.parties, *(party for party in memory.parties if party.name not in known)]
    return leaf.model_copy(update={**lists, "parties": parties})


def _entries(leaf: PeaceTalksBrief, pairs: Pairs) -> Iterator[Entry]:
    earlier = {new.item.id: (old.item.id, movements(old, new)) for old, new in pairs}
    source = leaf.sources[0]
    sections: tuple[Section, ...] = ("offers", "red_lines")
    for section in sections:
        for item in getattr(leaf, section):
            repeats, found = earlier.get(item.id, (None, []))
            for holder in item.by if section == "offers" else [item.held_by]:
                yield Entry(
                    date=source.date,
                    document=source.id,
                    name=source.title or source.origin or source.id,
                    party=holder,
                    topic=item.topics[0],
                    section=section,
                    item=item.id,
                    statement=item.statement,
                    speaker=item.speaker,
                    second_hand=not item.self_stated,
                    citations=item.citations,
                    repeats=repeats,
                    moved=list(dict.fromkeys(one.kind for one in found)),
                    details=[one.detail for one in found],
                )
