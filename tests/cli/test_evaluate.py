"""``summarizer eval``: each command on a few short cases, and one clear line for bad input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from summarizer.evaluation.oracle import oracle_answer
from summarizer.evaluation.results import SCORER_VERSION
from summarizer.evaluation.runs import Run, load_run, save_run
from summarizer.testing import ModelServer, answer
from tests.cli.terminal import Run as Ended
from tests.cli.terminal import Terminal
from tests.evaluation.multi.test_files import MULTI
from tests.evaluation.small import (
    FOOTBALL,
    IDS,
    POST,
    PRISONERS,
    ROME,
    cases,
    copied,
    knowing,
    oracle_run,
)

NOWHERE = "http://127.0.0.1:9/v1"


@pytest.fixture
def evals(tmp_path: Path) -> Path:
    """A folder ``evals`` with four cases, where the program runs."""
    return copied(tmp_path)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """The oracle's run, stored."""
    path = tmp_path / "oracle.json"
    save_run(oracle_run(), path)
    return path


def changed(path: Path, **update: object) -> Path:
    """The oracle's run with something changed, stored."""
    save_run(oracle_run().model_copy(update=update), path)
    return path


def worse(path: Path, *ids: str, score: float = 0.0) -> Path:
    """The oracle's run with this score for these cases."""
    outcomes = [
        one.model_copy(update={"score": one.score.model_copy(update={"score": score})})
        if one.case_id in ids
        else one
        for one in oracle_run().outcomes
    ]
    return changed(path, outcomes=outcomes, label="worse")


def answers(folder: Path, *ids: str) -> Path:
    """Answers obtained elsewhere for these cases."""
    folder.mkdir()
    for case in cases(*ids):
        (folder / f"{case.id}.json").write_text(oracle_answer(case), encoding="utf-8")
    return folder


def check_refusal(ended: Ended, *said: str) -> None:
    """Could not measure: exit 2 and one line that says why, nothing on standard output."""
    assert ended.status == 2, ended.err
    assert ended.out == ""
    assert ended.err.startswith("summarizer: ")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    for words in said:
        assert words in ended.err


def test_oracle_run_prints_the_panel(summarizer: Terminal, evals: Path) -> None:
    """Every section with its mean; nothing on standard error, no line over 100 columns."""
    ended = summarizer("eval", "run", "--oracle", "--split", "dev", "-o", "run.json")
    assert (ended.status, ended.err) == (0, "")
    assert max(map(len, ended.out.splitlines())) <= 100
    assert load_run(Path("run.json")).scores == dict.fromkeys(sorted(IDS), 1.0)


def test_answers_are_scored_and_every_report_is_written(
    summarizer: Terminal, evals: Path, tmp_path: Path
) -> None:
    """JSON, HTML and JUnit XML by the ending; a case without an answer is a zero in each."""
    folder = answers(tmp_path / "answers", POST, ROME, FOOTBALL)
    ended = summarizer("eval", "run", "--answers", folder, "--label", "by hand", "--note", "try",
                       "-o", "a.json", "-o", "a.html", "-o", "a.xml")  # fmt: skip
    assert (ended.status, ended.err) == (0, "")
    run = load_run(Path("a.json"))
    assert (run.label, run.note, run.model) == ("by hand", "try", "answers obtained elsewhere")
    assert run.scores == {POST: 1.0, ROME: 1.0, FOOTBALL: 1.0, PRISONERS: 0.0}
    page = Path("a.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert all(case_id in page for case_id in IDS)
    suite = ElementTree.fromstring(Path("a.xml").read_text(encoding="utf-8"))
    assert len(list(suite.iter("testcase"))) == 4


def test_selection_is_by_split_and_tags(summarizer: Terminal, evals: Path) -> None:
    """Cases with all of the tags, and no others."""
    ended = summarizer("eval", "run", "--oracle", "--tags", "lang:en, negative", "-o", "a.json")
    assert ended.status == 0
    assert list(load_run(Path("a.json")).scores) == [FOOTBALL]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--oracle", "--split", "test"], "no case is selected: look at --split and --tags"),
        (["--oracle", "--tags", "lang:xx"], "no case is selected"),
        (["--oracle", "--split", "train"], "--split is dev or test, not 'train'"),
        (["--oracle", "--replay"], "give one of --record, --replay"),
        (["--baseline", "best"], "unknown baseline 'best': 'empty brief' or"),
        (["--replay", "--model", "embedded"], "there are no recordings in evals/recordings"),
        (["--answers", "none"], "none is not a folder of CASE.json files"),
        (["--briefs", "evals"], "evals holds no output for any of the selected cases"),
        (["--oracle", "--evals", "none"], "none/cases: no case files (*.yaml) here"),
        (["--oracle", "-o", "run.csv"], "run.csv ends in none of .json, .html and .xml"),
        (["--oracle", "-o", "none/run.json"], "there is no folder"),
        (["--oracle", "--param", "messages=1"], "messages"),
        (["--model", "nonsense/x"], "unknown model"),
    ],
)
def test_bad_option_is_one_line(
    options: list[str], said: str, summarizer: Terminal, evals: Path
) -> None:
    """Nothing runs, nothing is written."""
    check_refusal(summarizer("eval", "run", *options), said)
    assert not list(Path().glob("run*"))


def test_answer_for_an_unknown_case_is_one_line(
    summarizer: Terminal, evals: Path, tmp_path: Path
) -> None:
    """A misspelt file name is not a missing answer."""
    folder = answers(tmp_path / "answers", POST)
    (folder / f"{ROME}-2.json").write_text("{}")
    check_refusal(summarizer("eval", "run", "--answers", folder), "unknown case", f"{ROME}-2")


def test_baseline_runs_without_a_model(summarizer: Terminal, evals: Path) -> None:
    """And scores next to nothing."""
    ended = summarizer("eval", "run", "--baseline", "every quote an offer", "-o", "a.json")
    assert ended.status == 0
    mean = load_run(Path("a.json")).mean()
    assert mean is not None
    assert mean.mean < 0.1


def broken(evals: Path) -> None:
    """A quote that does not occur, in one case."""
    path = evals / "cases" / f"{POST}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("says it’ll renew export", "says \\e[31mnever", 1), "utf-8")


def test_broken_case_is_named_and_the_others_run(summarizer: Terminal, evals: Path) -> None:
    """One line on standard error for it, without control characters."""
    broken(evals)
    ended = summarizer("eval", "run", "--oracle", "-o", "a.json")
    assert ended.status == 0
    assert ended.err.startswith(f"summarizer: left out: evals/cases/{POST}.yaml: ")
    assert ended.err.count("\n") == 1
    assert "\x1b" not in ended.err
    assert list(load_run(Path("a.json")).scores) == sorted(set(IDS) - {POST})


def test_case_without_its_document_is_named_and_the_others_run(
    summarizer: Terminal, evals: Path
) -> None:
    """The document is named."""
    (evals / "documents" / f"{POST}.txt").unlink()
    ended = summarizer("eval", "run", "--oracle", "-o", "a.json")
    assert ended.status == 0
    assert f"no such document: evals/documents/{POST}.txt" in ended.err
    assert ended.err.count("\n") == 1
    assert len(load_run(Path("a.json")).scores) == 3


def test_check_names_every_fault(summarizer: Terminal, evals: Path) -> None:
    """Exit 2; a line for each fault and gap, and how many there are."""
    broken(evals)
    with (evals / "cases" / f"{ROME}.yaml").open("a", encoding="utf-8") as file:
        file.write("nonsense: 1\n")
    ended = summarizer("eval", "check")
    assert ended.status == 2
    assert f"summarizer: evals/cases/{ROME}.yaml: nonsense: unknown key\n" in ended.err
    assert f"summarizer: evals/cases/{POST}.yaml: " in ended.err
    assert "2 cases, 2 faults" in ended.out
    assert all(line.startswith("summarizer: ") for line in ended.err.splitlines())


def test_recorded_replayed_and_gated(summarizer: Terminal, evals: Path) -> None:
    """The whole way of ``make eval``; a changed parameter is stale, and could not be measured."""
    with ModelServer(knowing(cases())) as server:
        at = ["--model", "m", "--base-url", server.base_url]
        recorded = summarizer("eval", "run", *at, "--record", "-o", "snapshot.json")
        asked = len(server.requests)
    assert recorded.status == 0
    assert len(list((evals / "recordings").glob("*.json"))) == asked == 4
    replay = ["eval", "run", "--model", "m", "--base-url", NOWHERE, "--replay"]
    assert summarizer(*replay, "-o", "a.json").status == 0
    gate = summarizer("eval", "gate", "a.json", "--against", "snapshot.json")
    assert (gate.status, gate.err) == (0, "")
    assert gate.out == "4 of 4 cases as in the snapshot, mean 1.000\ngate: passed\n"
    stale = summarizer(*replay, "--param", "temperature=0.5", "-o", "b.json")
    assert stale.status == 2
    assert stale.err.count("\n") == 1
    assert "requests had no usable recording" in stale.err
    assert "--record" in stale.err
    assert summarizer("eval", "gate", "b.json", "--against", "snapshot.json").status == 1


def test_live_run_resumes_and_is_bound_to_its_server(summarizer: Terminal, evals: Path) -> None:
    """What was answered is not asked again; the same name at another address is another model."""
    with ModelServer(knowing(cases())) as server, ModelServer(knowing(cases())) as other:
        at = ["eval", "run", "--model", "m", "--base-url"]
        first = summarizer(*at, server.base_url, "--tags", "negative", "-o", "a.json")
        asked = len(server.requests)
        again = summarizer(*at, server.base_url, "-o", "b.json")
        assert (first.status, again.status) == (0, 0)
        assert asked >= 1
        questions = [r for r in server.requests[asked:] if r.source]
        assert len(questions) == 3
        summarizer(*at, other.base_url, "--tags", "negative")
        assert other.requests
    assert load_run(Path("b.json")).scores == dict.fromkeys(sorted(IDS), 1.0)


def test_gate_fails_a_worse_run(summarizer: Terminal, stored: Path, tmp_path: Path) -> None:
    """Exit 1, by replay and live, under the floor, and for a case that must pass."""
    bad = worse(tmp_path / "bad.json", *IDS)
    replayed = summarizer("eval", "gate", bad, "--against", stored)
    assert (replayed.status, replayed.err) == (1, "")
    assert replayed.out.endswith("gate: REGRESSED\n")
    assert summarizer("eval", "gate", bad, "--against", stored, "--live").status == 1
    live: list[str | Path] = ["eval", "gate", stored, "--against", stored, "--live"]
    assert summarizer(*live, "--floor", "0.9", "--must-pass", f"{POST}, {ROME}").status == 0
    assert summarizer("eval", "gate", bad, "--against", bad, "--live", "--floor", "0.1").status == 1
    unknown = summarizer(*live, "--must-pass", "moldva")
    assert unknown.status == 2
    assert unknown.out.endswith("gate: could not measure\n")


def test_gate_is_not_measured_when_a_case_is_missing(
    summarizer: Terminal, stored: Path, tmp_path: Path
) -> None:
    """Exit 2, and which."""
    fewer = changed(tmp_path / "fewer.json", outcomes=oracle_run().outcomes[:3])
    ended = summarizer("eval", "gate", fewer, "--against", stored)
    assert ended.status == 2
    assert ended.out == (
        f"{FOOTBALL} is in the baseline and was not run\ngate: could not measure\n"
    )


@pytest.mark.parametrize("command", ["gate", "live gate", "compare"])
@pytest.mark.parametrize("field", ["scorer_version", "similarity"])
def test_run_of_another_scorer_is_one_line(
    command: str, field: str, summarizer: Terminal, stored: Path, tmp_path: Path
) -> None:
    """Exit 2, and what to do about it."""
    old = changed(tmp_path / "old.json", **{field: "older"})
    commands: dict[str, list[str | Path]] = {
        "gate": ["gate", stored, "--against", old],
        "live gate": ["gate", stored, "--against", old, "--live"],
        "compare": ["compare", old, stored],
    }
    check_refusal(summarizer("eval", *commands[command]), "older", "eval rescore")


def test_compare_says_what_was_broken_and_fixed(
    summarizer: Terminal, stored: Path, tmp_path: Path
) -> None:
    """Paired, with interval and the smallest difference it could have seen."""
    ended = summarizer("eval", "compare", stored, worse(tmp_path / "bad.json", POST, score=0.6))
    assert (ended.status, ended.err) == (0, "")
    first, smallest, *lines = ended.out.splitlines()
    assert first.startswith("worse − oracle: -0.100 (95 % ")
    assert first.endswith("n=4)")
    assert smallest.startswith("smallest difference this could have seen: 0.")
    assert lines == ["fixed: none", f"broken: {POST}", "only in one: none"]


def test_compare_of_runs_without_a_case_in_common_is_one_line(
    summarizer: Terminal, tmp_path: Path
) -> None:
    """There is nothing to compare."""
    one = changed(tmp_path / "a.json", outcomes=oracle_run().outcomes[:1])
    other = changed(tmp_path / "b.json", outcomes=oracle_run().outcomes[1:])
    check_refusal(summarizer("eval", "compare", one, other), "no article in common")


def test_show_prints_reference_and_output(
    summarizer: Terminal, evals: Path, stored: Path, tmp_path: Path
) -> None:
    """Side by side; a case that is unknown, or not in the run, is one line."""
    ended = summarizer("eval", "show", POST, stored)
    assert (ended.status, ended.err) == (0, "")
    assert "Transnistria" in ended.out
    check_refusal(summarizer("eval", "show", "moldva", stored), "no case 'moldva' in the cases")
    fewer = changed(tmp_path / "fewer.json", outcomes=oracle_run().outcomes[:1])
    check_refusal(summarizer("eval", "show", FOOTBALL, fewer), FOOTBALL, "fewer.json")


def test_report_prints_and_writes_a_stored_run(
    summarizer: Terminal, evals: Path, stored: Path
) -> None:
    """The same panel as when it was run, and a page of it."""
    ended = summarizer("eval", "report", stored, "-o", "page.html", "-o", "page.xml")
    assert (ended.status, ended.err) == (0, "")
    assert "oracle" in ended.out
    assert POST in Path("page.html").read_text(encoding="utf-8")
    assert ElementTree.parse("page.xml").getroot() is not None
    check_refusal(summarizer("eval", "report", stored, "-o", "page.pdf"), "page.pdf ends in none")


def test_rescoring_brings_an_old_run_up_to_date(
    summarizer: Terminal, evals: Path, tmp_path: Path
) -> None:
    """Same outputs, present scorer, present ceiling; into another file or the same."""
    old = changed(tmp_path / "old.json", scorer_version="0", ceiling=0.123)
    ended = summarizer("eval", "rescore", old, "-o", "new.json")
    assert (ended.status, ended.err) == (0, "")
    new: Run = load_run(Path("new.json"))
    assert (new.scorer_version, new.ceiling) == (SCORER_VERSION, None)
    assert new.scores == oracle_run().scores
    assert load_run(old).scorer_version == "0"
    assert summarizer("eval", "rescore", old).status == 0
    assert load_run(old) == new


def test_rescoring_an_output_of_an_unknown_case_is_one_line(
    summarizer: Terminal, evals: Path, stored: Path
) -> None:
    """The run stays as it was."""
    before = stored.read_bytes()
    (evals / "cases" / f"{POST}.yaml").unlink()
    check_refusal(summarizer("eval", "rescore", stored), f"unknown case: {POST}")
    assert stored.read_bytes() == before


@pytest.mark.parametrize(
    "command", [["report"], ["rescore"], ["gate"], ["compare"], ["show", POST]]
)
@pytest.mark.parametrize("content", [None, "", "[]", json.dumps({"outcomes": 7})])
def test_file_that_is_no_run_is_one_line(
    command: list[str], content: str | None, summarizer: Terminal, evals: Path, tmp_path: Path
) -> None:
    """Missing, empty, or something else."""
    path = tmp_path / "some.json"
    if content is not None:
        path.write_text(content)
    files = [path, path] if command == ["compare"] else [path]
    check_refusal(summarizer("eval", *command, *files), "some.json")


def test_multi_goes_on_after_a_document_without_a_brief(summarizer: Terminal, evals: Path) -> None:
    """It is named at once and at the end, its case counts as missed, and the status tells."""
    for folder in ("cases", "references", "documents"):
        (evals / "multi" / folder).mkdir(parents=True)
        for path in (MULTI / folder).glob("ketter-*"):
            shutil.copy(path, evals / "multi" / folder)
    with ModelServer(answer("no JSON at all")) as server:
        ended = summarizer(
            "eval", "multi", "--model", "m", "--base-url", server.base_url, "--strategy", "single"
        )
    assert ended.status == 1
    assert "1 cases, 0 pairs, 1 failed" in ended.out
    assert "ketter-may: wire: InvalidOutput" in ended.out
    assert "summarizer: ketter-front: InvalidOutput" in ended.err


def test_multi_oracle_prints_every_kind_and_passes(summarizer: Terminal, evals: Path) -> None:
    """Merging and comparing on the shipped cases, with answers made of the references."""
    for folder in ("cases", "pairs", "references", "documents"):
        (evals / "multi" / folder).mkdir(parents=True)
        for path in (MULTI / folder).glob("ketter-*"):
            shutil.copy(path, evals / "multi" / folder)
    ended = summarizer("eval", "multi", "--oracle", "--lines", "-o", "multi.json")
    assert (ended.status, ended.err) == (0, "")
    assert "oracle: 1 cases, 1 pairs" in ended.out
    assert "missed:" not in ended.out
    assert Path("multi.json").exists()
    check_refusal(summarizer("eval", "multi", "--oracle", "--split", "none"), "no case is selected")
