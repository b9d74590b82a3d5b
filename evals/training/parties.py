"""Fit which of those named are parties and what part each plays; measure it out of fold.

    python evals/training/parties.py            # precision, recall, roles by cross-validation
    python evals/training/parties.py --write    # fits and writes summarizer/selection/parties.npz

Readings that weights are fitted on elsewhere have roles by weights that have not seen the
document (``crossed``), as it is with a new document.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from summarizer.evaluation.alignment import align_parties
from summarizer.evaluation.cases import Case
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.similarity import ChrF
from summarizer.selection.layers import FARTHEST, Layer
from summarizer.selection.reading import Reading, settled
from summarizer.selection.roles import OUTPUTS, Evidence, Roles, evidence, weighed

FOLDS = 8
PARTY_STRENGTH, ROLE_STRENGTH = 0.03, 0.01
"""Inverse strength of regularisation: by cross-validation."""
OPTIONAL = 0.5
"""Weight of a party that a brief may leave out."""
TARGET = Path(__file__).parents[2] / "summarizer" / "selection" / "parties.npz"

Rows = tuple[np.ndarray, np.ndarray, np.ndarray]


def rows(case: Case, reading: Reading, found: Evidence) -> Rows:
    """Everyone named: numbers, whether a party with these roles, and weights of the answers."""
    reference = reference_of(case)
    parties = reference.brief.parties
    named = list(found.described)
    forms = [[name, *reading.actors.found[name].forms] for name in named]
    labels = np.zeros((len(named), len(OUTPUTS)))
    weights = np.zeros_like(labels)
    weights[:, 0] = 1
    for i, j, _ in align_parties([p.names for p in parties], forms, ChrF()):
        lenient = reference.leniency("parties", i)
        labels[j, 0] = 1
        weights[j, 0] = OPTIONAL if lenient.optional else 1
        weights[j, 1:] = 1
        also = set(lenient.also.get("roles", ()))
        for column, role in enumerate(OUTPUTS[1:], start=1):
            labels[j, column] = role in parties[i].roles
            if role in also and not labels[j, column]:
                weights[j, column] = 0  # as right as its absence
    return np.array(list(found.described.values())), labels, weights


def fit_parties(examples: Sequence[Rows]) -> Layer:
    """Is it a party, and, of those that are, what part does it play?"""
    described, labels, weights = (
        np.vstack(part) for part in zip(*(e for e in examples if len(e[0])), strict=True)
    )
    shift, scale = described.mean(axis=0), described.std(axis=0)
    scale[scale < 1e-6] = 1
    scaled = np.clip((described - shift) / scale, -FARTHEST, FARTHEST)
    found = [
        _column(scaled, labels[:, k], weights[:, k], ROLE_STRENGTH if k else PARTY_STRENGTH)
        for k in range(len(OUTPUTS))
    ]
    return Layer(
        shift, scale, np.array([w for w, _ in found]), np.array([b for _, b in found]), 0.0
    )


def _column(scaled, labels, weights, strength: float):
    used = weights > 0
    if len(set(labels[used])) < 2:
        return np.zeros(scaled.shape[1]), -9.0
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(scaled[used], labels[used], sample_weight=weights[used])
    return model.coef_[0], float(model.intercept_[0])


def folds(count: int) -> list[list[int]]:
    """Documents of each fold."""
    order = list(range(count))
    random.Random(0).shuffle(order)
    return [order[fold::FOLDS] for fold in range(FOLDS)]


def crossed(cases: Sequence[Case], readings: Sequence[Reading]) -> list[Reading]:
    """Each unsettled reading with the roles of weights that have not seen its document."""
    found = [evidence(reading) for reading in readings]
    own = [i for i, case in enumerate(cases) if case.about_peace_talks]
    made = {i: rows(cases[i], readings[i], found[i]) for i in own if found[i].described}
    roles: dict[int, Roles] = {}
    for held in folds(len(cases)):
        layer = fit_parties([made[i] for i in made if i not in held])
        roles |= {i: weighed(readings[i], found[i], layer) for i in held}
    return [settled(reading, roles[i]) for i, reading in enumerate(readings)]


def write(layer: Layer) -> None:
    """The weights as float32, 10 kB or so."""
    parts = {f"parties.{part}": getattr(layer, part).astype(np.float32)
             for part in ("shift", "scale", "weights", "bias")}  # fmt: skip
    np.savez_compressed(TARGET, **parts, **{"parties.encoded": np.float32(0)})


if __name__ == "__main__":
    from data import cases as all_cases

    from summarizer.evaluation.runner import document_of
    from summarizer.selection.reading import unsettled

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    used = all_cases()
    readings = [unsettled(document_of(case)) for case in used]
    if asked.write:
        pairs = [(c, r) for c, r in zip(used, readings, strict=True) if c.about_peace_talks]
        write(fit_parties([rows(c, r, evidence(r)) for c, r in pairs]))
