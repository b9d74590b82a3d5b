"""A linear layer, which is all that is fitted here: numpy is all it takes to apply one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

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

        one = numpy.float32(1)
        found: Matrix = one / (one + numpy.exp(-self.odds(described, vectors)))
        return found

    def odds(self, described: Matrix, vectors: Matrix) -> Matrix:
        """Log-odds per row and output."""
        found: Matrix = self.inputs(described, vectors) @ self.weights.T + self.bias
        return found

    def inputs(self, described: Matrix, vectors: Matrix) -> Matrix:
        """The rows that the weights are for."""
        import numpy

        scaled = numpy.clip((described - self.shift) / self.scale, -FARTHEST, FARTHEST)
        return numpy.hstack([scaled, vectors * self.encoded]) if self.encoded else scaled


def stored_layer(stored: Any, name: str) -> Layer:
    """The layer of that name in an opened ``.npz`` file."""
    import numpy

    parts = ("shift", "scale", "weights", "bias")
    shift, scale, weights, bias = (stored[f"{name}.{p}"].astype(numpy.float32) for p in parts)
    return Layer(shift, scale, weights, bias, encoded=float(stored[f"{name}.encoded"]))
