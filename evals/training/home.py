"""Fit which state's government "the government" is: the weights of ``summarizer.selection.home``.

    python evals/training/home.py

Prints how often the state is right by cross-validation over documents, and the weights, which stand
rounded in the module. A choice among the states named and "none of them": of the cases in which one
party is called the government, or one state is a primary party beside groups.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from data import cases
from scipy.optimize import minimize

from summarizer.evaluation.cases import Case
from summarizer.evaluation.normalise import PartyNames
from summarizer.evaluation.runner import document_of
from summarizer.selection import home
from summarizer.selection.reading import Reading, unsettled
from summarizer.vocabulary import PartyKind, PartyRole

FOLDS, STRENGTH = 5, 0.01
CALLED = frozenset({"the government", "the army", "the junta", "the regime"})
_GROUPS = frozenset({PartyKind.ARMED_GROUP, PartyKind.POLITICAL_MOVEMENT})

Choice = tuple[np.ndarray, np.ndarray]
"""A row for each state, the last one for none of them; and which of the rows are right."""


def meant(case: Case) -> str | None:
    """The party whose government is meant, where the case tells."""
    called = [p.name for p in case.parties if CALLED & {alias.lower() for alias in p.aliases}]
    primary = [p for p in case.parties if PartyRole.PRIMARY_PARTY in p.roles]
    states = [p.name for p in primary if p.kind == PartyKind.STATE]
    grouped = any(p.kind in _GROUPS for p in primary)
    found = called or (states if grouped else [])
    return found[0] if len(found) == 1 else None


def choice(case: Case, reading: Reading, right: str) -> Choice:
    """The states that a document names, described, and which one it is."""
    names, actors = PartyNames([[p.name, *p.aliases] for p in case.parties]), reading.actors
    described = home.describe(
        actors.found, actors.generic.named, [line.text for line in reading.lines]
    )
    rows = [[*numbers, 0.0] for numbers in described.values()]
    forms = {name: {m.form for ms in actors.generic.named for m in ms if m.party == name}
             for name in described}  # fmt: skip
    labels = [right in {names.find(form) for form in (name, *forms[name])} for name in described]
    return np.array([*rows, [0.0] * len(home.WEIGHTS) + [1.0]]), np.array(
        [*labels, not any(labels)]
    )


def fit(choices: Sequence[Choice]) -> np.ndarray:
    """Weights under which the right rows are likeliest: a conditional logistic regression."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right in choices:
            odds = rows @ weights
            chances = np.exp(odds - odds.max())
            chances /= chances.sum()
            own = chances * right
            total -= np.log(max(own.sum(), 1e-12))
            slope -= rows.T @ (own / max(own.sum(), 1e-12) - chances)
        count = len(choices)
        return total / count + STRENGTH * weights @ weights / 2, slope / count + STRENGTH * weights

    return minimize(loss, np.zeros(choices[0][0].shape[1]), jac=True, method="L-BFGS-B").x


def accuracy(choices: Sequence[Choice], weights: np.ndarray) -> float:
    """How often the likeliest row is right."""
    return float(np.mean([right[(rows @ weights).argmax()] for rows, right in choices]))


if __name__ == "__main__":
    told = [(case, right) for case in cases() if case.language == "en" and (right := meant(case))]
    found = [choice(case, unsettled(document_of(case)), right) for case, right in told]
    random.Random(0).shuffle(found)
    held = [accuracy(found[k::FOLDS], fit([c for i, c in enumerate(found) if i % FOLDS != k]))
            for k in range(FOLDS)]  # fmt: skip
    print(f"{len(found)} documents: {np.mean(held):.3f} right")
    for name, weight in zip([*home.WEIGHTS, "none"], fit(found), strict=True):
        print(f"  {name} {weight:.2f}")
