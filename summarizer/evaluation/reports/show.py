"""One case in the terminal: reference and output side by side, and the ledger (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summarizer.evaluation.cases import Case
from summarizer.evaluation.reports.alignedrows import (
    ItemView,
    Row,
    SectionView,
    explanations,
    side_by_side,
)
from summarizer.evaluation.reports.explanations import Explanation, field_name
from summarizer.evaluation.reports.explanations import Group as Colour
from summarizer.evaluation.reports.marks import Finder, Spot
from summarizer.evaluation.reports.overview import figure
from summarizer.evaluation.runs import Outcome
from summarizer.rendering.escaping import clean

_STYLES: Mapping[Colour, str] = {
    "right": "green",
    "critical": "bold red",
    "wrong": "yellow",
    "missing": "blue",
    "extra": "magenta",
    "minor": "cyan",
    "optional": "dim",
}


def to_side_by_side(case: Case, outcome: Outcome) -> RenderableType:
    """Reference left, output right, section by section, with every line of the ledger."""
    finder = Finder(case, outcome.brief)
    parts: list[RenderableType] = [_head(case, outcome)]
    parts += [_section(view, finder) for view in side_by_side(case, outcome)]
    ledger = explanations(outcome)
    parts.append(_ledger(ledger) if ledger else Text("Nothing is lost.", style="green"))
    return Group(*parts)


def _head(case: Case, outcome: Outcome) -> Text:
    text = Text(f"{case.id}", style="bold")
    text.append(f"  score {figure(outcome.score.score)}")
    text.append(f"  {case.split}, {outcome.words:,} words, repeat {outcome.repeat}", style="dim")
    text.append(f"\n{' '.join(map(clean, outcome.tags))}", style="dim")
    if outcome.error is not None:
        text.append(f"\nno brief: {clean(outcome.error)}", style=_STYLES["critical"])
    for name, subject in _subjects(case, outcome):
        text.append(f"\n{name}: {subject}")
    return text


def _subjects(case: Case, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What each side says the document is about, unless it is peace talks for both."""
    brief = outcome.brief
    if case.about_peace_talks and (brief is None or brief.about_peace_talks):
        return
    yield "reference", subject(case.about_peace_talks, case.not_about)
    if brief is not None:
        yield "output", subject(brief.about_peace_talks, brief.not_about)


def subject(about_peace_talks: bool, not_about: str | None) -> str:
    """What a brief says its document is about."""
    if about_peace_talks:
        return "about peace talks"
    return f"not about peace talks: {clean(not_about or 'no reason given')}"


def _section(view: SectionView, finder: Finder) -> Table:
    score = view.score
    title = f"{view.title}  F {figure(score.f)}  P {figure(score.precision)}"
    table = Table(
        title=f"{title}  R {figure(score.recall)}", title_justify="left", title_style="bold",
        box=box.SIMPLE_HEAD, expand=True, header_style="dim", pad_edge=False, show_lines=True,
    )  # fmt: skip
    table.add_column("", max_width=20)
    table.add_column("reference", ratio=1)
    table.add_column("output", ratio=1)
    for row in view.rows:
        table.add_row(_verdict(row), *_sides(row, finder))
    return table


def _verdict(row: Row) -> Text:
    text = Text(row.word, style=_STYLES[row.group])
    if row.credit is not None:
        text.append(f"\ncredit {row.credit:.2f}", style="dim")
    return text


def _sides(row: Row, finder: Finder) -> tuple[Text, Text]:
    wanted, got = row.reference, row.output
    left = _item(row, wanted, finder.of_reference(wanted.item.citations)) if wanted else Text("–")
    right = _item(row, got, finder.of_output(got.item.citations)) if got else Text("–")
    return left, right


def _item(row: Row, view: ItemView, cited: Sequence[Spot]) -> Text:
    """The statement, the fields (those at fault in colour), and the sentences cited."""
    text = Text()
    text.append(f"{view.label} ", style="bold")
    pieces = row.statements[0 if view is row.reference else 1]
    for piece, apart in pieces:
        text.append(piece, style=f"{_style(row, 'statement')} underline" if apart else "")
    for name, content in view.fields.items():
        allowed = view.also.get(name, "")
        if content or allowed or row.faults(name):
            text.append(f"\n{field_name(name)}: ", style="dim")
            text.append(content or "none", style=_style(row, name))
            text.append(f" (or {allowed})" if allowed else "", style="dim")
    text.append(f"\ncites {_numbers(cited)}", style="dim")
    if view.support:
        text.append(f"\n{view.support}", style=_STYLES["wrong"])
    return text


def _style(row: Row, name: str) -> str:
    """The colour of a field: that of the error in it."""
    faults = row.faults(name)
    return _STYLES[faults[0].finding.group] if faults else ""


def _numbers(cited: Sequence[Spot]) -> str:
    several = any(document for document, _ in cited)
    names = (f"{d + 1}:{number}" if several else str(number) for d, number in cited)
    return ", ".join(names) or "nothing that is in the document"


def _ledger(found: Sequence[Explanation]) -> Table:
    table = Table(
        title="Where the points went", title_justify="left", title_style="bold",
        box=box.SIMPLE_HEAD, expand=True, header_style="dim", pad_edge=False,
    )  # fmt: skip
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("error", max_width=20)
    table.add_column("items", no_wrap=True)
    table.add_column("what", ratio=1)
    for one in found:
        error = Text(one.word, style=_STYLES[one.group])
        table.add_row(Text(one.lost), error, Text(str(one.place)), Text(one.text))
    return table
