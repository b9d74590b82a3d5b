"""A brief as tables for spreadsheets: one per chapter, the positions, about the brief (pure).

Cells are plain text. A spreadsheet takes text that begins like a formula for one, so ``inert``
puts an apostrophe before it where a format, as CSV, has no other way to say "text".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.escaping import clean
from summarizer.rendering.lines import Kind, Line
from summarizer.rendering.matrix import Stand
from summarizer.rendering.outline import Outline, outline
from summarizer.rendering.words import ENGLISH, Words

# What Excel, LibreOffice and Google Sheets may take for the beginning of a formula, also behind
# white space, and in its full width. Source: OWASP, "CSV Injection".
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
MAX_CELL = 32_767
"""Characters that a cell of Excel holds."""

COLUMNS: dict[str, Kind | None] = {
    "no": None, "group": None, "who": None, "statement": None, "part": "part", "people": "people",
    "kind": "kind", "status": "status", "conditions": "condition", "deadline": "deadline",
    "firmness": "firmness", "reason": "reason", "when": "when", "parties": "who",
    "answers": "answer", "voices": "voices", "history": "history", "sides": "side", "rule": "rule",
    "certainty": "doubt", "told by": "teller", "confirm": "confirm", "basis": None,
    "topics": None, "support": None,
    "sentences": None, "quotes": None, "id": None,
}  # fmt: skip
"""Every column in its order, and the kind of remark that fills it."""
_ALWAYS = frozenset({"no", "statement", "support", "sentences", "quotes"})


@dataclass(frozen=True)
class Table:
    """A sheet: its name, the heads of its columns, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...] = ()


def tables(shown: Outline) -> list[Table]:
    """About the brief, every chapter with lines, what is not supported, the positions."""
    chapters = [(chapter.title, chapter.lines) for chapter in shown.all_chapters if chapter.lines]
    moved = tuple(line for _, line in shown.moved)
    if moved:
        chapters.append((shown.words("sheet unsupported"), moved))
    made = [_table(shown, title, lines) for title, lines in chapters]
    return [_about(shown), *made, *_positions(shown), *_annex(shown)]


def to_csv(brief: PeaceTalksBrief, words: Words = ENGLISH) -> str:
    """All lines of ``brief`` as one CSV table with a column for the section (RFC 4180)."""
    shown = outline(brief, words)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    heads = [words(f"column {key}") for key in COLUMNS]
    writer.writerow([inert(head) for head in [words("column section"), *heads]])
    if not brief.about_peace_talks:
        told = {"statement": clean(brief.not_about or "")}
        row = [words("not about"), *(told.get(key, "") for key in COLUMNS)]
        writer.writerow([inert(cell) for cell in row])
    for chapter in shown.all_chapters:
        for line in (*chapter.lines, *chapter.moved):
            row = [chapter.title, *(_cell(shown, line, key) for key in COLUMNS)]
            writer.writerow([inert(cell) for cell in row])
    return file.getvalue()


def inert(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula.

    >>> inert("=1+1"), inert("1 + 1")
    ("'=1+1", '1 + 1')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _table(shown: Outline, title: str, lines: Sequence[Line]) -> Table:
    """A table of the columns that at least one line fills."""
    rows = [{key: _cell(shown, line, key) for key in COLUMNS} for line in lines]
    keys = tuple(key for key in COLUMNS if key in _ALWAYS or any(row[key] for row in rows))
    return Table(
        clean(title),
        tuple(shown.words(f"column {key}") for key in keys),
        tuple(tuple(row[key] for key in keys) for row in rows),
        keys,
    )


def _cell(shown: Outline, line: Line, key: str) -> str:
    kind = COLUMNS[key]
    made = _remarks(shown, line, kind) if kind else _PLAIN[key](shown, line)
    return clean(made)[:MAX_CELL]


def _remarks(shown: Outline, line: Line, kind: Kind) -> str:
    found = [remark for remark in line.remarks if remark.kind == kind]
    return "; ".join(
        f"{one.text} [{', '.join(shown.citing.names(one.citations))}]"
        if one.citations
        else one.text
        for one in found
    )


_PLAIN: dict[str, Callable[[Outline, Line], str]] = {
    "no": lambda shown, line: line.name,
    "group": lambda shown, line: line.group,
    "who": lambda shown, line: line.lead,
    "statement": lambda shown, line: line.text,
    "basis": lambda shown, line: shown.words.term(line.basis) if line.basis else "",
    "topics": lambda shown, line: ", ".join(shown.words.term(topic) for topic in line.topics),
    "support": lambda shown, line: _support(shown, line),
    "sentences": lambda shown, line: ", ".join(shown.citing.names(line.all_citations)),
    "quotes": lambda shown, line: " ".join(
        f"[{shown.place(cited)}] {shown.quoted(cited)}"
        for cited in shown.citing.in_order(line.all_citations)
    ),
    "id": lambda shown, line: line.id,
}


def _support(shown: Outline, line: Line) -> str:
    """What the check found; nothing for a finding of code, which is not checked itself."""
    found = "; ".join(line.said("support"))
    return found or ("" if line.said("rule") else shown.words("supported"))


def _about(shown: Outline) -> Table:
    words = shown.words
    facts = [
        (words("column title"), shown.title),
        *((label, f"{title} · {facts}") for label, title, facts in shown.sources),
        (words("made"), shown.made),
        *_about_only(shown),
        *((shown.notes_title, note) for note in shown.notes),
        *((kind, told) for kind, told in shown.warnings),
    ]
    rows = tuple((clean(name), clean(value)[:MAX_CELL]) for name, value in facts)
    return Table(words("brief"), (words("column field"), words("column value")), rows)


def _about_only(shown: Outline) -> list[tuple[str, str]]:
    if shown.brief.about_peace_talks:
        return [(shown.words("check"), shown.check)]
    return [(shown.words("not about"), shown.brief.not_about or "")]


def _positions(shown: Outline) -> Iterator[Table]:
    matrix = shown.positions
    if matrix.rows:
        rows = tuple(
            (shown.words.term(topic), *("\n".join(map(_position, cell)) for cell in cells))
            for topic, cells in matrix.rows
        )
        heads = (shown.words("filter topic"), *map(clean, matrix.parties))
        yield Table(shown.words("matrix"), heads, rows)


def _position(one: Stand) -> str:
    warned = "⚠ " if one.second_hand else ""
    return clean(f"{one.line.name} {warned}{one.stance}: {one.line.text}")


def _annex(shown: Outline) -> Iterator[Table]:
    if shown.cited:
        heads = (shown.words("column sentences"), shown.words("column quotes"))
        rows = tuple((shown.place(one), shown.quoted(one)[:MAX_CELL]) for one in shown.cited)
        yield Table(shown.words("sheet annex"), heads, rows)
