"""A whole document as numbers: is it about peace talks, or about a strike, a merger, a match?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summarizer.selection import cues
from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from summarizer.selection.reading import Reading


def share_of_war(reading: Reading) -> float:
    """Words of war and its end, of all words that tell the subject, 0 to 1."""
    war, trade = _words(reading)
    return len(war) / (len(war) + trade + 1)


def _words(reading: Reading) -> tuple[list[str], int]:
    text, language = reading.document.text, reading.language
    war = [match[0].casefold() for match in cues.pattern("fight", language).finditer(text)]
    return war, cues.count("trade", text, language)


def describe(reading: Reading) -> list[float]:
    """Words of war and of trade, how many different ones, armed groups and states named."""
    words = max(1, reading.document.word_count)
    war, trade = _words(reading)
    actors = reading.actors.found.values()
    groups = sum(actor.kind == PartyKind.ARMED_GROUP for actor in actors)
    states = sum(actor.kind == PartyKind.STATE and actor.count > 1 for actor in actors)
    return [
        math.log1p(100 * len(war) / words), math.log1p(100 * trade / words),
        share_of_war(reading), len(set(war)) / 10, min(groups, 3) / 3,
        min(states, 4) / 4,
    ]  # fmt: skip
