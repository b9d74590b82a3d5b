"""Which lines carry an item of which section, by the fitted probabilities (pure).

A line that may be an offer or a limit is filed as the likelier one: an offer among the red lines
is worse than none. A line that is rather something else is no question and no next step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.selection import fields
from summarizer.selection.heads import LABELS, Judgement
from summarizer.selection.reading import Line

THRESHOLDS: Mapping[str, float] = {
    "offers": 0.38, "red_lines": 0.3, "open_questions": 0.2, "next_steps": 0.3, "outside_voices": 0.5,
}  # fmt: skip
"""From where on a line is chosen: its probability, for an offer or a red line that of being either."""
HELD = ("offers", "red_lines")
"""Sections whose items have a holder."""
MOST_CITED = 3
"""Lines that a question of several cites."""
RATHER = 2.0
"""How much likelier another section must be for a line to be no question and no step."""


@dataclass(frozen=True)
class Chosen:
    """A line chosen for a section, with the ones it needs beside it."""

    line: Line
    section: str
    chance: float
    citations: tuple[int, ...]


def chosen_lines(judged: Judgement, section: str, threshold: float) -> list[Chosen]:
    """Lines likely enough to carry an item, none twice, no headings and no questions asked."""
    found: list[Chosen] = []
    seen: set[str] = set()
    for line in judged.reading.lines:
        key = re.sub(r"\W+", " ", line.text).casefold()
        if (
            key in seen
            or not _can_carry(line, section)
            or not _is_likely(judged, line, section, threshold)
        ):
            continue
        seen.add(key)
        found.append(Chosen(line, section, judged.chance(line.number, section), (line.number,)))
    return found


def joined(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Questions of neighbouring lines as one: the likelier asks it, both are cited."""
    found: list[Chosen] = []
    for one in chosen:
        last = found[-1] if found else None
        if last and _is_next(last, one):
            asks, other = (last, one) if last.chance >= one.chance else (one, last)
            found[-1] = replace(asks, citations=(*asks.citations, *other.citations)[:MOST_CITED])
        else:
            found.append(one)
    return found


def _is_next(last: Chosen, one: Chosen) -> bool:
    near = one.line.number - max(last.citations) == 1
    return near and one.line.paragraph == last.line.paragraph


def _can_carry(line: Line, section: str) -> bool:
    if line.heading or (line.turn.asks and section != "open_questions"):
        return False
    if section in HELD and line.voice.analyst:
        return False  # doubt is no red line
    return section != "offers" or not fields.is_imposed(line.text)


def _is_likely(judged: Judgement, line: Line, section: str, threshold: float) -> bool:
    chances = {name: judged.chance(line.number, name) for name in LABELS}
    own = chances[section]
    if section in HELD:
        either = sum(chances[name] for name in HELD)
        return either >= threshold and own >= either / 2
    rather = max(chances[name] for name in LABELS[:4]) > RATHER * own
    return own >= threshold and not (rather and section in {"open_questions", "next_steps"})
