"""The Word document: structure, styles, footnotes, templates. LibreOffice: test_office."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from summarizer.errors import MissingExtra, UnreadableDocument
from summarizer.rendering.docx import to_docx
from summarizer.rendering.words import words
from summarizer.rendering.xlsx import to_xlsx
from tests.rendering.arvenia import arvenia
from tests.rendering.hostile import hostile
from tests.rendering.merged import merged


def part(content: bytes, name: str) -> str:
    """A part of the package as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def footnotes(content: bytes) -> list[str]:
    """The texts of the footnotes."""
    notes = re.findall(
        r"<w:footnote (?!w:type).*?</w:footnote>", part(content, "word/footnotes.xml")
    )
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", note)).strip() for note in notes]


def test_footnotes_quote_the_sentences_with_number_and_page() -> None:
    """One for each statement and answer, its mark in the text, in the same order."""
    content = to_docx(merged())
    notes = footnotes(content)
    document = part(content, "word/document.xml")
    marks = re.findall(r'<w:footnoteReference w:id="(\d+)"', document)
    assert [int(mark) for mark in marks] == list(range(1, len(notes) + 1))
    assert notes[1] == '[d1:6] "“There will be no foreign troops, not one,” Brandt said."'
    assert any(
        note.startswith("[d2:1, p. 1] “The army would leave within thirty") for note in notes
    )


def test_document_has_a_table_per_section_with_heads() -> None:
    """Offers, red lines by kind, questions, next steps; heads are repeated on every page."""
    document = Document(io.BytesIO(to_docx(arvenia())))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert heads[1] == ["no.", "who → whom", "what", "conditions, deadline", "status", "told by"]
    assert len(heads) == 10  # parties, offers, three of red lines, questions, steps, voices, …
    titles = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"
    ]
    assert titles[:3] == ["Bottom line", "At the table (5)", "Offers (4)"]
    xml = part(to_docx(arvenia()), "word/document.xml")
    assert xml.count("<w:tblHeader") == 10


def test_second_hand_and_doubt_are_said_in_words() -> None:
    """In the cells, with the warning sign, in a style of their own."""
    document = Document(io.BytesIO(to_docx(arvenia())))
    row = document.tables[1].rows[3].cells
    assert row[0].text == "O3"
    assert row[4].text == "concession; ⚠ disputed in the source; Kor Front: rejects"
    assert row[5].text == "⚠ second-hand: Lena Marsh (Arvenia)"
    assert row[5].paragraphs[0].runs[0].style.name == "Brief Warning"


def test_handling_line_is_in_every_header() -> None:
    """And the pages are numbered."""
    content = to_docx(arvenia(), handling="INTERNAL & <draft>")
    document = Document(io.BytesIO(content))
    assert [one.text for one in document.sections[0].header.paragraphs] == ["INTERNAL & <draft>"]
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    assert "INTERNAL" not in part(to_docx(arvenia()), "word/document.xml")


def test_hostile_text_is_text() -> None:
    """No field, link or markup of a document's making."""
    content = to_docx(hostile(), handling="</w:t>")
    xml = part(content, "word/document.xml")
    assert "<script" not in xml
    assert "<w:hyperlink" not in xml
    assert "&lt;/script&gt;" in xml
    assert "\u202e" not in xml
    assert "attacker" not in part(content, "word/_rels/document.xml.rels")


def test_arabic_labels_make_a_document_from_the_right() -> None:
    """Paragraphs and tables."""
    content = to_docx(arvenia(), words("ar"))
    assert "<w:bidiVisual" in part(content, "word/document.xml")
    assert "<w:bidi/>" in part(content, "word/styles.xml")


def template(path: Path, *paragraphs: str) -> Path:
    """A Word file of an office: its own style of cells, a header, some text."""
    document = Document()
    style = document.styles.add_style("Brief Cell", WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(7)
    style.font.name = "Liberation Serif"
    document.sections[0].header.paragraphs[0].text = "Ministry of Examples"
    document.sections[0].footer.paragraphs[0].text = "Ref. 12"
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_template_gives_styles_header_and_place(tmp_path: Path) -> None:
    """Its styles win, its text stays, the brief goes where it says."""
    file = template(tmp_path / "office.docx", "Dear colleagues,", "{{brief}}", "Yours")
    document = Document(io.BytesIO(to_docx(arvenia(), template=file, handling="INTERNAL")))
    texts = [one.text for one in document.paragraphs]
    assert texts[0] == "Dear colleagues,"
    assert texts[-1] == "Yours"
    assert texts[1].startswith("Arvenia: the army")
    assert "{{brief}}" not in texts
    assert document.styles["Brief Cell"].font.size == Pt(7)
    assert [one.text for one in document.sections[0].header.paragraphs] == [
        "Ministry of Examples", "INTERNAL",
    ]  # fmt: skip
    assert document.sections[0].footer.paragraphs[0].text == "Ref. 12"


def test_template_without_a_place_has_the_brief_at_its_end(tmp_path: Path) -> None:
    """After its text; an empty one leaves no empty line."""
    after = Document(io.BytesIO(to_docx(arvenia(), template=template(tmp_path / "a.docx", "Text"))))
    assert [one.text[:7] for one in after.paragraphs[:2]] == ["Text", "Arvenia"]
    alone = Document(io.BytesIO(to_docx(arvenia(), template=template(tmp_path / "b.docx", ""))))
    assert alone.paragraphs[0].text.startswith("Arvenia")


def test_template_with_footnotes_keeps_them(tmp_path: Path) -> None:
    """A brief is a template with footnotes: its notes stay and the new ones follow."""
    first = to_docx(arvenia())
    file = tmp_path / "with-notes.docx"
    file.write_bytes(first)
    both = to_docx(arvenia(), template=file)
    assert len(footnotes(both)) == 2 * len(footnotes(first))
    ids = re.findall(r'<w:footnoteReference w:id="(\d+)"', part(both, "word/document.xml"))
    assert len(set(ids)) == len(ids) == len(footnotes(both))


def test_word_template_is_a_template_too(tmp_path: Path) -> None:
    """A .dotx says of itself that it is a template; the brief made of it is a document."""
    source = template(tmp_path / "office.docx", "{{brief}}")
    file = tmp_path / "office.dotx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"document.main+xml", b"template.main+xml")
            new.writestr(name, data)
    content = to_docx(arvenia(), template=file)
    assert "template.main" not in part(content, "[Content_Types].xml")
    assert Document(io.BytesIO(content)).paragraphs[0].text.startswith("Arvenia")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.docx", None, "cannot read"),
        ("text.docx", b"plain text", "no Word document"),
        ("empty.docx", b"", "no Word document"),
        ("sheet.docx", to_xlsx(arvenia()), "no Word document"),
    ],
)
def test_template_that_is_none_is_refused(
    name: str, content: bytes | None, said: str, tmp_path: Path
) -> None:
    """With its name and what to do."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=said):
        to_docx(arvenia(), template=file)


@pytest.mark.parametrize(
    ("module", "make"), [("docx", to_docx), ("xlsxwriter", to_xlsx)], ids=["docx", "xlsx"]
)
def test_missing_library_is_said_with_the_extra(
    module: str, make: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install."""
    made_with = ("docx.", "summarizer.rendering.worddocument", "summarizer.rendering.wordstyles",
                 "summarizer.rendering.footnotes")  # fmt: skip
    for name in [name for name in sys.modules if name.startswith(made_with)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"summarizer\[documents\]"):
        make(arvenia())  # type: ignore[operator]
