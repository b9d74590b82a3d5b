"""Attempts: the one owner of retries, deadline and token budget; keeps the ledger.

The openai client's and instructor's own retries are off. What is retried here is transport
(rate limits, 5xx, timeouts, dropped connections), with full jitter and Retry-After honoured;
what an endpoint refuses is left out and tried again at once; a truncated answer gets a larger
cap once. Re-asking with the errors of an answer is the extraction's business.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from summarizer.brief import Attempt
from summarizer.circuit import Circuit
from summarizer.errors import (
    BadRequest,
    BudgetExceeded,
    CircuitOpen,
    DeadlineExceeded,
    EndpointError,
    ModelError,
    RateLimited,
    SummarizerError,
    TimedOut,
    Truncated,
    Unreachable,
)
from summarizer.model import Adapted, RawAnswer
from summarizer.prices import as_text
from summarizer.prompts import Prompt

TRANSIENT = (RateLimited, TimedOut, Unreachable)
MAX_ADAPTATIONS = 8
"""More refusals in a row than there are parameters and modes to do without."""


CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb, for endpoints that do not report their usage."""


class Cancelled(Exception):
    """Stands in the ledger for a call that the caller gave up."""


class Completes(Protocol):
    """What the ledger needs of a model: one call, no retries, and what it remembers."""

    def recall(self, prompt: Prompt, *, cap: int) -> RawAnswer | None:
        """The answer that an earlier run got to this question and nobody has to ask for."""
        ...

    async def complete(self, prompt: Prompt, *, cap: int) -> RawAnswer:
        """One call of at most ``cap`` output tokens."""
        ...


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


@dataclass
class Ledger:
    """Makes calls under one policy and records every attempt, failed ones included.

    ``circuit`` is that of the endpoint, shared with whoever else calls it.
    """

    model: Completes
    policy: Policy = field(default_factory=Policy)
    circuit: Circuit = field(default_factory=Circuit)
    on_attempt: Callable[[Attempt], None] = lambda attempt: None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    attempts: list[Attempt] = field(default_factory=list)
    answered: datetime | None = field(default=None, init=False)
    """When the last answer came in; an answer that was kept came in when it was paid for."""
    _started: float = field(init=False)
    _spent: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    async def ask(self, prompt: Prompt, *, step: str, cap: int) -> RawAnswer:
        """A whole answer, after as many attempts as the policy allows.

        Raises the last ModelError, with the ledger; Truncated carries what there is of the
        answer. Nothing is started once deadline or budget is used up.
        """
        try:
            answer = await self._with_retries(prompt, step, cap)
            if isinstance(answer.problem(), Truncated) and self.policy.raise_cap:
                # What is there of a paid answer outlives the failure of a second call.
                with suppress(ModelError):
                    answer = await self._with_retries(prompt, step, cap * 2)
            problem = answer.problem()
            if problem is not None:
                raise problem
        except ModelError as error:
            error.attempts = list(self.attempts)
            raise
        return answer

    def mark_last(self, failure: ModelError, step: str | None = None) -> None:
        """The last answer (of that step) came whole, but nothing could be made of it."""
        at = max(i for i, attempt in enumerate(self.attempts) if step in {None, attempt.step})
        changes = {"outcome": outcome_name(failure), "message": str(failure)}
        self.attempts[at] = self.attempts[at].model_copy(update=changes)

    async def _with_retries(self, prompt: Prompt, step: str, cap: int) -> RawAnswer:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_is_transient),
            stop=self._stop,
            wait=self._wait,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return await retrying(self._adapting, prompt, step, cap)
        except TRANSIENT as error:
            if self._too_late(getattr(error, "waiting", 0.0)):
                raise self._deadline_exceeded() from error
            raise

    async def _adapting(self, prompt: Prompt, step: str, cap: int) -> RawAnswer:
        """Call, and call again at once while the endpoint refuses something we can leave out."""
        for _ in range(MAX_ADAPTATIONS):
            try:
                return await self._once(prompt, step, cap)
            except Adapted:
                continue
        raise BadRequest("the endpoint refuses every way in which it can be asked")

    async def _once(self, prompt: Prompt, step: str, cap: int) -> RawAnswer:
        kept = self.model.recall(prompt, cap=cap)
        if kept is not None:
            return self._reused(kept, step)
        self._check_limits()
        await self._let_through()
        started, began = self.now(), self.clock()
        answer, failure = RawAnswer(""), None  # type: RawAnswer, Exception | None
        try:
            with self.circuit.call():
                answer = await self._within_deadline(self.model.complete(prompt, cap=cap))
            failure = answer.problem()
        except (SummarizerError, Adapted) as error:
            failure = error
            raise
        except asyncio.CancelledError:
            failure = Cancelled("the call was cancelled")
            raise
        finally:
            self._spent += spent(prompt, answer)
            self._record(step, started, self.clock() - began, answer, failure)
        return answer

    def _reused(self, answer: RawAnswer, step: str) -> RawAnswer:
        """No call, no wait, no limit: it has been paid for. Dated as it was, so that the same
        answers make the same brief."""
        self._record(step, answer.received or self.now(), 0.0, answer, answer.problem())
        return answer

    async def _let_through(self) -> None:
        """Wait while the endpoint is left alone; raises CircuitOpen when that takes too long."""
        while (wait := self.circuit.wait()) > 0:
            if self._too_late(wait):
                raise self._deadline_exceeded()
            await self.sleep(wait)

    async def _within_deadline(self, call: Awaitable[RawAnswer]) -> RawAnswer:
        if self.policy.deadline is None:
            return await call
        try:
            return await asyncio.wait_for(call, max(self._remaining(), 0.001))
        except TimeoutError:
            raise self._deadline_exceeded() from None

    def _record(
        self,
        step: str,
        started: datetime,
        seconds: float,
        answer: RawAnswer,
        failure: Exception | None,
    ) -> None:
        attempt = Attempt(
            number=len(self.attempts) + 1,
            step=step,
            started=started,
            seconds=round(seconds, 3),
            outcome=outcome_name(failure),
            message=None if failure is None else str(failure),
            finish_reason=answer.finish_reason,
            request_id=answer.request_id,
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            tokens_cached=answer.tokens_cached,
            cost=None if answer.cost is None else as_text(answer.cost),
            kept=answer.kept,
        )
        self.attempts.append(attempt)
        if answer.text or answer.refusal:
            came = answer.received or self.now()
            self.answered = max(self.answered or came, came)
        self.on_attempt(attempt)

    def _stop(self, state: RetryCallState) -> bool:
        if state.attempt_number > self.policy.max_retries:
            return True
        if state.upcoming_sleep > self.policy.patience:
            return True
        if self._too_late(state.upcoming_sleep) and state.outcome is not None:
            error = state.outcome.exception()
            if isinstance(error, EndpointError):
                error.waiting = state.upcoming_sleep
            return True
        return False

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, EndpointError) else None
        if asked is not None:
            return asked
        jitter = wait_random_exponential(self.policy.first_wait, self.policy.longest_wait)
        return jitter(state)

    def _remaining(self) -> float:
        if self.policy.deadline is None:
            return float("inf")
        return self.policy.deadline - (self.clock() - self._started)

    def _too_late(self, wait: float) -> bool:
        return self.policy.deadline is not None and wait >= self._remaining()

    def _check_limits(self) -> None:
        if self._remaining() <= 0:
            raise self._deadline_exceeded()
        budget, used = self.policy.max_total_tokens, self._spent
        if budget is not None and used >= budget:
            raise BudgetExceeded(
                f"the budget of {budget:,} tokens is used up ({used:,}): raise --max-total-tokens"
            )

    def _deadline_exceeded(self) -> DeadlineExceeded:
        return DeadlineExceeded(
            f"no brief within {self.policy.deadline:g} s: raise --deadline, or use a faster model"
        )


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, TRANSIENT) and not isinstance(error, CircuitOpen)


def spent(prompt: Prompt, answer: RawAnswer) -> int:
    """Tokens to charge to the budget; estimated where an endpoint answers without counting."""
    if answer.kept:
        return 0
    if answer.tokens_in is None and answer.tokens_out is None:
        if not (answer.text or answer.refusal):
            return 0
        asked = sum(len(message["content"]) for message in prompt.messages)
        return (asked + len(answer.text)) // CHARACTERS_PER_TOKEN
    return (answer.tokens_in or 0) + (answer.tokens_out or 0)


def outcome_name(failure: Exception | None) -> str:
    """``RateLimited`` ─▶ "rate_limited"; no failure is "ok"."""
    if failure is None:
        return "ok"
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(failure).__name__).lower()
