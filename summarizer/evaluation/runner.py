"""Run a system over cases: score every outcome, keep it at once, go on where a run stopped."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.documents import Document, load
from summarizer.errors import SummarizerError
from summarizer.evaluation.casefiles import find_document
from summarizer.evaluation.cases import Case
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.results import SCORER_VERSION, BriefScore
from summarizer.evaluation.runs import Outcome, Run, RunError, make_folder
from summarizer.evaluation.scoring import failed_score, score_brief
from summarizer.evaluation.similarity import ChrF, Similarity
from summarizer.evaluation.systems import System
from summarizer.storage import write_atomically


@dataclass(frozen=True)
class Plan:
    """What to run: cases, repeats, how many at a time, and where to keep what is done."""

    cases: Sequence[Case]
    repeats: int = 1
    concurrency: int = 1
    folder: Path | None = None
    similarity: Similarity | None = None
    on_outcome: Callable[[Outcome], None] = lambda outcome: None


def document_of(case: Case) -> Document:
    """The (first) document of a case, loaded as users load it."""
    path = find_document(Path(case.file), case.documents[0])
    if path is None:
        raise RunError(f"{case.file}: document {case.documents[0]} does not exist")
    return load(path)


async def run_system(system: System, plan: Plan, *, key: str) -> list[Outcome]:
    """Outcomes in the order of cases and repeats.

    ``key`` names everything that the briefs depend on beside the document; a brief that is kept
    under the same key is not made again, only scored again. Raises RunError when the scorer
    crashes: that is no fault of the system.
    """
    gate = asyncio.Semaphore(plan.concurrency)

    async def one(case: Case, repeat: int) -> Outcome:
        async with gate:
            kept = _kept(plan, case, repeat, key)
            outcome = kept or await _made(system, case, repeat, plan)
            if kept is None:
                _keep(plan, outcome, case, key)
            plan.on_outcome(outcome)
            return outcome

    jobs = [one(case, repeat) for case in plan.cases for repeat in range(1, plan.repeats + 1)]
    return list(await asyncio.gather(*jobs))


async def _made(system: System, case: Case, repeat: int, plan: Plan) -> Outcome:
    began = time.monotonic()
    document = document_of(case)
    try:
        brief = await system.brief(case, document)
    except Exception as error:  # any crash is a zero, of our system or of another
        score = failed_score(reference_of(case), similarity=plan.similarity)
        seconds = time.monotonic() - began
        said = str(error) if isinstance(error, SummarizerError) else "crashed"
        reason = f"{type(error).__name__}: {said}"
        return _outcome(case, repeat, document, score, seconds, error=reason)
    score = _scored(case, brief, plan.similarity)
    return _outcome(case, repeat, document, score, time.monotonic() - began, brief)


def _scored(case: Case, brief: PeaceTalksBrief, similarity: Similarity | None) -> BriefScore:
    try:
        return score_brief(reference_of(case), brief, similarity=similarity)
    except Exception as error:
        raise RunError(f"the scorer crashed on {case.id}: {type(error).__name__}") from error


def _outcome(
    case: Case,
    repeat: int,
    document: Document,
    score: BriefScore,
    seconds: float,
    brief: PeaceTalksBrief | None = None,
    error: str | None = None,
) -> Outcome:
    attempts = brief.provenance.attempts if brief else []
    warnings = brief.provenance.warnings if brief else []
    return Outcome(
        case_id=case.id,
        repeat=repeat,
        split=case.split,
        tags=case.tags,
        words=document.word_count,
        score=score,
        brief=_without_text(brief) if brief else None,
        error=error,
        seconds=round(sum(a.seconds for a in attempts) or seconds, 3),
        tokens_in=brief.provenance.tokens_in if brief else 0,
        tokens_out=brief.provenance.tokens_out if brief else 0,
        calls=len(attempts),
        schema_failures=sum(warning.kind in {"dropped", "repaired"} for warning in warnings),
        cost=brief.provenance.cost if brief else "unpriced",
    )


def _without_text(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    sources = [source.model_copy(update={"text": None}) for source in brief.sources]
    return brief.model_copy(update={"sources": sources})


def _path(plan: Plan, case: Case, repeat: int, key: str) -> Path | None:
    if plan.folder is None:
        return None
    asked = json.dumps([key, *(reading.text for reading in case.readings)])
    digest = hashlib.sha256(asked.encode()).hexdigest()[:16]
    return plan.folder / f"{case.id}.{repeat}.{digest}.json"


def _kept(plan: Plan, case: Case, repeat: int, key: str) -> Outcome | None:
    """What is kept, by the present reference; None where nothing is, or it cannot be read."""
    path = _path(plan, case, repeat, key)
    if path is None or not path.exists():
        return None
    try:
        outcome = Outcome.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
    return _rescored(outcome, case, plan.similarity)


def _keep(plan: Plan, outcome: Outcome, case: Case, key: str) -> None:
    path = _path(plan, case, outcome.repeat, key)
    if path is not None and outcome.error is None:
        make_folder(path.parent)
        write_atomically(path, outcome.model_dump_json())


def make_run(
    outcomes: Sequence[Outcome], *, label: str, system: System, note: str = "",
    params: dict[str, str] | None = None, similarity: Similarity | None = None,
    ceiling: float | None = None,
) -> Run:  # fmt: skip
    """The run that these outcomes make."""
    briefs = [outcome.brief for outcome in outcomes if outcome.brief]
    first = briefs[0].provenance if briefs else None
    return Run(
        label=label,
        model=system.name,
        strategy=first.strategy if first else "none",
        prompt_version=first.prompt_version if first else "none",
        scorer_version=SCORER_VERSION,
        similarity=(similarity or ChrF()).name,
        created=datetime.now(UTC),
        params=params or {},
        note=note,
        ceiling=ceiling,
        outcomes=list(outcomes),
    )


def rescored(run: Run, cases: Sequence[Case], similarity: Similarity | None = None) -> Run:
    """The same outputs scored again by the present scorer. Raises RunError for unknown cases."""
    by_id = {case.id: case for case in cases}
    outcomes = []
    for outcome in run.outcomes:
        case = by_id.get(outcome.case_id)
        if case is None:
            raise RunError(f"the run has an output for an unknown case: {outcome.case_id}")
        outcomes.append(_rescored(outcome, case, similarity))
    changes = {
        "outcomes": outcomes,
        "scorer_version": SCORER_VERSION,
        "similarity": (similarity or ChrF()).name,
    }
    return run.model_copy(update=changes)


def _rescored(outcome: Outcome, case: Case, similarity: Similarity | None) -> Outcome:
    score = (
        _scored(case, outcome.brief, similarity)
        if outcome.brief
        else failed_score(reference_of(case), similarity=similarity)
    )
    update = {"score": score, "tags": case.tags, "split": case.split}
    return outcome.model_copy(update=update)


def agreement(cases: Sequence[Case], second: Sequence[Case]) -> dict[str, BriefScore]:
    """Second references scored against the first: what two careful annotators reach."""
    from summarizer.evaluation.references import reference_brief

    by_id = {case.id: case for case in cases}
    return {
        other.id: score_brief(reference_of(by_id[other.id]), reference_brief(other))
        for other in second
        if other.id in by_id
    }
