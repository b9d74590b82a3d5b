"""The ledger: every lost point on a line of its own, adding up to 1 - score exactly.

Of a section with G required and P predicted items, F = 2 Σ credit / (G + P); so one missing or
spurious item costs 1 / (G + P) of the section and a penalty p on a pair costs 2 p / (G + P).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from summarizer.evaluation.alignment import Alignment, Extra, Missing
from summarizer.evaluation.entries import Entry, Section
from summarizer.evaluation.pairs import Judged
from summarizer.evaluation.results import LedgerLine, SectionScore

#: What moves between these two is not only in the wrong place but turned round.
_OPPOSED = {"offers", "red_lines"}


def ledger(
    alignment: Alignment,
    judged: Sequence[Judged],
    sections: Mapping[Section, SectionScore],
    shares: Mapping[Section, float],
) -> list[LedgerLine]:
    """Every error of a brief; the dearest first, then in the order of the brief."""
    item = {
        section: share / (sections[section].reference_items + sections[section].predicted_items)
        for section, share in shares.items()
    }
    lines = [
        *(line for verdict in judged for line in _of_pair(verdict, item)),
        *(_of_missing(missing, item) for missing in alignment.missing),
        *(_of_extra(extra, item) for extra in alignment.extra),
    ]
    return sorted(lines, key=lambda line: (-line.points, _place(line)))


def misfiled(one: Entry, other: Entry | None) -> bool:
    """Whether an offer stands among the red lines or the reverse."""
    return other is not None and {one.section, other.section} == _OPPOSED


def _place(line: LedgerLine) -> tuple[str, int, int, str]:
    reference = -1 if line.reference is None else line.reference
    prediction = -1 if line.prediction is None else line.prediction
    return (line.section or "", reference, prediction, line.field or "")


def _of_pair(verdict: Judged, item: Mapping[Section, float]) -> Iterator[LedgerLine]:
    """A line per finding; penalties beyond the whole credit share what there is to lose."""
    total = sum(finding.penalty for finding in verdict.findings)
    scale = 1 / max(1.0, total)
    wanted, got = verdict.pair.reference, verdict.pair.prediction
    for finding in verdict.findings:
        penalty = finding.penalty * scale
        yield LedgerLine(
            kind="field",
            section=wanted.section,
            reference=wanted.index,
            prediction=got.index,
            field=finding.field,
            expected=finding.expected,
            got=finding.got,
            error=finding.error,
            penalty=penalty,
            points=0.0 if wanted.optional else 2 * penalty * item.get(wanted.section, 0.0),
        )


def _of_missing(missing: Missing, item: Mapping[Section, float]) -> LedgerLine:
    entry, partner = missing.entry, missing.partner
    return LedgerLine(
        kind=missing.kind,
        section=entry.section,
        reference=entry.index,
        prediction=partner.index if partner else None,
        expected=entry.raw,
        got=partner.raw if partner else "none",
        error="polarity" if misfiled(entry, partner) else missing.kind,
        penalty=0.0 if entry.optional else 1.0,
        points=0.0 if entry.optional else item.get(entry.section, 0.0),
        other_section=partner.section if partner and partner.section != entry.section else None,
    )


def _of_extra(extra: Extra, item: Mapping[Section, float]) -> LedgerLine:
    entry, partner = extra.entry, extra.partner
    return LedgerLine(
        kind=extra.kind,
        section=entry.section,
        reference=partner.index if partner else None,
        prediction=entry.index,
        expected=partner.raw if partner else "none",
        got=entry.raw,
        error="polarity" if misfiled(entry, partner) else extra.kind,
        penalty=1.0,
        points=item.get(entry.section, 0.0),
        other_section=partner.section if partner and partner.section != entry.section else None,
    )
