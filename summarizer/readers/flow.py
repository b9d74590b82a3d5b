"""Lines of pages to a text of paragraphs, words broken at line ends joined (pure).

What a page break, a column or a hyphen interrupts goes on; footnotes step aside for it. The
text of page n is ``text[pages[n-1][0]:pages[n-1][1]]``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from summarizer.paragraphs import CLOSERS, OPENERS, TERMINAL
from summarizer.readers.extracted import Span
from summarizer.readers.glyphs import HYPHEN
from summarizer.readers.layout import Line

PARAGRAPH = "\n\n"

# In heights of a letter: a step of the baseline beyond the usual one of the column, an indent,
# and room that a line leaves although the next word would have fitted into it.
_EXTRA_STEP, _INDENT, _ROOM = 0.35, 0.6, 0.8
_OTHER_SIZE, _NOTE_SIZE = 0.1, 0.92
_BULLET = re.compile(r"[•·◦▪▫‣●○■□►▶➤*–—-]\s")
_MARKER = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]|\d+(?:\.\d+)+\.?)\s")
_NOTE = re.compile(r"[\d*†‡⁰¹²³⁴-⁹]")
# A mark inside a line: an ordinary hyphen, or the place of one that is not shown.
_INSIDE = str.maketrans({HYPHEN: "-", "\xad": None})
_HYPHENS = f"-\xad‐{HYPHEN}"
_BROKEN = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]$")
_TIGHT = re.compile(r"(?:/|\w[–-])$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass
class Flow:
    """The text as it grows; ``joined`` counts the words that were put together again."""

    vocabulary: Counter[str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    joined: int = 0

    def add(self, text: str) -> None:
        """Append as it is."""
        self.parts.append(text)
        self.length += len(text)

    def line(self, line: str, goes_on: bool) -> None:
        """Append a line: to the paragraph before it, or as a new one."""
        line = line[:-1].translate(_INSIDE) + line[-1:]
        if goes_on and self.parts:
            line = self._seam(line)
        elif self.parts:
            self._settle()
            self.add(PARAGRAPH)
        self.add(line)

    def _seam(self, line: str) -> str:
        """What joins the last line and this one: a space, or a word made whole."""
        last = self.parts[-1]
        broken, first = _BROKEN.search(last), _FIRST_WORD.match(line)
        if broken and first and first[0][0].islower():
            self.joined += 1
            hyphen = "-" if self._is_compound(broken[1], first[0]) else ""
            self._replace_last(last[:-1] + hyphen)
        else:
            self._settle()
            self.add("" if broken or _TIGHT.search(last) else " ")
        return line

    def _is_compound(self, head: str, tail: str) -> bool:
        """Whether a word is written with a hyphen: the rest of the document knows."""
        whole, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
        if self.vocabulary[whole] != self.vocabulary[hyphened]:
            return self.vocabulary[hyphened] > self.vocabulary[whole]
        return min(len(head), len(tail)) > 2 and all(
            self.vocabulary[part.lower()] for part in (head, tail)
        )

    def _settle(self) -> None:
        """A hyphen that joins nothing is an ordinary one."""
        last = self.parts[-1] if self.parts else ""
        if last.endswith((HYPHEN, "\xad")):
            self._replace_last(last[:-1] + "-")

    def _replace_last(self, text: str) -> None:
        self.length += len(text) - len(self.parts[-1])
        self.parts[-1] = text

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)


def flowing(pages: Sequence[Sequence[Line]]) -> tuple[Flow, list[Span]]:
    """The text of ``pages`` and the ``[start, end)`` of each; an empty page has no length."""
    flow = Flow(_vocabulary(pages))
    body = _body_size(pages)
    starts: list[int | None] = []
    last: Line | None = None
    for lines in pages:
        began: int | None = None
        for line, goes_on in _with_breaks(_notes_aside(lines, body), last):
            flow.line(line.text, goes_on)
            began = flow.length - len(flow.parts[-1]) if began is None else began
            last = line
        starts.append(began)
    flow._settle()
    return flow, _spans(starts, flow.length)


def _spans(starts: Sequence[int | None], end: int) -> list[Span]:
    """From each start to the next; a page without text starts where the one after it does."""
    spans: list[Span] = []
    for start in reversed(starts):
        start = end if start is None else start
        spans.append((start, end))
        end = start
    if spans:
        spans[-1] = (0, spans[-1][1])
    return spans[::-1]


def _vocabulary(pages: Iterable[Iterable[Line]]) -> Counter[str]:
    """Words of the document, in small letters, but for those broken at the end of a line."""
    words: Counter[str] = Counter()
    broken = False
    for text in (line.text.replace(HYPHEN, "-") for lines in pages for line in lines):
        found = [word.lower() for word in _WORD.findall(text)]
        start, broken = int(broken), text[-1] in _HYPHENS
        whole = found[start : len(found) - broken]
        words.update(whole)
        words.update(part for word in whole if "-" in word for part in word.split("-"))
    return words


def _body_size(pages: Iterable[Iterable[Line]]) -> float:
    sizes = [line.size for lines in pages for line in lines for _ in range(len(line.text) // 8)]
    return median(sizes) if sizes else 0.0


def _notes_aside(lines: Sequence[Line], body: float) -> list[Line]:
    """Footnotes before the last paragraph of their page if it goes on on the next page."""
    notes = _footnotes(lines, body)
    text = lines[: len(lines) - len(notes)]
    if not notes or not text or _finished(text[-1].text):
        return list(lines)
    breaks = [goes_on for _, goes_on in _with_breaks(text, None)]
    last = len(breaks) - 1 - breaks[::-1].index(False)
    return [*text[:last], *notes, *text[last:]]


def _footnotes(lines: Sequence[Line], body: float) -> Sequence[Line]:
    """The small lines at the end of a page, from the first that starts with a mark."""
    start = len(lines)
    while start and lines[start - 1].size <= _NOTE_SIZE * body:
        start -= 1
    while start < len(lines) and not _NOTE.match(lines[start].text):
        start += 1
    return lines[start:] if start else []


def _with_breaks(lines: Sequence[Line], last: Line | None) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it goes on with the paragraph of the line before it."""
    steps = _steps(lines)
    for line in lines:
        yield line, last is not None and _goes_on(last, line, steps)
        last = line


def _steps(lines: Sequence[Line]) -> float:
    """The usual distance of two baselines, in heights of a letter."""
    steps = [
        (a.y - b.y) / max(a.size, b.size)
        for a, b in pairwise(lines)
        if a.column == b.column and a.y > b.y and a.size and b.size
    ]
    return median(steps) if steps else 1.2


def _goes_on(last: Line, line: Line, step: float) -> bool:
    if max(last.cells, line.cells) > 1 or _BULLET.match(line.text):
        return False
    if abs(last.size - line.size) > _OTHER_SIZE * max(last.size, line.size):
        return False
    if last.text[-1] in _HYPHENS and line.text[0].islower():
        return True
    marked = _MARKER.match(line.text) is not None
    if marked and (_finished(last.text) or _has_room(last, line)):
        return False
    below = last.column == line.column and last.y > line.y
    if not below:  # the next column or page
        return not _finished(last.text) and (_is_small(line.text) or not _has_room(last, line))
    if last.y - line.y > (step + _EXTRA_STEP) * max(last.size, line.size):
        return False
    if _is_indented(last, line) and _finished(last.text):
        return False
    return not _has_room(last, line)


def _is_indented(last: Line, line: Line) -> bool:
    hanging = _MARKER.match(last.text) or _BULLET.match(last.text)
    return not hanging and line.left - last.left > _INDENT * line.size


def _has_room(last: Line, line: Line) -> bool:
    """Whether the first word of ``line`` would have fitted on the line before it."""
    width = (line.right - line.left) / max(1, len(line.text))
    word = len(line.text.split(None, 1)[0])
    return last.edge - last.right > width * (word + 1) + _ROOM * last.size


def _finished(text: str) -> bool:
    return text.rstrip(CLOSERS + "¹²³⁰⁴⁵⁶⁷⁸⁹ ")[-1:] in TERMINAL


def _is_small(text: str) -> bool:
    return text.lstrip(OPENERS)[:1].islower()
