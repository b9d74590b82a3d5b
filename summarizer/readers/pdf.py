"""PDF: the text layer, page by page, as paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from summarizer.errors import DocumentTooLong, EmptyDocument, UnreadableDocument
from summarizer.readers.extracted import Extracted
from summarizer.readers.flow import Flow, flowing
from summarizer.readers.glyphs import Sheet, sheet
from summarizer.readers.layout import lines_of, without_line_numbers
from summarizer.readers.running import Running, without_running

MAX_PAGES = 2_000
"""A longer file is refused: nobody reads a brief of it, and it takes a minute to read."""

# Below so many letters and digits a page has no text; above this share of characters without
# a meaning the fonts of a file do not say what they show.
_FEWEST_SIGNS, _MOST_UNKNOWN = 10, 0.2
# Titles that programs put in by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|document\d*|\W*"
    r"|.*\.(?:docx?|pdf|rtf|odt|indd|qxd))",
    re.IGNORECASE,
)


def read(file: BinaryIO, *, max_chars: int) -> Extracted:
    """The text of a PDF; raises InputError with what the file "is" or "has"."""
    document = _opened(file)
    if len(document) > MAX_PAGES:
        raise DocumentTooLong(
            f"has {len(document):,} pages, more than {MAX_PAGES:,}: split it into parts"
        )
    sheets = list(_sheets(document, max_chars))
    if not sheets:
        raise EmptyDocument("has no pages")
    left, running = without_running(sheets)
    _check(left, sheets)
    text = [without_line_numbers(pieces) for pieces in left]
    flow, spans = flowing([lines_of(pieces) for pieces in text])
    return Extracted(
        text=flow.text,
        pages=tuple(spans),
        file_title=_title(document),
        notes=tuple(_notes(sheets, running, flow, sum(map(len, left)) - sum(map(len, text)))),
    )


def _opened(file: BinaryIO) -> Any:
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument(
                "is encrypted: open it with its password, save it without one, and try again"
            ) from None
        raise UnreadableDocument("is damaged, or no PDF: open it and save it again") from None


def _sheets(document: Any, max_chars: int) -> Iterator[Sheet]:
    import pypdfium2

    count = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise UnreadableDocument(
                f"is damaged: page {number + 1} cannot be opened; open it and save it again"
            ) from None
        read_page = sheet(page)
        page.close()
        count += sum(len(piece.text) for piece in read_page.pieces)
        if count > max_chars:
            raise DocumentTooLong(
                f"is longer than {max_chars:,} characters: split it, or raise --max-chars"
            )
        yield read_page


def _check(pages: Sequence[Sequence[Any]], sheets: Sequence[Sheet]) -> None:
    """Refuse a scan, and fonts that do not say what they show."""
    signs = [sum(_signs(piece.text) for piece in pieces) for pieces in pages]
    texts = [piece.text for pieces in pages for piece in pieces]
    unknown = sum(map(_unknown, texts))
    if unknown > _MOST_UNKNOWN * max(1, sum(map(len, texts))):
        raise UnreadableDocument(
            "has a text layer that cannot be read (its fonts do not say which letters they show): "
            "make a new one, for example with `ocrmypdf --force-ocr IN.pdf OUT.pdf`"
        )
    bare = sum(count < _FEWEST_SIGNS for count in signs)
    if bare == len(signs):
        scan = any(sheet.picture for sheet in sheets) or any(texts)
        raise EmptyDocument(
            "is a scan without a text layer: make one, for example with "
            "`ocrmypdf IN.pdf OUT.pdf`, and use that file"
            if scan
            else "has no text on any page"
        )


def _signs(text: str) -> int:
    return sum(map(str.isalnum, text))


def _unknown(text: str) -> int:
    return sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in text[:-1])


def _title(document: Any) -> str | None:
    title = " ".join(str(document.get_metadata_value("Title")).split())
    return None if _NO_TITLE.fullmatch(title) else title[:200]


def _notes(sheets: Sequence[Sheet], running: Running, flow: Flow, numbers: int) -> Iterator[str]:
    if running.removed:
        words = "; ".join(f"“{text[:80]}”" for text in running.words)
        yield f"lines left out that run from page to page: {running.removed} ({words})"
    if numbers:
        yield f"numbers of lines left out in the margin: {numbers}"
    if flow.joined:
        yield f"words joined that were broken at the end of a line: {flow.joined}"
    tilted = sum(sheet.tilted for sheet in sheets)
    if tilted:
        yield f"characters left out that are set at an angle, such as a watermark: {tilted}"
    bare = [number for number, sheet in enumerate(sheets, 1) if sheet.picture]
    if bare:
        listed = ", ".join(map(str, bare[:10])) + (", …" if len(bare) > 10 else "")
        yield f"pages without text, only a picture, which is not in the brief: {listed}"
