"""Which items of a merged brief are which items of the references: ``wire.O1`` and so on (pure).

The brief of every document is aligned with its reference by the scorer; a merged item has the
names of all items that went into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.cases import Case
from summarizer.evaluation.multi.cases import LETTERS
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.scoring import score_brief
from summarizer.folding import fold

_LETTER = {section: letter for letter, section in LETTERS.items()}
_ITEMS = ("offers", "red_lines", "open_questions", "next_steps")


@dataclass(frozen=True)
class Names:
    """What the items and documents of one merged brief are called in a case."""

    items: Mapping[str, frozenset[str]]
    """By id: the names of the reference items that it is."""
    documents: Mapping[str, str]
    """By id of a source: the name of the document."""
    parties: Mapping[str, frozenset[tuple[str, str]]]
    """By name: (document, name) of the parties in the references that it is."""

    def of(self, id: str | None) -> frozenset[str]:
        """The names of an item; empty for one that no reference has."""
        return self.items.get(id or "", frozenset())


def names_of(
    merged: PeaceTalksBrief,
    leaves: Mapping[str, PeaceTalksBrief],
    references: Mapping[str, Case],
) -> Names:
    """The names in a merged brief of the briefs of documents, by their names in the case."""
    ids = {source.sha256: source.id for source in merged.sources}
    documents = {ids[leaf.sources[0].sha256]: name for name, leaf in leaves.items()}
    items: dict[str, set[str]] = {item.id: set() for item in merged.items()}
    parties: dict[str, set[tuple[str, str]]] = {party.name: set() for party in merged.parties}
    aside = {entry.document for entry in merged.set_aside}
    for document, name in documents.items():
        if document in aside:
            continue  # nothing of it is in the brief, though it may name the same parties
        for section, leaf_item, label in _aligned(leaves[name], references[name]):
            if section == "parties":
                found = _party(merged, leaf_item)
                if found:
                    parties[found].add((name, label))
                continue
            target = _holding(merged, section, leaf_item, document)
            if target is not None:
                items[target.id].add(f"{name}.{label}")
    return Names(_frozen(items), documents, _frozen(parties))


def _frozen(found: Mapping[str, set[Any]]) -> dict[str, frozenset[Any]]:
    return {key: frozenset(values) for key, values in found.items()}


def _aligned(leaf: PeaceTalksBrief, reference: Case) -> list[tuple[str, Any, str]]:
    """Section, item of the document's brief, and the label of the reference item it is."""
    found: list[tuple[str, Any, str]] = []
    for pair in score_brief(reference_of(reference), leaf).pairs:
        item = getattr(leaf, pair.section)[pair.prediction]
        if pair.section == "parties":
            found.append((pair.section, item, reference.parties[pair.reference].name))
        else:
            found.append((pair.section, item, f"{_LETTER[pair.section]}{pair.reference + 1}"))
    return found


def _party(merged: PeaceTalksBrief, party: Any) -> str | None:
    named = [one.name for one in merged.parties if party.name == one.name]
    known = [one.name for one in merged.parties if party.name in one.aliases]
    return next(iter([*named, *known]), None)


def _holding(merged: PeaceTalksBrief, section: str, item: Any, document: str) -> Any | None:
    """The item of the merged brief that a document's item went into."""
    cited = {citation.sentence for citation in item.citations}
    holding = [
        one
        for one in getattr(merged, section)
        if cited <= {c.sentence for c in one.citations if c.document == document}
    ]
    # Items that cite the same sentences: by id, by kind and holder, by words.
    return max(holding, key=lambda one: _likeness(one, item), default=None)


def _likeness(one: Any, item: Any) -> tuple[Any, ...]:
    fields = ("by", "held_by", "kind", "parties", "reason", "when")
    same = sum(getattr(one, f, None) == getattr(item, f, None) for f in fields)
    words, others = set(fold(one.statement).split()), set(fold(item.statement).split())
    return (
        one.statement == item.statement,
        one.id == item.id,
        same,
        len(words & others) / max(1, len(words | others)),
    )
