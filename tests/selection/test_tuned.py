"""What the tuned encoder says of lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from summarizer.documents import Document, from_text
from summarizer.selection import heads, selecting, tuned
from summarizer.selection.reading import Reading, read
from summarizer.selection.shown import AFTER, BEFORE, CUT, OWN, show
from summarizer.selection.tokens import END, START, pieces
from summarizer.selection.transformer import MATRICES
from summarizer.selection.tuned import Tuned, assemble, opinion
from tests.selection.encoders import (
    HEADS,
    WIDTH,
    differences,
    tensors,
    write_encoder,
    write_tuned,
)
from tests.selection.test_transformer import slow

TEXT = """Norway and Sudan met in Geneva on Tuesday.

Sudan offered to free two hundred prisoners if Norway keeps its word, and Sudan would wait.

“We will never lay down our arms,” the rebel leader said.

It is not clear who would monitor the truce.
"""


def document(text: str = TEXT, language: str = "en") -> Document:
    return replace(from_text(text), language=language)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(document())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small encoder."""
    return write_encoder(tmp_path_factory.mktemp("tuned") / "small.safetensors")


@pytest.fixture(scope="module")
def small(file: Path) -> Tuned:
    """A small encoder, and random differences to it."""
    return assemble(file, differences())


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This version has fitted weights, for the small encoder."""
    written = write_tuned(tmp_path / "tuned.npz")
    monkeypatch.setattr(tuned, "FILE", str(written))
    return written


def test_line_is_shown_between_its_neighbours_when_there_are_any(reading: Reading) -> None:
    """Control tokens part the line before, the line and the line after, also across paragraphs."""
    cut = [pieces(line.text).ids for line in reading.lines]
    shown = show(reading.lines)
    assert shown[0].ids == [START, END, *cut[0], END, *cut[1][:AFTER]]
    assert shown[1].ids == [START, *cut[0], END, *cut[1], END, *cut[2][:AFTER]]
    assert shown[-1].ids == [START, *cut[-2], END, *cut[-1], END]
    assert [one.ids[one.own] for one in shown] == cut


def test_a_long_line_is_cut_when_it_is_shown() -> None:
    """The last of the line before, the first of the line and of the line after."""
    long = [" ".join(f"{word}{n}" for n in range(400)) + "." for word in ("a", "b", "c")]
    lines = read(document("\n\n".join(long))).lines
    cut = [pieces(line.text[:CUT]).ids for line in lines]
    middle = show(lines)[1]
    assert middle.ids == [
        START, *cut[0][-BEFORE:], END, *cut[1][:OWN], END, *cut[2][:AFTER],
    ]  # fmt: skip
    assert len(middle.ids) == 3 + BEFORE + OWN + AFTER


def test_opinion_is_that_of_a_slow_reckoning_when_weights_are_random(
    small: Tuned, reading: Reading
) -> None:
    """Differences added to the matrices, then heads over mean and largest."""
    fitted = {name: matrix.astype(np.float64) for name, matrix in differences().items()}
    stored = tensors()
    for key in [name for name in fitted if name.endswith(".up")]:
        _, number, name, _ = key.split(".")
        change = fitted[key] @ fitted[key.removesuffix("up") + "down"]
        stored[f"encoder.layer.{number}.{MATRICES[name]}.weight"] += change
    found = small.read(reading, {1, 2, 3, 4})
    shown = show(reading.lines)[1]
    states = slow(stored, shown.ids)
    own = states[shown.own]
    vector = np.concatenate([own.mean(0), own.max(0)])
    for name in HEADS:
        odds = fitted[f"heads.{name}.weights"] @ vector + fitted[f"heads.{name}.bias"]
        assert np.allclose(found.lines[name][1], odds, atol=1e-3)


def test_opinion_has_a_row_per_line_when_some_are_asked_about(
    small: Tuned, reading: Reading
) -> None:
    """A line says the same whichever others are asked about; those left out say nothing."""
    found, whole = small.read(reading, {2, 4}), small.read(reading, {1, 2, 3, 4})
    assert found.asked.tolist() == [False, True, False, True]
    for name, count in HEADS.items():
        assert found.lines[name].shape == (len(reading.lines), count)
        assert not found.lines[name][[0, 2]].any()
        assert np.allclose(found.lines[name][[1, 3]], whole.lines[name][[1, 3]], atol=1e-4)


def test_differences_may_be_of_some_layers_only(file: Path, reading: Reading) -> None:
    """A matrix without a difference is as the encoder has it."""
    some = {name: m for name, m in differences().items() if not name.startswith("layers.0.")}
    upper, whole = assemble(file, some), assemble(file, differences())
    plain = assemble(file, {n: m for n, m in some.items() if not n.startswith("layers.")})
    assert np.array_equal(upper.encoder.layers[0].inner.weights,
                          plain.encoder.layers[0].inner.weights)  # fmt: skip
    lines = [one.read(reading, {1, 2, 3, 4}).lines["lines"] for one in (upper, whole, plain)]
    assert not np.allclose(lines[0], lines[1])
    assert not np.allclose(lines[0], lines[2])


@pytest.mark.usefixtures("shipped")
def test_there_is_no_opinion_when_language_or_weights_are_others(file: Path) -> None:
    """Spanish goes on without; so does English where the encoder is not here."""
    assert opinion(read(document()), file, {1}) is not None
    assert opinion(read(document()), None, {1}) is None
    spanish = document("El gobierno ofreció una tregua a los rebeldes.", "es")
    assert opinion(read(spanish), file, {1}) is None


def test_there_is_no_opinion_when_nothing_fitted_is_shipped(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version without fitted weights selects as before, and wants no encoder."""
    monkeypatch.setattr(tuned, "FILE", str(tmp_path / "none.npz"))
    assert opinion(read(document()), file, {1}) is None
    assert not tuned.wanted("en")


def test_a_brief_tells_its_weights_apart_when_the_encoder_has_a_part(
    shipped: Path, file: Path
) -> None:
    """The version that a brief records is another one with the encoder, and so is the judgement."""
    selected = [selecting.select(document(), weights) for weights in (file, None)]
    assert [one.encoded for one in selected] == [True, False]
    selecting.version.cache_clear()
    assert selecting.version(encoded=True) != selecting.version()
    reading = read(document())
    plain = heads.load().judge(reading)
    assert plain.opinion is None
    judged = plain.heard(opinion(reading, file, {2}))
    assert not np.allclose(judged.chances[1], plain.chances[1])
    assert np.array_equal(judged.chances[[0, 2, 3]], plain.chances[[0, 2, 3]])
    assert plain.heard(None) is plain
    selecting.version.cache_clear()


def test_opinion_is_quick_to_have_when_the_encoder_is_real(
    encoder_file: Path, reading: Reading
) -> None:
    """The real encoder takes random differences of the shape that is shipped."""
    real = assemble(encoder_file, differences(layers=6, width=384, inner=1536))
    found = real.read(reading, {1, 2, 3, 4})
    assert all(np.isfinite(odds).all() for odds in found.lines.values())
    assert real.encoder.words.shape[1] == 384 != WIDTH
