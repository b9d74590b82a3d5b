"""Circuit: an endpoint that keeps failing is left alone for a while.

One circuit belongs to one endpoint and is shared by everything that calls it: the documents of
a batch, the windows of a document. It never sleeps: it says how long to wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from summarizer.errors import CircuitOpen, EndpointError, NoUsableAnswer, TimedOut, Unreachable

State = Literal["closed", "open", "half-open"]
POLL = 1.0
"""Seconds after which to ask again while one call finds out how the endpoint is."""


@dataclass
class Circuit:
    """Opens after ``threshold`` transport failures in a row, whoever met them.

    While it is open no call is made. After ``cooldown`` seconds it half-opens: one call is let
    through. If that one fails too the next cooldown is twice as long, up to ``longest_cooldown``;
    any answer closes the circuit, and so does an error that a living endpoint sends (401, 429).
    An outage is waited out for ``patience`` seconds; after that calls fail at once, but for one
    per cooldown. Times in seconds; ``clock`` is monotonic.
    """

    threshold: int = 8
    cooldown: float = 5.0
    longest_cooldown: float = 60.0
    patience: float = 60.0
    clock: Callable[[], float] = time.monotonic
    failures: int = field(default=0, init=False)
    _reason: str = field(default="", init=False)
    _openings: int = field(default=0, init=False)
    _opened: float = field(default=0.0, init=False)
    _until: float = field(default=0.0, init=False)
    _probing: bool = field(default=False, init=False)

    @property
    def state(self) -> State:
        """Closed: calls are made; open: none; half-open: one, to see how things are."""
        if not self._openings:
            return "closed"
        return "open" if self.clock() < self._until else "half-open"

    def wait(self) -> float:
        """Seconds to wait before asking here again; 0.0: make the call now.

        Raises CircuitOpen when the outage has lasted too long to be waited out.
        """
        if self.state == "closed" or (self.state == "half-open" and not self._probing):
            return 0.0
        if self.clock() - self._opened >= self.patience:
            raise CircuitOpen(f"{self._reason}; {self.failures} calls in a row failed")
        return max(self._until - self.clock(), 0.0) or POLL

    @contextmanager
    def call(self) -> Iterator[None]:
        """Watch one call that ``wait`` has let through."""
        probe = self.state == "half-open"
        self._probing = self._probing or probe
        try:
            yield
        except (Unreachable, TimedOut) as error:
            self._failed(probe, str(error))
            raise
        except (EndpointError, NoUsableAnswer):
            self._answered()
            raise
        else:
            self._answered()
        finally:
            if probe:
                self._probing = False

    def _failed(self, probe: bool, reason: str) -> None:
        self.failures, self._reason = self.failures + 1, reason
        if self.state == "closed" and self.failures >= self.threshold:
            self._opened = self.clock()
        elif not probe:
            return
        pause = min(self.cooldown * 2**self._openings, self.longest_cooldown)
        self._until = self.clock() + pause
        self._openings += 1

    def _answered(self) -> None:
        self.failures = self._openings = 0
