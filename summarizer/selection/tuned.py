"""What the tuned encoder says of lines.

``tuned.npz`` holds what was fitted: low-rank differences to the encoder's matrices, and linear
layers over its hidden states. numpy is all it takes here; without the encoder's weights, and in
other languages than English, selection goes on without an opinion.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.selection import transformer
from summarizer.selection.shown import show
from summarizer.selection.transformer import Encoder, Linear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading

    Matrix = NDArray[np.float32]

LANGUAGE = "en"
"""What the encoder was trained on."""
FILE = "tuned.npz"


@dataclass(frozen=True)
class Opinion:
    """Log-odds by the name of a head, a row per line of one document."""

    lines: Mapping[str, Matrix]
    asked: NDArray[np.bool_]
    """Which lines were shown to the encoder: the rows of the others say nothing."""


@dataclass(frozen=True)
class Tuned:
    """The encoder with its differences, and the layers over what it says."""

    encoder: Encoder
    heads: Mapping[str, Linear]
    """Over a line: the mean and the largest of its own hidden states."""

    def read(self, reading: Reading, numbers: Collection[int]) -> Opinion:
        """The opinion on the lines of these numbers."""
        import numpy

        shown = show(reading.lines)
        rows = [index for index, line in enumerate(reading.lines) if line.number in numbers]
        lines = {
            name: numpy.zeros((len(shown), len(head.bias)), dtype=numpy.float32)
            for name, head in self.heads.items()
        }
        asked = numpy.zeros(len(shown), dtype=bool)
        asked[rows] = True
        for place, states in self.encoder.hidden([shown[row].ids for row in rows]):
            own = states[shown[rows[place]].own]
            vector = numpy.concatenate([own.mean(axis=0), own.max(axis=0)])
            for name, head in self.heads.items():
                lines[name][rows[place]] = head(vector)
        return Opinion(lines, asked)


def opinion(reading: Reading, weights: Path | None, numbers: Collection[int]) -> Opinion | None:
    """What the encoder says of some lines; None without its weights, or in another language.

    ``weights`` is the encoder's file. Raises MissingExtra, and WeightsError for another file.
    """
    fitted = shipped()
    if weights is None or fitted is None or reading.document.language != LANGUAGE:
        return None
    return load(weights, fitted).read(reading, numbers)


def wanted(language: str | None) -> bool:
    """Whether there is an opinion to be had on a document in that language."""
    return language == LANGUAGE and shipped() is not None


def shipped() -> Path | None:
    """The file of what was fitted, if this version has one."""
    file = Path(str(resources.files("summarizer.selection").joinpath(FILE)))
    return file if file.is_file() else None


@cache
def load(weights: Path, fitted: Path) -> Tuned:
    """The tuned encoder of an encoder's file and a file of what was fitted to it."""
    import numpy

    with numpy.load(fitted, allow_pickle=False) as stored:
        return assemble(weights, {name: stored[name] for name in stored.files})


def assemble(weights: Path, fitted: Mapping[str, Any]) -> Tuned:
    """The tuned encoder of an encoder's file and of what was fitted, by its names in the file."""
    import numpy

    parts = {name: matrix.astype(numpy.float32) for name, matrix in fitted.items()}

    def change(name: str, matrix: Matrix) -> Matrix:
        if f"{name}.up" not in parts:
            return matrix
        changed: Matrix = matrix + parts[f"{name}.up"] @ parts[f"{name}.down"]
        return changed

    encoder = transformer.load(weights, change)
    return Tuned(encoder, _linear(parts))


def _linear(parts: Mapping[str, Matrix]) -> dict[str, Linear]:
    """The layers by name: ``heads.NAME.weights`` and ``.bias``."""
    found = {}
    for key in parts:
        if key.startswith("heads.") and key.endswith(".weights"):
            name = key.removeprefix("heads.").removesuffix(".weights")
            found[name] = Linear(parts[key], parts[f"heads.{name}.bias"])
    return found
