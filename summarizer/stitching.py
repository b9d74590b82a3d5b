"""The drafts of a document's windows ─▶ one draft (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice, zip_longest
from typing import Any

from summarizer.draft import BriefDraft, DraftLine, DraftParty
from summarizer.faces import Face
from summarizer.folding import fold
from summarizer.grouping import grouped
from summarizer.joining import joined, joined_party, renamed
from summarizer.partynames import Mentions, mentioned, unified
from summarizer.sameness import differ
from summarizer.unclear import Pair, Verdicts, unclear
from summarizer.vocabulary import Certainty, OfferStatus

ITEMS = ("offers", "red_lines", "open_questions", "next_steps", "outside_voices")
MAX_LINES = 3
"""Statements of a bottom line."""
Drafted = tuple[BriefDraft, Mapping[str, str]]
"""A draft, and what its parties are called in all of them together."""


def stitched(drafts: Sequence[BriefDraft], verdicts: Verdicts = frozenset()) -> BriefDraft:
    """One draft of the drafts of the windows, which are in the order of the document.

    The document is about peace talks if a window of it is. Parties are joined by name, items
    by holder and substance, and where somebody said that they are one (``verdicts``); all
    citations stay, so an item can have more than a model may give.
    """
    about = [draft for draft in drafts if draft.about_peace_talks]
    if len(about) < 2:
        return [*about, *drafts][0]
    known, parties, find = _known(about)
    lists: dict[str, Any] = {section: _items(section, known, find, verdicts) for section in ITEMS}
    return about[0].model_copy(
        update={
            "title": next((draft.title for draft in about if draft.title), ""),
            "parties": parties,
            "bottom_line": _bottom_line(about),
            **lists,
        }
    )


def unclear_in(drafts: Sequence[BriefDraft]) -> list[Pair]:
    """Pairs of items of the windows of which the rules cannot tell whether they are one, the
    nearest first."""
    known, _, find = _known([draft for draft in drafts if draft.about_peace_talks])
    found: list[Pair] = []
    for section in ITEMS[:-1]:
        faces = _faces(section, known, find)
        found += unclear(faces, grouped(faces), differ)
    return sorted(found, key=lambda pair: pair.order)


def _known(drafts: Sequence[BriefDraft]) -> tuple[list[Drafted], list[DraftParty], Mentions]:
    """The drafts with what their parties are called, all parties, and what finds them in a text."""
    known: list[Drafted] = list(zip(drafts, unified([d.parties for d in drafts]), strict=True))
    parties = _parties(known)
    return known, parties, mentioned({one.name: (one.name, *one.aliases) for one in parties})


def _parties(known: Sequence[Drafted]) -> list[DraftParty]:
    members: dict[str, list[DraftParty]] = {}
    for draft, names in known:
        for party in draft.parties:
            members.setdefault(names[party.name], []).append(party)
    return [joined_party(same, name, place=_number) for name, same in members.items()]


def _faces(section: str, known: Sequence[Drafted], find: Mentions) -> list[Face]:
    return [
        Face.of(section, renamed(item, names), origin=at, evidence=item.citations, names=find)
        for at, (draft, names) in enumerate(known)
        for item in getattr(draft, section)
    ]


def _items(section: str, known: Sequence[Drafted], find: Mentions, verdicts: Verdicts) -> list[Any]:
    faces = _faces(section, known, find)
    groups = grouped(faces, verdicts=verdicts)
    return [_item(section, [faces[number].item for number in group]) for group in groups]


def _item(section: str, members: Sequence[Any]) -> Any:
    """One item; what a window calls disputed is, and a status said somewhere is the status."""
    made = joined(section, members, place=_number)
    changes: dict[str, Any] = {}
    if hasattr(made, "certainty") and any(m.certainty == Certainty.DISPUTED for m in members):
        changes["certainty"] = type(made.certainty)(Certainty.DISPUTED)
    if section == "offers":
        stated = [m.status for m in members if m.status != OfferStatus.UNSTATED]
        disputed = OfferStatus.DISPUTED in stated
        changes["status"] = OfferStatus.DISPUTED if disputed else [*stated, made.status][-1]
    return made.model_copy(update=changes)


def _bottom_line(drafts: Sequence[BriefDraft]) -> list[DraftLine]:
    """The first line of every window in turn, then the second ones, as far as there is room."""
    lines = chain.from_iterable(zip_longest(*(draft.bottom_line for draft in drafts)))
    once = {fold(line.statement): line for line in lines if line is not None}
    return list(islice(once.values(), MAX_LINES))


def _number(sentence: int) -> int:
    return sentence
