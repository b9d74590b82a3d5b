"""The process that a reader runs in: its limits, and what gets out of it."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from summarizer.errors import UnreadableDocument
from summarizer.readers.child import answer
from summarizer.readers.confined import PROGRAM, Job, as_extracted, environment, read_confined
from tests.readers import papers, sites


@pytest.fixture
def spool() -> Iterator[IO[bytes]]:
    """A file of the system to write to; rewind it before it is read."""
    with tempfile.TemporaryFile() as file:
        yield file


def run_confined(spool: IO[bytes], data: bytes, job: Job, *code: str) -> Any:
    """What the reader gives for ``data``; ``code`` runs instead of it."""
    spool.seek(0)
    spool.truncate()
    spool.write(data)
    spool.seek(0)
    program = (sys.executable, "-c", *code) if code else PROGRAM
    return read_confined(job, spool, "'a.pdf'", program=program)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such limit")
@pytest.mark.parametrize(
    ("job", "said"),
    [
        (Job("PDF", 1000, seconds=1), r"needs more than [12] seconds to read"),
        (Job("PDF", 1000, megabytes=250), "made to break its reader"),
    ],
    ids=["time", "memory"],
)
def test_reader_that_takes_too_much_is_ended(job: Job, said: str, tmp_path: Path) -> None:
    """One line that says what is too much and what to do."""
    path = tmp_path / "bomb.pdf"
    papers.write_bomb(path, 250)
    with path.open("rb") as file, pytest.raises(UnreadableDocument, match=said) as caught:
        read_confined(job, file, "'bomb.pdf'")
    assert str(caught.value).startswith("'bomb.pdf' ")


def test_reader_that_waits_is_ended(spool: IO[bytes]) -> None:
    """A process that uses no time but does not end is ended as well."""
    with pytest.raises(UnreadableDocument, match="needs more than 0 seconds"):
        run_confined(spool, b"x", Job("PDF", 1, seconds=0), "import time; time.sleep(60)")


@pytest.mark.parametrize("code", ["import os; os.abort()", "print('no JSON')", "1 / 0"])
def test_reader_that_crashes_is_one_line(code: str, spool: IO[bytes]) -> None:
    """Native code that dies takes nobody along."""
    with pytest.raises(UnreadableDocument, match=r"'a\.pdf' cannot be read as PDF"):
        run_confined(spool, b"x", Job("PDF", 1), code)


def test_words_of_a_parser_stay_inside() -> None:
    """An error of a library may quote the document; only its kind gets out."""
    secret = b"%PDF-1.7 secret words"
    for kind in ("PDF", "Word", "HTML", "feed"):
        said = str(answer(Job(kind, 1000), io.BytesIO(secret)))
        assert "secret" not in said or kind == "HTML"
    assert answer(Job("nonsense", 1), io.BytesIO(b"")) == {"failed": "KeyError"}


def test_environment_of_a_reader_holds_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python finds its packages, and no key."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    assert "sk-secret" not in environment().values()
    assert environment()["PATH"] == os.environ["PATH"]


def test_reader_gives_exactly_what_it_reads(spool: IO[bytes]) -> None:
    """Text of any script, dates and pages survive the way between the processes."""
    job = Job("HTML", 10_000, charset="utf-8")
    [part] = run_confined(spool, sites.arabic().encode(), job)
    assert "لن تقبل وجود قوات أجنبية" in as_extracted(part).text
    [page] = run_confined(spool, papers.plain().done(), Job("PDF", 10_000))
    assert as_extracted(page).pages == ((0, len(page["text"])),)
