"""Which lines carry an item of which section, by the fitted probabilities (pure).

A line that may be an offer or a limit is filed as the clearly likelier one, or not at all: an offer
among the red lines is worse than none. One that says both, and is likely to be both, is both.
A line that is rather something else is no question and no next step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.selection import contrast, fields
from summarizer.selection.heads import LABELS, Judgement
from summarizer.selection.leaning import leaning
from summarizer.selection.odds import log_odds
from summarizer.selection.reading import Line

THRESHOLDS: Mapping[str, float] = {
    "offers": 0.4, "red_lines": 0.35, "open_questions": 0.2, "next_steps": 0.3, "outside_voices": 0.5,
}  # fmt: skip
"""From which probability on a line is chosen."""
HELD = ("offers", "red_lines")
"""Sections whose items have a holder."""
_OPPOSITE = dict(zip(HELD, reversed(HELD), strict=True))
MOST_CITED = 3
"""Lines that a question of several cites."""
CLEAR = 1.4
"""Log-odds that an offer must be ahead of a limit, or the reverse: nearer than that two in five are
taken for their opposite, of lines that the weights had not seen."""
BOTH = 0.35
"""How likely each of the two must be for a line that says both."""
RATHER: Mapping[str, float] = {
    "offers": 1.3, "red_lines": 1.3, "open_questions": 3.0, "next_steps": 3.0,
}  # fmt: skip
"""How much likelier another section must be for a line to be no item of this one: a question or a step
for it to be no offer and no limit, any of the four for it to be no question and no step."""


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
    if section in HELD:
        on_its_side = _is_on_its_side(line, chances, section, threshold)
        return on_its_side and not _is_rather(chances, section, ("open_questions", "next_steps"))
    return chances[section] >= threshold and not _is_rather(chances, section, LABELS[:4])


def _is_rather(chances: Mapping[str, float], section: str, others: Sequence[str]) -> bool:
    """Whether another section is so much likelier that a line is no item of this one."""
    most = max(chances[name] for name in others)
    return section in RATHER and most > RATHER[section] * chances[section]


def _is_on_its_side(
    line: Line, chances: Mapping[str, float], section: str, threshold: float
) -> bool:
    """Whether a line is clearly rather this than the opposite, or as good as both."""
    toward = leaning(line.text) / 2 * (1 if section == "red_lines" else -1)
    own = log_odds(chances[section]) + toward
    opposite = log_odds(chances[_OPPOSITE[section]]) - toward
    if own < log_odds(threshold):
        return False
    both = min(own, opposite) >= log_odds(BOTH) and contrast.says_both(line.text)
    return both or own - opposite >= CLEAR
