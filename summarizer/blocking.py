"""Run a coroutine from code that is not async, in a notebook too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(make: Callable[[], Awaitable[Result]]) -> Result:
    """The result of a coroutine; in a thread of its own where a loop is already running."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_awaited(make, []))
    return _in_thread(make)


async def _awaited(
    make: Callable[[], Awaitable[Result]], running: list[Callable[[], Any]]
) -> Result:
    """Await, and leave in ``running`` what cancels this from another thread."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    if task is not None:
        running.append(lambda: loop.call_soon_threadsafe(task.cancel))
    return await make()


def _in_thread(make: Callable[[], Awaitable[Result]]) -> Result:
    running: list[Callable[[], Any]] = []
    with ThreadPoolExecutor(1, thread_name_prefix="summarize") as pool:
        done = pool.submit(copy_context().run, lambda: asyncio.run(_awaited(make, running)))
        try:
            return done.result()
        except BaseException:
            # Ctrl-C comes to the thread that waits: the one that works is told.
            if running and not done.done():
                running[0]()
            raise
