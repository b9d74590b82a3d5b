"""What a line carries: a linear layer over all that is seen of it.

Beside the numbers of ``features`` these are its encoding and those of the lines around it, its
words, and what its verbs do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.selection import features, wording
from summarizer.selection.layers import Layer, stored_layer
from summarizer.selection.wording import Vocabulary, stored_vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading

    Matrix = NDArray[np.float32]

OWN, AROUND, WORDED = 10.0, 4.0, 14.0
"""Shares of the encoding, of those of the lines around, and of the words and verbs, beside the
numbers: by cross-validation over documents (``evals/training/measure.py``)."""
BAGS = ("words", "verbs")
BLOCK = 256
"""Lines that are weighed at once: the rows of words are long."""


@dataclass(frozen=True)
class Seen:
    """Every line of a document as the layer sees it, a row each."""

    described: Matrix
    vectors: Matrix
    words: Sequence[Sequence[str]]
    verbs: Sequence[Sequence[str]]


def see(reading: Reading) -> Seen:
    """The lines of a document."""
    import numpy

    return Seen(
        numpy.array(features.describe(reading), dtype=numpy.float32),
        features.encode([line.text for line in reading.lines]),
        [wording.words(line) for line in reading.lines],
        [wording.verbs(line, reading) for line in reading.lines],
    )


@dataclass(frozen=True)
class Lines:
    """The fitted layer and the vocabularies that it has weights for."""

    layer: Layer
    words: Vocabulary
    verbs: Vocabulary

    def chances(self, seen: Seen) -> Matrix:
        """A probability per line and label."""
        import numpy

        blocks = [slice(at, at + BLOCK) for at in range(0, len(seen.vectors), BLOCK)]
        found: Matrix = numpy.vstack([self._chances(seen, rows) for rows in blocks])
        return found

    def _chances(self, seen: Seen, rows: slice) -> Matrix:
        return self.layer.chances(seen.described[rows], beside(seen, self.words, self.verbs, rows))


def beside(seen: Seen, words: Vocabulary, verbs: Vocabulary, rows: slice = slice(None)) -> Matrix:
    """What stands beside the numbers of some rows: encodings, words, verbs."""
    import numpy

    none = numpy.zeros_like(seen.vectors[:1])
    found: Matrix = numpy.hstack([
        seen.vectors[rows] * OWN,
        numpy.vstack([none, seen.vectors[:-1]])[rows] * AROUND,
        numpy.vstack([seen.vectors[1:], none])[rows] * AROUND,
        words.weigh(seen.words[rows]) * WORDED,
        verbs.weigh(seen.verbs[rows]) * WORDED,
    ])  # fmt: skip
    return found


def stored(file: Any, name: str) -> Lines:
    """The layer of that name in an opened ``.npz`` file, with its vocabularies."""
    bags = (stored_vocabulary(file, f"{name}.{bag}") for bag in BAGS)
    return Lines(stored_layer(file, name), *bags)
