"""What a tuned encoder says of rows that it has not seen, and how good that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from net import BATCH, Below, Net, batches
from rows import FIELDS, Row
from sklearn.metrics import average_precision_score

from summarizer.selection.heads import LABELS
from summarizer.selection.tuned import MENTIONED, Opinion


@dataclass(frozen=True)
class Said:
    """Log-odds of a row: by head, and of each mention."""

    heads: dict[str, np.ndarray]
    mentions: list[np.ndarray]


def said(net: Net, below: Below, chosen: Sequence[int]) -> dict[int, Said]:
    """What the net says of some rows."""
    found: dict[int, Said] = {}
    with torch.no_grad():
        for batch in batches(below.rows, chosen, 2 * BATCH, mixed=False):
            x, vectors = net(*below.batch(batch))
            odds = {name: head(vectors).numpy() for name, head in net.heads.items()}
            for number, i in enumerate(batch):
                named = [(number, place) for _, place in below.rows[i].shown.mentions]
                mentions = list(net.named(x, vectors, named).numpy()) if named else []
                found[i] = Said({name: own[number] for name, own in odds.items()}, mentions)
    return found


def report(below: Below, held: Sequence[int], found: Mapping[int, Said]) -> None:
    """Average precision of the labels; of fields and likeliest mentions the share that is right."""
    labels = np.array([below.rows[i].labels for i in held])
    odds = np.array([found[i].heads["lines"] for i in held])
    for column, name in enumerate(LABELS):
        if labels[:, column].any():
            precision = average_precision_score(labels[:, column], odds[:, column])
            print(f"  {name}: average precision {precision:.3f}")
    for name in FIELDS:
        right = [
            found[i].heads[name].argmax() == below.rows[i].fields[name]
            for i in held
            if name in below.rows[i].fields
        ]
        if right:
            print(f"  {name}: {np.mean(right):.3f} of {len(right)} right")
    for column, name in enumerate(MENTIONED):
        best = [_best(below.rows[i], found[i], name, column) for i in held]
        right = [one for one in best if one is not None]
        if right:
            print(f"  {name}: the likeliest is one in {np.mean(right):.3f} of {len(right)}")


def _best(row: Row, found: Said, name: str, column: int) -> bool | None:
    """Whether the likeliest mention is one that is looked for; None where none is named."""
    options = [
        (odds[column], own[name])
        for odds, own in zip(found.mentions, row.right, strict=True)
        if name in own
    ]
    return max(options)[1] if options else None


def opinions(below: Below, found: Mapping[int, Said], counts: Mapping[str, int]) -> dict[str, Any]:
    """By document what ``measure.unseen`` takes in; ``counts`` says how many lines each has."""
    made: dict[str, Any] = {}
    for i, own in found.items():
        row = below.rows[i]
        count = counts[row.case]
        whole = made.setdefault(row.case, Opinion(
            {name: np.zeros((count, len(odds)), np.float32) for name, odds in own.heads.items()},
            np.zeros(count, dtype=bool), [{} for _ in range(count)],
        ))  # fmt: skip
        whole.asked[row.index] = True
        for name, odds in own.heads.items():
            whole.lines[name][row.index] = odds
        named = whole.mentions[row.index]
        for (party, _), odds in zip(row.shown.mentions, own.mentions, strict=True):
            named[party] = np.maximum(named[party], odds) if party in named else odds
    return {
        case: {**one.lines, "asked": one.asked, "mentions": one.mentions}
        for case, one in made.items()
    }
