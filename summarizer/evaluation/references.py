"""A case as the brief that is right: what the scorer compares with, and the oracle's answer."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from summarizer.brief import (
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
)
from summarizer.evaluation.cases import (
    Case,
    CaseOffer,
    CaseParty,
    CaseRedLine,
    CaseVoice,
    Reading,
    source_id,
)
from summarizer.evaluation.entries import SECTIONS, Leniency, Reference
from summarizer.version import __version__
from summarizer.vocabulary import SupportStatus

_SUPPORTED = Support(status=SupportStatus.SUPPORTED)


def reference_of(case: Case) -> Reference:
    """What the scorer compares with: the brief, and what the case lets pass."""
    leniencies: dict[tuple[str, int], Leniency] = {
        (section, index): item.leniency
        for section, index, item in case.items()
        if section in SECTIONS
    }
    return Reference(case.id, reference_brief(case), leniencies)


def reference_brief(case: Case) -> PeaceTalksBrief:
    """The case as the brief that is right: the oracle's answer."""
    stated: list[CaseOffer | CaseRedLine] = [*case.offers, *case.red_lines]
    return PeaceTalksBrief(
        about_peace_talks=case.about_peace_talks,
        not_about=case.not_about,
        title=case.id[:120],
        bottom_line=[
            CitedStatement(
                statement=item.statement, citations=case.cite(item.evidence), support=_SUPPORTED
            )
            for item in stated[:2]
        ],
        parties=[_party(case, party) for party in case.parties],
        offers=[_offer(case, n, offer) for n, offer in enumerate(case.offers, 1)],
        red_lines=[
            RedLine(**_common(case, f"r{n}", item), held_by=item.held_by, firmness=item.firmness)
            for n, item in enumerate(case.red_lines, 1)
        ],
        open_questions=[
            OpenQuestion(
                **_common(case, f"q{n}", item, text="question"),
                parties=item.parties,
                reason=item.reason,
            )
            for n, item in enumerate(case.open_questions, 1)
        ],
        next_steps=[
            NextStep(
                **_common(case, f"n{n}", item), parties=item.parties, when=item.when, date=item.date
            )
            for n, item in enumerate(case.next_steps, 1)
        ],
        outside_voices=[_voice(case, n, voice) for n, voice in enumerate(case.outside_voices, 1)],
        sources=[_source(case, n, reading) for n, reading in enumerate(case.readings)],
        provenance=Provenance(
            model="reference",
            endpoint="answer",
            strategy="reference",
            prompt_version="none",
            tool_version=__version__,
            created=datetime(1970, 1, 1, tzinfo=UTC),
        ),
    )


def _common(case: Case, item_id: str, item: Any, text: str = "statement") -> dict[str, Any]:
    shared = {
        "id": item_id,
        text: item.statement,
        "topics": item.topics,
        "citations": case.cite(item.evidence),
        "speaker": item.speaker,
        "speaks_for": item.speaks_for,
        "basis": item.basis,
        "certainty": item.certainty,
        "support": _SUPPORTED,
    }
    return shared | ({"kind": item.kind} if hasattr(item, "kind") else {})


def _party(case: Case, party: CaseParty) -> Party:
    return Party(
        name=party.name,
        aliases=party.aliases,
        kind=party.kind,
        roles=party.roles,
        people=[Person(name=name) for name in party.people],
        citations=case.cite(party.evidence),
        support=_SUPPORTED,
    )


def _offer(case: Case, number: int, offer: CaseOffer) -> Offer:
    return Offer(
        **_common(case, f"o{number}", offer),
        by=offer.by,
        to=offer.to,
        conditions=offer.conditions,
        deadline=offer.deadline,
        status=offer.status,
        responses=[
            OfferResponse(
                party=answer.party,
                response=answer.response,
                citations=case.cite(answer.evidence),
            )
            for answer in offer.responses
        ],
    )


def _voice(case: Case, number: int, voice: CaseVoice) -> OutsideVoice:
    return OutsideVoice(
        id=f"v{number}",
        statement=voice.statement,
        speaker=voice.speaker,
        topics=voice.topics,
        citations=case.cite(voice.evidence),
        support=_SUPPORTED,
    )


def _source(case: Case, number: int, reading: Reading) -> Source:
    return Source(
        id=source_id(number),
        origin=reading.path,
        date=case.date,
        language=case.language,
        word_count=len(reading.text.split()),
        sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        text=reading.text,
        sentences=reading.spans,
    )
