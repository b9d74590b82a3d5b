"""Where talks stick: an offer or a demand, and the red line that rules it out (pure).

By stated rules (``docs/collisions.md``), on what the statements are about (``substance``), their
kinds and holders. A wrong collision is worse than a missed one: whatever leaves room for doubt (an
exception, a figure, two negations, a place that only one names, no support) makes none.
"""

from __future__ import annotations

from summarizer.brief import Collision, PeaceTalksBrief
from summarizer.convergence import BOTH_DEMAND, BOTH_REFUSE, MET, convergence
from summarizer.polarity import polarity
from summarizer.stance import COVERED, Stance, covers, is_same_subject, shared_topic, stances_of
from summarizer.vocabulary import OfferKind, RedLineKind, Response

RULED_OUT = "one side will not accept what another offers, proposes or demands"
REFUSED = "one side refuses to do what another demands or a mediator proposes"
OPPOSED = "two sides demand the opposite of each other"
REVERSED = "two sides demand the same two things in the opposite order"
REJECTED = "one side rejects the offer of another, and has a refusal in the same matter"
RULES = {
    "C1": RULED_OUT, "C2": REFUSED, "C3": OPPOSED, "C4": REVERSED, "C5": REJECTED,
    "V1": BOTH_REFUSE, "V2": BOTH_DEMAND, "V3": MET,
}  # fmt: skip
"""Every rule by its number in ``docs/collisions.md``."""

COVERED_IN_ONE_SENTENCE = 0.5
"""Share of the words of what is refused that are enough where both items cite one sentence, which
sets them against each other (elsewhere ``COVERED``)."""


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
    stances = stances_of(brief)
    lines = [stance for stance in stances if stance.is_line]
    found: dict[frozenset[str], Collision] = {}
    for wanted in stances:
        for line in lines:
            rule = _collide(wanted, line)
            pair = frozenset({wanted.id, line.id})
            if rule and pair not in found:
                found[pair] = Collision(
                    rule=rule, topic=shared_topic(wanted, line), item=wanted.id, red_line=line.id
                )
    return list(found.values())


def _collide(wanted: Stance, line: Stance) -> str | None:
    """The rule by which a red line rules out what another wants, or None."""
    (holder,) = line.holders
    if wanted is line or holder in wanted.holders or not is_same_subject(wanted, line):
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


def _asks_others(wanted: Stance) -> bool:
    """Whether it asks somebody else to act: an offer of one's own act does not."""
    proposal = wanted.is_offer and wanted.item.kind == OfferKind.PROPOSAL
    return wanted.is_demand or proposal


def _rules_out(wanted: Stance, line: Stance) -> bool:
    """Whether what is refused is what the other wants."""
    if len(line.about) == 1 and wanted.is_demand:
        return line.about <= wanted.about and wanted.first_topic == line.first_topic
    together = bool(wanted.face.evidence & line.face.evidence)
    return covers(wanted, line, COVERED_IN_ONE_SENTENCE if together else COVERED)


def _same_matter(wanted: Stance, line: Stance) -> bool:
    """Enough for an offer that is rejected anyway: one topic first, and a word in common."""
    refused = line.item.kind == RedLineKind.REFUSAL
    return refused and wanted.first_topic == line.first_topic and bool(wanted.about & line.about)


def _demand_opposites(one: Stance, other: Stance) -> bool:
    if one.is_limited or other.is_limited:
        return False
    return polarity(" ".join(_said(one)), " ".join(_said(other))) == "opposite"


def _is_reversed(one: Stance, other: Stance) -> bool:
    """Whether one wants A before B, the other B before A."""
    first, second = one.order, other.order
    if first is None or second is None:
        return False
    return bool(first[0] & second[1]) and bool(first[1] & second[0]) and not first[0] & second[0]


def _said(stance: Stance) -> list[str]:
    """The statement without its holder, whose name is no part of what is demanded."""
    own = {word for name in stance.holders for word in name.split()}
    return [word for word in stance.face.text.split() if word.strip(".,'’s") not in own]
