"""What documents say differently of one thing, side by side (pure).

Found by rule, on items of the same holder and topic whose words are nearly the same, and only
between documents: two things that one document tells apart are two things. A wrong
contradiction is worse than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from typing import Any

from summarizer.brief import Contradiction, Side
from summarizer.clustering import clustered
from summarizer.faces import Face, holders_of
from summarizer.grouping import alike_pairs
from summarizer.sameness import names_differ, opposed, parties_differ, same_holders, swapped
from summarizer.statuses import Reported, clash
from summarizer.vocabulary import Certainty, ContradictionKind, OfferStatus, RedLineKind, Topic

SAME_SUBSTANCE = 0.6
"""Share of content words, figures apart, from which on two items are about one thing."""
SAME_AFFAIR = 0.5
"""The same where one of them is a denial, which says what is denied in its own way."""
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|denial)\b", re.IGNORECASE)

RULES = {
    ContradictionKind.NUMBER: "same holder, topic and substance, another figure of the same kind",
    ContradictionKind.STATUS: "same offer, told with another status of the same day, or denied",
    ContradictionKind.POLARITY: "same holder, topic and substance, one says what another negates",
}


@dataclass(frozen=True, eq=False)
class Joint:
    """An item of the merged brief, with the members it was made of, in order of documents."""

    face: Face
    reports: tuple[Reported, ...]
    members: tuple[Face, ...] = ()
    """As each document tells it: of two tellings of one thing one may be nearer to another."""

    @property
    def item(self) -> Any:
        """The merged item."""
        return self.face.item

    @cached_property
    def tellings(self) -> list[Face]:
        """Those in different words, each once."""
        return list({face.words: face for face in (self.face, *self.members)}.values())

    @cached_property
    def documents(self) -> frozenset[str]:
        """Where it stands."""
        return frozenset(report.document for report in self.reports)

    @property
    def first(self) -> Date:
        """The day of its first document; undated ones come last."""
        return min((report.date or Date.max for report in self.reports), default=Date.max)

    @property
    def last(self) -> Date | None:
        """The day of its last dated document."""
        return max((report.date for report in self.reports if report.date), default=None)


def contradictions(joints: Sequence[Joint]) -> list[tuple[ContradictionKind, list[Joint]]]:
    """Kind and sides of every contradiction, the earliest side first."""
    found: dict[ContradictionKind, list[tuple[float, int, int]]] = {}
    for (one, other), (alike, first, second) in _candidates(joints).items():
        kind = _kind(joints[one], joints[other], first, second, alike)
        if kind is not None:
            found.setdefault(kind, []).append((alike, one, other))
    return [
        (kind, sorted((joints[number] for number in group), key=lambda joint: joint.first))
        for kind in ContradictionKind
        for group in clustered(len(joints), found.get(kind, ()), lambda one, other: False)
        if len(group) > 1
    ]


def denied(found: Iterable[tuple[ContradictionKind, list[Joint]]]) -> set[str]:
    """Ids of the items that a later document denies."""
    return {
        earlier.item.id
        for kind, sides in found
        for later in sides
        if kind is not ContradictionKind.NUMBER and is_denial(later)
        for earlier in sides
        if earlier is not later and _before(earlier, later)
    }


def as_stored(
    kind: ContradictionKind, sides: Sequence[Joint], dates: Mapping[str, Date | None]
) -> Contradiction:
    """A contradiction as the brief has it; ``dates`` of all documents in their order."""
    holders = dict.fromkeys(name for joint in sides for name in _holders(joint))
    shared = [t for t in sides[0].item.topics if all(t in s.item.topics for s in sides)]
    return Contradiction(
        kind=kind,
        holders=list(holders),
        topic=Topic([*shared, sides[0].item.topics[0]][0]),
        sides=[_side(kind, joint, dates) for joint in sides],
        rule=RULES[kind],
    )


def is_denial(joint: Joint) -> bool:
    """Whether an item says that something is not so, or is in dispute."""
    item = joint.item
    disputed = OfferStatus.DISPUTED in {getattr(item, "status", None)}
    doubtful = str(getattr(item, "certainty", "")) == Certainty.DISPUTED
    return disputed or doubtful or _DENIAL.search(joint.face.text) is not None


def _side(kind: ContradictionKind, joint: Joint, dates: Mapping[str, Date | None]) -> Side:
    documents = [document for document in dates if document in joint.documents]
    speakers = (report.item.speaker for report in joint.reports)
    status = f"{str(joint.item.status).replace('_', ' ')}: " if kind == "status" else ""
    return Side(
        says=status + joint.face.text,
        items=[joint.item.id],
        documents=documents,
        dates=sorted({day for name in documents if (day := dates[name]) is not None}),
        speakers=list(dict.fromkeys(speaker for speaker in speakers if speaker)),
        citations=joint.item.citations,
    )


def _candidates(
    joints: Sequence[Joint],
) -> dict[tuple[int, int], tuple[float, Face, Face]]:
    """Pairs that are alike enough and stand in different documents, by their likest tellings."""
    told = [(number, face) for number, joint in enumerate(joints) for face in joint.tellings]
    faces = [face for _, face in told]
    sections: dict[str, list[int]] = {}
    for at, (_, face) in enumerate(told):
        if face.section in {"offers", "red_lines"}:
            # Both in one: what is offered in one document may be refused in another.
            sections.setdefault("positions", []).append(at)
        elif face.section == "next_steps":
            sections.setdefault("next_steps", []).append(at)
    best: dict[tuple[int, int], tuple[float, Face, Face]] = {}
    for numbers in sections.values():
        for alike, at, against in alike_pairs(faces, numbers, SAME_AFFAIR):
            one, other = told[at][0], told[against][0]
            if joints[one].documents & joints[other].documents:
                continue
            if alike > best.get((one, other), (0.0,))[0]:
                best[one, other] = alike, faces[at], faces[against]
    return best


def _kind(
    one: Joint, other: Joint, first: Face, second: Face, alike: float
) -> ContradictionKind | None:
    if not first.topics & second.topics or parties_differ(first, second):
        return None
    if names_differ(first.proper, second.proper):
        return None
    if first.section != second.section:
        crossed = alike >= SAME_SUBSTANCE and _offered_and_refused(first, second)
        return ContradictionKind.POLARITY if crossed else None
    if not same_holders(first, second):
        denied = _told_and_denied(one, other, first, second)
        return ContradictionKind.STATUS if denied else None
    figures = swapped(first.figures, second.figures)
    if figures is not None:
        return ContradictionKind.NUMBER if alike >= SAME_SUBSTANCE else None
    if opposed(first.said, second.said):
        return ContradictionKind.POLARITY
    return ContradictionKind.STATUS if _clash(one, other) else None


def _offered_and_refused(one: Face, other: Face) -> bool:
    """An offer of a party, and its own refusal of the same thing."""
    offer, line = (one.item, other.item) if one.section == "offers" else (other.item, one.item)
    refused = line.kind == RedLineKind.REFUSAL and offer.by == [line.held_by]
    return bool(refused and swapped(one.figures, other.figures) is None)


def _told_and_denied(one: Joint, other: Joint, first: Face, second: Face) -> bool:
    """An offer by several parties in one document, denied by one of them in another."""
    if first.section != "offers" or not first.holders & second.holders:
        return False
    if swapped(first.figures, second.figures) is not None:
        return False
    return is_denial(one) != is_denial(other)


def _clash(one: Joint, other: Joint) -> bool:
    if one.face.section != "offers":
        return False
    return any(clash(a, b) for a in one.reports for b in other.reports)


def _before(one: Joint, other: Joint) -> bool:
    last = other.last
    return last is not None and one.first < last


def _holders(joint: Joint) -> list[str]:
    return holders_of(joint.face.section, joint.item)
