"""Prices: what an answer cost, in US dollars, by the table that genai-prices ships (offline)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from summarizer.brief import Attempt
from summarizer.endpoints import Endpoint
from summarizer.response import RawAnswer

UNPRICED = "unpriced"


def price(answer: RawAnswer, endpoint: Endpoint) -> Decimal | None:
    """US dollars of one answer; None where the model, or what it used, is not known.

    A model on a machine of one's own has no price, whatever its name. An answer that was kept
    costs nothing.
    """
    if answer.kept:
        return Decimal(0)
    if answer.tokens_in is None or answer.tokens_out is None or endpoint.kind == "embedded":
        return None
    # Imported here: its table is large, and most runs never need it.
    from genai_prices import Usage, calc_price

    usage = Usage(
        input_tokens=answer.tokens_in,
        output_tokens=answer.tokens_out,
        cache_read_tokens=min(answer.tokens_cached or 0, answer.tokens_in),
    )
    try:
        if endpoint.base_url is not None:
            found = calc_price(usage, endpoint.model, provider_api_url=endpoint.base_url)
        else:
            found = calc_price(usage, endpoint.model, provider_id=endpoint.provider)
    except (LookupError, ValueError):
        return None
    return found.total_price


def total(attempts: Iterable[Attempt]) -> str:
    """The cost of all attempts, exactly, or "unpriced": a sum with a hole in it is no sum.

    Attempts that brought no answer do not count: nobody reports what they cost, if anything.
    """
    answered = [attempt for attempt in attempts if attempt.finish_reason or attempt.kept]
    if not answered or any(attempt.cost is None for attempt in answered):
        return UNPRICED
    return as_text(sum((Decimal(attempt.cost or 0) for attempt in answered), Decimal(0)))


def as_text(cost: Decimal) -> str:
    """Exact, and without an exponent: ``0.0000125``."""
    return f"{cost.normalize():f}"
