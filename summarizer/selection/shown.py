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
    """What the encoder reads for one line, and where in it is what.

    ``mentions`` and ``before``: a party and the rows of a mention of it, in the line and in what
    is shown of the line before it.
    """

    ids: list[int]
    own: slice
    mentions: tuple[tuple[str, slice], ...]
    before: tuple[tuple[str, slice], ...]


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
    near = _mentions(lines[index - 1], before, left_out, len(before), 1) if index else ()
    return Shown(
        ids,
        slice(start, start + max(1, len(own))),  # a line of nothing at all has its end
        _mentions(lines[index], cut[index], 0, len(own), start),
        near,
    )


def _mentions(
    line: Line, cut: Pieces, low: int, high: int, start: int
) -> tuple[tuple[str, slice], ...]:
    """The mentions among the pieces from ``low`` to ``high``, which are shown from ``start``."""
    found = []
    for mention in line.mentions:
        inside = [
            at for at in range(low, high)
            if cut.places[at][0] < mention.end and cut.places[at][1] > mention.start
        ]  # fmt: skip
        if inside:
            rows = slice(inside[0] - low + start, inside[-1] + 1 - low + start)
            found.append((mention.party, rows))
    return tuple(found)
