"""A line as a statement that is understood alone, and the title of a brief (pure)."""

from __future__ import annotations

import re

from summarizer.draft import MAX_TITLE_CHARACTERS
from summarizer.selection import clauses, trimming
from summarizer.selection.reading import Line, Reading

MOST = 40
"""Words of a statement."""
LEAST = 5
"""Words of a first line that can stand for a title."""
_PRONOUN = re.compile(r"(?:He|She|It|They|Él|Ella|Il|Elle)\b(?!['’])")
_TOLD = re.compile(
    r"(,[”\"’]? )(?:he|she) (?=(?:said|says|told|added|adds|wrote|insisted|warned|noted|stressed|argued)\b)"
)
_ARTICLES = frozenset({"a", "an", "the", "un", "une", "el", "la", "le"})


def statement(line: Line, reading: Reading) -> str:
    """The sentence itself, without connective, numbering and white space."""
    text = trimming.bare(line.text)
    led = _PRONOUN.match(text)
    meant = _meant(led[0], line, reading) if led else None
    text = f"{meant[:1].upper()}{meant[1:]}{text[led.end() :]}" if led and meant else text
    teller = _meant("he", line, reading)
    if teller:
        text = _TOLD.sub(lambda told: f"{told[1]}{teller} ", text, count=1)
    return trimming.cut(text, MOST)


def _meant(pronoun: str, line: Line, reading: Reading) -> str | None:
    """Who a leading pronoun is: the person who speaks, or the party whose clause it is."""
    if pronoun in {"It", "They"}:
        party = clauses.subject(line, reading)
        before = reading.before(line.number)
        return party if before and party in before[0].parties else None
    speaker = line.voice.speaker if line.voice.pronoun else None
    described = speaker and speaker.split()[0].lower() in _ARTICLES
    return speaker if speaker and (described or reading.actors.of_person(speaker)) else None


def title(reading: Reading) -> str:
    """The document's own title, else its first line, else who talks."""
    both = sorted(reading.roles.primary[:2])
    if reading.document.title or _titles(heading(reading)) or len(both) < 2:
        return heading(reading)
    return f"Talks of {both[0]} and {both[1]}"[:MAX_TITLE_CHARACTERS]


def heading(reading: Reading) -> str:
    """The document's own title, else its first line."""
    words = " ".join((reading.document.title or reading.lines[0].text).split())
    return words if len(words) <= MAX_TITLE_CHARACTERS else words[: MAX_TITLE_CHARACTERS - 1] + "…"


def _titles(words: str) -> bool:
    """Whether a first line can be a title: no byline, quotation, or half a sentence."""
    return len(words.split()) >= LEAST and words[0] not in '“‘"«' and not words.endswith("…")
