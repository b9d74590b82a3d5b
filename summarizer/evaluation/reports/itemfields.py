"""The fields of an item as named texts, in one order for the reference and the output (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from summarizer.evaluation.entries import Section
from summarizer.rendering.escaping import clean

Fields = dict[str, str]

#: Which row of an item shows what a finding of the scorer is about, where the names differ.
_ROWS: Mapping[str, str] = {"number": "statement", "by and to": "by and to"}


def rows_of(field: str | None) -> list[str]:
    """The fields that a finding touches: ``kind and statement`` are two."""
    row = _ROWS.get(field or "", field or "")
    return row.split(" and ")


def fields_of(section: Section, item: Any) -> Fields:
    """Every field of an item beside its statement and citations; empty ones are empty texts."""
    own = {name: clean(get(item)) for name, get in _OWN[section].items()}
    common = {} if section == "parties" else {n: clean(get(item)) for n, get in _COMMON.items()}
    return own | common


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(_word(value) for value in values)


def _word(value: Any) -> str:
    return str(value).replace("_", " ")


def _names(values: Sequence[str]) -> str:
    return ", ".join(values)


def _responses(offer: Any) -> str:
    return ", ".join(f"{answer.party} {_word(answer.response)}" for answer in offer.responses)


_COMMON: Mapping[str, Callable[[Any], str]] = {
    "certainty": lambda item: _word(item.certainty),
    "speaker": lambda item: item.speaker or "",
    "speaks_for": lambda item: item.speaks_for or "",
    "basis": lambda item: _word(item.basis),
    "topics": lambda item: _listed(item.topics),
}
_OWN: Mapping[Section, Mapping[str, Callable[[Any], str]]] = {
    "parties": {
        "kind": lambda item: _word(item.kind),
        "roles": lambda item: _listed(item.roles),
        "aliases": lambda item: _names(item.aliases),
        "people": lambda item: _names([person.name for person in item.people]),
    },
    "offers": {
        "by": lambda item: _names(item.by),
        "to": lambda item: _names(item.to),
        "kind": lambda item: _word(item.kind),
        "status": lambda item: _word(item.status),
        "conditions": lambda item: "; ".join(item.conditions),
        "deadline": lambda item: item.deadline or "",
        "responses": _responses,
    },
    "red_lines": {
        "held_by": lambda item: item.held_by,
        "kind": lambda item: _word(item.kind),
        "firmness": lambda item: _word(item.firmness),
    },
    "open_questions": {
        "parties": lambda item: _names(item.parties),
        "reason": lambda item: _word(item.reason),
    },
    "next_steps": {
        "parties": lambda item: _names(item.parties),
        "when": lambda item: item.when or "",
        "date": lambda item: item.date.isoformat() if item.date else "",
    },
}
