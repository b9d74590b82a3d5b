"""Names of parties and people in text: is this party mentioned here? (pure)

A name is looked for as a whole word, folded (case, accents, typographic marks), and in its
adjective ("Russia" in "Russian", "Iran" in "iraníes"), its case endings ("Россия" in "России")
and behind what a script writes onto a word ("إيران" in "والإيراني"). Acronyms keep their case:
"US" is not "us".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ARTICLES = re.compile(r"^(?:the|la|le|el|los|las|les)\s+|^l['’]", re.IGNORECASE)
_PARTICLES = {"al", "el", "de", "del", "la", "van", "von", "bin", "ibn", "ben", "da", "dos", "and"}
# l'Ukraine, d’Israël, qu'Israël, dell'Ucraina: two words, unlike "Sana'a" or "п'ять".
_ELISION = re.compile(r"(?<!\w)([cdjlmnst]|qu|dell|all|nell|sull)['’](?=\w)", re.IGNORECASE)
_ACRONYM_DOT = re.compile(r"(?<=\b[^\W\d_])\.")
_APOSTROPHES = re.compile(r"['’‘ʼ`ʿʾ]")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,4}")

LATIN_ENDINGS = (
    "s n ns an ans ian ians i is ese ish ite ites ic na nas no nos ana anas ano anos iana ianas"
    " iano ianos in ina inas ino inos en ens ien iens ienne iennes enne ennes ain aine ais aise"
    " aises ense enses eno ena enos enas es ies esa esas eses e a as o os k ks ar ars lese vian"
    " vians"
).split()
"""How adjectives and plurals of names end, in English, Spanish and French."""

IRREGULAR = {
    "britain": "british|briton", "united kingdom": "british|briton", "france": "french",
    "greece": "greek", "germany": "german", "turkey": "turk|turkish", "spain": "spanish|spaniard",
    "poland": "polish|pole", "netherlands": "dutch", "switzerland": "swiss", "ireland": "irish",
    "denmark": "danish|dane", "sweden": "swedish|swede", "finland": "finnish|finn",
    "norway": "norwegian", "philippines": "philippine|filipino", "thailand": "thai",
    "lebanon": "lebanese|libanes|libanais", "cyprus": "cypriot", "united states": "american",
    "united nations": "un", "european union": "eu", "niger": "nigerien", "kosovo": "kosovar",
}  # fmt: skip
"""Adjectives that no ending makes."""


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Text without case, accents, apostrophes, dots in acronyms and doubled white space."""
    return _plain(text).casefold()


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """``folded``, with the case kept."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _ELISION.sub(r"\1 ", text)
    text = _APOSTROPHES.sub("", _ACRONYM_DOT.sub("", text))
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def mentions(text: str, names: Iterable[str]) -> bool:
    """Whether any of the names, or an adjective made of it, occurs in the text."""
    return any(_occurs(text, name) for name in names)


def names_it(text: str, name: str) -> bool:
    """Whether the name itself occurs in the text, possessive included; no adjectives."""
    needle = folded(name)
    found = re.search(rf"(?<!\w){re.escape(needle)}s?(?!\w)", folded(text))
    return bool(needle) and found is not None


def _occurs(text: str, name: str) -> bool:
    name = _ARTICLES.sub("", name.strip())
    pattern = _pattern(name)
    if pattern is None:
        return False
    if _ACRONYM.fullmatch(name):
        return pattern.search(_plain(text)) is not None
    return pattern.search(folded(text)) is not None


@lru_cache(maxsize=10_000)
def _pattern(name: str) -> re.Pattern[str] | None:
    """What shows that name in a folded text; in one with its case kept for an acronym."""
    if _ACRONYM.fullmatch(name):
        return re.compile(rf"(?<!\w){_plain(name)}s?(?!\w)")
    needle = folded(name)
    if not needle:
        return None
    script = _script(needle)
    if script == "latin":
        return re.compile(rf"(?<!\w)(?:{'|'.join(_latin_forms(needle, name))})(?!\w)")
    if script == "cyrillic":
        return re.compile(r"(?<!\w)" + " ".join(map(_declined, needle.split())))
    if script in {"arabic", "hebrew"}:
        joined = r"(?:[وفبكل]?(?:ال|ل)?|[והבלמכש]{1,3})"
        return re.compile(rf"(?<!\w){joined}{re.escape(needle)}\w{{0,4}}")
    return re.compile(re.escape(needle))  # no word breaks, or endings without end


def _script(needle: str) -> str:
    letters = (unicodedata.name(c, "").split(" ")[0].lower() for c in needle if c.isalpha())
    return next(letters, "latin")


def _latin_forms(needle: str, name: str) -> list[str]:
    forms = [rf"{re.escape(needle)}s?", *(f"(?:{word})s?" for word in _irregular(needle))]
    if " " in needle or len(needle) < 4 or not name[:1].isupper():
        return forms
    endings = "|".join(LATIN_ENDINGS)
    forms.append(rf"{needle}(?:{endings})")
    if len(needle) > 4 and needle[-1] in "aeiouy":
        forms.append(rf"{needle[:-1]}(?:{endings})")  # Ukraine, Ukrainian; Russie, russe
    if re.search(r"...i[ae]$", needle):
        forms.append(rf"{needle[:-2]}[aeo]?s?")  # Serbia, Serb; Rusia, rusos; Russie, russes
    if stan := re.fullmatch(r"(\w{4,}?)i?stan", needle):
        forms.append(rf"{stan[1]}s?")  # Afghanistan, Afghan
    if re.search(r"[^as]s$", needle):
        forms.append(rf"{needle[:-1]}(?:{endings})?")  # Houthis, Houthi
    return forms


def _irregular(needle: str) -> list[str]:
    return [IRREGULAR[needle]] if needle in IRREGULAR else []


def _declined(word: str) -> str:
    """The word with any ending: "Россия" in "России", "российский"; "Путин" in "Путина"."""
    if len(word) <= 3:
        return rf"{re.escape(word)}(?!\w)"
    ending = re.search(r"(?:и[яие]|ы[ийе]|о[ий]|[аеиіоуыьюя])$", word) if len(word) > 4 else None
    stem = word[: ending.start()] if ending else word
    return rf"{re.escape(stem)}\w*"


def surname_forms(name: str) -> list[str]:
    """A person's name as documents use it: whole, and the last part alone.

    >>> surname_forms("Volodymyr Zelenskyy")
    ['Volodymyr Zelenskyy', 'Zelenskyy']
    """
    parts = [part for part in name.split() if part.casefold() not in _PARTICLES]
    return [name, parts[-1]] if len(parts) > 1 and len(parts[-1]) > 2 else [name]
