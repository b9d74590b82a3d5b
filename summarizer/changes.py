"""What a comparison of two briefs consists of: changes, each with what both sides say."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from pydantic import Field

from summarizer.brief import Citation, Part
from summarizer.languages import Language
from summarizer.vocabulary import ChangeKind, Topic

Section = Literal["offers", "red_lines", "open_questions", "next_steps"]
Aspect = Literal[
    "firmness", "kind", "condition", "polarity", "status", "answer", "certainty", "figure",
    "date", "holder",
]  # fmt: skip


class Told(Part):
    """An item of one of the two briefs."""

    id: str = Field(description="of the item in its brief")
    section: Section
    statement: str
    holders: list[str] = Field(description="names of parties, the same in both briefs")
    speaker: str | None
    speaks_for: str | None
    citations: list[Citation] = Field(description="of entries of `sources` of its edition")


class Detail(Part):
    """What exactly is different; null where there was nothing, or is nothing now."""

    aspect: Aspect
    was: str | None
    now: str | None
    party: str | None = Field(default=None, description="whose answer it is")


class Change(Part):
    """One thing that is different, with the item of each brief that says so."""

    kind: ChangeKind
    topic: Topic
    parties: list[str] = Field(description="whose item it is; both holders if they changed")
    old: Told | None
    new: Told | None
    details: list[Detail] = Field(default_factory=list)
    rule: str = Field(description="the rule by which code found it, in one sentence")


class Same(Part):
    """Two items that are one, and say the same."""

    old: str = Field(description="id of the item in the old brief")
    new: str = Field(description="id of the item in the new brief")


class EditionSource(Part):
    """A document that one of the two briefs rests on."""

    id: str
    title: str | None
    origin: str | None
    publisher: str | None
    date: Date | None


class Edition(Part):
    """One of the two briefs (or sets of briefs)."""

    title: str
    sources: list[EditionSource]

    @property
    def date(self) -> Date | None:
        """Of the latest document that states one."""
        return max((source.date for source in self.sources if source.date), default=None)


class Comparison(Part):
    """What changed between two briefs of one process."""

    language: Language = Field(default="en", description="of the labels: that of both briefs")
    old: Edition
    new: Edition
    changes: list[Change]
    unchanged: list[Same] = Field(description="items of both briefs, at most reworded")
    not_compared: list[Told] = Field(
        default_factory=list,
        description="items of briefs made without a language model of which nobody can say "
        "whether they changed",
    )
    notes: list[str] = Field(default_factory=list, description="what a reader must beware of")
