"""Parties known beforehand: states with their demonyms and capitals, organisations, groups.

States come from the package countryinfo (MIT), which ships names, spellings, demonyms, capitals
and translations; what it lacks, and who is no state, stands in ``parties.toml``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from summarizer.errors import MissingExtra
from summarizer.names import LATIN_ENDINGS, folded
from summarizer.vocabulary import PartyKind

SHORTEST = 3
"""Letters of a name that is looked for in any case; shorter ones are acronyms."""
_SECTIONS = {
    "states": PartyKind.STATE,
    "organisations": PartyKind.INTERNATIONAL_ORGANISATION,
    "armed_groups": PartyKind.ARMED_GROUP,
    "movements": PartyKind.POLITICAL_MOVEMENT,
}
_RENAMED = {
    "Russian Federation": "Russia",
    "United States of America": "United States",
    "Democratic Republic of the Congo": "DR Congo",
    "Congo, Democratic Republic of the": "DR Congo",
    "Republic of the Congo": "Congo Republic",
    "Congo": "Congo Republic",
    "Côte d'Ivoire": "Côte d'Ivoire",
    "Korea, North": "North Korea",
    "Korea, South": "South Korea",
    "Palestine": "Palestinian Authority",
    "Turkey": "Turkey",
    "Vatican City": "Holy See",
    "Vatican City State": "Holy See",
    "Holy See (Vatican City State)": "Holy See",
    "Czech Republic": "Czechia",
    "Republic of Macedonia": "North Macedonia",
    "The Gambia": "Gambia",
    "The Bahamas": "Bahamas",
    "Palestine, State of": "Palestinian Authority",
    "Serbia and Montenegro": "Yugoslavia",
}


_NO_PARTIES = frozenset(
    {"Réunion", "Reunion", "Jersey", "Saint Martin", "Guadeloupe", "Northern Mariana Islands"}
)
"""Territories whose names are common words, or whose demonym is another's."""
_COMMON = frozenset({"Island", "The Valley", "Mann"})
"""Spellings and capitals that are common words in English, or names of people."""
_SMALL = 250_000
"""Inhabitants under which a capital rather names a person or another town: "Hamilton"."""


@dataclass(frozen=True)
class Known:
    """A party of the gazetteer: its English name, and every form that names it."""

    name: str
    kind: PartyKind
    forms: tuple[str, ...]
    capital: str | None = None
    guessed: bool = False
    """Whether its kind is a guess."""


@cache
def known(language: str) -> dict[str, Known]:
    """Every form (folded; acronyms as they are) and the party that it names, for a language."""
    found: dict[str, Known] = {}
    for party in _all(language):
        for form in party.forms:
            found.setdefault(key(form), party)
    return found


def key(form: str) -> str:
    """What a form is looked up by: acronyms keep their case, "US" is not "us"."""
    bare = form.replace(".", "")
    return bare if bare.isupper() and len(bare) <= 6 else folded(form)


@cache
def longest(language: str) -> int:
    """Words of the longest form."""
    return max(len(form.split()) for form in known(language))


def _all(language: str) -> Iterator[Known]:
    table = _table()
    countries = sorted(_countries(), key=lambda country: -(country.get("population") or 0))
    states = [_state(country, language) for country in countries]  # the largest first: "Indian"
    capitals = {state.name: state.capital for state in states}
    for section, kind in _SECTIONS.items():
        for name, forms in table[section].items():
            plural = [f"{form}s" for form in forms if form.isalpha() and form[-1] in "inhk"]
            yield Known(name, kind, (name, *forms, *plural), capitals.get(name))
    yield from states


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = resources.files("summarizer.selection").joinpath("parties.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def group_nouns() -> dict[str, PartyKind]:
    """Capitalised nouns that make a phrase a group, with its kind."""
    table: dict[str, str] = _table()["nouns"]
    kinds = {kind: PartyKind(kind) for kind in table}
    return {noun: kinds[kind] for kind in reversed(list(table)) for noun in table[kind].split()}


@cache
def often_mediate() -> frozenset[str]:
    """Those who have mediated in many conflicts."""
    return frozenset(_table()["often"]["mediate"])


@cache
def speaks_for(surname: str) -> str | None:
    """The party that someone known everywhere speaks for, by a folded surname."""
    return next((party for party, known in _people() if surname in known), None)


@cache
def _people() -> tuple[tuple[str, frozenset[str]], ...]:
    table: dict[str, list[str]] = _table()["people"]
    return tuple((party, frozenset(map(folded, named))) for party, named in table.items())


@cache
def powers() -> frozenset[str]:
    """States that have a part in conflicts everywhere."""
    return frozenset(_table()["often"]["everywhere"])


@cache
def bodies() -> dict[str, tuple[PartyKind, re.Pattern[str]]]:
    """Bodies without a name of their own ("the donors"), with their kind and what names them."""
    table: dict[str, dict[str, str]] = _table()["bodies"]
    return {
        name: (PartyKind(kind), re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
        for kind, named in table.items()
        for name, words in named.items()
    }


@cache
def _countries() -> tuple[dict[str, Any], ...]:
    try:
        folder = resources.files("countryinfo").joinpath("data")
    except ModuleNotFoundError as error:
        raise MissingExtra("embedded", "sentence selection") from error
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    read = [json.loads(f.read_text("utf-8")) for f in files if f.name.endswith(".json")]
    return tuple(country for country in read if country["name"] not in _NO_PARTIES)


def _state(country: dict[str, Any], language: str) -> Known:
    name = _RENAMED.get(country["name"], country["name"])
    spelled = [s for s in country.get("altSpellings", []) if len(s) > SHORTEST and s.isascii()]
    stated = country.get("capital")
    large = (country.get("population") or 0) >= _SMALL
    capital: str | None = stated if isinstance(stated, str) and stated and large else None
    forms = [country["name"], *spelled, *_demonyms(country.get("demonym") or "")]
    translated = (country.get("translations") or {}).get(language)
    if translated:
        forms += [translated, *_adjectives(translated)]
    if capital:
        forms.append(capital)
    kept = tuple(form for form in dict.fromkeys(forms) if form not in _COMMON)
    return Known(name, PartyKind.STATE, kept, capital)


def _demonyms(stated: str) -> list[str]:
    words = [word.strip() for word in stated.replace(" or ", ",").split(",") if word.strip()]
    return [form for word in words for form in (word, f"{word}s")]


def _adjectives(name: str) -> list[str]:
    """Adjectives that endings make of a Spanish or French name: "Ucrania", "ucraniano"."""
    if " " in name or len(name) < 4:
        return []
    stem = name.rstrip("aeiouáéíóúy")
    return [f"{part}{ending}" for part in {name, stem} for ending in LATIN_ENDINGS
            if len(part) > SHORTEST]  # fmt: skip
