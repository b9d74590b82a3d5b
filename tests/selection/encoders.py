"""Small encoders and random differences to them, as files, for tests without the real weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from summarizer.selection import tuned
from summarizer.selection.architectures import BERT, MATRICES, MPNET, RELATIVE, Architecture
from summarizer.selection.tuned import MENTIONED
from summarizer.vocabulary import OfferKind, OfferStatus, QuestionReason

Matrix = NDArray[np.float32]
WIDTH, INNER, LAYERS, PIECES, PLACES = 24, 48, 2, 30_522, 512
"""Two numbers for each of the twelve heads; the vocabulary and the places are the real ones."""
HEADS = {
    "lines": 5,
    "status": len(OfferStatus),
    "reason": len(QuestionReason),
    "kind": len(OfferKind),
}


def tensors(seed: int = 0, kind: Architecture = BERT) -> dict[str, Matrix]:
    """Random weights of an encoder, by the names that its kind has in a safetensors file."""
    draw = np.random.default_rng(seed)

    def some(*shape: int, by: float = 0.5) -> Matrix:
        return (draw.standard_normal(shape) * by).astype(np.float32)

    made = {
        "embeddings.word_embeddings.weight": some(PIECES + kind.shift, WIDTH),
        "embeddings.position_embeddings.weight": some(PLACES + kind.first, WIDTH),
    }
    if kind is MPNET:
        made[RELATIVE] = some(32, 12, by=2)
    else:
        made["embeddings.token_type_embeddings.weight"] = some(2, WIDTH)
    norms = ["embeddings"]
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        norms += [f"{at}.{kind.attended}", f"{at}.output"]
        for name, theirs in kind.matrices.items():
            shape = {"inner": (INNER, WIDTH), "outer": (WIDTH, INNER)}.get(name, (WIDTH, WIDTH))
            made[f"{at}.{theirs}.weight"] = some(*shape)
            made[f"{at}.{theirs}.bias"] = some(shape[0])
    for name in norms:
        made[f"{name}.LayerNorm.weight"] = 1 + some(WIDTH, by=0.1)
        made[f"{name}.LayerNorm.bias"] = some(WIDTH, by=0.1)
    return made


def write_encoder(file: Path, seed: int = 0, kind: Architecture = BERT) -> Path:
    """A small encoder in a safetensors file."""
    from safetensors.numpy import save_file

    save_file(tensors(seed, kind), file)
    return file


def differences(
    rank: int = 3,
    layers: int = LAYERS,
    width: int = WIDTH,
    inner: int = INNER,
    seed: int = 1,
    mentions: bool = False,
) -> dict[str, NDArray[np.float16]]:
    """Random contents of a ``tuned.npz``; the defaults are for the small encoder.

    ``mentions``: with a layer over the mentions of parties.
    """
    draw = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float16]:
        return (draw.standard_normal(shape) * 0.2).astype(np.float16)

    made = {}
    for number in range(layers):
        for name in MATRICES:
            out, into = {"inner": (inner, width), "outer": (width, inner)}.get(name, (width, width))
            made[f"layers.{number}.{name}.down"] = some(rank, into)
            made[f"layers.{number}.{name}.up"] = some(out, rank)
    for name, count in HEADS.items():
        made[f"heads.{name}.weights"] = some(count, 2 * width)
        made[f"heads.{name}.bias"] = some(count)
    if mentions:
        made["heads.mentions.weights"] = some(len(MENTIONED), 3 * width)
        made["heads.mentions.bias"] = some(len(MENTIONED))
    return made


def write_tuned(file: Path, *, mentions: bool = False, seed: int = 1) -> Path:
    """A random ``tuned.npz`` for the small encoder."""
    made: dict[str, Any] = dict(differences(seed=seed, mentions=mentions))
    np.savez(file, **made)
    return file


def fit_here(monkeypatch: pytest.MonkeyPatch, size: str, file: Path) -> None:
    """Have this version's fitted weights for an encoder of that size in a file."""
    monkeypatch.setitem(tuned.FITTED, size, replace(tuned.FITTED[size], file=str(file)))
