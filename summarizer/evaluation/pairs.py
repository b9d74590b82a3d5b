"""A reference item beside the predicted one, and what is found wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from summarizer.evaluation.entries import Entry, Section
from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.similarity import Similarity

#: Errors that have a counter of their own in the panel.
FieldError = Literal[
    "polarity",
    "swapped",
    "holder",
    "number",
    "status",
    "condition",
    "self_stated",
    "evidence",
    "topic",
]


@dataclass(frozen=True)
class Finding:
    """One error in one field. ``penalty`` is the share of the item's credit that it costs."""

    field: str
    expected: str
    got: str
    penalty: float
    error: FieldError | None = None


@dataclass(frozen=True)
class Pair:
    """A reference item and the predicted one aligned with it."""

    reference: Entry
    prediction: Entry
    similarity: Similarity
    penalties: Mapping[str, float] = field(default_factory=lambda: PENALTIES)

    @property
    def section(self) -> Section:
        """The section both are in."""
        return self.reference.section

    def cost(self, key: str, share: float = 1.0) -> float:
        """The penalty of the table, or a share of it."""
        return self.penalties[key] * share

    def alike(self) -> float:
        """How alike the two statements read."""
        return self.similarity(self.reference.text, self.prediction.text)


def accepted(entry: Entry, key: str) -> tuple[str | None, ...]:
    """The values of a single-valued field that are right: its own first."""
    return (entry.one(key), *entry.also.get(key, ()))


def none_is_right(reference: Entry, key: str) -> bool:
    """Whether the reference lets the field be empty as well: ``also`` with an empty list."""
    return reference.also.get(key) == ()


def distance(reference: Entry, prediction: Entry, key: str) -> float:
    """1 - J of a field that is a set of names or terms, ``also`` values excused."""
    wanted, got = reference.names(key), prediction.names(key)
    if not got and none_is_right(reference, key):
        return 0.0
    also = {value for value in reference.also.get(key, ()) if value is not None}
    extra = got - wanted - also
    missing = frozenset[str]() if got & also else wanted - got
    either = len(wanted | got)
    return (len(extra) + len(missing)) / either if either else 0.0


def holder_of(pair: Pair) -> Literal["right", "swapped", "wrong"] | None:
    """Whether the holder is right; None in sections whose items have none."""
    if pair.section == "red_lines":
        right = pair.prediction.one("held_by") in accepted(pair.reference, "held_by")
        return "right" if right else "wrong"
    if pair.section != "offers":
        return None
    if distance(pair.reference, pair.prediction, "by") == 0:
        return "right"
    wanted, got = pair.reference, pair.prediction
    exchanged = wanted.names("by") == got.names("to") and wanted.names("to") == got.names("by")
    return "swapped" if exchanged else "wrong"


def credit(findings: Sequence[Finding]) -> float:
    """``max(0, 1 - sum of the penalties)``."""
    return max(0.0, 1.0 - sum(finding.penalty for finding in findings))


@dataclass(frozen=True)
class Judged:
    """A pair with everything that is wrong in it."""

    pair: Pair
    findings: tuple[Finding, ...]

    @property
    def credit(self) -> float:
        """``max(0, 1 - sum of the penalties)``."""
        return credit(self.findings)

    @property
    def optional(self) -> bool:
        """Whether the reference item is one that nothing is lost or won by."""
        return self.pair.reference.optional

    def has(self, error: FieldError) -> bool:
        """Whether this error is among the findings."""
        return any(finding.error == error for finding in self.findings)
