"""Which documents carry one text: a wire story and its copies (pure).

Compared are runs of words. What counts is how much of the shorter text the longer one has, so
that a copy cut by half, or one with a paragraph more, is found as well. The sets are compared
exactly: for the documents of one process there is no need to estimate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
_WORD = re.compile(r"\w+")


def copies_among(sources: Sequence[Source]) -> list[Copies]:
    """Groups of documents that carry one text; sources without their text are in none."""
    groups: list[tuple[_Runs, list[str], list[float]]] = []
    for source in sources:
        runs = _Runs(source.text or "")
        for first, documents, shares in groups:
            share = runs.shared(first)
            if share >= COPIED:
                documents.append(source.id)
                shares.append(share)
                break
        else:
            groups.append((runs, [source.id], []))
    return [
        Copies(documents=documents, share=round(min(shares), 2))
        for _, documents, shares in groups
        if shares
    ]


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
