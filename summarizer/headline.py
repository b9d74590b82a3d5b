"""Title and bottom line of a merged brief: chosen from its parts, nothing written anew (pure).

What documents tell differently is no fact: a line that tells one side of it gives way to all sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from typing import Any

from summarizer.brief import (
    Citation,
    CitedStatement,
    Contradiction,
    Party,
    PeaceTalksBrief,
    Source,
    Support,
)
from summarizer.draft import MAX_TITLE_CHARACTERS
from summarizer.figures import Figure, figures_of
from summarizer.polarity import content_words
from summarizer.rendering.words import words
from summarizer.sameness import swapped
from summarizer.vocabulary import ContradictionKind, PartyRole, SupportStatus

MAX_LINES = 3
"""Statements of a bottom line."""
SAID_ALREADY = 0.5
"""Share of content words from which on a line says what another one says."""
COMMON = 2
"""Content words in common by which a line with a disputed figure tells of what is in dispute."""


def title_of(parties: Sequence[Party], sources: Sequence[Source]) -> str:
    """``Arvenia, Kor Front: 3 documents of 12 to 14 March 2026``."""
    cited = Counter({party.name: len(party.citations) for party in parties})
    primary = [party.name for party in parties if PartyRole.PRIMARY_PARTY in party.roles]
    sides = sorted(primary or cited, key=lambda name: (-cited[name], name))[:3]
    count = f"{len(sources)} document" + ("s" if len(sources) != 1 else "")
    days = sorted({source.date for source in sources if source.date})
    when = f" of {_span(days[0], days[-1])}" if days else ""
    title = f"{', '.join(sides)}: {count}{when}" if sides else f"{count}{when}"
    return title if len(title) <= MAX_TITLE_CHARACTERS else f"{count}{when}"


@dataclass(frozen=True)
class Contested:
    """What documents tell differently, as a line of the bottom line: all sides of it."""

    found: Contradiction
    line: CitedStatement

    @classmethod
    def of(cls, found: Contradiction, items: Mapping[str, Any], language: str) -> Contested:
        """The line of a contradiction; ``items`` of the brief by id, of which it takes support."""
        supports = [items[id].support for side in found.sides for id in side.items]
        line = CitedStatement(
            statement=words(language)(
                "accounts differ", sides=" / ".join(side.says for side in found.sides)
            ),
            citations=[cited for side in found.sides for cited in side.citations],
            support=_worst(supports),
        )
        return cls(found, line)

    def is_told_by(self, line: CitedStatement) -> bool:
        """Whether a line tells one side of it as if it were all: it rests on its sentences, says
        the same in words, or has a figure that is in dispute, of the same thing."""
        told = set(content_words(line.statement))
        return (
            not self._places.isdisjoint(map(_place, line.citations))
            or any(_share(told, side) >= SAID_ALREADY for side in self._said)
            or (self._has_figure(line) and any(len(told & side) >= COMMON for side in self._said))
        )

    @cached_property
    def _places(self) -> frozenset[tuple[str, int]]:
        return frozenset(map(_place, self.line.citations))

    @cached_property
    def _said(self) -> list[set[str]]:
        return [set(content_words(side.says)) for side in self.found.sides]

    @cached_property
    def _disputed(self) -> list[Figure]:
        """The figures that stand against each other."""
        if self.found.kind != ContradictionKind.NUMBER:
            return []
        figures = [figures_of(side.says) for side in self.found.sides]
        pairs = (swapped(one, other) for one in figures for other in figures if one != other)
        return [figure for pair in pairs if pair for figure in pair]

    def _has_figure(self, line: CitedStatement) -> bool:
        told = figures_of(line.statement)
        return any(one.equals(other) for one in told for other in self._disputed)


def bottom_line(
    leaves: Sequence[PeaceTalksBrief],
    denied: Sequence[Citation],
    contested: Sequence[Contested] = (),
) -> list[CitedStatement]:
    """Lines of the parts: the first of each, the latest document first, then their second ones.

    A line that is not supported, or rests on a sentence that another document denies, is left
    to the items below; so is one that says what is said already. In the place of one that tells
    a side of what documents tell differently stands what all of them tell.
    """
    barred = set(map(_place, denied))
    kept: list[CitedStatement] = []
    for told in _in_turn(leaves):
        disputed = next((one for one in contested if one.is_told_by(told)), None)
        line = disputed.line if disputed else told
        places = set(map(_place, line.citations))
        unsure = line.support.status == SupportStatus.UNSUPPORTED
        unsure |= disputed is None and bool(places & barred)
        if len(kept) < MAX_LINES and not unsure and not any(_alike(line, k) for k in kept):
            kept.append(line)
    return kept


def _place(citation: Citation) -> tuple[str, int]:
    return citation.document, citation.sentence


def _worst(supports: Sequence[Support]) -> Support:
    """What is missing of any of them; as well supported as the worst."""
    worst = max((one.status for one in supports), key=list(SupportStatus).index)
    missing = dict.fromkeys(line for one in supports for line in one.missing)
    return Support(status=worst, missing=list(missing))


def _in_turn(leaves: Sequence[PeaceTalksBrief]) -> Iterator[CitedStatement]:
    longest = max((len(leaf.bottom_line) for leaf in leaves), default=0)
    latest = sorted(leaves, key=_day, reverse=True)
    for at in range(longest):
        yield from (leaf.bottom_line[at] for leaf in latest if at < len(leaf.bottom_line))


def _day(leaf: PeaceTalksBrief) -> Date:
    return max((source.date for source in leaf.sources if source.date), default=Date.min)


def _alike(one: CitedStatement, other: CitedStatement) -> bool:
    first, second = set(content_words(one.statement)), set(content_words(other.statement))
    return _share(first, second) >= SAID_ALREADY


def _share(one: set[str], other: set[str]) -> float:
    """Dice; two without any words are alike."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def _span(first: Date, last: Date) -> str:
    """``12 March 2026``, ``12 to 14 March 2026``, ``28 February to 2 March 2026``."""
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%B} {first.year} to {end}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {end}"
