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
    Part,
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

from summarizer.selection.heads import FARTHEST, NAMES, Heads, Layer
from summarizer.selection.lines import BAGS, Lines, beside
from summarizer.selection.subject import Subject
from summarizer.selection.wording import Vocabulary, vocabulary

STRENGTH, LEAST, ENCODED = 0.007, 5, 10.0
WHOLE_ENCODED, WHOLE_STRENGTH = 20.0, 0.1
LEAST_WHOLE, WORD_STRENGTH = 8, 3.0
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


def fit_subject(examples: Sequence[Example]) -> Subject:
    """Is a document about peace talks; each counts once, and both answers alike.

    Numbers and encodings are fitted on parts of documents as well, words on whole ones alone.
    """
    rows = [(part, e.about, 1 / len(e.parts)) for e in examples for part in e.parts]
    wholes = [(e.parts[0], e.about, 1.0) for e in examples]
    words = vocabulary([part.words for part, _, _ in wholes], LEAST_WHOLE)
    worded = words.weigh([part.words for part, _, _ in wholes])
    return Subject(
        fit_layer(
            np.vstack([part.described for part, _, _ in rows]),
            np.vstack([part.mean for part, _, _ in rows]), *evened(rows),
            WHOLE_ENCODED, WHOLE_STRENGTH,
        ), words,
        fit_layer(worded[:, :0], worded, *evened(wholes), 1.0, WORD_STRENGTH),
    )  # fmt: skip


def evened(rows: Sequence[tuple[Part, bool, float]]) -> tuple[np.ndarray, np.ndarray]:
    """The answers, and weights by which both count alike."""
    about = np.array([[float(is_about)] for _, is_about, _ in rows])
    weights = np.array([[weight] for _, _, weight in rows])
    sides = np.where(about > 0, (weights * about).sum(), (weights * (1 - about)).sum())
    return about, weights * weights.sum() / (2 * sides)


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
        parts |= listed(f"lines.{bag}", getattr(made.lines, bag))
    parts |= stored("subject", made.subject.layer) | listed("subject.words", made.subject.words)
    parts |= stored("subject.worded", made.subject.worded)
    for name in NAMES:
        parts |= stored(name, getattr(made, name))
    np.savez_compressed(TARGET, **parts)


def listed(name: str, words: Vocabulary) -> dict[str, np.ndarray]:
    """A vocabulary as the arrays of a file."""
    return {name: np.array(words.terms), f"{name}.rarity": words.rarity}


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
