"""An offer or a red line as far as another can collide or agree with it (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.faces import Face
from summarizer.folding import fold
from summarizer.pairing import faces_of
from summarizer.partynames import sounds_alike
from summarizer.substance import (
    denials,
    has_exception,
    is_refusal_of_anothers_act,
    main_clause,
    places,
    substance,
)
from summarizer.vocabulary import (
    Certainty,
    Firmness,
    OfferStatus,
    RedLineKind,
    Response,
    SupportStatus,
)

COVERED = 0.75
"""Share of the words of what is refused (or demanded) that the other statement must have."""
LEAST = 2
"""How many of them at least; one is enough if it is all that a refusal of a demand is about."""
_DEAD = frozenset({OfferStatus.WITHDRAWN, OfferStatus.DISPUTED})
DEMANDS = frozenset({RedLineKind.DEMAND, RedLineKind.PRECONDITION})


@dataclass(frozen=True, eq=False)
class Stance:
    """An offer or a red line as far as it can collide with another."""

    face: Face
    names: tuple[str, ...]
    """Of all parties and people of the brief."""

    @cached_property
    def said(self) -> str:
        """What it says, without reasons and tellers."""
        return main_clause(self.face.text) if self.is_line else self.face.text

    @cached_property
    def about(self) -> frozenset[str]:
        """Stems of what it is about."""
        return substance(self.said, self.names)

    @cached_property
    def places(self) -> frozenset[str]:
        """Names within it that are no party's."""
        return places(self.face.proper, self.names)

    @cached_property
    def order(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """What is to come first and what then, of "A before B"."""
        first, found, then = self.said.partition(" before ")
        return (substance(first, self.names), substance(then, self.names)) if found else None

    @property
    def id(self) -> str:
        """Of the item."""
        return str(self.face.item.id)

    @property
    def item(self) -> Any:
        """The offer or red line, with its parties under one name."""
        return self.face.item

    @property
    def holders(self) -> frozenset[str]:
        """Who wants it, or will not have it."""
        return self.face.holders

    @property
    def is_line(self) -> bool:
        """Whether it is a red line."""
        return self.face.section == "red_lines"

    @cached_property
    def denials(self) -> int:
        """How many words of it say no."""
        return denials(self.said)

    @property
    def first_topic(self) -> str:
        """What it is mainly about."""
        return str(self.item.topics[0])

    @property
    def demands(self) -> bool:
        """Whether it is something demanded, or required first."""
        return self.is_line and self.item.kind in DEMANDS

    @property
    def is_demand(self) -> bool:
        """A plain one: that something be, not that something not be."""
        return self.demands and not self.denials

    @property
    def is_refusal(self) -> bool:
        """A plain one: exactly one word says no, nothing is excepted, no figure limits it."""
        return (
            self.is_line
            and self.item.kind == RedLineKind.REFUSAL
            and self.denials == 1
            and self.item.firmness != Firmness.SOFTENING
            and not self.is_limited
        )

    @property
    def is_limited(self) -> bool:
        """Whether a figure or an exception limits it."""
        hard = any(not figure.soft for figure in self.face.figures)
        return hard or has_exception(self.said)

    @property
    def is_offer(self) -> bool:
        """Whether it is a living offer that something be."""
        return not self.is_line and not self.denials and self.item.status not in _DEAD

    @property
    def of_others(self) -> bool:
        """Whether it speaks of what others do."""
        return is_refusal_of_anothers_act(self.said)

    def answer_of(self, party: str) -> Response | None:
        """How a party has answered it, if it is an offer."""
        answers = getattr(self.item, "responses", [])
        return next((one.response for one in answers if one.party == party), None)


def stances_of(brief: PeaceTalksBrief) -> list[Stance]:
    """Every offer and red line of a brief that counts."""
    names = tuple(name for party in brief.parties for name in _known(party))
    return [
        Stance(face, names)
        for face in faces_of([brief])[0]
        if face.section in {"offers", "red_lines"} and _counts(face.item)
    ]


def _known(party: Any) -> list[str]:
    return [*party.names, *(person.name for person in party.people)]


def _counts(item: Any) -> bool:
    """What the cited sentences do not carry, or somebody disputes, proves nothing."""
    doubtful = {SupportStatus.UNSUPPORTED, Certainty.DISPUTED}
    return not doubtful & {item.support.status, item.certainty}


def covers(wanted: Stance, line: Stance, share: float = COVERED) -> bool:
    """Whether what is wanted has all that matters of what the line is about."""
    shared = line.about & wanted.about
    return len(shared) >= LEAST and len(shared) >= share * len(line.about)


def is_same_subject(one: Stance, other: Stance) -> bool:
    """A topic in common, and every place and party that the red line names."""
    if not one.face.topics & other.face.topics or other.face.named - one.face.named - one.holders:
        return False
    return all(_names(one, place) for place in other.places)


def _names(stance: Stance, place: str) -> bool:
    """Whether a statement names a place in some spelling, capital letter or not."""
    words = fold(stance.face.text).split()
    return fold(place) in words or any(sounds_alike(place, known) for known in stance.places)


def shared_topic(one: Stance, other: Stance) -> Any:
    """The first topic of the item that the other has as well."""
    shared: Mapping[str, None] = dict.fromkeys(map(str, other.item.topics))
    return next((topic for topic in one.item.topics if str(topic) in shared), one.item.topics[0])
