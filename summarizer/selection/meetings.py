"""Next steps that are one meeting, told twice, as one (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.draft import DraftStep
from summarizer.selection.choosing import MOST_CITED
from summarizer.selection.steps import month

_MEETING = re.compile(
    r"\b(?:talks|round|meet|meeting|session|summit|conference|negotiations|reuni\w+|ronda|"
    r"diálogos|réunion|pourparlers|négociations)\b",
    re.IGNORECASE,
)


def once(found: Sequence[DraftStep]) -> list[DraftStep]:
    """Every meeting once: as the step with a date tells it, or the fuller time; all are cited."""
    made: list[DraftStep] = []
    for step in found:
        twin = next((i for i, other in enumerate(made) if _is_same(step, other)), None)
        if twin is None:
            made.append(step)
            continue
        cited = sorted({*made[twin].citations, *step.citations})[:MOST_CITED]
        best = max(made[twin], step, key=lambda one: (bool(one.date), len(one.when or "")))
        made[twin] = best.model_copy(update={"citations": cited})
    return made


def _is_same(one: DraftStep, other: DraftStep) -> bool:
    """The same parties meet in the same month; not where both name a day and not the same."""
    if set(one.parties) != set(other.parties) or one.certainty != other.certainty:
        return False
    if not all(_MEETING.search(step.statement) for step in (one, other)):
        return False
    times = [step.when or "" for step in (one, other)]
    days = [re.findall(r"\d+", time) for time in times]
    named = month(times[0])
    return named is not None and named == month(times[1]) and (not all(days) or days[0] == days[1])
