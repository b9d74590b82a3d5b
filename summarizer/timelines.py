"""What a timeline consists of: what each document has of a party on a topic."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from pydantic import Field

from summarizer.brief import Citation, Part
from summarizer.changes import Detail
from summarizer.vocabulary import ChangeKind, Topic

Section = Literal["offers", "red_lines"]


class Entry(Part):
    """What one document has of a party on a topic."""

    date: Date | None = Field(description="of the document; null: it states none")
    document: str = Field(description="id of the source, by the order of dates")
    name: str = Field(description="title of the document, or where it came from")
    party: str
    topic: Topic
    section: Section
    item: str
    statement: str
    speaker: str | None
    second_hand: bool
    citations: list[Citation]
    repeats: str | None = Field(
        default=None, description="id of the item of an earlier document that it is"
    )
    moved: list[ChangeKind] = Field(
        default_factory=list, description="how it differs from that one; empty: at most reworded"
    )
    details: list[Detail] = Field(default_factory=list)


class Timeline(Part):
    """Entries by topic, party and date."""

    entries: list[Entry]
