"""Small encoders and random differences to them, as files, for tests without the real weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.selection.transformer import MATRICES
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


def tensors(seed: int = 0) -> dict[str, Matrix]:
    """Random weights of an encoder, by the names that BERT's have in a safetensors file."""
    draw = np.random.default_rng(seed)

    def some(*shape: int, by: float = 0.5) -> Matrix:
        return (draw.standard_normal(shape) * by).astype(np.float32)

    made = {
        "embeddings.word_embeddings.weight": some(PIECES, WIDTH),
        "embeddings.position_embeddings.weight": some(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": some(2, WIDTH),
    }
    norms = ["embeddings"]
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        norms += [f"{at}.attention.output", f"{at}.output"]
        for name, bert in MATRICES.items():
            shape = {"inner": (INNER, WIDTH), "outer": (WIDTH, INNER)}.get(name, (WIDTH, WIDTH))
            made[f"{at}.{bert}.weight"] = some(*shape)
            made[f"{at}.{bert}.bias"] = some(shape[0])
    for name in norms:
        made[f"{name}.LayerNorm.weight"] = 1 + some(WIDTH, by=0.1)
        made[f"{name}.LayerNorm.bias"] = some(WIDTH, by=0.1)
    return made


def write_encoder(file: Path, seed: int = 0) -> Path:
    """A small encoder in a safetensors file."""
    from safetensors.numpy import save_file

    save_file(tensors(seed), file)
    return file


def differences(
    rank: int = 3, layers: int = LAYERS, width: int = WIDTH, inner: int = INNER, seed: int = 1
) -> dict[str, NDArray[np.float16]]:
    """Random contents of a ``tuned.npz``; the defaults are for the small encoder."""
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
    return made


def write_tuned(file: Path, *, real: bool = False, seed: int = 1) -> Path:
    """A random ``tuned.npz``, for the small encoder or for the real one."""
    sizes = {"layers": 6, "width": 384, "inner": 1536} if real else {}
    made: dict[str, Any] = dict(differences(**sizes, seed=seed))
    np.savez(file, **made)
    return file
