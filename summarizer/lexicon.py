"""Words that show polarity: refusal and agreement, per language, from ``polarity.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Polarity = Literal["refusal", "agreement"]


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = resources.files("summarizer").joinpath("polarity.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def polarity_languages() -> frozenset[str]:
    """Languages (ISO 639-1) whose words of refusal and agreement are known."""
    return frozenset(_words())


@cache
def _pattern(language: str, polarity: Polarity) -> re.Pattern[str]:
    words = _words()[language]
    found = "|".join(_of_stem(stem, language) for stem in words[polarity])
    if polarity == "refusal":
        return re.compile(found, re.IGNORECASE)
    # "has not agreed" and "refused to sign" show no agreement.
    negated = "|".join(_of_stem(stem, language) for stem in words["negation"])
    # Alternatives are tried in order: a negated word is eaten before it can count.
    between = r"(?:(?!only)\w{1,4}\s+){0,2}"  # "not yet agreed", "declined to accept"
    barred = rf"(?:{negated})\w*\s+{between}(?:{found})"
    return re.compile(rf"{barred}|(?P<found>{found})", re.IGNORECASE)


def _of_stem(stem: str, language: str) -> str:
    """A word: up to three letters, or with a full stop after it, whole; else its beginning."""
    # A typographic apostrophe is as good as a plain one.
    pattern = re.escape(stem.removesuffix(".")).replace("'", "['’]")
    if stem == "n't":
        return rf"{pattern}(?!\w)"
    start = r"(?<!\w)"
    if language == "ar" and len(stem) > 2:
        # Arabic writes "and", "the" and the like onto a word; persons of a verb stand before
        # its stem, which the longer ones are meant for.
        start = r"(?<!\w)[وفبكل]?(?:ال)?" if len(stem) == 3 else ""
    if stem.endswith("'"):
        return start + pattern
    whole = len(stem) <= (2 if language == "ar" else 3) or stem.endswith(".")
    return start + pattern + (r"(?!\w)" if whole else "")


def has_polarity(text: str, language: str, polarity: Polarity) -> bool:
    """Whether the text has a word of refusal (or of agreement) in that language.

    A word of agreement right after a negation does not count. Raises KeyError for a language
    that is not one of ``polarity_languages()``.
    """
    matches = _pattern(language, polarity).finditer(text)
    return any(polarity == "refusal" or match["found"] for match in matches)
