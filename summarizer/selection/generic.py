"""Who is meant by "the government", "the rebels", "the Council" (pure).

The state that the document is about, or of two at war the one named last; the armed group, of
several the one named last; the group that has the noun in its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.selection.home import likely
from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from summarizer.selection.actors import Actor, Mention

_SAID_GENERALLY = re.compile(
    r"\b(?P<article>the|el|la|los|las|le|les|l['’])\s?(?P<noun>government|army|military|junta|regime|"
    r"generals|rebels?|guerrillas?|insurgents?|separatists|secessionists|militants|gobierno|ejército|guerrilla|rebeldes|gouvernement|"
    r"armée|rebelles|rébellion|mouvement|movement|front|council|alliance|coalition|assembly|union|"
    r"party|resistance|opposition|coordination|plateforme|platform|house|forces|frente|consejo|"
    r"resistencia|movimiento|commission|league|congress)\b(?! of| for| de)(?!['’]s)?",
    re.IGNORECASE,
)
_GENERIC = (
    (re.compile(r"\b(?:rebels?|guerrillas?|insurgents?|separatists|secessionists|militants|paramilitary|rebelles|rébellion|"
                r"rebeldes|insurgentes)\b", re.IGNORECASE), PartyKind.ARMED_GROUP),
    (re.compile(r"\b(?:government|army|military|junta|regime|authorities|cabinet|presidency|"
                r"gobierno|ejército|gouvernement|armée|autorités|pouvoir|Ejecutivo)\b",
                re.IGNORECASE), PartyKind.STATE),
)  # fmt: skip
RIVAL = 0.5
"""Share of the most named group's mentions from which another may be meant as well."""
NEAR = 1.0
"""How near another state comes to the likeliest one that may be meant as well where no group fights, in
log-odds."""
UNNAMED: Mapping[PartyKind, str] = {PartyKind.STATE: "Government", PartyKind.ARMED_GROUP: "Rebels"}
"""What they are called who are none of those named."""
OFTEN = 2
"""Times that a party is named whose kind is known, before one of no certain kind is meant."""
BACK = 3
"""Sentences before, and the one itself, in which the one meant may be named."""


class Generic:
    """Resolves nouns, once everyone named is known."""

    def __init__(
        self, found: Mapping[str, Actor], named: Sequence[Sequence[Mention]], texts: Sequence[str]
    ) -> None:
        self._found, self.named = found, named
        """Who is named by name in each sentence."""
        states, groups = likely(found, named, texts), _ranked(found)
        self.home = next(iter(states), None)
        """The state that a document is about."""
        self._meant = {
            PartyKind.STATE: _within(states, self._first(states) - (0.0 if groups else NEAR)),
            PartyKind.ARMED_GROUP: _within(groups, self._first(groups) * RIVAL),
        }
        said = Counter(kind for text in texts for kind in _kinds_said(text))
        self._unnamed = {kind: UNNAMED[kind] for kind in UNNAMED
                         if not self._meant[kind] and said[kind] >= OFTEN}  # fmt: skip

    @staticmethod
    def _first(ranked: Mapping[str, float]) -> float:
        return next(iter(ranked.values()), 0.0)

    def __call__(self, text: str, number: int) -> str | None:
        """The party that "the government" or "the rebels" means in a sentence, or None."""
        kind = _kind_said(text)
        return self._nearest(kind, number) if kind is not None else None

    @staticmethod
    def kind_of(unnamed: str) -> PartyKind:
        """Of what kind those are who are none of those named."""
        return next(kind for kind, name in UNNAMED.items() if name == unnamed)

    def said(self, sentence: str, number: int) -> Iterator[tuple[int, int, str, str]]:
        """Where a sentence speaks of a party in general: start, end, the words, the party."""
        for match in _SAID_GENERALLY.finditer(sentence):
            party = self._short(match["noun"]) or self(match["noun"], number)
            if party is not None:
                form = match[0] if match["article"].islower() else match["noun"]
                yield match.start(), match.end("noun"), form, party

    def _nearest(self, kind: PartyKind, number: int) -> str | None:
        """The likeliest one, unless a rival that is nearly as likely was named last."""
        rivals = self._meant[kind]
        if len(rivals) > 1:
            for mentions in reversed(self.named[max(0, number - 1 - BACK) : number]):
                near = [m.party for m in mentions if m.party in rivals]
                if near:
                    return near[-1]
        return rivals[0] if rivals else self._unnamed.get(kind)

    def _short(self, noun: str) -> str | None:
        """The group whose name has that noun, if there is only one, or one is named most."""
        if not noun[:1].isupper():
            return None
        groups = [a for a in self._found.values() if noun in a.name.split()]
        return max(groups, key=lambda a: (a.count, a.name)).name if groups else None


def _kind_said(text: str) -> PartyKind | None:
    return next((kind for pattern, kind in _GENERIC if pattern.search(text)), None)


def _kinds_said(text: str) -> Iterator[PartyKind]:
    """Whether a sentence speaks of a government, of rebels, once for each time."""
    for match in _SAID_GENERALLY.finditer(text):
        kind = _kind_said(match["noun"])
        if kind is not None:
            yield kind


def _within(ranked: Mapping[str, float], least: float) -> list[str]:
    return [name for name, weight in ranked.items() if weight >= least]


def _ranked(found: Mapping[str, Actor]) -> dict[str, float]:
    """Armed groups, the most named first, those of no certain kind only where no other is."""
    own = [actor for actor in found.values() if actor.kind == PartyKind.ARMED_GROUP]
    sure = {a.name for a in own if not a.guessed and a.count >= OFTEN}
    ranked = sorted(own, key=lambda actor: (-actor.count, actor.name))
    return {a.name: a.count for a in ranked if not sure or a.name in sure}
