"""Damage and paraphrases by hand: every edit changes what it says, every variant is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from summarizer.evaluation.casefiles import load_case
from summarizer.evaluation.cases import Case
from summarizer.evaluation.damage import (
    MODELS,
    Edit,
    Error,
    ItemSection,
    Kind,
    Variant,
    damage,
    damaged_case,
    damaged_cases,
    load_damage,
    reworded,
)
from summarizer.evaluation.paraphrases import load_paraphrases
from tests.evaluation.samples import CASES, PARAPHRASES

PROOF = CASES.parent / "proof"
VARIANTS = load_damage(PROOF / "damage.yaml")
REWORDINGS = load_paraphrases(PROOF / "paraphrases.yaml")
LOADED = {name: load_case(CASES / f"{name}.yaml") for name in VARIANTS}
ITEMS: tuple[ItemSection, ...] = get_args(ItemSection)
ALL = [
    pytest.param(name, variant, id=f"{name}-{variant.name}")
    for name, variants in VARIANTS.items()
    for variant in variants
]
EVERY_CASE = pytest.mark.parametrize("name", VARIANTS)
EVERY_VARIANT = pytest.mark.parametrize(("name", "variant"), ALL)


def start(name: str, variant: Variant) -> Case:
    return reworded(
        LOADED[name], [one for one in REWORDINGS[name] if one.section in variant.paraphrased]
    )


def harmless(error: Error) -> bool:
    return error.weight == 0


def item(case: Case, edit: Edit) -> Any:
    return getattr(case, edit.section)[edit.index]


def allowed(case: Case, edit: Edit) -> bool:
    """Whether the reference itself names the value as one that is as right."""
    also = item(case, edit).also.get(edit.field, [])
    values = edit.value if isinstance(edit.value, list) else [edit.value]
    return edit.value in also or (bool(values) and all(value in also for value in values))


@EVERY_VARIANT
def test_every_edit_changes_the_brief(name: str, variant: Variant) -> None:
    before = start(name, variant)
    for number in range(len(variant.edits)):
        after = damage(start(name, variant), variant.edits[: number + 1])
        assert after.model_dump() != before.model_dump(), variant.edits[number]
        before = after
    assert before == damaged_case(LOADED[name], variant, REWORDINGS[name])


@EVERY_VARIANT
def test_every_edit_changes_the_field_or_the_list_that_it_names(
    name: str, variant: Variant
) -> None:
    original = LOADED[name]
    for edit in variant.edits:
        done = damage(original, [edit])
        sizes = {key: len(getattr(done, key)) - len(getattr(original, key)) for key in MODELS}
        wanted = dict.fromkeys(MODELS, 0)
        wanted[edit.section] -= edit.op in ("drop", "move")
        wanted[edit.to or edit.section] += edit.op in ("add", "move")
        assert sizes == wanted
        if edit.op == "set":
            old, new = item(original, edit).model_dump(), item(done, edit).model_dump()
            assert {key for key in old if old[key] != new[key]} == {edit.field}


@EVERY_VARIANT
def test_a_damaged_reference_is_valid(name: str, variant: Variant) -> None:
    case = damaged_case(LOADED[name], variant, REWORDINGS[name])
    assert Case.model_validate(case.model_dump()).model_dump() == case.model_dump()
    parties = {party.name for party in case.parties}
    for section in ("parties", *ITEMS):
        for one in getattr(case, section):
            assert case.cite(one.evidence), one
            if section != "parties":
                assert set(one.parties_named) <= parties
                assert len(one.statement.split()) <= 40, one.statement
    for offer in case.offers:
        for response in offer.responses:
            assert case.cite(response.evidence)


@EVERY_VARIANT
def test_only_what_the_reference_lets_pass_is_harmless(name: str, variant: Variant) -> None:
    case = LOADED[name]
    for error in variant.errors:
        passed = [
            (edit.op == "drop" and item(case, edit).optional)
            or (edit.op == "move" and edit.to == edit.section)
            or (edit.op == "set" and allowed(case, edit))
            for edit in error.edits
        ]
        if harmless(error):
            assert all(passed), error.says
        else:
            assert not any(passed), error.says
            assert not any(edit.op == "set" and item(case, edit).optional for edit in error.edits)


@EVERY_VARIANT
def test_no_two_errors_touch_the_same_field(name: str, variant: Variant) -> None:
    touched = [
        {(edit.section, edit.index, edit.field) for edit in error.edits if edit.index is not None}
        for error in variant.errors
    ]
    assert sum(map(len, touched)) == len(set[Any]().union(*touched))
    assert name in LOADED


@EVERY_CASE
def test_wrong_evidence_lies_elsewhere(name: str) -> None:
    case = LOADED[name]
    errors = [error for one in VARIANTS[name] for error in one.errors]
    for edit in (edit for one in errors if one.kind == "wrong_evidence" for edit in one.edits):
        cited = {(c.start, c.end) for c in case.cite(item(case, edit).evidence)}
        wrong = {(c.start, c.end) for c in case.cite(item(damage(case, [edit]), edit).evidence)}
        assert not cited & wrong, edit


def amounts(name: str) -> Iterator[tuple[int, int]]:
    return ((one.damage, one.weight) for one in VARIANTS[name])


@EVERY_CASE
def test_the_series_is_long_and_reaches_from_nothing_to_ruin(name: str) -> None:
    counts, weights = zip(*amounts(name), strict=True)
    assert len(counts) >= 12
    assert set(range(6)) <= set(counts)
    assert max(counts) >= 10
    assert min(weights) == 0
    assert max(weights) >= 30


def test_all_kinds_of_error_occur() -> None:
    kinds = {error.kind for many in VARIANTS.values() for one in many for error in one.errors}
    assert kinds == set(get_args(Kind))


@EVERY_CASE
def test_variants_come_with_their_amount(name: str) -> None:
    args = LOADED[name], VARIANTS[name], REWORDINGS[name]
    assert [amount for amount, _ in damaged_cases(*args)] == [w for _, w in amounts(name)]
    assert [n for n, _ in damaged_cases(*args, by="damage")] == [n for n, _ in amounts(name)]


@EVERY_CASE
def test_every_item_is_paraphrased_once_in_words_of_its_own(name: str) -> None:
    case, rewordings = LOADED[name], REWORDINGS[name]
    places = [(section, index) for section in ITEMS for index in range(len(getattr(case, section)))]
    assert [(one.section, one.index) for one in rewordings] == places
    others = {one.statement for one in load_paraphrases(PARAPHRASES).get(name, [])}
    for one in rewordings:
        held = getattr(case, one.section)[one.index]
        assert one.statement not in others | {held.statement}
        assert re.findall(r"\d+", one.statement) == re.findall(r"\d+", held.statement)
        assert re.findall("“.*?”", one.statement) == re.findall("“.*?”", held.statement)
        assert len(one.conditions or []) == len(getattr(held, "conditions", []))


@pytest.mark.parametrize(
    "edit",
    [
        Edit(op="set", section="offers", index=0, field="status", value="agreed"),
        Edit(op="set", section="offers", index=0, field="colour", value="red"),
        Edit(op="move", section="next_steps", index=0, to="next_steps"),
    ],
)
def test_an_edit_that_changes_nothing_is_refused(edit: Edit) -> None:
    with pytest.raises(ValueError, match=r"changes nothing|no such field|the last already"):
        damage(LOADED["sudan-jeddah-2023"], [edit])


def test_an_item_that_is_gone_cannot_be_edited() -> None:
    drop = Edit(op="drop", section="offers", index=0)
    with pytest.raises(ValueError, match="gone"):
        damage(LOADED["sudan-jeddah-2023"], [drop, drop])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x", "damage": 1, "weight": 0, "errors": []},
        {"name": "x", "damage": 0, "weight": 2, "errors": []},
    ],
)
def test_a_sum_that_does_not_hold_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="errors of weight"):
        Variant.model_validate(wrong)
