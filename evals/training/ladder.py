"""What each field is worth: sentence labels given, then each field in turn as the reference has it.

    python evals/training/ladder.py

Weights of holders and status are out of fold; a step is the brief score with that field alone
made right (``only``), and with it and all above it (``sum``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import measure
import numpy as np
from data import Example, cases, examples, main

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.references import reference_brief, reference_of
from summarizer.evaluation.results import BriefScore
from summarizer.evaluation.scoring import score_brief
from summarizer.selection.heads import LABELS, Judgement

STEPS: dict[str, tuple[str, ...]] = {
    "holders": ("by", "held_by"),
    "receivers": ("to",),
    "kind": ("kind", "firmness"),
    "status": ("status",),
    "conditions": ("conditions", "deadline"),
    "responses": ("responses",),
    "voice": ("speaker", "speaks_for", "basis"),
    "certainty": ("certainty",),
    "topics": ("topics",),
    "question": ("reason",),
    "who acts": ("parties",),
    "when": ("when", "date"),
    "evidence": ("citations",),
    "statement": ("statement", "question"),
}
"""Fields that are made right together, by step."""


def perfect(made: Judgement, e: Example) -> Judgement:
    """The same judgement, every line with the labels of the reference."""
    return replace(made, chances=e.labels.astype(np.float32), about=1.0)


def righted(brief: PeaceTalksBrief, e: Example, fields: Sequence[str]) -> PeaceTalksBrief:
    """The brief with these fields as the reference item of the same line has them."""
    wanted = reference_brief(e.case)
    update: dict[str, Any] = {}
    for section in LABELS[:4]:
        by_line = _by_line(e, section, getattr(wanted, section))
        update[section] = [
            _righted(item, by_line.get(item.citations[0].sentence), fields)
            for item in getattr(brief, section)
        ]
    if "party section" in fields:
        update["parties"] = wanted.parties
    return brief.model_copy(update=update)


def _by_line(e: Example, section: str, items: Sequence[Any]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for own, item in zip(getattr(e.case, section), items, strict=True):
        row = main(e.case, own, e.reading)
        if row is not None:
            found.setdefault(row + 1, item)
    return found


def _righted(item: Any, right: Any, fields: Sequence[str]) -> Any:
    if right is None:
        return item
    shared = {name: getattr(right, name) for name in fields if hasattr(item, name)}
    if "citations" in shared:  # the scorer knows sources by their id
        own = item.citations[0].document
        shared["citations"] = [c.model_copy(update={"document": own}) for c in right.citations]
    return item.model_copy(update=shared)


def step(
    name: str, own: Sequence[Example], briefs: Sequence[PeaceTalksBrief], fields: Sequence[str]
) -> None:
    """Print the scores with these fields righted."""
    found: list[BriefScore] = [
        score_brief(reference_of(e.case), righted(brief, e, fields))
        for e, brief in zip(own, briefs, strict=True)
    ]
    measure.show(name, own, found)


def ladder(examples: Sequence[Example]) -> None:
    """Chosen lines as they are, then the lines given; then field by field."""
    own = [e for e in examples if e.about]
    made = [m for e, m in zip(examples, measure.out_of_fold(examples), strict=True) if e.about]
    chosen = [measure.brief_of(m) for m in made]
    step("as it is", own, chosen, ())
    given = [measure.brief_of(perfect(m, e)) for m, e in zip(made, own, strict=True)]
    step("lines given", own, given, ())
    above: list[str] = []
    for name, fields in {**STEPS, "parties": ("party section",)}.items():
        above += fields
        step(f"only {name}", own, given, fields)
        step(f"sum  {name}", own, given, above)
        step(f"as it is, {name}", own, chosen, fields)


if __name__ == "__main__":
    ladder(examples(cases()))
