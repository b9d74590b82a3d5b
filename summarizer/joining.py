"""Several records of one item ─▶ one item (pure).

It serves drafts and briefs, whose items have the same fields. One member leads: supported before
unsupported, no words that another party puts into the holder's mouth, then the fullest (figures,
dates, conditions), the holder's own words, the stronger basis, the newer, the earlier place.
Nothing is made up for the joint item: every word of it is a member's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date as Date
from typing import Any

from summarizer.draft import MAX_TOPICS
from summarizer.faces import holders_of, text_of
from summarizer.figures import figures_of
from summarizer.folding import fold
from summarizer.partynames import same_person
from summarizer.polarity import content_words
from summarizer.sameness import opposed
from summarizer.vocabulary import Basis, PartyRole, SupportStatus

PARTY_LISTS = ("by", "to", "parties")
PARTY_NAMES = ("held_by", "speaks_for", "party")
SAME_CONDITION = 0.6
"""Share of content words from which on two conditions are one."""
_BASES, _SUPPORT = list(Basis), list(SupportStatus)


def renamed(item: Any, names: Mapping[str, str]) -> Any:
    """The item with every party called by its name in ``names``."""
    changes: dict[str, Any] = {}
    for field in PARTY_LISTS:
        if hasattr(item, field):
            listed = (names.get(name, name) for name in getattr(item, field))
            changes[field] = list(dict.fromkeys(listed))
    for field in PARTY_NAMES:
        if getattr(item, field, None) is not None:
            changes[field] = names.get(getattr(item, field), getattr(item, field))
    if getattr(item, "responses", None):
        changes["responses"] = [renamed(response, names) for response in item.responses]
    return item.model_copy(update=changes) if changes else item


def leading(
    section: str, members: Sequence[Any], day: Callable[[Any], Date] = lambda item: Date.min
) -> Any:
    """The member whose words stand for all of them.

    ``members`` in the order of their places; ``day`` is when an item was told: of equals the
    newer leads.
    """
    return min(members, key=lambda item: (*_rank(section, item), -day(item).toordinal()))


def joined(
    section: str, members: Sequence[Any], place: Callable[[Any], Any], lead: Any = None
) -> Any:
    """One item of all members, in the order of their places; ``place`` orders citations.

    ``lead`` is the member whose words it has, ``leading`` without one.
    """
    if len(members) == 1:
        return members[0]
    lead = lead or leading(section, members)
    ranked = [lead, *(member for member in members if member is not lead)]
    changes: dict[str, Any] = {
        "citations": all_citations(members, place),
        "topics": _once(topic for member in ranked for topic in member.topics)[:MAX_TOPICS],
    }
    for field in ("to", "parties"):
        if hasattr(lead, field):
            changes[field] = _once(name for member in ranked for name in getattr(member, field))
    for field in ("deadline", "when", "date"):
        if hasattr(lead, field):
            changes[field] = next(filter(None, (getattr(m, field) for m in ranked)), None)
    if section == "offers":
        changes["conditions"] = _conditions(ranked)
        changes["responses"] = _responses(members, place)
    return lead.model_copy(update=changes)


def joined_party(members: Sequence[Any], name: str, place: Callable[[Any], Any]) -> Any:
    """One party of all members, in their order, under one of their names."""
    kinds, roles = [m.kind for m in members], {role for m in members for role in m.roles}
    forms = {fold(form): form for m in reversed(members) for form in (*m.aliases[::-1], m.name)}
    best = min(members, key=_doubt)
    changes = {
        "name": name,
        "aliases": [form for key, form in reversed(forms.items()) if key != fold(name)],
        "kind": max(_once(kinds), key=kinds.count),
        "roles": sorted(roles, key=list(PartyRole).index),
        "people": _people([person for member in members for person in member.people]),
        "citations": all_citations(members, place),
    }
    return best.model_copy(update=changes)


def _people(people: Sequence[Any]) -> list[Any]:
    """Every person once: the fullest name in Latin letters, the first title that is given."""
    kept: list[list[Any]] = []
    for person in people:
        same = next((known for known in kept if same_person(known[0].name, person.name)), None)
        if same is None:
            kept.append([person])
        else:
            same.append(person)
    return [_person(same) for same in kept]


def _person(same: Sequence[Any]) -> Any:
    best = min(same, key=lambda person: (not person.name.isascii(), -len(person.name.split())))
    title = best.title or next((person.title for person in same if person.title), None)
    return best.model_copy(update={"title": title})


def all_citations(parts: Iterable[Any], place: Callable[[Any], Any]) -> list[Any]:
    """Every citation of the parts once, in order."""
    found = {place(citation): citation for part in parts for citation in part.citations}
    return [found[at] for at in sorted(found)]


def _rank(section: str, item: Any) -> tuple[int, bool, int, bool, int]:
    teller, holders = getattr(item, "speaks_for", None), holders_of(section, item)
    second_hand = teller is not None and teller not in holders
    basis = _BASES.index(getattr(item, "basis", Basis.ANALYST))
    return _doubt(item), second_hand, -fullness(item), teller not in holders, basis


def fullness(item: Any) -> int:
    """How much an item tells exactly: its figures and dates, each once, and its conditions."""
    dated = (getattr(item, name, None) for name in ("deadline", "when", "date"))
    told = " ; ".join([text_of(item), *(str(one) for one in dated if one)])
    hard = [figure for figure in figures_of(told) if not figure.soft]
    return len(hard) + len(getattr(item, "conditions", ()))


def _doubt(part: Any) -> int:
    """How badly it is supported; a draft does not know yet."""
    support = getattr(part, "support", None)
    return _SUPPORT.index(support.status) if support else 0


def _once(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _conditions(members: Iterable[Any]) -> list[str]:
    """The conditions of all members, each once."""
    kept: list[str] = []
    for condition in (condition for member in members for condition in member.conditions):
        if not any(_same_condition(condition, other) for other in kept):
            kept.append(condition)
    return kept


def _same_condition(one: str, other: str) -> bool:
    first, second = set(content_words(one)), set(content_words(other))
    alike = 2 * len(first & second) / max(1, len(first) + len(second))
    return fold(one) == fold(other) or (alike >= SAME_CONDITION and not opposed(one, other))


def _responses(members: Iterable[Any], place: Callable[[Any], Any]) -> list[Any]:
    """The answers of all members in order; the same answer of one party once."""
    alike: dict[tuple[str, str], list[Any]] = {}
    for response in (response for member in members for response in member.responses):
        alike.setdefault((response.party, str(response.response)), []).append(response)
    return [
        same[0].model_copy(update={"citations": all_citations(same, place)})
        for same in alike.values()
    ]
