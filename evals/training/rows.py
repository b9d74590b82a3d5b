"""Lines as an encoder is shown them, with all that it should say of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from data import Example, known_as, main

from summarizer.selection import grounds, questions, status
from summarizer.selection.heads import LABELS
from summarizer.selection.shown import Shown, Window, show
from summarizer.selection.tuned import MENTIONED
from summarizer.vocabulary import OfferKind, RedLineKind

SECTIONS = LABELS[:4]
FIELDS = {
    "status": len(status.STATUSES), "kind": len(OfferKind), "line_kind": len(RedLineKind),
    "reason": len(questions.REASONS),
    **{f"basis_{section}": len(grounds.GROUNDS) for section in SECTIONS},
}  # fmt: skip
"""What is read off a line that carries an item, and how many values each has."""
SHARE, DOUBLED = 0.25, 2.0
"""Share that is taken of the lines that carry nothing and hardly could, and the weight of each."""


@dataclass(frozen=True)
class Choice:
    """Which lines of a document are worth an encoder's time, by chances that have not seen it."""

    least: float = 0.0
    """Chance under which a line is not shown, once fitted."""
    rare: float = 0.0
    """Chance under which a line without a label is one of many: some are enough to fit on."""


@dataclass(frozen=True)
class Row:
    """A line as the encoder is shown it, and what it carries."""

    case: str
    index: int
    shown: Shown
    labels: np.ndarray
    weights: np.ndarray
    fields: dict[str, int]
    right: tuple[dict[str, bool], ...]
    """By mention: of those of ``MENTIONED`` that the line's items speak of, whether it is one."""


def rows(
    e: Example, window: Window, choice: Choice, chances: np.ndarray | None, *, held: bool
) -> Iterator[Row]:
    """The lines of a document that are fitted on; ``held``: those that would be shown to a reader.

    ``chances``: the largest of every line, by weights that have not seen the document.
    """
    fields, parties = _said(e)
    known, draw = known_as(e), random.Random(e.case.id)
    for index, shown in enumerate(show(e.reading.lines, window)):
        labels, weights = e.labels[index, : len(LABELS)], e.weights[index, : len(LABELS)]
        if chances is not None and held:
            if chances[index] < choice.least:
                continue
        elif chances is not None and chances[index] < choice.rare and not labels.any():
            if draw.random() > SHARE:
                continue
            weights = weights * DOUBLED
        right = tuple(
            {
                name: bool(known.get(party, set()) & wanted)
                for name, wanted in parties[index].items()
            }
            for party, _ in shown.mentions
        )
        yield Row(e.case.id, index, shown, labels, weights, fields[index], right)


def _said(e: Example) -> tuple[list[dict[str, int]], list[dict[str, set[str]]]]:
    """By line: the values of its fields, and the parties in each of ``MENTIONED``."""
    fields: list[dict[str, int]] = [{} for _ in e.reading.lines]
    parties: list[dict[str, set[str]]] = [{} for _ in e.reading.lines]
    for section in SECTIONS:
        for item in getattr(e.case, section):
            if (row := main(e.case, item, e.reading)) is None:
                continue
            fields[row] |= _fields(section, item)
            for name, named in _parties(section, item).items():
                parties[row].setdefault(name, set()).update(named)
    return fields, parties


def _fields(section: str, item: Any) -> dict[str, int]:
    known = item.basis in grounds.GROUNDS
    made = {f"basis_{section}": grounds.GROUNDS.index(item.basis) if known else 0}
    if section == "offers":
        made["status"] = status.STATUSES.index(item.status)
        made["kind"] = tuple(OfferKind).index(item.kind)
    elif section == "red_lines":
        made["line_kind"] = tuple(RedLineKind).index(item.kind)
    elif section == "open_questions":
        made["reason"] = questions.REASONS.index(item.reason)
    return made


def _parties(section: str, item: Any) -> dict[str, list[str]]:
    by, held_by, to, acting, concerned = MENTIONED
    if section == "offers":
        return {by: item.by, to: item.to}
    if section == "red_lines":
        return {held_by: [item.held_by]}
    return {acting if section == "next_steps" else concerned: item.parties}
