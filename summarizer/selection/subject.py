"""A whole document as numbers: is it about peace talks, or about a strike, a merger, a match?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summarizer.selection import cues
from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from summarizer.selection.reading import Reading


def describe(reading: Reading) -> list[float]:
    """Words of war and of trade, how many different ones, armed groups and states named."""
    text, language = reading.document.text, reading.language
    words = max(1, reading.document.word_count)
    war = [match[0].casefold() for match in cues.pattern("fight", language).finditer(text)]
    trade = cues.count("trade", text, language)
    actors = reading.actors.found.values()
    groups = sum(actor.kind == PartyKind.ARMED_GROUP for actor in actors)
    states = sum(actor.kind == PartyKind.STATE and actor.count > 1 for actor in actors)
    return [
        math.log1p(100 * len(war) / words), math.log1p(100 * trade / words),
        len(war) / (len(war) + trade + 1), len(set(war)) / 10, min(groups, 3) / 3,
        min(states, 4) / 4,
    ]  # fmt: skip
