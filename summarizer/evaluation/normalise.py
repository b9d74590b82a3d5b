"""Names and texts in one form, so that only differences that mean something are left.

Party names are compared through the aliases of the case: "Kyiv", "the Ukrainian side" and
"Ukraine" are one party when the reference says so. Texts are folded: case, white space,
typographic quotes and dashes, invisible marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.folding import fold
from summarizer.partykeys import WELL_KNOWN, name_key, relaxed


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in {"of", "the", "and", "for"})


def _loose_forms(key: str) -> tuple[set[str], set[str], set[str]]:
    """Other forms of a name, the surest first: well-known ones, without "government of", initials.

    Initials of two words are too often words or other names; those of note are well known.
    """
    bare, initials = relaxed(key), _initials(key)
    known = {form for group in WELL_KNOWN if {key, bare} & group for form in group}
    return known, {bare}, {initials} if len(initials) > 2 else set()


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
            meant = table.get(key, set()) | table.get(relaxed(key), set())
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
