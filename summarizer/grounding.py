"""Draft ─▶ brief: resolved citations, stable ids, support findings (pure)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from functools import cached_property
from typing import Any

from summarizer.brief import (
    Citation,
    CitedStatement,
    NextStep,
    Offer,
    OfferResponse,
    OpenQuestion,
    OutsideVoice,
    Party,
    PeaceTalksBrief,
    Person,
    Provenance,
    RedLine,
    Source,
    Support,
    Warning,
)
from summarizer.documents import Document
from summarizer.draft import (
    BriefDraft,
    DraftItem,
    DraftLine,
    DraftOffer,
    DraftParty,
    DraftQuestion,
    DraftRedLine,
    DraftStep,
    DraftVoice,
)
from summarizer.figures import figures_of
from summarizer.lexicon import Polarity
from summarizer.names import folded, mentions, names_it, surname_forms
from summarizer.support import Claim, Evidence, check_support, is_checkable
from summarizer.vocabulary import Basis, OfferStatus, RedLineKind, SupportStatus
from summarizer.whereabouts import Whereabouts

PREFIXES = {
    "offers": "O",
    "red_lines": "R",
    "open_questions": "Q",
    "next_steps": "N",
    "outside_voices": "V",
}
"""First letter of the ids of each section."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")

AGREED = (OfferStatus.AGREED, OfferStatus.SIGNED)
"""Statuses that rest on a word of agreement; a truce in force may be one side's own."""


def ground(draft: BriefDraft, document: Document, provenance: Provenance) -> PeaceTalksBrief:
    """The brief of a mended draft: every citation resolved, every item checked.

    The draft must fit the document (``validation.mend``): unknown sentence numbers are a
    programming error here and raise IndexError.
    """
    bench = _Bench(document, {party.name: party for party in draft.parties})
    ids = {section: item_ids(section, getattr(draft, section), document) for section in PREFIXES}
    sections: dict[str, Any] = {
        "parties": [bench.party(party) for party in draft.parties],
        "offers": list(map(bench.offer, draft.offers, ids["offers"])),
        "red_lines": list(map(bench.red_line, draft.red_lines, ids["red_lines"])),
        "open_questions": list(map(bench.question, draft.open_questions, ids["open_questions"])),
        "next_steps": list(map(bench.step, draft.next_steps, ids["next_steps"])),
        "outside_voices": list(map(bench.voice, draft.outside_voices, ids["outside_voices"])),
    }
    listed = " ".join(_all_texts(sections))
    warnings = [*provenance.warnings, *bench.notes]
    return PeaceTalksBrief(
        about_peace_talks=draft.about_peace_talks,
        not_about=draft.not_about,
        title=draft.title,
        bottom_line=[bench.line(line, listed) for line in draft.bottom_line],
        sources=[source_of(document)],
        provenance=provenance.model_copy(update={"warnings": warnings}),
        **sections,
    )


def with_doubts(brief: PeaceTalksBrief, to_confirm: Collection[tuple[str, int]]) -> PeaceTalksBrief:
    """The brief with the holders of these items, by section and position, marked to confirm."""
    marked: dict[str, Any] = {
        section: [
            item.model_copy(update={"holder_to_confirm": True})
            if (section, index) in to_confirm
            else item
            for index, item in enumerate(getattr(brief, section))
        ]
        for section in ("offers", "red_lines")
    }
    return brief.model_copy(update=marked) if to_confirm else brief


def source_of(document: Document, *, text: bool = True) -> Source:
    """The entry of ``sources`` for a document; ``text=False`` leaves the text out."""
    return Source(
        id=document.id,
        origin=document.origin,
        title=document.title,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        word_count=document.word_count,
        sha256=document.sha256,
        text=document.text if text else None,
        sentences=[(sentence.start, sentence.end) for sentence in document.sentences],
        retrieved=document.retrieved,
        pages=list(document.pages),
    )


def resolve(document: Document, numbers: Iterable[int]) -> list[Citation]:
    """Sentence numbers as citations: ``document.text[start:end] == quote``."""
    return [
        Citation(
            document=document.id,
            sentence=number,
            start=document.sentences[number - 1].start,
            end=document.sentences[number - 1].end,
            quote=document.quote(number),
        )
        for number in sorted(set(numbers))
    ]


def item_ids(section: str, items: Sequence[Any], document: Document) -> list[str]:
    """The ids of the items of one section, in their order.

    Made of what a rewording leaves alone: section, first cited sentence, holders. Items that
    agree in all of that are told apart by a number, which their order in the draft has no
    part in: first their other fields decide, the words only where nothing else does.
    """
    digests = [_digest(section, item, document) for item in items]
    alike: dict[str, list[int]] = {}
    for index, digest in enumerate(digests):
        alike.setdefault(digest, []).append(index)
    ids = [f"{PREFIXES[section]}-{digest}" for digest in digests]
    for same in alike.values():
        for number, index in enumerate(sorted(same, key=lambda i: _rank(items[i]))):
            ids[index] += f"-{number + 1}" if number else ""
    return ids


def _digest(section: str, item: Any, document: Document) -> str:
    quote = folded(document.quote(min(item.citations)))
    key = "|".join([section, quote, *sorted(folded(holder) for holder in _holders(item))])
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def _holders(item: Any) -> list[str]:
    if isinstance(item, DraftVoice):
        return [item.speaker]
    if isinstance(item, DraftRedLine):
        return [item.held_by]
    holders: list[str] = item.by if isinstance(item, DraftOffer) else item.parties
    return holders


def _rank(item: Any) -> tuple[Any, ...]:
    fields = item.model_dump(mode="json")
    words = [fields.pop(name, "") for name in ("statement", "question", "conditions", "title")]
    return (sorted(item.citations), json.dumps(fields, sort_keys=True), json.dumps(words))


@dataclass
class _Bench:
    """Where the items of one draft are grounded in one document."""

    document: Document
    parties: dict[str, DraftParty]
    notes: list[Warning] = field(default_factory=list)

    def party(self, party: DraftParty) -> Party:
        people = [Person(name=p.name, title=p.title) for p in party.people if p.name.strip()]
        return Party(
            name=party.name,
            aliases=party.aliases,
            kind=party.kind,
            roles=party.roles,
            people=people,
            citations=resolve(self.document, party.citations),
            support=self._party_support(party),
        )

    def offer(self, offer: DraftOffer, id: str) -> Offer:
        polarity: Polarity | None = "refusal" if offer.status == OfferStatus.REJECTED else None
        polarity = "agreement" if offer.status in AGREED else polarity
        # It is the answers that say yes or no to an offer.
        answers = [n for answer in offer.responses for n in answer.citations] if polarity else []
        claim = self._claim(offer, offer.statement, offer.by, polarity)
        return Offer(
            **self._common(offer, id),
            support=self._check(claim, [*offer.citations, *answers]),
            statement=offer.statement,
            kind=offer.kind,
            by=offer.by,
            to=offer.to,
            conditions=[condition for condition in offer.conditions if condition.strip()],
            deadline=offer.deadline,
            status=offer.status,
            certainty=offer.certainty,
            responses=[
                OfferResponse(
                    party=response.party,
                    response=response.response,
                    citations=resolve(self.document, response.citations),
                )
                for response in offer.responses
            ],
        )

    def red_line(self, line: DraftRedLine, id: str) -> RedLine:
        polarity: Polarity | None = "refusal" if line.kind == RedLineKind.REFUSAL else None
        claim = self._claim(line, line.statement, [line.held_by], polarity)
        return RedLine(
            **self._common(line, id),
            support=self._check(claim, line.citations),
            statement=line.statement,
            held_by=line.held_by,
            kind=line.kind,
            firmness=line.firmness,
            certainty=line.certainty,
        )

    def question(self, question: DraftQuestion, id: str) -> OpenQuestion:
        claim = self._claim(question, question.question, [], None)
        return OpenQuestion(
            **self._common(question, id),
            support=self._check(claim, question.citations),
            question=question.question,
            parties=question.parties,
            reason=question.reason,
            certainty=question.certainty,
        )

    def step(self, step: DraftStep, id: str) -> NextStep:
        claim = self._claim(step, step.statement, [], None)
        return NextStep(
            **self._common(step, id),
            support=self._check(claim, step.citations),
            statement=step.statement,
            parties=step.parties,
            when=step.when,
            date=self._stated_date(step.date, id),
            certainty=step.certainty,
        )

    def voice(self, voice: DraftVoice, id: str) -> OutsideVoice:
        claim = Claim(voice.statement, people=(voice.speaker,))
        return OutsideVoice(
            id=id,
            statement=voice.statement,
            speaker=voice.speaker,
            topics=voice.topics,
            citations=resolve(self.document, voice.citations),
            support=self._check(claim, voice.citations),
        )

    def line(self, line: DraftLine, listed: str) -> CitedStatement:
        """A line of the bottom line; what it names and counts must be in an item below."""
        found = self._check(self._claim_text(line.statement), line.citations)
        missing = [*found.missing, *self._unlisted(line.statement, listed)]
        status = found.status
        if missing and status == SupportStatus.SUPPORTED:
            status = SupportStatus.PARTIAL
        return CitedStatement(
            statement=line.statement,
            citations=resolve(self.document, line.citations),
            support=Support(status=status, missing=missing),
        )

    def _unlisted(self, statement: str, listed: str) -> list[str]:
        known = figures_of(listed, "en")
        figures = [figure for figure in figures_of(statement, "en") if not figure.soft]
        return [
            f"figure {figure} is in no item below"
            for figure in figures
            if not any(figure.equals(other) or figure.is_close_to(other) for other in known)
        ]

    def _common(self, item: DraftItem, id: str) -> dict[str, Any]:
        return {
            "id": id,
            "topics": item.topics,
            "citations": resolve(self.document, item.citations),
            "speaker": item.speaker,
            "speaks_for": item.speaks_for,
            "basis": item.basis,
        }

    def _claim(
        self, item: DraftItem, text: str, holders: Sequence[str], polarity: Polarity | None
    ) -> Claim:
        claim = self._claim_text(text, holders)
        people = (item.speaker,) if item.speaker else ()
        official = item.basis == Basis.OFFICIAL_TEXT
        return Claim(claim.text, claim.parties, people, polarity, official)

    def _claim_text(self, text: str, holders: Sequence[str] = ()) -> Claim:
        """The parties that a statement is held by or names."""
        named = [
            party.name
            for party in self.parties.values()
            if party.name in holders or names_it(text, party.name)
        ]
        return Claim(text, tuple(self._names(name) for name in named))

    def _names(self, name: str) -> tuple[str, ...]:
        party = self.parties[name]
        people = [form for person in party.people for form in surname_forms(person.name)]
        return (name, *party.aliases, *people)

    def _check(self, claim: Claim, numbers: Sequence[int]) -> Support:
        return check_support(claim, Evidence(self.document, sorted(set(numbers)), self._where))

    def _party_support(self, party: DraftParty) -> Support:
        names = (party.name, *party.aliases)
        if mentions(self.document.text, names):
            return Support(status=SupportStatus.SUPPORTED)
        known = is_checkable(names, self.document)
        status = SupportStatus.UNSUPPORTED if known else SupportStatus.PARTIAL
        return Support(status=status, missing=[f"no name of {party.name} is in the document"])

    def _stated_date(self, value: str | None, id: str) -> Date | None:
        """A date only if its year is stated, in the text or with it: no year is ever guessed."""
        if value is None:
            return None
        date = Date.fromisoformat(value)
        if date.year in self._stated_years:
            return date
        message = f"the date {value} is left out: the document does not state its year"
        self.notes.append(Warning(kind="repaired", where=id, message=message))
        return None

    @cached_property
    def _where(self) -> Whereabouts:
        return Whereabouts(self.document)

    @cached_property
    def _stated_years(self) -> set[int]:
        # int() reads the digits of every script.
        years = {int(year) for year in _YEAR.findall(self.document.text)}
        return years | ({self.document.date.year} if self.document.date else set())


def _all_texts(sections: dict[str, Any]) -> Iterable[str]:
    """What the items say, in any of their fields, and how the parties are called."""
    for name, items in sections.items():
        for item in items:
            if name == "parties":
                yield " ".join([*item.names, *(person.name for person in item.people)])
                continue
            yield item.statement
            yield from getattr(item, "conditions", ())
            yield from filter(None, (getattr(item, n, None) for n in ("deadline", "when")))
            if getattr(item, "date", None):
                yield item.date.isoformat()
