"""``summarizer eval``: measure a model, a prompt, or any other system against the references."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import BaseUrl, ModelName
from summarizer.settings import Settings, load_settings, parse_params

if TYPE_CHECKING:
    from summarizer.evaluation.cases import Case
    from summarizer.evaluation.runs import Outcome, Run
    from summarizer.evaluation.systems import System

app = typer.Typer(
    help="Measure briefs against hand-written references. "
    "Exit status: 0 passed, 1 regressed, 2 could not measure.",
    no_args_is_help=True,
)

Evals = Annotated[Path, typer.Option(help="Folder with cases/, recordings/, baselines/.")]
Split = Annotated[str | None, typer.Option(help="dev or test; default both.")]
RunFile = Annotated[Path, typer.Argument(help="A run written by `eval run --output`.")]
HOME = Path("evals")
REPORT_WIDTH = 100
"""Columns of a printed report, on a terminal and in a file alike."""


@app.command("run")
def run(
    model: ModelName = None,
    base_url: BaseUrl = None,
    strategy: Annotated[str | None, typer.Option(help="auto, single or stepwise.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="KEY=VALUE for the model.")] = None,
    split: Split = None,
    like: Annotated[
        Path | None, typer.Option(help="Only the cases of this stored run, e.g. a snapshot.")
    ] = None,
    tags: Annotated[
        str | None, typer.Option(help="Only cases with all of these, by comma.")
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, help="Times that each case is run.")] = 1,
    concurrency: Annotated[int, typer.Option(min=1, help="Cases at a time.")] = 1,
    record: Annotated[bool, typer.Option("--record", help="Keep every answer.")] = False,
    replay: Annotated[bool, typer.Option("--replay", help="Answer from recordings only.")] = False,
    answers: Annotated[
        Path | None, typer.Option(help="Folder of draft answers, CASE.json.")
    ] = None,
    briefs: Annotated[Path | None, typer.Option(help="Folder of finished briefs.")] = None,
    baseline: Annotated[
        str | None, typer.Option(help='A bare baseline: "empty brief" or "every quote an offer".')
    ] = None,
    oracle: Annotated[
        bool, typer.Option("--oracle", help="Answers made of the references.")
    ] = False,
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="Write .json, .html or .xml (JUnit). Repeatable."),
    ] = None,
    label: Annotated[str | None, typer.Option(help="Name of the run.")] = None,
    note: Annotated[str, typer.Option(help="Kept with the run.")] = "",
    evals: Evals = HOME,
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
) -> None:
    """Run a system over the cases and print the panel."""
    from summarizer.evaluation.runner import make_run

    check_reports(output or [])
    settings = load_settings(
        {"model": model, "base_url": base_url, "strategy": strategy,
         "params": parse_params(param) if param else None}
    )  # fmt: skip
    cases, everything = select(evals, split, tags)
    cases = _like(cases, like)
    chosen = _System(settings, cases, everything, evals, record, replay, answers, briefs, baseline,
                     oracle)  # fmt: skip
    outcomes, system = asyncio.run(chosen.run(repeats, concurrency, quiet))
    made = make_run(
        outcomes,
        label=label or system.name,
        system=system,
        note=note,
        params={key: str(value) for key, value in settings.params.items()},
        ceiling=ceiling(evals),
    )
    for path in output or []:
        write_report(made, everything, path)
    print_run(made)
    if chosen.stale:
        raise _not_measured(
            f"{chosen.stale} requests had no usable recording (prompt, schema, model or "
            "parameters changed): make them again with --record"
        )


class _System:
    """Which system the options of ``eval run`` ask for."""

    def __init__(
        self, settings: Settings, cases: Sequence[Case], everything: Sequence[Case], evals: Path,
        record: bool, replay: bool, answers: Path | None, briefs: Path | None,
        baseline: str | None, oracle: bool,
    ) -> None:  # fmt: skip
        asked = [record, replay, bool(answers), bool(briefs), bool(baseline), oracle]
        if sum(asked) > 1:
            raise _not_measured(
                "give one of --record, --replay, --answers, --briefs, --baseline, --oracle"
            )
        self.settings, self.cases, self.everything, self.evals = settings, cases, everything, evals
        self.record, self.replay, self.oracle = record, replay, oracle
        self.answers, self.briefs, self.baseline = answers, briefs, baseline
        self.played: Any = None

    @property
    def stale(self) -> int:
        """Requests that had no usable recording."""
        return len(getattr(self.played, "missed", []))

    async def run(
        self, repeats: int, concurrency: int, quiet: bool
    ) -> tuple[list[Outcome], System]:
        """All outcomes, with progress on standard error."""
        from summarizer.evaluation.runner import Plan, run_system

        with shown(len(self.cases) * repeats, quiet) as tell:
            async with self._opened() as system:
                kept = self.evals / "runs" if self._is_paid and not self.record else None
                plan = Plan(self.cases, repeats, concurrency, kept, on_outcome=tell)
                return await run_system(system, plan, key=self._key(system)), system

    @property
    def _is_live(self) -> bool:
        return not (self.replay or self.answers or self.briefs or self.baseline or self.oracle)

    @property
    def _is_paid(self) -> bool:
        """Whether a model is asked; selection is made anew, since its code may have changed."""
        from summarizer.endpoints import choose_endpoint
        from summarizer.sessions import strategy_of

        if not self._is_live:
            return False
        return strategy_of(self.settings, choose_endpoint(self.settings)) != "fast"

    def _key(self, system: System) -> str:
        from summarizer.prompts import LARGE, SMALL, prompt_version
        from summarizer.version import __version__

        versions = (__version__, prompt_version(LARGE), prompt_version(SMALL))
        asked = self.settings.model_dump(include=_BEARING)
        return repr((versions, system.name, sorted(asked.items())))

    def _opened(self) -> AbstractAsyncContextManager[System]:
        from summarizer.endpoints import choose_endpoint
        from summarizer.evaluation import systems
        from summarizer.evaluation.runner import document_of
        from summarizer.progress import Progress

        known = [case.id for case in self.everything]
        recordings = self.evals / "recordings"
        for folder, kind in ((self.answers, systems.AnswersSystem),
                             (self.briefs, systems.BriefsSystem)):  # fmt: skip
            if folder is not None:
                systems.check_answers(folder, self.cases, known)
                return nullcontext(kind(folder))
        if self.baseline is not None:
            return nullcontext(_baseline(self.baseline))
        if self.oracle:
            endpoint = choose_endpoint(self.settings.model_copy(update=ORACLE_SETTINGS))
            return systems.scripted_system(self.settings, endpoint, _oracle(self.cases))
        if self.replay:
            self.played = systems.replay(recordings)
            return systems.scripted_system(
                self.settings, choose_endpoint(self.settings), self.played
            )
        documents = [document_of(case) for case in self.cases]
        if self.record:
            return systems.recording_system(self.settings, documents, Progress(), recordings)
        return systems.live_system(self.settings, documents, Progress())


_BEARING = {"base_url", "strategy", "params", "max_output_tokens", "max_total_tokens", "max_reasks"}
"""Settings that bear on an answer; no key is among them."""
ORACLE_SETTINGS = {"model": "oracle", "base_url": "http://127.0.0.1:9/v1"}


def _like(cases: list[Case], run_file: Path | None) -> list[Case]:
    """The cases that a stored run has; all of them without one."""
    from summarizer.evaluation.runs import load_run

    if run_file is None:
        return cases
    wanted = set(load_run(run_file).scores)
    return [case for case in cases if case.id in wanted]


def _baseline(name: str) -> System:
    from summarizer.evaluation.systems import BASELINES, BaselineSystem

    if name not in BASELINES:
        raise _not_measured(f"unknown baseline {name!r}: {' or '.join(map(repr, BASELINES))}")
    return BaselineSystem(name, BASELINES[name])


def _oracle(cases: Sequence[Case]) -> Any:
    from summarizer.evaluation.oracle import oracle_answer
    from summarizer.testing import by_document, oracle

    texts = {case.id: case.readings[0].text for case in cases}
    return oracle({case.id: oracle_answer(case) for case in cases}, by_document(texts))


def select(evals: Path, split: str | None, tags: str | None) -> tuple[list[Case], list[Case]]:
    """The selected cases, and all of them. A broken case is named, and the others still run."""
    from summarizer.evaluation.casefiles import read_cases

    everything, faults = read_cases(evals / "cases")
    if not everything and len(faults) == 1:
        raise _not_measured(str(faults[0]))
    for fault in faults:
        _complain(f"left out: {fault}")
    if split not in {None, "dev", "test"}:
        raise _not_measured(f"--split is dev or test, not {split!r}")
    wanted = {tag.strip() for tag in (tags or "").split(",") if tag.strip()}
    cases = [c for c in everything if split in {None, c.split} and wanted <= set(c.tags)]
    if not cases:
        raise _not_measured("no case is selected: look at --split and --tags")
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


def _complain(line: str) -> None:
    """One line on standard error, whatever a case file put into it."""
    from summarizer.cli import one_line

    typer.echo(f"summarizer: {one_line(line)}", err=True)


def _not_measured(message: str) -> Exception:
    from summarizer.evaluation.runs import RunError

    return RunError(message)


def shown(total: int, quiet: bool) -> Any:
    """A progress bar of cases on a terminal; else nothing."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    @contextmanager
    def bar() -> Iterator[Callable[[Outcome], None]]:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TimeElapsedColumn())  # fmt: skip
        disabled = quiet or not console.is_terminal
        with Progress(*columns, console=console, disable=disabled, transient=True) as progress:
            task = progress.add_task("cases", total=total)

            def tell(outcome: Outcome) -> None:
                progress.update(task, advance=1, description=outcome.case_id[:40])

            yield tell

    return bar()


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
            raise _not_measured(f"{path} ends in none of .json, .html and .xml: which is it to be?")
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


@app.command("report")
def report(
    run_file: RunFile,
    output: Annotated[list[Path] | None, typer.Option("--output", "-o")] = None,
    evals: Evals = HOME,
) -> None:
    """Print a stored run, or write it as .html or .xml."""
    from summarizer.evaluation.runs import load_run

    check_reports(output or [])
    made = load_run(run_file)
    _, everything = select(evals, None, None)
    for path in output or []:
        write_report(made, everything, path)
    print_run(made)


@app.command("compare")
def compare(first: RunFile, second: RunFile) -> None:
    """Compare two runs, paired on the cases that both have."""
    from summarizer.evaluation.runs import load_run, require_comparable_runs
    from summarizer.evaluation.statistics import paired

    one, other = load_run(first), load_run(second)
    require_comparable_runs(one, other)
    result = paired(one.scores, other.scores)
    mean = result.difference
    low, high = (f"{x:+.3f}" if x is not None else "–" for x in (mean.low, mean.high))
    typer.echo(f"{other.label} − {one.label}: {mean.mean:+.3f} (95 % {low} to {high}, n={mean.n})")
    if result.smallest_detectable is not None:
        typer.echo(f"smallest difference this could have seen: {result.smallest_detectable:.3f}")
    for name, ids in (("fixed", result.fixed), ("broken", result.broken),
                      ("only in one", result.only_in_one)):  # fmt: skip
        typer.echo(f"{name}: {', '.join(ids) or 'none'}")


@app.command("gate")
def gate(
    run_file: RunFile,
    against: Annotated[
        Path, typer.Option(help="Snapshot or baseline to hold the run against.")
    ] = HOME / "baselines" / "replay.json",
    live: Annotated[
        bool, typer.Option("--live", help="By chance and floor, not to the last digit.")
    ] = False,
    floor: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Least mean score (with --live).")
    ] = None,
    must_pass: Annotated[
        str | None, typer.Option(help="Cases that may gain no critical error, by comma.")
    ] = None,
) -> None:
    """Pass (0), fail (1), or say that it could not be measured (2)."""
    from summarizer.evaluation.gate import check_live, check_replay
    from summarizer.evaluation.runs import load_run

    made, baseline = load_run(run_file), load_run(against)
    names = [name.strip() for name in (must_pass or "").split(",") if name.strip()]
    verdict = (
        check_live(made, baseline, floor=floor, must_pass=names)
        if live
        else check_replay(made, baseline)
    )
    for line in verdict.lines:
        typer.echo(line)
    typer.echo(("gate: passed", "gate: REGRESSED", "gate: could not measure")[verdict.status])
    raise typer.Exit(verdict.status)


@app.command("rescore")
def rescore(
    run_file: RunFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Default: the same.")
    ] = None,
    evals: Evals = HOME,
) -> None:
    """Score the stored outputs of a run again, by the present scorer and references."""
    from summarizer.evaluation.runner import rescored
    from summarizer.evaluation.runs import load_run, save_run

    _, everything = select(evals, None, None)
    made = rescored(load_run(run_file), everything)
    made = made.model_copy(update={"ceiling": ceiling(evals)})
    save_run(made, output or run_file)
    print_run(made)


@app.command("check")
def check(evals: Evals = HOME) -> None:
    """Lint every case: quotes, parties, figures, aliases, values, hard cases."""
    from summarizer.evaluation.casefiles import read_cases
    from summarizer.evaluation.coverage import coverage
    from summarizer.evaluation.multi.files import read_multi

    cases, faults = read_cases(evals / "cases")
    if (evals / "multi").exists():
        several, pairs, more = read_multi(evals / "multi")
        faults += more
        typer.echo(f"multi: {len(several)} cases, {len(pairs)} pairs to compare")
    covered = coverage(cases)
    for kind, counts in covered.counts.items():
        typer.echo(f"{kind}: " + ", ".join(f"{value} {n}" for value, n in counts.items()))
    for line in [*map(str, faults), *covered.gaps]:
        _complain(line)
    typer.echo(f"{len(cases)} cases, {len(faults)} faults, {len(covered.gaps)} gaps")
    if faults or covered.gaps:
        raise typer.Exit(2)


@app.command("prove")
def prove(
    evals: Evals = HOME,
    peers: Annotated[bool, typer.Option("--peers/--no-peers", help="ROUGE-L, ANLS*, …")] = True,
    write: Annotated[bool, typer.Option("--write", help="Into the README of the folder.")] = False,
) -> None:
    """Print the corruption table: what the scorer sees, and what the others do not."""
    from summarizer.evaluation.damage import load_damage
    from summarizer.evaluation.paraphrases import load_paraphrases
    from summarizer.evaluation.proof import prove as table

    cases, _ = select(evals, "dev", None)
    texts, variants = evals / "proof" / "paraphrases.yaml", evals / "proof" / "damage.yaml"
    paraphrases = load_paraphrases(texts) if texts.exists() else None
    damage = load_damage(variants) if variants.exists() else None
    made = table(cases, paraphrases=paraphrases, damage=damage, with_peers=peers)
    typer.echo(made)
    if write:
        _write_between(evals / "README.md", made)


def _write_between(path: Path, text: str) -> None:
    """Replace what stands between the two marker lines of a README."""
    from summarizer.storage import read_text, write_atomically

    begin, end = "<!-- proof begins -->", "<!-- proof ends -->"
    whole = read_text(path)
    before, _, rest = whole.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise _not_measured(f"{path} has no lines {begin} and {end}")
    write_atomically(path, f"{before}{begin}\n{text}\n{end}{after}")


@app.command("show")
def show(
    case: Annotated[str, typer.Argument(help="Id of a case.")],
    run_file: RunFile,
    evals: Evals = HOME,
) -> None:
    """Print reference and output of one case side by side."""
    from rich.console import Console

    from summarizer.evaluation.reports.show import to_side_by_side
    from summarizer.evaluation.runs import load_run

    _, everything = select(evals, None, None)
    found = [one for one in everything if one.id == case]
    outcomes = [one for one in load_run(run_file).outcomes if one.case_id == case]
    if not found or not outcomes:
        raise _not_measured(f"no case {case!r} in {'the cases' if not found else run_file}")
    Console().print(to_side_by_side(found[0], outcomes[0]))
