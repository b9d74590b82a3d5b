"""For which party a person speaks, as the words around the name tell (pure).

A party in the title or the apposition, "the delegation of X, led by N", "N of X", "its foreign
minister, N"; and for a title alone ("President N", "rebel commander N") a party of the kind that
has such people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from summarizer.selection.actors import Actors, Mention
    from summarizer.selection.people import Person

_LED = re.compile(
    r"\b(?:led|headed|commanded|represented|chaired|lead|founded|dirigid[oa]|encabezad[oa]|liderad[oa]|representad[oa]|dirigée?|"
    r"conduite?|représentée?) (?:\w+ )?(?:by|por|par) [^,;.]{0,60}$|\bof $|['’]s? $",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^,? (?:(?:spoke|speaks|speaking|signed|signing|negotiat\w+) )?(?:of|from|for|del?|du|des|de la|pour|por)"
    r" (?:the |la |le |el |l['’])?"
)  # fmt: skip
_ITS = re.compile(
    r"\b(?:its|their|his|her|su|sus|son|sa|ses|leur) (?:[\w’'-]+ ){1,4}$|\b(?:its|their|su|son|sa|leur) [\w’' -]{3,40}, $",
    re.IGNORECASE,
)
_KINDS = (
    (re.compile(
        r"rebel|guerrill|insurgent|commander|comandante|commandant|militia|fighter|military wing|rebelde|rebelle", re.IGNORECASE),
     frozenset({PartyKind.ARMED_GROUP, PartyKind.POLITICAL_MOVEMENT})),
    (re.compile(
        r"secretary[- ]general|special representative|secretario general|secrétaire général|high representative|commissioner",
        re.IGNORECASE),
     frozenset({PartyKind.INTERNATIONAL_ORGANISATION, PartyKind.BLOC})),
    (re.compile(
        r"president|prime minister|premier|minister|king|emir|prince|chancellor|chief of staff|army|general|colonel|admiral|"
        r"state secretary|secretary of state|ambassador|presidente|ministro|ministra|canciller|président|ministre|general[a-z]* staff",
        re.IGNORECASE),
     frozenset({PartyKind.STATE})),
)  # fmt: skip
_ONE = re.compile(
    r"president|prime minister|chancellor|king|emir|presidente|président", re.IGNORECASE
)
REACH = 150
"""Characters before a name that are looked at."""
_NEAR = 70
"""Characters between a party and "led by N"."""


def told(
    text: str, start: int, end: int, mentions: Sequence[Mention], before: Sequence[Mention]
) -> str | None:
    """The party that the construction around a name gives, or None."""
    return (
        _behind(text, end, mentions)
        or _led(text, start, mentions)
        or _possessor(text[:start], start, mentions, before)
    )


def _behind(text: str, end: int, mentions: Sequence[Mention]) -> str | None:
    """ "N of the FDD", "N, for the Government"."""
    match = _FOR.match(text[end:])
    near = [m for m in mentions if match and m.start == end + match.end()]
    return near[0].party if near else None


def _led(text: str, start: int, mentions: Sequence[Mention]) -> str | None:
    """ "The Front's team, led by N", "the Front of N"."""
    if not _LED.search(text[max(0, start - REACH) : start]):
        return None
    earlier = [m for m in mentions if m.end <= start and start - m.end < _NEAR]
    return earlier[-1].party if earlier else None


def _possessor(
    text: str, start: int, mentions: Sequence[Mention], before: Sequence[Mention]
) -> str | None:
    """ "Eritrea … said its foreign minister, N": whose minister."""
    if not _ITS.search(text[-REACH:]):
        return None
    earlier = [m for m in mentions if m.end <= start] or list(before)[:1]
    return earlier[0].party if earlier else None


def guessed(person: Person, near: Counter[str], actors: Actors) -> str | None:
    """The party named near a person most, of the kind that has people of such a title."""
    kinds = next((k for words, k in _KINDS if words.search(person.title or "")), None)
    if kinds is None:
        return _most(near)
    fitting = Counter({p: n for p, n in near.items() if _has_such(actors, p, kinds)})
    meant = _most(fitting)
    if meant is None and PartyKind.STATE in kinds:
        return actors.generic("government", person.first)
    if meant is None and PartyKind.ARMED_GROUP in kinds:
        return actors.generic("rebels", person.first)
    return meant


def office(person: Person) -> tuple[str, ...]:
    """The office that only one of a state holds at a time; empty for any other title."""
    match = _ONE.fullmatch(person.title or "")
    return (match[0].casefold(),) if match else ()


def _has_such(actors: Actors, party: str, kinds: frozenset[PartyKind]) -> bool:
    return actors.found[party].kind in kinds and not actors.found[party].guessed


def _most(near: Counter[str]) -> str | None:
    """The party named near a person in most places, if one stands out."""
    ranked = near.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
