"""Word: paragraphs, lists and tables in the order of the document, as it reads when accepted.

python-docx opens the file; its own ``paragraph.text`` leaves out what tracked changes
inserted, text boxes and numbers of lists, so the elements are walked here.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from summarizer.errors import DocumentTooLong, UnreadableDocument
from summarizer.readers.blocks import CELL
from summarizer.readers.extracted import Extracted
from summarizer.readers.numbering import Numbering, W, numbering_of

PARAGRAPH = "\n\n"
MOST_BYTES = 256 << 20
"""Unpacked; a Word file of a thousand pages with pictures has less."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Marked by the tracking of changes as gone, or said twice, or no text.
_LEFT_OUT = {
    f"{W}del": "deleted", f"{W}moveFrom": "moved", _FALLBACK: "", f"{W}pPr": "", f"{W}rPr": "",
    f"{W}commentReference": "comments",
}  # fmt: skip
_CHARACTERS = {f"{W}tab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "‑", f"{W}ptab": " "}
_NOTE_PARTS = {"footnotes": f"{W}footnote", "endnotes": f"{W}endnote"}


def read(file: BinaryIO, *, max_chars: int) -> Extracted:
    """The text of a Word file; raises InputError with what the file "is" or "has"."""
    document = _opened(file)
    walk = _Walk(numbering_of(_numbering(document)), _list_styles(document))
    blocks = list(walk.blocks(document.element.body))
    blocks += [f"[{number}] {text}" for number, text in _notes_of(document, walk)]
    text = PARAGRAPH.join(block for block in blocks if block.strip())
    if len(text) > max_chars:
        raise DocumentTooLong(
            f"is longer than {max_chars:,} characters: split it, or raise --max-chars"
        )
    title = " ".join((document.core_properties.title or "").split())
    return Extracted(text=text, file_title=title[:200] or None, notes=tuple(_told(walk.seen)))


def _opened(file: BinaryIO) -> Any:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive)
        file.seek(0)
        return docx.Document(file)
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise UnreadableDocument("is damaged, or no Word file: open it and save it again") from None
    except etree.XMLSyntaxError:
        raise UnreadableDocument("is damaged: open it with Word and save it again") from None


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what is encrypted, or unpacks to far more than a document."""
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise UnreadableDocument("is encrypted: save it without a password")
    # zipfile reads no more of an entry than its stated size.
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        raise UnreadableDocument(
            f"unpacks to more than {MOST_BYTES >> 20} MB (a bomb?): save it again without pictures"
        )
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")) and _declares(archive, entry):
            raise UnreadableDocument(
                "declares entities, which Word never does and bombs do: save it again with Word"
            )


def _declares(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as part:
        return b"<!DOCTYPE" in part.read(1024)


def _numbering(document: Any) -> Any:
    return _part(document, "numbering")


def _part(document: Any, name: str) -> Any:
    """The element of the part that is related to the document under ``name``; None if none."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return parse_xml(relation.target_part.blob)
    return None


def _list_styles(document: Any) -> dict[str, tuple[str, int]]:
    """The list and level of every paragraph style that has one, those it is based on included."""
    found: dict[str, tuple[str, int]] = {}
    for style in document.styles:
        own = style
        while own is not None:
            properties = own.element.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                found[style.style_id] = _list_of(properties)
                break
            own = getattr(own, "base_style", None)
    return found


def _list_of(properties: Any) -> tuple[str, int]:
    number, level = (properties.find(f"{W}{name}") for name in ("numId", "ilvl"))
    return _value(number), int(_value(level) or 0)


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val") or "")


def _notes_of(document: Any, walk: _Walk) -> Iterator[tuple[int, str]]:
    """Footnotes and endnotes in the order in which the text refers to them."""
    texts = {
        (name, note.get(f"{W}id")): " ".join(walk.blocks(note))
        for name, tag in _NOTE_PARTS.items()
        for note in (_part(document, name) if _part(document, name) is not None else ())
        if note.tag == tag
    }
    for number, reference in enumerate(tuple(walk.references), 1):
        yield number, texts.get(reference, "")


@dataclass
class _Walk:
    """Elements to text; counts what it leaves out."""

    numbering: Numbering
    list_styles: dict[str, tuple[str, int]]
    seen: Counter[str] = field(default_factory=Counter)
    references: list[tuple[str, str | None]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def blocks(self, parent: Any) -> Iterator[str]:
        """The paragraphs and rows below an element."""
        pending = ""
        for element in parent:
            if element.tag == f"{W}p":
                text = pending + self.paragraph(element)
                # A deleted paragraph mark: the next paragraph goes on with this one.
                pending = text if element.find(f"{W}pPr/{W}rPr/{W}del") is not None else ""
                if not pending:
                    yield text
                boxes, self.boxes = self.boxes, []
                yield from boxes
            elif element.tag == f"{W}tbl":
                yield from self.table(element)
            elif element.tag not in _LEFT_OUT:
                yield from self.blocks(element)  # content controls and the like
        if pending:
            yield pending

    def paragraph(self, element: Any) -> str:
        """One paragraph with the number of its list item."""
        text = self.inline(element).strip()
        number = self.number(element) if text else ""
        return f"{number} {text}" if number else text

    def number(self, element: Any) -> str:
        """What Word writes before the paragraph."""
        properties = element.find(f"{W}pPr/{W}numPr")
        style = _value(element.find(f"{W}pPr/{W}pStyle"))
        found = self.list_styles.get(style)
        if properties is not None:
            number, level = _list_of(properties)
            found = (number or (found[0] if found else ""), level)
        return self.numbering.next(*found) if found and found[0] not in ("", "0") else ""

    def inline(self, element: Any) -> str:
        """The text of what a paragraph holds, in order."""
        return "".join(self.piece(child) for child in element)

    def piece(self, element: Any) -> str:
        """The text of one element inside a paragraph."""
        tag = element.tag
        if tag in _LEFT_OUT:
            self.seen[_LEFT_OUT[tag]] += 1
            return ""
        if tag == f"{W}t":
            return element.text or ""
        if tag == f"{W}br":
            return "\n" if element.get(f"{W}type") in (None, "textWrapping") else " "
        if tag in _CHARACTERS:
            return _CHARACTERS[tag]
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            return self.reference(element)
        if tag == f"{W}txbxContent":
            boxes, self.boxes = self.boxes, []
            self.boxes = boxes + list(self.blocks(element))
            return ""
        return self.container(element)

    def container(self, element: Any) -> str:
        """Runs, links, insertions; hidden runs are left out."""
        if element.tag == f"{W}r" and _is_hidden(element):
            self.seen["hidden"] += 1
            return ""
        if element.tag in (f"{W}ins", f"{W}moveTo"):
            self.seen["inserted"] += 1
        return self.inline(element)

    def reference(self, element: Any) -> str:
        """A mark for a note, counted through the document."""
        name = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        self.references.append((name, element.get(f"{W}id")))
        return f"[{len(self.references)}]"

    def table(self, element: Any) -> Iterator[str]:
        """Its rows; the cells of a table that lays out a page are read one after the other."""
        for row in element.iter(f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None or _inside_table(row, element):
                self.seen["deleted"] += row.find(f"{W}trPr/{W}del") is not None
                continue
            cells = [
                [text for text in self.blocks(cell) if text.strip()]
                for cell in row.iter(f"{W}tc")
                if not _inside_table(cell, element)
            ]
            if sum(map(len, cells)) > 2 * len(cells):
                yield from (text for cell in cells for text in cell)
            else:
                yield CELL.join(" ".join(cell).replace("\n", " ") for cell in cells if cell)


def _inside_table(element: Any, table: Any) -> bool:
    """Whether a row or cell belongs to a table inside ``table``."""
    return next(element.iterancestors(f"{W}tbl"), table) is not table


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _told(seen: Counter[str]) -> Iterator[str]:
    names = {
        "deleted": "tracked deletions left out",
        "moved": "passages left out where they were moved from",
        "inserted": "tracked insertions read as text",
        "hidden": "hidden runs of text left out",
        "comments": "comments left out",
    }
    found = [f"{name}: {seen[key]}" for key, name in names.items() if seen[key]]
    if found:
        yield ", ".join(found)
