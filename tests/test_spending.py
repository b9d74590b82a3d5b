"""summarizer.spending: a limit holds whatever is under way at once."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.endpoints import Endpoint
from summarizer.errors import BudgetExceeded
from summarizer.prompts import make_prompt
from summarizer.spending import Spending, Usage, expected, priced
from tests import runs

PRICED = Endpoint("openai/gpt-4o", "openai", "gpt-4o", "hosted", "a test")


def test_estimate_grows_with_the_document() -> None:
    """Prompt and answer, estimated high; priced where the price is known."""
    short = expected(runs.a_prompt(), PRICED)
    long = expected(make_prompt(runs.document(runs.TEXT * 50)), PRICED)
    assert 1_000 < short.tokens_in < long.tokens_in
    assert 500 <= short.tokens_out < long.tokens_out
    assert short.cost is not None
    assert long.cost is not None
    assert 0 < short.cost < long.cost
    assert expected(runs.a_prompt(), runs.endpoint("http://localhost:1/v1")).cost is None


def test_sum_with_an_unknown_price_is_unknown() -> None:
    """A total with a hole in it is no total."""
    assert (Usage(1, 2, Decimal(3)) + Usage(4, 5, Decimal(6))) == Usage(5, 7, Decimal(9))
    assert (Usage(1, 2, Decimal(3)) + Usage(4, 5, None)).cost is None


@given(
    limit=st.integers(0, 100),
    wanted=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 3)), max_size=12),
)
def test_limit_is_not_overshot_when_estimates_hold(
    limit: int, wanted: list[tuple[int, int]]
) -> None:
    """At no moment is more used and under way than the limit; who does not fit ever, is told."""
    spending = Spending(limit_tokens=limit)
    begun: list[int] = []

    async def document(who: int, tokens: int, turns: int) -> None:
        await spending.reserve(who, Usage(tokens))
        begun.append(tokens)
        for _ in range(turns):
            await asyncio.sleep(0)
        spending.charge(who, Usage(tokens))
        assert spending.used.tokens <= limit
        await spending.release(who)

    async def run() -> list[BaseException | None]:
        work = [document(who, *one) for who, one in enumerate(wanted)]
        async with asyncio.timeout(5):
            return await asyncio.gather(*work, return_exceptions=True)

    results = asyncio.run(run())
    assert all(result is None or isinstance(result, BudgetExceeded) for result in results)
    assert spending.used.tokens == sum(begun) <= limit


def test_estimate_learns_from_what_documents_took() -> None:
    """Where re-asks double what was expected, the next documents are expected to take double."""

    async def run() -> int:
        spending = Spending(limit_tokens=100)
        for who in range(10):
            await spending.reserve(who, Usage(10))
            spending.charge(who, Usage(20))
            await spending.release(who)
        return spending.used.tokens

    with pytest.raises(BudgetExceeded, match="--limit-tokens 100, 100 used"):
        asyncio.run(run())


def test_cost_is_a_limit_too() -> None:
    """In dollars, and told in dollars."""

    async def run() -> None:
        spending = Spending(limit_cost=Decimal("0.01"))
        one = priced(1_000, 500, PRICED)
        for who in range(10):
            await spending.reserve(who, one)
            spending.charge(who, one)
            await spending.release(who)

    with pytest.raises(BudgetExceeded, match=r"--limit-cost 0\.01, 0\.00\d+ used"):
        asyncio.run(run())
