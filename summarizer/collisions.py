"""Where talks stick, and where they meet: collisions and convergence within one brief (pure).

By stated rules (``docs/collisions.md``), on what the statements are about (``substance``), their
kinds and holders. A wrong collision is worse than a missed one: whatever leaves room for doubt (an
exception, a figure, two negations, a place that only one names, no support) makes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from summarizer.brief import Collision, Convergence, PeaceTalksBrief
from summarizer.folding import fold
from summarizer.pairing import faces_of
from summarizer.partynames import sounds_alike
from summarizer.polarity import polarity
from summarizer.sameness import Face, numbers_differ
from summarizer.substance import (
    denials,
    has_exception,
    is_of_ones_own,
    is_refusal_of_anothers_act,
    main_clause,
    places,
    substance,
)
from summarizer.vocabulary import (
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyRole,
    RedLineKind,
    Response,
    SupportStatus,
)

RULED_OUT = "one side will not accept what another offers, proposes or demands"
REFUSED = "one side refuses to do what another demands or a mediator proposes"
OPPOSED = "two sides demand the opposite of each other"
REVERSED = "two sides demand the same two things in the opposite order"
REJECTED = "one side rejects the offer of another, and has a refusal in the same matter"
BOTH_REFUSE = "both sides will not accept the same thing"
BOTH_DEMAND = "both sides demand the same thing"
MET = "one side offers what another demands"
RULES = {
    "C1": RULED_OUT, "C2": REFUSED, "C3": OPPOSED, "C4": REVERSED, "C5": REJECTED,
    "V1": BOTH_REFUSE, "V2": BOTH_DEMAND, "V3": MET,
}  # fmt: skip
"""Every rule by its number in ``docs/collisions.md``."""

COVERED = 0.75
"""Share of the words of what is refused (or demanded) that the other statement must have."""
COVERED_IN_ONE_SENTENCE = 0.5
"""The same where both cite one sentence, which sets them against each other."""
LEAST = 2
"""How many of them at least; one is enough if it is all that a refusal of a demand is about."""
SIDES = frozenset({PartyRole.PRIMARY_PARTY, PartyRole.SUPPORTING_PARTY})
"""Roles of those whose saying alike is convergence: mediators agree by trade."""
_DEAD = frozenset({OfferStatus.WITHDRAWN, OfferStatus.DISPUTED})
_DEMANDS = frozenset({RedLineKind.DEMAND, RedLineKind.PRECONDITION})


def with_findings(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    """The brief with its collisions and convergence, whatever it had of them before.

    The rules read English: of statements in another language nothing is found.
    """
    english = brief.language == "en"
    found = {
        "collisions": collisions(brief) if english else [],
        "convergence": convergence(brief) if english else [],
    }
    return brief.model_copy(update=found)


def collisions(brief: PeaceTalksBrief) -> list[Collision]:
    """Offers, proposals and demands that a red line of another rules out."""
    stances = _stances(brief)
    lines = [stance for stance in stances if stance.is_line]
    found: dict[frozenset[str], Collision] = {}
    for wanted in stances:
        for line in lines:
            rule = _collide(wanted, line)
            pair = frozenset({wanted.id, line.id})
            if rule and pair not in found:
                found[pair] = Collision(
                    rule=rule, topic=_topic(wanted, line), item=wanted.id, red_line=line.id
                )
    return list(found.values())


def convergence(brief: PeaceTalksBrief) -> list[Convergence]:
    """What at least two sides say alike."""
    sides = {party.name for party in brief.parties if SIDES & set(party.roles)}
    stances = [one for one in _stances(brief) if len(one.holders) == 1 and one.holders <= sides]
    return [
        Convergence(
            rule=rule,
            topic=_topic(one, other),
            parties=sorted(one.holders | other.holders),
            items=[one.id, other.id],
        )
        for one, other in combinations(stances, 2)
        if (rule := _converge(one, other))
    ]


@dataclass(frozen=True, eq=False)
class _Stance:
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
        return str(self.face.item.id)

    @property
    def item(self) -> Any:
        return self.face.item

    @property
    def holders(self) -> frozenset[str]:
        return self.face.holders

    @property
    def is_line(self) -> bool:
        return self.face.section == "red_lines"

    @cached_property
    def denials(self) -> int:
        return denials(self.said)

    @property
    def first_topic(self) -> str:
        return str(self.item.topics[0])

    @property
    def demands(self) -> bool:
        return self.is_line and self.item.kind in _DEMANDS

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
        hard = any(not figure.soft for figure in self.face.figures)
        return hard or has_exception(self.said)

    @property
    def is_offer(self) -> bool:
        return not self.is_line and not self.denials and self.item.status not in _DEAD

    @property
    def of_others(self) -> bool:
        return is_refusal_of_anothers_act(self.said)

    def answer_of(self, party: str) -> Response | None:
        answers = getattr(self.item, "responses", [])
        return next((one.response for one in answers if one.party == party), None)


def _stances(brief: PeaceTalksBrief) -> list[_Stance]:
    names = tuple(name for party in brief.parties for name in _known(party))
    return [
        _Stance(face, names)
        for face in faces_of([brief])[0]
        if face.section in {"offers", "red_lines"} and _counts(face.item)
    ]


def _known(party: Any) -> list[str]:
    return [*party.names, *(person.name for person in party.people)]


def _counts(item: Any) -> bool:
    """What the cited sentences do not carry, or somebody disputes, proves nothing."""
    doubtful = {SupportStatus.UNSUPPORTED, Certainty.DISPUTED}
    return not doubtful & {item.support.status, item.certainty}


def _collide(wanted: _Stance, line: _Stance) -> str | None:
    """The rule by which a red line rules out what another wants, or None."""
    (holder,) = line.holders
    if wanted is line or holder in wanted.holders or not _same_subject(wanted, line):
        return None
    if wanted.answer_of(holder) in {Response.ACCEPTS, Response.ACCEPTS_IN_PART}:
        return None
    if line.is_refusal and _rules_out(wanted, line):
        if line.of_others and (wanted.is_offer or wanted.is_demand):
            return RULED_OUT
        if not line.of_others and _asks_others(wanted):
            return REFUSED
    if wanted.demands and line.demands:
        if _is_reversed(wanted, line):
            return REVERSED
        return OPPOSED if _demand_opposites(wanted, line) else None
    rejected = wanted.answer_of(holder) == Response.REJECTS and not wanted.is_line
    return REJECTED if rejected and _same_matter(wanted, line) else None


def _asks_others(wanted: _Stance) -> bool:
    """Whether it asks somebody else to act: an offer of one's own act does not."""
    proposal = wanted.is_offer and wanted.item.kind == OfferKind.PROPOSAL
    return wanted.is_demand or proposal


def _rules_out(wanted: _Stance, line: _Stance) -> bool:
    """Whether what is refused is what the other wants."""
    if len(line.about) == 1 and wanted.is_demand:
        return line.about <= wanted.about and wanted.first_topic == line.first_topic
    together = bool(wanted.face.evidence & line.face.evidence)
    return _covers(wanted, line, COVERED_IN_ONE_SENTENCE if together else COVERED)


def _same_matter(wanted: _Stance, line: _Stance) -> bool:
    """Enough for an offer that is rejected anyway: one topic first, and a word in common."""
    refused = line.item.kind == RedLineKind.REFUSAL
    return refused and wanted.first_topic == line.first_topic and bool(wanted.about & line.about)


def _demand_opposites(one: _Stance, other: _Stance) -> bool:
    if one.is_limited or other.is_limited:
        return False
    return polarity(" ".join(_said(one)), " ".join(_said(other))) == "opposite"


def _is_reversed(one: _Stance, other: _Stance) -> bool:
    """Whether one wants A before B, the other B before A."""
    first, second = one.order, other.order
    if first is None or second is None:
        return False
    return bool(first[0] & second[1]) and bool(first[1] & second[0]) and not first[0] & second[0]


def _said(stance: _Stance) -> list[str]:
    """The statement without its holder, whose name is no part of what is demanded."""
    own = {word for name in stance.holders for word in name.split()}
    return [word for word in stance.face.text.split() if word.strip(".,'’s") not in own]


def _covers(wanted: _Stance, line: _Stance, share: float = COVERED) -> bool:
    """Whether what is wanted has all that matters of what the line is about."""
    shared = line.about & wanted.about
    return len(shared) >= LEAST and len(shared) >= share * len(line.about)


def _same_subject(one: _Stance, other: _Stance) -> bool:
    """A topic in common, and every place and party that the red line names."""
    if not one.face.topics & other.face.topics or other.face.named - one.face.named - one.holders:
        return False
    return all(_names(one, place) for place in other.places)


def _names(stance: _Stance, place: str) -> bool:
    """Whether a statement names a place in some spelling, capital letter or not."""
    words = fold(stance.face.text).split()
    return fold(place) in words or any(sounds_alike(place, known) for known in stance.places)


def _converge(one: _Stance, other: _Stance) -> str | None:
    if one.holders & other.holders or not one.face.topics & other.face.topics:
        return None
    if numbers_differ(one.face.figures, other.face.figures) or one.order or other.order:
        return None
    if not (_same_subject(one, other) and _same_subject(other, one)):
        return None
    if _alike(one, other) and not _about_each_other(one, other):
        if one.is_refusal and other.is_refusal and _is_one_act(one, other):
            return BOTH_REFUSE
        if one.is_demand and other.is_demand:
            return BOTH_DEMAND
    return MET if _meets(one, other) or _meets(other, one) else None


def _is_one_act(one: _Stance, other: _Stance) -> bool:
    """What others do, or both would do together; not "its guns" and "its guns"."""
    if one.of_others and other.of_others:
        return True
    return not (is_of_ones_own(one.said) or is_of_ones_own(other.said))


def _alike(one: _Stance, other: _Stance) -> bool:
    return _covers(one, other) and _covers(other, one)


def _about_each_other(one: _Stance, other: _Stance) -> bool:
    """Whether each speaks of what the other is to do: the same words, and no agreement."""
    return bool(one.face.named or other.face.named) and one.face.named != other.face.named


def _meets(offer: _Stance, demand: _Stance) -> bool:
    (asking,), (giving,) = demand.holders, offer.holders
    if not offer.is_offer or not demand.is_demand or demand.face.named - {giving}:
        return False
    refused = offer.answer_of(asking) == Response.REJECTS or offer.item.status in {
        OfferStatus.REJECTED
    }
    return not refused and _covers(offer, demand)


def _topic(one: _Stance, other: _Stance) -> Any:
    """The first topic of the item that the other has as well."""
    shared: Mapping[str, None] = dict.fromkeys(map(str, other.item.topics))
    return next((topic for topic in one.item.topics if str(topic) in shared), one.item.topics[0])
