"""Run a system over cases of several documents: read, merge, compare, score.

Every document is read as users' documents are; the oracle answers with its reference.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.comparison import compare
from summarizer.documents import Document, load
from summarizer.endpoints import choose_endpoint
from summarizer.evaluation.casefiles import find_document
from summarizer.evaluation.cases import Case
from summarizer.evaluation.multi.cases import ComparePair, MultiCase
from summarizer.evaluation.multi.naming import Names, names_of
from summarizer.evaluation.multi.results import MultiOutcome, MultiRun
from summarizer.evaluation.multi.scoring import score_case, score_pair
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


async def run_multi(
    cases: Sequence[MultiCase], pairs: Sequence[ComparePair], open_system: Open
) -> MultiRun:
    """Every case and pair, scored. Raises what the system raises: nothing is left out."""
    references = {case.id: case for one in (*cases, *pairs) for case in one.references.values()}
    name, briefs = "", dict[str, PeaceTalksBrief]()
    for group in apart(references.values()):
        async with open_system(group) as system:
            name = system.name
            for reference in group:
                briefs[reference.id] = await system.brief(reference, document_of(reference))
    outcomes = [
        *(_case(case, _leaves(case.documents, briefs)) for case in cases),
        *(_pair(pair, briefs) for pair in pairs),
    ]
    return MultiRun(system=name, outcomes=outcomes)


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


def _case(case: MultiCase, leaves: Mapping[str, PeaceTalksBrief]) -> MultiOutcome:
    merged, names = _merged(leaves, case.references)
    tallies = score_case(case, merged, names)
    return MultiOutcome.of(case.id, case.split, "case", tallies)


def _pair(pair: ComparePair, briefs: Mapping[str, PeaceTalksBrief]) -> MultiOutcome:
    old, old_names = _merged(_leaves(pair.old, briefs), pair.references)
    new, new_names = _merged(_leaves(pair.new, briefs), pair.references)
    tallies = score_pair(pair, compare(old, new), old_names, new_names)
    return MultiOutcome.of(pair.id, pair.split, "pair", tallies)
