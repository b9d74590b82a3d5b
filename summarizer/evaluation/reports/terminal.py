"""A run as a table of the terminal, at most 100 columns wide (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from summarizer.evaluation.entries import SECTIONS
from summarizer.evaluation.reports.alignedrows import explanations
from summarizer.evaluation.reports.differences import shortened
from summarizer.evaluation.reports.overview import (
    NONE,
    SLICES,
    Measure,
    between,
    cases_line,
    effort,
    figure,
    measures,
    sliced,
    worst_first,
)
from summarizer.evaluation.reports.places import TITLES
from summarizer.evaluation.runs import Outcome, Run
from summarizer.evaluation.scoring import SECTION_WEIGHTS
from summarizer.evaluation.statistics import Interval
from summarizer.rendering.escaping import clean

WIDTH = 100
_HALF = 49
_WORST = 5


def to_table(run: Run, worst: int = _WORST) -> RenderableType:
    """The panel, the sections, the slices and the ``worst`` cases of a run."""
    parts: list[RenderableType] = [_headline(run), _halves([_sections(run)], [_effort(run)])]
    parts += ["", _rates(measures(run)), "", _slices(run)]
    if run.outcomes and worst > 0:
        parts += ["", _worst(worst_first(run)[:worst])]
    return Constrain(Group(*parts), WIDTH)


def _headline(run: Run) -> RenderableType:
    mean = run.mean()
    n = mean.n if mean else 0
    score = Text(f"brief score {figure(mean.mean if mean else None)}", style="bold")
    score.append(f"   95 % {between(mean)}   n = {n} articles", style="not bold")
    crashes = len(run.crashes)
    score.append(
        f"   crashes {crashes} of {len(run.outcomes)}", style="bold red" if crashes else "not bold"
    )
    lines = [score, Text(_ceiling(run)), Text(_made_of(run), style="dim")]
    if run.note:
        lines.append(Text(clean(run.note), style="dim"))
    title = Text(shortened(run.label, WIDTH - 12), style="bold")
    return Panel(Group(*lines), title=title, title_align="left", box=box.ROUNDED, width=WIDTH)


def _ceiling(run: Run) -> str:
    if run.ceiling is None:
        return "ceiling unknown: no case has a second reference"
    return f"ceiling {figure(run.ceiling)}: the agreement of two annotators, by the same scorer"


def _made_of(run: Run) -> str:
    seed = "" if run.seed is None else f" · seed {run.seed}"
    return clean(
        f"{run.model} · strategy {run.strategy} · prompt {run.prompt_version} · scorer "
        f"{run.scorer_version} · {run.similarity}{seed} · {cases_line(run)} · "
        f"{run.created:%Y-%m-%d %H:%M}"
    )


def _table(title: str, columns: Iterable[tuple[str, str]], width: int) -> Table:
    """A table whose first column takes what the others leave."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        width=width, padding=(0, 1), header_style="dim", pad_edge=False,
        show_edge=False,
    )  # fmt: skip
    for number, (name, justify) in enumerate(columns):
        table.add_column(
            name,
            justify="right" if justify == "right" else "left",
            ratio=None if number else 1,
            no_wrap=bool(number),
        )
    return table


def _halves(left: Sequence[RenderableType], right: Sequence[RenderableType]) -> Table:
    grid = Table.grid(padding=0, pad_edge=False)
    grid.add_column(width=_HALF + 2)
    grid.add_column(width=_HALF)
    grid.add_row(Group(*left), Group(*right))
    return grid


def _sections(run: Run) -> Table:
    columns = [("section", ""), ("weight", "right"), ("mean F", "right"), ("n", "right")]
    table = _table("Sections", columns, _HALF)
    means = run.section_means()
    for section in SECTIONS:
        mean, n = means.get(section, (None, 0))
        row = (TITLES[section].lower(), f"{SECTION_WEIGHTS[section]:.2f}", figure(mean), str(n))
        table.add_row(*map(Text, row))
    return table


def _effort(run: Run) -> Table:
    table = Table(
        title="Effort", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        width=_HALF, padding=(0, 1), header_style="dim", pad_edge=False,
        show_edge=False,
    )  # fmt: skip
    table.add_column("what", no_wrap=True)
    table.add_column("all outputs", ratio=1)
    for name, text in effort(run):
        table.add_row(Text(name), Text(text))
    return table


def _rates(found: Sequence[Measure]) -> Table:
    columns = [("rate", ""), ("", "right"), ("counted", "right"), ("95 %", "right")]
    table = _table("Rates over items", columns, WIDTH)
    for measure in found:
        name = Text(measure.name)
        name.append(f"  {measure.meaning}", style="dim")
        table.add_row(name, Text(measure.share), Text(measure.counts), Text(measure.between))
    return table


def _slices(run: Run) -> Table:
    by_kind = {name: sliced(run, kind) for kind, name in SLICES}
    tables = {name: _slice(name, rows) for name, rows in by_kind.items() if rows}
    genre = [table for name, table in tables.items() if name == "genre"]
    others = [table for name, table in tables.items() if name != "genre"]
    spaced = [part for table in others for part in (table, Text(""))]
    return _halves(genre, spaced[:-1])


def _slice(name: str, rows: Sequence[tuple[str, Interval]]) -> Table:
    columns = [("", ""), ("n", "right"), ("mean", "right"), ("95 %", "right")]
    table = _table(f"By {name}", columns, _HALF)
    for value, interval in rows:
        cells = (value, str(interval.n), figure(interval.mean), between(interval))
        table.add_row(*map(Text, cells))
    return table


def _worst(outcomes: Sequence[Outcome]) -> Table:
    table = _table("Worst cases", [("case", ""), ("score", "right")], WIDTH)
    table.columns[0].ratio = None
    table.columns[0].max_width = 40
    table.add_column("dearest errors", ratio=1)
    for outcome in outcomes:
        table.add_row(
            Text(_case_name(outcome)), Text(figure(outcome.score.score)), Text(_dearest(outcome))
        )
    return table


def _case_name(outcome: Outcome) -> str:
    repeat = f" (repeat {outcome.repeat})" if outcome.repeat > 1 else ""
    return clean(outcome.case_id) + repeat


def _dearest(outcome: Outcome, most: int = 2) -> str:
    if outcome.error is not None:
        return shortened(outcome.error, 140)
    found = [finding for finding in explanations(outcome) if finding.points > 0]
    lines = [f"{f.lost} {f.word}, {f.place}: {shortened(f.text, 90)}" for f in found[:most]]
    return "\n".join(lines) or NONE
