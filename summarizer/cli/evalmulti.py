"""``summarizer eval multi``: measure merging and comparing on cases of several documents."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.evalfiles import HOME, Evals, Split
from summarizer.cli.options import BaseUrl, ModelName
from summarizer.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.evaluation.cases import Case
    from summarizer.evaluation.multi.results import MultiRun

PASSED, REGRESSED = 0, 1


def multi(
    model: ModelName = None,
    base_url: BaseUrl = None,
    strategy: Annotated[
        str | None, typer.Option(help="auto, full, fast, single or stepwise.")
    ] = None,
    oracle: Annotated[
        bool, typer.Option("--oracle", help="Answers made of the references; exit 1 under a floor.")
    ] = False,
    split: Split = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the results as JSON.")
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Name all that was missed or is wrong.")
    ] = False,
    evals: Evals = HOME,
) -> None:
    """Merge and compare the documents of every case, and count what is found, kind by kind.

    A case of which a document gets no brief is named, and all that it expects is missed.
    """
    from rich.console import Console

    from summarizer.evaluation.multi.files import load_multi
    from summarizer.evaluation.multi.running import run_multi
    from summarizer.evaluation.runs import RunError
    from summarizer.storage import check_writable, write_atomically

    if output is not None:
        check_writable(output)
    settings = load_settings({"model": model, "base_url": base_url, "strategy": strategy})
    cases, pairs = load_multi(evals / "multi")
    cases = [case for case in cases if split in {None, case.split}]
    pairs = [pair for pair in pairs if split in {None, pair.split}]
    if not cases and not pairs:
        raise RunError("no case is selected: look at --split (dev or test)")
    made = asyncio.run(run_multi(cases, pairs, _opened(settings, oracle), _told))
    if output is not None:
        write_atomically(output, made.model_dump_json(indent=2) + "\n")
    Console(width=100).print(_table(made))
    if lines:
        for line in (line for tally in made.totals().values() for line in tally.lines):
            typer.echo(line)
    failures = made.failures() if oracle else [f"{one.id}: {one.failed}" for one in made.failed]
    for failure in failures:
        typer.echo(failure)
    raise typer.Exit(REGRESSED if failures else PASSED)


def _told(reference: str, failure: str | None) -> None:
    """A document that failed, at once: the others may take hours."""
    from summarizer.cli import one_line

    if failure is not None:
        typer.echo(f"summarizer: {reference}: {one_line(failure)}", err=True)


def _opened(settings: Settings, oracle: bool) -> Any:
    from summarizer.evaluation.multi.running import document_of, oracle_system
    from summarizer.evaluation.systems import live_system
    from summarizer.progress import Progress

    def opened(references: Sequence[Case]) -> AbstractAsyncContextManager[Any]:
        if oracle:
            return oracle_system(settings, references)
        documents = [document_of(reference) for reference in references]
        return live_system(settings, documents, Progress())

    return opened


def _table(made: MultiRun) -> Any:
    from rich.table import Table

    counted = {what: sum(one.what == what for one in made.outcomes) for what in ("case", "pair")}
    failed = f", {len(made.failed)} failed" if made.failed else ""
    title = f"{made.system}: {counted['case']} cases, {counted['pair']} pairs{failed}"
    table = Table(title=title)
    table.add_column("kind")
    for name in ("expected", "found", "missed", "spurious", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for kind, tally in made.totals().items():
        shares = (tally.precision, tally.recall, tally.f1)
        table.add_row(
            kind,
            *map(str, (tally.expected, tally.found, tally.missed, tally.spurious)),
            *("–" if share is None else f"{share:.3f}" for share in shares),
        )
    return table
