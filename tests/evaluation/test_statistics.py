"""Intervals and paired differences, against values computed elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation.statistics import (
    NothingToCompare,
    average_repeats,
    mean_interval,
    paired,
    rank_correlation,
    rate_interval,
    rule_of_three,
    smallest_detectable,
    wilson,
)

SCORES = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88, 0.93, 0.71, 0.86, 0.9, 0.79, 0.83]


def test_repeats_are_averaged_before_anything_is_inferred() -> None:
    """The unit is the article: three repeats of one article are one value."""
    assert average_repeats([("a", 0.5), ("b", 1.0), ("a", 0.7)]) == {"a": 0.6, "b": 1.0}


def test_wilson_agrees_with_published_values() -> None:
    """Wilson intervals from Newcombe (1998), table I: 81 of 263 and 1 of 29."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_rate_is_at_most_three_over_n_when_nothing_happened() -> None:
    """Zero events in N is not zero."""
    assert rule_of_three(60) == 0.05
    assert rule_of_three(0) == rule_of_three(2) == 1.0
    interval = rate_interval(0, 60)
    assert interval is not None
    assert (interval.mean, interval.high, interval.method) == (0.0, 0.05, "rule of three")
    assert rate_interval(0, 0) is None


def test_interval_is_t_with_few_articles_and_bca_with_more() -> None:
    """Five articles: Student's t (2.776 standard errors); twelve: BCa."""
    few = mean_interval([0.5, 0.6, 0.7, 0.8, 0.9])
    assert few.method == "t"
    assert (few.low, few.high) == pytest.approx((0.50368, 0.89632), abs=1e-4)
    many = mean_interval(SCORES)
    assert many.method == "bca"
    assert many.low is not None
    assert many.high is not None
    assert many.low < many.mean < many.high
    assert many == mean_interval(SCORES)


def test_interval_is_clipped_and_closed_when_scores_are_at_the_edge() -> None:
    """No score over 1; one article has no interval; equal ones have none to speak of."""
    assert mean_interval([1.0, 1.0, 0.9]).high == 1.0
    assert mean_interval([0.4]).low is None
    same = mean_interval([0.7] * 12)
    assert (same.low, same.high) == (0.7, 0.7)
    with pytest.raises(NothingToCompare):
        mean_interval([])


def test_paired_comparison_sees_what_an_unpaired_one_cannot() -> None:
    """Articles differ by 0.3, the runs by 0.02 on each of them: seen."""
    before = {str(n): score for n, score in enumerate(SCORES)}
    shifts = {name: 0.025 if int(name) % 2 else 0.015 for name in before}
    after = {name: score + shifts[name] for name, score in before.items()}
    found = paired(before, after)
    assert found.difference.low is not None
    assert found.difference.low > 0
    assert mean_interval(list(before.values())).high > mean_interval(list(after.values())).low  # type: ignore[operator]
    assert found.difference.mean == pytest.approx(0.02)
    assert len(found.fixed) == 12


def test_paired_comparison_names_what_was_fixed_broken_and_left_out() -> None:
    """The largest change first; articles in one run only are named, not dropped silently."""
    found = paired(
        {"a": 0.5, "b": 0.9, "c": 0.7, "d": 0.7}, {"a": 0.6, "b": 0.4, "c": 0.6, "e": 1.0}
    )
    assert (found.fixed, found.broken, found.only_in_one) == (["a"], ["b", "c"], ["d", "e"])
    with pytest.raises(NothingToCompare, match="no article in common"):
        paired({"a": 1.0}, {"b": 1.0})


def test_smallest_difference_shrinks_with_articles() -> None:
    """(t(0.975) + t(0.8)) s / sqrt(n): 5 points with 20 articles, under 4 with 40."""
    spread = [0.08, -0.08] * 10
    twenty, forty = smallest_detectable(spread), smallest_detectable(spread * 2)
    assert twenty == pytest.approx(0.0542, abs=5e-4)
    assert forty == pytest.approx(0.0371, abs=5e-4)
    assert smallest_detectable([0.1]) is None


def test_rank_correlation_when_ranks_agree_or_cannot_be_told() -> None:
    """1, -1, or None where one side is all ties."""
    assert rank_correlation([1, 2, 3], [10, 20, 90]) == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert rank_correlation([1, 2], [5, 5]) is None
    with pytest.raises(ValueError, match="different length"):
        rank_correlation([1], [1, 2])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=14))
def test_interval_holds_the_mean_and_stays_in_bounds(values: list[float]) -> None:
    """Whatever the scores, the interval lies in [0, 1]; a t interval holds its mean."""
    found = mean_interval(values)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.high <= 1
    if found.method == "t":
        assert found.low <= found.mean + 1e-12
        assert found.mean <= found.high + 1e-12
