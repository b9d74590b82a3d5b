"""Pieces to lines: columns, headings across them, tables, scripts from right to left."""

from __future__ import annotations

from summarizer.readers.glyphs import Piece
from summarizer.readers.layout import lines_of, without_line_numbers

LEFT = ("The delegation of Varda offered", "to withdraw its heavy guns from", "the eastern bank.")
RIGHT = ("No foreign troops are accepted", "on the islands, the League said", "to the mediators.")


def piece(text: str, left: float, y: float, width: float | None = None, size: float = 10) -> Piece:
    """A piece in letters five points wide."""
    return Piece(text, left, left + (width or len(text) * 5), y, size)


def texts(pieces: list[Piece]) -> list[str]:
    """The lines in reading order."""
    return [line.text for line in lines_of(pieces)]


def columns(top: float = 700) -> list[Piece]:
    """Two columns, line beside line."""
    return [
        piece(text, x, top - row * 12)
        for row, pair in enumerate(zip(LEFT, RIGHT, strict=True))
        for text, x in zip(pair, (50, 300), strict=True)
    ]


def test_columns_are_read_one_after_the_other() -> None:
    """Whatever order the file has them in."""
    assert texts(columns()) == [*LEFT, *RIGHT]
    assert texts(columns()[::-1]) == [*LEFT, *RIGHT]


def test_heading_across_the_columns_parts_them() -> None:
    """What is above it is read before it, what is below after it."""
    heading = piece("A heading that runs across the columns of the page", 50, 650, 480)
    made = texts([*columns(700), heading, *columns(600)])
    assert made == [*LEFT, *RIGHT, heading.text, *LEFT, *RIGHT]


def test_table_is_read_row_by_row() -> None:
    """Short cells beside one another are no columns of prose."""
    rows = [("Side", "Number"), ("Varda", "140"), ("League", "96"), ("Kessen", "12")]
    cells = [
        piece(text, 50 + column * 200, 700 - row * 14)
        for row, pair in enumerate(rows)
        for column, text in enumerate(pair)
    ]
    assert texts(cells) == [" | ".join(pair) for pair in rows]


def test_columns_from_right_to_left_start_at_the_right() -> None:
    """As their script does."""
    right, left = "لن تقبل وجود قوات أجنبية في الجزر", "وقالت إن المحادثات تستأنف غدا هنا"
    pieces = [piece(text, x, 700 - row * 12) for row in range(4) for text, x in
              ((f"{left} {row}", 50), (f"{right} {row}", 300))]  # fmt: skip
    assert texts(pieces) == [f"{right} {row}" for row in range(4)] + [
        f"{left} {row}" for row in range(4)
    ]


def test_numbers_of_lines_are_left_out_and_others_stay() -> None:
    """Only a column that counts its lines is a margin."""
    numbers = [piece(str(row + 1), 30 - len(str(row + 1)) * 5, 700 - row * 12) for row in range(12)]
    prose = [piece("The envoys met again.", 60, 700 - row * 12) for row in range(12)]
    assert without_line_numbers([*numbers, *prose]) == prose
    table = [
        piece(text, 30, 700 - row * 12) for row, text in enumerate("4 9 2 7 7 1 3 8 5".split())
    ]
    assert without_line_numbers([*table, *prose]) == [*table, *prose]


def test_page_without_pieces_has_no_lines() -> None:
    """An empty page is no error."""
    assert lines_of([]) == []
