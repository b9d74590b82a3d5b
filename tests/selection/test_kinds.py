"""The kind of least expected cost."""

from __future__ import annotations

from summarizer.selection.kinds import least_wrong
from summarizer.vocabulary import OfferKind, RedLineKind

LINE = {RedLineKind.REFUSAL: 0.45, RedLineKind.DEMAND: 0.4, RedLineKind.PRECONDITION: 0.3}


def test_the_likelier_side_is_said_when_a_refusal_is_not_sure() -> None:
    """A demand or precondition, likely together, is safer than a refusal likelier than each."""
    assert least_wrong(LINE, list(RedLineKind)) == RedLineKind.DEMAND


def test_a_refusal_is_not_said_when_no_word_carries_it() -> None:
    """Only kinds that the support check finds words for are said."""
    sure = LINE | {RedLineKind.REFUSAL: 0.9}
    assert least_wrong(sure, list(RedLineKind)) == RedLineKind.REFUSAL
    allowed = [RedLineKind.DEMAND, RedLineKind.PRECONDITION]
    assert least_wrong(sure, allowed) == RedLineKind.DEMAND


def test_the_likeliest_is_said_when_kinds_of_offers_are_weighed() -> None:
    """All wrong kinds of an offer cost the same."""
    chances = dict.fromkeys(OfferKind, 0.1) | {OfferKind.PROPOSAL: 0.2}
    assert least_wrong(chances, list(OfferKind)) == OfferKind.PROPOSAL
