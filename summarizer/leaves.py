"""What a merged brief is made of: the briefs of single documents, its leaves (pure).

Merging in stages is merging at once because every merged brief keeps its parts, and merging
begins with them: flattened, each once, in an order that does not depend on how they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from summarizer.brief import PeaceTalksBrief, Source

CITING = (
    "bottom_line", "parties", "offers", "red_lines", "open_questions", "next_steps",
    "outside_voices",
)  # fmt: skip
"""What of a leaf has citations; histories and contradictions are of merged briefs only."""
SourceKey = tuple[str, ...]
"""What makes two sources one: text, sentences, and where it is from. The same text from two
publishers is two documents, and one voice (``copies``)."""


@dataclass(frozen=True)
class Pool:
    """Leaves in their order, without texts, and all their sources, with texts where known."""

    leaves: tuple[PeaceTalksBrief, ...]
    sources: tuple[Source, ...]


def pooled(briefs: Iterable[PeaceTalksBrief]) -> Pool:
    """The leaves of the briefs. Documents are called d1, d2, … by date, then name."""
    found = [leaf for brief in briefs for leaf in _flattened(brief)]
    sources = _sources(source for leaf in found for source in leaf.sources)
    leaves = [_renamed(leaf, sources) for leaf in found]
    place = {source.id: at for at, source in enumerate(sources.values())}
    ordered = sorted(leaves, key=lambda leaf: [place[source.id] for source in leaf.sources])
    return Pool(tuple(_each_once(ordered)), tuple(sources.values()))


def _flattened(brief: PeaceTalksBrief) -> Iterator[PeaceTalksBrief]:
    """The parts of a merged brief, their texts put back; any other brief is its own leaf."""
    if not brief.parts:
        yield brief
        return
    texts = {_key(source): source.text for source in brief.sources}
    for part in brief.parts:
        whole = [s.model_copy(update={"text": texts.get(_key(s), s.text)}) for s in part.sources]
        yield part.model_copy(update={"sources": whole})


def _key(source: Source) -> SourceKey:
    named = (source.origin, source.title, source.publisher, source.date)
    return source.sha256, str(source.sentences), *(str(name or "") for name in named)


def _sources(listed: Iterable[Source]) -> dict[SourceKey, Source]:
    """Each source once, in order; of two records of one text the first by what they say."""
    known: dict[SourceKey, list[Source]] = {}
    for source in listed:
        known.setdefault(_key(source), []).append(source)
    chosen = [_fullest(records) for records in known.values()]
    chosen.sort(key=lambda source: (source.date or Date.max, source.origin or "", *_key(source)))
    return {
        _key(source): source.model_copy(update={"id": f"d{number}"})
        for number, source in enumerate(chosen, start=1)
    }


def _fullest(records: Sequence[Source]) -> Source:
    if len(records) == 1:
        return records[0]
    text = next((source.text for source in records if source.text is not None), None)
    bare = [source.model_copy(update={"id": "", "text": None}) for source in records]
    return min(bare, key=lambda s: s.model_dump_json()).model_copy(update={"text": text})


def _renamed(leaf: PeaceTalksBrief, sources: Mapping[SourceKey, Source]) -> PeaceTalksBrief:
    """The leaf with its documents called as in the pool, and without their texts."""
    ids = {source.id: sources[_key(source)].id for source in leaf.sources}
    bare = [s.model_copy(update={"id": ids[s.id], "text": None}) for s in leaf.sources]
    changes: dict[str, Any] = {"sources": bare}
    if any(old != new for old, new in ids.items()):
        for name in CITING:
            changes[name] = [_recited(part, ids) for part in getattr(leaf, name)]
        changes["translations"] = [
            gloss.model_copy(update={"document": ids[gloss.document]})
            for gloss in leaf.translations
        ]
    return leaf.model_copy(update=changes)


def _recited(part: Any, ids: Mapping[str, str]) -> Any:
    """The part with every citation pointing to the document's new id."""
    cited = [c.model_copy(update={"document": ids[c.document]}) for c in part.citations]
    changes: dict[str, Any] = {"citations": cited}
    if getattr(part, "responses", None):
        changes["responses"] = [_recited(response, ids) for response in part.responses]
    return part.model_copy(update=changes)


def _each_once(leaves: Sequence[PeaceTalksBrief]) -> Iterator[PeaceTalksBrief]:
    """Leaves that are equal once; several of one document in the order of their JSON."""
    groups: dict[tuple[str, ...], list[PeaceTalksBrief]] = {}
    for leaf in leaves:
        groups.setdefault(tuple(source.id for source in leaf.sources), []).append(leaf)
    for group in groups.values():
        if len(group) == 1:
            yield from group
        else:
            yield from dict(sorted((leaf.model_dump_json(), leaf) for leaf in group)).values()
