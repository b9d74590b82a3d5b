"""An item as far as it tells whether another one is the same (pure)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer.figures import Figure, figures_of
from summarizer.partynames import Mentions
from summarizer.polarity import content_words, looks_english

_NAME = re.compile(r"(?<=[\w,;:’'”\"] )[^\W\d_a-z][\w’'-]*")
_NO_NAMES = frozenset(
    "I January February March April May June July August September October November "
    "December".split()
)
_ANSWERS = re.compile(
    r"\b(?:(?:has|have|had|not|never|did|does|do) )*"
    r"(?:reject|refus|declin|den(?:y|ie)|accept|agree|welcom)\w*\b",
    re.IGNORECASE,
)
"""Words that say how an offer was answered, which is its status and not its substance."""
_NO_LONGER = re.compile(r"\b(?:are|is|be|will|was|were)? ?no longer\b", re.IGNORECASE)
"""What is no longer done is stopped: no negation of the stopping."""
_SAYING = frozenset("say said tell told accord announc if when they it".split())
"""Stems of words that say that something is said; links of a clause."""
_FIGURE_WORD = re.compile(r"\d")


@dataclass(frozen=True, eq=False)
class Face:
    """An item as far as it tells whether another one is the same.

    ``origin`` is what keeps items apart for good: a model that lists two in one answer means two.
    """

    section: str
    origin: Hashable
    item: Any
    evidence: frozenset[Hashable]
    named: frozenset[str] = frozenset()
    holders: frozenset[str] = frozenset()
    bare: str = ""
    """The statement without the names of parties."""

    @classmethod
    def of(
        cls,
        section: str,
        item: Any,
        *,
        origin: Hashable,
        evidence: Iterable[Hashable],
        names: Mentions,
    ) -> Face:
        """The face of an item of a draft or a brief; ``names`` finds the parties in a text.

        Who answers an offer has no part in what is offered.
        """
        holders = frozenset(holders_of(section, item))
        answering = {response.party for response in getattr(item, "responses", ())}
        named = names(text_of(item)) - holders - answering
        bare = _NO_LONGER.sub("stop", names.without(text_of(item)))
        return cls(section, origin, item, frozenset(evidence), named, holders, bare)

    @cached_property
    def text(self) -> str:
        """The statement, or the question."""
        return text_of(self.item)

    @cached_property
    def topics(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(map(str, self.item.topics))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the statement, the deadline and the date; in words only in English."""
        more = (getattr(self.item, name, None) for name in ("deadline", "when", "date"))
        told = " ; ".join([self.text, *(str(text) for text in more if text)])
        return figures_of(told, "en" if self.english else None)

    @cached_property
    def meant(self) -> str:
        """The statement without parties and figures, which make two things of one party alike."""
        return " ".join(word for word in self.bare.split() if not _FIGURE_WORD.search(word))

    @cached_property
    def english(self) -> bool:
        """Whether its words can be compared."""
        return looks_english(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the words that carry content, without figures, parties, answers."""
        own = {word for name in self.holders for word in content_words(name)}
        stems = content_words(_ANSWERS.sub(" ", self.bare))
        return frozenset(s for s in stems if not _FIGURE_WORD.search(s)) - own - _SAYING

    @cached_property
    def said(self) -> str:
        """What may be said yes or no to: of an offer without the word of how it was answered."""
        return _ANSWERS.sub(" ", self.bare) if self.section == "offers" else self.bare

    @cached_property
    def to(self) -> frozenset[str]:
        """Whom an offer is made to."""
        return frozenset(getattr(self.item, "to", ()))

    @cached_property
    def same_as(self) -> Hashable:
        """All that decides whether two items are one, evidence and origin apart."""
        fields = ("deadline", "when", "date", "kind", "status")
        told = tuple(str(getattr(self.item, name, "")) for name in fields)
        return self.section, self.holders, self.text, self.topics, self.named, self.to, told

    @cached_property
    def proper(self) -> frozenset[str]:
        """Names within the statement, parties apart: places, people, days; dates are figures."""
        found = frozenset(_NAME.findall(self.bare)) - _NO_NAMES
        return found if self.english else frozenset(name for name in found if name[0].isupper())


def text_of(item: Any) -> str:
    """The statement of an item, or its question."""
    return str(getattr(item, "question", None) or item.statement)


def holders_of(section: str, item: Any) -> list[str]:
    """Whose item it is: names of parties, or who speaks for an outside voice."""
    if section == "offers":
        return list(item.by)
    if section == "red_lines":
        return [item.held_by]
    return [item.speaker] if section == "outside_voices" else list(item.parties)
