"""Case files: what loads, and one clear line for each thing that is wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from summarizer.evaluation.casefiles import load_case, load_cases, read_case, read_cases
from summarizer.evaluation.cases import CaseError, Quote
from summarizer.evaluation.coverage import coverage
from summarizer.evaluation.paraphrases import load_paraphrases, paraphrased
from summarizer.evaluation.references import reference_brief, reference_of
from summarizer.evaluation.scoring import score_brief
from tests.evaluation.samples import CASES

TEXT = (
    "Arvenia would free ten prisoners, its envoy said.\r\n\r\n"
    "The Kor Front refused foreign troops. It refused them twice.\n"
    "Talks go on in Doha on Monday.\n"
)
ITEM: dict[str, Any] = {
    "topics": ["process"],
    "speaker": None,
    "speaks_for": None,
    "basis": "narration",
    "certainty": "asserted",
}
CASE: dict[str, Any] = {
    "id": "arvenia",
    "split": "dev",
    "author": "tester",
    "documents": ["documents/arvenia.txt"],
    "date": None,
    "tags": ["genre:wire-brief", "lang:en", "conflict:arvenia", "rule:1"],
    "about_peace_talks": True,
    "not_about": None,
    "parties": [
        {
            "name": "Arvenia",
            "aliases": ["Vell"],
            "kind": "state",
            "roles": ["primary_party"],
            "people": [],
            "evidence": ["Arvenia would free"],
        },
        {
            "name": "Kor Front",
            "kind": "armed_group",
            "roles": ["primary_party"],
            "evidence": ["The Kor Front refused"],
        },
    ],
    "offers": [
        ITEM
        | {
            "statement": "Arvenia would free 10 prisoners.",
            "kind": "offer",
            "by": ["Arvenia"],
            "to": [],
            "conditions": [],
            "status": "floated",
            "evidence": ["would free ten prisoners"],
            "also": {"status": ["tabled"], "speaker": [None]},
        }
    ],
    "red_lines": [
        ITEM
        | {
            "statement": "The Kor Front will not accept foreign troops.",
            "held_by": "Kor Front",
            "kind": "refusal",
            "firmness": "categorical",
            "evidence": [{"quote": "refused", "occurrence": 2}],
            "optional": True,
        }
    ],
    "open_questions": [],
    "next_steps": [],
    "outside_voices": [],
}


def _written(folder: Path, case: dict[str, Any], text: str = TEXT, name: str = "arvenia") -> Path:
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / "arvenia.txt").write_bytes(text.encode())
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(case, allow_unicode=True), "utf-8")
    return path


def _with(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    case = copy.deepcopy(CASE)
    change(case)
    return case


def test_case_becomes_the_brief_that_is_right(tmp_path: Path) -> None:
    """Quotes become whole sentences with exact offsets, and the brief scores 1."""
    case = load_case(_written(tmp_path, CASE))
    brief = reference_brief(case)
    for citation in brief.citations():
        text = brief.sources[0].text or ""
        assert text[citation.start : citation.end] == citation.quote
    assert brief.offers[0].citations[0].quote == TEXT.split("\r")[0]
    assert brief.red_lines[0].citations[0].quote == "It refused them twice."
    reference = reference_of(case)
    assert reference.leniency("red_lines", 0).optional
    assert reference.leniency("offers", 0).also == {"status": ("tabled",), "speaker": (None,)}
    assert score_brief(reference, brief).score == 1.0


def test_document_is_read_byte_for_byte(tmp_path: Path) -> None:
    """Line ends stay as written, so offsets are those of the file."""
    case = load_case(_written(tmp_path, CASE))
    assert case.readings[0].text == TEXT


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "unknown key": (
        lambda c: c["offers"][0].update(colour="red"),
        "offers[0].colour: unknown key",
    ),
    "missing key": (lambda c: c.pop("author"), "author: missing key"),
    "wrong term": (
        lambda c: c["offers"][0].update(status="proposed"),
        "offers[0].status: Input should be 'floated'",
    ),
    "wrong split": (lambda c: c.update(split="train"), "split: Input should be 'dev' or 'test'"),
    "number for text": (
        lambda c: c["offers"][0].update(deadline=2025),
        "offers[0].deadline: should be text: put 2025 in quotes",
    ),
    "other name": (lambda c: c.update(id="other"), "id: 'other' differs from the name"),
    "no document": (
        lambda c: c.update(documents=["nowhere.txt"]),
        "documents[0]: no such document: nowhere.txt",
    ),
    "no quote": (
        lambda c: c["offers"][0].update(evidence=["would keep ten"]),
        "offers[0].evidence[0]: 'would keep ten' occurs nowhere",
    ),
    "two quotes": (
        lambda c: c["red_lines"][0].update(evidence=["refused"]),
        "red_lines[0].evidence[0]: 'refused' occurs twice: add `occurrence`",
    ),
    "third of two": (
        lambda c: c["red_lines"][0].update(evidence=[{"quote": "refused", "occurrence": 3}]),
        "red_lines[0].evidence[0]: 'refused' occurs twice, occurrence 3 is asked for",
    ),
    "no evidence": (
        lambda c: c["offers"][0].update(evidence=[]),
        "offers[0].evidence: no evidence",
    ),
    "unknown party": (
        lambda c: c["red_lines"][0].update(held_by="Ostmark"),
        "red_lines[0]: party 'Ostmark' is not among the parties",
    ),
    "unknown party in also": (
        lambda c: c["offers"][0].update(also={"by": ["Ostmark"]}),
        "offers[0].also.by: party 'Ostmark' is not among the parties",
    ),
    "unknown term in also": (
        lambda c: c["offers"][0].update(also={"kind": ["gift"]}),
        "offers[0].also.kind: 'gift' is none of the values",
    ),
    "unknown field in also": (
        lambda c: c["red_lines"][0].update(also={"status": ["agreed"]}),
        "red_lines[0].also.status: not a field",
    ),
    "list in a list in also": (
        lambda c: c["offers"][0].update(also={"by": [["Arvenia"]]}),
        "offers[0].also.by[0]",
    ),
    "empty list for a single value": (
        lambda c: c["offers"][0].update(also={"status": []}),
        "offers[0].also.status: an empty list: only a list of the item can be empty as well",
    ),
    "other conditions": (
        lambda c: c["offers"][0].update(also={"conditions": ["peace comes"]}),
        "offers[0].also.conditions: other conditions are not compared",
    ),
    "unknown figure": (
        lambda c: c["offers"][0].update(statement="Arvenia would free 12 prisoners."),
        "offers[0].statement: the figure 12 is in none of its evidence quotes",
    ),
    "alias of two": (
        lambda c: c["parties"][1].update(aliases=["VELL"]),
        "parties[1]: 'VELL' is also a name of 'Arvenia'",
    ),
    "long statement": (
        lambda c: c["offers"][0].update(statement="word " * 41),
        "offers[0].statement: 41 words, at most 40",
    ),
    "unknown tag": (lambda c: c["tags"].append("mood:grim"), "tags: unknown tag 'mood:grim'"),
    "nothing to score": (lambda c: c.update(offers=[], red_lines=[]), "nothing to score"),
    "negative with items": (
        lambda c: c.update(about_peace_talks=False, not_about="Trade."),
        "offers: a negative case lists nothing",
    ),
    "negative without subject": (
        lambda c: c.update(about_peace_talks=False),
        "not_about: a negative case says what it is about",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_one_line_with_file_and_place(name: str, tmp_path: Path) -> None:
    """Whatever is wrong: the file, the path of the item, what is the matter."""
    change, message = FAULTS[name]
    path = _written(tmp_path, _with(change))
    with pytest.raises(CaseError) as raised:
        load_case(path)
    assert raised.value.exit_status == 2
    lines = [line for line in raised.value.faults if message in line]
    assert lines, raised.value.faults
    assert all(line.startswith(f"{path}: ") and "\n" not in line for line in raised.value.faults)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id: [", "not YAML"),
        (b"id: a\nid: b\n", "the key 'id' occurs twice"),
        (b"\xff\xfe\x00", "not YAML"),
        (b"", "Input should be a valid dictionary"),
        (b"!!python/object/apply:os.getcwd []", "not YAML"),
    ],
)
def test_file_is_refused_when_it_is_no_case(content: bytes, message: str, tmp_path: Path) -> None:
    """Broken YAML, doubled keys, other encodings, emptiness and tags that run code."""
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    case, faults = read_case(path)
    assert case is None
    assert message in str(faults[0])


def test_other_cases_load_when_one_is_broken(tmp_path: Path) -> None:
    """The good cases come back beside the faults of the bad; loading all of them raises."""
    _written(tmp_path, CASE)
    (tmp_path / "broken.yaml").write_text("id: [", "utf-8")
    cases, faults = read_cases(tmp_path)
    assert [case.id for case in cases] == ["arvenia"]
    assert len(faults) == 1
    with pytest.raises(CaseError, match=r"broken\.yaml"):
        load_cases(tmp_path)


def test_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    """An empty selection is never a passed run."""
    with pytest.raises(CaseError, match="no case files"):
        load_cases(tmp_path)
    assert read_case(tmp_path / "none.yaml")[1][0].message.startswith("cannot be read")


def test_quote_is_found_by_occurrence_across_documents(tmp_path: Path) -> None:
    """Occurrences are counted through all documents of a case, overlapping ones too."""
    case = load_case(_written(tmp_path, CASE))
    assert case.find(Quote(quote="refused", occurrence=2))[1] == TEXT.rindex("refused")
    with pytest.raises(LookupError, match="nowhere"):
        case.find(Quote(quote="accepted"))


def test_coverage_names_every_gap(tmp_path: Path) -> None:
    """What the plan wants and the cases lack is listed with both numbers."""
    found = coverage([load_case(_written(tmp_path, CASE))])
    assert found.counts["conflict"] == {"arvenia": 1}
    assert "rule 1: 1 cases, at least 3 wanted" in found.gaps
    assert "rule 27: 0 cases, at least 2 wanted" in found.gaps
    assert "1 conflicts, at least 15 wanted" in found.gaps


def test_cases_of_the_project_can_be_read() -> None:
    """Whatever is under evals/cases is read without an exception."""
    cases, faults = read_cases(CASES)
    assert len(cases) > len(faults)


def test_paraphrases_replace_statements_and_conditions(tmp_path: Path) -> None:
    """A file maps a case to its items in other words."""
    path = tmp_path / "paraphrases.yaml"
    path.write_text(
        "arvenia:\n- {section: offers, index: 0, statement: Ten go free., conditions: [now]}\n"
        "- {section: red_lines, index: 0, statement: No troops.}\n",
        "utf-8",
    )
    found = load_paraphrases(path)["arvenia"]
    brief = paraphrased(reference_brief(load_case(_written(tmp_path, CASE))), found)
    assert (brief.offers[0].statement, brief.offers[0].conditions) == ("Ten go free.", ["now"])
    assert brief.red_lines[0].statement == "No troops."
    with pytest.raises(CaseError, match=r"red_lines\[0\] does not exist"):
        paraphrased(brief.model_copy(update={"red_lines": []}), found)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: [{section: parties, index: 0, statement: x}]", "a.0.section"),
        ("a: [{section: offers, index: -1, statement: x}]", "a.0.index"),
        ("a: [", "not YAML"),
    ],
)
def test_paraphrases_are_refused_when_malformed(content: str, message: str, tmp_path: Path) -> None:
    """One line per fault, with the place in the file."""
    path = tmp_path / "paraphrases.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(CaseError) as raised:
        load_paraphrases(path)
    assert message in raised.value.faults[0]
    with pytest.raises(CaseError, match="cannot be read"):
        load_paraphrases(tmp_path / "none.yaml")
