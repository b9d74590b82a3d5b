"""Footnotes of a Word document, which python-docx 1.2 reads past and cannot write.

Source of names and structure: ECMA-376, part 1, 17.11 (Footnotes and Endnotes).
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph

TEXT_STYLE, MARK_STYLE = "footnote text", "footnote reference"
"""Names of the styles as Word has them."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Footnotes:
    """The footnotes of one document; ``write`` puts them into it when all are there."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._part = _existing(document)
        self._root = parse_xml(self._part.blob) if self._part else _empty()
        ids = [int(note.get(qn("w:id"))) for note in self._root.findall(qn("w:footnote"))]
        self._last = max(0, *ids)

    def add(self, paragraph: Paragraph, text: str) -> None:
        """A mark at the end of ``paragraph``, and ``text`` at the foot of its page."""
        self._last += 1
        self._root.append(self._note(text))
        run = paragraph.add_run(style=MARK_STYLE)
        run._r.append(_element("w:footnoteReference", {"w:id": str(self._last)}))

    def write(self) -> None:
        """Put the footnotes into the document."""
        blob = serialize_part_xml(self._root)
        if self._part is not None:
            self._part._blob = blob
            return
        main = self._document.part
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob, main.package)
        main.relate_to(part, _RELATION)
        self._declare()

    def _note(self, text: str) -> Any:
        style = self._document.styles[TEXT_STYLE].style_id
        mark = self._document.styles[MARK_STYLE].style_id
        note = _element("w:footnote", {"w:id": str(self._last)})
        paragraph, properties = _element("w:p"), _element("w:pPr")
        properties.append(_element("w:pStyle", {"w:val": style}))
        paragraph.append(properties)
        run, looks = _element("w:r"), _element("w:rPr")
        looks.append(_element("w:rStyle", {"w:val": mark}))
        run.extend([looks, _element("w:footnoteRef")])
        said, content = _element("w:r"), _element("w:t", {"xml:space": "preserve"})
        content.text = f" {text}"
        said.append(content)
        paragraph.extend([run, said])
        note.append(paragraph)
        return note

    def _declare(self) -> None:
        """The settings name the separators, without which Word repairs the file."""
        settings = self._document.settings.element
        properties = _element("w:footnotePr")
        for _, number in _SEPARATORS:
            properties.append(_element("w:footnote", {"w:id": str(number)}))
        before = settings.find(qn("w:compat"))
        if before is not None:
            before.addprevious(properties)
        else:
            settings.append(properties)


def _existing(document: Document) -> Any:
    related = document.part.rels.values()
    return next((one.target_part for one in related if one.reltype == _RELATION), None)


def _empty() -> Any:
    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
    for kind, number in _SEPARATORS:
        note = _element("w:footnote", {"w:type": kind, "w:id": str(number)})
        paragraph, run = _element("w:p"), _element("w:r")
        run.append(_element(f"w:{kind}"))
        paragraph.append(run)
        note.append(paragraph)
        root.append(note)
    return root


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        space = "{http://www.w3.org/XML/1998/namespace}space"
        made.set(space if name == "xml:space" else qn(name), value)
    return made
