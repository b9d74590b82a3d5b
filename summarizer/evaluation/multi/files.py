"""Load and check cases of several documents: one clear line for each thing that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from summarizer.evaluation.casefiles import Fault, UniqueLoader, read_cases, schema_faults
from summarizer.evaluation.cases import Case, CaseError
from summarizer.evaluation.multi.cases import ONE_SIDED, ComparePair, ExpectedChange, MultiCase
from summarizer.vocabulary import ChangeKind

Several = TypeVar("Several", MultiCase, ComparePair)
Found = Iterator[tuple[str, str]]


def load_multi(folder: Path) -> tuple[list[MultiCase], list[ComparePair]]:
    """The cases and pairs of a folder. Raises ``CaseError`` naming everything that is wrong."""
    cases, pairs, faults = read_multi(folder)
    if faults:
        raise CaseError([str(fault) for fault in faults])
    return cases, pairs


def read_multi(folder: Path) -> tuple[list[MultiCase], list[ComparePair], list[Fault]]:
    """The cases and pairs of a folder that can be used, and what is wrong with the others."""
    if not folder.is_dir():
        return [], [], [Fault(str(folder), "", "no such folder")]
    listed, faults = read_cases(folder / "references")
    references = {case.id: case for case in listed}
    cases, bad_cases = _read(folder / "cases", MultiCase, references)
    pairs, bad_pairs = _read(folder / "pairs", ComparePair, references)
    faults += [*bad_cases, *bad_pairs]
    for case in cases:
        faults += [Fault(case.file, where, said) for where, said in _case_faults(case)]
    for pair in pairs:
        faults += [Fault(pair.file, where, said) for where, said in _pair_faults(pair)]
    bad = {fault.file for fault in faults}
    return [c for c in cases if c.file not in bad], [p for p in pairs if p.file not in bad], faults


def _read(
    folder: Path, kind: type[Several], references: dict[str, Case]
) -> tuple[list[Several], list[Fault]]:
    found: list[Several] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            one = kind.model_validate(yaml.load(path.read_bytes(), Loader=UniqueLoader))
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(str(path), "", f"cannot be read: {type(error).__name__}"))
        except yaml.YAMLError as error:
            faults.append(Fault(str(path), "", f"not YAML: {' '.join(str(error).split())}"))
        except ValidationError as error:
            faults += schema_faults(str(path), error)
        else:
            known = {name: references[id] for name, id in one.named.items() if id in references}
            found.append(one.model_copy(update={"file": str(path), "references": known}))
    return found, faults


def _case_faults(case: MultiCase) -> Found:
    yield from _common_faults(case)
    for name in [*case.set_aside, *(name for group in case.copies for name in group)]:
        if name not in case.documents:
            yield "", f"there is no document {name!r} here"
    yield from _name_faults(case)
    yield from _group_faults(case, "merged", case.merged)
    for index, expected in enumerate(case.contradictions):
        names = [name for side in expected.sides for name in side.items]
        yield from _item_faults(case, f"contradictions[{index}]", names)
    for index, history in enumerate(case.histories):
        yield from _item_faults(case, f"histories[{index}]", [history.item], "O")
        for moved in history.statuses:
            if moved.document not in case.documents:
                yield f"histories[{index}]", f"there is no document {moved.document!r} here"
    yield from _item_faults(case, "disputed", case.disputed)
    for index, collision in enumerate(case.collisions):
        yield from _item_faults(case, f"collisions[{index}].item", [collision.item], "OR")
        yield from _item_faults(case, f"collisions[{index}].red_line", [collision.red_line], "R")
    for index, convergence in enumerate(case.convergence):
        yield from _item_faults(case, f"convergence[{index}]", convergence.items)


def _name_faults(case: MultiCase) -> Found:
    known = {party.name for one in case.references.values() for party in one.parties}
    for index, names in enumerate(case.parties):
        for name in names:
            if name not in known:
                yield f"parties[{index}]", f"no reference has a party {name!r}"


def _pair_faults(pair: ComparePair) -> Found:
    yield from _common_faults(pair)
    for name in set(pair.old) & set(pair.new):
        yield "new", f"{name!r} is the name of a document on both sides"
    yield from _group_faults(pair, "merged", pair.merged)
    for index, change in enumerate(pair.changes):
        yield from _change_faults(pair, f"changes[{index}]", change)
    for index, names in enumerate(pair.unchanged):
        where = f"unchanged[{index}]"
        yield from _item_faults(pair, where, names)
        sides = {_side(pair, name) for name in names}
        if sides != {"old", "new"}:
            yield where, "wants an item of each side"
    yield from _accounted(pair)


def _change_faults(pair: ComparePair, where: str, change: ExpectedChange) -> Found:
    for side, name in (("old", change.old), ("new", change.new)):
        if name is not None:
            yield from _item_faults(pair, where, [name])
            if _side(pair, name) != side:
                yield f"{where}.{side}", f"{name} is on the other side"
    needed = [ONE_SIDED[change.kind]] if change.kind in ONE_SIDED else ["old", "new"]
    for side in needed:
        if getattr(change, side) is None:
            yield f"{where}.{side}", f"a change of kind {change.kind} names it"
    if change.kind in {ChangeKind.NEW, ChangeKind.QUESTION_OPENED} and change.old:
        yield f"{where}.old", f"a change of kind {change.kind} has no old item"
    if change.kind == ChangeKind.GONE and change.new:
        yield f"{where}.new", "a change of kind gone has no new item"


def _accounted(pair: ComparePair) -> Found:
    """Every item of both sides is in a change, or said to be unchanged."""
    named = [name for change in pair.changes for name in (change.old, change.new) if name]
    told = {*named, *(name for names in pair.unchanged for name in names)}
    for group in pair.merged:
        if told & set(group):
            told |= set(group)
    for name in pair.items_of(pair.references):
        if name not in told:
            yield "", f"{name} is in no change, and not among the unchanged: which is it?"


def _side(pair: ComparePair, name: str) -> str:
    return "old" if name.partition(".")[0] in pair.old else "new"


def _common_faults(one: MultiCase | ComparePair) -> Found:
    if one.id != Path(one.file).stem:
        yield "id", f"{one.id!r} differs from the name of the file"
    for name, id in one.named.items():
        if name not in one.references:
            yield name, f"there is no usable reference {id!r} in references/"
    for id, number in Counter(one.named.values()).items():
        if number > 1:
            yield "", f"the reference {id!r} is named twice"


def _group_faults(
    one: MultiCase | ComparePair, where: str, groups: Sequence[Sequence[str]]
) -> Found:
    """Groups of items that are one: of one section, of several documents, each item once."""
    for index, names in enumerate(groups):
        yield from _item_faults(one, f"{where}[{index}]", names)
        if len(names) < 2:
            yield f"{where}[{index}]", "one item alone is no group"
        if len({name.partition(".")[2][0] for name in names}) > 1:
            yield f"{where}[{index}]", "items of different sections are never one"
        if len({name.partition(".")[0] for name in names}) < len(names):
            yield f"{where}[{index}]", "two items of one document are never one"
    counted = Counter(name for names in groups for name in names)
    for name, number in counted.items():
        if number > 1:
            yield where, f"{name} is in two groups"


def _item_faults(
    one: MultiCase | ComparePair, where: str, names: Iterable[str], letters: str = ""
) -> Found:
    for name in names:
        try:
            one.item(name)
        except LookupError as error:
            yield where, f"{name}: {error}"
        if letters and name.partition(".")[2][0] not in letters:
            yield where, f"{name}: only {' and '.join(letters)} can stand here"
