"""Running heads and feet: what stands at the same place on page after page (pure)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from summarizer.readers.glyphs import Piece, Sheet

# Where they stand: this share of the page from its top and bottom edge, at most so many rows,
# then a gap (in heights of a letter) before the text; in letters not much larger than those
# of the text; and on how many of the pages.
_MARGIN, _MOST_ROWS, _GAP, _LARGEST, _OFTEN = 0.14, 4, 1.5, 1.3, 0.4
_SAME_PLACE = 6.0  # points that a head may move from page to page
_DIGITS = re.compile(r"\d+")
# "Article 3" at the top of page 3 is a heading of the text.
_NUMBERED = re.compile(
    r"\W*(?:Article|Art\.|Section|Annex|Appendix|Chapter|Paragraph|Artículo|Anexo|Capítulo|Annexe"
    r"|Chapitre|Artikel|Anhang|Статья|Стаття|Приложение|Додаток|Глава|المادة)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Running:
    """What was found: the words of each head or foot (``#`` for the number of the page)."""

    words: tuple[str, ...]
    removed: int  # lines, over all pages


def without_running(sheets: Sequence[Sheet]) -> tuple[list[tuple[Piece, ...]], Running]:
    """The pieces of every page without running heads and feet.

    A head in words stays where it first stands: it may name who publishes the text. Feet and
    page numbers go everywhere, since a sentence may run over them.
    """
    body = _body_size(sheets)
    places: dict[tuple[str, bool], list[tuple[int, Piece]]] = defaultdict(list)
    for page, sheet in enumerate(sheets):
        for head in (True, False):
            for piece in _at_edge(sheet, head):
                if piece.size <= _LARGEST * body:
                    places[_DIGITS.sub("#", piece.text), head].append((page, piece))
    gone: set[tuple[int, Piece]] = set()
    words: list[str] = []
    for (text, head), found in places.items():
        found = list(_in_place(found))
        if not _runs(text, found, len(sheets)):
            continue
        words.append(text)
        kept = head and "#" not in text
        gone.update(found[1:] if kept else found)
    left = [tuple(p for p in s.pieces if (n, p) not in gone) for n, s in enumerate(sheets)]
    return left, Running(tuple(words), len(gone))


def _body_size(sheets: Sequence[Sheet]) -> float:
    sizes = [piece.size for sheet in sheets for piece in sheet.pieces for _ in piece.text]
    return median(sizes) if sizes else 0.0


def _at_edge(sheet: Sheet, head: bool) -> list[Piece]:
    """The rows at the top or bottom of a page that a gap parts from the rest."""
    zone: list[Piece] = []
    for piece in sorted(sheet.pieces, key=lambda piece: -piece.y if head else piece.y):
        if zone and abs(zone[-1].y - piece.y) > _GAP * piece.size:
            break
        zone.append(piece)
    rows = {round(piece.y) for piece in zone}
    return zone if len(rows) <= _MOST_ROWS and all(_is_outside(y, sheet) for y in rows) else []


def _is_outside(y: float, sheet: Sheet) -> bool:
    return not sheet.height * _MARGIN < y < sheet.height * (1 - _MARGIN)


def _in_place(found: Sequence[tuple[int, Piece]]) -> Iterator[tuple[int, Piece]]:
    """Those at the usual height, the first of each page."""
    height = median(piece.y for _, piece in found)
    seen: set[int] = set()
    for page, piece in found:
        if page not in seen and abs(piece.y - height) <= _SAME_PLACE:
            seen.add(page)
            yield page, piece


def _runs(text: str, found: Sequence[tuple[int, Piece]], pages: int) -> bool:
    if len(found) < max(2, _OFTEN * pages):
        return False
    if "#" not in text:
        return True
    return not _NUMBERED.match(text) and _counts(found)


def _counts(found: Sequence[tuple[int, Piece]]) -> bool:
    """Whether every number in it stays, or grows with the pages as a page number does."""
    numbers = [[int(n[:9]) for n in _DIGITS.findall(piece.text)] for _, piece in found]
    for column in zip(*numbers, strict=True):
        offsets = {number - page for number, (page, _) in zip(column, found, strict=True)}
        if len(set(column)) > 1 and len(offsets) > 1:
            return False
    return True
