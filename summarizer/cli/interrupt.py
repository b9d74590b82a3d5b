"""Ctrl-C: work is cancelled, and left as it is where cancelling takes too long."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import Any

GRACE = 1.5
"""Seconds in which what is cancelled may come to its end: cleaning up takes milliseconds, but
whoever computes on a document of a thousand pages does not hear."""


async def interruptible(
    work: Coroutine[Any, Any, Any], leave: Callable[[], None], *, grace: float = GRACE
) -> bool:
    """Do the work; whether it was interrupted.

    ``leave`` ends the process: it is called after the grace, from another thread, and at once
    when Ctrl-C is pressed again. Only for the main thread.
    """
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
    interrupted = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        if interrupted:
            leave()
        interrupted = True
        timer = threading.Timer(grace, leave)
        timer.daemon = True
        timer.start()
        loop.call_soon_threadsafe(task.cancel)

    before = signal.signal(signal.SIGINT, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not interrupted:
            raise
    finally:
        signal.signal(signal.SIGINT, before)
    return interrupted
