"""Merging and comparing measured: the oracle finds everything, and what is wrong is seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from summarizer.brief import PeaceTalksBrief
from summarizer.comparison import compare
from summarizer.documents import Document
from summarizer.errors import MissingExtra, TimedOut, Unauthorised
from summarizer.evaluation.cases import Case
from summarizer.evaluation.multi.cases import ComparePair, MultiCase
from summarizer.evaluation.multi.files import load_multi
from summarizer.evaluation.multi.naming import Names, names_of
from summarizer.evaluation.multi.results import FLOORS, MultiRun
from summarizer.evaluation.multi.running import apart, oracle_system, run_multi
from summarizer.evaluation.multi.scoring import Tally, matched, score_case, score_pair
from summarizer.evaluation.references import reference_brief
from summarizer.merging import merge
from summarizer.settings import load_settings
from tests.evaluation.multi.test_files import MULTI


@cache
def example() -> tuple[MultiCase, ComparePair]:
    """The case and the pair that the README explains."""
    cases, pairs = load_multi(MULTI)
    return (
        next(case for case in cases if case.id == "ketter-may"),
        next(pair for pair in pairs if pair.id == "ketter-may-june"),
    )


def merged(one: Any, named: dict[str, str]) -> tuple[Any, Names]:
    """The brief of the references of these documents, and what its items are called."""
    leaves = {name: reference_brief(one.references[name]) for name in named}
    made = merge(leaves.values())
    return made, names_of(made, leaves, one.references)


@pytest.fixture(scope="module")
def run() -> MultiRun:
    """The oracle over the example."""
    case, pair = example()
    settings = load_settings()
    return asyncio.run(run_multi([case], [pair], lambda group: oracle_system(settings, group)))


def test_oracle_finds_everything_over_the_wire(run: MultiRun) -> None:
    """Read, merged, compared: nothing missed, nothing spurious, the gate passed."""
    assert run.system == "oracle"
    assert [line for tally in run.totals().values() for line in tally.lines] == []
    assert all(tally.f1 in {None, 1.0} for tally in run.totals().values())
    assert run.failures() == []


def test_gate_names_what_is_under_its_floor(run: MultiRun) -> None:
    """And what could not be measured."""
    lost = run.outcomes[0].kinds["contradictions"].model_copy(update={"found": 0, "missed": 1})
    kinds = {**run.outcomes[0].kinds, "contradictions": lost}
    broken = run.model_copy(
        update={"outcomes": [run.outcomes[0].model_copy(update={"kinds": kinds}), run.outcomes[1]]}
    )
    assert broken.failures(FLOORS) == ["contradictions: F1 0.000 is under 0.95"]
    assert broken.failures({"convergence": 0.9}) == ["convergence: no case has any"]


@dataclass
class Failing:
    """The oracle, but for one document."""

    system: Any
    id: str
    error: Exception
    name: str = "failing"

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """The reference, or the error."""
        if case.id == self.id:
            raise self.error
        made: PeaceTalksBrief = await self.system.brief(case, document)
        return made


def failing(id: str, error: Exception) -> MultiRun:
    """The example, run by a system that fails on one document."""
    case, pair = example()

    @asynccontextmanager
    async def opened(group: Sequence[Case]) -> AsyncIterator[Any]:
        async with oracle_system(load_settings(), group) as system:
            yield Failing(system, id, error)

    return asyncio.run(run_multi([case], [pair], opened))


@pytest.mark.parametrize(
    ("error", "said"),
    [(TimedOut("no answer in 3 s"), "front: TimedOut: no answer in 3 s"),
     (ValueError("x"), "front: ValueError")],
)  # fmt: skip
def test_document_that_fails_fails_its_cases_and_the_others_go_on(
    error: Exception, said: str
) -> None:
    """Named, counted, all it expects missed; what a crash says may be anything, and is left out."""
    made = failing("ketter-front", error)
    lost, pair = made.outcomes
    assert (lost.failed, pair.failed) == (said, None)
    assert [one.id for one in made.failed] == ["ketter-may"]
    case, _ = example()
    assert lost.kinds["merged"].missed == len(case.merged)
    assert {(score.found, score.spurious) for score in lost.kinds.values()} == {(0, 0)}
    assert pair.kinds["changes"].found == 7
    assert f"ketter-may: {said}" in made.failures()


def test_whole_side_that_fails_is_missed_in_the_pair() -> None:
    """Nothing is compared with nothing."""
    made = failing("ketter-wire", TimedOut("late"))
    changes = made.outcomes[1].kinds["changes"]
    assert (changes.found, changes.missed, changes.spurious) == (0, 7, 0)
    expected = {kind: one.expected for kind, one in made.totals().items()}
    assert expected == {kind: one.expected for kind, one in _oracle_totals().items()}


def _oracle_totals() -> dict[str, Tally]:
    case, pair = example()
    opened = lambda group: oracle_system(load_settings(), group)  # noqa: E731
    return asyncio.run(run_multi([case], [pair], opened)).totals()


@pytest.mark.parametrize("error", [Unauthorised("no key"), MissingExtra("embedded", "it")])
def test_run_stops_where_nothing_would_come_of_going_on(error: Exception) -> None:
    """A key that is refused is refused for every document."""
    with pytest.raises(type(error)):
        failing("ketter-front", error)


CORRUPTIONS: list[tuple[str, dict[str, Any], tuple[int, int, int]]] = [
    ("contradictions", {"contradictions": []}, (0, 1, 0)),
    ("collisions", {"collisions": []}, (0, 1, 0)),
    ("copies", {"copies": []}, (0, 1, 0)),
]


@pytest.mark.parametrize(("kind", "change", "expected"), CORRUPTIONS)
def test_what_the_brief_lacks_is_missed(
    kind: str, change: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    """In its own kind, and in no other."""
    case, _ = example()
    brief, names = merged(case, case.documents)
    right = score_case(case, brief, names)
    wrong = score_case(case, brief.model_copy(update=change), names)
    assert _counts(wrong[kind]) == expected
    assert {k for k in right if _counts(right[k]) != _counts(wrong[k])} == {kind}


def test_contradiction_of_another_kind_or_side_is_both_missed_and_spurious() -> None:
    """A number is no status."""
    case, _ = example()
    brief, names = merged(case, case.documents)
    (one,) = brief.contradictions
    other = brief.model_copy(update={"contradictions": [one.model_copy(update={"kind": "status"})]})
    assert _counts(score_case(case, other, names)["contradictions"]) == (0, 1, 1)


def test_item_that_was_not_merged_is_missed() -> None:
    """Pairs of items count: two that should be one are one pair."""
    case, _ = example()
    brief, names = merged(case, case.documents)
    alone = {
        id: frozenset(name for name in found if name != "copy.O1")
        for id, found in names.items.items()
    }
    tally = score_case(case, brief, Names(alone, names.documents, names.parties))["merged"]
    assert _counts(tally) == (3, 1, 0)
    assert tally.lines == ["missed: ('copy.O1', 'wire.O1')"]


def test_change_of_another_kind_is_both_missed_and_spurious() -> None:
    """Unless the pair says that it is as right."""
    _, pair = example()
    (old, old_names), (new, new_names) = merged(pair, pair.old), merged(pair, pair.new)
    found = compare(old, new)
    right = score_pair(pair, found, old_names, new_names)
    assert _counts(right["changes"]) == (7, 0, 0)
    swapped = [
        change.model_copy(update={"kind": "hardened"}) if change.kind == "softened" else change
        for change in found.changes
    ]
    wrong = score_pair(pair, found.model_copy(update={"changes": swapped}), old_names, new_names)
    assert _counts(wrong["softened"]) == (0, 1, 0)
    assert _counts(wrong["hardened"]) == (0, 0, 1)
    assert _counts(wrong["changes"]) == (6, 1, 1)
    lenient = [
        change.model_copy(update={"kind": "gone"}) if change.kind == "step_overdue" else change
        for change in found.changes
    ]
    passed = score_pair(pair, found.model_copy(update={"changes": lenient}), old_names, new_names)
    assert _counts(passed["changes"]) == (7, 0, 0)


def test_optional_expectation_counts_neither_way() -> None:
    """Found or not."""
    for got in ([], ["x"]):
        tally = matched(["x"], got, lambda one, other: one == other, lambda one: True)
        assert _counts(tally) == (0, 0, 0)


def test_references_of_one_text_are_asked_apart() -> None:
    """An oracle knows a document by its text, and has one answer to it."""
    case, _ = example()
    wire = case.references["wire"]
    again = wire.model_copy(update={"id": "again"})
    groups = apart([wire, again, case.references["front"]])
    assert [[one.id for one in group] for group in groups] == [
        ["ketter-wire", "ketter-front"],
        ["again"],
    ]


def _counts(tally: Tally) -> tuple[int, int, int]:
    return tally.found, tally.missed, tally.spurious
