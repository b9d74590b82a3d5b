"""Words for people in English, where no other language is asked for (pure)."""

from __future__ import annotations

from summarizer.rendering.words import ENGLISH
from summarizer.vocabulary import Term


def label(term: Term) -> str:
    """A value of a vocabulary in words: ``under_negotiation`` is "under negotiation"."""
    return str(term).replace("_", " ")


def language(code: str | None) -> str:
    """The English name of an ISO 639-1 code."""
    return ENGLISH.language(code)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 call``, ``3,412 tokens``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
