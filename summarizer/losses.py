"""What a reader of a brief must know was lost, or is not carried by what is cited (pure)."""

from __future__ import annotations

from summarizer.brief import PeaceTalksBrief, Warning
from summarizer.vocabulary import SupportStatus

SERIOUS = frozenset({"dropped", "truncated", "unsupported"})
"""Kinds of warnings that ``--strict`` does not accept."""


def losses(brief: PeaceTalksBrief) -> list[Warning]:
    """What ``--strict`` does not accept: anything dropped, cut off or unsupported."""
    return [warning for warning in brief.provenance.warnings if warning.kind in SERIOUS]


def with_warnings(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    """The brief with a warning for every item that is not supported."""
    warnings = [
        Warning(kind="unsupported", where=item.id, message="; ".join(item.support.missing))
        for item in (*brief.items(), *brief.outside_voices)
        if item.support.status == SupportStatus.UNSUPPORTED
    ]
    if not warnings:
        return brief
    said = [*brief.provenance.warnings, *warnings]
    provenance = brief.provenance.model_copy(update={"warnings": said})
    return brief.model_copy(update={"provenance": provenance})
