"""Where the briefs of documents are joined, item by item (pure)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from typing import Any

from summarizer.brief import Citation, Party, PeaceTalksBrief
from summarizer.contradictions import Joint
from summarizer.faces import Face
from summarizer.folding import fold
from summarizer.grouping import grouped
from summarizer.joining import joined, joined_party, leading, renamed
from summarizer.leaves import Pool
from summarizer.partynames import mentioned
from summarizer.sameness import differ
from summarizer.statuses import Reported, clash, history, last_status
from summarizer.unclear import Pair, Verdicts, unclear
from summarizer.vocabulary import Certainty

LONG_QUOTE = 40
"""Characters of a sentence from which on two documents that have it carry one text; shorter ones
("He offered no details.") are anybody's."""
Dates = Mapping[str, Date | None]
"""The date of every document, in the order of the sources."""


class Bench:
    """Where the leaves that belong together are joined; with each, what its parties are called."""

    def __init__(
        self,
        pool: Pool,
        leaves: Sequence[tuple[PeaceTalksBrief, Mapping[str, str]]],
        original: Mapping[str, str],
        verdicts: Verdicts = frozenset(),
    ) -> None:
        self.leaves, self.original, self.verdicts = leaves, original, verdicts
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

    def unclear(self, section: str) -> list[Pair]:
        """Pairs of joint items of one section that might be one: neither words nor rules tell."""
        faces = self._faces(section)
        return unclear(faces, self._groups(faces), self._differ)

    def _faces(self, section: str) -> list[Face]:
        return [
            Face.of(section, item, origin=at, evidence=_evidence(item), names=self.find)
            for at, (leaf, names) in enumerate(self.leaves)
            for item in (renamed(item, names) for item in getattr(leaf, section))
        ]

    def _groups(self, faces: Sequence[Face]) -> list[list[int]]:
        return grouped(faces, self._differ, self.verdicts)

    def joints(self, section: str) -> list[Joint]:
        """The items of one section, those that are one joined."""
        faces = self._faces(section)
        taken: set[str] = set()
        made = []
        for group in self._groups(faces):
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
