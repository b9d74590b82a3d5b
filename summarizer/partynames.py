"""One party under many names: spellings, languages, scripts, acronyms (pure).

Names of states are known in a dozen languages (Unicode CLDR, through babel), acronyms of note by
``partykeys``; other names are compared by how they sound, after transliteration (anyascii):
Zelenskyy, Zelenski and Зеленський are one. What one document keeps apart is never joined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import Protocol

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from summarizer.clustering import clustered
from summarizer.partykeys import WELL_KNOWN, name_key, relaxed

LANGUAGES = ("en", "es", "fr", "de", "ru", "uk", "ar", "pt", "it", "tr", "fa", "he", "zh")
"""Languages in which states are known by name: those of the documents, as far as CLDR has them."""
SAME_NAME, NAME_OF_OTHER, SAME_ALIAS, SOUNDS_ALIKE = 4.0, 3.0, 2.0, 1.0
"""How surely two entries are one party, by what they share."""
ALIKE = 75.0
"""Likeness (0 to 100, of rapidfuzz's ``ratio``) of two names that sound alike: Putin and Poutine
have 91, Hezbollah and Hizbullah 75; the consonants must be the same anyway."""
SHORTEST = 5
"""Letters of a name from which on its sound says something: Berg is not Borg."""

_GENERIC = frozenset(
    "front army council movement group commission government republic union alliance party force "
    "forces coalition authority state states rebels mediators mediator officials delegation side "
    "leaders ministry president parliament opposition regime administration military talks".split()
)
_TRANSLATED = {
    form: line.split()[0]
    for line in (
        "front frente fronte",
        "movement mouvement movimiento movimento",
        "army armee ejercito exercito",
        "party partido parti partito",
        "council consejo conseil consiglio",
        "alliance alianza alianca",
        "union unión",
        "liberation liberacion libertacao liberazione",
        "national nacional nazionale",
        "democratic democratico democratique",
        "peoples popular populaire popolare",
    )
    for form in line.split()
}
"""What movements are called in Spanish, French, Portuguese and Italian, as ``name_key`` writes it:
"Frente Serrano" is the "Serrano Front", whatever order the language puts the words in."""
_JOINING = frozenset(
    "of for the de del la le les des du do da di el los las and y et e per".split()
)
_SOUNDS = (
    (r"ph", "f"), (r"kh", "h"), (r"gh", "g"), (r"sch|sh|sz", "s"), (r"[jyi]+", "i"),
    (r"ou|oo", "u"), (r"w", "v"), (r"ck|c(?!h)|q", "k"), (r"z", "s"), (r"([a-z])\1+", r"\1"),
)  # fmt: skip
"""How transliterations of one name differ: each pair becomes one letter."""


class Named(Protocol):
    """A party of a draft or of a brief."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> list[str]: ...


def unified(documents: Sequence[Sequence[Named]]) -> list[dict[str, str]]:
    """For the parties of every document, what each of their names is in all of them together.

    The English name of a state stands for all, else the name that most documents use; among
    equals the shortest, then the first in the alphabet. Two parties of one document stay two.
    """
    if len(documents) == 1:
        return [{party.name: party.name for party in documents[0]}]  # and no names are loaded
    entries = [(place, party) for place, parties in enumerate(documents) for party in parties]
    groups = clustered(len(entries), _edges(entries), lambda a, b: _apart(entries[a], entries[b]))
    found: list[dict[str, str]] = [{} for _ in documents]
    chosen = [_chosen([entries[i][1].name for i in group]) for group in groups]
    taken = Counter(chosen)
    for group, name in zip(groups, chosen, strict=True):
        for i in group:
            place, party = entries[i]
            # Two groups that one document keeps apart, and others call alike, keep their names.
            found[place][party.name] = name if taken[name] == 1 else party.name
    return found


def mentioned(names: Mapping[str, Iterable[str]]) -> Mentions:
    """What finds the parties that a statement names; ``names`` are all names of each of them."""
    return Mentions(names)


class Mentions:
    """The parties in a statement: which they are, and what it says without their names."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        forms = {form: name for name, listed in names.items() for form in (*listed, name)}
        forms = {form: name for form, name in forms.items() if form.strip()}
        self._means = {
            form.casefold(): name for form, name in forms.items() if _tells(form) or form == name
        }
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        parts = [re.escape(f) if f.isupper() else f"(?i:{re.escape(f)})" for f in ordered]
        self._pattern = re.compile(rf"(?<!\w)({'|'.join(parts) or '(?!)'})(?:['’]s)?(?!\w)")

    def __call__(self, text: str) -> frozenset[str]:
        """The parties that are named; "the government" names nobody."""
        found = (self._means.get(form.casefold()) for form in self._pattern.findall(text))
        return frozenset(name for name in found if name is not None)

    def without(self, text: str) -> str:
        """The text with every name of a party taken out."""
        return self._pattern.sub(" ", text)


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person: the surnames sound alike, the first names as well.

    >>> same_person("Volodymyr Zelenskyy", "Зеленський")
    True
    """
    first, second = _latin(one).split(), _latin(other).split()
    if not first or not second or not sounds_alike(first[-1], second[-1]):
        return first == second
    if min(len(first), len(second)) == 1:
        return True
    given, also = first[0], second[0]
    return given[0] == also[0] and (min(len(given), len(also)) <= 2 or sounds_alike(given, also))


@lru_cache(maxsize=20_000)
def sounds_alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one: the same consonants, and nearly the same letters."""
    first, second = _sound(one), _sound(other)
    if first == second:
        return True
    if min(len(first), len(second)) < SHORTEST or _skeleton(first) != _skeleton(second):
        return False
    return ratio(first, second) >= ALIKE


def _edges(entries: Sequence[tuple[int, Named]]) -> Iterator[tuple[float, int, int]]:
    names: dict[str, list[int]] = defaultdict(list)
    aliases: dict[str, list[int]] = defaultdict(list)
    for i, (_, party) in enumerate(entries):
        for key in _keys(party.name):
            names[key].append(i)
        for alias in party.aliases:
            if _tells(alias):
                for key in _keys(alias):
                    aliases[key].append(i)
    for key, holders in names.items():
        yield from ((SAME_NAME, a, b) for a, b in _pairs(holders))
        yield from ((NAME_OF_OTHER, a, b) for a in holders for b in aliases.get(key, ()))
    for holders in aliases.values():
        yield from ((SAME_ALIAS, a, b) for a, b in _pairs(holders))
    for one, other in combinations(sorted({party.name for _, party in entries}), 2):
        if state(one) is None and state(other) is None and sounds_alike(one, other):
            places = [i for i, (_, party) in enumerate(entries) if party.name in {one, other}]
            yield from ((SOUNDS_ALIKE, a, b) for a, b in _pairs(places))


def _pairs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Enough pairs to connect them all; every pair where they are few."""
    listed = sorted(set(numbers))
    if len(listed) <= 8:
        yield from combinations(listed, 2)
    else:
        yield from pairwise(listed)
        yield from ((listed[0], number) for number in listed[2:])


def _apart(one: tuple[int, Named], other: tuple[int, Named]) -> bool:
    """Two parties of one document, or two states."""
    if one[0] == other[0]:
        return True
    first, second = state(one[1].name), state(other[1].name)
    return first is not None and second is not None and first != second


def _keys(name: str) -> set[str]:
    """What a name is found by: itself without article and case, its well-known form, its state."""
    key = name_key(name)
    words = sorted(_TRANSLATED.get(word, word) for word in key.split() if word not in _JOINING)
    translated = {f"words {' '.join(words)}"} if len(words) > 1 else set()
    known = {min(group) for group in WELL_KNOWN if {key, relaxed(key)} & group}
    code = state(name)
    return {key, relaxed(key), *translated, *known, *([f"state {code}"] if code else [])} - {""}


def _tells(alias: str) -> bool:
    """Whether an alias names one party anywhere: "Kremlin", but not "the government", "Front"."""
    words = name_key(alias).split()
    return alias[:1].isupper() and bool(set(words) - _GENERIC)


@lru_cache(maxsize=20_000)
def state(name: str) -> str | None:
    """The ISO 3166 code of a state or territory by its name in one of ``LANGUAGES``, or None."""
    key = name_key(name)
    known = _states()
    group = next((group for group in WELL_KNOWN if {key, relaxed(key)} & group), frozenset())
    forms = [key, relaxed(key), *sorted(group)]
    return next((known[form] for form in forms if form in known), None)


@cache
def _states() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(name_key(name), code)
    return names


def _chosen(names: Sequence[str]) -> str:
    counted = Counter(names)

    def rank(name: str) -> tuple[bool, int, bool, int, str]:
        foreign = name_key(name) not in _english_states()
        return foreign, -counted[name], not name.isascii(), len(name), name

    return min(counted, key=rank)


@cache
def _english_states() -> frozenset[str]:
    from babel import Locale

    return frozenset(map(name_key, Locale("en").territories.values()))


@lru_cache(maxsize=20_000)
def _latin(name: str) -> str:
    """The name in Latin letters, lower case, words only."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(name).replace("'", "").casefold()))


@lru_cache(maxsize=20_000)
def _sound(name: str) -> str:
    sound = _latin(name)
    for pattern, letter in _SOUNDS:
        sound = re.sub(pattern, letter, sound)
    return sound


def _skeleton(sound: str) -> str:
    """The consonants, figures and first letters of every word: what spellings agree in."""
    return " ".join(word[0] + re.sub(r"[aeiou]", "", word[1:]) for word in sound.split())
