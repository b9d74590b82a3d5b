"""What changed between two briefs, as Markdown, JSON and on a terminal (pure).

By party and topic; each change says what exactly is different, and what both sides say with the
sentences cited. Sentences are named as in a brief, with the side before them: ``old 3``,
``new d2:3``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summarizer.brief import Citation
from summarizer.changes import Change, Comparison, Detail, Edition, EditionSource, Told
from summarizer.rendering.citing import Citing
from summarizer.rendering.escaping import clean, heading, inline, quotation
from summarizer.vocabulary import ChangeKind

KINDS = {
    ChangeKind.NEW: "new",
    ChangeKind.GONE: "no longer mentioned",
    ChangeKind.HARDENED: "hardened",
    ChangeKind.SOFTENED: "softened",
    ChangeKind.STATUS_MOVED: "status moved",
    ChangeKind.NUMBER_CHANGED: "number changed",
    ChangeKind.HOLDER_CHANGED: "holder changed",
    ChangeKind.QUESTION_ANSWERED: "question answered",
    ChangeKind.QUESTION_OPENED: "question opened",
    ChangeKind.STEP_DONE: "step done",
    ChangeKind.STEP_OVERDUE: "step overdue",
}
_SECTIONS = {
    "offers": "offer",
    "red_lines": "red line",
    "open_questions": "open question",
    "next_steps": "next step",
}
_COLOURS = {
    ChangeKind.NEW: "green",
    ChangeKind.GONE: "red",
    ChangeKind.HARDENED: "bold red",
    ChangeKind.SOFTENED: "bold green",
}


def to_json(comparison: Comparison) -> str:
    """The comparison as JSON, ending in a line break."""
    return comparison.model_dump_json(indent=2) + "\n"


def to_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown."""
    blocks = [
        f"# What changed: {heading(comparison.new.title)}",
        "\n".join(_head(comparison)),
        *(f"> ⚠ {inline(note)}" for note in comparison.notes),
        *_parties(comparison),
        *_annex(comparison),
    ]
    return "\n\n".join(blocks) + "\n"


def screen(comparison: Comparison) -> RenderableType:
    """The comparison for a terminal; nothing of a document can act on it."""
    blocks: list[RenderableType] = [
        Text(clean(comparison.new.title), "bold"),
        Text(summary(comparison)),
        *(Text(f"⚠ {clean(note)}", "yellow") for note in comparison.notes),
    ]
    for party, changes in _by_party(comparison):
        blocks += [Text(), Text(clean(party), "bold underline")]
        blocks += [block for change in changes for block in _shown(comparison, change)]
    return Group(*blocks)


def summary(comparison: Comparison) -> str:
    """``3 changes: 2 new, 1 hardened; 5 items unchanged``, and how many nobody can tell about."""
    counted = Counter(change.kind for change in comparison.changes)
    kinds = ", ".join(f"{counted[kind]} {KINDS[kind]}" for kind in ChangeKind if counted[kind])
    same = len(comparison.unchanged)
    unchanged = f"{same} item{'' if same == 1 else 's'} unchanged"
    if comparison.not_compared:
        unchanged += f"; {len(comparison.not_compared)} not comparable offline"
    if not comparison.changes:
        return f"No change; {unchanged}."
    number = len(comparison.changes)
    return f"{number} change{'' if number == 1 else 's'}: {kinds}; {unchanged}."


def _head(comparison: Comparison) -> Iterator[str]:
    for side, edition in (("Old", comparison.old), ("New", comparison.new)):
        sources = "; ".join(_source(source, edition) for source in edition.sources)
        yield f"- **{side}**: {inline(edition.title)} ({sources})"
    yield f"- {summary(comparison)}"


def _source(source: EditionSource, edition: Edition) -> str:
    name = source.title or source.origin or source.id
    facts = [name, source.publisher, source.date.isoformat() if source.date else "undated"]
    listed = ", ".join(inline(fact) for fact in facts if fact)
    return f"{source.id}: {listed}" if len(edition.sources) > 1 else listed


def _by_party(comparison: Comparison) -> Iterator[tuple[str, list[Change]]]:
    for parties, found in groupby(comparison.changes, key=lambda change: change.parties):
        yield ", ".join(parties) or "No party in particular", list(found)


def _parties(comparison: Comparison) -> Iterator[str]:
    for party, changes in _by_party(comparison):
        yield f"## {heading(party)}"
        for topic, found in groupby(changes, key=lambda change: change.topic):
            yield f"### {str(topic).replace('_', ' ')}"
            yield "\n".join(line for change in found for line in _lines(comparison, change))


def _lines(comparison: Comparison, change: Change) -> Iterator[str]:
    details = "; ".join(inline(difference(one)) for one in change.details)
    kind = f"**{KINDS[change.kind]}** ({_section(change)})"
    yield f"- {kind}{': ' if details else ''}{details}"
    for side, told in (("old", change.old), ("new", change.new)):
        if told:
            teller = _teller(told)
            by = f" — {inline(teller)}" if teller else ""
            yield f"  - {side}: {inline(told.statement)} {_marks(comparison, side, told)}{by}"


def _section(change: Change) -> str:
    told = change.old or change.new
    return _SECTIONS[told.section] if told else ""


def difference(detail: Detail) -> str:
    """What exactly is different, in words."""
    if detail.aspect == "polarity":
        return "from one statement to its opposite"
    if detail.aspect == "condition":
        return f"condition more: {detail.now}" if detail.now else f"condition less: {detail.was}"
    was, now = (_plain(detail, value) for value in (detail.was, detail.now))
    return f"{detail.party}: {was} → {now}" if detail.party else f"{was} → {now}"


def _plain(detail: Detail, value: str | None) -> str:
    if value is None:
        return "no answer" if detail.aspect == "answer" else "none"
    return value if detail.aspect in {"figure", "date", "holder"} else value.replace("_", " ")


def _teller(told: Told) -> str:
    """Who says it, where that is not the holder: a reader must see what is second-hand."""
    if not told.speaker or told.speaks_for in told.holders or told.section == "open_questions":
        return ""
    party = f" ({told.speaks_for})" if told.speaks_for else ""
    return f"⚠ told by {told.speaker}{party}"


def _marks(comparison: Comparison, side: str, told: Told) -> str:
    names = _citing(comparison, side).names(told.citations)
    return f"[{side} {', '.join(names)}]" if names else "⚠ no sentence cited"


def _citing(comparison: Comparison, side: str) -> Citing:
    edition = comparison.old if side == "old" else comparison.new
    return Citing(tuple(source.id for source in edition.sources))


def _annex(comparison: Comparison) -> Iterator[str]:
    lines = [
        f"- [{side} {inline(_citing(comparison, side).name(one))}] {quotation(one.quote)}"
        for side in ("old", "new")
        for one in _citing(comparison, side).in_order(_cited(comparison.changes, side))
    ]
    if lines:
        yield "## The sentences cited"
        yield "\n".join(lines)


def _cited(changes: Iterable[Change], side: str) -> Iterator[Citation]:
    for change in changes:
        told: Told | None = getattr(change, side)
        yield from told.citations if told else ()


def _shown(comparison: Comparison, change: Change) -> Iterator[RenderableType]:
    details = "; ".join(difference(one) for one in change.details)
    style = _COLOURS.get(change.kind, "bold yellow")
    yield Text.assemble(
        (KINDS[change.kind], style),
        (f" · {_section(change)} · {str(change.topic).replace('_', ' ')}", "dim"),
        f" · {clean(details)}" if details else "",
    )
    rows = Table.grid(padding=(0, 1))
    for sign, side, told in (("−", "old", change.old), ("+", "new", change.new)):
        if told:
            rows.add_row(Text(f" {sign}", style), _said(comparison, side, told))
    yield rows


def _said(comparison: Comparison, side: str, told: Told) -> Text:
    teller = _teller(told)
    return Text.assemble(
        clean(told.statement),
        (f" {_marks(comparison, side, told)}", "blue"),
        (f" {clean(teller)}" if teller else "", "yellow"),
    )
