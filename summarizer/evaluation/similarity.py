"""How alike two texts read: only for aligning items, never for judging them.

No text similarity, lexical or embedded, tells a statement from its negation (measured: AUC at
most 0.02 over twelve of them), so nothing is called right because it reads alike. The name of
the similarity is part of every result: results of different ones refuse to be compared.

A statement in another language than the reference's reads unlike it under any lexical
similarity (Spanish against English: about 0.15; Arabic: 0). Then evidence and party carry the
alignment, 0.45 at most over a threshold of 0.38: such an item is found only when it cites the
right sentences. Its wording is not judged.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from summarizer.errors import MissingExtra
from summarizer.folding import fold

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF


class Similarity(Protocol):
    """Symmetric, in [0, 1], 1 for equal texts; ``name`` says which one it is."""

    @property
    def name(self) -> str:
        """What results made with it are labelled with."""

    def __call__(self, one: str, other: str) -> float:
        """How alike the two texts read."""


@lru_cache(maxsize=1)
def _metric() -> CHRF:
    try:
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise MissingExtra("eval", "scoring") from error
    return CHRF(word_order=2, beta=1)


@lru_cache(maxsize=200_000)
def _chrf(one: str, other: str) -> float:
    return min(1.0, max(0.0, float(_metric().sentence_score(one, [other]).score) / 100))


class ChrF:
    """chrF++ (character 6-grams, word 2-grams; Popović 2017), by sacrebleu, on folded text.

    ``beta=1`` instead of the usual 2, which favours recall: so it is symmetric, and swapping
    reference and prediction swaps precision and recall exactly.
    """

    name = "chrF++ (beta 1)"

    def __call__(self, one: str, other: str) -> float:
        """How alike the two texts read; 0 if one of them is empty."""
        first, second = sorted((fold(one), fold(other)))
        if not first:
            return 0.0
        return 1.0 if first == second else _chrf(first, second)
