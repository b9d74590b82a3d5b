"""What the shapes of an encoder's weights do not tell: BERT, and MPNet.

MPNet (Song et al. 2020, arXiv:2004.09297) is BERT with a bias of attention by how far apart two
pieces are, the same in all layers, and with its tensors named in another way. Constants are those
of the configurations of all-MiniLM-L6-v2 and all-mpnet-base-v2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.selection.tokens import COUNT, END, START

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEADS = 12
"""Attention heads of a layer, in both."""
RELATIVE = "encoder.relative_attention_bias.weight"
"""The tensor that BERT has not: a row per bucket of distance, a number per head."""
FARTHEST = 128
"""Pieces from which on all distances are one bucket."""


@dataclass(frozen=True)
class Architecture:
    """How a kind of encoder is to be read from its file."""

    matrices: Mapping[str, str]
    """The matrices of a layer by our names, and what the file calls them."""
    attended: str
    """What the file calls the norm after attention."""
    epsilon: float
    """Added to a variance before it divides."""
    first: int = 0
    """The row of the first place."""
    shift: int = 0
    """From the number of a piece in ``wordpieces.txt`` to its row."""
    control: tuple[int, int] = (START, END)
    """Rows of the control tokens."""

    def rows(self) -> NDArray[np.int64]:
        """The row of every piece of ``wordpieces.txt`` among the encoder's words."""
        import numpy

        found = numpy.arange(COUNT) + self.shift
        found[[START, END]] = self.control
        return found


BERT = Architecture(
    {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "attention": "attention.output.dense",
        "inner": "intermediate.dense",
        "outer": "output.dense",
    },
    attended="attention.output",
    epsilon=1e-12,
)
MPNET = Architecture(
    {
        "query": "attention.attn.q",
        "key": "attention.attn.k",
        "value": "attention.attn.v",
        "attention": "attention.attn.o",
        "inner": "intermediate.dense",
        "outer": "output.dense",
    },
    attended="attention",
    epsilon=1e-5,
    first=2,
    shift=4,
    control=(0, 2),
)
MATRICES = tuple(BERT.matrices)
"""Our names of the matrices of a layer."""


def architecture(names: Mapping[str, object]) -> Architecture:
    """Which kind a file with tensors of these names holds."""
    return MPNET if RELATIVE in names else BERT


def buckets(length: int, count: int) -> NDArray[np.int64]:
    """The bucket of every pair of places, from row to column, of ``count`` buckets.

    Half of them are for pieces to the right. Of each half one half is exact, the others are ever
    wider, up to ``FARTHEST``: as T5 has it (Raffel et al. 2020, arXiv:1910.10683).
    """
    import numpy

    places = numpy.arange(length)
    away = places[None, :] - places[:, None]
    half = count // 2
    exact = half // 2
    size = numpy.abs(away)
    # In single precision as PyTorch has it: a distance on the border falls to the same side.
    ratio = numpy.log(numpy.maximum(size, 1).astype(numpy.float32) / exact)
    wide = ratio / numpy.float32(numpy.log(FARTHEST / exact)) * (half - exact)
    bucket = numpy.where(size < exact, size, numpy.minimum(exact + wide.astype(int), half - 1))
    found: NDArray[np.int64] = bucket + half * (away > 0)
    return found
