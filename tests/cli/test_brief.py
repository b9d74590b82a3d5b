"""summarizer brief: what is printed, and where."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer.testing import FAULTS, ModelServer, answer, status
from summarizer.testing.request import Request
from tests.cli.terminal import Terminal, at, command, spawn
from tests.runs import GOOD, KEY, TEXT
from tests.testing import samples


def test_brief_alone_is_on_standard_output(summarizer: Terminal, document: Path) -> None:
    """Markdown on stdout, nothing on stderr when that is no terminal."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url))
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("# Norland and the Sud Front")
    assert run.out.endswith("\n")


def test_json_is_json_with_exact_quotes(summarizer: Terminal, document: Path) -> None:
    """stdout can be piped into any program that reads JSON."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url), "--format", "json")
    brief = json.loads(run.out)
    text = brief["sources"][0]["text"]
    cited = brief["offers"][0]["citations"][0]
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert brief["provenance"]["model"] == "scripted"
    assert KEY not in run.out


def test_text_can_be_left_out_of_the_json(summarizer: Terminal, document: Path) -> None:
    """``--no-text`` for documents that must not be copied."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url), "--format", "json", "--no-text")
    assert json.loads(run.out)["sources"][0].get("text") is None


@pytest.mark.parametrize(("name", "start"), [("b.json", "{"), ("b.md", "#"), ("b", "#")])
def test_ending_of_the_output_chooses_the_format(
    name: str, start: str, summarizer: Terminal, document: Path, tmp_path: Path
) -> None:
    """``-o`` writes the whole file and prints nothing."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url), "-o", name)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["talks.txt", name])


def test_answer_from_elsewhere_needs_no_model(summarizer: Terminal, document: Path) -> None:
    """No server, no key: everything after the model."""
    document.with_name("a.json").write_text(GOOD, encoding="utf-8")
    run = summarizer("brief", document, "--answer", "a.json")
    assert (run.status, run.err) == (0, "")
    assert "200 prisoners" in run.out


def test_standard_input_is_a_document(
    summarizer: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``-`` reads the text from a pipe."""
    stdin = io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", "-", *at(server.base_url), "--title", "Given", "--format", "json")
    assert json.loads(run.out)["sources"][0]["title"] == "Given"


def test_document_that_is_not_about_peace_talks_says_so(
    summarizer: Terminal, tmp_path: Path
) -> None:
    """A brief all the same, with status 0, that says what the document is about."""
    (tmp_path / "strike.txt").write_text(samples.OTHER_TEXT)
    with ModelServer(answer(samples.NEGATIVE)) as server:
        run = summarizer("brief", "strike.txt", *at(server.base_url), "--strict")
    assert run.status == 0
    assert "A strike of dockers" in run.out


def test_strict_fails_after_printing_when_something_was_lost(
    summarizer: Terminal, document: Path
) -> None:
    """The brief is there, and so is status 6 with the first loss."""
    with FAULTS["unknown_enum"].serve(GOOD) as stage:
        options = [*at(stage.base_url), "--max-reasks", "0"]
        strict = summarizer("brief", document, *options, "--strict")
        lenient = summarizer("brief", document, *options)
    assert (strict.status, lenient.status) == (6, 0)
    assert strict.out.startswith("# ")
    assert strict.err.startswith("summarizer: --strict: ")
    assert strict.err.count("\n") == 1


def test_strict_is_content_when_nothing_was_lost(summarizer: Terminal, document: Path) -> None:
    """Status 0 for a brief that is all there."""
    with ModelServer(answer(GOOD)) as server:
        assert summarizer("brief", document, *at(server.base_url), "--strict").status == 0


def test_options_reach_the_wire(summarizer: Terminal, document: Path) -> None:
    """``--param`` and ``--max-output-tokens`` as they are."""
    with ModelServer(answer(GOOD)) as server:
        summarizer(
            "brief", document, *at(server.base_url), "--param", "seed=7", "--param",
            "reasoning_effort=low", "--max-output-tokens", "99",
        )  # fmt: skip
        payload = server.requests[0].payload
    assert (payload["seed"], payload["reasoning_effort"], payload["max_tokens"]) == (7, "low", 99)


def test_selection_is_announced_unless_quiet(summarizer: Terminal, document: Path) -> None:
    """Without key and model one line says what is used and how to use another."""
    loud, quiet = summarizer("brief", document), summarizer("brief", document, "--quiet")
    assert (loud.status, quiet.status) == (0, 0)
    first = loud.err.splitlines()[0]
    assert "no key and no model given: sentences are selected" in first
    assert "OPENAI_API_KEY" in first
    assert "no key" not in quiet.err


def test_brief_is_utf8_whatever_the_locale_says(document: Path) -> None:
    """A character that the locale lacks breaks neither the brief nor the pipe."""
    with ModelServer(answer(GOOD.replace("Norland and", "Norländ — Київ 和 and"))) as server:
        run = spawn("brief", document, *at(server.base_url), PYTHONIOENCODING="ascii")
    assert (run.returncode, run.stderr) == (0, b"")
    assert "Norländ — Київ 和 and" in run.stdout.decode()


def test_closed_pipe_is_no_traceback(document: Path) -> None:
    """``| head -1`` gets its line, and stderr stays empty."""
    with ModelServer(answer(GOOD)) as server:
        line = " ".join([*command("brief", document, *at(server.base_url)), "| head -c 20"])
        run = subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, check=False)
        assert run.stdout == b"# Norland and the Su"
        assert run.stderr == b""
        read, write = os.pipe()
        os.close(read)
        gone = subprocess.run(
            command("brief", document, "--no-cache", *at(server.base_url)),
            stdout=write, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
        os.close(write)
    assert gone.stderr == b""
    assert gone.returncode == 1


def test_second_brief_costs_nothing_and_says_so(summarizer: Terminal, document: Path) -> None:
    """The answer was kept; ``--no-cache`` asks again."""
    with ModelServer(answer(GOOD)) as server:
        first = summarizer("brief", document, *at(server.base_url))
        again = summarizer("brief", document, *at(server.base_url))
        assert server.request_count == 1
        anew = summarizer("brief", document, "--no-cache", *at(server.base_url))
        assert server.request_count == 2
    assert (first.err, anew.err) == ("", "")
    assert "--no-cache asks again" in again.err
    assert again.out.startswith("# Norland and the Sud Front")


def test_interrupt_ends_a_call_with_130(document: Path, tmp_path: Path) -> None:
    """Ctrl-C while the model thinks: no traceback, no file, the status that shells expect."""
    with FAULTS["stall_in_body"].serve(GOOD) as stage:
        arguments = command("brief", document, *at(stage.base_url), "-o", tmp_path / "b.md")
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        until = time.monotonic() + 30
        while not stage.server.request_count and time.monotonic() < until:
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert err.count(b"\n") <= 1
    assert not (tmp_path / "b.md").exists()


def test_several_outputs_are_written_at_once(
    summarizer: Terminal, document: Path, tmp_path: Path
) -> None:
    """Each by its ending, from one call of the model."""
    names = ["b.md", "b.json", "b.html", "b.docx", "b.xlsx", "b.csv", "b.eml", "b.txt"]
    with ModelServer(answer(GOOD)) as server:
        files = [argument for name in names for argument in ("-o", name)]
        run = summarizer("brief", document, *at(server.base_url), *files, "--handling", "INTERNAL")
        assert server.request_count == 1
    assert (run.status, run.out, run.err) == (0, "", "")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["talks.txt", *names])
    for name in ("b.md", "b.html", "b.eml", "b.txt"):
        assert b"INTERNAL" in (tmp_path / name).read_bytes(), name


def test_unknown_ending_is_refused_before_the_call(
    summarizer: Terminal, document: Path, tmp_path: Path
) -> None:
    """Nothing is paid for, nothing is written."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url), "-o", "a.html", "-o", "b.pdf")
        assert server.request_count == 0
    assert (run.status, run.out) == (2, "")
    assert "no format ends in .pdf" in run.err
    assert [p.name for p in tmp_path.iterdir()] == ["talks.txt"]


def test_language_reaches_the_prompt_and_the_labels(summarizer: Terminal, document: Path) -> None:
    """Statements are asked for in it; the labels are in it; the brief says which it is."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url), "--language", "fr")
        asked = json.dumps(server.requests[0].payload)
        stored = summarizer(
            "brief", document, *at(server.base_url), "--language", "fr", "--format", "json"
        )
    assert "Write statements, questions and names in French" in asked
    assert "one plain sentence in French" in asked
    assert "in English, " not in asked.replace("The example is in English", "")
    assert "## Offres (1)" in run.out
    assert json.loads(stored.out)["language"] == "fr"


def test_language_without_labels_is_refused(summarizer: Terminal, document: Path) -> None:
    """With those that there are."""
    run = summarizer("brief", document, "--language", "de")
    assert run.status == 2
    assert "'en', 'fr', 'es', 'ar', 'ru' or 'uk'" in run.err


def test_finished_parts_are_printed_when_the_rest_fails(
    summarizer: Terminal, document: Path, tmp_path: Path
) -> None:
    """An endpoint that goes down half-way costs what it did not answer, and the exit status."""

    def failing(request: Request) -> object:
        asked = request.schema["properties"]
        good = {key: value for key, value in samples.draft().items() if key in asked}
        return status(503) if "red_lines" in asked else answer(json.dumps(good))

    with ModelServer(failing) as server:  # type: ignore[arg-type]
        run = summarizer(
            "brief", document, *at(server.base_url), "--strategy", "stepwise", "-o", "b.json"
        )
    assert (run.status, run.out) == (3, "")
    assert "is failing (503)" in run.err
    assert "b.json" in run.err
    made = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert made["offers"]
    assert not made["red_lines"]
    assert "red_lines" in {warning["where"] for warning in made["provenance"]["warnings"]}
