"""Readers run in a process of their own, with limits on time and memory.

A file from anywhere may be made to hurt the program that parses it: to run for hours, to fill
the memory, to crash native code. None of that reaches this process, and the other one has no
keys in its environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date as Date
from typing import IO, Any

from summarizer import errors
from summarizer.errors import InputError, UnreadableDocument
from summarizer.readers.extracted import Extracted

SECONDS = 60
"""Of processor time, and as many again of waiting, for one file."""
MEGABYTES = 2_048
"""Of address space. Windows and macOS do not hold to it."""

PROGRAM = (sys.executable, "-P", "-B", "-m", "summarizer.readers.child")
"""-P: a file named like a module where the user happens to be must not run instead of it."""

_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "HOME")
_TOO_MUCH = "needs more than {} to read: split it, or save it as plain text"


@dataclass(frozen=True)
class Job:
    """What a reader is told besides the bytes; ``charset`` as a server or a mail states it."""

    kind: str
    max_chars: int
    charset: str | None = None
    address: str | None = None
    seconds: int = SECONDS
    megabytes: int = MEGABYTES


def read_confined(job: Job, file: IO[bytes], name: str, *, program: Sequence[str] = PROGRAM) -> Any:
    """What the reader of ``job.kind`` makes of ``file``, which is a file of the system.

    ``program`` runs it: it gets the job as an argument in JSON, and the file as its input.

    Raises the InputError that the reader raises, its message completed with ``name``; and
    UnreadableDocument when a limit was reached or the reader crashed.
    """
    try:
        ran = subprocess.run(
            [*program, json.dumps(asdict(job))], stdin=file, capture_output=True, env=environment(),
            timeout=2 * job.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _too_much(name, f"{2 * job.seconds} seconds") from None
    return _answer(ran, job, name)


def environment() -> dict[str, str]:
    """What a reader sees: no keys; one thread for numpy, whose others would take address space."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}


def _answer(ran: subprocess.CompletedProcess[bytes], job: Job, name: str) -> Any:
    try:
        answer = json.loads(ran.stdout)
    except ValueError:
        answer = {"failed": "which broke down"}
    if "read" in answer:
        return answer["read"]
    if "refused" in answer:
        kind = getattr(errors, answer["refused"], UnreadableDocument)
        raise kind(f"{name} {answer['message']}")
    if answer["failed"] == "memory":
        raise _too_much(name, f"{job.megabytes:,} MB of memory")
    if ran.returncode in (-24, -9):  # SIGXCPU, then SIGKILL
        raise _too_much(name, f"{job.seconds} seconds")
    raise UnreadableDocument(
        f"{name} cannot be read as {job.kind}: it is damaged, not what its name says, or made to "
        f"break its reader ({answer['failed']}); save it again, or save it as plain text"
    )


def _too_much(name: str, what: str) -> InputError:
    return UnreadableDocument(f"{name} {_TOO_MUCH.format(what)}")


def as_extracted(data: dict[str, Any]) -> Extracted:
    """A text from the JSON that the other process sends."""
    stated = data["date"]
    return Extracted(
        **{
            **data,
            "pages": tuple((start, end) for start, end in data["pages"]),
            "notes": tuple(data["notes"]),
            "date": Date.fromisoformat(stated) if stated else None,
        }
    )
