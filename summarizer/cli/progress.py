"""Progress on standard error: silent when that is no terminal, or with ``--quiet``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as RichBar

from summarizer.brief import Attempt
from summarizer.progress import Progress

NO_MODEL = (
    "no key and no model given: sentences are selected on this machine, by no language "
    "model; for a better brief set OPENAI_API_KEY, or give --model or --base-url"
)


class NoticesOnly(Progress):
    """Notices as plain lines, nothing that moves."""

    _told_of_cache = False

    def attempt(self, attempt: Attempt) -> None:
        if attempt.kept and not self._told_of_cache:
            self._told_of_cache = True
            self.notice(
                f"an answer of {attempt.started:%Y-%m-%d} was kept and is used: "
                "--no-cache asks again"
            )

    def notice(self, message: str) -> None:
        typer.echo(f"summarizer: {message}", err=True)


class ShownProgress(NoticesOnly):
    """What step, how many tokens, how long; a bar while weights are downloaded."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._steps = RichBar(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self._task: TaskID | None = None
        self._tokens = 0
        self._bar: RichBar | None = None
        self._download: TaskID | None = None

    def __enter__(self) -> ShownProgress:
        self._steps.start()
        self._task = self._steps.add_task("reading")
        return self

    def __exit__(self, *_: object) -> None:
        self._close_bar()
        self._steps.stop()

    def step(self, name: str) -> None:
        self._close_bar()
        tokens = f" · {self._tokens:,} tokens" if self._tokens else ""
        if self._task is not None:
            self._steps.update(self._task, description=f"{name.replace('_', ' ')}{tokens}")

    def attempt(self, attempt: Attempt) -> None:
        super().attempt(attempt)
        self._tokens += (attempt.tokens_in or 0) + (attempt.tokens_out or 0)
        if attempt.outcome != "ok":
            self.notice(f"attempt {attempt.number} ({attempt.step}): {attempt.message}")

    def download(self, name: str, done: int, total: int) -> None:
        if self._bar is None:
            self._steps.stop()
            self._bar = RichBar(
                TextColumn("{task.description}"), BarColumn(), DownloadColumn(),
                TransferSpeedColumn(), console=self._console, transient=True,
            )  # fmt: skip
            self._bar.start()
            self._download = self._bar.add_task(name, total=total)
        assert self._download is not None
        self._bar.update(self._download, description=name, completed=done, total=total)

    def notice(self, message: str) -> None:
        self._console.print(f"summarizer: {message}", markup=False, highlight=False, soft_wrap=True)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._steps.start()


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Progress]:
    """The progress that fits where standard error goes."""
    console = Console(stderr=True)
    if quiet:
        yield Progress()
    elif not console.is_terminal:
        yield NoticesOnly()
    else:
        with ShownProgress(console) as progress:
            yield progress
