"""Behaviour: how the scripted endpoint decides what to reply, request by request."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from summarizer.testing.reply import Reply
from summarizer.testing.request import Request

Play: TypeAlias = Reply | Callable[[Request], "Play | Awaitable[Play]"]
"""A reply, or a function (plain or ``async``) from the request to a reply or a function."""

Behaviour: TypeAlias = Play | Sequence[Play]
"""What a server plays: one thing for every request, or a sequence with one entry per request,
of which the last one repeats for ever."""


class Player:
    """Plays a behaviour; the server calls it from one thread only, so it needs no lock.

    Raises ValueError for an empty sequence.
    """

    def __init__(self, behaviour: Behaviour) -> None:
        self._entries = list(behaviour) if isinstance(behaviour, Sequence) else [behaviour]
        if not self._entries:
            raise ValueError("a behaviour needs at least one entry")
        self._played = 0

    async def __call__(self, request: Request) -> Reply:
        """The reply to ``request``; raises what the behaviour raises."""
        play = self._entries[min(self._played, len(self._entries) - 1)]
        self._played += 1
        return await resolve(play, request)


async def resolve(play: Play, request: Request) -> Reply:
    """The reply that ``play`` comes to for ``request``."""
    while not isinstance(play, Reply):
        outcome = play(request)
        play = await outcome if inspect.isawaitable(outcome) else outcome
    return play
