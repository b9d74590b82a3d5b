"""Windows: the runs of sentences in which a long document is read (pure).

A window ends where a reader would stop: at the head of a speaker's turn, else at the end of a
paragraph, else at the end of a sentence. Every sentence is in exactly one window; what is shown
before it (the document's first lines, the head of the turn, the sentences just before) is there
to be understood, and keeps its number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from summarizer.documents import Document
from summarizer.turns import is_turn

SLACK = 0.15
"""How far a cut may be from where windows of one length would have it, as a share of it."""
COST_OF_PARAGRAPH, COST_OF_SENTENCE = 0.05, 0.2
"""What a cut that is no turn costs, in shares of a window: a turn near by is worth the way."""
MARGIN = 12
"""Characters that a sentence takes beside its own: number, brackets, line breaks."""
HEAD = 2
"""First sentences of the document that every later window is shown: title, place, date."""
LOOK_BACK = 60
"""Sentences before a window among which the head of its turn is looked for."""
OVERLAP = 600
"""Characters before a window that are shown again, if there are no more in the paragraph."""


@dataclass(frozen=True)
class Window:
    """Sentences ``first`` to ``last`` of a document, and the ``context`` shown before them."""

    first: int
    last: int
    context: tuple[int, ...] = ()

    @property
    def shown(self) -> list[int]:
        """The numbers of all sentences that are shown, in order."""
        return [*self.context, *range(self.first, self.last + 1)]

    @property
    def name(self) -> str:
        """``sentences 12 to 60``."""
        return f"sentences {spans(range(self.first, self.last + 1))}"


def whole(document: Document) -> Window:
    """All of a document as one window."""
    return Window(1, len(document.sentences))


def windows_of(document: Document, size: int | None) -> list[Window]:
    """The windows of a document, of about one length and at most ``size`` characters each.

    One window if the document is no longer than that, or ``size`` is None. A sentence that is
    longer than ``size`` is in a window of its own, and too long.
    """
    window = whole(document)
    ends = _ends(document, window)
    if size is None or ends[-1] <= size:
        return [window]
    count = -(-ends[-1] // max(1, int(size / (1 + 2 * SLACK))))
    cut = _cut(document, window, ends, count=min(count, len(ends)))
    return [part for window in cut for part in _fitting(document, window, size)]


def _fitting(document: Document, window: Window, size: int) -> list[Window]:
    """A window, in halves while it is too long: where sentences are, no cut is exact."""
    if window.first == window.last or _ends(document, window)[-1] <= size:
        return [window]
    return [part for half in halves(document, window) for part in _fitting(document, half, size)]


def halves(document: Document, window: Window) -> list[Window]:
    """A window in two; only itself if it has no more than one sentence."""
    return _cut(document, window, _ends(document, window), count=2)


def spans(numbers: Iterable[int]) -> str:
    """``1 to 2, 40 to 90``: ascending numbers in words."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in runs)


def _ends(document: Document, window: Window) -> list[int]:
    """Characters up to the end of every sentence of the window."""
    own = document.sentences[window.first - 1 : window.last]
    return list(accumulate(s.end - s.start + MARGIN for s in own))


def _cut(document: Document, window: Window, ends: Sequence[int], *, count: int) -> list[Window]:
    share, last = ends[-1] / count, len(ends)
    found = (_best_cut(document, window, ends, at * share, share) for at in range(1, count))
    cuts = sorted({0, last, *found})
    parts = [(window.first + a, window.first + b - 1) for a, b in pairwise(cuts)]
    context = [window.context, *(_context(document, first) for first, _ in parts[1:])]
    return [Window(*part, before) for part, before in zip(parts, context, strict=True)]


def _best_cut(
    document: Document, window: Window, ends: Sequence[int], ideal: float, share: float
) -> int:
    """After how many of the window's sentences to cut."""
    low = bisect_left(ends, ideal - SLACK * share)
    high = bisect_left(ends, ideal + SLACK * share)
    near = range(max(1, low), min(max(high, low) + 1, len(ends)))

    def cost(cut: int) -> tuple[float, int]:
        off = abs(ends[cut - 1] - ideal) / share
        return off + _cost(document, window.first + cut), cut

    return min(near, key=cost, default=len(ends))


def _cost(document: Document, number: int) -> float:
    """Of a window that begins with this sentence."""
    before, sentence = document.sentences[number - 2], document.sentences[number - 1]
    if sentence.paragraph == before.paragraph:
        return COST_OF_SENTENCE
    return 0.0 if is_turn(document.quote(number)) else COST_OF_PARAGRAPH


def _context(document: Document, first: int) -> tuple[int, ...]:
    """What is shown before a window that begins there."""
    numbers = {*range(1, HEAD + 1), *_turn_head(document, first), *_overlap(document, first)}
    return tuple(sorted(number for number in numbers if number < first))


def _turn_head(document: Document, first: int) -> list[int]:
    """Where the turn began that the window begins in the middle of."""
    for number in range(first, max(0, first - LOOK_BACK), -1):
        if is_turn(document.quote(number)):
            return [number]
    return []


def _overlap(document: Document, first: int) -> list[int]:
    """The end of the text before: the last paragraph, cut to a few sentences."""
    numbers: list[int] = []
    paragraph = document.sentences[first - 2].paragraph
    for number in range(first - 1, 0, -1):
        sentence = document.sentences[number - 1]
        length = document.sentences[first - 2].end - sentence.start
        if numbers and (sentence.paragraph != paragraph or length > OVERLAP):
            break
        numbers.append(number)
    return numbers
