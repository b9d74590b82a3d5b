"""A whole document as numbers: is it about peace talks, or about a strike, a merger, a match?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.selection import cues
from summarizer.selection.layers import Layer, stored_layer
from summarizer.selection.wording import Vocabulary, stored_vocabulary
from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading

    Matrix = NDArray[np.float32]

WORDED = 0.6
"""Share of the words in the log-odds of a document: by cross-validation."""


@dataclass(frozen=True)
class Subject:
    """What is fitted: over the numbers and the mean encoding, and over the words of the text."""

    layer: Layer
    words: Vocabulary
    worded: Layer

    def chance(self, described: Sequence[float], mean: Matrix, words: Sequence[str]) -> float:
        """How likely a document of these numbers, mean encoding and words is about peace talks."""
        import numpy

        numbers = numpy.array([described], dtype=numpy.float32)
        one = self.layer.odds(numbers, mean[None, :])
        other = self.worded.odds(numbers[:, :0], self.words.weigh([words]))
        odds = float(one[0, 0]) * (1 - WORDED) + float(other[0, 0]) * WORDED
        return 1 / (1 + math.exp(-odds))


def stored(file: Any, name: str) -> Subject:
    """The weights of that name in an opened ``.npz`` file."""
    words = stored_vocabulary(file, f"{name}.words")
    return Subject(stored_layer(file, name), words, stored_layer(file, f"{name}.worded"))


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
