"""Where talks meet: what at least two sides say alike, by stated rules (pure).

The rules stand in ``docs/collisions.md``.
"""

from __future__ import annotations

from itertools import combinations

from summarizer.brief import Convergence, PeaceTalksBrief
from summarizer.sameness import numbers_differ
from summarizer.stance import Stance, covers, is_same_subject, shared_topic, stances_of
from summarizer.substance import is_of_ones_own
from summarizer.vocabulary import OfferStatus, PartyRole, Response

BOTH_REFUSE = "both sides will not accept the same thing"
BOTH_DEMAND = "both sides demand the same thing"
MET = "one side offers what another demands"
SIDES = frozenset({PartyRole.PRIMARY_PARTY, PartyRole.SUPPORTING_PARTY})
"""Roles of those whose saying alike is convergence: mediators agree by trade."""


def convergence(brief: PeaceTalksBrief) -> list[Convergence]:
    """What at least two sides say alike."""
    sides = {party.name for party in brief.parties if SIDES & set(party.roles)}
    stances = [one for one in stances_of(brief) if len(one.holders) == 1 and one.holders <= sides]
    return [
        Convergence(
            rule=rule,
            topic=shared_topic(one, other),
            parties=sorted(one.holders | other.holders),
            items=[one.id, other.id],
        )
        for one, other in combinations(stances, 2)
        if (rule := _converge(one, other))
    ]


def _converge(one: Stance, other: Stance) -> str | None:
    if one.holders & other.holders or not one.face.topics & other.face.topics:
        return None
    if numbers_differ(one.face.figures, other.face.figures) or one.order or other.order:
        return None
    if not (is_same_subject(one, other) and is_same_subject(other, one)):
        return None
    if _alike(one, other) and not _about_each_other(one, other):
        if one.is_refusal and other.is_refusal and _is_one_act(one, other):
            return BOTH_REFUSE
        if one.is_demand and other.is_demand:
            return BOTH_DEMAND
    return MET if _meets(one, other) or _meets(other, one) else None


def _is_one_act(one: Stance, other: Stance) -> bool:
    """What others do, or both would do together; not "its guns" and "its guns"."""
    if one.of_others and other.of_others:
        return True
    return not (is_of_ones_own(one.said) or is_of_ones_own(other.said))


def _alike(one: Stance, other: Stance) -> bool:
    return covers(one, other) and covers(other, one)


def _about_each_other(one: Stance, other: Stance) -> bool:
    """Whether each speaks of what the other is to do: the same words, and no agreement."""
    return bool(one.face.named or other.face.named) and one.face.named != other.face.named


def _meets(offer: Stance, demand: Stance) -> bool:
    (asking,), (giving,) = demand.holders, offer.holders
    if not offer.is_offer or not demand.is_demand or demand.face.named - {giving}:
        return False
    refused = offer.answer_of(asking) == Response.REJECTS or offer.item.status in {
        OfferStatus.REJECTED
    }
    return not refused and covers(offer, demand)
