"""``summarizer eval run``: a system over the cases, and its panel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.evalfiles import (
    HOME,
    Evals,
    Split,
    ceiling,
    check_reports,
    not_measured,
    print_run,
    select,
    write_report,
)
from summarizer.cli.options import BaseUrl, ModelName, Params
from summarizer.settings import Settings, load_settings, parse_params

if TYPE_CHECKING:
    from summarizer.evaluation.cases import Case
    from summarizer.evaluation.runs import Outcome
    from summarizer.evaluation.systems import System


def run(
    model: ModelName = None,
    base_url: BaseUrl = None,
    strategy: Annotated[
        str | None, typer.Option(help="auto, full, fast, single or stepwise.")
    ] = None,
    param: Params = None,
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
        raise not_measured(
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
            raise not_measured(
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
        from summarizer.vocabulary import SELECTED

        if not self._is_live:
            return False
        return strategy_of(self.settings, choose_endpoint(self.settings)) not in SELECTED

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
        raise not_measured(f"unknown baseline {name!r}: {' or '.join(map(repr, BASELINES))}")
    return BaselineSystem(name, BASELINES[name])


def _oracle(cases: Sequence[Case]) -> Any:
    from summarizer.evaluation.oracle import oracle_answer
    from summarizer.testing import by_document, oracle

    texts = {case.id: case.readings[0].text for case in cases}
    return oracle({case.id: oracle_answer(case) for case in cases}, by_document(texts))


@contextmanager
def shown(total: int, quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """A progress bar of cases on a terminal; else nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    disabled = quiet or not console.is_terminal
    with Progress(*columns, console=console, disable=disabled, transient=True) as progress:
        task = progress.add_task("cases", total=total)

        def tell(outcome: Outcome) -> None:
            progress.update(task, advance=1, description=outcome.case_id[:40])

        yield tell
