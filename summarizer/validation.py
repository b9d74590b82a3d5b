"""A draft held against its document: mend what can be mended, name all that was wrong (pure).

Sentence numbers must exist, parties must be listed, statements must say something, at most
four citations, nothing twice. Each fault tells a model, or a person, how to mend it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any, TypeVar

from summarizer.answers import Fault
from summarizer.draft import (
    MAX_CITATIONS,
    MAX_TITLE_CHARACTERS,
    MAX_TOPICS,
    SECTIONS,
    BriefDraft,
    DraftOffer,
    DraftPart,
    DraftParty,
    DraftVoice,
)
from summarizer.vocabulary import PartyRole, Topic

Entry = TypeVar("Entry", bound=DraftPart)

PARTY_LISTS = ("by", "to", "parties")
PARTY_FIELDS = ("held_by", "speaks_for")


@dataclass(frozen=True)
class Repaired:
    """An entry that lost something in mending, with the faults that cost it."""

    section: str
    entry: DraftPart
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Mended:
    """A draft that fits its document, and every fault found on the way."""

    draft: BriefDraft
    faults: tuple[Fault, ...]
    repaired: tuple[Repaired, ...] = ()

    @property
    def clean(self) -> BriefDraft:
        """The draft without the entries that lost something in mending."""
        lost = {id(part.entry) for part in self.repaired}
        lists: dict[str, Any] = {
            section: [entry for entry in getattr(self.draft, section) if id(entry) not in lost]
            for section in SECTIONS
        }
        return self.draft.model_copy(update=lists)

    @property
    def lossy(self) -> list[Fault]:
        """The faults that cost something: worth asking the model again."""
        return [fault for fault in self.faults if fault.lossy]


@dataclass
class _Desk:
    """Where one draft is mended: what exists, and what was found wrong."""

    sentences: int
    shown: Collection[int]
    names: dict[str, str] = field(default_factory=dict)  # any form, casefolded -> name
    faults: list[Fault] = field(default_factory=list)
    repaired: list[Repaired] = field(default_factory=list)

    def fault(self, where: str, message: str, part: Any, **kind: bool) -> None:
        shown = part.model_dump(mode="json") if isinstance(part, DraftPart) else part
        self.faults.append(Fault(where, message, shown, **kind))

    def since(self, before: int) -> tuple[Fault, ...]:
        """The faults after the first ``before`` of them that cost something."""
        return tuple(fault for fault in self.faults[before:] if fault.lossy)

    def finish(self, draft: BriefDraft) -> Mended:
        return Mended(draft, tuple(self.faults), tuple(self.repaired))


def mend(draft: BriefDraft, sentences: int, shown: Collection[int] | None = None) -> Mended:
    """Mend a draft of a document of ``sentences`` sentences; drop what cannot be mended.

    ``shown`` are the numbers that the model saw, if not all. Every entry is in the result, or
    named in a fault with ``dropped``. A mended draft is left as it is.
    """
    desk = _Desk(sentences, range(1, sentences + 1) if shown is None else shown)
    if not draft.about_peace_talks:
        return desk.finish(_mend_negative(draft, desk))
    lists: dict[str, Any] = {"parties": _mend_parties(draft.parties, desk)}
    for section in SECTIONS:
        if section != "parties":
            lists[section] = _mend_section(section, getattr(draft, section), desk)
    title = _mend_title(draft, desk)
    update = {**lists, "title": title, "not_about": None}
    return desk.finish(draft.model_copy(update=update))


def unknown_sentences(draft: BriefDraft, sentences: int) -> list[str]:
    """Where the draft cites a sentence that its document does not have."""
    return [
        f"{section}[{i}] cites {number}"
        for section in SECTIONS
        for i, entry in enumerate(getattr(draft, section))
        for number in _all_citations(entry)
        if not 1 <= number <= sentences
    ]


def _all_citations(entry: Any) -> list[int]:
    responses = entry.responses if isinstance(entry, DraftOffer) else []
    return [*entry.citations, *(n for response in responses for n in response.citations)]


def _mend_negative(draft: BriefDraft, desk: _Desk) -> BriefDraft:
    """Not about peace talks: nothing may be listed, and it says what it is about."""
    listed = [section for section in SECTIONS if getattr(draft, section)]
    for section in listed:
        entries = getattr(draft, section)
        message = f"about_peace_talks is false: {len(entries)} entries left out"
        shown = [entry.model_dump(mode="json") for entry in entries]
        desk.fault(section, message, shown, lossy=False)
    if set(listed) - {"bottom_line"}:
        message = "is false, yet there are entries: leave every list empty, or say true"
        desk.fault("about_peace_talks", message, False, dropped=False)
    if not draft.not_about:
        message = "say in one sentence what the document is about"
        desk.fault("not_about", message, None, dropped=False)
    empty: dict[str, Any] = {section: [] for section in SECTIONS}
    return draft.model_copy(update={**empty, "title": _shortened(draft.title, desk)})


def _mend_title(draft: BriefDraft, desk: _Desk) -> str:
    title = _shortened(draft.title, desk)
    if not title:
        # Not worth asking again: the document's own title stands in.
        message = 'is empty: give "subject: what is new"'
        desk.fault("title", message, None, lossy=False, dropped=False)
    return title


def _shortened(title: str, desk: _Desk) -> str:
    title = " ".join(title.split())
    if len(title) <= MAX_TITLE_CHARACTERS:
        return title
    message = f"has {len(title)} characters: at most {MAX_TITLE_CHARACTERS}"
    desk.fault("title", message, title, lossy=False, dropped=False)
    return title[: MAX_TITLE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def _mend_parties(parties: list[DraftParty], desk: _Desk) -> list[DraftParty]:
    places: dict[str, tuple[str, DraftParty]] = {}
    for index, party in enumerate(parties):
        where, name = f"parties[{index}]", party.name.strip()
        if not name:
            desk.fault(where, "the name is empty: give the common short name", party)
        elif name.casefold() in desk.names:
            message = f"party {name!r} is already listed: joined; list each party once"
            desk.fault(where, message, party, lossy=False, dropped=False)
            first = desk.names[name.casefold()]
            places[first] = (places[first][0], _with_all_of(places[first][1], party))
        else:
            desk.names[name.casefold()] = name
            places[name] = (where, party.model_copy(update={"name": name}))
    return [_mend_party(party, where, desk) for where, party in places.values()]


def _with_all_of(party: DraftParty, other: DraftParty) -> DraftParty:
    """A party that was listed twice has the aliases, roles and people of both."""
    names = {person.name for person in party.people}
    more = [person for person in other.people if person.name not in names]
    lists = {
        "aliases": [*party.aliases, *other.aliases],
        "roles": [*party.roles, *other.roles],
        "people": [*party.people, *more],
    }
    return party.model_copy(update=lists)


def _mend_party(party: DraftParty, where: str, desk: _Desk) -> DraftParty:
    before = len(desk.faults)
    roles = list(dict.fromkeys(party.roles))
    if not roles:
        roles = [PartyRole.AFFECTED_OUTSIDER]  # claims least
        message = "has no role: give at least one (affected_outsider stands in)"
        desk.fault(where, message, party, dropped=False)
    changes = {
        "aliases": _mend_aliases(party, where, desk),
        "roles": roles,
        "people": [person for person in party.people if person.name.strip()],
        "citations": _mend_citations(party.citations, where, party, desk),
    }
    mended = party.model_copy(update=changes)
    if cost := desk.since(before):
        desk.repaired.append(Repaired("parties", mended, cost))
    return mended


def _mend_aliases(party: DraftParty, where: str, desk: _Desk) -> list[str]:
    """Each form of a name belongs to one party: the first that claims it."""
    aliases = []
    for alias in dict.fromkeys(alias.strip() for alias in party.aliases):
        owner = desk.names.setdefault(alias.casefold(), party.name) if alias else party.name
        if owner != party.name:
            message = f"alias {alias!r} already belongs to {owner!r}: left out"
            desk.fault(where, message, alias, lossy=False, dropped=False)
        elif alias and alias != party.name:
            aliases.append(alias)
    return aliases


def _mend_citations(numbers: list[int], where: str, part: Any, desk: _Desk) -> list[int]:
    known = [n for n in dict.fromkeys(numbers) if n in desk.shown]
    unknown = [n for n in numbers if n not in desk.shown]
    if unknown:
        seen = f"has sentences 1 to {desk.sentences}"
        if len(desk.shown) < desk.sentences:
            seen = f"was shown in part, sentences {min(desk.shown)} to {max(desk.shown)} with gaps"
        message = (
            f"cites {', '.join(map(str, unknown))}: the document {seen}; "
            "cite the ones that carry it"
        )
        desk.fault(where, message, part, dropped=False)
    if len(known) > MAX_CITATIONS:
        message = f"cites {len(known)} sentences: cite the {MAX_CITATIONS} or fewer that carry it"
        desk.fault(where, message, part, dropped=False)
    return known[:MAX_CITATIONS]


def _mend_section(section: str, entries: list[Any], desk: _Desk) -> list[DraftPart]:
    """Mend every entry of a list; nothing stays in it twice."""
    kept: dict[Any, DraftPart] = {}
    for index, entry in enumerate(entries):
        where, before = f"{section}[{index}]", len(desk.faults)
        mended = _mend_entry(entry, where, desk)
        if mended is None:
            continue
        if entry_key(mended) in kept:
            message = "the same item twice: give each once, with all its citations"
            desk.fault(where, message, entry, lossy=False)
            continue
        kept[entry_key(mended)] = mended
        if cost := desk.since(before):
            desk.repaired.append(Repaired(section, mended, cost))
    return list(kept.values())


def _mend_entry(entry: Entry, where: str, desk: _Desk) -> Entry | None:
    """One offer, red line, question, step, voice or line of the bottom line."""
    text = str(getattr(entry, "question", None) or getattr(entry, "statement", ""))
    if not text.strip():
        desk.fault(where, "says nothing: write one plain sentence, or leave it out", entry)
        return None
    citations = _mend_citations(getattr(entry, "citations", []), where, entry, desk)
    if not citations:
        desk.fault(where, "cites no sentence: cite the ones that carry it, or leave it out", entry)
        return None
    changes: dict[str, Any] = {"citations": citations}
    if hasattr(entry, "topics"):
        changes["topics"] = _mend_topics(entry.topics, where, desk)
    if hasattr(entry, "date"):
        changes["date"] = _mend_date(entry.date, where, desk)
    if isinstance(entry, DraftVoice) and not entry.speaker.strip():
        desk.fault(where, "names no speaker: say who says it", entry)
        return None
    if not _mend_holders(entry, changes, where, desk):
        return None
    if isinstance(entry, DraftOffer):
        changes["responses"] = _mend_responses(entry, where, desk)
    return entry.model_copy(update=changes)


def _mend_topics(topics: list[Topic], where: str, desk: _Desk) -> list[Topic]:
    once = list(dict.fromkeys(topics))
    if len(once) > MAX_TOPICS or not once:
        message = f"has {len(once)} topics: give 1 to {MAX_TOPICS}, the main one first"
        desk.fault(where, message, [str(topic) for topic in once], lossy=False, dropped=False)
    return once[:MAX_TOPICS] or [Topic.OTHER]


def _mend_date(value: str | None, where: str, desk: _Desk) -> str | None:
    if value is None:
        return None
    try:
        return Date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        message = "date is not YYYY-MM-DD: give the ISO date, or null"
        desk.fault(where, message, value, lossy=False, dropped=False)
        return None


def _mend_holders(entry: DraftPart, changes: dict[str, Any], where: str, desk: _Desk) -> bool:
    """Resolve every party name; false when the holder of the entry is lost."""
    for name in PARTY_LISTS:
        if hasattr(entry, name):
            found = (_party(form, where, entry, desk) for form in getattr(entry, name))
            changes[name] = list(dict.fromkeys(party for party in found if party))
    for name in PARTY_FIELDS:
        form = getattr(entry, name, None)
        if form is not None:
            changes[name] = _party(form, where, entry, desk)
    lost = changes.get("held_by", "") is None or changes.get("by", ["…"]) == []
    if lost:
        desk.fault(where, "is held by no listed party: name one of `parties`", entry)
    return not lost


def _party(form: str, where: str, part: Any, desk: _Desk) -> str | None:
    name = desk.names.get(form.strip().casefold())
    if name is None:
        listed = ", ".join(dict.fromkeys(desk.names.values())) or "none"
        message = f"{form[:60]!r} is not a listed party ({listed}): use a listed name, or list it"
        desk.fault(where, message, part, dropped=False)
    return name


def _mend_responses(offer: DraftOffer, where: str, desk: _Desk) -> list[Any]:
    kept = []
    for index, response in enumerate(offer.responses):
        place = f"{where}.responses[{index}]"
        # The whole offer is shown: whoever mends it gives the whole entry again.
        party = _party(response.party, place, offer, desk)
        citations = _mend_citations(response.citations, place, offer, desk)
        if party and citations:
            kept.append(response.model_copy(update={"party": party, "citations": citations}))
        else:
            desk.fault(place, "needs a listed party and a cited sentence", offer)
    return kept


def entry_key(entry: Any) -> tuple[Any, ...]:
    """What makes two entries of one list the same: text and holders, or the name of a party."""
    if isinstance(entry, DraftParty):
        return (entry.name.strip().casefold(),)
    text = str(getattr(entry, "question", None) or getattr(entry, "statement", ""))
    holders = getattr(entry, "by", None) or [getattr(entry, "held_by", None)]
    return (" ".join(text.casefold().split()), *holders)
