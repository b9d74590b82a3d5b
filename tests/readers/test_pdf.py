"""PDF: pages as they are read, and what is refused."""

from __future__ import annotations

import io

import pytest

from summarizer.errors import DocumentTooLong, EmptyDocument, UnreadableDocument
from summarizer.readers.extracted import Extracted
from summarizer.readers.pdf import read
from tests.readers.papers import PARAGRAPHS, Paper, plain, two_columns


def made(paper: Paper, max_chars: int = 100_000) -> Extracted:
    """The paper as it is read."""
    return read(io.BytesIO(paper.done()), max_chars=max_chars)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_that_is_turned_reads_the_same(turn: int) -> None:
    """Landscape pages are often portrait ones with a note to turn them."""
    paper = Paper()
    paper.canvas.setPageRotation(turn)
    paper.write(PARAGRAPHS, 70, 770, 450)
    paper.turn()
    assert made(paper).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("angle", [90, 270])
def test_text_that_is_drawn_sideways_reads_the_same(angle: int) -> None:
    """A wide table or a scan may lie on its side on the page."""
    paper = Paper()
    paper.canvas.translate(*((0, 842) if angle == 270 else (595, 0)))
    paper.canvas.rotate(angle)
    paper.write(PARAGRAPHS, 70, 500, 450)
    paper.turn()
    assert made(paper).text == "\n\n".join(PARAGRAPHS)


def test_marks_of_notes_are_raised_digits() -> None:
    """A small raised digit is no part of the word before it."""
    paper = Paper()
    paper.put(70, 700, "The road was closed")
    paper.put(70 + paper.canvas.stringWidth("The road was closed", "Helvetica", 10), 704, "12", 6)
    assert made(paper).text == "The road was closed¹²"


def test_title_of_the_file_is_for_want_of_a_better_one() -> None:
    """Titles that programs put in are none."""
    for title, expected in (("Communique", "Communique"), ("Microsoft Word - draft.docx", None),
                            ("untitled", None), ("draft3.indd", None)):  # fmt: skip
        assert made(plain(title=title)).file_title == expected


def test_text_above_the_limit_is_refused_before_it_is_laid_out() -> None:
    """The limit is that of every document."""
    with pytest.raises(DocumentTooLong, match="longer than 500 characters"):
        made(two_columns(), max_chars=500)


def test_page_without_anything_is_empty_and_no_scan() -> None:
    """Nothing to recognise: no advice to try."""
    paper = Paper()
    paper.turn()
    with pytest.raises(EmptyDocument, match="no text on any page"):
        made(paper)


def test_fonts_that_do_not_say_their_letters_are_refused() -> None:
    """A text layer of private characters is worth nothing: better recognise it anew."""
    data = plain([PARAGRAPHS[0]]).done()
    with pytest.raises(UnreadableDocument, match="--force-ocr"):
        read(io.BytesIO(private(data)), max_chars=10_000)


def private(data: bytes) -> bytes:
    """The file with a font whose every code stands for a private character."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    table = DecodedStreamObject()
    table.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <00> <FF> <E000> endbfrange endcmap end end"
    )
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object()[NameObject("/ToUnicode")] = writer._add_object(table)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
