"""The command line: a command parses, calls one function, prints.

Only what the user asked for goes to standard output; progress, notices and errors go to
standard error. Exit status: 0 made; 2 usage or unreadable input; 3 model unreachable or
unauthorised; 4 no usable answer; 5 deadline or budget exceeded; 6 ``--strict`` and something
was dropped or unsupported; 7 a batch with failures; 130 interrupted.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from summarizer.cli import (
    batch,
    brief,
    cache,
    compare,
    doctor,
    evaluate,
    merge,
    models,
    prompt,
    show,
    stances,
)
from summarizer.errors import SummarizerError

app = typer.Typer(
    name="summarizer",
    help="Typed, cited and checkable briefs of documents about peace negotiations.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("brief")(brief.brief)
app.command("batch")(batch.batch)
app.command("merge")(merge.merge)
app.command("compare")(compare.compare)
app.command("positions")(stances.positions)
app.command("timeline")(stances.timeline)
app.command("show")(show.show)
app.command("prompt")(prompt.prompt)
app.command("schema")(prompt.schema)
app.add_typer(models.app, name="models")
app.add_typer(cache.app, name="cache")
app.command("doctor")(doctor.doctor)
app.add_typer(evaluate.app, name="eval")


def _version(value: bool) -> None:
    if value:
        from summarizer.version import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    """Typed, cited and checkable briefs of documents about peace negotiations."""


def main() -> None:
    """Run the command line; every error of ours is one line and its own exit status."""
    _speak_utf8()
    try:
        app(prog_name="summarizer")  # also for `python -m summarizer`, completion included
    except SummarizerError as error:
        typer.echo(f"summarizer: {one_line(str(error))}", err=True)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        typer.echo("summarizer: interrupted", err=True)
        sys.exit(130)


def _speak_utf8() -> None:
    """No character of a brief may break its output: JSON and files are UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def one_line(message: str) -> str:
    """A message fit for a terminal: one line, no control characters."""
    return "".join(c if c.isprintable() else " " for c in " ".join(message.split()))
