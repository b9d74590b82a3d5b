"""The line or table row of each kind of item, in Markdown (pure).

A line is: statement, its citations, then in plain words who says it and what a reader must
beware of. Everything that a document or a model wrote is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.brief import (
    Citation,
    CitedStatement,
    NextStep,
    Offer,
    OpenQuestion,
    OutsideVoice,
    Party,
    Person,
    RedLine,
    Support,
)
from summarizer.rendering.attribution import according_to, doubt, told_by
from summarizer.rendering.citing import Citing
from summarizer.rendering.escaping import inline
from summarizer.rendering.labels import label, step_label
from summarizer.vocabulary import OfferStatus, PartyKind, SupportStatus

PARTY_COLUMNS = ("party", "part", "people")
OFFER_COLUMNS = ("offer", "who → whom", "what", "conditions, deadline", "status", "told by")

# A party's kind that goes without saying, or says nothing.
_PLAIN_KINDS = frozenset({PartyKind.STATE, PartyKind.OTHER})
_SUPPORT_REMARK = {
    SupportStatus.SUPPORTED: "",
    SupportStatus.PARTIAL: "⚠ partly supported",
    SupportStatus.UNSUPPORTED: "⚠ not supported",
}


@dataclass(frozen=True)
class Lines:
    """Lines and rows of the items of one brief."""

    citing: Citing

    def statement(self, cited: CitedStatement) -> str:
        """A sentence of the bottom line."""
        return self._line(cited.statement, cited.citations, [_remark(cited.support)])

    def party(self, party: Party) -> str:
        """A party outside the table."""
        remarks = [_part(party), _people(party.people), _remark(party.support)]
        return self._line(_with_aliases(party), party.citations, remarks)

    def party_row(self, party: Party) -> list[str]:
        """Cells for ``PARTY_COLUMNS``."""
        part = self._line(_part(party), party.citations, [_remark(party.support)])
        return [inline(_with_aliases(party)), part, inline(_people(party.people))]

    def offer(self, offer: Offer) -> str:
        """An offer outside the table."""
        remarks = [_terms(offer), *_state(offer), told_by(offer), _remark(offer.support)]
        line = self._line(offer.statement, offer.citations, remarks)
        return "; ".join([f"{inline(_who_to_whom(offer))}: {line}", *self._responses(offer)])

    def offer_row(self, name: str, offer: Offer) -> list[str]:
        """Cells for ``OFFER_COLUMNS``."""
        return [
            f"**{name}**",
            inline(_who_to_whom(offer)),
            self._line(offer.statement, offer.citations, [_remark(offer.support)]),
            inline(_terms(offer)),
            "; ".join([inline("; ".join(_state(offer))), *self._responses(offer)]),
            inline(told_by(offer)),
        ]

    def red_line(self, red_line: RedLine) -> str:
        """Holder, what it will not accept or insists on, how firmly, and who says so."""
        firmness, doubtful = label(red_line.firmness), doubt(red_line.certainty)
        remarks = [firmness, doubtful, told_by(red_line), _remark(red_line.support)]
        line = self._line(red_line.statement, red_line.citations, remarks)
        return f"{_bold(red_line.held_by)}: {line}"

    def question(self, question: OpenQuestion) -> str:
        """The question, and why it is open for whom."""
        parties = f" ({', '.join(question.parties)})" if question.parties else ""
        remarks = [
            label(question.reason) + parties,
            doubt(question.certainty),
            according_to(question),
            _remark(question.support),
        ]
        return self._line(question.question, question.citations, remarks)

    def step(self, step: NextStep) -> str:
        """How sure, what, when, by whom, and who says so."""
        who = f"who: {', '.join(step.parties)}" if step.parties else ""
        remarks = [_when(step), who, according_to(step), _remark(step.support)]
        line = self._line(step.statement, step.citations, remarks)
        return f"**{step_label(step.certainty)}** · {line}"

    def voice(self, voice: OutsideVoice) -> str:
        """Who, and the view."""
        line = self._line(voice.statement, voice.citations, [_remark(voice.support)])
        return f"{_bold(voice.speaker)}: {line}"

    def _line(self, text: str, citations: Iterable[Citation], remarks: Iterable[str]) -> str:
        line = f"{inline(text)} {self.citing.marks(citations)}"
        said = inline("; ".join(filter(None, remarks)))
        return f"{line} — {said}" if said else line

    def _responses(self, offer: Offer) -> Iterator[str]:
        for response in offer.responses:
            answer = inline(f"{response.party}: {label(response.response)}")
            yield f"{answer} {self.citing.marks(response.citations)}"


def _remark(support: Support) -> str:
    """What the support check missed; empty if it missed nothing."""
    remark = _SUPPORT_REMARK[support.status]
    return f"{remark}: {'; '.join(support.missing)}" if remark and support.missing else remark


def _bold(name: str) -> str:
    return f"**{inline(name) or '–'}**"


def _with_aliases(party: Party) -> str:
    return f"{party.name} ({', '.join(party.aliases)})" if party.aliases else party.name


def _part(party: Party) -> str:
    """``primary party, guarantor (armed group)``."""
    kind = "" if party.kind in _PLAIN_KINDS else f" ({label(party.kind)})"
    return ", ".join(label(role) for role in party.roles) + kind


def _people(people: Sequence[Person]) -> str:
    return "; ".join(
        f"{person.name}, {person.title}" if person.title else person.name for person in people
    )


def _who_to_whom(offer: Offer) -> str:
    by, to = ", ".join(offer.by), ", ".join(offer.to)
    return f"{by} → {to}" if to else by


def _terms(offer: Offer) -> str:
    """Conditions and deadline."""
    deadline = [f"deadline: {offer.deadline}"] if offer.deadline else []
    return "; ".join([*offer.conditions, *deadline])


def _state(offer: Offer) -> list[str]:
    """What kind of giving it is, how far it has got, and what is doubtful about it."""
    status = {
        OfferStatus.UNSTATED: "status not stated",
        OfferStatus.DISPUTED: "",  # said by ``doubt``
    }.get(offer.status, label(offer.status))
    return [
        word for word in (label(offer.kind), status, doubt(offer.certainty, offer.status)) if word
    ]


def _when(step: NextStep) -> str:
    """As written, and the date that code resolved from it."""
    date = step.date.isoformat() if step.date else ""
    if step.when and date and date not in step.when:
        return f"when: {step.when} ({date})"
    return f"when: {step.when or date}" if step.when or date else ""
