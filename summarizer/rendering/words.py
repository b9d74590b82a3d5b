"""The words of ours around a brief, in the language that the reader asked for (pure).

One table per language in ``languages/``: phrases, counted nouns, and the values of the
vocabularies. What documents and models wrote never goes through a table. Names of languages
and the writing of numbers come from Unicode's CLDR, by Babel.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from summarizer.errors import SettingsError
from summarizer.languages import LANGUAGES, NAMES
from summarizer.vocabulary import Term


@dataclass(frozen=True)
class Words:
    """The table of one language."""

    code: str
    table: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What English calls the language: ``French``."""
        return NAMES[self.code]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the language is written."""
        return "rtl" if self.table.get("direction") == "rtl" else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """A phrase with its places filled in."""
        phrase: str = self.table["phrases"][key]
        return phrase.format(**values) if values else phrase

    def term(self, term: Term) -> str:
        """A value of a vocabulary: ``under_negotiation`` is "under negotiation"."""
        table = self.table.get(type(term).__name__, {})
        return str(table.get(str(term), str(term).replace("_", " ")))

    def counted(self, number: int, noun: str) -> str:
        """``1 call``, ``3,412 tokens``: singular, and a plural that fits any other number."""
        one, other = self.table["counts"][noun]
        return str(one if number == 1 else other).format(n=self.number(number))

    def number(self, number: int) -> str:
        """``3,412`` as the language groups it."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self.code)

    def language(self, code: str | None) -> str:
        """What this language calls the one of an ISO 639-1 code; an unknown code stays."""
        from babel import Locale

        return Locale(self.code).languages.get(code, code) if code else self("language unknown")

    def listed(self, names: Sequence[str], link: Literal["and", "or"]) -> str:
        """``A, B or C``."""
        *before, last = names
        comma = "، " if self.direction == "rtl" else ", "
        return f"{comma.join(before)} {self(link)} {last}" if before else last


@cache
def words(code: str) -> Words:
    """The table of a language. Raises SettingsError for one that has none."""
    if code not in LANGUAGES:
        raise SettingsError(f"no labels in language {code!r}: there are {', '.join(LANGUAGES)}")
    file = resources.files(__package__) / "languages" / f"{code}.toml"
    return Words(code, tomllib.loads(file.read_text(encoding="utf-8")))


ENGLISH = words("en")
"""What a brief is labelled in unless somebody asks for another language."""
