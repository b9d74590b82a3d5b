"""summarizer.circuit: an endpoint that keeps failing is left alone, and found again."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import Any

import pytest

from summarizer.attempts import Ledger, Policy
from summarizer.circuit import POLL, Circuit
from summarizer.errors import (
    CircuitOpen,
    DeadlineExceeded,
    EndpointError,
    ModelError,
    RateLimited,
    Refused,
    SettingsError,
    TimedOut,
    Unauthorised,
    Unreachable,
)
from summarizer.testing import FAULTS, ModelServer, answer
from tests import runs
from tests.runs import GOOD, Clock, a_prompt


def circuit(threshold: int = 3) -> tuple[Circuit, Clock]:
    """A circuit and the clock that it looks at."""
    clock = Clock()
    return Circuit(threshold, cooldown=5, longest_cooldown=15, patience=60, clock=clock), clock


def meet(found: Circuit, *errors: Exception | None) -> None:
    """One call after the other, each ending with its error."""
    for error in errors:
        with suppress(Exception), found.call():
            if error is not None:
                raise error


DOWN = Unreachable("it is down")


def test_circuit_opens_after_failures_in_a_row() -> None:
    """The third failure opens it; before that calls are made at once."""
    found, _ = circuit()
    meet(found, DOWN, TimedOut("slow"))
    assert (found.state, found.wait()) == ("closed", 0.0)
    meet(found, DOWN)
    assert (found.state, found.wait()) == ("open", 5.0)


@pytest.mark.parametrize(
    "sign", [None, RateLimited("429"), Unauthorised("401"), Refused("no"), EndpointError("400")]
)
def test_any_sign_of_life_begins_the_count_again(sign: Exception | None) -> None:
    """An answer, or an error that only a living endpoint sends."""
    found, _ = circuit()
    meet(found, DOWN, DOWN, sign, DOWN, DOWN)
    assert found.state == "closed"


@pytest.mark.parametrize("ending", [DeadlineExceeded("time"), SettingsError("x"), OSError()])
def test_what_says_nothing_of_the_endpoint_counts_for_nothing(ending: Exception) -> None:
    """Somebody's own deadline neither opens nor closes a circuit."""
    found, _ = circuit()
    meet(found, DOWN, DOWN, ending)
    assert found.failures == 2
    meet(found, DOWN)
    assert found.state == "open"


def test_one_call_finds_out_when_it_half_opens() -> None:
    """The others are told to ask again in a moment; an answer lets all of them through."""
    found, clock = circuit()
    meet(found, DOWN, DOWN, DOWN)
    clock.time = 5.0
    assert (found.state, found.wait()) == ("half-open", 0.0)
    with found.call():
        assert found.wait() == POLL
    assert (found.state, found.wait()) == ("closed", 0.0)


def test_call_that_is_given_up_finds_nothing_out() -> None:
    """A cancelled probe leaves the place to the next one."""
    found, clock = circuit()
    meet(found, DOWN, DOWN, DOWN)
    clock.time = 5.0
    with pytest.raises(asyncio.CancelledError), found.call():
        raise asyncio.CancelledError
    assert (found.state, found.wait()) == ("half-open", 0.0)


def test_cooldown_doubles_up_to_the_longest() -> None:
    """5, 10, 15 seconds and no more."""
    found, clock = circuit()
    meet(found, DOWN, DOWN, DOWN)
    waits = []
    for _ in range(4):
        waits.append(found.wait())
        clock.time += waits[-1]
        meet(found, DOWN)
    assert waits == [5, 10, 15, 15]


def test_late_failures_do_not_lengthen_the_outage() -> None:
    """Calls that were under way when it opened fail later: nothing is learned from them."""
    found, _ = circuit()
    meet(found, *[DOWN] * 100)
    assert found.wait() == 5.0


def test_outage_is_waited_out_for_so_long() -> None:
    """After that calls fail at once, with the reason; one per cooldown still looks."""
    found, clock = circuit()
    meet(found, DOWN, DOWN, DOWN)
    while clock.time < 60:
        clock.time += found.wait()
        meet(found, DOWN)
    with pytest.raises(CircuitOpen, match=r"it is down; \d+ calls in a row failed"):
        found.wait()
    clock.time += 15
    assert found.wait() == 0.0
    meet(found, None)
    assert found.state == "closed"


class SharedClock(Clock):
    """A clock for many sleepers at once: they wait side by side, not one after the other."""

    async def sleep(self, seconds: float) -> None:
        """Let the others go on, then wake up at the time that was asked for."""
        awake = self.time + seconds
        await asyncio.sleep(0.001)
        self.slept.append(seconds)
        self.time = max(self.time, awake)


def ask_many(base_url: str, shared: Circuit, clock: Clock, documents: int) -> list[BaseException]:
    """Documents of a batch, all at once, with ledgers of their own; the errors they end with."""

    async def all_of_them() -> list[Any]:
        async with aclosing(runs.model(base_url)) as model:
            ledgers = [
                Ledger(model, Policy(max_retries=4), shared, clock=clock, sleep=clock.sleep)
                for _ in range(documents)
            ]
            asked = (ledger.ask(a_prompt(), step="draft", cap=9) for ledger in ledgers)
            return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(all_of_them())
    errors = [outcome for outcome in found if isinstance(outcome, BaseException)]
    assert all(isinstance(error, ModelError) for error in errors)
    return errors


def test_dead_endpoint_is_not_hammered_by_a_batch() -> None:
    """Twenty documents with five tries each would make 100 requests; this is what is made."""
    clock = SharedClock()
    shared = Circuit(threshold=3, cooldown=5, longest_cooldown=15, patience=60, clock=clock)
    with FAULTS["http_503"].serve(GOOD) as stage:
        errors = ask_many(stage.base_url, shared, clock, 20)
        requests = stage.server.request_count
    assert len(errors) == 20
    assert all(isinstance(error, Unreachable) for error in errors)
    assert requests <= 20 + 20  # those under way at the start, and one per cooldown


def test_batch_goes_on_when_the_endpoint_comes_back() -> None:
    """No document is lost to an outage that is shorter than the patience."""
    clock = SharedClock()
    shared = Circuit(threshold=3, cooldown=5, patience=1e6, clock=clock)
    script = [*[FAULTS["http_503"].behaviour(GOOD)] * 12, answer(GOOD)]
    with ModelServer(script) as server:
        assert ask_many(server.base_url, shared, clock, 10) == []
    assert shared.state == "closed"


def test_wait_for_the_endpoint_ends_with_the_deadline() -> None:
    """Nobody waits for a circuit beyond the time that there is."""
    shared, clock = circuit()
    meet(shared, DOWN, DOWN, DOWN)
    with ModelServer(answer(GOOD)) as server:
        ledger = Ledger(runs.model(server.base_url), Policy(deadline=4), shared, clock=clock)
        with pytest.raises(DeadlineExceeded):
            asyncio.run(ledger.ask(a_prompt(), step="draft", cap=9))
        assert server.request_count == 0
