"""A document read once: every sentence with its turn, its mentions and who speaks in it (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.documents import Document
from summarizer.selection import cues, roles
from summarizer.selection.actors import Actors, Mention
from summarizer.selection.genre import Genre, Turn, genre, turns, without_label
from summarizer.selection.parsed import parse
from summarizer.selection.roles import Roles
from summarizer.selection.voices import NARRATION, Voice, Voices

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPTION = re.compile(r"^\W*(?:photo|caption|file photo|image|video|watch|read more|related|share|"
                      r"subscribe|follow us|sign up|copyright|©|additional reporting|reporting by|"
                      r"editing by|by [A-Z]\w+ [A-Z]\w+$|foto|lea también|lire aussi|crédit)",
                      re.IGNORECASE)  # fmt: skip
SHORT = 4
"""Words under which a sentence carries no item."""


@dataclass(frozen=True)
class Line:
    """A sentence as the rules see it."""

    number: int
    text: str
    paragraph: int
    turn: Turn
    mentions: tuple[Mention, ...]
    voice: Voice = NARRATION
    heading: bool = False

    @property
    def parties(self) -> list[str]:
        """The parties named, in order, each once."""
        return list(dict.fromkeys(m.party for m in self.mentions))


@dataclass
class Reading:
    """A document as the rules see it."""

    document: Document
    language: str
    genre: Genre
    actors: Actors
    lines: list[Line] = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)
    parsed: Sequence[Doc] | None = None
    """Each line's text with its grammar; None where the language has no parser."""

    def line(self, number: int) -> Line:
        """The line of a sentence, by its number."""
        return self.lines[number - 1]

    def grammar(self, number: int) -> Doc | None:
        """A line's words with their grammar, offsets as in its text; None without a parser."""
        return self.parsed[number - 1] if self.parsed is not None else None

    def before(self, number: int, count: int = 1) -> Sequence[Line]:
        """Up to ``count`` lines before a sentence."""
        return self.lines[max(0, number - 1 - count) : number - 1]


def read(document: Document) -> Reading:
    """Read a document in its own language, or as English where its language is not supported."""
    reading = unsettled(document)
    return settled(reading, roles.find_roles(reading, roles.load()))


def unsettled(document: Document) -> Reading:
    """Read a document, but for the roles of those named."""
    language = str(document.language if document.language in cues.LANGUAGES else "en")
    found = turns(document)
    texts = [_flat(without_label(document.quote(s.number))) for s in document.sentences]
    parsed = parse(texts, language)
    labels = re.findall(r"(?m)^([A-Z][A-Z0-9/\-]{1,8})\s*:", document.text)
    actors = Actors(texts, language, parsed, labels)
    reading = Reading(document, language, genre(document, found), actors, parsed=parsed)
    for sentence, turn, text in zip(document.sentences, found, texts, strict=True):
        mentions = tuple(actors.mentions[sentence.number])
        line = Line(
            sentence.number, text, sentence.paragraph, turn, mentions, heading=_is_heading(text)
        )
        reading.lines.append(line)
    reading.lines = Voices(reading).attributed()
    return reading


def settled(reading: Reading, found: Roles) -> Reading:
    """The reading with its roles; who is hardly a party is nobody's holder or speaker's party."""
    unlikely = found.unlikely
    lines = [_without(line, unlikely) for line in reading.lines]
    return replace(reading, roles=found, lines=lines)


def _without(line: Line, unlikely: frozenset[str]) -> Line:
    mentions = tuple(m for m in line.mentions if m.party not in unlikely)
    voice = replace(line.voice, party=None) if line.voice.party in unlikely else line.voice
    return replace(line, mentions=mentions, voice=voice)


def _flat(text: str) -> str:
    """White space as plain spaces, so that offsets stay."""
    return re.sub(r"\s", " ", text)


def _is_heading(text: str) -> bool:
    words = text.split()
    bare = text.strip().rstrip('*_”’")')
    ends = bare.endswith((".", "!", "?", ":", ";", "…", ","))
    return len(words) < SHORT or (not ends and len(words) < 22) or bool(_CAPTION.match(text))
