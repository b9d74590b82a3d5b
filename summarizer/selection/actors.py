"""The parties and people that a document names, and where each sentence names them (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.names import folded
from summarizer.selection import gazetteer
from summarizer.selection.discovery import discover
from summarizer.selection.generic import Generic
from summarizer.selection.people import Person, find_people
from summarizer.selection.phrases import STOP
from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W_](?:[\w'’ʼ.\-]*[^\W_])?\.?")
_ELIDED = re.compile(r"(?:[lLdDnNsS]|[qQ]u)['’](?=\w)")
LONGEST = 8
"""Words of a name that is looked for."""


@dataclass
class Actor:
    """A party as the document names it."""

    name: str
    kind: PartyKind
    forms: Counter[str] = field(default_factory=Counter)
    sentences: set[int] = field(default_factory=set)
    capital: str | None = None
    known: bool = False
    """Whether the gazetteer has it."""
    guessed: bool = False
    """Whether nothing says of what kind it is."""

    @property
    def count(self) -> int:
        """How many times it is named."""
        return self.forms.total()


@dataclass(frozen=True)
class Mention:
    """A party named in a sentence: ``[start, end)`` within it."""

    start: int
    end: int
    party: str
    form: str


class Actors:
    """Who is named in a document: ``mentions[number]`` for every sentence, from 1."""

    def __init__(self, texts: Sequence[str], language: str, parsed: Sequence[Doc] | None = None,
                 labels: Iterable[str] = ()) -> None:  # fmt: skip
        self.language = language
        self.found: dict[str, Actor] = {}
        self._forms = dict(gazetteer.known(language))
        known = dict(self._forms)
        for one in discover("\n".join(texts), known, _entities(parsed), labels):
            meant = known.get(gazetteer.key(one.name)) or gazetteer.Known(
                one.name, one.kind, (), guessed=one.guessed
            )
            for form in one.forms:
                self._forms.setdefault(gazetteer.key(form), meant)
        self._small = {form.split()[0] for form in self._forms if " " in form and form.islower()
                       and self._forms[form].name in gazetteer.bodies()}  # fmt: skip
        named = [self._scan(text) for text in texts]
        for number, mentions in enumerate(named, start=1):
            for mention in mentions:
                self._note(mention, number)
        self.generic = Generic(self.found, named, texts)
        self.mentions = {
            number: sorted(
                [*mentions, *self._general(text, mentions, number)], key=lambda m: m.start
            )
            for number, (text, mentions) in enumerate(zip(texts, named, strict=True), start=1)
        }
        self.people = find_people(texts, self, parsed)

    def named_in(self, text: str) -> list[str]:
        """The parties that a text of its own names, such as the label of a turn."""
        return [mention.party for mention in self._scan(text)]

    def _scan(self, sentence: str) -> list[Mention]:
        words = [_span(m) for m in _WORD.finditer(sentence)]
        found, at = [], 0
        while at < len(words):
            start = words[at][0]
            if (
                self.language == "en"
                and not sentence[start].isupper()
                and sentence[start : words[at][1]] not in self._small
                and not self._known(sentence[start : words[at][1]])
            ):
                at += 1
                continue
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                end = words[at + size - 1][1]
                known = self._known(sentence[start:end])
                if known is not None:
                    form = _bare(sentence[start:end])
                    found.append(Mention(start, start + len(form), known.name, form))
                    at += size - 1
                    break
            at += 1
        return found

    def _general(self, sentence: str, found: list[Mention], number: int) -> Iterator[Mention]:
        """ "the government", "the Council": who is meant when a party was named before."""
        for start, end, form, party in self.generic.said(sentence, number):
            if any(m.start < end and start < m.end for m in found):
                continue
            if party not in self.found:
                self.found[party] = Actor(party, self.generic.kind_of(party))
            actor = self.found[party]
            actor.forms[form[:1].lower() + form[1:]] += 1
            actor.sentences.add(number)
            yield Mention(start, end, party, form)

    def _known(self, form: str) -> gazetteer.Known | None:
        bare = _bare(form)
        known = self._forms.get(gazetteer.key(bare)) or self._written_small(bare)
        if known is None or not bare or bare in STOP:
            return None
        small = (
            self.language != "en"
            and known.kind == PartyKind.STATE
            and bare.casefold() != (known.capital or "").casefold()
        )
        return known if bare[:1].isupper() or small or known.name in gazetteer.bodies() else None

    def _written_small(self, form: str) -> gazetteer.Known | None:
        """ "Nato", "Renamo": an acronym of the gazetteer that is read as a word."""
        spoken = len(form) > gazetteer.SHORTEST and form.istitle() and form.isalpha()
        known = self._forms.get(form.upper()) if spoken else None
        return known if known is not None and known.forms else None

    def _note(self, mention: Mention, number: int) -> None:
        known = self._known(mention.form)
        if known is None:
            return
        actor = self.found.setdefault(
            known.name,
            Actor(
                known.name,
                known.kind,
                capital=known.capital,
                known=bool(known.forms),
                guessed=known.guessed,
            ),
        )
        actor.forms[mention.form] += 1
        actor.sentences.add(number)

    @property
    def home(self) -> str | None:
        """The state that a document is about where it says "the government": the most named."""
        return self.generic.home

    @cached_property
    def main(self) -> list[str]:
        """The parties named most, at most six."""
        ranked = sorted(self.found.values(), key=lambda actor: (-actor.count, actor.name))
        return [actor.name for actor in ranked[:6] if actor.count > 1]

    def of_person(self, name: str) -> Person | None:
        """The person of that name or surname."""
        return self.people.get(folded(name.split()[-1])) if name.split() else None


def _entities(parsed: Sequence[Doc] | None) -> dict[str, Counter[str]]:
    """Names with the labels that the recogniser gives them."""
    found: dict[str, Counter[str]] = {}
    for doc in parsed or ():
        for entity in doc.ents:
            found.setdefault(entity.text, Counter())[entity.label_] += 1
    return found


def _span(word: re.Match[str]) -> tuple[int, int]:
    """Where a word is, without an article that has run into it: "l'Union"."""
    elided = _ELIDED.match(word[0])
    return word.start() + (elided.end() if elided else 0), word.end()


def _bare(form: str) -> str:
    form = re.sub(r"['’]s?$", "", form)
    return form if re.fullmatch(r"(?:\w\.)+", form) else form.rstrip(".")
