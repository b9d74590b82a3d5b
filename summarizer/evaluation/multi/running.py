"""Run a system over cases of several documents: read, merge, compare, score.

Every document is read as users' documents are; the oracle answers with its reference. A case of
which a document got no brief counts, and all that it expects is missed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.comparison import compare
from summarizer.documents import Document, load
from summarizer.endpoints import choose_endpoint
from summarizer.errors import SettingsError, SummarizerError, Unauthorised, WeightsError
from summarizer.evaluation.casefiles import find_document
from summarizer.evaluation.cases import Case
from summarizer.evaluation.multi.cases import ComparePair, MultiCase
from summarizer.evaluation.multi.naming import Names, names_of
from summarizer.evaluation.multi.results import MultiOutcome, MultiRun
from summarizer.evaluation.multi.scoring import missed_case, missed_pair, score_case, score_pair
from summarizer.evaluation.oracle import oracle_answer
from summarizer.evaluation.runs import RunError
from summarizer.evaluation.systems import ModelSystem, System, scripted_system
from summarizer.merging import merge
from summarizer.settings import Settings

Open = Callable[[Sequence[Case]], AbstractAsyncContextManager[System]]
"""Makes a system ready for some references."""


def document_of(reference: Case) -> Document:
    """The document of a reference, with the date that the reference gives it."""
    path = find_document(Path(reference.file), reference.documents[0])
    if path is None:
        raise RunError(f"{reference.file}: document {reference.documents[0]} does not exist")
    return load(path, date=reference.date)


@dataclass
class _Made:
    """Briefs by the id of their reference; of documents that got none, why."""

    briefs: dict[str, PeaceTalksBrief] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def lost(self, named: Mapping[str, str]) -> str | None:
        """Why a case cannot be made; None where all its documents have briefs."""
        told = [f"{name}: {self.failed[id]}" for name, id in named.items() if id in self.failed]
        return "; ".join(told) or None


async def run_multi(
    cases: Sequence[MultiCase],
    pairs: Sequence[ComparePair],
    open_system: Open,
    on_brief: Callable[[str, str | None], None] = lambda reference, failure: None,
) -> MultiRun:
    """Every case and pair, scored; ``on_brief`` hears of every document as it is done.

    A document that the system fails on fails its cases, and the others go on. Raises
    SettingsError, WeightsError and Unauthorised: nothing would come of going on.
    """
    references = {case.id: case for one in (*cases, *pairs) for case in one.references.values()}
    name, made = "", _Made()
    for group in apart(references.values()):
        async with open_system(group) as system:
            name = system.name
            for reference in group:
                await _brief(system, reference, made)
                on_brief(reference.id, made.failed.get(reference.id))
    outcomes = [*(_case(case, made) for case in cases), *(_pair(pair, made) for pair in pairs)]
    return MultiRun(system=name, outcomes=outcomes)


async def _brief(system: System, reference: Case, made: _Made) -> None:
    try:
        made.briefs[reference.id] = await system.brief(reference, document_of(reference))
    except (RunError, SettingsError, Unauthorised, WeightsError):
        raise
    except Exception as error:  # any crash is a failure, of our system or of another
        said = f": {error}" if isinstance(error, SummarizerError) else ""
        made.failed[reference.id] = f"{type(error).__name__}{said}"


def apart(references: Iterable[Case]) -> list[list[Case]]:
    """Groups without two references of one text: an oracle knows a document by its text."""
    groups: list[list[Case]] = []
    for reference in references:
        text = reference.readings[0].text
        free = (g for g in groups if all(text != one.readings[0].text for one in g))
        group = next(free, None)
        if group is None:
            groups.append([reference])
        else:
            group.append(reference)
    return groups


@asynccontextmanager
async def oracle_system(settings: Settings, references: Sequence[Case]) -> AsyncIterator[System]:
    """A model that answers every document with its reference, over real HTTP."""
    from summarizer.testing import by_document, oracle

    told = {"model": "oracle", "base_url": "http://127.0.0.1:9/v1"}
    endpoint = choose_endpoint(settings.model_copy(update=told))
    texts = {case.id: case.readings[0].text for case in references}
    answers = {case.id: oracle_answer(case) for case in references}
    async with scripted_system(settings, endpoint, oracle(answers, by_document(texts))) as system:
        yield ModelSystem(system.model, system.settings, "oracle")


def _leaves(
    named: Mapping[str, str], briefs: Mapping[str, PeaceTalksBrief]
) -> dict[str, PeaceTalksBrief]:
    return {name: briefs[id] for name, id in named.items()}


def _merged(
    leaves: Mapping[str, PeaceTalksBrief], references: Mapping[str, Case]
) -> tuple[PeaceTalksBrief, Names]:
    merged = merge(leaves.values())
    return merged, names_of(merged, leaves, references)


def _case(case: MultiCase, made: _Made) -> MultiOutcome:
    failed = made.lost(case.documents)
    if failed is not None:
        return MultiOutcome.of(case, "case", missed_case(case), failed)
    merged, names = _merged(_leaves(case.documents, made.briefs), case.references)
    return MultiOutcome.of(case, "case", score_case(case, merged, names))


def _pair(pair: ComparePair, made: _Made) -> MultiOutcome:
    failed = made.lost(pair.named)
    if failed is not None:
        return MultiOutcome.of(pair, "pair", missed_pair(pair), failed)
    old, old_names = _merged(_leaves(pair.old, made.briefs), pair.references)
    new, new_names = _merged(_leaves(pair.new, made.briefs), pair.references)
    tallies = score_pair(pair, compare(old, new), old_names, new_names)
    return MultiOutcome.of(pair, "pair", tallies)
