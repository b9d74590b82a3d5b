"""Probabilities and their log-odds (pure)."""

from __future__ import annotations

from typing import Any

SURE = 1e-6
"""The least probability that is taken for its odds, and the least doubt."""


def log_odds(chances: Any) -> Any:
    """Of a number or of an array, number by number."""
    import numpy

    sure = numpy.clip(chances, SURE, 1 - SURE)
    return numpy.log(sure / (1 - sure))


def probability(odds: Any) -> Any:
    """The reverse."""
    import numpy

    return 1 / (1 + numpy.exp(-odds))
