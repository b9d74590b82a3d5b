"""Pieces of a page to lines in the order in which they are read (pure).

A gutter that hardly any piece crosses, with prose on both sides, makes two columns; a heading
across them parts the columns above it from those below. Short cells side by side are the rows
of a table and stay together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean, median

from summarizer.readers.glyphs import Piece

CELL = " | "
"""What stands between the cells of a row."""

# A column has this many lines at least, of this many characters on average; below that the
# pieces are cells of a table, or labels and what they name.
_FEWEST_LINES, _SHORTEST_LINE = 3, 18
# Narrowest gutter, in sizes of letters, and how many pieces may cross it: headings.
_GUTTER, _MOST_CROSSING = 0.8, 0.2
_SAME_ROW = 0.5  # baselines of one row, in sizes of letters
_FEWEST_NUMBERED = 8  # lines of a page whose lines are numbered in the margin


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, or a row of a table (``cells`` above 1)."""

    text: str
    left: float
    right: float
    y: float
    size: float
    cells: int
    column: int  # counts the columns of the page in reading order
    edge: float  # where the lines of its column end at most


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a page in reading order."""
    if not pieces:
        return []
    backwards = _is_backwards(pieces)
    lines: list[Line] = []
    for number, column in enumerate(_columns(list(pieces), backwards)):
        lines.extend(_lines(column, number, backwards))
    return lines


def without_line_numbers(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces without numbers in the margin that count the lines of the page."""
    numbers = [piece for piece in pieces if piece.text.isdecimal() and len(piece.text) < 4]
    if len(numbers) < _FEWEST_NUMBERED:
        return pieces
    margin = median(piece.right for piece in numbers)
    column = [piece for piece in numbers if abs(piece.right - margin) <= piece.size]
    counted = [int(piece.text) for piece in sorted(column, key=lambda piece: -piece.y)]
    steps = {after - before for before, after in pairwise(counted)}
    if len(column) < _FEWEST_NUMBERED or steps not in ({1}, {5}):
        return pieces
    return [piece for piece in pieces if piece not in column]


def _is_backwards(pieces: Iterable[Piece]) -> bool:
    """Whether most letters are of a script that runs from right to left."""
    kinds = [unicodedata.bidirectional(c) for piece in pieces for c in piece.text if c.isalpha()]
    return sum(kind in ("R", "AL") for kind in kinds) * 2 > len(kinds)


def _columns(pieces: list[Piece], backwards: bool) -> Iterator[list[Piece]]:
    gutter = _gutter(pieces)
    if gutter is None:
        yield pieces
        return
    ordered = sorted(pieces, key=lambda piece: -piece.y)
    for across, band in groupby(ordered, lambda piece: piece.left < gutter < piece.right):
        if across:
            yield list(band)
            continue
        inside = list(band)
        left = [piece for piece in inside if piece.right <= gutter]
        right = [piece for piece in inside if piece.right > gutter]
        for half in (right, left) if backwards else (left, right):
            if half:
                yield from _columns(half, backwards)


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The middle of the best gutter between columns of prose; None if there is one column."""
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    narrowest = _GUTTER * median(piece.size for piece in pieces)
    found = [
        (crossing, left - right, (left + right) / 2)
        for left, right, crossing in _gaps(pieces)
        if right - left >= narrowest and crossing <= _MOST_CROSSING * len(pieces)
    ]
    for _, _, middle in sorted(found):
        if _parts_prose(pieces, middle):
            return middle
    return None


def _gaps(pieces: Sequence[Piece]) -> Iterator[tuple[float, float, int]]:
    """Stretches of the page's width that the same few pieces cross: ``(left, right, count)``."""
    starts = sorted(piece.left for piece in pieces)
    ends = sorted(piece.right for piece in pieces)
    begun = 0
    for index, end in enumerate(ends[:-1]):
        while begun < len(starts) and starts[begun] <= end:
            begun += 1
        crossing = begun - index - 1
        following = starts[begun] if begun < len(starts) else end
        yield end, min(following, ends[index + 1]) if crossing else following, crossing


def _parts_prose(pieces: Sequence[Piece], gutter: float) -> bool:
    sides = (
        [piece for piece in pieces if piece.right <= gutter],
        [piece for piece in pieces if piece.left >= gutter],
    )
    return all(_is_prose(side) for side in sides)


def _is_prose(pieces: Sequence[Piece]) -> bool:
    if len(pieces) < _FEWEST_LINES:
        return False
    return mean(len(piece.text) for piece in pieces) >= _SHORTEST_LINE


def _lines(pieces: Sequence[Piece], column: int, backwards: bool) -> Iterator[Line]:
    """Pieces of one column, row by row from the top."""
    edge = max(piece.right for piece in pieces)
    for row in _rows(pieces):
        cells = sorted(row, key=lambda piece: -piece.right if backwards else piece.left)
        yield Line(
            text=CELL.join(piece.text for piece in cells),
            left=min(piece.left for piece in row),
            right=max(piece.right for piece in row),
            y=cells[0].y,
            size=max(piece.size for piece in row),
            cells=len(row),
            column=column,
            edge=edge,
        )


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if row and row[0].y - piece.y > _SAME_ROW * min(row[0].size, piece.size):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row
