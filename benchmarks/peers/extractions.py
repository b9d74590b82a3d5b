"""What langextract found, as a draft: spans with attributes, their sentences, their parties (pure).

The span is the statement; the parties are those that the attributes name. A span that was not
found in the text has no sentence and is left out.
"""

from __future__ import annotations

import json
from typing import Any

from summarizer.documents import Document
from summarizer.draft import (
    BriefDraft,
    DraftOffer,
    DraftParty,
    DraftQuestion,
    DraftRedLine,
    DraftStep,
    empty_draft,
)
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
    StepCertainty,
    Topic,
)


def read(text: str, document: Document) -> BriefDraft:
    """The draft of what was found and has a place in the text."""
    draft = empty_draft()
    found: list[dict[str, Any]] = json.loads(text)
    for entry in found:
        cited = _sentences(document, entry["start"], entry["end"])
        if cited and entry["text"].strip():
            _add(draft, entry["kind"], " ".join(entry["text"].split()), _Attributes(entry), cited)
    draft.about_peace_talks = bool(draft.offers or draft.red_lines or draft.open_questions)
    draft.not_about = None if draft.about_peace_talks else "nothing was found"
    draft.parties += [_party(name, cited) for name, cited in _named(draft).items()]
    return draft


def _sentences(document: Document, start: int | None, end: int | None) -> list[int]:
    if start is None or end is None:
        return []
    return [s.number for s in document.sentences if s.start < end and start < s.end]


class _Attributes:
    """The attributes of one extraction, of the type that is asked for, whatever was answered."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.values: dict[str, Any] = entry["attributes"]

    def names(self, key: str) -> list[str]:
        value = self.values.get(key) or []
        listed = value if isinstance(value, list) else [value]
        return [str(name).strip() for name in listed if str(name).strip()]

    def text(self, key: str) -> str | None:
        return next(iter(self.names(key)), None)

    def said(self) -> dict[str, Any]:
        """Who says it; langextract is not asked for which party."""
        speaker = self.text("told_by")
        basis = Basis.ON_RECORD if speaker else Basis.NARRATION
        return {"speaker": speaker, "speaks_for": None, "basis": basis, "topics": [Topic.OTHER]}


def _add(draft: BriefDraft, kind: str, text: str, given: _Attributes, cited: list[int]) -> None:
    shared = {"citations": cited, **given.said()}
    if kind == "offer" and given.names("by"):
        draft.offers.append(
            DraftOffer(
                statement=text, kind=OfferKind.OFFER, by=given.names("by"), to=given.names("to"),
                conditions=given.names("conditions"), deadline=None, certainty=Certainty.ASSERTED,
                status=OfferStatus.UNSTATED, responses=[], **shared,
            )
        )  # fmt: skip
    elif kind == "red_line" and (holder := given.text("held_by")):
        draft.red_lines.append(
            DraftRedLine(
                statement=text, held_by=holder, kind=_line_kind(given.text("kind")),
                firmness=Firmness.CATEGORICAL, certainty=Certainty.ASSERTED, **shared,
            )
        )  # fmt: skip
    elif kind == "open_issue" and given.text("kind") == "next_step":
        draft.next_steps.append(
            DraftStep(
                statement=text, parties=given.names("parties"), when=given.text("when"),
                date=None, certainty=StepCertainty.PLANNED, **shared,
            )
        )  # fmt: skip
    elif kind == "open_issue":
        draft.open_questions.append(
            DraftQuestion(
                question=text, parties=given.names("parties"), certainty=Certainty.ASSERTED,
                reason=QuestionReason.DETAILS_WITHHELD, **shared,
            )
        )  # fmt: skip


def _line_kind(name: str | None) -> RedLineKind:
    known = {kind.value: kind for kind in RedLineKind}
    return known.get(name or "", RedLineKind.DEMAND)


def _named(draft: BriefDraft) -> dict[str, list[int]]:
    """Every party that an item names, with the sentences of the first that does."""
    found: dict[str, list[int]] = {}
    for offer in draft.offers:
        for name in [*offer.by, *offer.to]:
            found.setdefault(name, offer.citations)
    for line in draft.red_lines:
        found.setdefault(line.held_by, line.citations)
    for question in draft.open_questions:
        for name in question.parties:
            found.setdefault(name, question.citations)
    for step in draft.next_steps:
        for name in step.parties:
            found.setdefault(name, step.citations)
    return found


def _party(name: str, cited: list[int]) -> DraftParty:
    """A party by name alone; kind and role are the usual ones."""
    return DraftParty(
        name=name, aliases=[], kind=PartyKind.STATE, roles=[PartyRole.PRIMARY_PARTY], people=[],
        citations=cited[:1],
    )  # fmt: skip
