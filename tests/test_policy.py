"""summarizer.policy: how long to wait, and what is worth another try."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import (
    BadRequest,
    CircuitOpen,
    RateLimited,
    Refused,
    TimedOut,
    Unauthorised,
    Unreachable,
)
from summarizer.policy import Policy, is_transient


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_wait_grows_with_full_jitter_up_to_the_longest(tries: int, random: float) -> None:
    """Anything from nothing to twice as much each time; never more than the longest."""
    policy = Policy(first_wait=1, longest_wait=60)
    most = min(60.0, 2.0 ** min(tries - 1, 100))
    assert policy.wait(Unreachable("x"), tries, random) == pytest.approx(random * most)


def test_wait_is_what_the_endpoint_asks_for() -> None:
    """It knows best, whatever we would have waited; 0 means now."""
    error = RateLimited("429")
    for asked in (0.0, 7.5, 86_400.0):
        error.retry_after = asked
        assert Policy().wait(error, 3, 0.5) == asked


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (RateLimited("x"), True), (TimedOut("x"), True), (Unreachable("x"), True),
        (CircuitOpen("x"), False), (Unauthorised("x"), False), (BadRequest("x"), False),
        (Refused("x"), False), (ValueError("x"), False),
    ],
)  # fmt: skip
def test_what_may_pass_is_tried_again(error: Exception, again: bool) -> None:
    """Transport only; what somebody decided will not change."""
    assert is_transient(error) == again
