"""Fit the classifiers of ``summarizer.selection`` and write the weights that are shipped.

    python evals/training/fit.py

Needs scikit-learn (dependency group ``fit``); the program itself needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from data import (
    Example,
    abouts,
    candidates,
    cases,
    examples,
    grounds,
    joint,
    kinds_of,
    others,
    reasons,
    statuses,
    tellers,
)
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from summarizer.selection.heads import FARTHEST, LATER, NAMES, Heads, Layer
from summarizer.selection.lines import BAGS, Lines, beside
from summarizer.selection.wording import vocabulary

STRENGTH, LEAST, ENCODED = 0.007, 5, 10.0
WHOLE_ENCODED, WHOLE_STRENGTH = 10.0, 0.1
HOLDER_STRENGTH, STATUS_STRENGTH = 0.02, 0.01
TOPIC_STRENGTH, REASON_STRENGTH, GROUND_STRENGTH = 0.03, 0.03, 0.01
KIND_STRENGTH, SIDE_STRENGTH = 0.01, 0.005
"""Inverse strengths of regularisation, lines that a term of the vocabulary is in at least, share of
the encoding beside the cues: by cross-validation over documents (``measure.py``)."""
TARGET = Path(__file__).parents[2] / "summarizer" / "selection" / "heads.npz"


def fit(examples: Sequence[Example]) -> Heads:
    """Both classifiers; lines of documents on other subjects teach the first one nothing."""
    own = [e for e in examples if e.about]
    return Heads(
        fit_lines(own), fit_subject(examples),
        fit_candidates([one for e in own for one in candidates(e)], HOLDER_STRENGTH),
        fit_encoded([one for e in own for one in statuses(e)], STATUS_STRENGTH),
        fit_encoded([one for e in own for one in abouts(e)], TOPIC_STRENGTH),
        fit_encoded([one for e in own for one in reasons(e)], REASON_STRENGTH),
        fit_encoded([one for e in own for one in grounds(e)], GROUND_STRENGTH),
        fit_encoded([one for e in own for one in kinds_of(e, "offers")], KIND_STRENGTH),
        fit_encoded([one for e in own for one in kinds_of(e, "red_lines")], KIND_STRENGTH),
        fit_candidates([one for e in own for one in others(e, "offers", "by")], SIDE_STRENGTH),
        fit_encoded([one for e in own for one in joint(e)], KIND_STRENGTH),
        fit_candidates([one for e in own for one in others(e, "offers", "to")], SIDE_STRENGTH),
        fit_candidates(
            [one for e in own for one in others(e, "next_steps", "parties")], SIDE_STRENGTH
        ),
        fit_candidates(
            [one for e in own for one in others(e, "open_questions", "parties")], SIDE_STRENGTH
        ),
        fit_encoded([one for e in own for one in tellers(e)], GROUND_STRENGTH),
    )  # fmt: skip


def fit_subject(examples: Sequence[Example]) -> Layer:
    """Is a document about peace talks; each counts once, in parts, and both answers alike."""
    rows = [(part, e.about, 1 / len(e.parts)) for e in examples for part in e.parts]
    about = np.array([[float(is_about)] for _, is_about, _ in rows])
    weights = np.array([[weight] for _, _, weight in rows])
    sides = np.where(about > 0, (weights * about).sum(), (weights * (1 - about)).sum())
    return fit_layer(
        np.vstack([described for (described, _), _, _ in rows]),
        np.vstack([vector for (_, vector), _, _ in rows]), about,
        weights / (2 * sides) * len(examples), WHOLE_ENCODED, WHOLE_STRENGTH,
    )  # fmt: skip


def fit_lines(examples: Sequence[Example]) -> Lines:
    """What a line carries."""
    words = vocabulary([line for e in examples for line in e.seen.words], LEAST)
    verbs = vocabulary([line for e in examples for line in e.seen.verbs], LEAST)
    layer = fit_layer(
        np.vstack([e.described for e in examples]),
        np.vstack([beside(e.seen, words, verbs) for e in examples]),
        np.vstack([e.labels for e in examples]), np.vstack([e.weights for e in examples]),
        1.0, STRENGTH,
    )  # fmt: skip
    return Lines(layer, words, verbs)


def fit_candidates(found: Sequence[tuple[list[float], bool]], strength: float) -> Layer:
    """Which of the candidates near a line is the one looked for: a holder of its item, say."""
    described = np.array([numbers for numbers, _ in found])
    labels = np.array([[float(right)] for _, right in found])
    return fit_layer(described, described, labels, np.ones_like(labels), 0.0, strength)


def fit_encoded(found: Sequence[tuple], strength: float) -> Layer:
    """A layer over rows with an encoding beside them: fields of items."""
    described, vectors, labels = (np.array(column) for column in zip(*found, strict=True))
    return fit_layer(described, vectors, labels, np.ones_like(labels), ENCODED, strength)


def fit_layer(described, vectors, labels, weights, encoded: float, strength: float) -> Layer:
    """One logistic regression per column of the labels."""
    shift, scale = described.mean(axis=0), described.std(axis=0)
    scale[scale < 1e-6] = 1
    rows = np.clip((described - shift) / scale, -FARTHEST, FARTHEST)
    if encoded:
        rows = csr_matrix(np.hstack([rows, vectors * encoded]))  # most words are not in a line
    found, bias = [], []
    for column in range(labels.shape[1]):
        model = LogisticRegression(C=strength, max_iter=2000)
        if len(set(labels[:, column])) < 2:
            found.append(np.zeros(rows.shape[1]))
            bias.append(9.0 if labels[0, column] else -9.0)
            continue
        model.fit(rows, labels[:, column], sample_weight=weights[:, column])
        found.append(model.coef_[0])
        bias.append(model.intercept_[0])
    return Layer(shift, scale, np.array(found), np.array(bias), encoded)


def write(made: Heads) -> None:
    """The weights as half-precision numbers, and the words that they are for."""
    parts = stored("lines", made.lines.layer)
    for bag in BAGS:
        listed = getattr(made.lines, bag)
        parts[f"lines.{bag}"] = np.array(listed.terms)
        parts[f"lines.{bag}.rarity"] = listed.rarity
    for name in (*NAMES, *LATER):
        parts |= stored(name, getattr(made, name))
    np.savez_compressed(TARGET, **parts)


def stored(name: str, layer: Layer) -> dict[str, np.ndarray]:
    """A layer as the arrays of a file."""
    parts = {f"{name}.{part}": getattr(layer, part).astype(np.float32) for part in
             ("shift", "scale", "bias")}  # fmt: skip
    weights = layer.weights.astype(np.float16)
    return {**parts, f"{name}.weights": weights, f"{name}.encoded": np.float32(layer.encoded)}


if __name__ == "__main__":
    read = examples(cases())
    write(fit(read))
    lines = sum(len(e.reading.lines) for e in read)
    print(f"{TARGET.name}: fitted on {len(read)} documents, {lines} sentences")
