"""Which item of one brief is which item of another: same holder, same substance (pure).

Unlike in merging, a number, a status or a no for a yes does not keep two items apart: it is
what a comparison is about. The same sentence or the same id tells more than words; without them
the statements must be alike, share a topic, and name no other parties, places and people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer.brief import Citation, PeaceTalksBrief
from summarizer.faces import Face
from summarizer.folding import fold
from summarizer.grouping import alike_pairs
from summarizer.joining import renamed
from summarizer.meaning import closeness, is_available, learn
from summarizer.partynames import mentioned, unified
from summarizer.sameness import (
    CLOSE,
    likeness,
    names_differ,
    numbers_differ,
    opposed,
    parties_differ,
    same_holders,
)
from summarizer.substance import main_clause, places, substance

SECTIONS = ("offers", "red_lines", "open_questions", "next_steps")
"""What is compared: outside voices hold no position."""
HELD = frozenset({"offers", "red_lines"})
"""Sections whose items are somebody's."""
ALIKE = 0.45
"""Share of content words (Dice) from which on two statements of one holder say the same thing.
Less than in merging (``sameness.ALIKE``): here every item has one partner at most, the best."""
ALIKE_BUT_NUMBER = 0.5
"""The same where their figures differ: a wrong "number changed" is worse than a missed one."""
ALIKE_BUT_HOLDER = 0.65
"""The same where nobody holds both: only the words say that the substance is one."""
TELLING = 3
"""Words that two statements must be about for those alone to tell that they are one."""
COMMON = 2
"""Words that two statements must have in common, unless they have no others."""
ALIKE_BY_EVIDENCE = 0.1
"""The same where they cite one sentence."""
_DIGEST = re.compile(r"([a-zA-Z]-[0-9a-f]{8})(?:-\d+)?$")
BY_ID, BY_EVIDENCE, BY_HOLDER = 2.0, 1.0, 0.5
"""How much stronger a common id, sentence or holder makes a tie."""


@dataclass(frozen=True)
class Pairing:
    """Every item of two briefs once: with its partner, or alone."""

    pairs: list[tuple[Face, Face]]
    gone: list[Face]
    come: list[Face]


def paired(old: PeaceTalksBrief, new: PeaceTalksBrief) -> Pairing:
    """The items of two briefs, each with the item of the other that it is."""
    known = tuple(name for brief in (old, new) for name in known_names(brief))
    before, after = ([_Subject(f, known) for f in faces] for faces in faces_of([old, new]))
    ties = sorted(_ties(before, after, old.selected or new.selected), key=lambda tie: tie.order)
    taken: set[int] = set()
    pairs: list[tuple[Face, Face]] = []
    for tie in ties:
        if id(tie.old) not in taken and id(tie.new) not in taken:
            taken |= {id(tie.old), id(tie.new)}
            pairs.append((tie.old.face, tie.new.face))
    gone = [one.face for one in before if id(one) not in taken]
    return Pairing(pairs, gone, [one.face for one in after if id(one) not in taken])


def known_names(brief: PeaceTalksBrief) -> Iterator[str]:
    """Every name of a party or a person that a brief lists."""
    for party in brief.parties:
        yield from party.names
        yield from (person.name for person in party.people)


@dataclass(frozen=True, eq=False)
class _Subject:
    """An item with what it is about, apart from who says it."""

    face: Face
    known: tuple[str, ...]
    """Names of the parties and people of both briefs."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of what it is about."""
        return substance(main_clause(self.face.text), self.known)

    @cached_property
    def places(self) -> frozenset[str]:
        """Names in it of places and things."""
        return places(self.face.proper, self.known)


def faces_of(briefs: Sequence[PeaceTalksBrief]) -> list[list[Face]]:
    """The faces of all items of the briefs, every party under one name in all of them."""
    names = unified([brief.parties for brief in briefs])
    find = mentioned(_forms(briefs, names))
    return [
        [
            Face.of(
                section,
                renamed(item, known),
                origin=place,
                evidence=map(sentence_key, item.citations),
                names=find,
            )
            for section in SECTIONS
            for item in getattr(brief, section)
        ]
        for place, (brief, known) in enumerate(zip(briefs, names, strict=True))
    ]


def sentence_key(citation: Citation) -> str:
    """What a cited sentence is known by in any document: its words."""
    return fold(citation.quote)


def _forms(
    briefs: Sequence[PeaceTalksBrief], names: Sequence[Mapping[str, str]]
) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for brief, known in zip(briefs, names, strict=True):
        for party in brief.parties:
            forms.setdefault(known[party.name], []).extend(party.names)
    return forms


@dataclass(frozen=True)
class _Tie:
    strength: float
    old: _Subject
    new: _Subject

    @property
    def order(self) -> tuple[Any, ...]:
        """The strongest first; among equals an order that no side has a part in."""
        first, second = sorted((_label(self.old.face), _label(self.new.face)))
        return -round(self.strength, 6), first, second


def _label(face: Face) -> tuple[str, str]:
    return face.item.id, face.text


def _ties(before: Sequence[_Subject], after: Sequence[_Subject], selected: bool) -> Iterator[_Tie]:
    counted = Counter(_base(one.face.item.id) for one in (*before, *after))
    for (number, other), alike in _candidates(before, after).items():
        strength = _strength(before[number], after[other], alike, counted)
        if strength is not None:
            yield _Tie(strength, before[number], after[other])
    for close, first, second in _close(before, after, selected):
        yield _Tie(close, first, second)


def _close(
    before: Sequence[_Subject], after: Sequence[_Subject], selected: bool
) -> Iterator[tuple[float, _Subject, _Subject]]:
    """Pairs that are one by their meaning: of statements not both in English, and of sentences
    that were selected, whose words are those of two writers."""
    pairs = [
        (one, other)
        for one in before
        for other in after
        if one.face.section == other.face.section
        and (selected or not (one.face.english and other.face.english))
        and (same_holders(one.face, other.face) or one.face.holders & other.face.holders)
    ]
    if not pairs or not is_available():
        return
    learn(subject.face.meant for pair in pairs for subject in pair)
    for one, other in pairs:
        close = closeness(one.face.meant, other.face.meant)
        if close >= CLOSE and one.face.topics & other.face.topics and _is_one_subject(one, other):
            held = same_holders(one.face, other.face)
            yield close + BY_HOLDER * held, one, other


def _candidates(
    before: Sequence[_Subject], after: Sequence[_Subject]
) -> dict[tuple[int, int], float]:
    """Pairs that could be one item, alike in words or citing one sentence: how alike they are."""
    subjects, edge = [*before, *after], len(before)
    found: dict[tuple[int, int], float] = {}
    for section in SECTIONS:
        numbers = [n for n, one in enumerate(subjects) if one.face.section == section]
        told = [n for n in numbers if len(subjects[n].words) >= TELLING]
        for worded, among in (([one.face for one in subjects], numbers), (subjects, told)):
            for alike, one, other in alike_pairs(worded, among, ALIKE):
                if one < edge <= other:
                    pair = one, other - edge
                    found[pair] = max(alike, found.get(pair, 0.0))
    for one, other in _sharing(before, after):
        if (one, other) not in found:
            found[one, other] = likeness(before[one].face, after[other].face)
    return found


def _sharing(before: Sequence[_Subject], after: Sequence[_Subject]) -> set[tuple[int, int]]:
    """Numbers of the items of one section that cite one sentence or have one id."""
    places: dict[tuple[str, object], list[int]] = {}
    for number, subject in enumerate(after):
        for key in _keys(subject.face):
            places.setdefault((subject.face.section, key), []).append(number)
    return {
        (number, other)
        for number, subject in enumerate(before)
        for key in _keys(subject.face)
        for other in places.get((subject.face.section, key), [])
    }


def _keys(face: Face) -> list[object]:
    base = _base(face.item.id)
    return [*face.evidence, *([base] if base else [])]


def _strength(
    one: _Subject, other: _Subject, alike: float, counted: Counter[str | None]
) -> float | None:
    """How surely two items are one; None if they are not."""
    old, new = one.face, other.face
    shared = bool(old.evidence & new.evidence)
    base = _base(old.item.id)
    # An id of which each brief has one item is the item, in whatever words.
    same_id = base is not None and base == _base(new.item.id) and counted[base] == 2
    held = same_holders(old, new)
    # Joint holders of whom some are the same, the words being the same.
    held_in_part = bool(old.holders & new.holders)
    if same_id:
        return BY_ID + BY_HOLDER + alike
    elsewhere = names_differ(one.places, other.places)
    if shared and (held or held_in_part) and alike >= ALIKE_BY_EVIDENCE and not elsewhere:
        return BY_EVIDENCE + BY_HOLDER * held + alike
    in_common = len(old.words & new.words)
    if in_common < COMMON and old.words != new.words:
        return None
    if alike < _least(old, new, held, held_in_part) or not _is_one_subject(one, other):
        return None
    return alike + BY_HOLDER * held + BY_EVIDENCE * shared


def _least(old: Face, new: Face, held: bool, held_in_part: bool) -> float:
    if not held and not (held_in_part and old.section in HELD):
        return ALIKE_BUT_HOLDER
    return ALIKE_BUT_NUMBER if numbers_differ(old.figures, new.figures) else ALIKE


def _is_one_subject(one: _Subject, other: _Subject) -> bool:
    """Whether two statements share a topic and speak of nobody and no place else."""
    old, new = one.face, other.face
    return (
        bool(old.topics & new.topics)
        and not parties_differ(old, new)
        and not names_differ(one.places, other.places)
        and not (old.section == "red_lines" and old.item.kind != new.item.kind and _flips(old, new))
    )


def _flips(old: Face, new: Face) -> bool:
    """A demand and a refusal of one thing are not one item; two firm words for it are."""
    return opposed(old.text, new.text, unclear=True)


def _base(id: str) -> str | None:
    """An id made of what is cited (``grounding``), without the number of its likes; else None.

    "O1" of a brief made elsewhere says nothing of the item.
    """
    found = _DIGEST.match(id)
    return found[1] if found else None
