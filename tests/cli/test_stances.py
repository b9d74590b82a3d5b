"""summarizer positions and timeline: every format, harmless whatever the briefs say."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from summarizer.rendering.machine import to_json
from summarizer.vocabulary import Topic
from tests import factories as make
from tests.cli.terminal import Terminal

EVIL = '=HYPERLINK("http://evil.example") | \x1b[31mred <b>'


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder with two briefs whose words would act if they could."""
    folder = tmp_path / "briefs"
    folder.mkdir()
    for name, number in (("a", 40), ("b", 60)):
        made = make.make_brief(
            [f"Text {name}.", "More of it."],
            offers=[make.offer(f"Arvenia will free {number} prisoners.", topics=[Topic.CEASEFIRE])],
            red_lines=[make.red_line(EVIL, held_by="@Front [red]", topics=[Topic.CEASEFIRE])],
        )
        (folder / f"{name}.json").write_text(to_json(made), encoding="utf-8")
    return folder


def test_positions_are_a_markdown_table_where_nobody_looks(
    summarizer: Terminal, stored: Path
) -> None:
    """The briefs of a folder are one; the key says what silence is."""
    run = summarizer("positions", stored)
    assert (run.status, run.err) == (0, "")
    assert r"| topic | Arvenia | @Front [red] |" in run.out
    assert "**offers**: Arvenia will free 40 prisoners. (tabled; d" in run.out
    assert r"\<b>" in run.out
    assert "\x1b" not in run.out
    assert "– nothing stated" in run.out


def test_positions_in_a_terminal_do_not_act(summarizer: Terminal, stored: Path) -> None:
    """No colour of a model's making, no control character."""
    run = summarizer("positions", stored / "a.json", "--format", "terminal")
    assert "\x1b[31m" not in run.out
    assert "[red]" in run.out


def test_csv_has_no_formula(summarizer: Terminal, stored: Path) -> None:
    """Heads and cells that begin like one are marked as text; Excel is told that it is UTF-8."""
    summarizer("positions", stored / "a.json", "-o", "p.csv")
    raw = Path("p.csv").read_bytes().decode("utf-8")
    assert raw.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert rows[0] == ["topic", "Arvenia", "'@Front [red]"]
    assert rows[1][0] == "ceasefire"
    assert all(not text.startswith(("=", "+", "@", "-")) for row in rows for text in row)


def test_workbook_has_the_matrix_and_every_position(summarizer: Terminal, stored: Path) -> None:
    """Every cell is text, whatever it begins with."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    summarizer("positions", stored, "-o", "p.xlsx")
    book = openpyxl.load_workbook("p.xlsx")
    assert book.sheetnames == ["Positions", "All positions"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_positions_as_json(summarizer: Terminal, stored: Path) -> None:
    """For machines."""
    made = json.loads(summarizer("positions", stored / "a.json", "--format", "json").out)
    assert made["parties"] == ["Arvenia", "@Front [red]"]


def test_timeline_goes_document_by_document(summarizer: Terminal, stored: Path) -> None:
    """What moved is said beside it."""
    run = summarizer("timeline", stored, "--topic", "ceasefire", "--party", "Arvenia")
    assert (run.status, run.err) == (0, "")
    assert "## ceasefire: Arvenia" in run.out
    assert "number changed: " in run.out
    assert "@Front" not in run.out
    assert "\x1b" not in summarizer("timeline", stored, "--format", "terminal").out
    summarizer("timeline", stored, "-o", "t.json")
    assert len(json.loads(Path("t.json").read_text("utf-8"))["entries"]) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["positions", "missing.json"], "cannot read missing.json"),
        (["positions", "briefs", "-o", "p.docx"], "this can be .md"),
        (["positions", "briefs", "-o", "briefs/a.json"], "it is the document itself"),
        (["timeline", "briefs", "--topic", "weather"], "no topic 'weather': there are ceasefire"),
        (["timeline", "empty"], "holds no brief"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    summarizer: Terminal, stored: Path, arguments: list[str], said: str
) -> None:
    """Nothing is written."""
    Path("empty").mkdir()
    run = summarizer(*arguments)
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
