"""One form for the items of every section, names resolved, so that one scorer serves them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from summarizer.brief import Citation, PeaceTalksBrief, Source
from summarizer.evaluation.normalise import PartyNames
from summarizer.evaluation.spans import Span, Spans, union
from summarizer.figures import Figure, figures_of
from summarizer.folding import fold
from summarizer.polarity import looks_english

Section = Literal["parties", "offers", "red_lines", "open_questions", "next_steps"]
SECTIONS: tuple[Section, ...] = ("parties", "offers", "red_lines", "open_questions", "next_steps")
ITEM_SECTIONS: tuple[Section, ...] = SECTIONS[1:]

Value = str | None | tuple[str, ...] | frozenset[str]

#: Fields that hold names of parties; resolved through ``PartyNames``.
PARTY_FIELDS = frozenset({"by", "to", "held_by", "parties", "speaks_for"})


@dataclass(frozen=True)
class Leniency:
    """What a reference item lets pass: its absence, and other values that are as right."""

    optional: bool = False
    also: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reference:
    """A reference brief with what it lets pass, by ``(section, position)``."""

    case_id: str
    brief: PeaceTalksBrief
    leniencies: Mapping[tuple[str, int], Leniency] = field(default_factory=dict)

    def leniency(self, section: str, index: int) -> Leniency:
        """What this item lets pass; nothing, unless said otherwise."""
        return self.leniencies.get((section, index), Leniency())


@dataclass(frozen=True)
class Entry:
    """One item of a section, comparable: names canonical, citations as spans."""

    section: Section
    index: int
    raw: str
    text: str
    holders: frozenset[str]
    citations: tuple[Span, ...]
    quotes: tuple[str, ...]
    values: Mapping[str, Value]
    also: Mapping[str, tuple[str | None, ...]]
    optional: bool = False
    language: str | None = None
    support: str = "supported"

    @cached_property
    def spans(self) -> Spans:
        """Characters of the cited sentences."""
        return union(self.citations)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """What entries are sorted by, so that their order in the brief does not matter."""
        values = (
            (key, sorted(v) if isinstance(v, frozenset) else v) for key, v in self.values.items()
        )
        return (self.text, repr(sorted(values, key=lambda pair: pair[0])), repr(self.citations))

    def figures(self) -> tuple[Figure, ...]:
        """Numbers and dates of the statement."""
        return self._read(self.raw)

    def other_figures(self) -> tuple[Figure, ...]:
        """Numbers and dates of the fields beside the statement."""
        times = (self.one(key) for key in ("deadline", "when", "date"))
        found = [f for time in times if time for f in figures_of(time, self.language)]
        return (*found, *(f for text in self.strings("conditions") for f in self._read(text)))

    def cited_figures(self) -> tuple[Figure, ...]:
        """Numbers and dates of the cited sentences."""
        return tuple(f for quote in self.quotes for f in figures_of(quote, self.language))

    def strings(self, key: str) -> tuple[str, ...]:
        """A field that lists texts or names."""
        value = self.values.get(key)
        return tuple(sorted(value)) if isinstance(value, frozenset) else tuple(value or ())

    def names(self, key: str) -> frozenset[str]:
        """A field that is a set of names or terms."""
        value = self.values.get(key)
        return value if isinstance(value, frozenset) else frozenset()

    def one(self, key: str) -> str | None:
        """A field with a single value."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def _read(self, text: str) -> tuple[Figure, ...]:
        """Statements are in English whatever the document's language; times are as written."""
        return figures_of(text, "en" if looks_english(text) else self.language)


def join(one: Entry, other: Entry) -> Entry:
    """Both as one item: what a merged item is compared with, and what a split one amounts to.

    Lists are united, statements put together; of single values the other's are as right.
    """
    values = dict(one.values)
    also = dict(one.also)
    for key, value in other.values.items():
        mine = values.get(key)
        if isinstance(mine, frozenset) and isinstance(value, frozenset):
            values[key] = mine | value
        elif isinstance(mine, tuple) and isinstance(value, tuple):
            values[key] = tuple(dict.fromkeys((*mine, *value)))
            also[key] = (*also.get(key, ()), *value)  # either main topic is right
        elif value != mine and not isinstance(value, (frozenset, tuple)):
            also[key] = (*also.get(key, ()), value, *other.also.get(key, ()))
    return replace(
        one,
        raw=f"{one.raw} {other.raw}",
        text=f"{one.text} {other.text}",
        holders=one.holders | other.holders,
        citations=(*one.citations, *other.citations),
        quotes=(*one.quotes, *other.quotes),
        values=MappingProxyType(values),
        also=MappingProxyType(also),
    )


@dataclass(frozen=True)
class Reader:
    """Turns the items of one brief into entries. ``positions``: source id to document number."""

    names: PartyNames
    positions: Mapping[str, int]
    language: str | None

    def read(self, reference: Reference, section: Section) -> list[Entry]:
        """The entries of a section."""
        items: Sequence[Any] = getattr(reference.brief, section)
        return [
            self._entry(section, index, item, reference.leniency(section, index))
            for index, item in enumerate(items)
        ]

    def _entry(self, section: Section, index: int, item: Any, leniency: Leniency) -> Entry:
        raw = item.name if section == "parties" else item.statement
        values = self._values(section, item)
        holders = next((values[k] for k in ("by", "held_by", "parties") if k in values), None)
        return Entry(
            section=section,
            index=index,
            raw=raw,
            text=fold(raw) if section == "parties" else self.names.in_text(raw),
            holders=_as_set(holders),
            citations=tuple(self._span(citation) for citation in item.citations),
            quotes=tuple(citation.quote for citation in item.citations),
            values=MappingProxyType(values),
            also=MappingProxyType(self._also(leniency.also)),
            optional=leniency.optional,
            language=self.language,
            support=str(item.support.status),
        )

    def _span(self, citation: Citation) -> Span:
        document = self.positions.get(citation.document, -1)
        return (document, citation.start, citation.end)

    def _values(self, section: Section, item: Any) -> dict[str, Value]:
        if section == "parties":
            return {
                "name": self.names.canonical(item.name),
                "names": tuple(item.names),
                "kind": str(item.kind),
                "roles": frozenset(map(str, item.roles)),
                "people": tuple(person.name for person in item.people),
            }
        values: dict[str, Value] = {
            "topics": tuple(map(str, item.topics)),
            "speaker": item.speaker,
            "speaks_for": self._name(item.speaks_for),
            "basis": str(item.basis),
            "certainty": str(item.certainty),
        }
        own: dict[str, Value] = getattr(self, f"_of_{section}")(item)
        return values | own

    def _of_offers(self, item: Any) -> dict[str, Value]:
        responses = (f"{self._name(r.party)}: {r.response}" for r in item.responses)
        return {
            "by": self._set(item.by),
            "to": self._set(item.to),
            "kind": str(item.kind),
            "status": str(item.status),
            "conditions": tuple(self.names.in_text(text) for text in item.conditions),
            "deadline": item.deadline,
            "responses": frozenset(responses),
        }

    def _of_red_lines(self, item: Any) -> dict[str, Value]:
        return {
            "held_by": self._name(item.held_by),
            "kind": str(item.kind),
            "firmness": str(item.firmness),
        }

    def _of_open_questions(self, item: Any) -> dict[str, Value]:
        return {"parties": self._set(item.parties), "reason": str(item.reason)}

    def _of_next_steps(self, item: Any) -> dict[str, Value]:
        day: Date | None = item.date
        return {
            "parties": self._set(item.parties),
            "when": item.when,
            "date": day.isoformat() if day else None,
        }

    def _name(self, name: str | None) -> str | None:
        return None if name is None else self.names.canonical(name)

    def _set(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(self.names.canonical(name) for name in names)

    def _also(
        self, also: Mapping[str, tuple[str | None, ...]]
    ) -> dict[str, tuple[str | None, ...]]:
        return {
            key: tuple(map(self._name, values)) if key in PARTY_FIELDS else tuple(values)
            for key, values in also.items()
        }


def _as_set(value: Value) -> frozenset[str]:
    if value is None:
        return frozenset()
    return frozenset((value,)) if isinstance(value, str) else frozenset(value)


def positions(reference: Sequence[Source], brief: Sequence[Source]) -> dict[str, int]:
    """Which document of the reference each source of a brief is: by content, else by order."""
    by_content = {source.sha256: number for number, source in reversed(list(enumerate(reference)))}
    found: dict[str, int] = {}
    for number, source in enumerate(brief):
        ordinal = number if len(reference) == len(brief) else len(reference) + number
        found.setdefault(source.id, by_content.get(source.sha256, ordinal))
    return found
