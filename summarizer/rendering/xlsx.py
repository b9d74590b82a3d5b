"""A brief as a workbook for Excel and LibreOffice (extra ``[documents]``)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import MissingExtra
from summarizer.rendering.escaping import clean
from summarizer.rendering.outline import outline
from summarizer.rendering.tables import Table, tables
from summarizer.rendering.words import ENGLISH, Words

_WIDTHS = {
    "no": 5, "group": 14, "who": 22, "statement": 50, "quotes": 80, "told by": 24, "people": 34,
    "voices": 14, "confirm": 16,
    "conditions": 26, "answers": 26, "topics": 20, "id": 13, "sides": 50, "part": 24, "rule": 30,
    "sentences": 11, "kind": 13, "status": 14, "deadline": 14, "history": 24, "reason": 20,
    "when": 20, "parties": 18, "certainty": 16, "firmness": 12, "basis": 14, "support": 16,
}  # fmt: skip
"""Widths of columns in characters."""
_NOT_PRINTED = frozenset({"quotes", "id"})
"""The last columns, which paper has no room for: the quotes have a sheet of their own."""
_LINE, _TALLEST = 15, 409
"""Height of a line of text, and Excel's highest row, in points."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def to_xlsx(brief: PeaceTalksBrief, words: Words = ENGLISH, *, handling: str = "") -> bytes:
    """``brief`` as a workbook: a sheet per chapter, the positions, the sentences cited.

    Raises MissingExtra.
    """
    return workbook(brief.title, tables(outline(brief, words)), words, handling=handling)


def workbook(
    title: str, listed: Sequence[Table], words: Words = ENGLISH, *, handling: str = ""
) -> bytes:
    """Tables as a workbook, one sheet each.

    Every cell is text, marked as such, whatever it begins with. Raises MissingExtra.
    """
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("documents", "the format xlsx") from None
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": clean(title), "comments": "summarizer"})
        # What a quote prefix marks stays text when somebody edits or exports the cell.
        cell = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EFF7"}
        )
        names: set[str] = set()
        for table in listed:
            sheet = book.add_worksheet(_sheet_name(table.name, names))
            _fill(sheet, table, cell, head)
            _lay_out(sheet, table, words, handling)
    return file.getvalue()


def _fill(sheet: Any, table: Table, cell: Any, head: Any) -> None:
    widths = [_width(table, column) for column in range(len(table.columns))]
    for column, text in enumerate(table.columns):
        sheet.write_string(0, column, text, head)
        sheet.set_column(column, column, widths[column])
    for number, row in enumerate(table.rows, 1):
        sheet.set_row(number, _height(row, widths))
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, cell)


def _width(table: Table, column: int) -> int:
    """By its key; a table without keys is as wide as its text, within reason."""
    if table.keys:
        return _WIDTHS[table.keys[column]]
    longest = max((len(row[column]) for row in table.rows), default=0)
    return min(max(longest, 14), 90 if len(table.columns) == 2 else 30)


def _height(row: Sequence[str], widths: Sequence[int]) -> int:
    """Of a row in points, with all its text: not every program fits rows to wrapped text."""
    lines = [
        sum(1 + len(part) // width for part in text.split("\n"))
        for text, width in zip(row, widths, strict=True)
    ]
    return min(_LINE * max(lines), _TALLEST)


def _lay_out(sheet: Any, table: Table, words: Words, handling: str) -> None:
    """Head fixed and repeated in print, filter, one page wide; the handling line on each page."""
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    printed = [key for key in table.keys if key not in _NOT_PRINTED]
    if printed:
        sheet.print_area(0, 0, len(table.rows), len(printed) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if words.direction == "rtl":
        sheet.right_to_left()
    # "&" begins a code in headers and footers.
    shown = clean(handling).replace("&", "&&")[:200]
    if shown:
        sheet.set_header(f"&R&B{shown}")
    sheet.set_footer(f"&L{clean(table.name).replace('&', '&&')}&R&P / &N")


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that Excel accepts: 31 characters, none of its own, each once."""
    plain = _NOT_IN_A_NAME.sub(" ", clean(name)).strip()[:28] or "–"
    free = next(
        n for n in (plain, *(f"{plain} {i}" for i in range(2, 99))) if n.lower() not in used
    )
    used.add(free.lower())
    return free
