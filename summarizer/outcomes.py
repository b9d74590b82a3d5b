"""What became of a question or a step that a newer brief does not have any more (pure).

Only what an item of the newer brief says in nearly the same words counts as its answer or as
done; a topic in common is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date as Date

from summarizer.faces import Face
from summarizer.figures import figures_of
from summarizer.substance import substance
from summarizer.vocabulary import OfferStatus, QuestionReason, Response

HELD = 0.6
"""Share of the words of a question or a step that the item which settles it must have."""
LEAST = 2
"""How many of them at least; one is enough where the asked party's answer is reported."""
DONE = frozenset({OfferStatus.AGREED, OfferStatus.SIGNED, OfferStatus.IN_FORCE})
ANSWERED = DONE | {OfferStatus.REJECTED, OfferStatus.ACCEPTED_IN_PART}
AWAITED = frozenset({QuestionReason.AWAITING_RESPONSE, QuestionReason.AWAITING_DECISION})
_ANSWER = re.compile(r"\b(?:answer|repl|respon|decid)", re.IGNORECASE)
_ASKING = frozenset(
    "who what when where which why how much many will would does did whether answer respond "
    "decid two".split()
)


def answer_to(question: Face, candidates: Iterable[Face]) -> Face | None:
    """The item that settles a question: it says what was asked, and is new or has moved.

    Whether somebody accepts or decides is settled by an answer or a status alone.
    """
    settling = [face for face in candidates if face.section != "open_questions"]
    if question.item.reason not in AWAITED:
        return _nearest(question, settling)
    answered = [face for face in settling if _has_answered(question.holders, face)]
    decided = [face for face in settling if getattr(face.item, "status", None) in ANSWERED]
    return _nearest(question, answered, least=1) or _nearest(question, decided)


def doing_of(step: Face, candidates: Sequence[Face]) -> Face | None:
    """The offer that says that a step has been taken: it is agreed, signed or in force and says
    so in the step's words, reports the answer that was to come, or names the day of the step."""
    offers = [face for face in candidates if face.section == "offers"]
    # Who carries an answer need not be who gives it.
    answered = [face for face in offers if _has_answered(step.holders | step.named, face)]
    if _ANSWER.search(step.text) and (found := _nearest(step, answered, least=1, share=0.0)):
        return found
    done = [face for face in offers if face.item.status in DONE]
    on_the_day = [face for face in offers if _names_the_day(step, face)]
    return _nearest(step, done) or next(iter(sorted(on_the_day, key=_id)), None)


def is_overdue(step: Face, since: Date | None, now: Date | None) -> bool:
    """Whether the day of a step lies before the newer brief, and did not before the older."""
    day = step.item.date
    return day is not None and now is not None and day < now and (since is None or day >= since)


def _has_answered(parties: frozenset[str], face: Face) -> bool:
    """Whether one of the parties has said yes or no to an offer."""
    return face.section == "offers" and any(
        answer.party in parties and answer.response != Response.NONCOMMITTAL
        for answer in face.item.responses
    )


def _names_the_day(step: Face, face: Face) -> bool:
    """Whether an offer tells of the very day of a step, and of a party that was to take it."""
    days = [figure for figure in step.figures if figure.dimension == "date" and figure.day]
    told = figures_of(face.text)
    involved = {*face.holders, *face.item.to, *(answer.party for answer in face.item.responses)}
    return bool(involved & ((step.holders | step.named) or involved)) and any(
        day.equals(other) for day in days for other in told
    )


def _nearest(
    face: Face, candidates: Iterable[Face], least: int = LEAST, share: float = HELD
) -> Face | None:
    """The candidate under the same topic, or by the party that is asked about, that says most."""
    wanted = _asked(face)
    scored = [
        (len(held) / len(wanted), one.item.id, one)
        for one in candidates
        if len(held := wanted & substance(one.text)) >= least
        and (face.topics & one.topics or (face.holders and face.holders <= one.holders))
    ]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] >= share else None


def _id(face: Face) -> str:
    return str(face.item.id)


def _asked(face: Face) -> frozenset[str]:
    """What a question is about: its words without those of asking, and without parties' names."""
    return substance(face.text, face.holders | face.named) - _ASKING
