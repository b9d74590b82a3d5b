"""Whose offer or red line a line is: the subject of its clause, the speaker, or both (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.selection import cues
from summarizer.selection.actors import Mention
from summarizer.selection.reading import Line, Reading

_PREPOSITION = re.compile(
    r"\b(?:with|to|by|from|against|of|in|on|for|into|over|at|about|between|among|inside|"
    r"outside|through|near|toward|towards|con|de|del|a|al|en|por|para|contra|entre|sobre|"
    r"avec|à|au|aux|des|du|dans|pour|contre|sur)\s+(?:the\s+|la\s+|le\s+|los\s+|las\s+|les\s+|l['’])?$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|we|I|his (?:side|country|government|movement|group|delegation|forces)|"
    r"her (?:side|country|government|delegation)|their (?:side|delegation)|él|ella|ellos|nosotros|il|elle|ils|nous)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:the |el |la |le |l['’]|les |los |las )(?:\w+ )?(?:government|army|military|junta|regime|rebels?|"
    r"guerrillas?|insurgents?|movement|group|front|gobierno|ejército|guerrilla|rebeldes|gouvernement|"
    r"armée|rebelles|rébellion|mouvement)\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(r"^['’]s? (?:allies|ally|partners|neighbou?rs|opponents|rivals|enemies)")


@dataclass(frozen=True)
class Holding:
    """The holders of an item and whether two rules agree on them."""

    parties: tuple[str, ...]
    sure: bool


def holding(line: Line, reading: Reading, cue_lists: tuple[str, ...]) -> Holding | None:
    """The holders, or None where no party can be told."""
    at = _cue(line, reading, cue_lists)
    joint = cues.pattern("joint", reading.language).search(line.text)
    primary = tuple(reading.roles.primary[:2])
    if joint and joint.start() < at and len(primary) == 2:
        return Holding(primary, True)
    subject = _subject(line, reading, at)
    voice = line.voice.party
    if subject and voice:
        return Holding(subject, voice in subject)
    if subject:
        return Holding(subject, line.voice.basis.value in {"narration", "official_text"})
    if voice:
        return Holding((voice,), not line.mentions)
    earlier = [p for past in reversed(reading.before(line.number, 3)) for p in past.parties]
    if line.parties:
        return Holding((line.parties[0],), False)
    return Holding((earlier[0],), False) if earlier else None


def _cue(line: Line, reading: Reading, cue_lists: tuple[str, ...]) -> int:
    """Where the first cue outside the attribution stands."""
    start = line.voice.at
    found = []
    for name in cue_lists:
        for match in cues.pattern(name, reading.language).finditer(line.text):
            if match.start() != start:
                found.append(match.start())
                break
    return min(found, default=len(line.text))


def _subject(line: Line, reading: Reading, at: int) -> tuple[str, ...]:
    """Parties that stand before the cue and behind no preposition; a pronoun is the speaker."""
    low = line.voice.at if 0 <= line.voice.at < at else 0
    options: list[tuple[int, str]] = []
    for mention in line.mentions:
        if low <= mention.start < at and _leads(line, mention):
            options.append((mention.start, mention.party))
    for match in _GENERIC.finditer(line.text, low, at):
        party = reading.actors.generic(match[0], line.number)
        if party and not _PREPOSITION.search(line.text[: match.start()]):
            options.append((match.start(), party))
    if not options:
        if _PRONOUN.search(line.text, low, at) and line.voice.party:
            return (line.voice.party,)
        return ()
    options.sort()
    first = options[0]
    joined = [party for start, party in options[1:] if _joined(line.text, first[0], start)]
    return tuple(dict.fromkeys([first[1], *joined]))


def _joined(text: str, one: int, other: int) -> bool:
    return (
        re.fullmatch(
            r"[\w’'\s,.\-]{0,45}\b(?:and|y|et)\s+(?:the\s+|la\s+|el\s+|le\s+|les\s+)?",
            text[one:other],
        )
        is not None
    )


def _leads(line: Line, mention: Mention) -> bool:
    return not _PREPOSITION.search(line.text[: mention.start]) and not _POSSESSED.match(
        line.text[mention.end :]
    )
