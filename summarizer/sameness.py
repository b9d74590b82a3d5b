"""When are two items one? Same holder, same substance (pure).

Words alone never decide: items that differ in a number, a party or polarity are two, however
alike they read. English statements are compared by their words; the sentences cited count as
well, by place in one document, by wording in two (a wire story, a quote). Others are compared by
``meaning`` where an encoder is installed, and are one only with the same words where none is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii

from summarizer.faces import Face
from summarizer.figures import Figure
from summarizer.meaning import closeness
from summarizer.names import folded
from summarizer.partynames import same_person, sounds_alike
from summarizer.polarity import is_turnable, polarity, says_no

ALIKE = 0.52
"""Share of content words (Dice) from which on two statements of one holder and topic say the
same. Of the items that two annotators wrote down for one sentence (``evals/second``, documents
of the ``dev`` split) 88 in 100 reach it, of 995 pairs of items of one document none."""
ALIKE_BY_EVIDENCE = 0.35
"""The same where they cite one sentence."""
ALIKE_BY_FIGURE = 0.4
"""The same of two offers to one party that have a figure in common: what came of an offer is told
in other words than the offer. Of pairs of offers of one document none is as alike."""
CLOSE = 0.68
"""Closeness in meaning, parties and figures left out, from which on two statements that are not
both in English say the same. Of 258 pairs of different items of one holder, topic and document
(``dev``, training) the closest that is no question has 0.67; of 72 pairs that are one
(``evals/multi``, dev) 66 have 0.65 and more."""
CLOSE_BY_FIGURE = 0.5
"""The same where they have a figure in common, or cite one sentence: of those pairs 0.37."""
CLOSE_QUESTION = 0.85
"""The same of questions, which are short and much alike: who monitors, and who broke, a truce."""
PREFIX = 3
"""Letters, transliterated, that spellings of a name share which another language inflects."""


def likeness(one: Face, other: Face) -> float:
    """Share of content words that two statements have in common (Dice), from 0 to 1; how close they
    are in meaning if not both are in English."""
    if not (one.english and other.english):
        return max(0.0, closeness(one.meant, other.meant)) if one.meant and other.meant else 0.0
    total = len(one.words) + len(other.words)
    if not total:
        return float(one.text.casefold() == other.text.casefold())
    return 2 * len(one.words & other.words) / total


def same(one: Face, other: Face) -> bool:
    """Whether two items are one."""
    shared = bool(one.evidence & other.evidence)
    return not barred(one, other) and joins(one, other, likeness(one, other), shared=shared)


def joins(one: Face, other: Face, alike: float, *, shared: bool) -> bool:
    """Whether two items that nothing keeps apart for good are alike enough to be one.

    ``shared``: they, or their equals, cite one sentence.
    """
    if not (one.english and other.english):
        return folded(one.text) == folded(other.text) or _close(one, other, alike, shared=shared)
    if shared:
        return alike >= ALIKE_BY_EVIDENCE and not names_differ(one.proper, other.proper)
    enough = alike >= threshold(one, other) and bool(one.topics & other.topics)
    return enough and askable(one, other)


def threshold(one: Face, other: Face) -> float:
    """How alike two items must be to be one, where they cite no sentence in common."""
    if not (one.english and other.english):
        return _least(one, other, shared=False)
    return ALIKE_BY_FIGURE if _of_one_figure(one, other) else ALIKE


def askable(one: Face, other: Face) -> bool:
    """Whether two items could be one if they were alike enough: of one kind, with no other place
    or person in them, and not saying yes and no."""
    if _kinds_differ(one, other):
        return False
    if one.english and other.english:
        turned = _opposed(one, other, unclear=True)
        return not (turned or names_differ(one.proper, other.proper))
    refusals = one.section != "offers"
    no = [says_no(face.bare, refusals=refusals) for face in (one, other)]
    return no[0] == no[1] and not names_differ(_prefixes(one), _prefixes(other))


def _of_one_figure(one: Face, other: Face) -> bool:
    """Two offers to one party with the same figure, which means something by itself."""
    if one.section != "offers" or not one.to or one.to != other.to:
        return False
    return _common_figure(one, other)


def _common_figure(one: Face, other: Face) -> bool:
    return any(f.equals(o) for f in one.figures for o in other.figures if not f.soft)


def _close(one: Face, other: Face, alike: float, *, shared: bool) -> bool:
    """Whether two statements in other languages than English say the same of the same."""
    enough = alike >= _least(one, other, shared=shared) and bool(one.topics & other.topics)
    return enough and askable(one, other)


def _least(one: Face, other: Face, *, shared: bool) -> float:
    if one.section == "open_questions":
        return CLOSE_QUESTION
    return CLOSE_BY_FIGURE if shared or _common_figure(one, other) else CLOSE


def _prefixes(face: Face) -> frozenset[str]:
    """How the names in a statement begin, in Latin letters: Каменного Брода, Кам'яного Броду."""
    return frozenset(anyascii(name).casefold()[:PREFIX] for name in face.proper)


def barred(one: Face, other: Face) -> bool:
    """Whether two items are two whatever else they share: party, number, polarity, origin."""
    return one.origin == other.origin or differ(one, other)


def differ(one: Face, other: Face) -> bool:
    """Whether two items, wherever they come from, differ in a party, a number or polarity."""
    return (
        one.section != other.section
        or not same_holders(one, other)
        or parties_differ(one, other)
        or numbers_differ(one.figures, other.figures)
        or _opposed(one, other)
    )


def same_holders(one: Face, other: Face) -> bool:
    """The same parties; a question may name fewer of them, a step none: a step of two is that of
    one only if it is on the same day at the same place."""
    if one.section == "outside_voices":
        return _same_speaker(one.item.speaker, other.item.speaker)
    if one.section in {"offers", "red_lines"}:
        return one.holders == other.holders
    if one.section == "next_steps":
        unnamed = one.holders == other.holders or not one.holders or not other.holders
        return unnamed or _same_occasion(one, other)
    return one.holders <= other.holders or other.holders <= one.holders


def _same_occasion(one: Face, other: Face) -> bool:
    """Whether one step names fewer of the parties that come to one place on one day."""
    if not (one.holders <= other.holders or other.holders <= one.holders):
        return False
    day = one.item.date
    return day is not None and day == other.item.date and bool(one.proper & other.proper)


def parties_differ(one: Face, other: Face) -> bool:
    """Whether each speaks of a party that the other does not, or gives to another one."""
    if one.to and other.to and not one.to & other.to:
        return True
    if one.named == other.named:
        return False
    return bool(one.named - other.named - other.to) and bool(other.named - one.named - one.to)


def numbers_differ(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether each has a figure that the other has not; one alone may say more."""
    if one == other:
        return False
    return bool(_missing(one, other)) and bool(_missing(other, one))


def swapped(one: Sequence[Figure], other: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The first two figures of one kind that stand against each other, or None."""
    for figure in _missing(one, other):
        for against in _missing(other, one):
            if figure.dimension == against.dimension:
                return figure, against
    return None


def names_differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has a name that is in the other in no spelling."""
    return _has_own_name(one, other) and _has_own_name(other, one)


def opposed(one: str, other: str, *, unclear: bool = False) -> bool:
    """Whether two statements say the opposite of each other, or may do so for all we know."""
    if not is_turnable(one, other):
        return False
    found = polarity(one, other)
    return found == "opposite" or (unclear and found == "unclear")


def _opposed(one: Face, other: Face, *, unclear: bool = False) -> bool:
    """By what they say, names and answers apart; a question says neither yes nor no."""
    if one.section == "open_questions":
        return False
    return opposed(one.said, other.said, unclear=unclear)


def _missing(one: Sequence[Figure], other: Sequence[Figure]) -> list[Figure]:
    return [f for f in one if not any(f.equals(o) or f.is_close_to(o) for o in other)]


@lru_cache(maxsize=50_000)
def _has_own_name(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(not any(sounds_alike(name, known) for known in other) for name in one - other)


def _kinds_differ(one: Face, other: Face) -> bool:
    """A refusal is no demand."""
    if one.section != "red_lines":
        return False
    return (str(one.item.kind) == "refusal") != (str(other.item.kind) == "refusal")


@lru_cache(maxsize=20_000)
def _same_speaker(one: str, other: str) -> bool:
    """Names alone: "Ines Calder, Peace Institute" is Ines Calder."""
    first, second = (re.split(r"[,(]", speaker)[0].strip() for speaker in (one, other))
    return same_person(first, second)
