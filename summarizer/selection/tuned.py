"""What the tuned encoders say of lines.

A file holds what was fitted to one of them: low-rank differences to the encoder's matrices, and
linear layers over its hidden states. numpy is all it takes here; without the encoder's weights, and
in other languages than English, selection goes on without an opinion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.selection import transformer
from summarizer.selection.shown import Shown, Window, show
from summarizer.selection.transformer import Encoder, Linear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading

    Matrix = NDArray[np.float32]

LANGUAGE = "en"
"""What the encoders were trained on."""
Files = Mapping[str, Path]
"""The files of the encoders that are here, by size."""


@dataclass(frozen=True)
class Fitted:
    """What was fitted to an encoder: its file beside this one, and how lines are shown."""

    file: str
    window: Window

    @property
    def path(self) -> Path | None:
        """The file, if this version has one."""
        file = Path(str(resources.files("summarizer.selection").joinpath(self.file)))
        return file if file.is_file() else None


FITTED = {
    "small": Fitted("tuned.npz", Window(before=40, own=100, after=20)),
    "large": Fitted("tuned-full.npz", Window(before=48, own=100, after=16, lines=2)),
}
"""The encoders by size: all-MiniLM-L6-v2, and all-mpnet-base-v2."""
MENTIONED = ("by", "held_by", "to", "acting", "concerned")
"""What an encoder may say of a mention: that the party named makes the offer, holds the red
line, receives the offer, acts in the step, is whom the question concerns."""


@dataclass(frozen=True)
class Opinion:
    """Log-odds by the name of a head, a row per line of one document."""

    lines: Mapping[str, Matrix]
    asked: NDArray[np.bool_]
    """Which lines were shown to the encoder: the rows of the others say nothing."""
    mentions: Sequence[Mapping[str, Matrix]] = ()
    """By line and party, the largest log-odds of ``MENTIONED`` over what is shown of its mentions;
    nothing at all by an encoder that was not fitted for it."""

    def of(self, number: int, party: str) -> Matrix | None:
        """What is said of a party in a line; None where it was not shown, or nothing is."""
        return self.mentions[number - 1].get(party) if self.mentions else None


@dataclass(frozen=True)
class Tuned:
    """The encoder with its differences, and the layers over what it says."""

    encoder: Encoder
    heads: Mapping[str, Linear]
    """Over a line: the mean and the largest of its own hidden states."""
    window: Window
    mentions: Linear | None = None
    """Over a mention: the mean of its hidden states, and those numbers of the line."""

    def read(self, reading: Reading, numbers: Collection[int]) -> Opinion:
        """The opinion on the lines of these numbers."""
        import numpy

        shown = show(reading.lines, self.window)
        rows = [index for index, line in enumerate(reading.lines) if line.number in numbers]
        lines = {
            name: numpy.zeros((len(shown), len(head.bias)), dtype=numpy.float32)
            for name, head in self.heads.items()
        }
        mentions: list[dict[str, Matrix]] = [{} for _ in shown]
        asked = numpy.zeros(len(shown), dtype=bool)
        asked[rows] = True
        for place, states in self.encoder.hidden([shown[row].ids for row in rows]):
            row = rows[place]
            own = states[shown[row].own]
            vector = numpy.concatenate([own.mean(axis=0), own.max(axis=0)])
            for name, head in self.heads.items():
                lines[name][row] = head(vector)
            mentions[row] = self._named(shown[row], states, vector)
        return Opinion(lines, asked, mentions if self.mentions else ())

    def _named(self, shown: Shown, states: Matrix, line: Matrix) -> dict[str, Matrix]:
        """By party, the largest log-odds over its mentions."""
        import numpy

        found: dict[str, Matrix] = {}
        if self.mentions is None or not shown.mentions:
            return found
        vectors = [
            numpy.concatenate([states[place].mean(axis=0), line]) for _, place in shown.mentions
        ]
        odds = self.mentions(numpy.stack(vectors))
        for (party, _), own in zip(shown.mentions, odds, strict=True):
            found[party] = numpy.maximum(found[party], own) if party in found else own
        return found


def opinion(reading: Reading, files: Files, size: str, numbers: Collection[int]) -> Opinion | None:
    """What the encoder of that size says of some lines.

    None without its file, or in another language. Raises MissingExtra, and WeightsError for
    another file.
    """
    if size not in files or not wanted(reading.document.language, size):
        return None
    return load(files[size], FITTED[size]).read(reading, numbers)


def wanted(language: str | None, size: str) -> bool:
    """Whether there is an opinion of that encoder to be had on a document in that language."""
    return language == LANGUAGE and FITTED[size].path is not None


@lru_cache(maxsize=len(FITTED))
def load(weights: Path, fitted: Fitted) -> Tuned:
    """The tuned encoder of an encoder's file and of what was fitted to it."""
    import numpy

    with numpy.load(fitted.path or fitted.file, allow_pickle=False) as stored:
        return assemble(weights, {name: stored[name] for name in stored.files}, fitted.window)


def assemble(weights: Path, fitted: Mapping[str, Any], window: Window) -> Tuned:
    """The tuned encoder of an encoder's file and of what was fitted, by its names in the file."""
    import numpy

    parts = {name: matrix.astype(numpy.float32) for name, matrix in fitted.items()}

    def change(name: str, matrix: Matrix) -> Matrix:
        if f"{name}.up" not in parts:
            return matrix
        changed: Matrix = matrix + parts[f"{name}.up"] @ parts[f"{name}.down"]
        return changed

    encoder, heads = transformer.load(weights, change), dict(_linear(parts))
    mentions = heads.pop("mentions", None)
    return Tuned(encoder, heads, window, mentions)


def _linear(parts: Mapping[str, Matrix]) -> Iterator[tuple[str, Linear]]:
    """The layers by name: ``heads.NAME.weights`` and ``.bias``."""
    for key in parts:
        if key.startswith("heads.") and key.endswith(".weights"):
            name = key.removeprefix("heads.").removesuffix(".weights")
            yield name, Linear(parts[key], parts[f"heads.{name}.bias"])
