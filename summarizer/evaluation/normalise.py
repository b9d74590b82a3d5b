"""Names and texts in one form, so that only differences that mean something are left.

Party names are compared through the aliases of the case: "Kyiv", "the Ukrainian side" and
"Ukraine" are one party when the reference says so. Texts are folded: case, white space,
typographic quotes and dashes, invisible marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from summarizer.folding import fold

#: Names that every reader takes for one, whatever the document calls them. Metonyms are not
#: here: "Washington" means the United States only where the document uses it so.
WELL_KNOWN: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split("|"))
    for names in (
        "united states|us|usa|united states of america",
        "united kingdom|uk|britain|great britain",
        "united nations|un|united nations organization",
        "european union|eu",
        "african union|au",
        "russia|russian federation",
        "turkey|turkiye",
        "dr congo|drc|democratic republic of the congo|democratic republic of congo",
        "cote divoire|ivory coast",
        "north macedonia|macedonia",
        "myanmar|burma",
        "syria|syrian arab republic",
        "iran|islamic republic of iran",
        "north korea|dprk|democratic peoples republic of korea",
        "south korea|republic of korea",
        "international committee of the red cross|icrc|red cross",
    )
)
_PREFIX = re.compile(
    r"^(?:(?:the|la|le|el|los|las|les) )?"
    r"(?:(?:government|republic|state|kingdom) of (?:the )?)?"
)
#: Function words of English that no other language of the cases shares.
_ENGLISH = frozenset(
    "the of and will would is are was were that by for with has have had not from its be been "
    "should could may must which their they this it until before after to into out over "
    "who how what when where".split()
)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """What a name is looked up by: no case, accents, punctuation or leading article.

    >>> name_key("The U.S.") == name_key("us")
    True
    """
    bare = unicodedata.normalize("NFD", fold(name).replace(".", "").replace("'", ""))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    words = " ".join(re.sub(r"[^\w]+", " ", bare).split())
    shorter = re.sub(r"^(?:the|la|le|el|los|las|les) ", "", words)
    return shorter or words or fold(name)


def _relaxed(key: str) -> str:
    return _PREFIX.sub("", key) or key


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in {"of", "the", "and", "for"})


def _loose_forms(key: str) -> tuple[set[str], set[str], set[str]]:
    """Other forms of a name, the surest first: well-known ones, without "government of", initials.

    Initials of two words are too often words or other names; those of note are well known.
    """
    relaxed, initials = _relaxed(key), _initials(key)
    known = {form for group in WELL_KNOWN if {key, relaxed} & group for form in group}
    return known, {relaxed}, {initials} if len(initials) > 2 else set()


def looks_english(text: str) -> bool:
    """Whether a statement is in English, by its function words; too short counts as English."""
    words = re.findall(r"\w+", fold(text))
    return any(word in _ENGLISH for word in words) or (
        len(words) < 6 and all(word.isascii() for word in words)
    )


class PartyNames:
    """Which names mean which party. ``parties`` lists each party's names, canonical first."""

    def __init__(self, parties: Iterable[Sequence[str]]) -> None:
        self._parties = [list(names) for names in parties if names]
        self._exact: dict[str, str] = {}
        self._loose: list[dict[str, set[str]]] = [{} for _ in range(3)]
        for names in self._parties:
            for name in names:
                self._exact.setdefault(name_key(name), names[0])
        for key, canonical in self._exact.items():
            for table, forms in zip(self._loose, _loose_forms(key), strict=True):
                for form in forms:
                    table.setdefault(form, set()).add(canonical)
        self._pattern = self._compile()

    def _compile(self) -> re.Pattern[str] | None:
        """Every name of two letters and more, longest first; acronyms keep their case."""
        names = {name for names in self._parties for name in names if len(name_key(name)) > 1}
        if not names:
            return None
        ordered = sorted(names, key=lambda name: (-len(name), name))
        parts = [
            re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in ordered
        ]
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")

    def find(self, name: str) -> str | None:
        """The canonical name of the party meant, or None when nobody is known by that name."""
        key = name_key(name)
        if key in self._exact:
            return self._exact[key]
        for table in self._loose:
            meant = table.get(key, set()) | table.get(_relaxed(key), set())
            if meant:
                return next(iter(meant)) if len(meant) == 1 else None
        return None

    def canonical(self, name: str) -> str:
        """The canonical name; an unknown party keeps its own, in folded form."""
        return self.find(name) or name_key(name)

    def extended(self, parties: Iterable[Sequence[str]]) -> PartyNames:
        """With more names; those already known keep their meaning."""
        return PartyNames([*self._parties, *parties])

    def in_text(self, text: str) -> str:
        """The folded text, every name of a party replaced by its canonical one."""
        if self._pattern is None:
            return fold(text)
        return fold(self._pattern.sub(lambda match: self._exact[name_key(match[0])], text))
