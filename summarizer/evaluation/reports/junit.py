"""A run as JUnit XML, for the test view of a CI system (pure).

One test case per case of the run: a crash is an error. What the gate refuses is a failure of
the suite ``gate``, because a floor and a baseline are about the mean, not about one case.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import groupby

from summarizer.evaluation.gate import NOT_MEASURED, PASSED, Verdict
from summarizer.evaluation.reports.alignedrows import explanations
from summarizer.evaluation.reports.overview import between, figure
from summarizer.evaluation.runs import Outcome, Run
from summarizer.rendering.escaping import clean

#: What XML 1.0 cannot hold even as a character reference, beside what ``clean`` takes out.
_NOT_XML = re.compile("[\ufffe\uffff]")


def to_junit(run: Run, floor: float | None = None, verdict: Verdict | None = None) -> str:
    """The run as a ``testsuites`` document; ``floor`` is the least mean brief score allowed.

    ``verdict`` is what the gate says of the run, if it was asked.
    """
    root = ET.Element("testsuites", name=_xml(run.label))
    cases = ET.SubElement(root, "testsuite", name="cases", timestamp=run.created.isoformat())
    properties = ET.SubElement(cases, "properties")
    for name in ("model", "strategy", "prompt_version", "scorer_version", "similarity"):
        ET.SubElement(properties, "property", name=name, value=_xml(str(getattr(run, name))))
    ordered = sorted(run.outcomes, key=lambda outcome: (outcome.case_id, outcome.repeat))
    for case_id, outcomes in groupby(ordered, key=lambda outcome: outcome.case_id):
        _case(cases, case_id, list(outcomes))
    if floor is not None or verdict is not None:
        _gate(ET.SubElement(root, "testsuite", name="gate"), run, floor, verdict)
    for element in (*root, root):
        _count(element)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _case(suite: ET.Element, case_id: str, outcomes: Sequence[Outcome]) -> None:
    seconds = f"{sum(outcome.seconds for outcome in outcomes):.3f}"
    test = ET.SubElement(
        suite, "testcase", classname="summarizer.eval", name=_xml(case_id), time=seconds
    )
    crashed = [outcome for outcome in outcomes if outcome.error is not None]
    if crashed:
        what = f"{len(crashed)} of {len(outcomes)} outputs crashed: {crashed[0].error}"
        error = ET.SubElement(test, "error", message=_xml(what), type="crash")
        error.text = "\n".join(_xml(f"repeat {o.repeat}: {o.error}") for o in crashed)
    lines = (line for outcome in outcomes for line in _told(outcome))
    ET.SubElement(test, "system-out").text = "\n".join(map(_xml, lines))


def _told(outcome: Outcome) -> list[str]:
    """The score of an outcome and where its points went."""
    found = [finding for finding in explanations(outcome) if finding.points > 0]
    head = f"repeat {outcome.repeat}: score {figure(outcome.score.score)}"
    return [head, *(f"{f.lost} {f.word}, {f.place}: {f.text}" for f in found)]


def _gate(suite: ET.Element, run: Run, floor: float | None, verdict: Verdict | None) -> None:
    if floor is not None:
        test = ET.SubElement(suite, "testcase", classname="summarizer.eval.gate", name="floor")
        mean = run.mean()
        if mean is None:
            ET.SubElement(test, "error", message="no case was scored", type="not measured")
        elif mean.mean < floor:
            message = f"mean {figure(mean.mean)} ({between(mean)}) is under the floor {floor:g}"
            ET.SubElement(test, "failure", message=message, type="floor")
    if verdict is not None:
        _verdict(
            ET.SubElement(suite, "testcase", classname="summarizer.eval.gate", name="baseline"),
            verdict,
        )


def _verdict(test: ET.Element, verdict: Verdict) -> None:
    told = "\n".join(map(_xml, verdict.lines))
    if verdict.status == PASSED:
        ET.SubElement(test, "system-out").text = told
        return
    kind = ("error", "not measured") if verdict.status == NOT_MEASURED else ("failure", "regressed")
    first = _xml(verdict.lines[0]) if verdict.lines else kind[1]
    ET.SubElement(test, kind[0], message=first, type=kind[1]).text = told


def _count(suite: ET.Element) -> None:
    """The totals that readers of JUnit expect as attributes."""
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        suite.set(name, str(len(list(suite.iter(tag)))))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", clean(text))
