"""Fault: one way in which an endpoint fails, and the stage on which it is played."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from summarizer.testing.answers import answer
from summarizer.testing.behaviour import Behaviour, Play
from summarizer.testing.request import Request
from summarizer.testing.server import HOST, ModelServer
from summarizer.testing.wire import Sleep

OK = "ok"
"""The outcome of a fault which a good client gets over."""

NOBODY = "http://127.0.0.1:9/v1"
"""An address where nobody should answer: the discard port of RFC 863."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Scene:
    """What a fault needs to know.

    ``good`` is a valid answer (for the faults that spoil one, a JSON object), ``interval`` the
    seconds between the bytes of a slow answer, ``elsewhere`` the base URL that redirects lead
    to, ``now`` the clock that dates are counted from.
    """

    good: str = field(repr=False)
    interval: float = 1.0
    elsewhere: str = NOBODY
    now: Callable[[], datetime] = _utc_now

    def draft(self) -> dict[str, Any]:
        """``good`` as a new dict; raises ValueError unless it is a JSON object with a key."""
        draft = json.loads(self.good)
        if not isinstance(draft, dict) or not draft:
            raise ValueError("this fault spoils a good answer: give it a JSON object with keys")
        return draft


@dataclass(frozen=True)
class Stage:
    """A fault being played: point the client to ``base_url``.

    ``server`` plays the fault (and records the requests), ``elsewhere`` is a second endpoint
    that answers well: what redirects lead to. It should never see a key.
    """

    base_url: str
    server: ModelServer
    elsewhere: ModelServer


@dataclass(frozen=True)
class Fault:
    """One way in which an endpoint fails.

    ``outcome`` hints at what a client should make of it when it never stops: the name of a
    class in ``summarizer.errors``, or ``ok`` where a usable answer can be had all the same.
    """

    name: str
    description: str
    outcome: str
    play: Callable[[Scene], Play]
    listens: bool = True
    """False for a fault that is having no server at all; it cannot be part of a script."""
    address: str | None = None
    """Where the client is sent for a fault of that kind; None: to a port that refuses."""

    def behaviour(self, good: str, **scene: Any) -> Play:
        """The fault as a behaviour, for scripts: ``[FAULTS["http_503"].behaviour(good), …]``.

        ``scene`` are further fields of ``Scene``. Raises ValueError where there is nothing to
        play (``listens`` is False) or ``good`` is no JSON object and the fault spoils one.
        """
        if not self.listens:
            raise ValueError(f"{self.name} happens without a server: use `serve`")
        return self.play(Scene(good, **scene))

    @contextlib.contextmanager
    def serve(
        self,
        good: str,
        *,
        times: int | None = None,
        sleep: Sleep = asyncio.sleep,
        **scene: Any,
    ) -> Iterator[Stage]:
        """Play the fault, always or only to the first ``times`` requests, then ``good``.

        ``scene`` are further fields of ``Scene``, such as ``interval``.
        """
        with ModelServer(answer(good)) as elsewhere, contextlib.ExitStack() as stack:
            script: Behaviour = answer(good)
            if self.listens:
                play = self.behaviour(good, **{"elsewhere": elsewhere.base_url, **scene})
                script = play if times is None else [*[play] * times, answer(good)]
            server = stack.enter_context(ModelServer(script, sleep=sleep))
            yield Stage(self._address(server, stack), server, elsewhere)

    def _address(self, server: ModelServer, stack: contextlib.ExitStack) -> str:
        if self.listens:
            return server.base_url
        return self.address or stack.enter_context(refused_url())


@contextlib.contextmanager
def refused_url() -> Iterator[str]:
    """A base URL on loopback that refuses every connection while the context lasts.

    The port is taken, so that nobody else can start to listen on it, and not listened on.
    """
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        yield f"http://{HOST}:{taken.getsockname()[1]}/v1"


class Faults(dict[str, Fault]):
    """A registry of faults by name, filled by its decorator ``add``."""

    def add(
        self,
        description: str,
        outcome: str,
        *,
        listens: bool = True,
        address: str | None = None,
    ) -> Callable[[Callable[[Scene], Play]], Callable[[Scene], Play]]:
        """Register the decorated function under its own name; raises ValueError for a second."""

        def register(play: Callable[[Scene], Play]) -> Callable[[Scene], Play]:
            self.put(Fault(play.__name__, description, outcome, play, listens, address))
            return play

        return register

    def put(self, fault: Fault) -> None:
        """Register ``fault``; raises ValueError when its name is taken."""
        if fault.name in self:
            raise ValueError(f"there is a fault {fault.name} already")
        self[fault.name] = fault


def refusing(unwanted: Callable[[Request], bool], refusal: Play, good: str) -> Play:
    """A behaviour that refuses requests which are ``unwanted`` and answers the others well."""

    def play(request: Request) -> Play:
        return refusal if unwanted(request) else answer(good)

    return play
