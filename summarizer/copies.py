"""Which documents carry one text: a wire story and its copies (pure).

Compared are runs of words. What counts is how much of the shorter text the longer one has, so
that a copy cut by half, or one with a paragraph more, is found as well. The sets are compared
exactly: for the documents of one process there is no need to estimate. Of the texts that are
one the original comes first: what stands in it is not told by who prints it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Date
from zlib import crc32

from summarizer.brief import Copies, Source

RUN = 5
"""Words of a run: long enough that two reports of one event share few, quotes apart."""
COPIED = 0.6
"""Share of the runs of the shorter text that make it a copy. Two reports by different hands that
quote the same statement share up to a third."""
SHORTEST = 20
"""Runs from which on a text can be told to be a copy."""
SAMPLE, HOPELESS = 8, 0.2
"""One run in so many is looked at first; where it makes less than this share there is no copy."""
HEAD = 600
"""Characters within which a story names the agency that it is of."""
_WORD = re.compile(r"\w+")
_DATELINE = re.compile(r"\(([A-ZÀ-ÖØ-ÞА-ЯЄІЇҐ][^()\n]{1,40})\)\.?\s*[-–—.:]")
"""``PORT ELLIN, 3 March 2032 (Meridian Press) -``."""


def copies_among(sources: Sequence[Source]) -> list[Copies]:
    """Groups of documents that carry one text; sources without their text are in none.

    The original comes first: who credits none of the others, then the earliest, then the first.
    """
    groups: list[tuple[_Runs, list[Source], list[float]]] = []
    for source in sources:
        runs = _Runs(source.text or "")
        for first, documents, shares in groups:
            share = runs.shared(first)
            if share >= COPIED:
                documents.append(source)
                shares.append(share)
                break
        else:
            groups.append((runs, [source], []))
    return [
        Copies(documents=_in_order(documents), share=round(min(shares), 2))
        for _, documents, shares in groups
        if shares
    ]


def originals(copies: Sequence[Copies]) -> Mapping[str, str]:
    """For every document that is a copy the one that it is a copy of."""
    return {name: group.documents[0] for group in copies for name in group.documents[1:]}


def _in_order(sources: Sequence[Source]) -> list[str]:
    def rank(source: Source) -> tuple[bool, Date]:
        return any(_credits(source, other) for other in sources), source.date or Date.max

    return [source.id for source in sorted(sources, key=rank)]


def _credits(source: Source, other: Source) -> bool:
    """Whether a text names who the other is of, and is not itself of the same."""
    told = {name for name in _names(other) if name in (source.text or "")}
    return bool(told - _names(source))


def _names(source: Source) -> set[str]:
    """Who a text is of: its publisher, and the agency of its dateline."""
    dateline = _DATELINE.search((source.text or "")[:HEAD])
    return {name for name in (source.publisher, dateline and dateline[1]) if name}


class _Runs:
    """The runs of words of one text, as numbers."""

    def __init__(self, text: str) -> None:
        self.all = frozenset(_runs(_WORD.findall(text.casefold())))
        self.sample = frozenset(run for run in self.all if run % SAMPLE == 0)

    def shared(self, other: _Runs) -> float:
        """How much of the shorter text the longer one has."""
        shorter = min(len(self.all), len(other.all))
        sampled = len(self.sample & other.sample)
        if shorter < SHORTEST or sampled * SAMPLE < shorter * HOPELESS:
            return 0.0
        return len(self.all & other.all) / shorter


def _runs(words: Sequence[str]) -> Iterator[int]:
    for start in range(len(words) - RUN + 1):
        yield crc32(" ".join(words[start : start + RUN]).encode())
