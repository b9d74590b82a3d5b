"""The process that a reader runs in: limits first, then the file from standard input.

Its answer is one JSON value on standard output: what was read, why the file is refused, or
what failed. Nothing that a parser prints gets out.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from summarizer.errors import InputError
from summarizer.readers.confined import Job


def main() -> None:
    """Read as the first argument says, and answer."""
    job = Job(**json.loads(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit(job)
    # Lone surrogates cannot be sent as UTF-8: JSON carries them as escapes.
    json.dump(answer(job, sys.stdin.buffer), answers, default=str, ensure_ascii=True)
    answers.close()
    os._exit(0)  # no clean-up of what a parser left behind


def answer(job: Job, file: BinaryIO) -> dict[str, Any]:
    """What became of the file, ready for JSON; a parser's own words stay in here."""
    try:
        read = READERS[job.kind](job, file)
    except InputError as error:
        return {"refused": type(error).__name__, "message": str(error)}
    except MemoryError:
        return {"failed": "memory"}
    except Exception as error:
        return {"failed": type(error).__name__}
    return {"read": read}


def _limit(job: Job) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on this system
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (job.seconds, job.seconds + 1))
        size = job.megabytes << 20
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _pdf(job: Job, file: BinaryIO) -> Any:
    from summarizer.readers import pdf

    return [asdict(pdf.read(file, max_chars=job.max_chars))]


def _html(job: Job, file: BinaryIO) -> Any:
    from summarizer.readers import html

    read = html.read(file.read(), charset=job.charset, address=job.address)
    return [asdict(read)]


def _docx(job: Job, file: BinaryIO) -> Any:
    from summarizer.readers import docx

    return [asdict(docx.read(file, max_chars=job.max_chars))]


def _mail(job: Job, file: BinaryIO) -> Any:
    from summarizer.readers import mail

    return [asdict(part) for part in mail.read(file.read(), max_chars=job.max_chars)]


def _feed(job: Job, file: BinaryIO) -> Any:
    from summarizer.readers import feed

    return feed.read(file.read(), address=job.address)


READERS: dict[str, Callable[[Job, BinaryIO], Any]] = {
    "PDF": _pdf,
    "HTML": _html,
    "Word": _docx,
    "e-mail": _mail,
    "feed": _feed,
}
"""What reads each kind, as the values of ``Kind`` name them."""


if __name__ == "__main__":
    main()
