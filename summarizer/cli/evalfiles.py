"""What the commands of ``summarizer eval`` share: the cases selected, reports, complaints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.evaluation.cases import Case
    from summarizer.evaluation.runs import Run

Evals = Annotated[Path, typer.Option(help="Folder with cases/, recordings/, baselines/.")]
Split = Annotated[str | None, typer.Option(help="dev or test; default both.")]
HOME = Path("evals")
REPORT_WIDTH = 100
"""Columns of a printed report, on a terminal and in a file alike."""


def select(evals: Path, split: str | None, tags: str | None) -> tuple[list[Case], list[Case]]:
    """The selected cases, and all of them. A broken case is named, and the others still run."""
    from summarizer.evaluation.casefiles import read_cases

    everything, faults = read_cases(evals / "cases")
    if not everything and len(faults) == 1:
        raise not_measured(str(faults[0]))
    for fault in faults:
        complain(f"left out: {fault}")
    if split not in {None, "dev", "test"}:
        raise not_measured(f"--split is dev or test, not {split!r}")
    wanted = {tag.strip() for tag in (tags or "").split(",") if tag.strip()}
    cases = [c for c in everything if split in {None, c.split} and wanted <= set(c.tags)]
    if not cases:
        raise not_measured("no case is selected: look at --split and --tags")
    return cases, everything


def ceiling(evals: Path) -> float | None:
    """Mean agreement of two annotators: the second references against the first, as they were.

    ``second/first`` keeps the first references from before the disagreements were settled.
    """
    from statistics import fmean

    from summarizer.evaluation.casefiles import read_cases
    from summarizer.evaluation.runner import agreement

    folder = evals / "second"
    if not folder.is_dir():
        return None
    second, _ = read_cases(folder)
    first, _ = read_cases(folder / "first")
    scores = [s.score for s in agreement(first, second).values() if s.score is not None]
    return fmean(scores) if scores else None


def complain(line: str) -> None:
    """One line on standard error, whatever a case file put into it."""
    from summarizer.cli import one_line

    typer.echo(f"summarizer: {one_line(line)}", err=True)


def not_measured(message: str) -> Exception:
    from summarizer.evaluation.runs import RunError

    return RunError(message)


def print_run(made: Run) -> None:
    """The panel, for people."""
    from rich.console import Console

    from summarizer.evaluation.reports.terminal import to_table

    Console(width=REPORT_WIDTH).print(to_table(made))


def check_reports(paths: Sequence[Path]) -> None:
    """Refuse, before the work, a report in no known format or where none can be written."""
    from summarizer.storage import check_writable

    for path in paths:
        if path.suffix not in {".json", ".html", ".xml"}:
            raise not_measured(f"{path} ends in none of .json, .html and .xml: which is it to be?")
        check_writable(path)


def write_report(made: Run, cases: Sequence[Case], path: Path) -> None:
    """A run as JSON, HTML or JUnit XML, by the ending of the file."""
    from summarizer.evaluation.runs import save_run
    from summarizer.storage import write_atomically

    if path.suffix == ".html":
        from summarizer.evaluation.reports.html import to_html

        write_atomically(path, to_html(made, cases))
    elif path.suffix == ".xml":
        from summarizer.evaluation.reports.junit import to_junit

        write_atomically(path, to_junit(made))
    else:
        save_run(made, path)
