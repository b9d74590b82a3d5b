"""What the tuned encoder says of lines, and of the parties named in them.

``tuned.npz`` holds what was fitted: low-rank differences to the encoder's matrices, and linear
layers over its hidden states. numpy is all it takes here; without the encoder's weights, and in
other languages than English, selection goes on without an opinion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.selection import transformer
from summarizer.selection.shown import Shown, show
from summarizer.selection.transformer import Encoder, Linear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading

    Matrix = NDArray[np.float32]
    Weighed = dict[tuple[int, str], dict[str, Matrix]]

LANGUAGE = "en"
"""What the encoder was trained on."""
FILE = "tuned.npz"


@dataclass
class Opinion:
    """Log-odds by the name of a head, for the lines of one document.

    ``lines``: a row per line. ``spans``: for the number of a line and a party, the largest over
    the party's mentions in it; ``before``: the same, of its mentions in the line before.
    """

    lines: dict[str, Matrix]
    spans: Weighed = field(default_factory=dict)
    before: Weighed = field(default_factory=dict)


@dataclass(frozen=True)
class Tuned:
    """The encoder with its differences, and the layers over what it says."""

    encoder: Encoder
    heads: Mapping[str, Linear]
    """Over a line: the mean and the largest of its own hidden states."""
    spans: Mapping[str, Linear]
    """Over a mention: its mean, its line's, and the product of both."""

    def read(self, reading: Reading) -> Opinion:
        """The opinion on a document."""
        import numpy

        shown = show(reading.lines)
        lines = {
            name: numpy.zeros((len(shown), len(head.bias)), dtype=numpy.float32)
            for name, head in self.heads.items()
        }
        found = Opinion(lines)
        for index, states in self.encoder.hidden([line.ids for line in shown]):
            own = states[shown[index].own]
            mean = own.mean(axis=0)
            vector = numpy.concatenate([mean, own.max(axis=0)])
            for name, head in self.heads.items():
                lines[name][index] = head(vector)
            self._weigh(found, reading.lines[index].number, shown[index], states, mean)
        return found

    def _weigh(
        self, found: Opinion, number: int, shown: Shown, states: Matrix, mean: Matrix
    ) -> None:
        """Put down what the heads say of every party named in a line and before it."""
        for weighed, mentions in ((found.spans, shown.mentions), (found.before, shown.before)):
            for party, rows in _by_party(mentions).items():
                vectors = [_beside(states[one].mean(axis=0), mean) for one in rows]
                weighed[number, party] = self._largest(vectors)

    def _largest(self, vectors: list[Matrix]) -> dict[str, Matrix]:
        import numpy

        stacked = numpy.stack(vectors)
        return {name: head(stacked).max(axis=0) for name, head in self.spans.items()}


def _beside(span: Matrix, line: Matrix) -> Matrix:
    import numpy

    return numpy.concatenate([span, line, span * line])


def _by_party(mentions: Iterable[tuple[str, slice]]) -> dict[str, list[slice]]:
    found: defaultdict[str, list[slice]] = defaultdict(list)
    for party, rows in mentions:
        found[party].append(rows)
    return found


def opinion(reading: Reading, weights: Path | None) -> Opinion | None:
    """What the encoder says of a document; None without its weights, or in another language.

    ``weights`` is the encoder's file. Raises MissingExtra, and WeightsError for another file.
    """
    fitted = shipped()
    if weights is None or fitted is None or reading.document.language != LANGUAGE:
        return None
    return load(weights, fitted).read(reading)


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
    return Tuned(encoder, _linear(parts, "heads"), _linear(parts, "spans"))


def _linear(parts: Mapping[str, Matrix], kind: str) -> dict[str, Linear]:
    """The layers of one kind, by name: ``KIND.NAME.weights`` and ``.bias``."""
    found = {}
    for key in parts:
        if key.startswith(f"{kind}.") and key.endswith(".weights"):
            name = key.removeprefix(f"{kind}.").removesuffix(".weights")
            found[name] = Linear(parts[key], parts[f"{kind}.{name}.bias"])
    return found
