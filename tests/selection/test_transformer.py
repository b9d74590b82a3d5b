"""The encoders in numpy, against PyTorch's numbers and a slow reckoning by the book."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import WeightsError
from summarizer.selection.architectures import BERT, MATRICES, MPNET, RELATIVE, Architecture
from summarizer.selection.transformer import Encoder, assemble, gelu, load
from tests.selection.encoders import LAYERS, WIDTH, Matrix, tensors, write_encoder

# Made with transformers 5 and PyTorch 2, AutoModel: of the last hidden states four numbers of the
# first row and of the last, the first means of rows, and the sum of sizes.
BERTS = (
    ([101, 102],
     (0.00604, 0.02769, 0.03154, -0.01943), (-1.51903, 0.58722, -0.06398, -0.12076),
     (0.00375, 0.01711), 207.71),
    ([101, 1996, 2231, 2097, 2489, 2048, 3634, 5895, 1012, 102],
     (0.08923, 0.45932, -0.29349, -0.40172), (0.20351, 0.29826, -0.318, -0.19951),
     (0.00548, 0.00478, 0.00542, 0.0094), 1452.45),
    ([101, *range(2000, 2120), 102],
     (-0.00389, -0.20614, 0.44726, 0.20718), (0.24826, -0.10646, 0.50501, 0.20883),
     (0.00229, -0.01047, -0.00563, -0.00391), 7718.57),
)  # fmt: skip
# The same of all-mpnet-base-v2, given its own numbers for these pieces.
MPNETS = (
    ([101, 102],
     (-0.02474, 0.12148, -0.01333, 0.04989), (-0.02471, 0.12152, -0.01331, 0.04993),
     (-0.00235, -0.00235), 86.73),
    ([101, 1996, 2231, 2097, 2489, 2048, 3634, 5895, 1012, 102],
     (-0.11763, 0.29618, 0.03142, 0.12577), (-0.15275, 0.30465, 0.01602, 0.11689),
     (-0.00082, 0.00038, 0.00046, 0.00014), 739.47),
    ([101, *range(2000, 2120), 102, *range(3000, 3020)],
     (0.082, -0.01283, 0.01437, -0.03005), (0.04957, 0.25414, 0.00268, 0.07108),
     (-0.00066, -0.00056, -0.00065, -0.00089), 8994.42),
)  # fmt: skip
KINDS = pytest.mark.parametrize("kind", [BERT, MPNET], ids=["bert", "mpnet"])


def test_states_are_those_of_torch_when_the_weights_are_real(encoder_file: Path) -> None:
    """The encoder says in numpy what it says where it was trained, in one batch or alone."""
    _as_torch(encoder_file, BERTS, 384)


def test_states_are_those_of_torch_when_the_large_weights_are_real(
    large_encoder_file: Path,
) -> None:
    """So does the large one, which is of another kind."""
    _as_torch(large_encoder_file, MPNETS, 768)


def _as_torch(file: Path, frozen: Any, width: int) -> None:
    states = dict(load(file).hidden([ids for ids, *_ in frozen]))
    for index, (ids, first, last, means, size) in enumerate(frozen):
        found = states[index]
        assert found.shape == (len(ids), width)
        assert np.allclose(found[0, :4], first, atol=1e-4)
        assert np.allclose(found[-1, :4], last, atol=1e-4)
        assert np.allclose(found.mean(axis=1)[:4], means, atol=1e-4)
        assert np.abs(found).sum() == pytest.approx(size, rel=1e-4)


@KINDS
def test_states_are_those_of_a_slow_reckoning_when_weights_are_random(kind: Architecture) -> None:
    """Formula by formula in double precision, head by head, without a batch."""
    small = _small(kind)
    for ids in ([101, 7, 30_000, 102], [5], list(range(40, 80)), [9, 8, 7, *range(300)]):
        ((_, found),) = small.hidden([ids])
        assert np.allclose(found, slow(tensors(kind=kind), ids), atol=1e-4)


@KINDS
@settings(max_examples=20, deadline=None)
@given(inputs=st.lists(st.lists(st.integers(0, 30_521), min_size=1, max_size=30), max_size=40))
def test_a_batch_gives_what_single_inputs_give_when_lengths_differ(
    kind: Architecture, inputs: list[list[int]]
) -> None:
    """What fills a batch up changes nothing, and every input gets its own states back."""
    small = _small(kind)
    together = dict(small.hidden(inputs))
    assert sorted(together) == list(range(len(inputs)))
    for index, ids in enumerate(inputs):
        ((_, alone),) = small.hidden([ids])
        assert together[index].shape == (len(ids), WIDTH)
        assert np.allclose(together[index], alone, atol=1e-4)


@KINDS
def test_an_input_is_cut_when_it_is_longer_than_the_places(kind: Architecture) -> None:
    """The encoders know 512 places."""
    small = _small(kind)
    ((_, long),) = small.hidden([[7] * 600])
    ((_, cut),) = small.hidden([[7] * 512])
    assert np.allclose(long, cut)


@KINDS
def test_matrices_are_changed_when_a_change_is_given(tmp_path: Path, kind: Architecture) -> None:
    """Every matrix of every layer passes by under our name, and what comes back is used."""
    names = []

    def change(name: str, matrix: Matrix) -> Matrix:
        names.append(name)
        return matrix * 0 if name == "layers.1.outer" else matrix

    changed = load(write_encoder(tmp_path / "x.safetensors", kind=kind), change)
    assert sorted(names) == sorted(
        f"layers.{number}.{name}" for number in range(LAYERS) for name in MATRICES
    )
    stored = tensors(kind=kind)
    stored["encoder.layer.1.output.dense.weight"] *= 0
    ((_, found),) = changed.hidden([[101, 5, 6, 102]])
    assert np.allclose(found, slow(stored, [101, 5, 6, 102]), atol=1e-4)


def test_activation_is_exact_to_a_millionth_when_numbers_are_any() -> None:
    """Against the error function of the C library."""
    given_ = np.linspace(-12, 12, 48_000, dtype=np.float32)
    wanted = [x * 0.5 * (1 + math.erf(x / 2**0.5)) for x in given_.astype(float)]
    assert np.abs(gelu(given_.reshape(-1, 3).copy()).ravel() - wanted).max() < 1e-6


@pytest.mark.parametrize("content", [b"", b"GGUF" * 100, b"\x08\0\0\0\0\0\0\0{}      "])
def test_a_file_is_refused_when_it_is_no_encoder(tmp_path: Path, content: bytes) -> None:
    """One clear error, whatever lies there."""
    (tmp_path / "x.safetensors").write_bytes(content)
    with pytest.raises(WeightsError, match="holds no encoder"):
        load(tmp_path / "x.safetensors")
    with pytest.raises(WeightsError):
        load(tmp_path / "missing.safetensors")


_kept: dict[str, Encoder] = {}


def _small(kind: Architecture) -> Encoder:
    """The same small encoder of a kind for every example."""
    if kind.attended not in _kept:
        _kept[kind.attended] = assemble(tensors(kind=kind))
    return _kept[kind.attended]


def slow(stored: dict[str, Matrix], ids: list[int]) -> Any:
    """The hidden states of one input, in double precision; ids are lines of wordpieces.txt."""
    kind = MPNET if RELATIVE in stored else BERT
    w = {name: matrix.astype(np.float64) for name, matrix in stored.items()}

    def linear(x: Any, name: str) -> Any:
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    def norm(x: Any, name: str) -> Any:
        shifted = x - x.mean(1, keepdims=True)
        scaled = shifted / np.sqrt((shifted**2).mean(1, keepdims=True) + kind.epsilon)
        return scaled * w[f"{name}.LayerNorm.weight"] + w[f"{name}.LayerNorm.bias"]

    def attention(x: Any, at: str) -> Any:
        parts = []
        q, k, v = (linear(x, f"{at}.{kind.matrices[n]}") for n in ("query", "key", "value"))
        for head in range(12):
            mine = slice(head * WIDTH // 12, (head + 1) * WIDTH // 12)
            scores = q[:, mine] @ k[:, mine].T / (WIDTH / 12) ** 0.5
            if kind is MPNET:
                away = [[_bucket(j - i) for j in range(len(x))] for i in range(len(x))]
                scores += w[RELATIVE][away, head]
            scores = np.exp(scores)
            parts.append(scores / scores.sum(1, keepdims=True) @ v[:, mine])
        return linear(np.hstack(parts), f"{at}.{kind.matrices['attention']}")

    if kind is MPNET:
        rows = [{101: 0, 102: 2}.get(piece, piece + 4) for piece in ids]
        x = w["embeddings.word_embeddings.weight"][rows]
        x = x + w["embeddings.position_embeddings.weight"][2 : 2 + len(ids)]
    else:
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: len(ids)]
        x = x + w["embeddings.token_type_embeddings.weight"][0]
    x = norm(x, "embeddings")
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        x = norm(attention(x, at) + x, f"{at}.{kind.attended}")
        inner = linear(x, f"{at}.intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / 2**0.5))
        x = norm(linear(inner, f"{at}.output.dense") + x, f"{at}.output")
    return x


def _bucket(away: int) -> int:
    """The bucket of a distance to the right, of MPNet's 32."""
    size = abs(away)
    if size >= 8:
        size = min(15, 8 + int(math.log(size / 8) / math.log(128 / 8) * 8 + 1e-9))
    return size + (16 if away > 0 else 0)
