"""Budget: the tokens that may be spent, held against calls that are under way at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from summarizer.capacity import tokens_of
from summarizer.errors import BudgetExceeded, DeadlineExceeded, ModelError
from summarizer.prompts import Prompt
from summarizer.response import RawAnswer
from summarizer.tokens import estimated

SMALLEST_ANSWER = 200
"""Tokens below which no answer is of use: a prompt is not paid for so little room."""


@dataclass
class Budget:
    """At most ``tokens`` of prompts and answers together; None: no limit, only the count.

    A call reserves its prompt and its cap. While others are under way it waits for what they
    leave over; then its cap is what is left. So the budget is overshot by no more than one
    answer, and only where an endpoint does not keep to its cap.
    """

    tokens: int | None = None
    used: int = 0
    _reserved: int = field(default=0, init=False)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition, init=False, repr=False)

    @asynccontextmanager
    async def reserve(self, prompt: int, cap: int) -> AsyncIterator[int]:
        """Room for one call: yields the output tokens that it may have, at most ``cap``.

        ``prompt`` are its estimated tokens. Raises BudgetExceeded when no answer of use fits.
        """
        async with self._changed:
            await self._changed.wait_for(lambda: not self._reserved or self._fits(prompt + cap))
            allowed = self._allowed(prompt, cap)
            self._reserved += prompt + allowed
        try:
            yield allowed
        finally:
            self._reserved -= prompt + allowed
            await self._tell()

    def charge(self, tokens: int) -> None:
        """Count tokens that were spent."""
        self.used += tokens

    def _fits(self, needed: int) -> bool:
        return self.tokens is None or self.used + self._reserved + needed <= self.tokens

    def _allowed(self, prompt: int, cap: int) -> int:
        if self.tokens is None:
            return cap
        allowed = min(cap, self.tokens - self.used - prompt)
        if allowed < min(cap, SMALLEST_ANSWER):
            raise BudgetExceeded(
                f"of the budget of {self.tokens:,} tokens {self.used:,} are used, and the next "
                f"call needs about {prompt:,} and an answer: raise --max-total-tokens"
            )
        return allowed

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def spent(prompt: Prompt, answer: RawAnswer, cap: int, failure: BaseException | None = None) -> int:
    """Tokens to charge for one call of at most ``cap`` output tokens.

    Estimated where an endpoint answers without counting. Where the prompt was sent and the
    answer lost on the way it is as much as the endpoint may charge: a whole answer.
    """
    if answer.kept:
        return 0
    said = answer.text or answer.refusal
    if said or answer.tokens_in or answer.tokens_out:
        prompted = answer.tokens_in or tokens_of(prompt)
        return prompted + (answer.tokens_out or (estimated(said) if said else 0))
    return tokens_of(prompt) + cap if _perhaps_charged(failure) else 0


def _perhaps_charged(failure: BaseException | None) -> bool:
    if isinstance(failure, ModelError):
        return failure.perhaps_charged or isinstance(failure, DeadlineExceeded)
    return isinstance(failure, asyncio.CancelledError)
