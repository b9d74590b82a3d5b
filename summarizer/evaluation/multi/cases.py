"""What is expected of several documents together, written by hand as YAML.

Every document has a reference of its own in the format of ``evals/cases`` (so that the oracle can
answer it). A case or a pair names items of these references, ``wire.O1`` being the first offer of
the document that it calls ``wire``, and says what is expected of them: which are one item, which
contradict each other, what changed. ``evals/multi/README.md`` explains the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.evaluation.cases import Case
from summarizer.vocabulary import ChangeKind, ContradictionKind, OfferStatus

LETTERS = {
    "O": "offers",
    "R": "red_lines",
    "Q": "open_questions",
    "N": "next_steps",
    "V": "outside_voices",
}
"""Letter of an item's name: its section."""

ONE_SIDED = {
    ChangeKind.NEW: "new",
    ChangeKind.QUESTION_OPENED: "new",
    ChangeKind.GONE: "old",
    ChangeKind.STEP_OVERDUE: "old",
}
"""Kinds of change for which one side is enough, and which one."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ItemName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.[ORQNV][1-9][0-9]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedSide(_Part):
    """One side of a contradiction."""

    items: list[ItemName] = Field(min_length=1)
    says: str = Field(min_length=1, description="for people; not compared")


class ExpectedContradiction(_Part):
    """What documents say differently of the same holder and substance."""

    kind: ContradictionKind
    sides: list[ExpectedSide] = Field(min_length=2)
    optional: bool = False
    also: dict[Literal["kind"], list[ContradictionKind]] = Field(default_factory=dict)


class Moved(_Part):
    """The status that one document gives."""

    document: Name
    status: OfferStatus


class ExpectedHistory(_Part):
    """An offer whose status moves from document to document, the earliest first."""

    item: ItemName = Field(description="any of the items that are one")
    statuses: list[Moved] = Field(min_length=2)


class ExpectedCollision(_Part):
    """An offer or demand of one side that a red line of another rules out."""

    item: ItemName
    red_line: ItemName
    optional: bool = False


class ExpectedConvergence(_Part):
    """Items of at least two sides that say alike."""

    items: list[ItemName] = Field(min_length=2)
    optional: bool = False


class ExpectedChange(_Part):
    """One change between two briefs; ``also`` names other kinds that are as right."""

    kind: ChangeKind
    old: ItemName | None = None
    new: ItemName | None = None
    optional: bool = False
    also: dict[Literal["kind"], list[ChangeKind]] = Field(default_factory=dict)


class _Several(_Part):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    split: Literal["dev", "test"]
    author: str
    tags: list[str] = Field(min_length=1)
    file: str = Field(default="", exclude=True)
    references: dict[str, Case] = Field(default_factory=dict, exclude=True)

    def item(self, name: str) -> Any:
        """The item of a reference by its name. Raises ``LookupError`` saying what is missing."""
        document, _, label = name.partition(".")
        if document not in self.references:
            raise LookupError(f"there is no document {document!r} here")
        listed = getattr(self.references[document], LETTERS[label[0]])
        number = int(label[1:])
        if number > len(listed):
            raise LookupError(f"{document} has {len(listed)} {LETTERS[label[0]]}")
        return listed[number - 1]

    def items_of(self, documents: Iterable[str]) -> Iterator[str]:
        """The names of all items of these documents, but no outside voices."""
        for document in documents:
            for letter, section in LETTERS.items():
                listed = getattr(self.references[document], section) if letter != "V" else []
                yield from (f"{document}.{letter}{n}" for n, _ in enumerate(listed, 1))


class MultiCase(_Several):
    """Documents of one process, and what the merged brief of them is to hold."""

    documents: dict[Name, str] = Field(min_length=2, description="name here: id of its reference")
    parties: list[list[str]] = Field(
        default_factory=list, description="names in the references that mean one party"
    )
    merged: list[list[ItemName]] = Field(default_factory=list)
    contradictions: list[ExpectedContradiction] = Field(default_factory=list)
    histories: list[ExpectedHistory] = Field(default_factory=list)
    disputed: list[ItemName] = Field(
        default_factory=list, description="asserted by its own document, denied by a later one"
    )
    copies: list[list[Name]] = Field(default_factory=list)
    set_aside: list[Name] = Field(default_factory=list)
    collisions: list[ExpectedCollision] = Field(default_factory=list)
    convergence: list[ExpectedConvergence] = Field(default_factory=list)

    @property
    def named(self) -> Mapping[str, str]:
        """Every document: its name here, and the id of its reference."""
        return self.documents


class ComparePair(_Several):
    """Two briefs, each of one document or of several, and what changed from OLD to NEW."""

    old: dict[Name, str] = Field(min_length=1, description="name here: id of its reference")
    new: dict[Name, str] = Field(min_length=1)
    merged: list[list[ItemName]] = Field(
        default_factory=list, description="items of several documents of one side that are one"
    )
    changes: list[ExpectedChange]
    unchanged: list[list[ItemName]] = Field(
        default_factory=list, description="[old, new]: the same item, at most reworded"
    )

    @property
    def named(self) -> Mapping[str, str]:
        """Every document of both sides."""
        return {**self.old, **self.new}
