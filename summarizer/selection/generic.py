"""Who is meant by "the government", "the rebels", "the Council" (pure).

The state that the document is about, or of two at war the one named last; the armed group, of
several the one named last; the group that has the noun in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from summarizer.selection.actors import Actor, Mention

_SAID_GENERALLY = re.compile(
    r"\b(?P<article>the|el|la|los|las|le|les|l['’])\s?(?P<noun>government|army|military|junta|regime|"
    r"generals|rebels?|guerrillas?|insurgents?|gobierno|ejército|guerrilla|rebeldes|gouvernement|"
    r"armée|rebelles|rébellion|mouvement|movement|front|council|alliance|coalition|assembly|union|"
    r"party|resistance|opposition|coordination|plateforme|platform|house|forces|frente|consejo|"
    r"resistencia|movimiento|commission|league|congress)\b(?! of| for| de)(?!['’]s)?",
    re.IGNORECASE,
)
_GENERIC = (
    (re.compile(r"\b(?:rebels?|guerrillas?|insurgents?|militants|paramilitary|rebelles|rébellion|"
                r"rebeldes|insurgentes)\b", re.IGNORECASE), PartyKind.ARMED_GROUP),
    (re.compile(r"\b(?:government|army|military|junta|regime|authorities|cabinet|presidency|"
                r"gobierno|ejército|gouvernement|armée|autorités|pouvoir|Ejecutivo)\b",
                re.IGNORECASE), PartyKind.STATE),
)  # fmt: skip
RIVAL = 0.5
"""Share of the most named one's mentions from which another may be meant as well."""
OFTEN = 2
"""Times that a party is named whose kind is known, before one of no certain kind is meant."""
BACK = 3
"""Sentences before, and the one itself, in which the one meant may be named."""


class Generic:
    """Resolves nouns, once everyone named is known."""

    def __init__(self, found: Mapping[str, Actor], named: Sequence[Sequence[Mention]]) -> None:
        self._found, self._named = found, named
        self._states = _ranked(found, PartyKind.STATE)
        self._groups = _ranked(found, PartyKind.ARMED_GROUP)
        self.home = next(iter(self._states), None)
        """The state that a document is about."""

    def __call__(self, text: str, number: int) -> str | None:
        """The party that "the government" or "the rebels" means in a sentence, or None."""
        for pattern, kind in _GENERIC:
            if pattern.search(text):
                return self._nearest(
                    self._states if kind == PartyKind.STATE else self._groups, number
                )
        return None

    def said(self, sentence: str, number: int) -> Iterator[tuple[int, int, str, str]]:
        """Where a sentence speaks of a party in general: start, end, the words, the party."""
        for match in _SAID_GENERALLY.finditer(sentence):
            party = self._short(match["noun"]) or self(match["noun"], number)
            if party is not None:
                form = match[0] if match["article"].islower() else match["noun"]
                yield match.start(), match.end("noun"), form, party

    def _nearest(self, ranked: Mapping[str, int], number: int) -> str | None:
        """The most named one, unless a rival that is named nearly as often was named last."""
        most = next(iter(ranked.values()), 0)
        rivals = {name for name, count in ranked.items() if count >= RIVAL * most}
        if len(rivals) > 1:
            for mentions in reversed(self._named[max(0, number - 1 - BACK) : number]):
                near = [m.party for m in mentions if m.party in rivals]
                if near:
                    return near[-1]
        return next(iter(ranked), None)

    def _short(self, noun: str) -> str | None:
        """The group whose name has that noun, if there is only one, or one is named most."""
        if not noun[:1].isupper():
            return None
        groups = [a for a in self._found.values() if noun in a.name.split()]
        return max(groups, key=lambda a: (a.count, a.name)).name if groups else None


def _ranked(found: Mapping[str, Actor], kind: PartyKind) -> dict[str, int]:
    """Parties of a kind, the most named first, those of no certain kind only where no other is.

    A capital may be no more than a place.
    """
    own = [actor for actor in found.values() if actor.kind == kind]
    counts = {a.name: a.count - a.forms[a.capital or ""] for a in own}
    sure = {a.name for a in own if not a.guessed and counts[a.name] >= OFTEN}
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {name: count for name, count in ranked if not sure or name in sure}
