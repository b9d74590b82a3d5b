"""Word files as offices send them, made with python-docx for the tests."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

ENTITIES = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "boom">' for n in range(12)
)


def saved(document: WordDocument) -> bytes:
    """The file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def agreement() -> bytes:
    """Headings, numbered clauses, bullets and a table, in that order."""
    made = docx.Document()
    made.add_heading("Framework Agreement on the Ostrel Road", 0)
    made.add_heading("Commitments", 1)
    made.add_paragraph("Varda withdraws its heavy guns from the eastern bank.", "List Number")
    made.add_paragraph("The League opens the road to Kessen by 1 March.", "List Number")
    made.add_paragraph("Neither side moves troops on the islands.", "List Bullet")
    table = made.add_table(2, 3)
    for row, cells in enumerate([("Side", "Detainees", "By"), ("Varda", "140", "4 January")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    made.add_paragraph("Signed at Ostrel on 16 December 2025.")
    return saved(made)


def tracked() -> bytes:
    """A draft with tracked changes, a comment, a hidden note and a footnote mark."""
    made = docx.Document()
    paragraph = made.add_paragraph("The League ")
    _add(paragraph, "del", '<w:r><w:delText xml:space="preserve">may accept </w:delText></w:r>')
    _add(paragraph, "ins", '<w:r><w:t xml:space="preserve">will not accept </w:t></w:r>')
    run = paragraph.add_run("foreign troops on the islands.")
    made.add_comment(run, text="Ask the minister before this goes out.", author="M. Vant")
    hidden = paragraph.add_run(" Internal: fall-back position.")
    hidden.font.hidden = True
    made.add_paragraph("Talks resume on 4 January.")
    return saved(made)


def _add(paragraph: Any, change: str, runs: str) -> None:
    paragraph._p.append(
        parse_xml(
            f"<w:{change} {nsdecls('w')} w:id='1' w:author='M. Vant' "
            f"w:date='2025-12-16T10:00:00Z'>{runs}</w:{change}>"
        )
    )


def bomb(megabytes: int = 300) -> bytes:
    """A Word file of a few hundred kilobytes that unpacks to so many megabytes."""
    file = io.BytesIO(agreement())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # noqa: SIM117
        with archive.open("word/media/image1.png", "w", force_zip64=True) as entry:
            for _ in range(megabytes):
                entry.write(bytes(1 << 20))
    return file.getvalue()


def entities() -> bytes:
    """A Word file whose text is an entity that grows tenfold twelve times."""
    made, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(agreement()))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                head, _, body = data.partition(b"?>")
                bombed = body.replace(b"Commitments", b"&a11;")
                data = head + b"?><!DOCTYPE w [" + ENTITIES.encode() + b"]>" + bombed
            archive.writestr(name, data)
    return made.getvalue()


def sealed() -> bytes:
    """The start of a Word file with a password: an OLE container that says so."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    )
