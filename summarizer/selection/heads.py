"""The fitted classifier: what a line carries, and whether a document is about peace talks.

The weights are in ``heads.npz``, made by ``evals/training/fit.py``; numpy is all it takes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from summarizer.selection import features, subject

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading

    Matrix = NDArray[np.float32]

LABELS = ("offers", "red_lines", "open_questions", "next_steps", "outside_voices")
"""What a line may carry; several at once."""
FARTHEST = 4.0
"""Standard deviations at which a feature is cut: a rare cue must not decide alone."""


@dataclass(frozen=True)
class Layer:
    """A linear layer over numbers brought to one scale, and an encoding beside them."""

    shift: Matrix
    scale: Matrix
    weights: Matrix
    bias: Matrix
    encoded: float
    """What the encoding is multiplied by; 0 leaves it out."""

    def chances(self, described: Matrix, vectors: Matrix) -> Matrix:
        """A probability per row and output."""
        import numpy

        odds = self.inputs(described, vectors) @ self.weights.T + self.bias
        chances: Matrix = 1 / (1 + numpy.exp(-odds))
        return chances

    def inputs(self, described: Matrix, vectors: Matrix) -> Matrix:
        """The rows that the weights are for."""
        import numpy

        scaled = numpy.clip((described - self.shift) / self.scale, -FARTHEST, FARTHEST)
        return numpy.hstack([scaled, vectors * self.encoded]) if self.encoded else scaled


@dataclass(frozen=True)
class Heads:
    """Both classifiers."""

    lines: Layer
    subject: Layer

    def read(self, reading: Reading) -> tuple[float, list[dict[str, float]]]:
        """How likely the document is about peace talks; per line, every label's probability."""
        import numpy

        vectors = features.encode([line.text for line in reading.lines])
        described = numpy.array(features.describe(reading), dtype=numpy.float32)
        rows = self.lines.chances(described, vectors)
        whole = numpy.array([subject.describe(reading)], dtype=numpy.float32)
        about = self.subject.chances(whole, vectors.mean(axis=0, keepdims=True))
        return float(about[0, 0]), [dict(zip(LABELS, map(float, r), strict=True)) for r in rows]


@cache
def load() -> Heads:
    """The shipped weights."""
    import numpy

    file = resources.files("summarizer.selection").joinpath("heads.npz")
    with resources.as_file(file) as path, numpy.load(path, allow_pickle=False) as stored:
        layers = {name: _layer(stored, name) for name in ("lines", "subject")}
    return Heads(layers["lines"], layers["subject"])


def _layer(stored: Any, name: str) -> Layer:
    import numpy

    parts = ("shift", "scale", "weights", "bias")
    shift, scale, weights, bias = (stored[f"{name}.{p}"].astype(numpy.float32) for p in parts)
    return Layer(shift, scale, weights, bias, encoded=float(stored[f"{name}.encoded"]))
