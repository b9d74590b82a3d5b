"""The results of cases of several documents, by kind, and the gate that they must pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.evaluation.multi.cases import ComparePair, MultiCase
from summarizer.evaluation.multi.scoring import CASE_KINDS, Tally

FLOORS: Mapping[str, float] = {
    "contradictions": 0.95,
    "changes": 0.95,
    "collisions": 0.95,
}
"""Least F1 of the oracle over all cases: its answers are right, so what is lost is lost by us."""


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KindScore(_Result):
    """One kind of one case or pair."""

    found: int
    missed: int
    spurious: int
    lines: list[str] = Field(default_factory=list, description="what was missed or spurious")


class MultiOutcome(_Result):
    """One case or pair."""

    id: str
    split: Literal["dev", "test"]
    what: Literal["case", "pair"]
    kinds: dict[str, KindScore]
    failed: str | None = Field(
        default=None, description="why no brief was made of a document; all is missed then"
    )

    @classmethod
    def of(
        cls,
        one: MultiCase | ComparePair,
        what: Literal["case", "pair"],
        tallies: Mapping[str, Tally],
        failed: str | None = None,
    ) -> MultiOutcome:
        """From tallies."""
        kinds = {
            kind: KindScore(
                found=tally.found, missed=tally.missed, spurious=tally.spurious, lines=tally.lines
            )
            for kind, tally in tallies.items()
        }
        return cls(id=one.id, split=one.split, what=what, kinds=kinds, failed=failed)


class MultiRun(_Result):
    """One system over all cases and pairs."""

    system: str
    outcomes: list[MultiOutcome]

    @property
    def failed(self) -> list[MultiOutcome]:
        """The cases and pairs of which a document got no brief."""
        return [outcome for outcome in self.outcomes if outcome.failed]

    def totals(self) -> dict[str, Tally]:
        """By kind, over all cases: those of cases first, then changes, then each kind of them."""
        kinds = dict.fromkeys([*CASE_KINDS, "changes"])
        kinds |= dict.fromkeys(sorted({kind for one in self.outcomes for kind in one.kinds}))
        totals = {kind: Tally() for kind in kinds}
        for outcome in self.outcomes:
            for kind, score in outcome.kinds.items():
                totals[kind] += Tally(
                    score.found,
                    score.missed,
                    score.spurious,
                    [f"{outcome.id}: {kind}: {line}" for line in score.lines],
                )
        return totals

    def failures(self, floors: Mapping[str, float] = FLOORS) -> list[str]:
        """What is under its floor, a line each; a kind that no case has cannot be measured."""
        totals = self.totals()
        lines = [f"{one.id}: {one.failed}" for one in self.failed]
        for kind, floor in floors.items():
            f1 = totals[kind].f1
            if f1 is None:
                lines.append(f"{kind}: no case has any")
            elif f1 < floor:
                lines.append(f"{kind}: F1 {f1:.3f} is under {floor:.2f}")
        return lines
