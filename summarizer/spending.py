"""Spending: what a batch has used, and what it may use before it begins no further document."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from summarizer.endpoints import Endpoint
from summarizer.errors import BudgetExceeded
from summarizer.limiter import Limiter
from summarizer.model import Model
from summarizer.prices import price
from summarizer.prompts import Prompt
from summarizer.response import RawAnswer

CHARACTERS_PER_TOKEN = 3
"""Low, so that the estimate is high."""


@dataclass(frozen=True)
class Usage:
    """Tokens in and out, and US dollars; None where nobody knows the price."""

    tokens_in: int = 0
    tokens_out: int = 0
    cost: Decimal | None = Decimal(0)

    def __add__(self, other: Usage) -> Usage:
        known = self.cost is not None and other.cost is not None
        cost = (self.cost or Decimal(0)) + (other.cost or Decimal(0)) if known else None
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out, cost)

    def less(self, other: Usage) -> Usage:
        """What is left of an estimate when ``other`` of it has been used; never below nothing."""
        cost = max(Decimal(0), (self.cost or Decimal(0)) - (other.cost or Decimal(0)))
        tokens_in = max(0, self.tokens_in - other.tokens_in)
        return Usage(tokens_in, max(0, self.tokens_out - other.tokens_out), cost)

    @property
    def tokens(self) -> int:
        """In and out together."""
        return self.tokens_in + self.tokens_out


def expected(prompt: Prompt, endpoint: Endpoint) -> Usage:
    """What a document will take, estimated high: its prompt, and an answer as long as it needs.

    A brief of a 5,000-word document takes about 6,000 tokens: one per five characters.
    """
    system, user = (len(message["content"]) for message in prompt.messages[:2])
    return priced((system + user) // CHARACTERS_PER_TOKEN, 500 + user // 5, endpoint)


def priced(tokens_in: int, tokens_out: int, endpoint: Endpoint) -> Usage:
    """So many tokens at this endpoint."""
    answer = RawAnswer("", tokens_in=tokens_in, tokens_out=tokens_out)
    return Usage(tokens_in, tokens_out, price(answer, endpoint))


@dataclass
class Spending:
    """What has been used. A document begins only if what it is expected to take fits the limits.

    What is under way counts with what is still expected of it; who does not fit waits for it.
    Estimates are held against what documents took, re-asks included. So the limits are overshot
    only by what the estimates of those under way fall short.
    """

    limit_tokens: int | None = None
    limit_cost: Decimal | None = None
    used: Usage = field(default_factory=Usage, init=False)
    _expected: int = field(default=0, init=False, repr=False)
    _reserved: dict[int, Usage] = field(default_factory=dict, init=False, repr=False)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition, init=False, repr=False)

    @property
    def is_limited(self) -> bool:
        """Whether there is anything to hold a document against."""
        return self.limit_tokens is not None or self.limit_cost is not None

    async def reserve(self, who: int, usage: Usage) -> None:
        """Room for a document. Raises BudgetExceeded when nothing under way can make any."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: self._fits(self._likely(usage)) or not self._reserved
            )
            likely = self._likely(usage)
            if not self._fits(likely):
                raise BudgetExceeded(self._full())
            self._reserved[who] = likely
            self._expected += usage.tokens

    async def release(self, who: int) -> None:
        """The document has ended, whatever became of it."""
        if self._reserved.pop(who, None) is not None:
            async with self._changed:
                self._changed.notify_all()

    def charge(self, who: int, usage: Usage) -> None:
        """Count what was used, by a document that had room for it."""
        self.used += usage
        if who in self._reserved:
            self._reserved[who] = self._reserved[who].less(usage)

    def _likely(self, usage: Usage) -> Usage:
        """An estimate, raised by as much as documents have taken more than theirs."""
        over = self.used.tokens / self._expected if self._expected else 1.0
        if over <= 1:
            return usage
        cost = None if usage.cost is None else usage.cost * Decimal(over)
        return Usage(int(usage.tokens_in * over), int(usage.tokens_out * over), cost)

    def _fits(self, usage: Usage) -> bool:
        taken = sum(self._reserved.values(), self.used + usage)
        tokens_fit = self.limit_tokens is None or taken.tokens <= self.limit_tokens
        return tokens_fit and (self.limit_cost is None or (taken.cost or 0) <= self.limit_cost)

    def _full(self) -> str:
        limits = []
        if self.limit_tokens is not None:
            limits.append(f"--limit-tokens {self.limit_tokens:,}, {self.used.tokens:,} used")
        if self.limit_cost is not None:
            limits.append(f"--limit-cost {self.limit_cost}, {self.used.cost or 0:.4f} used")
        return f"the next document does not fit what the batch may spend ({'; '.join(limits)})"


@dataclass
class RationedModel:
    """One document's way to the model: as many calls as the endpoint bears and the limits allow.

    The document's first call is made only if the limits have room for all of it; after that it
    goes on to its end: half a brief would be money for nothing.
    """

    model: Model
    limiter: Limiter
    spending: Spending
    begun: bool = field(default=False, init=False)

    def __getattr__(self, name: str) -> Any:
        """Everything else is the model's."""
        return getattr(self.model, name)

    async def complete(self, prompt: Prompt, *, cap: int, most: int | None = None) -> RawAnswer:
        """``Model.complete``, when it is this call's turn."""
        if not self.begun and self.spending.is_limited:
            await self.spending.reserve(id(self), expected(prompt, self.model.endpoint))
        self.begun = True
        async with self.limiter.call():
            answer = await self.model.complete(prompt, cap=cap, most=most)
        used = Usage(answer.tokens_in or 0, answer.tokens_out or 0, answer.cost)
        self.spending.charge(id(self), used)
        return answer

    async def release(self) -> None:
        """The document has ended."""
        await self.spending.release(id(self))
