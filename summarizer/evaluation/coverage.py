"""What a set of cases covers: languages, genres, conflicts, and the hard cases of the guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from summarizer.evaluation.cases import Case


@dataclass(frozen=True)
class Coverage:
    """What a set of cases covers, and what it lacks by the plan of ``eval-design.md``."""

    cases: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)


#: At least so many cases: by kind of tag and value.
_LEAST: dict[str, dict[str, int]] = {
    "split": {"dev": 24, "test": 16},
    "lang": {"en": 28, "es": 2, "fr": 2, "ar": 2},
    "rule": {str(rule): 3 if rule <= 15 else 2 for rule in range(1, 28)},
    "negative": {"negative": 6, "hard-negative": 3},
}
LEAST_CONFLICTS = 15
GENRES = (
    "wire-brief long-news joint-communique readout background-call gaggle un-briefing analysis "
    "op-ed interview leaked-minutes social-post agreement-text"
).split()


def coverage(cases: Iterable[Case]) -> Coverage:
    """Counts per split, language, genre, conflict and hard case, and the gaps in them."""
    cases = list(cases)
    counts: dict[str, Counter[str]] = {
        "split": Counter(case.split for case in cases),
        "negative": Counter(t for c in cases for t in c.tags if t in _LEAST["negative"]),
    }
    for kind in ("lang", "genre", "conflict", "rule"):
        counts[kind] = Counter(value for case in cases for value in case.tagged(kind))
    gaps = [
        f"{kind} {value}: {counts[kind][value]} cases, at least {least} wanted"
        for kind, wanted in _LEAST.items()
        for value, least in wanted.items()
        if counts[kind][value] < least
    ]
    if len(counts["conflict"]) < LEAST_CONFLICTS:
        gaps.append(f"{len(counts['conflict'])} conflicts, at least {LEAST_CONFLICTS} wanted")
    gaps += [f"genre {genre}: no case" for genre in GENRES if not counts["genre"][genre]]
    if counts["lang"]["ru"] < 2 and counts["lang"]["uk"] < 2:
        gaps.append("lang ru or uk: at least 2 cases of one of them wanted")
    return Coverage(len(cases), {k: dict(sorted(v.items())) for k, v in counts.items()}, gaps)
