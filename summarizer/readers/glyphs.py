"""Pages of a PDF to pieces of lines with their places (pypdfium2, Apache-2.0/BSD).

PDFium gives characters one by one, with boxes. A piece is a run of characters on one baseline
without a wide gap: most often a line of a column, or a cell of a table. Coordinates are points
from the bottom left corner of the page as it is read, whatever its /Rotate says.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HYPHEN = "\x02"
"""PDFium's mark for a hyphen at the end of a line."""

# Gaps between words of a justified line stay below this; gutters and gaps between the cells
# of a table are wider. In units of the font size.
_WIDE_GAP = 1.5
# A baseline that moves by less is that of a raised or lowered character.
_SAME_LINE = 0.6
# Words told apart by their place alone, without a space character.
_WORD_GAP = 0.3
_RAISED = 0.8  # a raised digit is set smaller than its line
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st"})
_IGNORED = frozenset("\r\n\0\ufffe\uffff\ufeff")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` from ``left`` to ``right`` on the baseline ``y``, in letters ``size`` high."""

    text: str
    left: float
    right: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its pieces in the order of the file, and whether it shows a picture.

    ``tilted`` counts characters at an angle to the others, which are left out: watermarks.
    """

    pieces: tuple[Piece, ...]
    height: float
    picture: bool
    tilted: int


@dataclass(slots=True)
class _Glyph:
    character: str
    left: float
    right: float
    y: float
    size: float
    quarter: int | None  # turns of 90° against the page; None at any other angle
    spaced: bool = False  # white space comes before it


def sheet(page: Any) -> Sheet:
    """What stands on a ``pypdfium2.PdfPage``."""
    textpage = page.get_textpage()
    try:
        glyphs = list(_glyphs(textpage))
    finally:
        textpage.close()
    turns = Counter(glyph.quarter for glyph in glyphs if glyph.quarter is not None)
    main = turns.most_common(1)[0][0] if turns else 0
    straight = [glyph for glyph in glyphs if glyph.quarter == main]
    width, height = page.get_size() if not page.get_rotation() % 180 else page.get_size()[::-1]
    return Sheet(
        pieces=tuple(_pieces(straight)),
        height=(height, width)[main % 2],
        picture=not straight and _has_picture(page),
        tilted=sum(not glyph.character.isspace() for glyph in glyphs) - _visible(straight),
    )


def _visible(glyphs: list[_Glyph]) -> int:
    return sum(not glyph.character.isspace() for glyph in glyphs)


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM]
    return next(iter(page.get_objects(filter=kinds, max_depth=2)), None) is not None


def _glyphs(textpage: Any) -> Iterator[_Glyph]:
    """Every character with its place, turned so that its line runs from left to right."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    quarter: int | None = 0
    before: tuple[float, float] | None = None
    for index in range(textpage.count_chars()):
        character = _character(pdfium.FPDFText_GetUnicode(textpage, index))
        if character in _IGNORED:
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        origin = (x.value, y.value)
        # A line keeps its angle as long as its baseline does not move.
        if before is None or quarter != 0 or before[1] != origin[1]:
            quarter = _quarter(pdfium.FPDFText_GetCharAngle(textpage, index))
        before = origin
        yield _glyph(character, box, origin, quarter)


def _character(code: int) -> str:
    """A character; half of a pair, or nothing at all, stands for what cannot be read."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _quarter(angle: float) -> int | None:
    turns = -angle / (math.pi / 2)  # PDFium counts clockwise
    return round(turns) % 4 if abs(turns - round(turns)) < 0.05 else None


def _glyph(character: str, box: Any, origin: tuple[float, float], quarter: int | None) -> _Glyph:
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    y = origin[1]
    if quarter == 1:
        left, right, size, y = box.bottom, box.top, box.right - box.left, -origin[0]
    elif quarter == 2:
        left, right, size, y = -box.right, -box.left, box.top - box.bottom, -origin[1]
    elif quarter == 3:
        left, right, size, y = -box.top, -box.bottom, box.right - box.left, origin[0]
    else:
        size = top - bottom
    return _Glyph(character, left, right, y, size, quarter)


def _pieces(glyphs: list[_Glyph]) -> Iterator[Piece]:
    run: list[_Glyph] = []
    spaced = False
    for glyph in glyphs:
        if glyph.character.isspace():
            spaced = True
            continue
        glyph.spaced, spaced = spaced, False
        if run and _breaks(run[-1], glyph):
            yield _piece(run)
            run = []
        run.append(glyph)
    if run:
        yield _piece(run)


def _breaks(last: _Glyph, glyph: _Glyph) -> bool:
    size = max(last.size, glyph.size)
    if abs(glyph.y - last.y) > _SAME_LINE * size:
        return True
    return max(glyph.left - last.right, last.left - glyph.right) > _WIDE_GAP * size


def _piece(run: list[_Glyph]) -> Piece:
    size = Counter(round(glyph.size, 1) for glyph in run).most_common(1)[0][0]
    text = ""
    for index, glyph in enumerate(run):
        if index and _is_gap(run[index - 1], glyph, size):
            text += " "
        raised = glyph.size < _RAISED * size and glyph.y > run[0].y + 0.1 * size
        text += glyph.character.translate(_SUPERSCRIPT) if raised else glyph.character
    return Piece(
        text.translate(_LIGATURES),
        min(glyph.left for glyph in run),
        max(glyph.right for glyph in run),
        run[0].y,
        size,
    )


def _is_gap(last: _Glyph, glyph: _Glyph, size: float) -> bool:
    """Whether a space stands between the two, left to right or right to left."""
    return glyph.spaced or max(glyph.left - last.right, last.left - glyph.right) > _WORD_GAP * size
