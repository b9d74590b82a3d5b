"""The positions of the parties as Markdown, CSV, a workbook, and on a terminal (pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table as Screen
from rich.text import Text

from summarizer.positioning import Cell, Position, Positions
from summarizer.rendering.escaping import cell as markdown_cell
from summarizer.rendering.escaping import clean, heading, inline
from summarizer.rendering.tables import MAX_CELL, Table, inert
from summarizer.vocabulary import OfferStatus

SILENT = "–"
"""What stands for silence."""
KEY = f"{SILENT} nothing stated · ⚠ told by somebody else, or not supported by what is cited"
_COLUMNS = (
    "topic", "party", "stance", "statement", "status", "told", "supported", "sentences", "quotes",
    "id",
)  # fmt: skip


def to_markdown(made: Positions) -> str:
    """The matrix as a table; citations are those of the brief, ``d2:3`` being sentence 3 of d2."""
    head = ["topic", *(inline(party) for party in made.parties)]
    rows = [
        [_plain(row.topic), *("<br>".join(_markdown(cell)) for cell in row.cells)]
        for row in made.rows
    ]
    lines = [head, ["---"] * len(head), *([markdown_cell(text) for text in row] for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    body = table if made.rows else "No position is stated."
    return f"# Positions: {heading(made.title)}\n\n{body}\n\n{KEY}\n"


def to_csv(made: Positions) -> str:
    """The matrix as CSV (RFC 4180): a row for each topic, a column for each party."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    table = matrix_table(made)
    for row in (table.columns, *table.rows):
        writer.writerow([inert(text) for text in row])
    return file.getvalue()


def to_xlsx(made: Positions) -> bytes:
    """A workbook: the matrix, and every position in a row of its own. Raises MissingExtra."""
    from summarizer.rendering.xlsx import workbook

    return workbook(f"Positions: {made.title}", [matrix_table(made), _listed(made)])


def to_json(made: Positions) -> str:
    """The matrix as JSON, ending in a line break."""
    return made.model_dump_json(indent=2) + "\n"


def screen(made: Positions) -> RenderableType:
    """The matrix for a terminal; nothing of a document can act on it."""
    table = Screen(title=Text(clean(made.title), "bold"), caption=KEY, show_lines=True)
    table.add_column("topic", style="bold", ratio=1)
    for party in made.parties:
        table.add_column(Text(clean(party)), overflow="fold", ratio=2)
    for row in made.rows:
        table.add_row(_plain(row.topic), *map(_screen_cell, row.cells))
    return table


def matrix_table(made: Positions) -> Table:
    """The matrix as plain text."""
    rows = tuple(
        (_plain(row.topic), *("\n".join(_texts(cell))[:MAX_CELL] for cell in row.cells))
        for row in made.rows
    )
    return Table("Positions", ("topic", *map(clean, made.parties)), rows)


def _listed(made: Positions) -> Table:
    rows = tuple(
        (
            _plain(row.topic), clean(cell.party), one.stance, clean(one.statement)[:MAX_CELL],
            _plain(one.status) if one.status else "", "second-hand" if one.second_hand else "own",
            "yes" if one.supported else "no", ", ".join(_names(one)),
            " ".join(clean(c.quote) for c in one.citations)[:MAX_CELL], one.item,
        )
        for row in made.rows
        for cell in row.cells
        for one in cell.positions
    )  # fmt: skip
    return Table("All positions", _COLUMNS, rows)


def _texts(cell: Cell) -> Iterator[str]:
    """What a cell says, a line for each position."""
    for one in cell.positions:
        yield f"{_sign(one)}{one.stance}: {clean(one.statement)} {_facts(one)}"
    if cell.see:
        yield f"see {', '.join(map(_plain, cell.see))}"
    if cell.is_silent:
        yield SILENT


def _markdown(cell: Cell) -> Iterator[str]:
    for one in cell.positions:
        yield f"{_sign(one)}**{one.stance}**: {inline(one.statement)} {inline(_facts(one))}"
    if cell.see:
        yield f"see {', '.join(map(_plain, cell.see))}"
    if cell.is_silent:
        yield SILENT


def _screen_cell(cell: Cell) -> Text:
    shown = Text()
    for one in cell.positions:
        shown.append(_sign(one), "yellow")
        shown.append(f"{one.stance}: ", "bold")
        shown.append(f"{clean(one.statement)} ")
        shown.append(f"{_facts(one)}\n", "blue")
    if cell.see:
        shown.append(f"see {', '.join(map(_plain, cell.see))}", "dim")
    if cell.is_silent:
        shown.append(SILENT, "dim")
    shown.rstrip()
    return shown


def _sign(one: Position) -> str:
    return "⚠ " if one.second_hand or not one.supported else ""


def _facts(one: Position) -> str:
    """Status and sentences: ``(rejected; d1:3)``."""
    stated = one.status if one.status not in {None, OfferStatus.UNSTATED} else None
    facts = [_plain(stated)] if stated else []
    return f"({'; '.join([*facts, ', '.join(_names(one)) or 'no sentence'])})"


def _names(one: Position) -> list[str]:
    return [f"{citation.document}:{citation.sentence}" for citation in one.citations]


def _plain(term: object) -> str:
    return str(term).replace("_", " ")
