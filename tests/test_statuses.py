"""summarizer.statuses: a status that moved is a history, two at once are a contradiction."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.statuses import Reported, clash, history, last_status
from summarizer.vocabulary import OfferStatus
from tests.factories import offer

S = OfferStatus
DAYS = [date(2026, 3, day) for day in (12, 13, 14)]


def told(status: OfferStatus, day: date | None = DAYS[0], document: str = "d1") -> Reported:
    """The offer, with a status, in a document of a day."""
    return Reported(document, day, offer(status=status))


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        (told(S.AGREED), told(S.REJECTED), True),
        (told(S.AGREED), told(S.DISPUTED), True),
        (told(S.SIGNED), told(S.TABLED), True),
        (told(S.AGREED), told(S.REJECTED, None), True),
        (told(S.REJECTED), told(S.DISPUTED), True),
        (told(S.TABLED), told(S.DISPUTED, DAYS[1]), True),
        (told(S.AGREED), told(S.REJECTED, DAYS[1]), False),
        (told(S.FLOATED), told(S.TABLED), False),
        (told(S.TABLED), told(S.REJECTED), False),
        (told(S.AGREED), told(S.UNSTATED), False),
        (told(S.AGREED), told(S.SIGNED), False),
    ],
)
def test_statuses_clash_when_told_of_one_moment(
    one: Reported, other: Reported, clashes: bool
) -> None:
    """Settled and not settled on one day; with two dates it is a move."""
    assert clash(one, other) is clashes
    assert clash(other, one) is clashes


def test_history_has_an_entry_for_every_move() -> None:
    """In the order of the dates; the same again, and what has no date, is no move."""
    reports = [
        told(S.TABLED, DAYS[0], "d1"), told(S.TABLED, DAYS[1], "d2"), told(S.AGREED, None, "d4"),
        told(S.UNSTATED, DAYS[1], "d5"), told(S.REJECTED, DAYS[2], "d3"),
    ]  # fmt: skip
    moves = history(reports)
    assert [(m.status, m.date, m.document) for m in moves] == [
        (S.TABLED, DAYS[0], "d1"), (S.REJECTED, DAYS[2], "d3"),
    ]  # fmt: skip
    assert last_status(reports) is S.REJECTED
    assert history(reports[:2]) == []


def test_least_claim_counts_on_one_day_and_a_dispute_before_all() -> None:
    """A brief never claims more than a document does."""
    assert last_status([told(S.UNDER_NEGOTIATION), told(S.FLOATED)]) is S.FLOATED
    assert last_status([told(S.FLOATED), told(S.DISPUTED)]) is S.DISPUTED
    assert last_status([told(S.UNSTATED)]) is S.UNSTATED
    assert last_status([told(S.TABLED, None)]) is S.TABLED
