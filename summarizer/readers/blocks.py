"""A tree of markup to paragraphs: HTML, or what trafilatura makes of it (pure).

Blocks become paragraphs, items of lists lines that start with "- " or their number, rows of
tables lines with " | " between the cells. White space collapses as in a browser; a line break
stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CELL = " | "

_BLOCKS = frozenset(
    "address article aside blockquote body caption center cell code dd details dialog div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html item legend li"
    " list main menu nav ol p pre quote row section summary table tbody td tfoot th thead tr ul"
    .split()
)  # fmt: skip
_SKIPPED = frozenset("script style noscript template svg math object iframe title meta".split())
_ITEMS, _ROWS, _CELLS = frozenset(("item", "li")), frozenset(("row", "tr")), "cell td th".split()
_BREAKS = frozenset(("br", "lb"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\ue000"  # a line break, until white space has collapsed
_AROUND_BREAK = re.compile(rf"[ ]*{_BREAK}[ ]*")


def paragraphs(root: Any) -> list[str]:
    """The paragraphs below ``root``, an element of lxml."""
    blocks = _Blocks()
    blocks.enter(root)
    blocks.flush()
    return blocks.done


def collapsed(text: str) -> str:
    """Text as a browser shows it: runs of white space are one space; no-break spaces stay."""
    return _AROUND_BREAK.sub("\n", _SPACE.sub(" ", text).strip(" ")).strip("\n")


@dataclass
class _Blocks:
    done: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    marker: str = ""

    def flush(self) -> None:
        """End the paragraph; a marker waits for the first that has words."""
        text = collapsed("".join(self.current))
        self.current = []
        if text:
            self.done.append(self.marker + text)
            self.marker = ""

    def enter(self, element: Any) -> None:
        """One element and what follows it inside its parent is not its own."""
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in _SKIPPED:
            return
        if tag in _BREAKS:
            self.current.append(_BREAK)
        elif tag in _ROWS and not _holds_rows(element):
            self.row(element)
        elif tag in _BLOCKS:
            self.flush()
            self.marker = _marker(element) if tag in _ITEMS else self.marker
            self.inside(element)
            self.flush()
            self.marker = "" if tag in _ITEMS else self.marker
        else:
            self.inside(element)

    def inside(self, element: Any) -> None:
        """The content of an element."""
        self.current.append(element.text or "")
        for child in element:
            self.enter(child)
            self.current.append(child.tail or "")

    def row(self, element: Any) -> None:
        """The cells of a row on one line."""
        self.flush()
        cells = [" ".join(paragraphs(cell)) for cell in element if cell.tag in _CELLS]
        self.current.append(CELL.join(cell.replace("\n", " ") for cell in cells if cell))
        self.flush()


def _holds_rows(row: Any) -> bool:
    """Whether a table lays out a page: its cells hold tables, or paragraph on paragraph."""
    inner = (element.tag for cell in row for element in cell.iter() if element is not cell)
    tags: Iterable[str] = [tag for tag in inner if isinstance(tag, str)]
    if any(tag in _ROWS or tag in _ITEMS for tag in tags):
        return True
    return sum(tag in ("p", "div") for tag in tags) > 2 * len(row)


def _marker(item: Any) -> str:
    """ "- ", or the number of an item of an ordered list."""
    above = item.getparent()
    if above is None or (above.tag != "ol" and above.get("rend") != "ol"):
        return "- "
    items = [child for child in above if child.tag in _ITEMS]
    start = above.get("start", "1")
    return f"{items.index(item) + (int(start) if start.isdecimal() else 1)}. "
