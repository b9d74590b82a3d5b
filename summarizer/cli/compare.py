"""``summarizer compare``: what changed between two briefs, or two sets of them."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.changes import Comparison

SAME, CHANGED = 0, 1


class Format(str, Enum):
    """What a comparison can be printed as."""

    TERMINAL = "terminal"
    MD = "md"
    JSON = "json"


def compare(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A brief (.json), or a folder or pattern of them.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later one.")],
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Default: by the ending of -o; a terminal, else md."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
    ] = None,
) -> None:
    """What changed from OLD to NEW. Exit status 0: no change, 1: changes; others: errors."""
    from summarizer.briefset import brief_files, load_set
    from summarizer.cli.output import check_spared
    from summarizer.comparison import compare as compared

    chosen = form or by_ending(output)
    if output is not None:
        check_spared(output, [*brief_files([old]), *brief_files([new])])
    found = compared(load_set([old]), load_set([new]))
    _write(found, chosen, output)
    raise typer.Exit(CHANGED if found.changes else SAME)


def by_ending(output: Path | None) -> Format:
    """Without a file it depends on whether somebody is looking. Raises OutputError."""
    from summarizer.errors import OutputError

    if output is None:
        return Format.TERMINAL if sys.stdout.isatty() else Format.MD
    formats = {"": Format.MD, ".md": Format.MD, ".json": Format.JSON, ".txt": Format.TERMINAL}
    if output.suffix not in formats:
        raise OutputError(f"cannot write {output}: a comparison is .md, .json or .txt")
    return formats[output.suffix]


def _write(found: Comparison, form: Format, output: Path | None) -> None:
    from rich.console import Console

    from summarizer.rendering.changes import screen, to_json, to_markdown
    from summarizer.storage import write_atomically

    if form is Format.TERMINAL and output is None:
        Console().print(screen(found))
        return
    if form is Format.TERMINAL:
        console = Console(width=100, no_color=True)
        with console.capture() as shown:
            console.print(screen(found))
        rendered = shown.get()
    else:
        rendered = to_json(found) if form is Format.JSON else to_markdown(found)
    if output is None:
        typer.echo(rendered, nl=False)
    else:
        write_atomically(output, rendered)
