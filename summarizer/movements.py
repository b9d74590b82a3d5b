"""How an item moved between two briefs: firmness, status, figures, holders (pure).

"Only reworded" is no movement: what is compared are the typed fields, the figures, the
conditions by their content, and whether one statement denies what the other says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.changes import Aspect, Detail
from summarizer.faces import Face
from summarizer.figures import Figure, figures_of
from summarizer.folding import fold
from summarizer.polarity import content_words, negations, polarity
from summarizer.sameness import swapped
from summarizer.vocabulary import Certainty, ChangeKind, Firmness, OfferStatus, RedLineKind

FIRMNESS = [Firmness.SOFTENING, Firmness.QUALIFIED, Firmness.CATEGORICAL]
"""From the softest to the firmest."""
STRICTNESS = [RedLineKind.DEMAND, RedLineKind.PRECONDITION]
"""A precondition stops talks, a demand is made in them; a refusal is neither more nor less."""
SAME_CONDITION = 0.34
"""Share of content words from which on two conditions of one offer are taken for one reworded."""

RULES = {
    ChangeKind.HARDENED: "the same item is firmer, has a condition more, or is refused now",
    ChangeKind.SOFTENED: "the same item is less firm, has a condition less, or is accepted now",
    ChangeKind.STATUS_MOVED: "the same item has another status, answer or certainty",
    ChangeKind.NUMBER_CHANGED: "the same item has another figure, date or deadline",
    ChangeKind.HOLDER_CHANGED: "the same substance has another holder",
}


@dataclass(frozen=True)
class Movement:
    """One way in which an item moved."""

    kind: ChangeKind
    detail: Detail


def movements(old: Face, new: Face) -> list[Movement]:
    """Every movement from an item to the same item in the newer brief."""
    return [
        *_holder(old, new),
        *_figures(old, new),
        *_polarity(old, new),
        *_firmness(old, new),
        *_conditions(old, new),
        *_status(old, new),
        *_answers(old, new),
        *_certainty(old, new),
    ]


def _moved(
    kind: ChangeKind, aspect: Aspect, was: str | None, now: str | None, party: str | None = None
) -> Movement:
    return Movement(kind, Detail(aspect=aspect, was=was, now=now, party=party))


def reversed_from(old: Face, new: Face, kind: ChangeKind) -> Movement:
    """The movement from a statement to its opposite."""
    return _moved(kind, "polarity", old.text, new.text)


def _direction(firmer: bool) -> ChangeKind:
    return ChangeKind.HARDENED if firmer else ChangeKind.SOFTENED


def _holder(old: Face, new: Face) -> Iterator[Movement]:
    """Of a question or a step one brief may name more parties than the other: no change."""
    held = old.section in {"offers", "red_lines"}
    if old.holders != new.holders and (held or not old.holders & new.holders):
        was, now = ", ".join(sorted(old.holders)), ", ".join(sorted(new.holders))
        if was and now:
            yield _moved(ChangeKind.HOLDER_CHANGED, "holder", was, now)


def _figures(old: Face, new: Face) -> Iterator[Movement]:
    """Figures of one kind that stand against each other; one that is left out is none."""
    found = swapped(_hard(old), _hard(new))
    if found:
        aspect: Aspect = "date" if found[0].dimension in {"date", "clock"} else "figure"
        yield _moved(ChangeKind.NUMBER_CHANGED, aspect, str(found[0]), str(found[1]))


def _hard(face: Face) -> list[Figure]:
    """Figures that mean something by themselves: "two sides" and "the third round" do not."""
    return [figure for figure in face.figures if not figure.soft]


def _polarity(old: Face, new: Face) -> Iterator[Movement]:
    """Of an offer that was answered the "no" may be the answer, which its status tells."""
    if old.section in {"open_questions", "next_steps"} or any(
        (*_status(old, new), *_answers(old, new))
    ):
        return
    if polarity(old.text, new.text) == "opposite":
        yield _moved(_direction(_denies(new, old)), "polarity", old.text, new.text)


def _denies(one: Face, other: Face) -> bool:
    """Whether the first of two opposed statements is the one that says no."""
    return negations(one.text) > negations(other.text)


def _firmness(old: Face, new: Face) -> Iterator[Movement]:
    if old.section != "red_lines":
        return
    compared: list[tuple[Aspect, list[Any], Any, Any]] = [
        ("firmness", FIRMNESS, old.item.firmness, new.item.firmness),
        ("kind", STRICTNESS, old.item.kind, new.item.kind),
    ]
    for aspect, order, was, now in compared:
        if was != now and was in order and now in order:
            firmer = order.index(now) > order.index(was)
            yield _moved(_direction(firmer), aspect, str(was), str(now))


def _conditions(old: Face, new: Face) -> Iterator[Movement]:
    """A condition more or less; one in the place of another may only be reworded.

    Of a mutual pledge it is not told whose position it is that moved.
    """
    if old.section != "offers" or len(new.holders) > 1:
        return
    dropped = _without(old.item.conditions, new.item.conditions, new.text)
    added = _without(new.item.conditions, old.item.conditions, old.text)
    if added and not dropped:
        yield from (_moved(ChangeKind.HARDENED, "condition", None, one) for one in added)
    if dropped and not added:
        yield from (_moved(ChangeKind.SOFTENED, "condition", one, None) for one in dropped)


def _without(some: Iterable[str], others: Sequence[str], statement: str) -> list[str]:
    """Conditions that are in no other one, and not in the statement either."""
    return [one for one in some if not any(_covers(other, one) for other in (*others, statement))]


def _covers(text: str, condition: str) -> bool:
    """Whether a text says most of a condition, and no other figure."""
    words, held = set(content_words(condition)), set(content_words(text))
    if fold(text) == fold(condition) or not words:
        return True
    if swapped(figures_of(condition), figures_of(text)):
        return False
    return len(words & held) / min(len(words), len(held) or 1) >= SAME_CONDITION


def _status(old: Face, new: Face) -> Iterator[Movement]:
    """Where one brief does not say how far an offer has got, nothing moved."""
    if old.section != "offers":
        return
    was, now = old.item.status, new.item.status
    if was != now and OfferStatus.UNSTATED not in {was, now}:
        yield _moved(ChangeKind.STATUS_MOVED, "status", str(was), str(now))


def _answers(old: Face, new: Face) -> Iterator[Movement]:
    if old.section != "offers":
        return
    was = {answer.party: str(answer.response) for answer in old.item.responses}
    now = {answer.party: str(answer.response) for answer in new.item.responses}
    for party, answer in now.items():
        if was.get(party) != answer:
            yield _moved(ChangeKind.STATUS_MOVED, "answer", was.get(party), answer, party)


def _certainty(old: Face, new: Face) -> Iterator[Movement]:
    """A red line with a hedge is softer; an offer or a step with one is less far."""
    if old.section == "open_questions" or old.item.certainty == new.item.certainty:
        return
    was, now = old.item.certainty, new.item.certainty
    if old.section == "red_lines" and Certainty.DISPUTED not in {was, now}:
        kind = _direction(now == Certainty.ASSERTED)
    else:
        kind = ChangeKind.STATUS_MOVED
    if not _only_scheduled(was, now):
        yield _moved(kind, "certainty", str(was), str(now))


def _only_scheduled(was: str, now: str) -> bool:
    """Planned, or merely said to come: neither is surer than the other."""
    return {str(was), str(now)} == {"planned", "asserted"}
