"""The same brief in every format: the same items, chosen by the ending of a file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import OutputError
from summarizer.rendering.formats import Format, Look, by_ending, render
from summarizer.rendering.outline import outline
from tests.factories import make_brief, offer, red_line
from tests.rendering.arvenia import arvenia
from tests.rendering.counting import bytes_of, counted
from tests.rendering.merged import merged
from tests.test_snapshot import made


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("brief", [arvenia, merged, made])
def test_every_format_holds_the_same_items(
    brief: Callable[[], PeaceTalksBrief], form: Format
) -> None:
    """Counted in the files themselves: nothing is lost in any of them, nothing is there twice."""
    shown = brief()
    names = [line.name for line in outline(shown).lines]
    wanted = {letter: sum(name[0] == letter for name in names) for letter in "BPORQNVDXC"}
    found = counted(form, render(shown, form))
    assert {letter: found[letter] for letter in wanted} == wanted


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("language", ["fr", "ar", "uk"])
def test_every_format_can_be_labelled_in_other_languages(form: Format, language: str) -> None:
    """A brief in any language of ours can be written in any format."""
    assert render(merged(), form, Look(language=language, handling="INTERNE"))


@pytest.mark.parametrize("form", Format)
def test_every_format_says_what_a_document_is_about_when_it_is_not_about_talks(
    form: Format,
) -> None:
    """No chapter, but the one sentence."""
    negative = make_brief(title="A trade truce", not_about="It is about tariffs.")
    content = render(negative, form)
    assert not counted(form, content)
    if isinstance(content, str):
        assert "It is about tariffs." in content


@pytest.mark.parametrize("form", [Format.JSON, Format.HTML, Format.EML])
def test_text_is_left_out_on_request(form: Format) -> None:
    """Sentences that are not cited are in no format then."""
    content = render(arvenia(), form, Look(text=False))
    plain = content.decode() if isinstance(content, bytes) else content
    assert "The war began in 2021." not in plain


@pytest.mark.parametrize(
    ("name", "form"),
    [("b.md", Format.MD), ("b.HTML", Format.HTML), ("b.htm", Format.HTML), ("b", Format.MD),
     ("b.docx", Format.DOCX), ("b.tar.csv", Format.CSV), ("b.markdown", Format.MD)],
)  # fmt: skip
def test_ending_chooses_the_format(name: str, form: Format) -> None:
    """Whatever its case."""
    assert by_ending(Path(name)) is form


@pytest.mark.parametrize("name", ["b.pdf", "b.doc", "b.odt"])
def test_ending_of_another_format_is_refused(name: str) -> None:
    """No Markdown under a name that promises something else."""
    with pytest.raises(OutputError, match=r"there are \.md, \.json"):
        by_ending(Path(name))


@pytest.mark.parametrize("form", Format)
def test_holder_to_confirm_is_said_in_words_in_every_format(form: Format) -> None:
    """An offer and a red line whose holder the brief is not sure of, and no other line."""
    brief = make_brief(offers=[offer(), offer("Other.")], red_lines=[red_line()])
    assert "holder to confirm" not in _plain(form, render(brief, form)).replace(LEGEND, "")
    doubted = {"holder_to_confirm": True}
    brief = brief.model_copy(
        update={
            "offers": [brief.offers[0].model_copy(update=doubted), brief.offers[1]],
            "red_lines": [brief.red_lines[0].model_copy(update=doubted)],
        }
    )
    said = _plain(form, render(brief, form)).replace(LEGEND, "")
    wanted = '"holder_to_confirm": true' if form is Format.JSON else "holder to confirm"
    assert said.count(wanted) == 2


LEGEND = "? holder to confirm the brief is not sure whose it is: read the sentence"


def _plain(form: Format, content: str | bytes) -> str:
    """The words of a file on one line; of a mail its plain text."""
    if form is Format.HTML:
        content = unescape(re.sub(r"<[^>]+>", "", re.sub(r'data-quote="[^"]*"', "", str(content))))
    elif form is Format.EML:
        body = message_from_bytes(bytes_of(content), policy=default).get_body(("plain",))
        assert body is not None
        content = str(body.get_content())
    elif form is Format.DOCX:
        tables = Document(io.BytesIO(bytes_of(content))).tables
        content = " ".join(c.text for table in tables for row in table.rows for c in row.cells)
    elif form is Format.XLSX:
        book = load_workbook(io.BytesIO(bytes_of(content)))
        cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row]
        content = " ".join(str(cell.value) for cell in cells)
    return " ".join(str(content).split())
