"""Where an item stands: the labels that all reports share, and which items a line is about.

``O2`` is the second offer, ``R1`` the first red line; ``O2 ↔ O3`` is the reference's second
offer and the third of the output (pure).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.entries import Section
from summarizer.evaluation.results import LedgerLine

TITLES: Mapping[Section, str] = {
    "parties": "Parties",
    "offers": "Offers",
    "red_lines": "Red lines",
    "open_questions": "Open questions",
    "next_steps": "Next steps",
}
_LETTERS: Mapping[Section, str] = {
    "parties": "P",
    "offers": "O",
    "red_lines": "R",
    "open_questions": "Q",
    "next_steps": "N",
}

Side = Literal["reference", "output", "both"]
NOTHING = "–"


def item_label(section: Section | None, index: int | None) -> str | None:
    """``O2`` for position 1 of the offers; None where there is no item."""
    return None if section is None or index is None else f"{_LETTERS[section]}{index + 1}"


def says(item: Any) -> str:
    """The statement of an item, the question of an open question, the name of a party."""
    return str(item.statement if hasattr(item, "statement") else item.name)


@dataclass(frozen=True)
class Place:
    """The two items that a line of the ledger is about; ``side`` is whose item lost the points."""

    side: Side
    reference_section: Section | None
    reference: int | None
    prediction_section: Section | None
    prediction: int | None

    @property
    def reference_label(self) -> str | None:
        """Of the reference item."""
        return item_label(self.reference_section, self.reference)

    @property
    def prediction_label(self) -> str | None:
        """Of the item of the output."""
        return item_label(self.prediction_section, self.prediction)

    def __str__(self) -> str:
        if self.reference is None and self.prediction is None:
            return "brief"
        return f"{self.reference_label or NOTHING} ↔ {self.prediction_label or NOTHING}"


_SIDES: Mapping[str, Side] = {
    "field": "both", "missing": "reference", "merge": "reference",
    "spurious": "output", "duplicate": "output", "split": "output",
}  # fmt: skip


def place_of(line: LedgerLine, brief: PeaceTalksBrief | None) -> Place:
    """Which items a line is about.

    An item in the wrong section has two lines of one form, one for the place where it is
    missing and one for where it stands: the output itself tells which is which.
    """
    here, there = line.section, line.other_section or line.section
    side: Side = _SIDES.get(line.kind, "both")
    if line.kind == "wrong_section":
        side = "output" if _stands(brief, here, line) else "reference"
    if side == "output":
        return Place(side, there, line.reference, here, line.prediction)
    return Place(side, here, line.reference, there, line.prediction)


def _stands(brief: PeaceTalksBrief | None, section: Section | None, line: LedgerLine) -> bool:
    """Whether the output has in this section, at this position, what the line says it has."""
    if brief is None or section is None or line.prediction is None:
        return False
    items = getattr(brief, section)
    return line.prediction < len(items) and says(items[line.prediction]) == line.got
