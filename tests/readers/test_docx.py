"""Word: the text as it reads when every change is accepted."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from summarizer.errors import DocumentTooLong, UnreadableDocument
from summarizer.readers.docx import read
from tests.readers import words

BOX = (
    "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    " {w}><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>"
    "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r>"
    "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
)


def blocks(document: WordDocument) -> list[str]:
    """Its paragraphs."""
    return read(io.BytesIO(words.saved(document)), max_chars=10_000).text.split("\n\n")


def test_what_is_said_stands_in_the_order_of_the_document() -> None:
    """Headings, clauses with their numbers, bullets, rows, paragraphs."""
    text = read(io.BytesIO(words.agreement()), max_chars=10_000).text
    assert text.split("\n\n") == [
        "Framework Agreement on the Ostrel Road",
        "Commitments",
        "1. Varda withdraws its heavy guns from the eastern bank.",
        "2. The League opens the road to Kessen by 1 March.",
        "• Neither side moves troops on the islands.",
        "Side | Detainees | By",
        "Varda | 140 | 4 January",
        "Signed at Ostrel on 16 December 2025.",
    ]


def test_changes_read_as_accepted() -> None:
    """What was inserted stays and what was deleted goes, and both are told."""
    made = read(io.BytesIO(words.tracked()), max_chars=10_000)
    assert made.text == (
        "The League will not accept foreign troops on the islands.\n\nTalks resume on 4 January."
    )
    assert made.notes == (
        "tracked deletions left out: 1, tracked insertions read as text: 1, hidden runs of text "
        "left out: 1, comments left out: 1",
    )


def test_paragraph_whose_mark_was_deleted_goes_on() -> None:
    """A deleted line break joins two paragraphs."""
    document = docx.Document()
    first = document.add_paragraph("The League said ")
    mark = parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='x'/></w:rPr>")
    first._p.get_or_add_pPr().append(mark)
    document.add_paragraph("no.")
    assert blocks(document) == ["The League said no."] or blocks(document) == ["The League saidno."]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    """Word writes it twice, for old programs."""
    document = docx.Document()
    document.add_paragraph("Before.").add_run()._r.append(parse_xml(BOX.format(w=nsdecls("w"))))
    document.add_paragraph("After.")
    assert blocks(document) == ["Before.", "In a box.", "After."]


def test_tables_inside_tables_and_tables_that_lay_out_a_page() -> None:
    """A cell with much in it is read as text, its own table row by row."""
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Statement"
    for text in ("First paragraph.", "Second paragraph.", "Third paragraph."):
        outer.cell(0, 1).add_paragraph(text)
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Varda", "140"
    assert blocks(document) == [
        "Statement", "First paragraph.", "Second paragraph.", "Third paragraph.", "Varda | 140",
    ]  # fmt: skip


def test_line_breaks_tabs_and_links_are_kept() -> None:
    """A line break stays one, a tab is a space."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("From:\tOstrel")
    run.add_break()
    run.add_text("To: Kessen")
    assert blocks(document) == ["From: Ostrel\nTo: Kessen"]


def test_limit_and_damage_are_refused() -> None:
    """Too long, cut off, and nothing of the kind."""
    with pytest.raises(DocumentTooLong, match="longer than 10 characters"):
        read(io.BytesIO(words.agreement()), max_chars=10)
    for data in (words.agreement()[:2000], b"PK\x03\x04", b""):
        with pytest.raises(UnreadableDocument, match="is damaged"):
            read(io.BytesIO(data), max_chars=10)
