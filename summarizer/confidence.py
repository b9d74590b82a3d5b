"""What can be said of the changes between briefs whose sentences were selected offline.

Such a brief holds some of what its document says, in the document's words: that an item is not in
the other brief tells nothing, and two sentences of two writers differ in everything. So a change
counts only where both statements are nearly the same in meaning, or where no sentence of the
other documents is anywhere near the item. Of all else nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.brief import PeaceTalksBrief
from summarizer.changes import Change, Told
from summarizer.meaning import closeness, is_available, learn
from summarizer.vocabulary import ChangeKind

SURE = 0.6
"""Closeness in meaning of two statements from which on what differs in them is a change."""
FAR = 0.4
"""Closeness of an item, and of what it cites, to the nearest sentence of the other documents under
which it is new, or gone. On the ``dev`` pairs of ``evals/multi``, briefed without a model, of 48
changes found 20 were right; with these two of 18 are 13."""
MOVED = frozenset(
    {
        ChangeKind.NUMBER_CHANGED,
        ChangeKind.STATUS_MOVED,
        ChangeKind.HARDENED,
        ChangeKind.SOFTENED,
    }
)
"""Changes that two statements show by themselves; who holds what is not sure enough offline."""
ALONE = frozenset({ChangeKind.NEW, ChangeKind.GONE, ChangeKind.QUESTION_OPENED})


def confident(
    changes: Iterable[Change], old: PeaceTalksBrief, new: PeaceTalksBrief
) -> tuple[list[Change], list[Told]]:
    """The changes that can be said, and the items of which nothing can be."""
    listed = list(changes)
    before, after = _sentences(old), _sentences(new)
    if is_available():
        told = {text for one in listed for side in _sides(one) for text in _texts(side)}
        learn({*before, *after, *told})
    sure = [one for one in listed if _is_sure(one, before, after)]
    said = {_key(side) for one in sure for side in _sides(one)}
    left = {_key(s): s for one in listed for s in _sides(one) if _key(s) not in said}
    return sure, list(left.values())


def _is_sure(change: Change, before: Sequence[str], after: Sequence[str]) -> bool:
    if not is_available():
        return False
    if change.kind in MOVED and change.old and change.new:
        return closeness(change.old.statement, change.new.statement) >= SURE
    if change.kind in ALONE:
        others = before if change.new else after
        return bool(others) and all(_is_far(told, others) for told in _sides(change))
    return False


def _is_far(told: Told, others: Sequence[str]) -> bool:
    """Whether no sentence of the others is near what is told, or near a sentence that tells it."""
    return all(closeness(text, other) < FAR for text in _texts(told) for other in others)


def _texts(told: Told) -> list[str]:
    quotes = (" ".join(citation.quote.split()) for citation in told.citations)
    return list(dict.fromkeys([told.statement, *quotes]))


def _sentences(brief: PeaceTalksBrief) -> list[str]:
    """Every sentence of the documents; none where a text was left out: nobody can tell then."""
    if any(source.text is None for source in brief.sources):
        return []
    return [
        " ".join((source.text or "")[start:end].split())
        for source in brief.sources
        for start, end in source.sentences
    ]


def _sides(change: Change) -> list[Told]:
    return [side for side in (change.old, change.new) if side]


def _key(told: Told) -> tuple[str, str, str]:
    return told.section, told.id, told.statement
