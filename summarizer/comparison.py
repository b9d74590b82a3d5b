"""What changed between two briefs of one process, or two sets of them (pure).

Items are paired by id, sentence and substance (``pairing``); of a pair every movement is a change
(``movements``); what is alone is new or gone, and of questions and steps it is said what became
of them (``outcomes``). ``compare(new, old)`` is the mirror image of ``compare(old, new)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date

from summarizer.brief import PeaceTalksBrief
from summarizer.changes import (
    Change,
    Comparison,
    Edition,
    EditionSource,
    Same,
    Told,
)
from summarizer.confidence import confident
from summarizer.faces import Face
from summarizer.meaning import is_available
from summarizer.merging import merge
from summarizer.movements import RULES, Movement, movements, reversed_from
from summarizer.outcomes import answer_to, doing_of, is_overdue
from summarizer.pairing import Pairing, paired
from summarizer.reversals import reversals
from summarizer.vocabulary import ChangeKind, Topic

NO_MORE = "the old brief has it, the new one does not: no longer mentioned, not withdrawn"
NOT_BEFORE = "the new brief has it, the old one does not"
ANSWERED = "the new brief does not ask it any more, and has an item that says what was asked"
DONE = "an offer of the new brief that is agreed, signed or in force says what was to come"
OVERDUE = "its date lies before the date of the new brief, which does not say that it was done"
OFFLINE = (
    "made offline, without a language model: only changes that the sentences show by themselves "
    "are listed; of the other items nobody can say whether they changed (not comparable offline)"
)
_TOPICS = list(Topic)
_KINDS = [
    *(kind for kind in ChangeKind if kind not in {ChangeKind.NEW, ChangeKind.GONE}),
    ChangeKind.NEW,
    ChangeKind.GONE,
]
"""What moved comes before what only one side has."""


def compare(
    old: PeaceTalksBrief | Sequence[PeaceTalksBrief],
    new: PeaceTalksBrief | Sequence[PeaceTalksBrief],
) -> Comparison:
    """What changed from ``old`` to ``new``, every change with the citations of both sides.

    Several briefs of one side are merged first. ValueError for a side without any.
    """
    return _compared(_one(old), _one(new))


def _one(side: PeaceTalksBrief | Sequence[PeaceTalksBrief]) -> PeaceTalksBrief:
    return side if isinstance(side, PeaceTalksBrief) else merge(side)


def _compared(old: PeaceTalksBrief, new: PeaceTalksBrief) -> Comparison:
    before, after = _edition(old), _edition(new)
    pairing = paired(old, new)
    turned = reversals(pairing.gone, pairing.come)
    pairing = _without(pairing, turned)
    moved = [(one, other, movements(one, other)) for one, other in pairing.pairs]
    changes = [
        *(change for one, other, found in moved for change in _of_pair(one, other, found)),
        *(_of_reversal(one, other) for one, other in turned),
        *_still_overdue(pairing, before.date, after.date),
        *_of_gone(pairing, moved, before.date, after.date),
        *(_of_come(face) for face in pairing.come),
    ]
    left: list[Told] = []
    if old.selected or new.selected:
        changes, left = confident(changes, old, new)
    uncertain = {told.id for told in left}
    changed = {change.old.id for change in changes if change.old and change.new}
    return Comparison(
        language=new.language if old.language == new.language else "en",
        old=before,
        new=after,
        changes=sorted(changes, key=_place),
        unchanged=[
            Same(old=one.item.id, new=other.item.id)
            for one, other, found in moved
            if not found and not {one.item.id, other.item.id} & (changed | uncertain)
        ],
        not_compared=left,
        notes=[
            *_notes(before.date, after.date),
            *_language_notes(old, new),
            *([OFFLINE] if old.selected or new.selected else []),
        ],
    )


def _of_pair(old: Face, new: Face, found: Sequence[Movement]) -> Iterator[Change]:
    """One change for each kind of movement of a pair."""
    for kind in dict.fromkeys(one.kind for one in found):
        yield _change(kind, old, new, RULES[kind], [one for one in found if one.kind == kind])


def _without(pairing: Pairing, turned: Sequence[tuple[Face, Face]]) -> Pairing:
    taken = {id(face) for pair in turned for face in pair}
    gone, come = ([f for f in side if id(f) not in taken] for side in (pairing.gone, pairing.come))
    return Pairing(pairing.pairs, gone, come)


def _of_reversal(old: Face, new: Face) -> Change:
    """A refusal that became an offer is softer, an offer that became a refusal harder."""
    kind = ChangeKind.SOFTENED if old.section == "red_lines" else ChangeKind.HARDENED
    return _change(kind, old, new, RULES[kind], [reversed_from(old, new, kind)])


def _of_come(face: Face) -> Change:
    asked = face.section == "open_questions"
    kind = ChangeKind.QUESTION_OPENED if asked else ChangeKind.NEW
    return _change(kind, None, face, NOT_BEFORE)


def _of_gone(
    pairing: Pairing,
    moved: Sequence[tuple[Face, Face, list[Movement]]],
    since: Date | None,
    now: Date | None,
) -> Iterator[Change]:
    """What the new brief lacks, and what became of it if it says so."""
    settled = [other for _, other, found in moved if _has_settled(other, found)]
    told = [*pairing.come, *settled]
    for face in pairing.gone:
        answer = answer_to(face, told) if face.section == "open_questions" else None
        done = doing_of(face, told) if face.section == "next_steps" else None
        if answer:
            yield _change(ChangeKind.QUESTION_ANSWERED, face, answer, ANSWERED)
        elif done:
            yield _change(ChangeKind.STEP_DONE, face, done, DONE)
        elif face.section == "next_steps" and is_overdue(face, since, now):
            yield _change(ChangeKind.STEP_OVERDUE, face, None, OVERDUE)
        else:
            yield _change(ChangeKind.GONE, face, None, NO_MORE)


def _has_settled(face: Face, found: Iterable[Movement]) -> bool:
    """Whether a status or an answer moved: it may be what a question was about."""
    moved = any(one.kind == ChangeKind.STATUS_MOVED for one in found)
    return face.section == "offers" and moved


def _still_overdue(pairing: Pairing, since: Date | None, now: Date | None) -> Iterator[Change]:
    """Steps of both briefs whose day has come and gone in between."""
    for old, new in pairing.pairs:
        same_day = old.section == "next_steps" and old.item.date == new.item.date
        if same_day and is_overdue(old, since, now):
            yield _change(ChangeKind.STEP_OVERDUE, old, new, OVERDUE)


def _change(
    kind: ChangeKind,
    old: Face | None,
    new: Face | None,
    rule: str,
    found: Sequence[Movement] = (),
) -> Change:
    sides = [face for face in (old, new) if face]
    return Change(
        kind=kind,
        topic=sides[-1].item.topics[0],
        parties=sorted({name for face in sides for name in face.holders}),
        old=_told(old) if old else None,
        new=_told(new) if new else None,
        details=[one.detail for one in found],
        rule=rule,
    )


def _told(face: Face) -> Told:
    item = face.item
    return Told.model_validate(
        {
            "id": item.id,
            "section": face.section,
            "statement": face.text,
            "holders": sorted(face.holders),
            "speaker": item.speaker,
            "speaks_for": item.speaks_for,
            "citations": item.citations,
        }
    )


def _edition(brief: PeaceTalksBrief) -> Edition:
    fields = set(EditionSource.model_fields)
    sources = [EditionSource(**source.model_dump(include=fields)) for source in brief.sources]
    return Edition(title=brief.title, sources=sources)


def _notes(old: Date | None, new: Date | None) -> Iterator[str]:
    if old and new and new < old:
        yield f"the new brief is of {new.isoformat()}, before the old one of {old.isoformat()}"


def _language_notes(old: PeaceTalksBrief, new: PeaceTalksBrief) -> Iterator[str]:
    languages = dict.fromkeys((old.language, new.language))
    if set(languages) != {"en"}:
        listed = " and ".join(languages)
        yield (
            f"statements in {listed}: only those in English are compared by their words, "
            f"others by their sentences{', meaning' if is_available() else ''} and ids"
        )


def _place(change: Change) -> tuple[object, ...]:
    """By parties (one alone before joint ones), topic and kind; then by what is said."""
    ids = [told.id for told in (change.old, change.new) if told]
    return (
        len(change.parties) != 1,
        not change.parties,
        [party.casefold() for party in change.parties],
        _TOPICS.index(change.topic),
        _KINDS.index(change.kind),
        ids,
    )
