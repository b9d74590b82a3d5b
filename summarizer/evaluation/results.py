"""What scoring a brief gives: sections, aligned pairs, the ledger of errors."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from summarizer.errors import SummarizerError
from summarizer.evaluation.entries import Section
from summarizer.evaluation.panel import Panel

#: Results of different versions are not compared. Raise it with every change of a score.
SCORER_VERSION = "2"

LineKind = Literal[
    "field", "missing", "merge", "spurious", "duplicate", "split", "wrong_section",
    "about_peace_talks", "crash",
]  # fmt: skip


class NotComparable(SummarizerError):
    """Two results that were made with another similarity or another version of the scorer."""


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionScore(_Result):
    """One section: ``None`` where there is nothing on either side, never a free 1.0."""

    f: float | None = None
    precision: float | None = None
    recall: float | None = None
    credit: float = 0.0
    reference_items: int = 0
    predicted_items: int = 0


class LedgerLine(_Result):
    """Where points were lost. Positions count from 0 within the section's list.

    ``penalty`` is in shares of an item's credit, ``points`` in the brief score (0 for what is
    wrong in an optional item). For ``wrong_section``, ``other_section`` is where it stands.
    """

    kind: LineKind
    section: Section | None = None
    reference: int | None = None
    prediction: int | None = None
    field: str | None = None
    expected: str = ""
    got: str = ""
    error: str | None = None
    penalty: float = 0.0
    points: float = 0.0
    other_section: Section | None = None


class AlignedPair(_Result):
    """A reference item and the predicted one aligned with it."""

    section: Section
    reference: int
    prediction: int
    weight: float
    credit: float
    optional: bool = False


class BriefScore(_Result):
    """The score of one brief. ``score`` is None when neither brief holds anything to score."""

    case_id: str
    scorer_version: str = SCORER_VERSION
    similarity: str
    score: float | None
    sections: dict[Section, SectionScore]
    panel: Panel
    pairs: list[AlignedPair] = []
    ledger: list[LedgerLine] = []
    crashed: bool = False


def require_comparable(one: BriefScore, other: BriefScore) -> None:
    """Raise ``NotComparable`` unless both come from the same scorer and similarity."""
    for name in ("scorer_version", "similarity"):
        first, second = getattr(one, name), getattr(other, name)
        if first != second:
            what = name.replace("_", " ")
            raise NotComparable(
                f"cannot compare results of {what} {first!r} and {second!r}: rescore the older one"
            )
