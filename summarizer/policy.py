"""Policy: how often and how long to try, and how long to wait between tries (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.errors import CircuitOpen, EndpointError, RateLimited, TimedOut, Unreachable

TRANSIENT = (RateLimited, TimedOut, Unreachable)


@dataclass(frozen=True)
class Policy:
    """How often and how long to try. Times in seconds; None: no limit.

    ``longest_wait`` bounds our own waits, ``patience`` those that an endpoint asks for: after a
    longer Retry-After nothing is tried again.
    """

    max_retries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0
    patience: float = 600.0
    deadline: float | None = None
    max_total_tokens: int | None = None
    raise_cap: bool = True

    def wait(self, error: BaseException | None, tries: int, random: float) -> float:
        """Seconds to wait after the ``tries``-th failure: what the endpoint asks for, or
        exponentially more with full jitter; ``random`` is in [0, 1]."""
        asked = error.retry_after if isinstance(error, EndpointError) else None
        if asked is not None:
            return asked
        # A bounded exponent: 2 ** 5000 is no float.
        return random * min(self.longest_wait, self.first_wait * 2.0 ** min(tries - 1, 30))


def is_transient(error: BaseException) -> bool:
    """Whether the same call may succeed a little later."""
    return isinstance(error, TRANSIENT) and not isinstance(error, CircuitOpen)
