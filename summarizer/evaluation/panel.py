"""The panel: rates with their denominators, never one number alone."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

#: The errors that each have a counter of their own, one corruption of the proof for each.
ERRORS = (
    "missing", "duplicate", "spurious", "swapped", "holder", "polarity", "number", "status",
    "condition", "merge", "split", "wrong_section", "evidence", "topic", "self_stated",
)  # fmt: skip


class Rate(BaseModel):
    """``hits`` of ``of``; the share is None when there was nothing to count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hits: float = 0
    of: float = 0

    @property
    def share(self) -> float | None:
        """hits / of."""
        return self.hits / self.of if self.of else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(hits=self.hits + other.hits, of=self.of + other.of)

    def __str__(self) -> str:
        share = "–" if self.share is None else f"{100 * self.share:.0f} %"
        return f"{share} ({self.hits:g} of {self.of:g})"


class Panel(BaseModel):
    """What is right and wrong in a brief, or, added up, in many.

    Optional reference items count in the rates of aligned items (a wrong holder is a wrong
    holder), never as missing. Each error of ``ERRORS`` is counted once and under one name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    attribution: Rate = Rate()
    """Holder right, of aligned offers and red lines."""
    polarity: Rate = Rate()
    """Turned round, of aligned offers, red lines and next steps plus offers filed as red lines
    and the reverse."""
    negation_unclear: Rate = Rate()
    """Negations differ in a way code cannot judge, of the same: for a person to look at."""
    unsupported: Rate = Rate()
    """Items whose cited sentences fail the support check, of predicted items."""
    partial: Rate = Rate()
    """Items of which the support check misses a part, of predicted items."""
    unlisted: Rate = Rate()
    """Supported but not in the reference, of predicted items: a gap in the reference, perhaps."""
    evidence_precision: Rate = Rate()
    """Cited sentences that carry the reference's evidence, of sentences cited by aligned items."""
    evidence_recall: Rate = Rate()
    """Evidence sentences that are cited, of those of aligned reference items."""
    evidence_precision_near: Rate = Rate()
    """The same with a sentence before or after allowed."""
    evidence_recall_near: Rate = Rate()
    number: Rate = Rate()
    """Wrong, missing or invented figures, of aligned items with a figure on either side."""
    status: Rate = Rate()
    """Wrong status (neighbours included), of aligned offers."""
    condition: Rate = Rate()
    """Conditions not the same, of aligned offers with conditions on either side."""
    swapped: Rate = Rate()
    """Giver and receiver exchanged, of aligned offers."""
    holder: Rate = Rate()
    """Another holder, of aligned offers and red lines."""
    self_stated: Rate = Rate()
    """Second-hand told as self-stated or the reverse, of aligned items with the right holder."""
    evidence: Rate = Rate()
    """No cited sentence in common, of aligned items."""
    topic: Rate = Rate()
    """Main topic wrong, of aligned items."""
    missing: Rate = Rate()
    """Of required reference items; parties included, here and in the next two."""
    spurious: Rate = Rate()
    """Of predicted items."""
    duplicate: Rate = Rate()
    """Of predicted items."""
    split: Rate = Rate()
    """Of predicted items."""
    merge: Rate = Rate()
    """Of required reference items."""
    wrong_section: Rate = Rate()
    """Of predicted items; offers filed as red lines and the reverse count as polarity instead."""

    def __add__(self, other: Panel) -> Panel:
        return Panel(**{key: getattr(self, key) + getattr(other, key) for key in RATES})

    @classmethod
    def total(cls, panels: Iterable[Panel]) -> Panel:
        """All panels added up: rates over items, not means of rates."""
        return sum(panels, cls())

    @property
    def errors(self) -> dict[str, int]:
        """How often each error of ``ERRORS`` occurs."""
        return {name: int(getattr(self, name).hits) for name in ERRORS}


RATES: tuple[str, ...] = tuple(Panel.model_fields)
