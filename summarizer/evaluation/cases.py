"""Cases: a document, and what a careful person found in it, written down as YAML.

The format is section 8 of ``docs/brief-guide.md``. Evidence is quoted verbatim and resolved
here to the sentences that hold it, so a reference survives any change of sentence splitting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.brief import Citation
from summarizer.errors import SummarizerError
from summarizer.evaluation.entries import SECTIONS, Leniency
from summarizer.segmentation import Sentence, segment
from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    QuestionReason,
    RedLineKind,
    Response,
    StepCertainty,
    Topic,
)

#: Sections of a case, outside voices included, which are not scored.
LISTS = (*SECTIONS, "outside_voices")


class CaseError(SummarizerError):
    """A case that cannot be used; ``faults`` holds one line for each thing that is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        more = f" (and {len(faults) - 1} more: summarizer eval check)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}" if faults else "a case cannot be used")
        self.faults = list(faults)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(_Part):
    """Some words of the document, verbatim; ``occurrence`` counts from 1."""

    quote: str = Field(min_length=1)
    occurrence: int | None = Field(default=None, ge=1)

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"quote": data} if isinstance(data, str) else data


class _Listed(_Part):
    """What all parts of a reference have; ``also`` names other values that are as right."""

    evidence: list[Quote] = Field(default_factory=list, max_length=4)
    optional: bool = False
    also: dict[str, list[str | Date | None]] = Field(default_factory=dict)

    @property
    def leniency(self) -> Leniency:
        """What the scorer lets pass."""
        also = {
            key: tuple(None if value is None else str(value) for value in values)
            for key, values in self.also.items()
        }
        return Leniency(self.optional, also)


class CaseParty(_Listed):
    """A party of the reference."""

    name: str
    aliases: list[str] = Field(default_factory=list)
    kind: PartyKind
    roles: list[PartyRole] = Field(min_length=1)
    people: list[str] = Field(default_factory=list)


class CaseResponse(_Part):
    """How a party answers an offer."""

    party: str
    response: Response
    evidence: list[Quote] = Field(default_factory=list)


class _CaseItem(_Listed):
    topics: list[Topic] = Field(min_length=1, max_length=3)
    speaker: str | None
    speaks_for: str | None
    basis: Basis

    @property
    def parties_named(self) -> list[str]:
        """Every party the item names."""
        return [self.speaks_for] if self.speaks_for else []


class CaseOffer(_CaseItem):
    """An offer of the reference."""

    statement: str
    kind: OfferKind
    by: list[str] = Field(min_length=1)
    to: list[str]
    conditions: list[str]
    deadline: str | None = None
    status: OfferStatus
    certainty: Certainty
    responses: list[CaseResponse] = Field(default_factory=list)

    @property
    def parties_named(self) -> list[str]:
        """Every party the item names."""
        answering = [response.party for response in self.responses]
        return [*super().parties_named, *self.by, *self.to, *answering]


class CaseRedLine(_CaseItem):
    """A red line of the reference."""

    statement: str
    held_by: str
    kind: RedLineKind
    firmness: Firmness
    certainty: Certainty

    @property
    def parties_named(self) -> list[str]:
        """Every party the item names."""
        return [*super().parties_named, self.held_by]


class CaseQuestion(_CaseItem):
    """An open question of the reference."""

    question: str
    parties: list[str]
    reason: QuestionReason
    certainty: Certainty

    @property
    def statement(self) -> str:
        """The question."""
        return self.question

    @property
    def parties_named(self) -> list[str]:
        """Every party the item names."""
        return [*super().parties_named, *self.parties]


class CaseStep(_CaseItem):
    """A next step of the reference."""

    statement: str
    parties: list[str]
    when: str | None
    date: Date | None
    certainty: StepCertainty

    @property
    def parties_named(self) -> list[str]:
        """Every party the item names."""
        return [*super().parties_named, *self.parties]


class CaseVoice(_Listed):
    """An outside voice of the reference; not scored."""

    statement: str
    speaker: str
    topics: list[Topic] = Field(min_length=1, max_length=3)


class Reading(_Part):
    """A document of a case as it was read: its text and where its sentences are."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    path: str
    text: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """``[start, end)`` of every sentence."""
        return [(sentence.start, sentence.end) for sentence in self.sentences]


class Case(_Part):
    """A case file. ``file`` and ``readings`` are filled in by the loader."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    split: Literal["dev", "test"]
    author: str
    documents: list[str] = Field(min_length=1)
    date: Date | None
    tags: list[str]
    about_peace_talks: bool
    not_about: str | None
    parties: list[CaseParty]
    offers: list[CaseOffer]
    red_lines: list[CaseRedLine]
    open_questions: list[CaseQuestion]
    next_steps: list[CaseStep]
    outside_voices: list[CaseVoice]
    file: str = Field(default="", exclude=True)
    readings: tuple[Reading, ...] = Field(default=(), exclude=True)

    def tagged(self, kind: str) -> list[str]:
        """The values of ``kind:value`` tags: genre, lang, conflict, rule."""
        return [tag.partition(":")[2] for tag in self.tags if tag.startswith(f"{kind}:")]

    @property
    def language(self) -> str | None:
        """ISO 639-1 code of the document, from the tag ``lang:xx``."""
        return next(iter(self.tagged("lang")), None)

    def items(self) -> Iterable[tuple[str, int, Any]]:
        """Section, position and item of everything listed, parties and voices included."""
        for section in LISTS:
            for index, item in enumerate(getattr(self, section)):
                yield section, index, item

    def find(self, quote: Quote) -> tuple[int, int, int]:
        """``(document, start, end)`` of a quote.

        Raises ``LookupError`` saying why when it does not occur, occurs more than once without
        ``occurrence``, or fewer times than that.
        """
        hits = [
            (number, start, start + len(quote.quote))
            for number, reading in enumerate(self.readings)
            for start in _occurrences(reading.text, quote.quote)
        ]
        wanted = quote.occurrence or 1
        if len(hits) < wanted:
            raise LookupError(f"occurs {_times(len(hits))}, occurrence {wanted} is asked for")
        if len(hits) > 1 and quote.occurrence is None:
            raise LookupError(f"occurs {_times(len(hits))}: add `occurrence`, or quote more words")
        return hits[wanted - 1]

    def cite(self, evidence: Sequence[Quote]) -> list[Citation]:
        """The sentences that hold the quotes, in the order of the documents, each once."""
        found: dict[tuple[int, int], Citation] = {}
        for quote in evidence:
            document, start, end = self.find(quote)
            reading = self.readings[document]
            for sentence in reading.sentences:
                if sentence.start < end and start < sentence.end:
                    found[document, sentence.number] = _citation(document, reading, sentence)
        return [found[key] for key in sorted(found)]


def _occurrences(text: str, quote: str) -> list[int]:
    starts, at = [], text.find(quote)
    while at >= 0:
        starts.append(at)
        at = text.find(quote, at + 1)
    return starts


def _times(number: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(number, f"{number} times")


def source_id(document: int) -> str:
    """The id that reference briefs give to a document of the case, from 0."""
    return f"d{document + 1}"


def _citation(document: int, reading: Reading, sentence: Sentence) -> Citation:
    return Citation(
        document=source_id(document),
        sentence=sentence.number,
        start=sentence.start,
        end=sentence.end,
        quote=reading.text[sentence.start : sentence.end],
    )


def read_document(path: Path, name: str, language: str | None) -> Reading:
    """Read a document of a case, byte for byte as UTF-8; raises ``OSError``, ``ValueError``."""
    text = path.read_bytes().decode("utf-8")
    return Reading(path=name, text=text, sentences=segment(text, language))
