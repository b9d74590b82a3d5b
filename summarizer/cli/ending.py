"""The end of a batch: what is told, and how the process leaves when it is interrupted."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import typer

from summarizer.batching import Tally
from summarizer.cli.batchprogress import used


@dataclass
class Ending:
    """What is told at the end, once, whoever comes to it first."""

    out: Path
    tally: Tally
    quiet: bool
    _began: float = field(default_factory=time.monotonic, init=False)
    _left_out: Counter[str] = field(default_factory=Counter, init=False)
    _telling: Lock = field(default_factory=Lock, init=False)
    _told: bool = field(default=False, init=False)

    def skip(self, name: str, why: str) -> None:
        """A file of a folder is no document."""
        self._left_out[Path(name).suffix or "no ending"] += 1

    def tell(self, *, interrupted: bool = False) -> None:
        """How it went, in a few lines on standard error."""
        with self._telling:
            if not self._told and not self.quiet:
                for line in self._lines(interrupted):
                    typer.echo(f"summarizer: {line}", err=True)
            self._told = True

    def leave(self) -> None:
        """End now. All that is done is on the disk; a document that a thread still reads, or
        somebody computes on, would be waited for."""
        self.tell(interrupted=True)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(130)

    def _lines(self, interrupted: bool) -> Iterator[str]:
        from summarizer.cli import one_line

        tally, seconds = self.tally, time.monotonic() - self._began
        if self._left_out:
            kinds = ", ".join(f"{n} {ending}" for ending, n in self._left_out.most_common(8))
            yield f"left out, of no kind that can be read: {kinds}"
        parts = [f"{tally.done:,} done"]
        parts += [f"{tally.skipped:,} done before"] if tally.skipped else []
        parts += (
            [f"{tally.failed:,} failed ({self.out / 'failures.jsonl'})"] if tally.failed else []
        )
        parts += [f"{tally.left:,} not begun"] if tally.left else []
        told = ", ".join([*parts, *used(tally), f"{seconds:.0f} s"])
        yield f"{tally.total:,} documents: {told}"
        if tally.stopped:
            yield f"stopped: {one_line(str(tally.stopped))}"
        if interrupted or tally.left:
            yield "to go on, run the same command with --resume"
