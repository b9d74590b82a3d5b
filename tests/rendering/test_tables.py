"""Tables: nothing that a spreadsheet executes, nothing cut but what no cell can hold."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.outline import outline
from summarizer.rendering.tables import inert, tables, to_csv
from summarizer.rendering.words import words
from summarizer.rendering.xlsx import to_xlsx
from tests.factories import make_brief, make_source, offer, party, red_line, voice
from tests.rendering.arvenia import arvenia

FORMULAS = [
    '=HYPERLINK("http://attacker.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '@SUM(1+9)*cmd|" /C calc"!A0',
    "\t=1+1",
    " =1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "=1+1;=2+2",
    "%0A=1+1",
]


def injected() -> PeaceTalksBrief:
    """Formulas wherever a document or a model can write."""
    return make_brief(
        sources=[make_source(FORMULAS, title=FORMULAS[0], publisher=FORMULAS[1])],
        title=FORMULAS[0],
        parties=[party(formula, cites=[n]) for n, formula in enumerate(FORMULAS, 1)],
        offers=[offer(formula, by=[FORMULAS[0]], conditions=[formula], deadline=formula,
                      speaker=formula) for formula in FORMULAS],
        red_lines=[red_line(formula, held_by=FORMULAS[0]) for formula in FORMULAS],
        outside_voices=[voice(formula, speaker=formula) for formula in FORMULAS],
    )  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS[:-2])
def test_inert_makes_text_of_what_begins_like_a_formula(formula: str) -> None:
    """And leaves the words as they are."""
    assert inert(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", "Arvenia", "1 + 1", "a=b", "“=1”", "a@b.example"])
def test_inert_leaves_other_text_alone(text: str) -> None:
    """No apostrophe where none is needed."""
    assert inert(text) == text


def test_no_cell_of_the_csv_begins_like_a_formula() -> None:
    """Whatever the document says."""
    rows = list(csv.reader(io.StringIO(to_csv(injected()))))
    assert len(rows) == 1 + 4 * len(FORMULAS)
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell.strip() for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠") and cell]
    assert any(FORMULAS[0] in cell for cell in cells)


def test_every_cell_of_the_workbook_is_text() -> None:
    """No formula, no link, no number: strings, marked as quoted, in every sheet."""
    book = load_workbook(io.BytesIO(to_xlsx(injected(), handling="=1+1")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    filled = [cell for cell in cells if cell.value is not None and cell.value != ""]
    assert len(filled) > 100
    assert {cell.data_type for cell in filled} == {"s"}
    assert not [cell for cell in filled if cell.hyperlink]
    body = [cell for cell in filled if cell.row > 1]
    assert all(cell.style and cell.quotePrefix for cell in body)
    assert any(cell.value == FORMULAS[0] for cell in body)


def test_workbook_has_a_sheet_per_section_and_the_matrix() -> None:
    """Named in the reader's language, each name once and short enough for Excel."""
    book = load_workbook(io.BytesIO(to_xlsx(arvenia())))
    assert book.sheetnames == [
        "Brief", "Bottom line", "At the table", "Offers", "Red lines", "Open questions",
        "What happens next", "Voices outside the talks", "Not supported", "Positions",
        "Sentences cited",
    ]  # fmt: skip
    russian = load_workbook(io.BytesIO(to_xlsx(arvenia(), words("ru"))))
    assert len(set(russian.sheetnames)) == len(book.sheetnames)
    assert all(len(name) <= 31 for name in russian.sheetnames)
    arabic = load_workbook(io.BytesIO(to_xlsx(arvenia(), words("ar"))))
    assert all(sheet.sheet_view.rightToLeft for sheet in arabic)


def test_matrix_has_a_column_per_holder() -> None:
    """Topics down, parties across, in each cell what the party holds."""
    made = {table.name: table for table in tables(outline(arvenia()))}
    matrix = made["Positions"]
    assert matrix.columns == (
        "Topic", "Arvenia", "Kor Front", "Qatar", "United States", "Norway"
    )  # fmt: skip
    ((topic, arvenias, *_),) = matrix.rows
    assert topic == "process"
    assert [line[:2] for line in arvenias.splitlines()] == ["O1", "R4"]


def test_columns_are_those_that_a_section_fills() -> None:
    """No empty column in a sheet, and the quotes in every one."""
    made = {table.name: table for table in tables(outline(arvenia()))}
    assert "conditions" in made["Offers"].columns
    assert "conditions" not in made["Red lines"].columns
    for table in made.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert made["Open questions"].rows[0][-2].startswith("[11] “The official gave no details")


def test_cell_holds_what_excel_can_hold() -> None:
    """A longer text is cut at the limit, and the file still opens."""
    long = make_brief(["word " * 9000 + "end."], offers=[offer("x" * 40_000)])
    book = load_workbook(io.BytesIO(to_xlsx(long)))
    assert max(len(str(cell.value)) for row in book["Offers"].iter_rows() for cell in row) == 32_767
