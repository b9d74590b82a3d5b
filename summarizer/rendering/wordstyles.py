"""The styles that a brief uses in Word, and templates that bring their own.

A style that the template has is taken as it is; one that it lacks is added. Whoever restyles
"Brief Cell" or "Heading 1" restyles every brief made with that template.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document as open_document
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor

from summarizer.errors import UnreadableDocument
from summarizer.rendering.footnotes import MARK_STYLE, TEXT_STYLE

FACTS, STATEMENT, CELL, HEAD = "Brief Facts", "Brief Statement", "Brief Cell", "Brief Cell Head"
HANDLING, NAME, WARNING = "Brief Handling", "Brief Name", "Brief Warning"
TABLE = "Brief Table"
_PARAGRAPHS = {FACTS: 9.0, STATEMENT: 11.0, CELL: 9.0, HEAD: 8.5, HANDLING: 10.0, TEXT_STYLE: 8.0}
"""Paragraph styles with their sizes in points."""
_RED, _BROWN, _BLUE, _GREY = (
    RGBColor(0x9B, 0x1C, 0x1C),
    RGBColor(0x8A, 0x3F, 0x00),
    RGBColor(0x1D, 0x4F, 0x86),
    RGBColor(0x58, 0x62, 0x6D),
)
_MAX_TEMPLATE = 50_000_000


def opened(template: Path | None) -> Document:
    """An empty document, or the template. Raises UnreadableDocument."""
    if template is None:
        document = open_document()
        _look(document)
        return document
    try:
        if template.stat().st_size > _MAX_TEMPLATE:
            raise UnreadableDocument(f"the template {template} is larger than 50 MB")
        return open_document(io.BytesIO(_as_document(template.read_bytes())))
    except OSError as error:
        raise UnreadableDocument(f"cannot read {template}: {error.strerror}") from None
    except (ValueError, KeyError, zipfile.BadZipFile, SyntaxError):
        raise UnreadableDocument(
            f"the template {template} is no Word document: save it as .docx or .dotx"
        ) from None


def add_styles(document: Document, *, rtl: bool) -> None:
    """Add what the document lacks of the styles of a brief."""
    for name, size in _PARAGRAPHS.items():
        style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
        if style is not None:
            style.font.size = Pt(size)
            style.paragraph_format.space_after = Pt(2 if name in {CELL, HEAD, TEXT_STYLE} else 4)
            style.paragraph_format.space_before = Pt(2 if name in {CELL, HEAD} else 0)
            _bold(style, name)
    _character(document, NAME, _BLUE, bold=True)
    _character(document, WARNING, _BROWN, bold=False)
    mark = _style(document, MARK_STYLE, WD_STYLE_TYPE.CHARACTER)
    if mark is not None:
        mark.font.superscript = True
    table = _style(document, TABLE, WD_STYLE_TYPE.TABLE)
    if table is not None:
        _borders(table)
    if rtl:
        _right_to_left(document)


def _bold(style: Any, name: str) -> None:
    if name == HEAD:
        style.font.bold = True
        style.font.color.rgb = _GREY
    elif name == HANDLING:
        style.font.bold = True
        style.font.color.rgb = _RED


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:
    """A new style, or None where the document has one of that name."""
    if name in [style.name for style in document.styles]:
        return None
    style = document.styles.add_style(name, kind)
    if kind is WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles["Normal"]
    style.hidden, style.quick_style = False, True
    return style


def _character(document: Document, name: str, colour: RGBColor, *, bold: bool) -> None:
    style = _style(document, name, WD_STYLE_TYPE.CHARACTER)
    if style is not None:
        style.font.bold = bold
        style.font.color.rgb = colour


def _look(document: Document) -> None:
    """The looks of a brief without a template: a text face, dark headings, A4."""
    from docx.shared import Mm

    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    for name, size in (("Title", 20), ("Heading 1", 13), ("Heading 2", 11)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            "Calibri",
            Pt(size),
            RGBColor(0, 0, 0),
        )
        style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 8)
        style.paragraph_format.keep_with_next = True
        fonts = style.element.rPr.rFonts
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(20)


def _borders(style: Any) -> None:
    """Thin lines between rows, none between columns, air in the cells."""
    properties = (
        style.element.get_or_add_tblPr() if hasattr(style.element, "get_or_add_tblPr") else None
    )
    if properties is None:
        properties = OxmlElement("w:tblPr")
        style.element.append(properties)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "BFBFBF")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "80")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.extend([borders, margins])


def _right_to_left(document: Document) -> None:
    for style in document.styles:
        if style.type is WD_STYLE_TYPE.PARAGRAPH:
            style.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
            style.element.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _as_document(data: bytes) -> bytes:
    """A Word template (.dotx) as the document that it is but for its declared type."""
    template = b"wordprocessingml.template.main+xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if template not in archive.read("[Content_Types].xml"):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                content = archive.read(entry)
                if entry.filename == "[Content_Types].xml":
                    content = content.replace(template, b"wordprocessingml.document.main+xml")
                copy.writestr(entry.filename, content)
        return made.getvalue()
