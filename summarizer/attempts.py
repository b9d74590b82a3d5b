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
from random import Random
from typing import Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from summarizer.brief import Attempt
from summarizer.budget import Budget, spent
from summarizer.capacity import problem_of, tokens_of
from summarizer.circuit import Circuit
from summarizer.errors import (
    BadRequest,
    DeadlineExceeded,
    EndpointError,
    ModelError,
    SummarizerError,
    Truncated,
)
from summarizer.model import Adapted, RawAnswer
from summarizer.policy import Policy, is_transient
from summarizer.prices import as_text
from summarizer.prompts import Prompt

__all__ = ["MAX_ADAPTATIONS", "Completes", "Ledger", "Policy", "outcome_name"]

MAX_ADAPTATIONS = 8
"""More refusals in a row than there are parameters and modes to do without."""


class Cancelled(Exception):
    """Stands in the ledger for a call that the caller gave up."""


class Completes(Protocol):
    """What the ledger needs of a model: one call, no retries, and what it remembers."""

    def recall(self, prompt: Prompt, *, cap: int) -> RawAnswer | None:
        """The answer that an earlier run got to this question and nobody has to ask for."""
        ...

    async def complete(self, prompt: Prompt, *, cap: int, most: int | None = None) -> RawAnswer:
        """One call of at most ``cap`` output tokens, or of ``most``, if the budget leaves less."""
        ...


@dataclass
class Ledger:
    """Makes calls under one policy and records every attempt, failed ones included.

    ``circuit`` is that of the endpoint, shared with whoever else calls it. Calls may be made
    at the same time: the deadline and the budget are those of all of them.
    """

    model: Completes
    policy: Policy = field(default_factory=Policy)
    circuit: Circuit = field(default_factory=Circuit)
    on_attempt: Callable[[Attempt], None] = lambda attempt: None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = field(default_factory=lambda: Random().random)
    attempts: list[Attempt] = field(default_factory=list)
    answered: datetime | None = field(default=None, init=False)
    """When the last answer came in; an answer that was kept came in when it was paid for."""
    budget: Budget = field(init=False)
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()
        self.budget = Budget(self.policy.max_total_tokens)

    async def ask(self, prompt: Prompt, *, step: str, cap: int) -> RawAnswer:
        """A whole answer, after as many attempts as the policy allows.

        Raises the last ModelError, with the ledger; Truncated carries what there is of the
        answer. Nothing is started once deadline or budget is used up.
        """
        try:
            answer = await self._with_retries(prompt, step, cap)
            if isinstance(problem_of(prompt, answer), Truncated) and self.policy.raise_cap:
                answer = await self._longer(answer, prompt, step, cap * 2)
            problem = problem_of(prompt, answer)
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

    async def _longer(self, cut: RawAnswer, prompt: Prompt, step: str, cap: int) -> RawAnswer:
        """The answer under a larger cap, or the one that there is if it brings nothing more."""
        with suppress(ModelError):
            answer = await self._with_retries(prompt, step, cap)
            no_less = isinstance(problem := problem_of(prompt, answer), Truncated)
            if problem is None or (no_less and len(answer.text) >= len(cut.text)):
                return answer
        return cut

    async def _with_retries(self, prompt: Prompt, step: str, cap: int) -> RawAnswer:
        retrying = AsyncRetrying(
            retry=retry_if_exception(is_transient),
            stop=self._stop,
            wait=self._wait,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return await retrying(self._adapting, prompt, step, cap)
        except EndpointError as error:
            if is_transient(error) and self._too_late(error.waiting):
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
            return self._reused(prompt, kept, step)
        self._check_deadline()
        await self._let_through()
        async with self.budget.reserve(tokens_of(prompt), cap) as allowed:
            return await self._recorded(prompt, step, cap, allowed)

    async def _recorded(self, prompt: Prompt, step: str, cap: int, most: int) -> RawAnswer:
        """One call, with what it spent and how it ended."""
        started, began = self.now(), self.clock()
        answer, failure = RawAnswer(""), None  # type: RawAnswer, Exception | None
        try:
            with self.circuit.call():
                answer = await self._within_deadline(
                    self.model.complete(prompt, cap=cap, most=most)
                )
            failure = problem_of(prompt, answer)
        except (SummarizerError, Adapted) as error:
            failure = error
            raise
        except asyncio.CancelledError:
            failure = Cancelled("the call was cancelled")
            raise
        finally:
            self.budget.charge(spent(prompt, answer, most, failure))
            self._record(step, started, self.clock() - began, answer, failure)
        return answer

    def _reused(self, prompt: Prompt, answer: RawAnswer, step: str) -> RawAnswer:
        """No call, no wait, no limit: it has been paid for. Dated as it was, so that the same
        answers make the same brief."""
        failure = problem_of(prompt, answer)
        self._record(step, answer.received or self.now(), 0.0, answer, failure)
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
            # Of an answer that was kept nothing is used in this run.
            tokens_in=0 if answer.kept else answer.tokens_in,
            tokens_out=0 if answer.kept else answer.tokens_out,
            tokens_cached=None if answer.kept else answer.tokens_cached,
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
        return self.policy.wait(error, state.attempt_number, self.random())

    def _remaining(self) -> float:
        if self.policy.deadline is None:
            return float("inf")
        return self.policy.deadline - (self.clock() - self._started)

    def _too_late(self, wait: float) -> bool:
        return self.policy.deadline is not None and wait >= self._remaining()

    def _check_deadline(self) -> None:
        if self._remaining() <= 0:
            raise self._deadline_exceeded()

    def _deadline_exceeded(self) -> DeadlineExceeded:
        return DeadlineExceeded(
            f"no brief within {self.policy.deadline:g} s: raise --deadline, or use a faster model"
        )


def outcome_name(failure: Exception | None) -> str:
    """``RateLimited`` ─▶ "rate_limited"; no failure is "ok"."""
    if failure is None:
        return "ok"
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(failure).__name__).lower()
