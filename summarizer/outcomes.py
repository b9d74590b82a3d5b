"""What became of a question or a step that a newer brief does not have any more (pure).

Only what an item of the newer brief says in nearly the same words counts as its answer or as
done; a topic in common is not enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date as Date

from summarizer.sameness import Face
from summarizer.substance import substance
from summarizer.vocabulary import OfferStatus, QuestionReason, Response

HELD = 0.6
"""Share of the words of a question or a step that the item which settles it must have."""
HELD_ON_THE_DAY = 0.4
"""The same of a step whose day the item names."""
LEAST = 2
"""How many of them at least."""
DONE = frozenset({OfferStatus.AGREED, OfferStatus.SIGNED, OfferStatus.IN_FORCE})
SETTLED = DONE | {OfferStatus.REJECTED, OfferStatus.WITHDRAWN, OfferStatus.ACCEPTED_IN_PART}
AWAITED = frozenset({QuestionReason.AWAITING_RESPONSE, QuestionReason.AWAITING_DECISION})
_ASKING = frozenset(
    "who what when where which why how much many will would does did whether answer respond "
    "decid two".split()
)


def answer_to(question: Face, candidates: Iterable[Face]) -> Face | None:
    """The item that settles a question: it says what was asked, and is new or has moved.

    Whether somebody accepts or decides is settled by an answer or a status alone.
    """
    settling = [face for face in candidates if face.section != "open_questions"]
    if question.item.reason in AWAITED:
        settling = [face for face in settling if _is_answered(face, question)]
    return _nearest(question, settling)


def doing_of(step: Face, candidates: Iterable[Face]) -> Face | None:
    """The agreed, signed or enacted offer that says that a step has been taken."""
    done = [face for face in candidates if face.section == "offers" and face.item.status in DONE]
    return _nearest(step, done)


def is_overdue(step: Face, since: Date | None, now: Date | None) -> bool:
    """Whether the day of a step lies before the newer brief, and did not before the older."""
    day = step.item.date
    return day is not None and now is not None and day < now and (since is None or day >= since)


def _is_answered(face: Face, question: Face) -> bool:
    if face.section != "offers":
        return False
    return face.item.status in SETTLED or any(
        answer.party in question.holders and answer.response != Response.NONCOMMITTAL
        for answer in face.item.responses
    )


def _nearest(face: Face, candidates: Sequence[Face]) -> Face | None:
    wanted = _asked(face)
    scored = [
        (share, one.item.id, one)
        for one in candidates
        if (share := _share(wanted, one)) >= _least(face, one)
    ]
    return max(scored, key=lambda entry: entry[:2], default=(0, "", None))[2]


def _least(face: Face, candidate: Face) -> float:
    """What share is enough; of a thing under another topic only a common day makes any."""
    days = [figure for figure in face.figures if figure.dimension == "date" and figure.day]
    if any(day.equals(other) for day in days for other in candidate.figures):
        return HELD_ON_THE_DAY
    return HELD if face.topics & candidate.topics else math.inf


def _share(wanted: frozenset[str], candidate: Face) -> float:
    held = wanted & substance(candidate.text)
    return len(held) / len(wanted) if len(held) >= LEAST else 0.0


def _asked(face: Face) -> frozenset[str]:
    """What a question is about: its words without those of asking, and without parties' names."""
    return substance(face.text, face.holders | face.named) - _ASKING
