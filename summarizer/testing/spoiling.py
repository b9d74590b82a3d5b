"""Spoiling: pure changes that turn a good answer into a typical bad one.

Each takes the answer as a dict, which it may change, and the request. But for ``break_schema``
the result keeps to the schema of the answer it was given, so that nothing but its meaning tells
that it is bad.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summarizer.testing.drafts import ITEM_SECTIONS, Draft, entries, renumbered
from summarizer.testing.request import Request

INVENTED = "Ruritania offers to lease its northern harbour to Zenda for 49 years."
"""What ``hallucinate`` adds: parties and facts from a novel of 1894."""

_GIVER, _TAKER = "Ruritania", "Zenda"


def break_schema(draft: Draft, request: Request) -> Draft:
    """Give every entry an unknown kind and citations in words, and make the title an object."""
    for entry in entries(draft):
        entry["kind"] = "unheard_of"
        entry["citations"] = "the seventh sentence"
    return draft | {"title": {"text": draft.get("title")}}


def cite_wrong_sentences(draft: Draft, request: Request) -> Draft:
    """Move every citation by half of the document, round its end: all numbers stay valid."""
    numbers = sorted(request.source)
    if not numbers:
        return renumbered(draft, lambda number: number + 1)
    place = {number: index for index, number in enumerate(numbers)}
    shift = max(1, len(numbers) // 2)

    def moved(number: int) -> int:
        return numbers[(place.get(number, 0) + shift) % len(numbers)]

    return renumbered(draft, moved)


def hallucinate(
    draft: Draft, request: Request, statement: str = INVENTED, citation: int | None = None
) -> Draft:
    """Add one agreed offer that nobody made, by parties that are not in the document."""
    if citation is None:
        citation = min(request.source, default=1)
    like = next(entries(draft, "offers"), None)
    offer = _offer(statement, [citation])
    if like:
        offer = {key: offer.get(key, value) for key, value in like.items()}
    known = {party.get("name") for party in entries(draft, "parties")}
    parties = [_party(name, [citation]) for name in (_GIVER, _TAKER) if name not in known]
    added = {
        "about_peace_talks": True,
        "not_about": None,
        "parties": [*draft.get("parties", []), *parties],
        "offers": [*draft.get("offers", []), offer],
    }
    return draft | _known(added, draft)


def swap_sides(draft: Draft, request: Request) -> Draft:
    """Let every offer go the other way, and every red line be held by the other side.

    The other side is the first primary party that is not the holder, or any other party.
    """
    others = _other_sides(draft)
    for offer in entries(draft, "offers"):
        by = offer.get("by") or []
        offer["by"] = offer.get("to") or [others.get(name, name) for name in by]
        offer["to"] = by
    for line in entries(draft, "red_lines"):
        line["held_by"] = others.get(line.get("held_by"), line.get("held_by"))
    return draft


def copy_article(draft: Draft, request: Request) -> Draft:
    """Put the whole numbered source into one offer that cites every sentence: the only item."""
    text = " ".join(request.source.values())
    like = next(entries(draft, "offers"), {})
    names = [party["name"] for party in entries(draft, "parties") if "name" in party][:1]
    offer = {**_offer(text, sorted(request.source)), "by": names or [_GIVER], "to": []}
    emptied: dict[str, Any] = {section: [] for section in (*ITEM_SECTIONS, "outside_voices")}
    whole = {"about_peace_talks": True, "not_about": None, "offers": [{**like, **offer}]}
    return draft | _known(emptied | whole, draft)


def _other_sides(draft: Mapping[str, Any]) -> dict[Any, str]:
    parties = [party for party in entries(draft, "parties") if "name" in party]
    # sorted() is stable: primary parties first, each group in the order of the draft
    ranked = sorted(parties, key=lambda party: "primary_party" not in party.get("roles", ()))
    names = [party["name"] for party in ranked]
    return {
        name: next(other for other in names if other != name)
        for name in names
        if set(names) - {name}
    }


def _known(changes: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """The changes to keys that the draft has: a step's answer may have only some of them."""
    return {key: value for key, value in changes.items() if key in draft}


def _offer(statement: str, citations: list[int]) -> dict[str, Any]:
    return {
        "citations": citations,
        "speaker": None,
        "speaks_for": None,
        "basis": "narration",
        "topics": ["economy_reconstruction"],
        "statement": statement,
        "kind": "offer",
        "by": [_GIVER],
        "to": [_TAKER],
        "conditions": [],
        "deadline": None,
        "status": "agreed",
        "certainty": "asserted",
        "responses": [],
    }


def _party(name: str, citations: list[int]) -> dict[str, Any]:
    return {
        "name": name,
        "aliases": [],
        "kind": "state",
        "roles": ["primary_party"],
        "people": [],
        "citations": citations,
    }
