"""Cue words by language, from ``cues.toml``: compiled once, counted per sentence (pure)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("en", "es", "fr")
"""Languages (ISO 639-1) with cue words: the ones that selection supports."""


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = resources.files("summarizer.selection").joinpath("cues.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def names() -> tuple[str, ...]:
    """The names of the cue lists, the same in every language, in one order."""
    return tuple(_table()["en"])


@cache
def pattern(name: str, language: str) -> re.Pattern[str]:
    """The cues of one list. Raises KeyError for an unknown list or language."""
    return whole_words("|".join(_table()[language][name]))


def whole_words(alternatives: str) -> re.Pattern[str]:
    """A pattern for whole words, any case; "'ll" may stand at the end of one."""
    return re.compile(rf"(?:(?<!\w)|(?=['’]))(?:{alternatives})(?!\w)", re.IGNORECASE)


def count(name: str, text: str, language: str) -> int:
    """How many cues of the list the text has."""
    return sum(1 for _ in pattern(name, language).finditer(text))


def has(name: str, text: str, language: str) -> bool:
    """Whether the text has a cue of the list."""
    return pattern(name, language).search(text) is not None
