"""PeaceTalksBrief and its parts: what users get and what is stored.

A brief reports who said what, about what, on what basis. Every item carries citations that
code resolved to exact text (``source.text[c.start:c.end] == c.quote``) and the finding of the
support check. What each field means is written in ``docs/brief-guide.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

from summarizer.languages import Language
from summarizer.vocabulary import (
    SELECTED,
    Basis,
    Certainty,
    ContradictionKind,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    QuestionReason,
    RedLineKind,
    Response,
    StepCertainty,
    SupportStatus,
    Topic,
)

SCHEMA_VERSION = 2


class Part(BaseModel):
    """Base of everything in a brief: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Part):
    """One sentence of a source: ``source.text[start:end] == quote``."""

    document: str = Field(description="id of an entry of `sources`")
    sentence: int = Field(ge=1, description="number of the sentence in that source, from 1")
    start: int = Field(ge=0, description="character offset into the source's text")
    end: int = Field(ge=1, description="character offset of the end, exclusive")
    quote: str = Field(description="the sentence, verbatim")


class Support(Part):
    """What the support check found for one item, by code, without a model."""

    status: SupportStatus
    missing: list[str] = Field(
        default_factory=list, description="what the cited sentences do not carry, one line each"
    )


class Person(Part):
    """Someone who speaks or acts for a party in the document."""

    name: str
    title: str | None = Field(default=None, description="title as written, or null")


class Party(Part):
    """A state, organisation, group or bloc that takes part in the talks or acts on them."""

    name: str = Field(description="common short name in English")
    aliases: list[str] = Field(default_factory=list)
    kind: PartyKind
    roles: list[PartyRole] = Field(min_length=1)
    people: list[Person] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
    support: Support

    @property
    def names(self) -> list[str]:
        """The name and every alias."""
        return [self.name, *self.aliases]


class CitedStatement(Part):
    """A statement of the bottom line."""

    statement: str
    citations: list[Citation]
    support: Support


class Item(Part):
    """What every offer, red line, open question and next step has."""

    id: str = Field(description="stable: the same item gets the same id when made again")
    topics: list[Topic] = Field(min_length=1, max_length=3, description="the main one first")
    citations: list[Citation]
    speaker: str | None = Field(description="who says it, as written; null: the document itself")
    speaks_for: str | None = Field(description="name of the party the speaker speaks for")
    basis: Basis
    support: Support

    @model_validator(mode="before")
    @classmethod
    def _drop_derived(cls, data: Any) -> Any:
        """``self_stated`` is derived: stored for readers, ignored on load."""
        if isinstance(data, dict) and "self_stated" in data:
            return {key: value for key, value in data.items() if key != "self_stated"}
        return data


class OfferResponse(Part):
    """How one party answers an offer."""

    party: str
    response: Response
    citations: list[Citation]


class StatusEntry(Part):
    """The status of an offer according to one document, in the order of their dates."""

    status: OfferStatus
    date: Date | None = Field(description="of the document; null: it states none")
    document: str = Field(description="id of an entry of `sources`")
    speaker: str | None = None
    citations: list[Citation]


class Offer(Item):
    """Something a party gives, would give, proposes or commits to."""

    statement: str
    kind: OfferKind
    by: list[str] = Field(min_length=1)
    to: list[str] = Field(default_factory=list)
    conditions: list[str] = Field(default_factory=list)
    deadline: str | None = None
    status: OfferStatus
    certainty: Certainty
    responses: list[OfferResponse] = Field(default_factory=list)
    holder_to_confirm: bool = Field(
        default=False, description="true where the holder was told by rules that do not agree"
    )
    history: list[StatusEntry] = Field(
        default_factory=list,
        description="how the status moved from document to document; empty if it did not",
    )

    @computed_field(description="true when the speaker speaks for a holder")  # type: ignore[prop-decorator]
    @property
    def self_stated(self) -> bool:
        """Whether a holder says it in its own voice."""
        return self.speaks_for in self.by


class RedLine(Item):
    """What a party will not accept, or insists on."""

    statement: str
    held_by: str
    kind: RedLineKind
    firmness: Firmness
    certainty: Certainty
    holder_to_confirm: bool = Field(
        default=False, description="true where the holder was told by rules that do not agree"
    )

    @computed_field(description="true when the speaker speaks for the holder")  # type: ignore[prop-decorator]
    @property
    def self_stated(self) -> bool:
        """Whether the holder says it in its own voice."""
        return self.speaks_for == self.held_by


class OpenQuestion(Item):
    """Something that the document itself shows to be unsettled."""

    question: str
    parties: list[str] = Field(default_factory=list)
    reason: QuestionReason
    certainty: Certainty

    @property
    def statement(self) -> str:
        """The question: what the item says."""
        return self.question


class NextStep(Item):
    """Something still to come, seen from the document's date."""

    statement: str
    parties: list[str] = Field(default_factory=list)
    when: str | None = Field(default=None, description="as written")
    date: Date | None = None
    certainty: StepCertainty


class OutsideVoice(Part):
    """A view on the talks by someone who does not speak for a party."""

    id: str
    statement: str
    speaker: str
    topics: list[Topic] = Field(min_length=1, max_length=3)
    citations: list[Citation]
    support: Support


class Source(Part):
    """A document that the brief rests on."""

    id: str
    origin: str | None = Field(default=None, description="file name or address it came from")
    title: str | None = None
    publisher: str | None = None
    date: Date | None = None
    language: str | None = Field(default=None, description="ISO 639-1 code")
    word_count: int
    sha256: str = Field(description="SHA-256 of the text in UTF-8")
    text: str | None = Field(description="null when left out on request; the quotes stay")
    sentences: list[tuple[int, int]] = Field(description="[start, end) of every sentence")
    retrieved: datetime | None = Field(
        default=None, description="when an address was read; null for what is no address"
    )
    pages: list[tuple[int, int]] = Field(
        default_factory=list,
        description="[start, end) of every page, from the first; empty if it has no pages",
    )

    def page(self, offset: int) -> int | None:
        """The number of the page, from 1, that the character at ``offset`` is on."""
        return next((n for n, (a, b) in enumerate(self.pages, 1) if a <= offset < b), None)


class Side(Part):
    """One side of a contradiction: what is said, where, when and by whom."""

    says: str = Field(description="the statement, or the figure or status in which it differs")
    items: list[str] = Field(min_length=1, description="ids of the items that say so")
    documents: list[str] = Field(description="ids of entries of `sources`, in their order")
    dates: list[Date] = Field(default_factory=list, description="of those documents, if stated")
    speakers: list[str] = Field(default_factory=list, description="as written")
    citations: list[Citation]


class Contradiction(Part):
    """What documents say differently of the same holder and substance, side by side."""

    kind: ContradictionKind
    holders: list[str] = Field(description="names of the parties whose position is at issue")
    topic: Topic
    sides: list[Side] = Field(min_length=2, description="the earliest first")
    rule: str = Field(description="the rule by which code found it, in one sentence")


class SetAside(Part):
    """A document that is about something else: nothing of it is in the brief."""

    document: str = Field(description="id of an entry of `sources`")
    name: str = Field(description="its title, or where it came from")
    reason: str


class Copies(Part):
    """Documents that carry one text (a wire story): together they are one voice."""

    documents: list[str] = Field(min_length=2, description="ids of `sources`; the original first")
    share: float = Field(ge=0, le=1, description="of the shortest text that the others have too")


class Collision(Part):
    """An offer, proposal or demand of one side that a red line of another rules out."""

    rule: str = Field(description="the rule by which code found it, in one sentence")
    topic: Topic
    item: str = Field(description="id of the offer or demand")
    red_line: str = Field(description="id of the red line that rules it out")


class Convergence(Part):
    """What at least two sides say alike."""

    rule: str = Field(description="the rule by which code found it, in one sentence")
    topic: Topic
    parties: list[str] = Field(min_length=2)
    items: list[str] = Field(min_length=2, description="ids, one or more per party")


class Verdict(Part):
    """What a model said of two items of which the rules could not tell whether they are one."""

    section: str
    statements: list[str] = Field(min_length=2, max_length=2, description="in alphabetical order")
    same: bool
    model: str


class Gloss(Part):
    """A translation of one cited sentence by a model: it stands beside the quote, for reading."""

    document: str = Field(description="id of an entry of `sources`")
    sentence: int = Field(ge=1)
    language: Language
    text: str


class Attempt(Part):
    """One call to a model, whatever became of it."""

    number: int = Field(ge=1)
    step: str = Field(description="what was asked for: draft, parties, offers, …")
    started: datetime
    seconds: float
    outcome: str = Field(description='"ok", or the name of what went wrong')
    message: str | None = Field(default=None, description="one line; no document text")
    finish_reason: str | None = None
    request_id: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    cost: str | None = Field(
        default=None, description="in US dollars, exactly; null when it cannot be priced"
    )
    kept: bool = Field(
        default=False, description="an answer of an earlier run was used: nothing was paid"
    )


class Warning(Part):
    """Something a reader must know about how the brief was made."""

    kind: Literal["dropped", "repaired", "truncated", "unsupported", "fallback", "notice"]
    where: str | None = Field(default=None, description="which item or step")
    message: str


class Provenance(Part):
    """How the brief was made."""

    model: str
    endpoint: Literal["hosted", "self-hosted", "embedded", "answer", "mixed"]
    mode: str | None = Field(default=None, description="how structured output was asked for")
    strategy: str
    prompt_version: str
    schema_version: int = SCHEMA_VERSION
    tool_version: str
    created: datetime
    attempts: list[Attempt] = Field(default_factory=list)
    cost: str = Field(default="unpriced", description='in US dollars, exactly, or "unpriced"')
    warnings: list[Warning] = Field(default_factory=list)

    @property
    def tokens_in(self) -> int:
        """Prompt tokens of all attempts."""
        return sum(attempt.tokens_in or 0 for attempt in self.attempts)

    @property
    def tokens_out(self) -> int:
        """Completion tokens of all attempts."""
        return sum(attempt.tokens_out or 0 for attempt in self.attempts)


class PeaceTalksBrief(Part):
    """A typed, checkable brief of one or more documents about peace negotiations."""

    schema_version: int = SCHEMA_VERSION
    about_peace_talks: bool
    not_about: str | None = None
    language: Language = Field(
        default="en",
        description="of labels and statements; quotes, and statements selected without a model, "
        "keep their document's",
    )
    title: str
    bottom_line: list[CitedStatement] = Field(default_factory=list)
    parties: list[Party] = Field(default_factory=list)
    offers: list[Offer] = Field(default_factory=list)
    red_lines: list[RedLine] = Field(default_factory=list)
    open_questions: list[OpenQuestion] = Field(default_factory=list)
    next_steps: list[NextStep] = Field(default_factory=list)
    outside_voices: list[OutsideVoice] = Field(default_factory=list)
    contradictions: list[Contradiction] = Field(default_factory=list)
    collisions: list[Collision] = Field(default_factory=list)
    convergence: list[Convergence] = Field(default_factory=list)
    copies: list[Copies] = Field(default_factory=list)
    set_aside: list[SetAside] = Field(default_factory=list)
    translations: list[Gloss] = Field(
        default_factory=list, description="of cited sentences, where they were asked for"
    )
    verdicts: list[Verdict] = Field(
        default_factory=list, description="of a merged brief: what a model was asked of pairs"
    )
    sources: list[Source]
    provenance: Provenance
    parts: list[PeaceTalksBrief] = Field(
        default_factory=list,
        description="of a merged brief: the brief of every document as it was, without the text",
    )

    @property
    def selected(self) -> bool:
        """Whether statements of it are sentences that were selected, without a language model."""
        return any(part.provenance.strategy in SELECTED for part in self.parts or [self])

    def items(self) -> Iterator[Offer | RedLine | OpenQuestion | NextStep]:
        """Every offer, red line, open question and next step, in that order."""
        yield from self.offers
        yield from self.red_lines
        yield from self.open_questions
        yield from self.next_steps

    def voices(self, item: Item | OutsideVoice) -> int:
        """How many independent documents carry the item; copies of one text count as one."""
        same = {name: group.documents[0] for group in self.copies for name in group.documents}
        return len({same.get(c.document, c.document) for c in item.citations})

    def citations(self) -> Iterator[Citation]:
        """Every citation of the brief, responses, parties and bottom line included."""
        cited: list[Any] = [*self.bottom_line, *self.parties, *self.items(), *self.outside_voices]
        for part in cited:
            yield from part.citations
        for offer in self.offers:
            for response in offer.responses:
                yield from response.citations
