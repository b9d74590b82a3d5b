"""Damage by hand: references made worse on purpose, with how much was said before any scoring.

``evals/proof/damage.yaml`` maps a case id to variants; a variant is a list of errors, an error
a list of edits of the reference, whose statements are first put in other words (``paraphrased``).
``section`` and ``index`` always mean the item at that place of the original reference:

- ``drop``: leave the item out.
- ``set``: give its ``field`` another ``value``.
- ``add``: a new item at the end; with ``index`` it is a copy of that item, ``value`` on top.
- ``move``: to the end of the section ``to``, ``value`` on top; its own section is a reordering.

``weight`` of an error: 1 slight (topic, evidence), 2 medium (condition, status, duplicate, split,
merged, role, a party left out, filed under another heading without a change of meaning), 3 bad
(number, item dropped, hallucinated), 4 critical (polarity, holder, swap, second-hand told as
self-stated), and 0 for a harmless change, which is not counted as damage.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from summarizer.evaluation.cases import (
    Case,
    CaseOffer,
    CaseParty,
    CaseQuestion,
    CaseRedLine,
    CaseStep,
)
from summarizer.evaluation.paraphrases import Paraphrase

Item = CaseParty | CaseOffer | CaseRedLine | CaseQuestion | CaseStep
ItemSection = Literal["offers", "red_lines", "open_questions", "next_steps"]
Section = Literal["parties", "offers", "red_lines", "open_questions", "next_steps"]
Kind = Literal[
    "dropped",
    "duplicated",
    "hallucinated",
    "swapped",
    "wrong_holder",
    "polarity",
    "number",
    "status",
    "condition",
    "merged",
    "split",
    "wrong_section",
    "wrong_evidence",
    "wrong_topic",
    "self_stated",
    "role",
    "harmless",
]
MODELS: dict[Section, type[Item]] = {
    "parties": CaseParty,
    "offers": CaseOffer,
    "red_lines": CaseRedLine,
    "open_questions": CaseQuestion,
    "next_steps": CaseStep,
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Edit(_Part):
    """One operation on the reference."""

    op: Literal["drop", "set", "add", "move"]
    section: Section
    index: int | None = Field(default=None, ge=0)
    field: str | None = None
    value: Any = None
    to: Section | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = {key for key in ("index", "field", "to") if getattr(self, key) is not None}
        wanted = {"drop": {"index"}, "set": {"index", "field"}, "move": {"index", "to"}}
        if given != wanted.get(self.op, given & {"index"}):
            raise ValueError(f"{self.op} with {sorted(given)}")
        return self


class Error(_Part):
    """One independent error, or a harmless change (weight 0)."""

    kind: Kind
    weight: int = Field(ge=0, le=4)
    says: str = Field(min_length=1)
    edits: list[Edit] = Field(min_length=1)

    @model_validator(mode="after")
    def _harmless(self) -> Self:
        if (self.kind == "harmless") != (self.weight == 0):
            raise ValueError("harmless is what weighs nothing")
        return self


class Variant(_Part):
    """The reference with some errors; ``damage`` is their number, ``weight`` their sum."""

    name: str
    damage: int = Field(ge=0)
    weight: int = Field(ge=0)
    paraphrased: list[ItemSection] = ["offers", "red_lines", "open_questions", "next_steps"]
    errors: list[Error]

    @model_validator(mode="after")
    def _sums(self) -> Self:
        count, weight = sum(e.weight > 0 for e in self.errors), sum(e.weight for e in self.errors)
        if (count, weight) != (self.damage, self.weight):
            raise ValueError(f"{self.name}: {count} errors of weight {weight}")
        return self

    @property
    def what(self) -> list[str]:
        """What was done, one line for each error."""
        return [f"{error.kind}: {error.says}" for error in self.errors]

    @property
    def edits(self) -> list[Edit]:
        """The edits of all errors, in order."""
        return [edit for error in self.errors for edit in error.edits]


_File = TypeAdapter(dict[str, list[Variant]])


def load_damage(path: Path) -> dict[str, list[Variant]]:
    """Read a file of variants by case id."""
    return _File.validate_python(yaml.safe_load(path.read_text("utf-8")))


def damaged_cases(
    case: Case,
    variants: Sequence[Variant],
    paraphrases: Sequence[Paraphrase],
    *,
    by: Literal["weight", "damage"] = "weight",
) -> list[tuple[float, Case]]:
    """``(amount of damage, damaged reference)`` of each variant, in order."""
    return [
        (float(getattr(variant, by)), damaged_case(case, variant, paraphrases))
        for variant in variants
    ]


def damaged_case(case: Case, variant: Variant, paraphrases: Sequence[Paraphrase]) -> Case:
    """One damaged reference. Raises ``ValueError`` for an edit that changes nothing."""
    wanted = [one for one in paraphrases if one.section in variant.paraphrased]
    return damage(reworded(case, wanted), variant.edits)


def reworded(case: Case, paraphrases: Sequence[Paraphrase]) -> Case:
    """The reference in other words."""
    edits = []
    for one in paraphrases:
        key = "question" if one.section == "open_questions" else "statement"
        place: dict[str, Any] = {"op": "set", "section": one.section, "index": one.index}
        edits.append(Edit(**place, field=key, value=one.statement))
        if one.conditions is not None:
            edits.append(Edit(**place, field="conditions", value=one.conditions))
    return damage(case, edits)


def damage(case: Case, edits: Sequence[Edit]) -> Case:
    """The reference after the edits. Raises ``ValueError`` for one that changes nothing."""
    kept: dict[Section, list[Item | None]] = {key: list(getattr(case, key)) for key in MODELS}
    added: dict[Section, list[Item]] = {key: [] for key in MODELS}
    for edit in edits:
        if edit.op == "add":
            base = None if edit.index is None else getattr(case, edit.section)[edit.index]
            added[edit.section].append(_made(edit.section, base, edit.value))
            continue
        assert edit.index is not None
        item = kept[edit.section][edit.index]
        if item is None:
            raise ValueError(f"{edit}: the item is gone")
        kept[edit.section][edit.index] = _set(item, edit) if edit.op == "set" else None
        if edit.to is not None:
            if edit.to == edit.section and edit.index == len(kept[edit.section]) - 1:
                raise ValueError(f"{edit}: it is the last already")
            added[edit.to].append(_made(edit.to, item, edit.value))
    update: dict[str, Any] = {
        key: [one for one in kept[key] if one is not None] + added[key] for key in MODELS
    }
    return case.model_copy(update=update)


def _set(item: Item, edit: Edit) -> Item:
    if edit.field not in type(item).model_fields:
        raise ValueError(f"{edit}: no such field")
    changed = type(item).model_validate(item.model_dump() | {edit.field: edit.value})
    if changed == item:
        raise ValueError(f"{edit}: changes nothing")
    return changed


def _made(section: Section, base: Item | None, value: Any) -> Item:
    """A new item: a copy of ``base``, as far as the section has its fields, ``value`` on top."""
    model, data = MODELS[section], dict[str, Any]()
    if base is not None:
        held = base.model_dump()
        if type(base) is not model and not isinstance(base, CaseParty):
            held = {**held, "optional": False, "also": {}, "statement": base.statement}
            held["question"] = base.statement
        data = {key: held[key] for key in model.model_fields if key in held}
    return model.model_validate(data | (value or {}))
