"""A brief as the Word document that circulates (needs python-docx, see ``docx.py``)."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from summarizer.brief import Citation
from summarizer.rendering import wordstyles as styles
from summarizer.rendering.escaping import clean
from summarizer.rendering.footnotes import Footnotes
from summarizer.rendering.lines import Kind, Line
from summarizer.rendering.matrix import Stand
from summarizer.rendering.outline import Chapter, ChapterKey, Outline

Column = tuple[str, float, Callable[["_Writer", Paragraph, Line], None]]
"""Head, width in mm of 170, and what fills the cell."""

PLACE = "{{brief}}"
"""A paragraph of the template that says this is where the brief goes."""


def to_bytes(shown: Outline, *, handling: str = "", template: Path | None = None) -> bytes:
    """The document of ``shown``. Raises UnreadableDocument for a template that is none."""
    document = styles.opened(template)
    styles.add_styles(document, rtl=shown.words.direction == "rtl")
    place = _place(document)
    before = set(document.element.body)
    _Writer(document, shown).write(handling)
    if place is not None:
        _move([one for one in document.element.body if one not in before], place)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Writes one outline at the end of a document."""

    def __init__(self, document: Document, shown: Outline) -> None:
        self._document = document
        self._shown = shown
        self._words = shown.words
        self._notes = Footnotes(document)

    def write(self, handling: str) -> None:
        """Header block, bottom line, chapters, what is not supported, notes."""
        shown = self._shown
        properties = self._document.core_properties
        properties.title, properties.language = clean(shown.title)[:255], self._words.code
        properties.author, properties.comments = "summarizer", ""
        if handling:
            self._handling(clean(handling))
        self._header()
        if shown.brief.about_peace_talks:
            self._bottom_line()
            for chapter in shown.chapters:
                self._chapter(chapter)
            self._positions()
            self._moved()
        else:
            self._heading(self._words("not about"))
            self._paragraph(clean(shown.brief.not_about or ""), styles.FACTS)
        self._about()
        _page_numbers(self._document)
        self._notes.write()

    def _handling(self, handling: str) -> None:
        """In the header of every page."""
        for section in self._document.sections:
            section.header.is_linked_to_previous = False
            line = section.header.add_paragraph(handling, style=styles.HANDLING)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _drop_empty(self._document)

    def _header(self) -> None:
        self._paragraph(clean(self._shown.title), "Title")
        for label, title, facts in self._shown.sources:
            self._labelled(label, f"{title} · {facts}")
        self._labelled(self._words("made"), self._shown.made)
        if self._shown.check:
            self._labelled(self._words("check"), self._shown.check)

    def _bottom_line(self) -> None:
        chapter = self._shown.bottom_line
        self._heading(chapter.title)
        if not chapter.lines:
            self._paragraph(chapter.nothing, styles.STATEMENT)
        for line in chapter.lines:
            paragraph = self._paragraph("", styles.STATEMENT)
            self.said(paragraph, line)
            self._remarks(paragraph, line.said("support"))

    def _chapter(self, chapter: Chapter) -> None:
        self._heading(f"{chapter.title} ({len(chapter.lines)})" if chapter.lines else chapter.title)
        if not chapter.lines:
            self._paragraph(chapter.nothing, styles.FACTS)
        for title, lines in chapter.groups:
            if title:
                self._document.add_heading(title, 2)
            self._table(_COLUMNS[chapter.key], lines)

    def _moved(self) -> None:
        if self._shown.moved:
            self._heading(f"{self._words('unsupported')} ({len(self._shown.moved)})")
            self._table(_ANY, [line for _, line in self._shown.moved])

    def _positions(self) -> None:
        matrix = self._shown.positions
        if not matrix.rows:
            return
        self._heading(self._words("matrix"))
        heads = [self._words("filter topic"), *matrix.parties]
        table = self._empty_table(heads, [170 / len(heads)] * len(heads))
        for topic, cells in matrix.rows:
            row = table.add_row().cells
            _first(row[0]).add_run(self._words.term(topic))
            for cell, lines in zip(row[1:], cells, strict=True):
                _first(cell).add_run("; ".join(map(_position, lines)))

    def _table(self, columns: Sequence[Column], lines: Sequence[Line]) -> None:
        heads = [self._words(f"column {head}") for head, _, _ in columns]
        table = self._empty_table(heads, [width for _, width, _ in columns])
        for line in lines:
            row = table.add_row()
            _keep_together(row)
            for cell, (_, _, fill) in zip(row.cells, columns, strict=True):
                fill(self, _first(cell), line)

    def _empty_table(self, heads: Sequence[str], widths: Sequence[float]) -> Any:
        table = self._document.add_table(1, len(heads), style=styles.TABLE)
        table.autofit = False
        if self._words.direction == "rtl":
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = styles.HEAD
            paragraph.add_run(clean(text))
        _repeat(table.rows[0])
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _about(self) -> None:
        self._heading(self._shown.notes_title)
        for note in self._shown.notes:
            self._paragraph(clean(note), styles.FACTS)
        self._paragraph(self._shown.warned, styles.FACTS)
        for kind, told in self._shown.warnings:
            self._labelled(kind, told)

    def name(self, paragraph: Paragraph, line: Line) -> None:
        """O1."""
        paragraph.add_run(line.name, style=styles.NAME)

    def lead(self, paragraph: Paragraph, line: Line) -> None:
        """Holder, who to whom, how sure, or speaker."""
        paragraph.add_run(clean(line.lead)).bold = True

    def said(self, paragraph: Paragraph, line: Line) -> None:
        """The statement with its footnote."""
        paragraph.add_run(clean(line.text))
        if line.citations or not line.cited:
            self.cite(paragraph, line.citations)

    def cite(self, paragraph: Paragraph, citations: Sequence[Citation]) -> None:
        """A footnote with the sentences cited: number, page if there is one, quote."""
        shown = self._shown
        quotes = [f"[{shown.place(c)}] {shown.quoted(c)}" for c in shown.citing.in_order(citations)]
        if quotes:
            self._notes.add(paragraph, " ".join(quotes))
        else:
            paragraph.add_run(f" {self._words('no sentence')}", style=styles.WARNING)

    def remarks(self, paragraph: Paragraph, line: Line, *kinds: Kind) -> None:
        """Remarks of these kinds; those that have sentences of their own with a footnote."""
        for number, remark in enumerate(one for kind in kinds for one in line.remarks
                                        if one.kind == kind):  # fmt: skip
            self._remarks(paragraph, [remark.text], first=not number)
            if remark.citations:
                self.cite(paragraph, remark.citations)

    def statement(self, paragraph: Paragraph, line: Line) -> None:
        """The statement, and what the support check missed."""
        self.said(paragraph, line)
        self._remarks(paragraph, line.said("support"))

    def _remarks(self, paragraph: Paragraph, texts: Sequence[str], *, first: bool = False) -> None:
        for text in texts:
            lead = "" if first else "; "
            style = styles.WARNING if text.startswith("⚠") else None
            paragraph.add_run(f"{lead}{clean(text)}", style=style)

    def _heading(self, text: str) -> None:
        self._document.add_heading(clean(text), 1)

    def _paragraph(self, text: str, style: str) -> Paragraph:
        return self._document.add_paragraph(text, style=style)

    def _labelled(self, label: str, text: str) -> None:
        paragraph = self._paragraph("", styles.FACTS)
        paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(text))


def _of(*kinds: Kind) -> Callable[[_Writer, Paragraph, Line], None]:
    return lambda writer, paragraph, line: writer.remarks(paragraph, line, *kinds)


_told = _of("teller", "confirm", "voices")
_NAME: Column = ("no", 11, _Writer.name)
_COLUMNS: dict[ChapterKey, list[Column]] = {
    "parties": [
        _NAME, ("party", 59, _Writer.statement), ("part", 45, _of("part")),
        ("people", 55, _of("people")),
    ],
    "offers": [
        _NAME, ("whom", 27, _Writer.lead), ("what", 54, _Writer.statement),
        ("terms", 27, _of("condition", "deadline")),
        ("status", 26, _of("kind", "status", "doubt", "answer", "history")),
        ("told by", 25, _told),
    ],
    "red lines": [
        _NAME, ("who", 27, _Writer.lead), ("statement", 75, _Writer.statement),
        ("firmness", 25, _of("firmness", "doubt")), ("told by", 32, _told),
    ],
    "open questions": [
        _NAME, ("statement", 89, _Writer.statement), ("reason", 40, _of("reason", "doubt")),
        ("told by", 30, _told),
    ],
    "next steps": [
        _NAME, ("certainty", 22, _Writer.lead), ("statement", 65, _Writer.statement),
        ("when", 42, _of("when", "who")), ("told by", 30, _told),
    ],
    "outside voices": [
        _NAME, ("who", 49, _Writer.lead), ("statement", 110, _Writer.statement),
    ],
}  # fmt: skip
_ANY: list[Column] = [
    _NAME, ("who", 29, _Writer.lead), ("statement", 70, _Writer.said),
    ("remarks", 60, _of("part", "people", "condition", "deadline", "kind", "status", "firmness",
                        "reason", "when", "who", "doubt", "teller", "confirm", "voices",
                        "support", "answer", "history")),
]  # fmt: skip
_FOUND: list[Column] = [
    _NAME, ("who", 29, _Writer.lead), ("statement", 50, _Writer.said),
    ("remarks", 80, _of("side", "rule")),
]  # fmt: skip
_COLUMNS |= {"contradictions": _FOUND, "collisions": _FOUND, "convergence": _FOUND}


def _position(one: Stand) -> str:
    return clean(f"{one.line.name} {'⚠ ' if one.second_hand else ''}{one.stance}")


def _first(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = styles.CELL
    return paragraph


def _repeat(row: Any) -> None:
    """Repeat the row at the head of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _drop_empty(document: Document) -> None:
    """The empty paragraph that a new header begins with."""
    for section in document.sections:
        first = section.header.paragraphs[0]
        if not first.text and len(section.header.paragraphs) > 1:
            first._p.getparent().remove(first._p)


def _page_numbers(document: Document) -> None:
    """``2 / 5`` in the footer, where the template has nothing in it."""
    footer = document.sections[-1].footer
    if any(paragraph.text or len(paragraph._p) > 1 for paragraph in footer.paragraphs):
        return
    paragraph = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for number, code in enumerate(("PAGE", "NUMPAGES")):
        if number:
            paragraph.add_run(" / ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        field.append(OxmlElement("w:r"))
        field[0].append(OxmlElement("w:t"))
        field[0][0].text = "1"
        paragraph._p.append(field)


def _place(document: Document) -> Any:
    """The paragraph that marks the place; an empty body is dropped, so nothing goes before."""
    for paragraph in document.paragraphs:
        if paragraph.text.replace(" ", "") == PLACE:
            return paragraph._p
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        for paragraph in document.paragraphs:
            if not paragraph._p.xpath(".//w:drawing | .//w:sectPr | .//w:pict"):
                paragraph._p.getparent().remove(paragraph._p)
    return None


def _move(written: Sequence[Any], place: Any) -> None:
    """What was written at the end goes to the place in the template."""
    for element in written:
        place.addprevious(element)
    place.getparent().remove(place)
