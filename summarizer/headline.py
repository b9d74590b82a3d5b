"""Title and bottom line of a merged brief: chosen from its parts, nothing written anew (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date as Date

from summarizer.brief import Citation, CitedStatement, Party, PeaceTalksBrief, Source
from summarizer.draft import MAX_TITLE_CHARACTERS
from summarizer.polarity import content_words
from summarizer.vocabulary import PartyRole, SupportStatus

MAX_LINES = 3
"""Statements of a bottom line."""
SAID_ALREADY = 0.5
"""Share of content words from which on a line says what another one says."""


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


def bottom_line(
    leaves: Sequence[PeaceTalksBrief],
    denied: Sequence[Citation],
    contradicted: Sequence[Citation] = (),
) -> list[CitedStatement]:
    """Lines of the parts: the first of each, the latest document first, then their second ones.

    A line that is not supported, or rests on a sentence that another document denies, is left
    to the items below; so is one that says what is said already. What another document has
    differently stands here only where nothing else would.
    """
    return _lines(leaves, [*denied, *contradicted]) or _lines(leaves, denied)


def _lines(leaves: Sequence[PeaceTalksBrief], doubtful: Sequence[Citation]) -> list[CitedStatement]:
    barred = {(citation.document, citation.sentence) for citation in doubtful}
    kept: list[CitedStatement] = []
    for line in _in_turn(leaves):
        places = {(citation.document, citation.sentence) for citation in line.citations}
        unsure = line.support.status == SupportStatus.UNSUPPORTED or places & barred
        if len(kept) < MAX_LINES and not unsure and not any(_alike(line, k) for k in kept):
            kept.append(line)
    return kept


def _in_turn(leaves: Sequence[PeaceTalksBrief]) -> Iterator[CitedStatement]:
    longest = max((len(leaf.bottom_line) for leaf in leaves), default=0)
    latest = sorted(leaves, key=_day, reverse=True)
    for at in range(longest):
        yield from (leaf.bottom_line[at] for leaf in latest if at < len(leaf.bottom_line))


def _day(leaf: PeaceTalksBrief) -> Date:
    return max((source.date for source in leaf.sources if source.date), default=Date.min)


def _alike(one: CitedStatement, other: CitedStatement) -> bool:
    first, second = set(content_words(one.statement)), set(content_words(other.statement))
    return 2 * len(first & second) >= SAID_ALREADY * (len(first) + len(second))


def _span(first: Date, last: Date) -> str:
    """``12 March 2026``, ``12 to 14 March 2026``, ``28 February to 2 March 2026``."""
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%B} {first.year} to {end}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {end}"
