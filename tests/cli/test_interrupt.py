"""summarizer.cli.interrupt: Ctrl-C is heard, whatever the program is doing."""

from __future__ import annotations

import asyncio
import signal
import threading

import pytest

from summarizer.cli.interrupt import interruptible


def ctrl_c() -> None:
    """What the terminal does when it is pressed."""
    signal.raise_signal(signal.SIGINT)


async def patient(cleaned: list[str]) -> None:
    """Work that is interrupted while it waits, and cleans up."""
    asyncio.get_running_loop().call_soon(ctrl_c)
    try:
        await asyncio.Event().wait()
    finally:
        cleaned.append("up")


def test_ctrl_c_cancels_the_work_and_is_told() -> None:
    """It cleans up and nobody has to leave; the handler that was there before is back."""
    cleaned: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    assert asyncio.run(interruptible(patient(cleaned), lambda: cleaned.append("left"), grace=60))
    assert cleaned == ["up"]
    assert signal.getsignal(signal.SIGINT) is before


def test_work_that_does_not_hear_is_left_after_the_grace() -> None:
    """A long computation never looks up: another thread ends it."""
    left = threading.Event()

    async def deaf() -> None:
        ctrl_c()
        assert left.wait(30)

    assert asyncio.run(interruptible(deaf(), left.set, grace=0.01))


def test_second_ctrl_c_leaves_at_once() -> None:
    """Who presses it twice means it."""
    left: list[str] = []

    async def deaf() -> None:
        ctrl_c()
        assert left == []
        ctrl_c()

    asyncio.run(interruptible(deaf(), lambda: left.append("left"), grace=60))
    assert left == ["left"]


def test_work_that_ends_by_itself_was_not_interrupted() -> None:
    """Its end and its errors are its own."""

    async def broken() -> None:
        raise ValueError("its own")

    assert not asyncio.run(interruptible(asyncio.sleep(0), lambda: None))
    with pytest.raises(ValueError, match="its own"):
        asyncio.run(interruptible(broken(), lambda: None))
