"""What the tuned encoders say of lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer.documents import Document, from_text
from summarizer.selection import heads, selecting, tuned
from summarizer.selection.architectures import MPNET, Architecture
from summarizer.selection.reading import Reading, read
from summarizer.selection.shown import show
from summarizer.selection.tuned import FITTED, MENTIONED, Tuned, assemble, opinion
from tests.selection.encoders import (
    HEADS,
    WIDTH,
    Matrix,
    differences,
    fit_here,
    tensors,
    write_encoder,
    write_tuned,
)
from tests.selection.test_transformer import KINDS, slow

SMALL, LARGE = FITTED["small"].window, FITTED["large"].window
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
    return assemble(file, differences(), SMALL)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This version has fitted weights, for small encoders of both sizes."""
    fit_here(monkeypatch, "small", write_tuned(tmp_path / "tuned.npz"))
    large = write_tuned(tmp_path / "tuned-full.npz", mentions=True, seed=2)
    fit_here(monkeypatch, "large", large)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A small encoder of the large one's kind."""
    return write_encoder(tmp_path / "other.safetensors", kind=MPNET)


@KINDS
def test_opinion_is_that_of_a_slow_reckoning_when_weights_are_random(
    tmp_path: Path, reading: Reading, kind: Architecture
) -> None:
    """Differences added to the matrices, then heads over mean and largest, and over mentions."""
    made = differences(mentions=True)
    small = assemble(write_encoder(tmp_path / "x.safetensors", kind=kind), made, LARGE)
    found = small.read(reading, {1, 2, 3, 4})
    shown = show(reading.lines, LARGE)[1]
    fitted = {name: matrix.astype(np.float64) for name, matrix in made.items()}
    states = slow(_changed(fitted, kind), shown.ids)
    own = states[shown.own]
    vector = np.concatenate([own.mean(0), own.max(0)])
    for name in HEADS:
        odds = fitted[f"heads.{name}.weights"] @ vector + fitted[f"heads.{name}.bias"]
        assert np.allclose(found.lines[name][1], odds, atol=1e-3)
    assert {party for party, _ in shown.mentions} == {"Norway", "Sudan"}
    for party in ("Norway", "Sudan"):
        odds = np.array([
            fitted["heads.mentions.weights"] @ np.concatenate([states[place].mean(0), vector])
            + fitted["heads.mentions.bias"]
            for name, place in shown.mentions if name == party
        ])  # fmt: skip
        said = found.of(2, party)
        assert said is not None
        assert np.allclose(said, odds.max(axis=0), atol=1e-3)


def _changed(fitted: dict[str, Any], kind: Architecture) -> dict[str, Matrix]:
    """The tensors with the differences added."""
    stored = tensors(kind=kind)
    for key in [name for name in fitted if name.endswith(".up")]:
        _, number, name, _ = key.split(".")
        change = fitted[key] @ fitted[key.removesuffix("up") + "down"]
        stored[f"encoder.layer.{number}.{kind.matrices[name]}.weight"] += change
    return stored


def test_nothing_is_said_of_parties_that_are_not_shown(file: Path, reading: Reading) -> None:
    """Neither of those far away, nor in lines that were not asked about, nor without the layer."""
    found = assemble(file, differences(mentions=True), LARGE).read(reading, {2, 4})
    said = found.of(2, "Sudan")
    assert said is not None
    assert said.shape == (len(MENTIONED),)
    assert found.of(2, "France") is None
    assert found.of(1, "Sudan") is None
    without = assemble(file, differences(), LARGE).read(reading, {2, 4})
    assert without.of(2, "Sudan") is None


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
    upper, whole = assemble(file, some, SMALL), assemble(file, differences(), SMALL)
    none = {n: m for n, m in some.items() if not n.startswith("layers.")}
    plain = assemble(file, none, SMALL)
    assert np.array_equal(upper.encoder.layers[0].inner.weights,
                          plain.encoder.layers[0].inner.weights)  # fmt: skip
    lines = [one.read(reading, {1, 2, 3, 4}).lines["lines"] for one in (upper, whole, plain)]
    assert not np.allclose(lines[0], lines[1])
    assert not np.allclose(lines[0], lines[2])


@pytest.mark.usefixtures("shipped")
def test_there_is_no_opinion_when_language_or_weights_are_others(file: Path) -> None:
    """Spanish goes on without; so does English where the encoder is not here."""
    files = {"small": file}
    assert opinion(read(document()), files, "small", {1}) is not None
    assert opinion(read(document()), files, "large", {1}) is None
    assert opinion(read(document()), {}, "small", {1}) is None
    spanish = document("El gobierno ofreció una tregua a los rebeldes.", "es")
    assert opinion(read(spanish), files, "small", {1}) is None


def test_there_is_no_opinion_when_nothing_fitted_is_shipped(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version without fitted weights selects as before, and wants no encoder."""
    fit_here(monkeypatch, "small", tmp_path / "none.npz")
    assert opinion(read(document()), {"small": file}, "small", {1}) is None
    assert not tuned.wanted("en", "small")


@pytest.mark.usefixtures("shipped")
def test_a_brief_tells_its_weights_apart_when_encoders_have_a_part(file: Path, other: Path) -> None:
    """The version that a brief records says which encoders had a part in it."""
    selecting.version.cache_clear()
    known = {"small": file, "large": other}
    said = []
    for sizes in ((), ("small",), ("large",), ("small", "large")):
        selected = selecting.select(document(), {size: known[size] for size in sizes})
        assert selected.encoders == set(sizes)
        said.append(selecting.version(selected.encoders))
    selecting.version.cache_clear()
    names, digests = zip(*(version.rsplit(" ", 1) for version in said), strict=True)
    assert names == (
        "selection", "selection and encoder", "selection and large encoder",
        "selection and two encoders",
    )  # fmt: skip
    assert len(set(digests)) == 4


@pytest.mark.usefixtures("shipped")
def test_judgement_changes_only_for_lines_that_an_encoder_was_shown(
    file: Path, other: Path, reading: Reading
) -> None:
    """Each has its share in what it was shown, both where both were."""
    plain = heads.load().judge(reading)
    assert plain.opinion is None
    assert plain.heard(None) is plain
    files = {"small": file, "large": other}
    small, large = opinion(reading, files, "small", {2, 3}), opinion(reading, files, "large", {3})
    once, both = plain.heard(small), plain.heard(small, large)
    assert np.array_equal(once.chances[[0, 3]], plain.chances[[0, 3]])
    assert not np.isclose(once.chances[[1, 2]], plain.chances[[1, 2]]).all(axis=1).any()
    assert np.array_equal(both.chances[[0, 1, 3]], once.chances[[0, 1, 3]])
    for one in (once, plain.heard(None, large)):
        assert not np.allclose(both.chances[2], one.chances[2])
    assert both.reason(2) == once.reason(2)


@pytest.mark.usefixtures("shipped")
def test_large_encoder_is_shown_only_lines_that_are_likely_by_then(
    file: Path, other: Path, reading: Reading
) -> None:
    """What the cheaper judgement makes of a line decides whether it is worth the time."""
    plain = heads.load().judge(reading)
    judged = selecting.heard(plain, {"small": file, "large": other})
    assert judged.opinion is not None
    assert judged.large is not None
    likely = plain.heard(judged.opinion).likely
    assert {n for n, asked in enumerate(judged.large.asked, 1) if asked} == likely
    chances = plain.heard(judged.opinion).chances.max(axis=1)
    assert likely == {n for n, chance in enumerate(chances, 1) if chance >= heads.UNLIKELY}


def test_opinion_is_had_when_the_encoders_are_real(
    encoder_file: Path, large_encoder_file: Path, reading: Reading
) -> None:
    """The real encoders take random differences of the shape that is shipped."""
    sizes = {"layers": 2, "width": 384, "inner": 1536}, {"layers": 2, "width": 768, "inner": 3072}
    for file, size in zip((encoder_file, large_encoder_file), sizes, strict=True):
        real = assemble(file, differences(**size, mentions=True), LARGE)
        found = real.read(reading, {2})
        assert all(np.isfinite(odds).all() for odds in found.lines.values())
        assert set(found.mentions[1]) == {"Norway", "Sudan"}
        assert real.encoder.words.shape[1] == size["width"] != WIDTH
