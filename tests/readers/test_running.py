"""Running heads and feet: what goes, what stays."""

from __future__ import annotations

from summarizer.readers.glyphs import Piece, Sheet
from summarizer.readers.running import without_running


def sheet(head: str, foot: str = "", body: str = "The envoys met again.", size: float = 9) -> Sheet:
    """A page with a head, ten lines of text and a foot."""
    pieces = [Piece(head, 50, 200, 800, size)] if head else []
    pieces += [Piece(f"{body} {n}", 50, 400, 700 - n * 12, 9) for n in range(10)]
    pieces += [Piece(foot, 50, 200, 40, 9)] if foot else []
    return Sheet(tuple(pieces), 842, False, 0)


def texts(*sheets: Sheet) -> list[list[str]]:
    """What is left of every page, but for the body."""
    pages, _ = without_running(sheets)
    return [[p.text for p in page if "envoys" not in p.text] for page in pages]


def test_head_stays_where_it_first_stands_and_feet_go() -> None:
    """A head may name who publishes the text; a foot would stand inside a sentence."""
    pages = [sheet("MINISTRY OF DEFENCE", f"Page {n} of 3") for n in (1, 2, 3)]
    assert texts(*pages) == [["MINISTRY OF DEFENCE"], [], []]
    running = without_running(pages)[1]
    assert running.removed == 5
    assert set(running.words) == {"MINISTRY OF DEFENCE", "Page # of #"}


def test_heads_that_alternate_are_found() -> None:
    """Left and right pages often have a head each."""
    pages = [sheet("The Ostrel talks" if n % 2 else "Harbour Papers") for n in range(6)]
    assert texts(*pages) == [["Harbour Papers"], ["The Ostrel talks"], [], [], [], []]


def test_heading_that_counts_with_the_pages_stays() -> None:
    """Articles that each begin a page are the text; so is a heading in large letters."""
    pages = [sheet(f"Article {n}") for n in (1, 2, 3)]
    assert texts(*pages) == [["Article 1"], ["Article 2"], ["Article 3"]]
    large = [sheet(f"Round {n}", size=16) for n in (1, 2, 3)]
    assert texts(*large) == [["Round 1"], ["Round 2"], ["Round 3"]]


def test_number_that_does_not_count_stays() -> None:
    """A figure at the edge of every page is no page number if it does not grow with them."""
    pages = [sheet("", f"Detainees: {n}") for n in (140, 96, 12)]
    assert [page[-1] for page in texts(*pages)] == [
        "Detainees: 140",
        "Detainees: 96",
        "Detainees: 12",
    ]


def test_text_that_fills_the_page_to_its_edge_stays() -> None:
    """Lines without a gap to the text are the text, even if they are alike on every page."""
    rows = [Piece(f"I declare {n}.", 50, 300, 830 - n * 12, 9) for n in range(60)]
    page = Sheet(tuple(rows), 842, False, 0)
    assert without_running([page, page])[0] == [page.pieces, page.pieces]


def test_single_page_is_left_alone() -> None:
    """Nothing runs over one page."""
    assert texts(sheet("MINISTRY", "1")) == [["MINISTRY", "1"]]
