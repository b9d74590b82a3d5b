"""The lines of a brief as each format holds them: counted by the letter of their names."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from docx import Document
from openpyxl import load_workbook

from summarizer.rendering.formats import Format

LISTS = {
    "bottom_line": "B", "parties": "P", "offers": "O", "red_lines": "R", "open_questions": "Q",
    "next_steps": "N", "outside_voices": "V", "contradictions": "D", "collisions": "X",
    "convergence": "C",
}  # fmt: skip
_NAME = re.compile(r"[BPORQNVDXC]\d+")
_CHAPTERS = {
    "At the table": "P", "Voices outside the talks": "V",
}  # fmt: skip
_NOUNS = {"bottom line": "B", "party": "P", "outside voice": "V"}


def counted(form: Format, content: str | bytes) -> Counter[str]:
    """How many lines of each kind a file of this format holds."""
    return _COUNTERS[form](content)


def _letters(names: Iterable[str | None]) -> Counter[str]:
    return Counter(name[0] for name in names if name and _NAME.fullmatch(name))


def _json(content: str | bytes) -> Counter[str]:
    data = json.loads(content)
    return Counter({letter: len(data[key]) for key, letter in LISTS.items() if data[key]})


def _md(content: str | bytes) -> Counter[str]:
    """Names where there are names; parties, voices and the bottom line by their rows."""
    text = str(content)
    found = _letters(re.findall(r"^(?:- |\| )\*\*(?:[a-z ]+ )?([A-Z]\d+)\*\*", text, re.M))
    for title, letter in _CHAPTERS.items():
        body = re.search(rf"^## {title}.*?\n\n(.*?)(?=^## |\Z)", text, re.M | re.S)
        rows = re.findall(r"^(?:\| (?!party|---)|- )", body[1], re.M) if body else []
        found[letter] += len(rows)
    for noun, letter in _NOUNS.items():
        found[letter] += len(re.findall(rf"^- \*\*{noun}\*\* · ", text, re.M))
    bottom = re.search(r"^\*\*Bottom line\.\*\* (.*)$", text, re.M)
    found["B"] += len(re.findall(r" \[[\d, d:]+\]", bottom[1])) if bottom else 0
    return +found


class _Lines(HTMLParser):
    """Ids of ``li.line``, and the first bold word of every list entry."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str | None] = []
        self.bold: list[str] = []
        self._in_bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "li" and given.get("class") == "line":
            self.ids.append(given.get("id"))
        self._in_bold = tag == "b"

    def handle_data(self, data: str) -> None:
        if self._in_bold:
            self.bold.append(data)
            self._in_bold = False


def _html(content: str | bytes) -> Counter[str]:
    page = _Lines()
    page.feed(str(content))
    return _letters(page.ids)


def _docx(content: str | bytes) -> Counter[str]:
    document = Document(io.BytesIO(bytes_of(content)))
    names = [row.cells[0].text for table in document.tables for row in table.rows]
    found = _letters(names)
    paragraphs = [one for one in document.paragraphs if one.style and one.style.name]
    found["B"] += sum(one.style.name == "Brief Statement" for one in paragraphs if one.style)
    return +found


def _xlsx(content: str | bytes) -> Counter[str]:
    book = load_workbook(io.BytesIO(bytes_of(content)))
    return _letters(str(row[0]) for sheet in book for row in sheet.iter_rows(values_only=True))


def _csv(content: str | bytes) -> Counter[str]:
    return _letters(row[1] for row in csv.reader(io.StringIO(str(content))))


def _eml(content: str | bytes) -> Counter[str]:
    """Of the three bodies, which have to agree: text, HTML, the page attached."""
    message = message_from_bytes(bytes_of(content), policy=policy.default)
    assert isinstance(message, EmailMessage)
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert plain is not None
    assert html is not None
    mail = _Lines()
    mail.feed(html.get_content())
    (page,) = message.iter_attachments()
    found = _txt(plain.get_content())
    assert found == _letters(mail.bold) == _html(page.get_content())
    return found


def _txt(content: str | bytes) -> Counter[str]:
    return _letters(re.findall(r"^([A-Z]\d+)  ", str(content), re.M))


def bytes_of(content: str | bytes) -> bytes:
    """The bytes of a file that is none of text."""
    assert isinstance(content, bytes)
    return content


_COUNTERS = {
    Format.MD: _md, Format.JSON: _json, Format.HTML: _html, Format.DOCX: _docx,
    Format.XLSX: _xlsx, Format.CSV: _csv, Format.EML: _eml, Format.TXT: _txt,
}  # fmt: skip
