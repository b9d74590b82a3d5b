"""One item as every format shows it: a line, neither escaped nor laid out (pure).

A line is: its name, what leads it (the holder, who gives to whom, how sure), the statement, the
sentences cited, and remarks in plain words: terms, status, who says it, what to beware of. All
formats are made of these lines, so that none can show an item that another lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.brief import (
    Citation,
    CitedStatement,
    Item,
    NextStep,
    Offer,
    OpenQuestion,
    OutsideVoice,
    Party,
    Person,
    RedLine,
    Support,
)
from summarizer.rendering.attribution import (
    according_to,
    doubt,
    is_disputed,
    is_hedged,
    silent_holders,
    told_by,
)
from summarizer.rendering.words import Words
from summarizer.vocabulary import Basis, OfferStatus, PartyKind, RedLineKind, SupportStatus, Topic

Kind = Literal[
    "part", "people", "condition", "deadline", "kind", "status", "firmness", "reason", "when",
    "who", "doubt", "teller", "confirm", "voices", "support", "rule", "answer", "history", "side",
]  # fmt: skip
Tag = Literal[
    "own", "second-hand", "confirm", "disputed", "hedged", "partial", "unsupported"
]  # fmt: skip
"""What a reader must know of a line before its words."""

SIGNS: dict[Tag, str] = {
    "own": "●",
    "second-hand": "⚠",
    "confirm": "?",
    "disputed": "≠",
    "hedged": "≈",
    "partial": "◐",
    "unsupported": "✕",
}
"""The mark beside the word of each tag, so that neither colour nor word has to do it alone."""

_CITED: frozenset[Kind] = frozenset({"answer", "history", "side"})
# A party's kind that goes without saying, or says nothing.
_PLAIN_KINDS = frozenset({PartyKind.STATE, PartyKind.OTHER})
_SUPPORT = {
    SupportStatus.SUPPORTED: "",
    SupportStatus.PARTIAL: "partly supported",
    SupportStatus.UNSUPPORTED: "not supported",
}
_SUPPORT_TAGS: dict[SupportStatus, list[Tag]] = {
    SupportStatus.SUPPORTED: [],
    SupportStatus.PARTIAL: ["partial"],
    SupportStatus.UNSUPPORTED: ["unsupported"],
}
_GROUPS = {
    RedLineKind.REFUSAL: "refuses",
    RedLineKind.PRECONDITION: "requires first",
    RedLineKind.DEMAND: "demands",
}

TO_CONFIRM = "?"
"""Behind a holder that the brief itself is not sure of."""


@dataclass(frozen=True)
class Remark:
    """Something said beside a statement; an answer to an offer has citations of its own."""

    kind: Kind
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Line:
    """An item as a reader meets it; ``name`` (O1) is unique, ``id`` stable across briefs."""

    name: str
    id: str
    lead: str
    text: str
    citations: tuple[Citation, ...]
    remarks: tuple[Remark, ...] = ()
    group: str = ""
    tags: tuple[Tag, ...] = ()
    parties: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    basis: Basis | None = None
    support: SupportStatus = SupportStatus.SUPPORTED

    def said(self, *kinds: Kind) -> list[str]:
        """The remarks of these kinds, in this order."""
        return [one.text for kind in kinds for one in self.remarks if one.kind == kind]

    @property
    def plain(self) -> list[Remark]:
        """The remarks that rest on the sentences of the statement."""
        return [remark for remark in self.remarks if remark.kind not in _CITED]

    @property
    def cited(self) -> list[Remark]:
        """Answers to an offer, its history, sides of a contradiction: each with its sentences."""
        return [remark for remark in self.remarks if remark.kind in _CITED]

    @property
    def all_citations(self) -> tuple[Citation, ...]:
        """Citations of the statement and of the remarks that have their own."""
        return (*self.citations, *(cited for one in self.cited for cited in one.citations))

    def named(self, name: str) -> Line:
        """The same line under a name."""
        return replace(self, name=name)


@dataclass(frozen=True)
class Lines:
    """Makes lines of items, in one language; ``voices`` counts independent documents."""

    words: Words
    voices: Callable[[Item | OutsideVoice], int] = lambda item: 1

    def statement(self, cited: CitedStatement) -> Line:
        """A sentence of the bottom line."""
        return self._line("", "", cited.statement, cited, [])

    def party(self, party: Party) -> Line:
        """A party with its part in the talks and who speaks for it."""
        remarks = [
            Remark("part", self._part(party)),
            Remark("people", _people(party.people)),
        ]
        line = self._line("", "", _with_aliases(party), party, remarks)
        return replace(line, parties=(party.name,))

    def offer(self, offer: Offer) -> Line:
        """Who offers what to whom, on which terms, how far it has got, and who says so."""
        deadline = self.words("deadline", when=offer.deadline) if offer.deadline else ""
        remarks = [
            *(Remark("condition", condition) for condition in offer.conditions),
            Remark("deadline", deadline),
            Remark("kind", self.words.term(offer.kind)),
            Remark("status", self._status(offer.status)),
            Remark("doubt", doubt(offer.certainty, offer.status, self.words)),
            Remark("teller", told_by(offer, self.words)),
            self._to_confirm(offer),
        ]
        line = self._line(offer.id, _who_to_whom(offer), offer.statement, offer, remarks)
        answering = [answer.party for answer in offer.responses]
        return replace(
            line,
            remarks=(*line.remarks, *self._answers(offer), *self._history(offer)),
            tags=(*_teller_tags(offer), *_doubt_tags(offer), *line.tags),
            parties=_once(offer.by, offer.to, answering, _spoken(offer.speaks_for)),
            topics=tuple(offer.topics),
            basis=offer.basis,
        )

    def red_line(self, red_line: RedLine) -> Line:
        """Holder, what it will not accept or insists on, how firmly, and who says so."""
        remarks = [
            Remark("firmness", self.words.term(red_line.firmness)),
            Remark("doubt", doubt(red_line.certainty, words=self.words)),
            Remark("teller", told_by(red_line, self.words)),
            self._to_confirm(red_line),
        ]
        doubted = f" {TO_CONFIRM}" if red_line.holder_to_confirm else ""
        held_by = f"{red_line.held_by}{doubted}"
        line = self._line(red_line.id, held_by, red_line.statement, red_line, remarks)
        return replace(
            line,
            group=self.words(_GROUPS[red_line.kind]),
            tags=(*_teller_tags(red_line), *_doubt_tags(red_line), *line.tags),
            parties=_once([red_line.held_by], _spoken(red_line.speaks_for)),
            topics=tuple(red_line.topics),
            basis=red_line.basis,
        )

    def question(self, question: OpenQuestion) -> Line:
        """The question, and why it is open for whom."""
        parties = f" ({', '.join(question.parties)})" if question.parties else ""
        remarks = [
            Remark("reason", self.words.term(question.reason) + parties),
            Remark("doubt", doubt(question.certainty, words=self.words)),
            Remark("teller", according_to(question, self.words)),
        ]
        line = self._line(question.id, "", question.question, question, remarks)
        return replace(
            line,
            tags=(*_doubt_tags(question), *line.tags),
            parties=_once(question.parties, _spoken(question.speaks_for)),
            topics=tuple(question.topics),
            basis=question.basis,
        )

    def step(self, step: NextStep) -> Line:
        """How sure, what, when, by whom, and who says so."""
        when, who = _when(step), ", ".join(step.parties)
        remarks = [
            Remark("when", self.words("when", when=when) if when else ""),
            Remark("who", self.words("who", who=who) if who else ""),
            Remark("teller", according_to(step, self.words)),
        ]
        sure = self.words(f"step {step.certainty}")
        line = self._line(step.id, sure, step.statement, step, remarks)
        return replace(
            line,
            tags=(*_doubt_tags(step), *line.tags),
            parties=_once(step.parties, _spoken(step.speaks_for)),
            topics=tuple(step.topics),
            basis=step.basis,
        )

    def voice(self, voice: OutsideVoice) -> Line:
        """Who, and the view."""
        line = self._line(voice.id, voice.speaker, voice.statement, voice, [])
        return replace(line, topics=tuple(voice.topics))

    def _line(
        self,
        id: str,
        lead: str,
        text: str,
        item: CitedStatement | Party | OutsideVoice | Offer | RedLine | OpenQuestion | NextStep,
        remarks: Iterable[Remark],
    ) -> Line:
        checked = [self._voices(item), Remark("support", self._support(item.support))]
        kept = tuple(remark for remark in (*remarks, *checked) if remark.text)
        return Line(
            name="",
            id=id,
            lead=lead,
            text=text,
            citations=tuple(item.citations),
            remarks=kept,
            tags=tuple(_SUPPORT_TAGS[item.support.status]),
            support=item.support.status,
        )

    def _to_confirm(self, item: Offer | RedLine) -> Remark:
        """In words what the question mark behind the holder says."""
        return Remark("confirm", self.words("to confirm") if item.holder_to_confirm else "")

    def _voices(self, item: object) -> Remark:
        """That several documents carry it, where they do and none copies the other."""
        number = self.voices(item) if isinstance(item, Item | OutsideVoice) else 1
        return Remark("voices", self.words("voices", n=number) if number > 1 else "")

    def _support(self, support: Support) -> str:
        """What the support check missed; empty if it missed nothing."""
        found = _SUPPORT[support.status]
        remark = self.words(found) if found else ""
        return f"{remark}: {'; '.join(support.missing)}" if remark and support.missing else remark

    def _part(self, party: Party) -> str:
        """``primary party, guarantor (armed group)``."""
        kind = "" if party.kind in _PLAIN_KINDS else f" ({self.words.term(party.kind)})"
        return ", ".join(self.words.term(role) for role in party.roles) + kind

    def _status(self, status: OfferStatus) -> str:
        """How far an offer has got; that it is disputed is said as a doubt."""
        if status is OfferStatus.UNSTATED:
            return self.words("status unstated")
        return "" if status is OfferStatus.DISPUTED else self.words.term(status)

    def _answers(self, offer: Offer) -> list[Remark]:
        return [
            Remark(
                "answer",
                f"{answer.party}: {self.words.term(answer.response)}",
                tuple(answer.citations),
            )
            for answer in offer.responses
        ]

    def _history(self, offer: Offer) -> list[Remark]:
        """How the status moved from document to document."""
        return [
            Remark(
                "history",
                self.words(
                    "status on",
                    date=entry.date.isoformat() if entry.date else self.words("undated"),
                    status=self.words.term(entry.status),
                ),
                tuple(entry.citations),
            )
            for entry in offer.history
        ]


def _teller_tags(item: Offer | RedLine) -> list[Tag]:
    doubted: list[Tag] = ["confirm"] if item.holder_to_confirm else []
    if not item.self_stated:
        return ["second-hand", *doubted]
    return ["own", "second-hand", *doubted] if silent_holders(item) else ["own", *doubted]


def _doubt_tags(item: Offer | RedLine | OpenQuestion | NextStep) -> list[Tag]:
    status = item.status if isinstance(item, Offer) else None
    if is_disputed(item.certainty, status):
        return ["disputed"]
    return ["hedged"] if is_hedged(item.certainty) else []


def _with_aliases(party: Party) -> str:
    return f"{party.name} ({', '.join(party.aliases)})" if party.aliases else party.name


def _people(people: Sequence[Person]) -> str:
    return "; ".join(
        f"{person.name}, {person.title}" if person.title else person.name for person in people
    )


def _who_to_whom(offer: Offer) -> str:
    by, to = ", ".join(offer.by), ", ".join(offer.to)
    by = f"{by} {TO_CONFIRM}" if offer.holder_to_confirm else by
    return f"{by} → {to}" if to else by


def _when(step: NextStep) -> str:
    """As written, and the date that code resolved from it."""
    date = step.date.isoformat() if step.date else ""
    if step.when and date and date not in step.when:
        return f"{step.when} ({date})"
    return step.when or date


def _spoken(party: str | None) -> list[str]:
    return [party] if party else []


def _once(*names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))
