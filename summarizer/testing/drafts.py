"""Drafts as plain dicts: looked through and changed without knowing the schema's version.

The shape is that of ``summarizer.draft.BriefDraft``: lists of dicts under the names of the
sections, citations as lists of sentence numbers. Sections that are missing are empty.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

Draft: TypeAlias = dict[str, Any]

ITEM_SECTIONS = ("offers", "red_lines", "open_questions", "next_steps")
SECTIONS = ("parties", *ITEM_SECTIONS, "outside_voices", "bottom_line")
_HOLDERS = ("by", "to", "held_by", "parties", "speaks_for")


def entries(draft: Mapping[str, Any], *sections: str) -> Iterator[dict[str, Any]]:
    """Every entry of the named sections, or of all."""
    for section in sections or SECTIONS:
        listed = draft.get(section)
        yield from (entry for entry in listed or [] if isinstance(entry, dict))


def cited_parts(draft: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything in a draft that has citations, responses included."""
    for entry in entries(draft):
        for part in (entry, *_responses(entry)):
            if isinstance(part.get("citations"), list):
                yield part


def renumbered(draft: Mapping[str, Any], new: Callable[[int], int]) -> Draft:
    """A copy of ``draft`` whose every citation ``n`` is ``new(n)``."""
    changed: Draft = copy.deepcopy(dict(draft))
    for part in cited_parts(changed):
        part["citations"] = sorted({new(number) for number in part["citations"]})
    return changed


def within(draft: Mapping[str, Any], numbers: Collection[int]) -> Draft:
    """A copy of ``draft`` with what the sentences ``numbers`` show, for a window of a document.

    Other citations go, then entries that had citations and have none left. A party stays while
    an entry that is kept names it.
    """
    kept: Draft = copy.deepcopy(dict(draft))
    for section in SECTIONS:
        if isinstance(kept.get(section), list):
            kept[section] = [entry for entry in kept[section] if _shown(entry, numbers)]
    named = set(_named(kept))
    here = {party.get("name") for party in entries(kept, "parties")}
    for party in copy.deepcopy(list(entries(draft, "parties"))):
        if party.get("name") in named - here:
            party["citations"] = _first_mention(kept, party["name"])
            kept["parties"].append(party)
    return kept


def projected(draft: Mapping[str, Any], schema: Mapping[str, Any]) -> Draft:
    """The keys of ``draft`` that ``schema`` has as properties; all of them if it names none."""
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not set(properties) & set(draft):
        return dict(draft)
    return {key: value for key, value in draft.items() if key in properties}


def _shown(entry: Any, numbers: Collection[int]) -> bool:
    """Whether ``entry`` has evidence among ``numbers``; cuts its citations down to them."""
    if not isinstance(entry, dict) or not entry.get("citations"):
        return True
    entry["citations"] = [number for number in entry["citations"] if number in numbers]
    if "responses" in entry:
        entry["responses"] = [part for part in entry["responses"] if _shown(part, numbers)]
    return bool(entry["citations"])


def _responses(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [part for part in entry.get("responses") or [] if isinstance(part, dict)]


def _named(draft: Mapping[str, Any]) -> Iterator[str]:
    for item in entries(draft, *ITEM_SECTIONS):
        yield from _names_in(item)


def _names_in(item: Mapping[str, Any]) -> Iterator[str]:
    for key in _HOLDERS:
        value = item.get(key)
        yield from [value] if isinstance(value, str) else value or []
    yield from (part["party"] for part in _responses(item) if "party" in part)


def _first_mention(draft: Mapping[str, Any], name: str) -> list[int]:
    naming = (item for item in entries(draft, *ITEM_SECTIONS) if name in _names_in(item))
    return list(next(naming)["citations"][:1])
