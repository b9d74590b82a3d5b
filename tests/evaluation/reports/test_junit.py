"""JUnit XML: well formed whatever is in it, a crash an error, the gate a failure."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from summarizer.evaluation.gate import Verdict
from summarizer.evaluation.reports.junit import to_junit
from tests.evaluation.reports.runs import HOSTILE, crashed, lake_case, run_of, scored
from tests.evaluation.samples import sample, without


def _gate(xml: str) -> list[tuple[str, list[str]]]:
    suites = ET.fromstring(xml).findall("testsuite[@name='gate']/testcase")
    return [(case.get("name") or "", [child.tag for child in case]) for case in suites]


def test_one_testcase_per_case_with_repeats_together() -> None:
    """Repeats of a case are one test, and its time is theirs together."""
    case, other = lake_case(), lake_case(id="river")
    root = ET.fromstring(to_junit(run_of(scored(case), scored(other), scored(case, repeat=2))))
    tests = root.findall(".//testcase")
    assert [(test.get("name"), test.get("time")) for test in tests] == [
        ("lake", "25.000"), ("river", "12.500"),
    ]  # fmt: skip
    assert (root.get("tests"), root.get("errors"), root.get("failures")) == ("2", "0", "0")


def test_crash_is_an_error_even_in_one_repeat() -> None:
    """A case that crashed once is in error, and says how often and why."""
    case = lake_case()
    root = ET.fromstring(to_junit(run_of(scored(case), crashed(case, repeat=2))))
    error = root.find(".//testcase/error")
    assert error is not None
    assert error.get("message") == "1 of 2 outputs crashed: OutputTruncated: too long"
    assert root.get("errors") == "1"


def test_lost_points_are_in_the_output_of_the_test() -> None:
    """The CI system shows where the points went."""
    xml = to_junit(run_of(scored(lake_case(), without(sample(), "red_lines", 1))))
    told = ET.fromstring(xml).findtext(".//system-out") or ""
    assert "missing, R2 ↔ –: not in the output" in told


@pytest.mark.parametrize(("floor", "tags"), [(0.99, ["failure"]), (0.5, [])])
def test_floor_is_about_the_mean(floor: float, tags: list[str]) -> None:
    """A mean under the floor is a failure of the gate and of no single case."""
    run = run_of(scored(lake_case(), without(sample(), "red_lines", 1)))
    xml = to_junit(run, floor=floor)
    assert _gate(xml) == [("floor", tags)]
    assert not ET.fromstring(xml).findall("testsuite[@name='cases']/testcase/failure")


def test_floor_of_an_empty_run_is_not_measured() -> None:
    """Nothing scored is an error, not a pass."""
    assert _gate(to_junit(run_of(), floor=0.5)) == [("floor", ["error"])]


@pytest.mark.parametrize(("status", "tag"), [(0, "system-out"), (1, "failure"), (2, "error")])
def test_verdict_of_the_gate_is_a_test(status: int, tag: str) -> None:
    """Passed, regressed and not measured are told apart, with the gate's lines."""
    xml = to_junit(run_of(scored(lake_case())), verdict=Verdict(status, ["lake: 0.9 → 0.8", "b"]))
    assert _gate(xml) == [("baseline", [tag])]
    assert "lake: 0.9 → 0.8" in xml


def test_no_gate_without_floor_or_verdict() -> None:
    """A plain run makes no claim about a gate."""
    assert _gate(to_junit(run_of(scored(lake_case())))) == []


def test_hostile_text_is_well_formed_and_stays_text() -> None:
    """Tags, control characters, lone surrogates and non-characters make no bad XML."""
    bad = f"{HOSTILE} ]]> & \x00\x1b \ud800 \ufffe\uffff"
    xml = to_junit(
        run_of(crashed(lake_case(), error=bad), label=bad, model=bad),
        floor=0.5,
        verdict=Verdict(1, [bad]),
    )
    root = ET.fromstring(xml.encode("utf-8"))
    assert "<script>alert(1)</script>" in (root.get("name") or "")
    assert not root.findall(".//script")
