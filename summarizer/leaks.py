"""A guard against the prompt's worked example leaking into a brief (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from summarizer.brief import Warning
from summarizer.documents import Document
from summarizer.draft import SECTIONS, BriefDraft, DraftParty
from summarizer.names import names_it


def without_leaks(
    draft: BriefDraft, document: Document, example_names: Sequence[str]
) -> tuple[BriefDraft, list[Warning]]:
    """Drop every entry that names something of the example which the document does not name.

    A party of the document loses the aliases and people of the example only.
    """
    foreign = [name for name in example_names if not names_it(document.text, name)]
    if not foreign:
        return draft, []
    kept: dict[str, Any] = {}
    warnings = []
    for section in SECTIONS:
        listed = getattr(draft, section)
        entries = [_without_foreign(entry, foreign) for entry in listed]
        if entries != listed:
            message = "names of the prompt's worked example were left out"
            warnings.append(Warning(kind="repaired", where=section, message=message))
        kept[section] = [entry for entry in entries if not _names_any(_strings_of(entry), foreign)]
        lost = len(entries) - len(kept[section])
        if lost:
            entries_lost = "1 entry" if lost == 1 else f"{lost} entries"
            message = f"{entries_lost} repeated the prompt's worked example"
            warnings.append(Warning(kind="dropped", where=section, message=message))
    if _names_any([draft.title], foreign):
        kept["title"] = document.title or "Untitled"
        message = "repeated the prompt's worked example"
        warnings.append(Warning(kind="dropped", where="title", message=message))
    return draft.model_copy(update=kept), warnings


def _without_foreign(entry: Any, foreign: Sequence[str]) -> Any:
    if not isinstance(entry, DraftParty):
        return entry
    aliases = [alias for alias in entry.aliases if not _names_any([alias], foreign)]
    people = [person for person in entry.people if not _names_any([person.name], foreign)]
    return entry.model_copy(update={"aliases": aliases, "people": people})


def _strings_of(entry: Any) -> list[str]:
    return list(_strings(entry.model_dump(mode="json")))


def _names_any(texts: Iterable[str], names: Iterable[str]) -> bool:
    said = " | ".join(texts)
    return any(names_it(said, name) for name in names)


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
