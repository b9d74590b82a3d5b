"""Progress of a batch on standard error: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as RichBar

from summarizer.batching import BatchProgress, Tally
from summarizer.errors import SummarizerError

FAILURES_SHOWN = 10
"""Failures that are told at once; all of them are in ``failures.jsonl``."""
EVERY = 10.0
"""Seconds between two lines where standard error is no terminal."""


class PlainProgress(BatchProgress):
    """Notices and failures as lines, and how the batch stands every ten seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._told = clock()
        self._failures = 0

    def counted(self, tally: Tally) -> None:
        if self._clock() - self._told >= EVERY:
            self._told = self._clock()
            self.notice(standing(tally, self._clock() - self._began))

    def failed(self, name: str, error: SummarizerError) -> None:
        self._failures += 1
        if self._failures <= FAILURES_SHOWN:
            self.notice(str(error) if name in str(error) else f"{name}: {error}")
        if self._failures == FAILURES_SHOWN + 1:
            self.notice("more failures: they are in failures.jsonl")

    def notice(self, message: str) -> None:
        from summarizer.cli import one_line

        typer.echo(f"summarizer: {one_line(message)}", err=True)


class BarProgress(PlainProgress):
    """A bar with what is done, failed and used, how fast, and how long it will take."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._console = console
        self._bar = RichBar(
            BarColumn(), TextColumn("{task.description}"), console=console, transient=True
        )
        self._task: TaskID | None = None

    def __enter__(self) -> BarProgress:
        self._bar.start()
        self._task = self._bar.add_task("reading", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def counted(self, tally: Tally) -> None:
        assert self._task is not None
        ended = tally.total - tally.left
        told = standing(tally, self._clock() - self._began)
        self._bar.update(self._task, total=tally.total, completed=ended, description=told)

    def notice(self, message: str) -> None:
        from summarizer.cli import one_line

        line = f"summarizer: {one_line(message)}"
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


def standing(tally: Tally, seconds: float) -> str:
    """``120 of 1,000 done, 3 failed, 12.1/s, 1,234,000 tokens, unpriced, 73 s left``."""
    ended = tally.done + tally.failed
    parts = [f"{tally.done + tally.skipped:,} of {tally.total:,} done"]
    if tally.failed:
        parts.append(f"{tally.failed:,} failed")
    if ended and seconds > 0:
        parts.append(f"{ended / seconds:.1f}/s")
    parts += used(tally)
    if ended and tally.left and not tally.stopped:
        parts.append(f"{tally.left * seconds / ended:,.0f} s left")
    return ", ".join(parts)


def used(tally: Tally) -> list[str]:
    """Tokens and cost of what this run has paid for."""
    spent = tally.spending.used
    if not spent.tokens:
        return []
    cost = "unpriced" if spent.cost is None else f"{spent.cost:.4f} USD"
    return [f"{spent.tokens:,} tokens", cost]


@contextmanager
def shown_batch(quiet: bool) -> Iterator[BatchProgress]:
    """The progress that fits where standard error goes."""
    console = Console(stderr=True)
    if quiet:
        yield BatchProgress()
    elif not console.is_terminal:
        yield PlainProgress()
    else:
        with BarProgress(console) as progress:
            yield progress
