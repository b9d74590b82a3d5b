"""Where a brief goes and how it looks there: the options that commands share, and the writing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.errors import OutputError, SettingsError
from summarizer.rendering.formats import Format, Look, by_ending, render

if TYPE_CHECKING:
    from summarizer.brief import PeaceTalksBrief

FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Default: by the ending of -o, else md.")
]
OutputFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--output", "-o",
        help="Write to this file, whole or not at all. Repeatable: -o b.html -o b.docx.",
    ),
]  # fmt: skip
Handling = Annotated[
    str, typer.Option(help='A line for every page, e.g. "INTERNAL" (not in JSON and CSV).')
]
Template = Annotated[
    Path | None, typer.Option(help="A Word file (.docx, .dotx) whose styles and header are used.")
]
KeepText = Annotated[
    bool,
    typer.Option("--text/--no-text", help="Keep the document's text in JSON and HTML."),
]


@dataclass(frozen=True)
class Destination:
    """The files of one brief, or standard output, each with its format."""

    files: tuple[tuple[Path, Format], ...]
    printed: Format
    look: Look

    def __str__(self) -> str:
        return ", ".join(str(path) for path, _ in self.files) or "the output"

    def write(self, made: PeaceTalksBrief) -> None:
        """Make every format, then write every file: a format that fails leaves none."""
        from summarizer.storage import write_atomically

        if not self.files:
            _print(render(made, self.printed, self.look))
            return
        rendered = [(path, in_file(made, form, self.look)) for path, form in self.files]
        for path, content in rendered:
            write_atomically(path, content)


def in_file(made: PeaceTalksBrief, form: Format, look: Look) -> str | bytes:
    """A brief as the content of a file."""
    content = render(made, form, look)
    # Without this mark Excel takes UTF-8 for the machine's own encoding.
    return f"\ufeff{content}" if form is Format.CSV and isinstance(content, str) else content


def destination(
    outputs: Sequence[Path] | None, form: Format | None, look: Look, *, sources: Sequence[str] = ()
) -> Destination:
    """Check what was asked for before any work is done. Raises OutputError, SettingsError."""
    if form is not None and len(outputs or []) > 1:
        raise SettingsError("--format goes with one -o; several are told apart by their endings")
    files = tuple((path, form or by_ending(path)) for path in outputs or [])
    for path, _ in files:
        check_spared(path, sources)
    printed = form or Format.MD
    if not files and printed.binary and sys.stdout.isatty():
        raise OutputError(f"{printed.value} is no text: give -o brief.{printed.value}")
    return Destination(files, printed, look)


def check_spared(output: Path, sources: Sequence[str]) -> None:
    """Refuse a file that cannot be written, or that is a source. Raises OutputError."""
    from summarizer.storage import check_writable

    check_writable(output)
    for source in sources:
        if source != "-" and output.exists() and Path(source).resolve() == output.resolve():
            raise OutputError(f"cannot write {output}: it is the document itself")


def _print(rendered: str | bytes) -> None:
    if isinstance(rendered, str):
        typer.echo(rendered, nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered)
        sys.stdout.buffer.flush()
