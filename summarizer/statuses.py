"""How the status of one offer moved from document to document (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from summarizer.brief import StatusEntry
from summarizer.vocabulary import OfferStatus

SETTLED = frozenset({OfferStatus.AGREED, OfferStatus.SIGNED, OfferStatus.IN_FORCE})
REFUSED = frozenset({OfferStatus.REJECTED, OfferStatus.WITHDRAWN})
UNDER_WAY = frozenset({OfferStatus.FLOATED, OfferStatus.TABLED, OfferStatus.UNDER_NEGOTIATION})
_ORDER = list(OfferStatus)


@dataclass(frozen=True)
class Reported:
    """An item as one document has it; what a copy has counts of the day of its original."""

    document: str
    date: Date | None
    item: Any
    copied: bool = False


def clash(one: Reported, other: Reported) -> bool:
    """Whether two documents tell one moment differently: settled and refused, on one day.

    With two dates it is a move, and no contradiction; without a date nobody can tell. That
    one says less than the other (floated, tabled) is none either. A denial is no move: it says
    that it never was.
    """
    stated = {one.item.status, other.item.status} - {OfferStatus.UNSTATED}
    if len(stated) == 2 and OfferStatus.DISPUTED in stated:
        return True
    if one.date is not None and other.date is not None and one.date != other.date:
        return False
    groups = [SETTLED, REFUSED, UNDER_WAY]
    kinds = {at for at, group in enumerate(groups) for r in (one, other) if r.item.status in group}
    return len(kinds) > 1 and 0 in kinds


def last_status(reports: Sequence[Reported]) -> OfferStatus:
    """The status by the latest document that states one; of one day the least claim."""
    stated = _stated(reports)
    if not stated:
        return OfferStatus.UNSTATED
    latest = max((report.date for report in stated if report.date), default=None)
    return _least(report.item.status for report in stated if report.date == latest)


def history(reports: Sequence[Reported]) -> list[StatusEntry]:
    """One entry for every date on which the status is another; empty if it never moved.

    Documents without a date say nothing of a move. A copy is named only where nobody else tells
    the same that day. ``reports`` in the order of the sources.
    """
    moves: list[Reported] = []
    for day in sorted({report.date for report in _stated(reports) if report.date}):
        today = [report for report in _stated(reports) if report.date == day]
        status = _least(report.item.status for report in today)
        if not moves or moves[-1].item.status != status:
            telling = [report for report in today if report.item.status == status]
            moves.append(min(telling, key=lambda report: report.copied))
    return [_entry(move) for move in moves] if len(moves) > 1 else []


def _entry(move: Reported) -> StatusEntry:
    answers = [c for response in move.item.responses for c in response.citations]
    cited = {c.sentence: c for c in (*move.item.citations, *answers)}
    return StatusEntry(
        status=move.item.status,
        date=move.date,
        document=move.document,
        speaker=move.item.speaker,
        citations=[cited[number] for number in sorted(cited)],
    )


def _stated(reports: Iterable[Reported]) -> list[Reported]:
    return [report for report in reports if report.item.status != OfferStatus.UNSTATED]


def _least(statuses: Iterable[OfferStatus]) -> OfferStatus:
    """A dispute before anything else, then what claims least."""
    found = set(statuses)
    return OfferStatus.DISPUTED if OfferStatus.DISPUTED in found else min(found, key=_ORDER.index)
