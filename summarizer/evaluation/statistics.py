"""Intervals, paired differences, and the smallest difference a run could have seen.

The unit is the article: repeats of one article are averaged first, inference is over articles.
Nothing here is random: the bootstrap has a fixed seed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from summarizer.errors import MissingExtra, SummarizerError

#: Fewer values than this: a t interval. BCa needs some to resample.
BOOTSTRAP_FROM = 10
_RESAMPLES = 9_999
_SEED = 20_250_101


class NothingToCompare(SummarizerError):
    """No article was scored in both runs."""


class Interval(BaseModel):
    """A mean over ``n`` articles and where it may lie; None where n is too small to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: float
    low: float | None
    high: float | None
    n: int
    method: Literal["bca", "t", "wilson", "rule of three", "none"]


class PairedDifference(BaseModel):
    """Run B minus run A over the articles that both scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    difference: Interval
    smallest_detectable: float | None
    """The true difference that a comparison like this one sees four times out of five."""
    fixed: list[str] = []
    """Articles that got better, the most first."""
    broken: list[str] = []
    """Articles that got worse, the most first."""
    only_in_one: list[str] = []
    """Articles left out because only one of the runs scored them."""


def _scipy_stats() -> Any:
    try:
        from scipy import stats  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("eval", "statistics") from error
    return stats


def average_repeats(scores: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The mean score of each article over its repeats, in the order of first appearance."""
    grouped: dict[str, list[float]] = {}
    for article, score in scores:
        grouped.setdefault(article, []).append(score)
    return {article: math.fsum(values) / len(values) for article, values in grouped.items()}


def mean_interval(
    values: Sequence[float], *, low: float = 0.0, high: float = 1.0, confidence: float = 0.95
) -> Interval:
    """The mean of the articles' scores with a BCa or t interval, clipped to [low, high].

    BCa (Efron 1987, ``scipy.stats.bootstrap``) from ``BOOTSTRAP_FROM`` articles on; a t interval
    with fewer, or where BCa is not defined (almost all values equal).
    """
    if not values:
        raise NothingToCompare("no article was scored")
    n = len(values)
    mean = math.fsum(values) / n
    if n < 2:
        return Interval(mean=mean, low=None, high=None, n=n, method="none")
    if max(values) == min(values):
        return Interval(mean=values[0], low=values[0], high=values[0], n=n, method="t")
    bounds = _bca(values, confidence) if n >= BOOTSTRAP_FROM else None
    method: Literal["bca", "t"] = "t" if bounds is None else "bca"
    lower, upper = bounds or _t(values, mean, confidence)
    return Interval(mean=mean, low=max(low, lower), high=min(high, upper), n=n, method=method)


def _bca(values: Sequence[float], confidence: float) -> tuple[float, float] | None:
    import numpy

    outcome = _scipy_stats().bootstrap(
        (numpy.asarray(values, dtype=float),),
        numpy.mean,
        confidence_level=confidence,
        n_resamples=_RESAMPLES,
        method="BCa",
        rng=numpy.random.default_rng(_SEED),
    )
    bounds = (float(outcome.confidence_interval.low), float(outcome.confidence_interval.high))
    return bounds if all(map(math.isfinite, bounds)) else None


def _spread(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def _t(values: Sequence[float], mean: float, confidence: float) -> tuple[float, float]:
    n = len(values)
    half = _scipy_stats().t.ppf((1 + confidence) / 2, n - 1) * _spread(values) / math.sqrt(n)
    return float(mean - half), float(mean + half)


def paired(
    before: Mapping[str, float], after: Mapping[str, float], *, confidence: float = 0.95
) -> PairedDifference:
    """Compare two runs on the articles both scored; differences are clipped to [-1, 1].

    Unpaired intervals see almost nothing: articles differ far more than runs do. Raises
    ``NothingToCompare`` when the runs have no article in common.
    """
    shared = [article for article in before if article in after]
    if not shared:
        raise NothingToCompare("the two runs have no article in common")
    by_article = {article: after[article] - before[article] for article in shared}
    moved = sorted(by_article, key=lambda article: (-abs(by_article[article]), article))
    values = list(by_article.values())
    return PairedDifference(
        difference=mean_interval(values, low=-1.0, high=1.0, confidence=confidence),
        smallest_detectable=smallest_detectable(values),
        fixed=[article for article in moved if by_article[article] > 1e-9],
        broken=[article for article in moved if by_article[article] < -1e-9],
        only_in_one=sorted(set(before) ^ set(after)),
    )


def smallest_detectable(
    differences: Sequence[float], *, alpha: float = 0.05, power: float = 0.8
) -> float | None:
    """The mean difference that a paired t test over as many articles would see.

    ``(t(1 - alpha/2) + t(power)) * s / sqrt(n)`` with n - 1 degrees of freedom (the usual
    approximation to the non-central t). None under 2 articles.
    """
    n = len(differences)
    if n < 2:
        return None
    t = _scipy_stats().t
    needed = t.ppf(1 - alpha / 2, n - 1) + t.ppf(power, n - 1)
    return min(1.0, float(needed) * _spread(differences) / math.sqrt(n))


def rate_interval(hits: float, of: float, *, confidence: float = 0.95) -> Interval | None:
    """A rate with its Wilson interval; zero events in N is "at most 3/N"; None for 0 of 0.

    Wilson (1927); rule of three: Hanley and Lippman-Hand (1983), 95 per cent whatever the
    confidence asked for.
    """
    if of <= 0:
        return None
    n = round(of)
    if hits == 0:
        return Interval(mean=0.0, low=0.0, high=rule_of_three(n), n=n, method="rule of three")
    low, high = wilson(hits, of, confidence=confidence)
    return Interval(mean=hits / of, low=low, high=high, n=n, method="wilson")


def wilson(hits: float, of: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a rate; raises ``ValueError`` for an empty denominator."""
    if of <= 0 or not 0 <= hits <= of:
        raise ValueError(f"not a rate: {hits} of {of}")
    z = float(_scipy_stats().norm.ppf((1 + confidence) / 2))
    share = hits / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)


def rule_of_three(n: int) -> float:
    """The rate that zero events in ``n`` cannot exclude: 3 / n, at most 1."""
    return min(1.0, 3 / n) if n > 0 else 1.0


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rank correlation; None when either side does not vary."""
    if len(first) != len(second):
        raise ValueError("two rankings of different length")
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    return float(_scipy_stats().spearmanr(list(first), list(second)).statistic)
