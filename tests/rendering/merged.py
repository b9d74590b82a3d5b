"""The Arvenia brief with what only a brief of several documents has."""

from __future__ import annotations

from datetime import date

from summarizer.brief import (
    Collision,
    Contradiction,
    Convergence,
    Copies,
    PeaceTalksBrief,
    SetAside,
    Side,
    StatusEntry,
)
from summarizer.vocabulary import ContradictionKind, OfferStatus, Topic
from tests.factories import make_source
from tests.rendering.arvenia import arvenia

OTHER = make_source(
    ["The army would leave within thirty days, the ministry said.", "It gave no reason."],
    id="d2", origin="talks/second.pdf", title="Thirty days, says Teth", on=date(2026, 11, 23),
).model_copy(update={"pages": [(0, 59), (59, 200)]})  # fmt: skip


def merged() -> PeaceTalksBrief:
    """Two documents, a contradiction, a collision, a convergence, a history."""
    brief = arvenia()
    first, plan, port, *_ = brief.offers
    demand, refusal, *_ = brief.red_lines
    start, end = OTHER.sentences[0]
    theirs = first.citations[0].model_copy(
        update={"document": "d2", "sentence": 1, "start": start, "end": end,
                "quote": (OTHER.text or "")[start:end]}
    )  # fmt: skip
    moved = [
        StatusEntry(status=OfferStatus.TABLED, date=date(2026, 11, 21), document="d1",
                    citations=first.citations),
        StatusEntry(status=OfferStatus.ACCEPTED_IN_PART, date=None, document="d2",
                    citations=[theirs]),
    ]  # fmt: skip
    sides = [
        Side(says="ten days", items=[first.id], documents=["d1"], dates=[date(2026, 11, 21)],
             speakers=["Lena Marsh"], citations=first.citations),
        Side(says="thirty days", items=[first.id], documents=["d2"], citations=[theirs]),
    ]  # fmt: skip
    return brief.model_copy(
        update={
            "sources": [*brief.sources, OTHER],
            "offers": [first.model_copy(update={"history": moved}), *brief.offers[1:]],
            "contradictions": [
                Contradiction(
                    kind=ContradictionKind.NUMBER, holders=["Arvenia"],
                    topic=Topic.TERRITORY_BORDERS, sides=sides, rule="another length of time",
                )
            ],
            "collisions": [
                Collision(rule="an offer of observers meets a refusal of foreign soldiers",
                          topic=Topic.FOREIGN_FORCES, item=plan.id, red_line=refusal.id)
            ],
            "convergence": [
                Convergence(rule="both ask it of the other", topic=Topic.PROCESS,
                            parties=["Arvenia", "Kor Front"], items=[demand.id, port.id])
            ],
            "copies": [Copies(documents=["d1", "d2"], share=0.91)],
            "set_aside": [SetAside(document="d3", name="sport.txt", reason="a football match")],
        }
    )  # fmt: skip
