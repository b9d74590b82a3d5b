"""summarizer show: a stored brief on the terminal, one item of it, or another format."""

from __future__ import annotations

import io
import os
import pty
import sys
from pathlib import Path

import pytest

from summarizer.rendering.machine import to_json
from tests.cli.terminal import Terminal, command
from tests.rendering.arvenia import arvenia


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A brief on disk."""
    path = tmp_path / "arvenia.json"
    path.write_text(to_json(arvenia()), encoding="utf-8")
    return path


def test_brief_is_shown_at_80_columns(
    summarizer: Terminal, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a pipe: no colour, no pager, no line wider than 80."""
    monkeypatch.setenv("COLUMNS", "80")
    run = summarizer("show", stored)
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("Arvenia: the army would leave")
    assert "\x1b" not in run.out
    assert max(map(len, run.out.splitlines())) <= 80


def test_item_is_shown_in_context(summarizer: Terminal, stored: Path) -> None:
    """By its name or its id."""
    by_name = summarizer("show", stored, "--item", "r1")
    item = arvenia().red_lines[1].id
    assert by_name.out == summarizer("show", stored, "--item", item).out
    assert "▶ [6] “There will be no foreign troops, not one,” Brandt said." in by_name.out


def test_item_that_is_not_there_is_refused(summarizer: Terminal, stored: Path) -> None:
    """With the names that there are."""
    run = summarizer("show", stored, "--item", "R9")
    assert (run.status, run.out) == (2, "")
    assert "'R9'" in run.err
    assert "R1, R2, R3, R4" in run.err
    assert run.err.count("\n") == 1


def test_brief_is_written_in_other_formats(
    summarizer: Terminal, stored: Path, tmp_path: Path
) -> None:
    """Without the model, from what is stored."""
    run = summarizer("show", stored, "-o", "b.html", "-o", "b.docx", "-o", "b.csv")
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "b.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbfsection,")


def test_brief_is_printed_in_another_format(summarizer: Terminal, stored: Path) -> None:
    """``--format`` without ``-o``, for a pipe."""
    assert summarizer("show", stored, "--format", "csv").out.startswith("section,no.")
    assert summarizer("show", stored, "--format", "md", "--language", "fr").out.count("Offres") == 1


def test_brief_is_read_from_a_pipe(summarizer: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` is standard input."""
    data = io.BytesIO(to_json(arvenia()).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert summarizer("show", "-").out.startswith("Arvenia: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--item", "R1", "-o", "b.html"], "--item is for the terminal"),
        (["-o", "b.pdf"], "no format ends in .pdf"),
        (["-o", "a.html", "-o", "b.docx", "--format", "md"], "--format goes with one -o"),
        (["-o", "arvenia.json"], "it is the document itself"),
        (["--language", "de"], "no labels in language 'de'"),
        (["-o", "b.docx", "--template", "none.docx"], "cannot read none.docx"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    options: list[str], said: str, summarizer: Terminal, stored: Path, tmp_path: Path
) -> None:
    """Status 2, and no file."""
    run = summarizer("show", stored, *options)
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["arvenia.json"]


@pytest.mark.parametrize("content", ["", "{}", "[1]", "# A brief"])
def test_file_that_is_no_brief_is_refused(
    content: str, summarizer: Terminal, tmp_path: Path
) -> None:
    """It says so, with status 2."""
    (tmp_path / "x.json").write_text(content)
    run = summarizer("show", "x.json")
    assert run.status == 2
    assert run.err.startswith("summarizer: x.json is not ")


def test_long_brief_goes_to_the_pager_on_a_terminal(stored: Path, tmp_path: Path) -> None:
    """What is longer than the screen, with its colours; what is not is printed."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED; exec cat\n")
    pager.chmod(0o700)
    assert "PAGED" in on_terminal(pager, "show", stored)
    assert "PAGED" not in on_terminal(pager, "show", stored, "--no-pager")
    assert "PAGED" not in on_terminal(pager, "show", stored, "--item", "R1")


def on_terminal(pager: Path, *arguments: str | Path) -> str:
    """What the command writes to a terminal of 24 lines."""
    child, master = pty.fork()
    if child == 0:
        size = {"PAGER": str(pager), "TERM": "xterm", "LINES": "24", "COLUMNS": "80"}
        line = command(*arguments)
        os.execvpe(line[0], line, {**os.environ, **size})
    chunks = []
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # the other side is closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.waitpid(child, 0)
    os.close(master)
    return b"".join(chunks).decode(errors="replace")
