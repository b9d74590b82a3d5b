"""summarizer.prices: exact dollars, or "unpriced"."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from summarizer.brief import Attempt
from summarizer.endpoints import Endpoint, Kind
from summarizer.prices import as_text, price, total
from summarizer.response import RawAnswer
from summarizer.settings import DEFAULT_OPENAI_MODEL

ANSWER = RawAnswer("{}", "stop", tokens_in=6_000, tokens_out=900)


def endpoint(
    provider: str, model: str, kind: Kind = "hosted", base_url: str | None = None
) -> Endpoint:
    """A model somewhere."""
    return Endpoint(f"{provider}/{model}", provider, model, kind, "named", base_url)


def attempt(cost: str | None, **changes: Any) -> Attempt:
    """An attempt that was answered, at a price."""
    usual: dict[str, Any] = {
        "number": 1, "step": "draft", "started": datetime(2026, 11, 25, tzinfo=UTC),
        "seconds": 1.0, "outcome": "ok", "finish_reason": "stop", "tokens_in": 1, "cost": cost,
    }  # fmt: skip
    return Attempt(**{**usual, **changes})


def test_default_model_has_a_price() -> None:
    """Whoever sets a key and no model is told what it cost."""
    provider, _, model = DEFAULT_OPENAI_MODEL.partition("/")
    found = price(ANSWER, endpoint(provider, model))
    assert found is not None
    assert 0 < found < 1


def test_price_is_that_of_the_provider() -> None:
    """By name, and by the address of a hosted endpoint."""
    by_name = price(ANSWER, endpoint("anthropic", "claude-sonnet-4-5"))
    address = "https://api.openai.com/v1"
    by_address = price(ANSWER, endpoint("openai", "gpt-4o", "self-hosted", address))
    assert by_name == Decimal("0.0315")  # 6,000 at $3 and 900 at $15 a million
    assert by_address == Decimal("0.024")  # 6,000 at $2.50 and 900 at $10 a million


def test_cached_tokens_are_cheaper() -> None:
    """What the endpoint had in its cache is priced as such, and never more than was sent."""
    asked = endpoint("openai", "gpt-4o")
    half = RawAnswer("{}", "stop", tokens_in=6_000, tokens_out=900, tokens_cached=3_000)
    odd = RawAnswer("{}", "stop", tokens_in=6_000, tokens_out=900, tokens_cached=10**9)
    full, cheaper, cheapest = (price(found, asked) for found in (ANSWER, half, odd))
    assert full is not None
    assert cheaper is not None
    assert cheapest is not None
    assert full > cheaper > cheapest > 0


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (ANSWER, endpoint("openai", "gpt-4o", "self-hosted", "http://127.0.0.1:8000/v1")),
        (ANSWER, endpoint("embedded", "gpt-4o", "embedded", "http://127.0.0.1:8000/v1")),
        (ANSWER, endpoint("openai", "no-such-model")),
        (ANSWER, endpoint("writer", "palmyra")),
        (RawAnswer("{}", "stop"), endpoint("openai", "gpt-4o")),
        (RawAnswer("{}", "stop", tokens_in=5), endpoint("openai", "gpt-4o")),
    ],
)
def test_unknown_price_is_none(answer: RawAnswer, asked: Endpoint) -> None:
    """One's own machine, an unknown model or vendor, an answer without counts."""
    assert price(answer, asked) is None


def test_kept_answer_costs_nothing() -> None:
    """It was paid for by an earlier run."""
    assert price(RawAnswer("{}", kept=True), endpoint("writer", "palmyra")) == 0


def test_total_is_exact() -> None:
    """Three times ten cents is thirty cents, and small sums have no exponent."""
    assert total([attempt("0.1")] * 3) == "0.3"
    assert total([attempt("0.00000125"), attempt("0.00000025")]) == "0.0000015"
    assert total([attempt("100")]) == "100"


def test_total_with_a_hole_is_unpriced() -> None:
    """An answer of unknown price leaves no sum; a call without any answer does."""
    failed = attempt(None, outcome="unreachable", finish_reason=None, tokens_in=None)
    assert total([attempt("0.1"), attempt(None)]) == "unpriced"
    assert total([attempt("0.1"), failed]) == "0.1"
    assert total([failed]) == total([]) == "unpriced"
    assert total([attempt("0", kept=True, tokens_in=None)]) == "0"


def test_no_cost_has_an_exponent() -> None:
    """Every reader of the JSON gets along with it."""
    assert [as_text(Decimal(text)) for text in ("0", "1E-7", "1E+3", "0.10")] == [
        "0", "0.0000001", "1000", "0.1",
    ]  # fmt: skip
