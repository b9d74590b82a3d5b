"""A line as the tuned encoder is shown it: its own pieces between those around it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.selection.reading import Line
from summarizer.selection.tokens import END, START, Pieces, pieces

BEFORE, OWN, AFTER = 40, 100, 20
"""Pieces of the line before, of the line and of the line after: the weights are fitted on these."""
CUT = 1_500
"""Characters of a line that are cut into pieces."""


@dataclass(frozen=True)
class Shown:
    """What the encoder reads for one line, and where in it the line's own pieces are."""

    ids: list[int]
    own: slice


def show(lines: Sequence[Line]) -> list[Shown]:
    """Every line of a document."""
    cut = [pieces(line.text[:CUT]) for line in lines]
    return [_show(lines, cut, index) for index in range(len(lines))]


def _show(lines: Sequence[Line], cut: Sequence[Pieces], index: int) -> Shown:
    own = cut[index].ids[:OWN]
    before = cut[index - 1] if index else Pieces([], [])
    after = cut[index + 1].ids[:AFTER] if index + 1 < len(cut) else []
    left_out = max(0, len(before) - BEFORE)
    ids = [START, *before.ids[left_out:], END, *own, END, *after]
    start = 2 + len(before) - left_out
    # A line of nothing at all has its end.
    return Shown(ids, slice(start, start + max(1, len(own))))
