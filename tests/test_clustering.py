"""summarizer.clustering: groups that do not depend on the order of the edges."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from summarizer.clustering import Edge, clustered

PAIRS = st.tuples(st.integers(0, 9), st.integers(0, 9))
EDGES = st.lists(st.tuples(st.sampled_from((0.5, 0.7, 0.9)), st.integers(0, 9), st.integers(0, 9)))


@given(EDGES, st.sets(PAIRS, max_size=8), st.randoms(use_true_random=False))
def test_groups_are_the_same_for_edges_in_any_order_and_no_barred_pair_is_in_one(
    edges: list[Edge], apart: set[tuple[int, int]], chance: random.Random
) -> None:
    """Every number is in one group, and what is barred never meets, not by way of others."""

    def barred(one: int, other: int) -> bool:
        return (one, other) in apart or (other, one) in apart

    groups = clustered(10, edges, barred)
    mixed = [(tie, b, a) if chance.random() < 0.5 else (tie, a, b) for tie, a, b in edges]
    chance.shuffle(mixed)
    assert clustered(10, mixed, barred) == groups
    assert sorted(number for group in groups for number in group) == list(range(10))
    assert not any(barred(a, b) for group in groups for a in group for b in group if a < b)


def test_strongest_edge_wins_where_only_one_can() -> None:
    """0 and 2 are apart; 1 goes with the one it is more like."""
    edges = [(0.6, 0, 1), (0.9, 1, 2)]
    assert clustered(3, edges, lambda one, other: {one, other} == {0, 2}) == [[0], [1, 2]]


def test_edge_is_asked_only_when_it_would_make_a_difference() -> None:
    """Two numbers that are together already are not compared again."""
    asked: list[tuple[int, int]] = []

    def joins(one: int, other: int) -> bool:
        asked.append((one, other))
        return True

    edges = [(0.9, 0, 1), (0.8, 1, 2), (0.7, 0, 2)]
    assert clustered(3, edges, lambda one, other: False, joins) == [[0, 1, 2]]
    assert asked == [(0, 1), (1, 2)]
    assert clustered(2, [(0.9, 0, 1)], lambda one, other: False, lambda a, b: False) == [[0], [1]]
