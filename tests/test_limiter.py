"""summarizer.limiter: as many calls as the endpoint bears, no more, and no fewer for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelError, RateLimited, Unreachable
from summarizer.limiter import Limiter
from summarizer.testing import ModelServer, Reply, Request, answer, status
from tests import runs
from tests.runs import GOOD, Clock, a_prompt


def failing(code: int | None) -> ModelError:
    """An error that HTTP gave this status."""
    error = Unreachable("failing")
    error.status = code
    return error


async def called(limiter: Limiter, error: ModelError | None = None) -> None:
    """One call through the limiter."""
    async with limiter.call():
        if error:
            raise error


def after(limiter: Limiter, *outcomes: ModelError | None) -> float:
    """The limit after calls with these outcomes, one after the other, a second apart."""

    clock = limiter.clock
    assert isinstance(clock, Clock)
    for outcome in outcomes:
        with suppress(ModelError):
            asyncio.run(called(limiter, outcome))
        clock.time += 1
    return limiter.limit


@pytest.mark.parametrize("code", [429, 503, 529])
def test_limit_is_halved_when_it_is_too_much(code: int) -> None:
    """What says "slow down" is heard at once."""
    assert after(Limiter(16, Clock()), failing(code)) == 8


@pytest.mark.parametrize("code", [None, 400, 401, 404, 500, 502])
def test_limit_stays_when_it_is_another_fault(code: int | None) -> None:
    """A reset, a wrong key, a crash of the server: fewer calls would not help."""
    assert after(Limiter(16, Clock()), failing(code)) == 16


def test_limit_creeps_up_again_to_the_most() -> None:
    """One more for every round of answers; never beyond what was asked for."""
    limiter = Limiter(16, Clock())
    assert after(limiter, failing(429)) == 8
    assert 8.9 < after(limiter, *[None] * 8) < 9.1
    assert after(limiter, *[None] * 200) == 16


def test_limit_is_never_below_one() -> None:
    """An endpoint that is always overloaded is still asked."""
    assert after(Limiter(16, Clock()), *[failing(429)] * 20) == 1


def test_round_of_refusals_halves_once() -> None:
    """A hundred calls sent together and refused together are one sign, not a hundred."""

    async def run() -> float:
        limiter, gate = Limiter(64, Clock()), asyncio.Event()

        async def refused() -> None:
            async with limiter.call():
                await gate.wait()
                raise failing(429)

        tasks = [asyncio.create_task(refused()) for _ in range(64)]
        await asyncio.sleep(0)
        assert isinstance(limiter.clock, Clock)
        limiter.clock.time += 1
        gate.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        return limiter.limit

    assert asyncio.run(run()) == 32


@given(
    most=st.integers(1, 6),
    deeds=st.lists(st.sampled_from(["ok", "too much", "fault", "cancelled"]), max_size=40),
)
def test_no_more_than_the_limit_are_ever_inside(most: int, deeds: list[str]) -> None:
    """Whatever ends a call, its room is given back, and nobody waits for ever."""

    async def run() -> None:
        limiter, inside = Limiter(most), 0

        async def call(deed: str) -> None:
            nonlocal inside
            async with limiter.document(), limiter.call():
                inside += 1
                assert inside <= most
                await asyncio.sleep(0)
                inside -= 1
                if deed in {"too much", "fault"}:
                    raise failing(429 if deed == "too much" else None)

        tasks = [asyncio.create_task(call(deed)) for deed in deeds]
        for task, deed in zip(tasks, deeds, strict=True):
            if deed == "cancelled":
                task.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(*tasks, return_exceptions=True)
            async with limiter.document(), limiter.call():
                pass

    asyncio.run(run())


def test_cancelled_while_it_waits_takes_nobodys_place() -> None:
    """Who gives up in the queue, before or just after its turn, leaves the others their turns."""

    async def run() -> list[str]:
        limiter, done, gate = Limiter(1), [], asyncio.Event()

        async def call(name: str) -> None:
            async with limiter.call():
                await gate.wait()
                done.append(name)

        tasks = [asyncio.create_task(call(name)) for name in "abc"]
        await asyncio.sleep(0)
        tasks[1].cancel()
        gate.set()
        async with asyncio.timeout(5):
            await asyncio.gather(*tasks, return_exceptions=True)
        return done

    assert asyncio.run(run()) == ["a", "c"]


def test_limit_finds_what_an_endpoint_bears() -> None:
    """Of 32 at a time an endpoint that bears 4 refuses few, once the limiter has learned it."""
    busy, refused, most = 0, 0, 4

    async def bounded(request: Request) -> Reply | Callable[[Request], Reply | Awaitable[Reply]]:
        nonlocal busy, refused
        if busy >= most:
            refused += 1
            return status(429)
        busy += 1
        await asyncio.sleep(0.005)
        busy -= 1
        return answer(GOOD)

    async def run(base_url: str) -> None:
        limiter, model = Limiter(32), runs.model(base_url)

        async def asked() -> None:
            while True:
                try:
                    async with limiter.call():
                        await model.complete(a_prompt(), cap=9)
                        return
                except RateLimited:
                    continue

        await asyncio.gather(*(asked() for _ in range(150)))
        await model.aclose()
        assert limiter.limit < 16

    with ModelServer(bounded) as server:
        asyncio.run(run(server.base_url))
    assert refused < 100


def test_status_of_the_wire_is_told_with_the_error() -> None:
    """What the limiter learns from comes over a real wire."""

    async def run(base_url: str) -> int | None:
        model = runs.model(base_url)
        try:
            await model.complete(a_prompt(), cap=9)
        except ModelError as error:
            return error.status
        finally:
            await model.aclose()
        return None

    with ModelServer(status(529)) as server:
        assert asyncio.run(run(server.base_url)) == 529
