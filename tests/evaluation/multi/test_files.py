"""Cases of several documents: what loads, and one clear line for each thing that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from summarizer.evaluation.cases import CaseError
from summarizer.evaluation.multi.files import load_multi, read_multi

MULTI = Path(__file__).parents[3] / "evals" / "multi"
EXAMPLE = "ketter"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example, with its documents where the references say they are."""
    home = tmp_path / "evals" / "multi"
    for kind in ("cases", "pairs", "references", "documents"):
        (home / kind).mkdir(parents=True)
        for path in (MULTI / kind).glob(f"{EXAMPLE}-*"):
            shutil.copy(path, home / kind)
    return home


def _changed(folder: Path, name: str, change: Change) -> list[str]:
    path = folder / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return [str(fault) for fault in read_multi(folder)[2]]


def test_every_case_and_pair_of_the_project_loads() -> None:
    """No fault in what is shipped, and the example that the README explains is there."""
    cases, pairs = load_multi(MULTI)
    assert f"{EXAMPLE}-may" in [case.id for case in cases]
    assert f"{EXAMPLE}-may-june" in [pair.id for pair in pairs]


def test_an_item_is_found_by_its_name() -> None:
    """``front.R2`` is the second red line of the document called front."""
    case = next(case for case in load_multi(MULTI)[0] if case.id == "ketter-may")
    assert case.item("front.R2").statement == "Ardania's army will not leave the Soren Pass."
    with pytest.raises(LookupError, match="front has 2 red_lines"):
        case.item("front.R3")


CASE_FAULTS: list[tuple[Change, str]] = [
    (lambda c: c.update(id="other"), "id: 'other' differs from the name of the file"),
    (lambda c: c.update(author=1), "author: should be text: put 1 in quotes"),
    (lambda c: c["documents"].update(wire="none"), "wire: there is no usable reference 'none'"),
    (lambda c: c["documents"].update(again="ketter-wire"), "'ketter-wire' is named twice"),
    (lambda c: c.update(set_aside=["x"]), "there is no document 'x' here"),
    (lambda c: c.update(parties=[["Arda"]]), "parties[0]: no reference has a party 'Arda'"),
    (lambda c: c["merged"].append(["wire.O1", "front.R1"]), "of different sections are never one"),
    (lambda c: c["merged"].append(["wire.O1", "wire.O2"]), "two items of one document"),
    (lambda c: c["merged"].append(["wire.O1", "front.O1"]), "merged: wire.O1 is in two groups"),
    (lambda c: c["disputed"].append("wire.O9"), "disputed: wire.O9: wire has 2 offers"),
    (
        lambda c: c["collisions"].append({"item": "wire.O1", "red_line": "wire.O2"}),
        "collisions[1].red_line: wire.O2: only R can stand here",
    ),
    (lambda c: c["disputed"].append("O1"), "disputed[0]: String should match pattern"),
]


@pytest.mark.parametrize(("change", "said"), CASE_FAULTS)
def test_fault_of_a_case_is_named(folder: Path, change: Change, said: str) -> None:
    """Each with the file and the place in it."""
    faults = _changed(folder, "cases/ketter-may.yaml", change)
    assert any(said in fault and "cases/ketter-may.yaml: " in fault for fault in faults), faults


PAIR_FAULTS: list[tuple[Change, str]] = [
    (lambda p: p["changes"].pop(), "may.N1 is in no change, and not among the unchanged"),
    (lambda p: p["changes"][0].pop("old"), "changes[0].old: a change of kind number_changed names"),
    (lambda p: p["changes"][4].update(old="may.O1"), "a change of kind new has no old item"),
    (lambda p: p["changes"][5].update(new="june.O1"), "a change of kind gone has no new item"),
    (lambda p: p["changes"][0].update(old="june.O2"), "june.O2 is on the other side"),
    (lambda p: p["unchanged"].append(["may.O1", "may.O2"]), "wants an item of each side"),
    (lambda p: p["new"].update(may="ketter-front"), "'may' is the name of a document on both"),
]


@pytest.mark.parametrize(("change", "said"), PAIR_FAULTS)
def test_fault_of_a_pair_is_named(folder: Path, change: Change, said: str) -> None:
    """Nothing that changed, or did not, is left out in silence."""
    faults = _changed(folder, "pairs/ketter-may-june.yaml", change)
    assert any(said in fault and "pairs/ketter-may-june.yaml: " in fault for fault in faults)


def test_fault_of_a_reference_is_a_fault_of_the_folder(folder: Path) -> None:
    """A quote that does not occur; the cases that need the reference are named as well."""
    path = folder / "references" / "ketter-front.yaml"
    path.write_text(path.read_text("utf-8").replace("They offered 25", "They offered 26"), "utf-8")
    with pytest.raises(CaseError) as error:
        load_multi(folder)
    assert any("occurs nowhere" in fault for fault in error.value.faults)
    assert any("no usable reference 'ketter-front'" in fault for fault in error.value.faults)


def test_broken_yaml_is_one_line(folder: Path) -> None:
    """And the other cases are still read."""
    (folder / "cases" / "broken.yaml").write_text("id: [", encoding="utf-8")
    cases, _, faults = read_multi(folder)
    assert [case.id for case in cases] == ["ketter-may"]
    assert len(faults) == 1
    assert "not YAML" in faults[0].message


def test_missing_folder_is_a_fault(tmp_path: Path) -> None:
    """Not an empty set of cases."""
    assert [str(fault) for fault in read_multi(tmp_path / "x")[2]] == [
        f"{tmp_path / 'x'}: no such folder"
    ]
