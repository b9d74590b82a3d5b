"""The best one-to-one assignment of a table of weights."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.errors import MissingExtra


def best_assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of the greatest total weight; weights of 0 or less are never paired.

    ``scipy.optimize.linear_sum_assignment`` (a modified Jonker-Volgenant, Crouse 2016).
    """
    if not weights or not weights[0]:
        return []
    try:
        from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("eval", "scoring") from error
    rows, columns = linear_sum_assignment(
        [[max(0.0, w) for w in row] for row in weights], maximize=True
    )
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if weights[row][column] > 0]
