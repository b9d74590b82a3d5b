"""Limiter: how many calls an endpoint gets at a time, found out by asking it.

Additive increase, multiplicative decrease, as TCP does it (RFC 5681): halved when the endpoint
says that it is too much, one more for every round of answers that came.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from summarizer.errors import ModelError

OVERLOADED = frozenset({429, 503, 529})
"""Statuses that say "too much": 503, and 529 of Anthropic, are not about the one request."""


@dataclass
class Limiter:
    """Lets through as many at a time as the endpoint bears, at least one, at most ``most``.

    One belongs to one endpoint and one event loop. Documents and calls are counted apart: a
    document waits to begin before its time counts, and one that has begun is not held up by
    those that wait. ``clock`` is monotonic, in seconds.
    """

    most: int
    clock: Callable[[], float] = time.monotonic
    limit: float = field(init=False)
    _cut: float = field(default=float("-inf"), init=False)
    _documents: Gate = field(init=False)
    _calls: Gate = field(init=False)

    def __post_init__(self) -> None:
        self.limit = float(self.most)
        self._documents, self._calls = Gate(self), Gate(self)

    @asynccontextmanager
    async def document(self) -> AsyncIterator[None]:
        """Room for one more document."""
        async with self._documents.room():
            yield

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Room for one call; what becomes of it is what the limiter learns from."""
        async with self._calls.room():
            began = self.clock()
            try:
                yield
            except ModelError as error:
                if error.status in OVERLOADED:
                    self._halve(began)
                raise
            self.limit = min(self.limit + 1 / self.limit, float(self.most))

    def _halve(self, began: float) -> None:
        """Once per round: calls that were made before the last cut say nothing new."""
        if began >= self._cut:
            self.limit, self._cut = max(1.0, self.limit / 2), self.clock()


@dataclass
class Gate:
    """Lets in those who wait in their order, as long as fewer are in than the limiter allows."""

    limiter: Limiter = field(repr=False)
    inside: int = field(default=0, init=False)
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque, init=False)

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """Waits until there is room, and takes it."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._let_in()
        try:
            await turn
            yield
        finally:
            if turn.done() and not turn.cancelled():
                self.inside -= 1
            self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self.inside < int(self.limiter.limit):
            turn = self._waiting.popleft()
            if not turn.done():  # a cancelled one no longer waits
                self.inside += 1
                turn.set_result(None)
