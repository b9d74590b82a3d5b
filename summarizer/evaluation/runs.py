"""A run: what one system made of many cases, scored; stored as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from statistics import fmean
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import OutputError, SummarizerError
from summarizer.evaluation.panel import Panel
from summarizer.evaluation.results import BriefScore, NotComparable
from summarizer.evaluation.statistics import Interval, mean_interval

RUN_VERSION = 1


class RunError(SummarizerError):
    """A run that cannot be read, or an output that fits no case."""


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Outcome(_Stored):
    """One case, one repeat: the brief (without its text), its score, and what it took."""

    case_id: str
    repeat: int = 1
    split: Literal["dev", "test"]
    tags: list[str]
    words: int
    score: BriefScore
    brief: PeaceTalksBrief | None = None
    error: str | None = Field(default=None, description="why there is no brief: a zero")
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0
    schema_failures: int = Field(default=0, description="entries dropped or repaired")
    cost: str = "unpriced"


class Run(_Stored):
    """All outcomes of one system, and what it was."""

    run_version: int = RUN_VERSION
    label: str
    model: str
    strategy: str
    prompt_version: str
    scorer_version: str
    similarity: str
    created: datetime
    seed: int | None = None
    params: dict[str, str] = {}
    note: str = ""
    ceiling: float | None = Field(
        default=None, description="agreement of two annotators, by the same scorer"
    )
    outcomes: list[Outcome]

    @property
    def scores(self) -> dict[str, float]:
        """Score per case, repeats averaged; a case with nothing to score is left out."""
        by_case: dict[str, list[float]] = {}
        for outcome in self.outcomes:
            if outcome.score.score is not None:
                by_case.setdefault(outcome.case_id, []).append(outcome.score.score)
        return {case: fmean(values) for case, values in sorted(by_case.items())}

    @property
    def panel(self) -> Panel:
        """The panel over all outcomes: rates over items."""
        return Panel.total(outcome.score.panel for outcome in self.outcomes)

    @property
    def crashes(self) -> list[Outcome]:
        """Outcomes without a brief: each counts as a zero."""
        return [outcome for outcome in self.outcomes if outcome.error is not None]

    def mean(self) -> Interval | None:
        """Mean brief score over cases with its interval; None for an empty run."""
        values = list(self.scores.values())
        return mean_interval(values) if values else None

    def section_means(self) -> dict[str, tuple[float, int]]:
        """Mean F of each section over the outcomes where it is defined, and their number."""
        means: dict[str, list[float]] = {}
        for outcome in self.outcomes:
            for section, score in outcome.score.sections.items():
                if score.f is not None:
                    means.setdefault(section, []).append(score.f)
        return {section: (fmean(values), len(values)) for section, values in means.items()}

    def slices(self, kind: str) -> dict[str, Interval]:
        """Mean and interval per value of a tag kind (lang, genre, conflict, rule) or length."""
        groups: dict[str, set[str]] = {}
        for outcome in self.outcomes:
            for value in _values(outcome, kind):
                groups.setdefault(value, set()).add(outcome.case_id)
        scores = self.scores
        return {
            value: mean_interval([scores[case] for case in sorted(cases) if case in scores])
            for value, cases in sorted(groups.items())
            if any(case in scores for case in cases)
        }


LENGTHS = ((250, "up to 250 words"), (600, "251 to 600 words"), (10**9, "over 600 words"))


def _values(outcome: Outcome, kind: str) -> Iterable[str]:
    if kind == "length":
        return [next(name for most, name in LENGTHS if outcome.words <= most)]
    if kind == "subject":
        return ["not about peace talks" if "negative" in outcome.tags else "about peace talks"]
    return [tag.partition(":")[2] for tag in outcome.tags if tag.startswith(f"{kind}:")]


def save_run(run: Run, path: Path) -> None:
    """Write a run, whole or not at all."""
    from summarizer.storage import write_atomically

    make_folder(path.parent)
    write_atomically(path, run.model_dump_json(indent=1) + "\n")


def make_folder(folder: Path) -> None:
    """A folder and those above it. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {error.strerror}") from None


def load_run(path: Path) -> Run:
    """Read a run. Raises RunError with one line."""
    from summarizer.storage import read_text

    try:
        return Run.model_validate_json(read_text(path))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise RunError(f"{path} is not a run of summarizer eval: {first['msg']}") from None


def require_comparable_runs(one: Run, other: Run) -> None:
    """Raise NotComparable unless similarity and scorer version are the same."""
    for name in ("scorer_version", "similarity"):
        first, second = getattr(one, name), getattr(other, name)
        if first != second:
            what = name.replace("_", " ")
            raise NotComparable(
                f"{one.label} was scored with {what} {first}, {other.label} with {second}: "
                "run `summarizer eval rescore` on the older one"
            )


def critical_errors(outcome: Outcome) -> Mapping[str, int]:
    """Errors that a must-pass case may not gain: wrong side, wrong direction, wrong number."""
    errors = outcome.score.panel.errors
    return {name: errors[name] for name in ("polarity", "holder", "swapped", "number")}
