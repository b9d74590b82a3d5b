"""``summarizer positions`` and ``timeline``: who stands where, and since when."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

Briefs = Annotated[
    list[str],
    typer.Argument(metavar="BRIEF...", help="Stored briefs (.json), folders or patterns of them."),
]
OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
]


class MatrixFormat(str, Enum):
    """What positions can be written as."""

    TERMINAL = "terminal"
    MD = "md"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class TimelineFormat(str, Enum):
    """What a timeline can be written as."""

    TERMINAL = "terminal"
    MD = "md"
    JSON = "json"


def positions(
    briefs: Briefs,
    form: Annotated[
        MatrixFormat | None,
        typer.Option("--format", help="Default: by the ending of -o; a terminal, else md."),
    ] = None,
    output: OutputFile = None,
) -> None:
    """The matrix of topics and parties: offers, refusals, demands, silence."""
    from summarizer.briefset import brief_files, load_set
    from summarizer.positioning import positions as made_of
    from summarizer.rendering import positions as rendering

    chosen = MatrixFormat(_chosen(form, output, [one.value for one in MatrixFormat]))
    _check(output, brief_files(briefs), chosen.value)
    made = made_of(load_set(briefs))
    makers: dict[MatrixFormat, Callable[[], str | bytes]] = {
        MatrixFormat.MD: lambda: rendering.to_markdown(made),
        MatrixFormat.JSON: lambda: rendering.to_json(made),
        # Without a mark at its start Excel takes UTF-8 for the machine's own encoding.
        MatrixFormat.CSV: lambda: ("\ufeff" if output else "") + rendering.to_csv(made),
        MatrixFormat.XLSX: lambda: rendering.to_xlsx(made),
    }
    if chosen is MatrixFormat.TERMINAL:
        _show(rendering.screen(made), output)
    else:
        _write(makers[chosen](), output)


def timeline(
    briefs: Briefs,
    party: Annotated[str | None, typer.Option(help="Only this party.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic, e.g. ceasefire.")] = None,
    form: Annotated[
        TimelineFormat | None,
        typer.Option("--format", help="Default: by the ending of -o; a terminal, else md."),
    ] = None,
    output: OutputFile = None,
) -> None:
    """What each party said on a topic, brief after brief, the earliest first."""
    from summarizer.briefset import brief_files, load_all
    from summarizer.chronology import timeline as made_of
    from summarizer.rendering import timeline as rendering

    chosen = TimelineFormat(_chosen(form, output, [one.value for one in TimelineFormat]))
    _check(output, brief_files(briefs), chosen.value)
    made = made_of(load_all(briefs), party=party, topic=_topic(topic))
    if chosen is TimelineFormat.TERMINAL:
        _show(rendering.screen(made), output)
        return
    _write(
        rendering.to_json(made) if chosen is TimelineFormat.JSON else rendering.to_markdown(made),
        output,
    )


def _topic(name: str | None) -> Any:
    from summarizer.errors import SettingsError
    from summarizer.vocabulary import Topic

    if name is None:
        return None
    try:
        return Topic(name.strip().casefold().replace(" ", "_"))
    except ValueError:
        known = ", ".join(map(str, Topic))
        raise SettingsError(f"no topic {name!r}: there are {known}") from None


def _chosen(form: Enum | None, output: Path | None, known: list[str]) -> str:
    """The format that was asked for, by name, by ending, or by who is looking."""
    from summarizer.errors import OutputError

    if form is not None:
        return str(form.value)
    if output is None:
        return "terminal" if sys.stdout.isatty() else "md"
    ending = {"": "md", "txt": "terminal"}.get(output.suffix[1:].lower(), output.suffix[1:].lower())
    if ending not in known:
        raise OutputError(f"cannot write {output}: this can be .{', .'.join(known[1:])} or .txt")
    return ending


def _check(output: Path | None, sources: list[str], form: str) -> None:
    from summarizer.cli.output import check_spared
    from summarizer.errors import OutputError

    if output is not None:
        check_spared(output, sources)
    elif form == "xlsx" and sys.stdout.isatty():
        raise OutputError("xlsx is no text: give -o positions.xlsx")


def _show(shown: RenderableType, output: Path | None) -> None:
    """On the terminal, or as plain text in a file."""
    from rich.console import Console

    if output is None:
        Console().print(shown)
        return
    console = Console(width=160, no_color=True)
    with console.capture() as captured:
        console.print(shown)
    _write(captured.get(), output)


def _write(made: str | bytes, output: Path | None) -> None:
    from summarizer.storage import write_atomically

    if output is not None:
        write_atomically(output, made)
    elif isinstance(made, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(made)
    else:
        typer.echo(made, nl=False)
