"""Paragraphs of a plain text: runs of lines that one sentence may flow through (pure).

A line break ends a paragraph or is only there because the text was wrapped at some column;
which of the two is decided line by line, from the column the document (or the stretch
between two blank lines) is wrapped at. List items, headings, table rows and the turns of a
transcript are paragraphs of their own. Every function is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

TERMINAL = ".!?…:;。！？；：؟۔।॥։።፧။៖។"
CLOSERS = "”’\"'»›)]}*_」』）】"
OPENERS = "“‘\"'«‹([{*_「『（【„‚"

# Widths that people and programs wrap at; a longer line is a paragraph of its own.
_NARROWEST, _WIDEST = 30, 130
# Where lines are not filled as far as they could be (a hand, a font of uneven width), a line
# that is this full counts as wrapped.
_FULL = 0.88
# A sentence cut by a page break has a beginning; a shorter line is a heading.
_SHORTEST_RUN_ON = 40

_MARKER = re.compile(
    r"""
      (?P<glyph>[•·◦▪▫‣●○■□►▶➤]) \s*
    | (?P<dash>[-*+–—]) \s+
    | \(? (?P<number>\d{1,3}) [.)] \s+
    | \d{1,3} (?:\.\d{1,3})+ \.? \s+
    | \(? (?P<letter>[A-Za-z]) [.)] \s+
    | \(? [ivxlIVXL]{1,6} [.)] \s+
    | (?:Article|Artículo|Artigo|Artikel|Section|Annex|Chapter|Статья|Стаття|المادة)
      \s+ (?:\d{1,3}|[IVXL]{1,6}) \b [.:)–—-]* (?:\s+|$)
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r"(?P<name>[^\W\d_][^:：]{0,60}?)\s?(?::(?:\s+|$)|：\s*)")
_QUESTION = re.compile(r"[QA]\.?(?:\s{2,}|\s(?=[A-Z(\[“\"‘’—…]))")
_ONE_LETTER_TURNS = frozenset(("Q", "A", "В", "О", "П", "问", "答", "问题", "记者", "س", "ج"))
_TITLE_CASE_LABEL = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z(][\w.’')-]*){0,5}:\s")
_BYLINE = re.compile(r"(?:by|par|por|von|від|di)\s+[^\W\d_a-zà-ÿа-яіїєґ]")
_HEADING = re.compile(r"#{1,6}\s")
_QUOTED = re.compile(r"(?:>\s?)+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text[start:end]``, and where its list marker or speaker label ends (``lead``)."""

    start: int
    end: int
    lead: int


@dataclass(frozen=True, slots=True)
class _Column:
    """The column a text is wrapped at, and how far its lines are filled at least."""

    width: int
    filled: float


@dataclass(eq=False)
class _Line:
    """A line that is not blank: its offsets without the white space around it."""

    start: int
    end: int
    indent: int
    body: str = field(repr=False)  # without the ">" of a quoted message
    gap: bool  # a blank line, or the start of the text, comes before it

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start

    @cached_property
    def marker(self) -> re.Match[str] | None:
        return _MARKER.match(self.body)

    @cached_property
    def turn(self) -> int:
        """Length of the label of a transcript turn, or 0."""
        label = _LABEL.match(self.body)
        if label is not None:
            name = label["name"].split("(")[0].strip()
            if name.isupper() or name in _ONE_LETTER_TURNS:
                return label.end()
        question = _QUESTION.match(self.body)
        return question.end() if question and self.body[0] == "Q" else 0

    @property
    def label_only(self) -> bool:
        return bool(self.turn) and self.turn == len(self.body)

    @cached_property
    def alone(self) -> bool:
        """A Markdown heading, a table row or a ruler: never part of a longer paragraph."""
        if self.body.startswith("|") or _HEADING.match(self.body):
            return True
        return len(self.body) > 2 and not any(map(str.isalnum, self.body))

    @cached_property
    def finished(self) -> bool:
        """Ends with a mark that a sentence, or the introduction of a list, ends with."""
        return self.body.rstrip(CLOSERS + " ")[-1:] in TERMINAL

    @property
    def lower(self) -> bool:
        return self.initial.islower()

    @property
    def cased(self) -> bool:
        return self.initial.islower() or self.initial.isupper()

    @cached_property
    def initial(self) -> str:
        return self.body.lstrip(OPENERS + "—–- ")[:1]

    @cached_property
    def opens(self) -> bool:
        """Looks like the start of a paragraph, whatever comes before it."""
        return self.alone or bool(self.turn) or self.marker is not None

    @cached_property
    def first_word(self) -> int:
        return len(self.body.split(None, 1)[0])

    def fills(self, column: _Column | None, word: int) -> bool:
        """Whether a word of that length would not have fitted on this line any more."""
        if column is None or self.width > column.width * 1.1:
            return False
        return self.width + 1 + word > column.filled


def split(text: str) -> list[Paragraph]:
    """The paragraphs of ``text``, in order; together they hold every non-blank character."""
    lines = list(_lines(text))
    document = _column(lines)
    paragraphs: list[list[_Line]] = []
    for stretch in _stretches(lines):
        column = (_column(stretch) if len(stretch) > 4 else None) or document
        for line in stretch:
            if paragraphs and _belongs(line, paragraphs[-1], column):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    return [_paragraph(lines) for lines in paragraphs]


def _paragraph(lines: Sequence[_Line]) -> Paragraph:
    first = lines[0]
    lead = first.turn or (first.marker.end() if first.marker else 0)
    return Paragraph(first.start, lines[-1].end, first.end - len(first.body) + lead)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not blank, at every kind of line break that Unicode knows."""
    position, gap = 0, True
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if content:
            indent = len(raw) - len(raw.lstrip())
            start = position + indent
            quoted = _QUOTED.match(content)
            body = content[quoted.end() :] if quoted else content
            yield _Line(start, start + len(content), indent, body or content, gap)
        gap = not content
        position += len(raw)


def _stretches(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines with no blank line between them."""
    stretch: list[_Line] = []
    for line in lines:
        if line.gap and stretch:
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _column(lines: Sequence[_Line]) -> _Column | None:
    """The column that most lines with a follower are wrapped at; None if they are not.

    Lines wrapped at W are nearly all between ¾ W and W long, they end anywhere in a sentence,
    and in a script with two cases many of the next lines start with a small letter.
    """
    inner = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.opens and not a.alone]
    counts = Counter(a.width for a, _ in inner if _NARROWEST <= a.width <= _WIDEST)
    if not counts:
        return None
    total = list(accumulate(counts[width] for width in range(_WIDEST + 1)))
    best = max(counts, key=lambda width: (total[width] - total[int(width * 0.75) - 1], width))
    wrapped = [(a, b) for a, b in inner if best * 0.75 <= a.width <= best]
    if not _flows(wrapped, len(inner)):
        return None
    # A cluster may end just below the longest lines; those are of the same column.
    best = max(width for width in counts if width <= best * 1.1)
    exact = sum(a.width + 1 + b.first_word > best for a, b in wrapped) >= len(wrapped) * 0.9
    return _Column(best, best if exact else best * _FULL)


def _flows(wrapped: Sequence[tuple[_Line, _Line]], total: int) -> bool:
    """Whether these pairs of lines read as sentences that run over line breaks."""
    if len(wrapped) < 2 or len(wrapped) < total * 0.6:
        return False
    if sum(a.finished for a, _ in wrapped) > len(wrapped) * 0.6:
        return False
    cased = [b for _, b in wrapped if b.cased]
    if len(wrapped) == 2 or len(cased) < len(wrapped) * 0.5:
        return len(wrapped) > 2 or len(cased) == sum(b.lower for b in cased) == 2
    return sum(b.lower for b in cased) >= len(cased) * 0.35


def _belongs(line: _Line, paragraph: Sequence[_Line], column: _Column | None) -> bool:
    """Whether ``line`` goes on with the paragraph that holds the lines before it."""
    last = paragraph[-1]
    if line.alone or last.alone:
        return False
    if last.label_only and len(paragraph) == 1:
        return not line.opens
    if line.gap:
        return column is not None and _bridges(line, paragraph)
    wrapped = last.fills(column, line.first_word)
    if line.opens:
        return wrapped and not _starts(line, paragraph)
    if _TITLE_CASE_LABEL.match(line.body) and (last.finished or _TITLE_CASE_LABEL.match(last.body)):
        return False  # "Witnessed by: …", "Observers: …"
    first = paragraph[0]
    if first.marker and line.indent > first.indent:
        return True  # hanging indent of a list item
    if last.finished and line.indent >= last.indent + 2:
        return False  # paragraphs told apart by indenting their first line
    return wrapped or _runs_on(last, line)


def _runs_on(last: _Line, line: _Line) -> bool:
    """A longish line stops inside a sentence and the next starts with a small letter."""
    if last.finished or not line.lower or _BYLINE.match(line.body):
        return False
    return _SHORTEST_RUN_ON <= last.width <= _WIDEST


def _bridges(line: _Line, paragraph: Sequence[_Line]) -> bool:
    """A page break left a blank line inside a sentence of a wrapped text."""
    last = paragraph[-1]
    if line.opens or last.end - paragraph[0].start < _SHORTEST_RUN_ON:
        return False
    comma = last.body.endswith(",")
    if not comma and not last.body[-1].isalnum():
        return False
    return line.lower or (comma and line.initial.isdigit())


def _starts(line: _Line, paragraph: Sequence[_Line]) -> bool:
    """Whether a line with a marker or label, after a full line, starts a paragraph.

    Wrapping can put "2. They left", "J. D. Vance" or "— both of them —" at the start of a
    line; inside a sentence only the next item of a list is a start.
    """
    last, marker = paragraph[-1], line.marker
    if last.finished:
        return not (marker and marker["dash"] and line.lower)
    if line.turn:
        return " " in line.body[: line.turn].strip() or last.body[-1] in "—–"
    if marker is None or marker["glyph"]:
        return True
    return _follows(paragraph[0].marker, marker)


def _follows(before: re.Match[str] | None, after: re.Match[str]) -> bool:
    """Whether ``after`` is the marker of the item after ``before``."""
    if before is None:
        return False
    if after["number"] and before["number"]:
        return int(after["number"]) == int(before["number"]) + 1
    if after["letter"] and before["letter"]:
        return ord(after["letter"]) == ord(before["letter"]) + 1
    return bool(after["dash"]) and after["dash"] == before["dash"]
