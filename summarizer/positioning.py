"""Who stands where: topics by parties, with what each offers, refuses and demands (pure).

Derived from one brief (merge several first). A cell without a position is silence: the brief
has nothing of this party on this topic, which is not to say that it has no view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import Field

from summarizer.brief import Citation, Offer, Part, PeaceTalksBrief, RedLine
from summarizer.vocabulary import (
    OfferKind,
    OfferStatus,
    PartyRole,
    RedLineKind,
    Response,
    SupportStatus,
    Topic,
)

Stance = Literal[
    "offers", "proposes", "commits to", "concedes", "refuses", "demands", "requires first",
    "accepts", "accepts in part", "rejects", "does not say yes or no to",
]  # fmt: skip
_OFFERS: dict[OfferKind, Stance] = {
    OfferKind.OFFER: "offers",
    OfferKind.PROPOSAL: "proposes",
    OfferKind.COMMITMENT: "commits to",
    OfferKind.CONCESSION: "concedes",
}
_LINES: dict[RedLineKind, Stance] = {
    RedLineKind.REFUSAL: "refuses",
    RedLineKind.DEMAND: "demands",
    RedLineKind.PRECONDITION: "requires first",
}
_ANSWERS: dict[Response, Stance] = {
    Response.ACCEPTS: "accepts",
    Response.ACCEPTS_IN_PART: "accepts in part",
    Response.REJECTS: "rejects",
    Response.NONCOMMITTAL: "does not say yes or no to",
}


class Position(Part):
    """What a party offers, refuses, demands or answers."""

    item: str = Field(description="id of the offer or red line")
    stance: Stance
    statement: str
    status: OfferStatus | None = Field(description="of an offer; null for a red line")
    second_hand: bool = Field(description="whether somebody else than the party says so")
    supported: bool = Field(description="whether the cited sentences carry the statement")
    citations: list[Citation]


class Cell(Part):
    """A party on a topic."""

    party: str
    positions: list[Position] = Field(description="empty: silence")
    see: list[Topic] = Field(description="topics under which more of it touches on this one")

    @property
    def is_silent(self) -> bool:
        """Whether the brief has nothing of the party on the topic."""
        return not self.positions and not self.see


class Row(Part):
    """A topic, with a cell for every party."""

    topic: Topic
    cells: list[Cell]


class Positions(Part):
    """The matrix: topics down, parties across."""

    title: str
    parties: list[str]
    rows: list[Row]


def positions(brief: PeaceTalksBrief) -> Positions:
    """The matrix of a brief: every party that has a position or is a primary party.

    An item stands under its first topic, once; under its others there is a reference.
    """
    held = list(_held(brief))
    parties = _parties(brief, [party for party, _, _ in held])
    found = {topic for _, _, item in held for topic in item.topics}
    rows = [
        Row(topic=topic, cells=[_cell(held, topic, party) for party in parties])
        for topic in Topic
        if topic in found
    ]
    return Positions(title=brief.title, parties=parties, rows=rows)


Held = tuple[str, Position, "Offer | RedLine"]


def _held(brief: PeaceTalksBrief) -> Iterator[Held]:
    for offer in brief.offers:
        for party in offer.by:
            made = _position(_OFFERS[offer.kind], offer, offer.citations, offer.status)
            yield party, made, offer
        for answer in offer.responses:
            stance = _ANSWERS[answer.response]
            answered = _position(stance, offer, answer.citations, offer.status)
            told = offer.speaks_for not in {None, answer.party}
            yield answer.party, answered.model_copy(update={"second_hand": told}), offer
    for line in brief.red_lines:
        yield line.held_by, _position(_LINES[line.kind], line, line.citations, None), line


def _position(
    stance: Stance, item: Any, citations: list[Citation], status: OfferStatus | None
) -> Position:
    return Position(
        item=item.id,
        stance=stance,
        statement=item.statement,
        status=status,
        second_hand=not item.self_stated,
        supported=item.support.status != SupportStatus.UNSUPPORTED,
        citations=citations,
    )


def _parties(brief: PeaceTalksBrief, holding: Iterable[str]) -> list[str]:
    """Primary parties first, then the others that hold something, each in the brief's order."""
    primary = [p.name for p in brief.parties if PartyRole.PRIMARY_PARTY in p.roles]
    held = set(holding)
    others = [party.name for party in brief.parties if party.name in held]
    return list(dict.fromkeys([*primary, *others, *sorted(held)]))


def _cell(held: Iterable[Held], topic: Topic, party: str) -> Cell:
    own = [(position, item) for holder, position, item in held if holder == party]
    here = [position for position, item in own if item.topics[0] == topic]
    elsewhere = {item.topics[0] for _, item in own if topic in item.topics[1:]}
    return Cell(party=party, positions=here, see=[one for one in Topic if one in elsewhere])
