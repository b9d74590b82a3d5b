"""The sentence encoders: BERT's transformer, and MPNet's, in numpy, for safetensors files.

As Devlin et al. 2019 (arXiv:1810.04805) have it: embeddings, then layers of attention and of two
linear maps, each added to what went in and brought to one scale. Hidden states agree with
PyTorch's to 1e-4 (``tests/selection/test_transformer.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import MissingExtra, WeightsError
from summarizer.selection.architectures import (
    HEADS,
    RELATIVE,
    Architecture,
    architecture,
    buckets,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

AT_ONCE = 16
"""Inputs of a batch: more fill no cache better."""
NUMBERS = 49_152
"""Numbers that pass through the activation at once: they stay in the cache."""
FAR = -1e9
"""Added to the score of a place that is only there to fill a batch."""
Change = Callable[[str, "Matrix"], "Matrix"]
"""Given a name such as ``layers.3.query`` and that matrix, the matrix to use."""


@dataclass(frozen=True)
class Linear:
    """``x`` times a matrix, and a bias."""

    weights: Matrix
    bias: Matrix

    def __call__(self, x: Matrix) -> Matrix:
        rows = x.reshape(-1, x.shape[-1])  # one product for the batch, not one for each input
        made: Matrix = rows @ self.weights.T
        made += self.bias
        return made.reshape(*x.shape[:-1], -1)


@dataclass(frozen=True)
class Norm:
    """Every row brought to mean 0 and variance 1, then to a scale and a shift of its own."""

    scale: Matrix
    shift: Matrix
    epsilon: float

    def __call__(self, x: Matrix) -> Matrix:
        import numpy

        made: Matrix = x - x.mean(axis=-1, keepdims=True)
        variance = numpy.einsum("...i,...i->...", made, made)[..., None] / x.shape[-1]
        made /= numpy.sqrt(variance + self.epsilon, dtype=numpy.float32)
        made *= self.scale
        made += self.shift
        return made


@dataclass(frozen=True)
class Layer:
    """Attention, then two linear maps."""

    asked: Linear
    """Queries, keys and values in one."""
    attention: Linear
    attended: Norm
    inner: Linear
    outer: Linear
    left: Norm

    def __call__(self, x: Matrix, added: Matrix) -> Matrix:
        """``added`` is to the score of every place, seen from every place, by head."""
        x = self.attended(self.attention(self._attend(x, added)) + x)
        return self.left(self.outer(gelu(self.inner(x))) + x)

    def _attend(self, x: Matrix, added: Matrix) -> Matrix:
        import numpy

        count, length, width = x.shape
        split = self.asked(x).reshape(count, length, 3, HEADS, width // HEADS)
        query, key, value = split.transpose(2, 0, 3, 1, 4)
        scores = query @ key.swapaxes(-1, -2)
        scores += added
        scores -= scores.max(axis=-1, keepdims=True)
        numpy.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        found: Matrix = (scores @ value).swapaxes(1, 2).reshape(count, length, width)
        return found


@dataclass(frozen=True)
class Encoder:
    """The whole encoder; texts are given as numbers of pieces, control tokens included."""

    rows: NDArray[np.int64]
    """The row of ``words`` for every piece."""
    words: Matrix
    places: Matrix
    relative: Matrix | None
    """What distance adds to a score, by bucket and head, where the encoder knows of it."""
    embedded: Norm
    layers: tuple[Layer, ...]

    def hidden(self, inputs: Sequence[Sequence[int]]) -> Iterator[tuple[int, Matrix]]:
        """The last hidden states of every input, a row per piece, with the input's index.

        In the order of their lengths, a batch at a time: those of a long document together
        would fill the memory. An input is cut at the places that the encoder knows (512).
        """
        cut = [list(ids[: len(self.places)]) for ids in inputs]
        order = sorted(range(len(cut)), key=lambda index: len(cut[index]))
        for at in range(0, len(order), AT_ONCE):
            chosen = order[at : at + AT_ONCE]
            states = self._run([cut[index] for index in chosen])
            for index, state in zip(chosen, states, strict=True):
                yield index, state[: len(cut[index])]

    def _run(self, batch: Sequence[list[int]]) -> Matrix:
        import numpy

        length = max(map(len, batch))
        ids = numpy.array([one + [0] * (length - len(one)) for one in batch])
        sizes = numpy.array([len(one) for one in batch])
        filled = numpy.arange(length) >= sizes[:, None]
        added = (filled * numpy.float32(FAR))[:, None, None, :]
        if self.relative is not None:
            by_head = self.relative[buckets(length, len(self.relative))].transpose(2, 0, 1)
            added = added + by_head
        x = self.embedded(self.words[self.rows[ids]] + self.places[:length])
        for layer in self.layers:
            x = layer(x, added)
        return x


def gelu(x: Matrix) -> Matrix:
    """``x`` times the normal distribution's share below it, written over ``x``.

    By 7.1.26 of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), whose error
    of erf is at most 1.5e-7: that of the result is under 1e-6.
    """
    import numpy

    rows = x.reshape(-1, x.shape[-1])
    count = max(1, NUMBERS // x.shape[-1])
    for at in range(0, len(rows), count):
        block = rows[at : at + count]
        size = numpy.abs(block)
        t = size * numpy.float32(_P / 2**0.5)
        t += 1
        numpy.reciprocal(t, out=t)
        above = t * numpy.float32(_TERMS[0])
        for term in _TERMS[1:]:
            above += numpy.float32(term)
            above *= t
        numpy.multiply(size, size, out=t)
        t *= numpy.float32(-0.5)
        numpy.exp(t, out=t)
        above *= t
        above *= size
        numpy.maximum(block, 0, out=block)
        block -= above
    return x


_P = 0.3275911
_TERMS = tuple(
    term / 2 for term in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
)
"""a5 to a1, each halved: what they sum to is the share of the normal distribution above |x|."""


def _unchanged(name: str, matrix: Matrix) -> Matrix:
    return matrix


def load(file: Path, change: Change = _unchanged) -> Encoder:
    """The encoder of a safetensors file, its matrices changed on the way.

    Raises MissingExtra without ``safetensors``, WeightsError for a file that is no such encoder.
    """
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:
        raise MissingExtra("embedded", "the tuned encoder") from error
    try:
        return assemble(load_file(file), change)
    except (OSError, SafetensorError, KeyError) as error:
        raise WeightsError(f"{file} holds no encoder of sentences") from error


def assemble(stored: Mapping[str, Matrix], change: Change = _unchanged) -> Encoder:
    """The encoder of tensors by the names in its file. Raises KeyError where one is missing."""
    kind = architecture(stored)
    count = sum(name.endswith(f"{kind.matrices['query']}.weight") for name in stored)
    places = stored["embeddings.position_embeddings.weight"][kind.first :]
    if (types := "embeddings.token_type_embeddings.weight") in stored:
        places = places + stored[types][0]
    return Encoder(
        kind.rows(),
        stored["embeddings.word_embeddings.weight"],
        places,
        stored.get(RELATIVE),
        _norm(stored, kind, "embeddings"),
        tuple(_layer(stored, kind, number, change) for number in range(count)),
    )


def _layer(stored: Mapping[str, Matrix], kind: Architecture, number: int, change: Change) -> Layer:
    import numpy

    at = f"encoder.layer.{number}"
    linear = {
        name: Linear(
            change(f"layers.{number}.{name}", stored[f"{at}.{theirs}.weight"]),
            stored[f"{at}.{theirs}.bias"],
        )
        for name, theirs in kind.matrices.items()
    }
    query = linear["query"]
    # Scores are divided by the root of a head's width: here, once and for all.
    scale = numpy.float32((len(query.bias) / HEADS) ** -0.5)
    parts = [Linear(query.weights * scale, query.bias * scale), linear["key"], linear["value"]]
    asked = Linear(
        numpy.concatenate([part.weights for part in parts]),
        numpy.concatenate([part.bias for part in parts]),
    )
    return Layer(
        asked, linear["attention"], _norm(stored, kind, f"{at}.{kind.attended}"),
        linear["inner"], linear["outer"], _norm(stored, kind, f"{at}.output"),
    )  # fmt: skip


def _norm(stored: Mapping[str, Matrix], kind: Architecture, at: str) -> Norm:
    scale, shift = (stored[f"{at}.LayerNorm.{part}"] for part in ("weight", "bias"))
    return Norm(scale, shift, kind.epsilon)
