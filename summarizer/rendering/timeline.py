"""What each party said over time, as Markdown, JSON and on a terminal (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summarizer.rendering.changes import difference
from summarizer.rendering.escaping import clean, heading, inline
from summarizer.rendering.words import ENGLISH
from summarizer.timelines import Entry, Timeline

NOTHING = "Nothing of it is said in these briefs."


def to_markdown(made: Timeline) -> str:
    """By topic and party, a line for each document."""
    blocks = ["# Timeline"]
    for topic, party, entries in _grouped(made):
        blocks.append(f"## {topic}: {heading(party)}")
        blocks.append("\n".join(_line(entry) for entry in entries))
    if not made.entries:
        blocks.append(NOTHING)
    return "\n\n".join(blocks) + "\n"


def to_json(made: Timeline) -> str:
    """The timeline as JSON, ending in a line break."""
    return made.model_dump_json(indent=2) + "\n"


def screen(made: Timeline) -> RenderableType:
    """The timeline for a terminal; nothing of a document can act on it."""
    blocks: list[RenderableType] = [] if made.entries else [Text(NOTHING)]
    for topic, party, entries in _grouped(made):
        blocks += [Text(f"{topic} · {clean(party)}", "bold underline")]
        rows = Table.grid(padding=(0, 1))
        for entry in entries:
            said = Text.assemble(
                clean(entry.statement),
                (f" [{', '.join(_names(entry))}]", "blue"),
                (f" {_how(entry)}", "yellow"),
            )
            rows.add_row(Text(_day(entry), "cyan"), said)
        blocks += [rows, Text()]
    return Group(*blocks)


def _grouped(made: Timeline) -> Iterator[tuple[str, str, list[Entry]]]:
    for (topic, party), entries in groupby(made.entries, key=lambda e: (e.topic, e.party)):
        yield str(topic).replace("_", " "), party, list(entries)


def _line(entry: Entry) -> str:
    how = inline(_how(entry))
    names = ", ".join(_names(entry))
    shown = f"- **{_day(entry)}** {inline(entry.statement)} [{names}]"
    return f"{shown} ({inline(entry.name)}){f' — {how}' if how else ''}"


def _how(entry: Entry) -> str:
    """What a reader must know of it: second-hand, repeated, or how it moved."""
    facts = [f"⚠ told by {entry.speaker or 'the document'}"] if entry.second_hand else []
    if entry.moved:
        kinds = ", ".join(ENGLISH.term(kind) for kind in entry.moved)
        facts.append(f"{kinds}: {'; '.join(map(difference, entry.details))}")
    elif entry.repeats:
        facts.append("as before")
    return clean("; ".join(facts))


def _day(entry: Entry) -> str:
    return entry.date.isoformat() if entry.date else "undated"


def _names(entry: Entry) -> list[str]:
    return [f"{one.document}:{one.sentence}" for one in entry.citations]
