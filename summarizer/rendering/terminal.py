"""A brief in a terminal, with rich: readable at 80 columns, in colour or without.

Everything that documents and models wrote goes through ``clean`` into ``Text``, which has no
markup: nothing of it can act on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.brief import Citation, Source
from summarizer.rendering.escaping import clean
from summarizer.rendering.lines import SIGNS, Line, Tag
from summarizer.rendering.outline import Chapter, Outline

STYLES: dict[Tag, str] = {
    "own": "green",
    "second-hand": "yellow",
    "confirm": "yellow",
    "disputed": "red",
    "hedged": "magenta",
    "partial": "magenta",
    "unsupported": "red",
}
"""Colours of tags; sign and word say the same without them."""
CONTEXT = 2
"""Sentences shown before and after one that an item cites."""
_NAME_WIDTH = 4


def screen(shown: Outline) -> RenderableType:
    """The whole brief."""
    blocks: list[RenderableType] = [*_header(shown)]
    if shown.brief.about_peace_talks:
        blocks += _findings(shown)
    else:
        blocks.append(Text(f"{shown.words('not about')}. {clean(shown.brief.not_about or '')}"))
    blocks += _notes(shown)
    return Group(*blocks)


def item_screen(shown: Outline, line: Line) -> RenderableType:
    """One item: its line, and each sentence it cites among its neighbours."""
    cited = shown.citing.in_order(line.all_citations)
    wanted = {(one.document, one.sentence) for one in cited}
    blocks: list[RenderableType] = [_rows(shown, [line]), Text(f"id {line.id}", "dim")]
    for source in shown.brief.sources:
        numbers = [number for document, number in wanted if document == source.id]
        if numbers:
            blocks += [
                Text(""),
                _source_rule(shown, source),
                *_context(shown, source, sorted(numbers)),
            ]
    lost = [one for one in cited if shown.citing.source(one) is None]
    blocks += [Text(f"[{one.document}:{one.sentence}] {clean(one.quote)}") for one in lost]
    return Group(*blocks)


def _header(shown: Outline) -> Iterator[RenderableType]:
    yield Text(clean(shown.title), "bold")
    for label, title, facts in shown.sources:
        yield Text.assemble((f"{label} ", "dim"), clean(title), (f" · {clean(facts)}", "dim"))
    yield Text(f"{shown.words('made')}: {clean(shown.made)}", "dim")
    if shown.check:
        yield Text(f"{shown.words('check')}: {shown.check}", "dim")
    yield Text("")


def _findings(shown: Outline) -> Iterator[RenderableType]:
    bottom = shown.bottom_line
    rows = _rows(shown, bottom.lines) if bottom.lines else Text(bottom.nothing, "italic dim")
    yield Panel(rows, title=Text(bottom.title, "bold"), title_align="left", padding=(0, 1))
    for chapter in shown.chapters:
        yield from _chapter(shown, chapter)
    if shown.moved:
        yield from _heading(f"{shown.words('unsupported')} ({len(shown.moved)})", "bold red")
        yield _rows(shown, [line for _, line in shown.moved])


def _chapter(shown: Outline, chapter: Chapter) -> Iterator[RenderableType]:
    count = f" ({len(chapter.lines)})" if chapter.lines else ""
    yield from _heading(f"{chapter.title}{count}")
    if not chapter.lines:
        yield Text(chapter.nothing, "italic dim")
    for title, lines in chapter.groups:
        if title:
            yield Text(title, "underline")
        yield _rows(shown, lines)


def _heading(text: str, style: str = "bold") -> Iterator[RenderableType]:
    yield Text("")
    yield Rule(Text(text, style), align="left", style="dim")


def _rows(shown: Outline, lines: Sequence[Line]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=_NAME_WIDTH, no_wrap=True)
    table.add_column(overflow="fold")
    for line in lines:
        table.add_row(Text(line.name, "bold cyan"), _body(shown, line))
    return table


def _body(shown: Outline, line: Line) -> Group:
    """Lead and tags, the statement, then what is said beside it."""
    parts: list[RenderableType] = []
    head = Text(clean(line.lead), "bold")
    for tag in line.tags:
        head.append(" " if head else "")
        head.append(f"{SIGNS[tag]} {shown.words(f'tag {tag}')}", STYLES[tag])
    if head:
        parts.append(head)
    parts.append(_said(shown, line))
    # That it is disputed, hedged or to be confirmed, a tag says already.
    plain = "; ".join(
        shown.remark(one) for one in line.plain if one.kind not in {"doubt", "confirm"}
    )
    if plain:
        parts.append(Text(clean(plain), "dim"))
    for remark in line.cited:
        parts.append(_cited(shown, remark.text, remark.citations, "dim"))
    return Group(*parts)


def _said(shown: Outline, line: Line) -> Text:
    if line.cited and not line.citations:
        return Text(clean(line.text))
    return _cited(shown, line.text, line.citations, "")


def _cited(shown: Outline, text: str, citations: Iterable[Citation], style: str) -> Text:
    names = shown.citing.names(citations)
    marks = f"[{', '.join(names)}]" if names else shown.words("no sentence")
    return Text.assemble((clean(text), style), (f" {clean(marks)}", "blue"))


def _notes(shown: Outline) -> Iterator[RenderableType]:
    yield from _heading(shown.notes_title)
    for note in shown.notes:
        yield Text(f"- {clean(note)}", "dim")
    yield Text(shown.warned, "dim" if not shown.warnings else "yellow")
    for kind, told in shown.warnings:
        yield Text(f"- {kind}: {clean(told)}")


def _source_rule(shown: Outline, source: Source) -> Rule:
    label, title, _ = shown.sources[[one.id for one in shown.brief.sources].index(source.id)]
    return Rule(Text.assemble((f"{label} ", "dim"), (clean(title), "italic")), align="left",
                style="dim")  # fmt: skip


def _context(shown: Outline, source: Source, numbers: Sequence[int]) -> Iterator[RenderableType]:
    """The cited sentences among their neighbours; gaps are shown as such."""
    before: int | None = None
    for number in _around(source, numbers):
        if before is not None and number != before + 1:
            yield Text("     …", "dim")
        before = number
        start, end = source.sentences[number - 1]
        cited = number in numbers
        text = Text.assemble(
            ("▶ " if cited else "  ", "bold yellow"),
            (f"[{number}] ", "blue"),
            (clean((source.text or "")[start:end]), "bold" if cited else "dim"),
        )
        page = source.page(start)
        if cited and page:
            text.append(f"  p. {page}", "dim")
        yield text
        gloss = shown.gloss(source.id, number)
        if cited and gloss:
            yield Text(f"      {shown.words('gloss', text=clean(gloss))}", "italic")


def _around(source: Source, numbers: Sequence[int]) -> list[int]:
    near = {n + step for n in numbers for step in range(-CONTEXT, CONTEXT + 1)}
    return sorted(number for number in near if 1 <= number <= len(source.sentences))
