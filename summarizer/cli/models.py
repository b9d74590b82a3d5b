"""``summarizer models``: the weights of the embedded models, and of the encoders."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.settings import load_settings

app = typer.Typer(
    help="List, pull and remove the weights of embedded models, and of the encoders.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="A name that `models list` shows.")]
Names = Annotated[list[str], typer.Argument(help="Names that `models list` shows.")]


@app.command("list")
def list_models() -> None:
    """List all weights: size, licence, context, and whether they are here."""
    from rich.console import Console
    from rich.table import Table

    from summarizer.weights import catalogue, default, path

    folder = load_settings().models_dir
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for heading in ("name", "size", "licence", "context", "tested", "pulled"):
        table.add_column(heading, no_wrap=True)
    for entry in catalogue():
        tested = "yes" if entry.tested else "not run here"
        pulled = "yes" if path(entry.name, folder) else "–"
        size = f"{entry.bytes / 1e6:,.0f} MB"
        table.add_row(entry.name, size, entry.licence, f"{entry.context:,}", tested, pulled)
    # Names are there to be copied: a table in a pipe is as wide as it needs to be.
    console = Console()
    if not console.is_terminal:
        console.width = 200
    console.print(table)
    console.print(f"default: {default().name}", highlight=False)
    for entry in catalogue():
        if entry.kind == "encoder":
            console.print(f"{entry.name}: {entry.notes}; not for --model", highlight=False)


@app.command("pull")
def pull_model(
    names: Names,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Download the weights NAMES, check them, and print where they are."""
    from summarizer.cli.progress import shown_progress
    from summarizer.weights import entry, pull

    settings = load_settings()
    for item in list(map(entry, names)):  # before any is pulled
        with shown_progress(quiet) as progress:
            found = pull(
                item,
                settings.models_dir,
                progress=progress.download,
                notice=progress.notice,
                offline=settings.offline,
            )
        typer.echo(found)


@app.command("path")
def path_of_model(name: Name) -> None:
    """Print where the weights NAME are."""
    from summarizer.errors import WeightsError
    from summarizer.weights import path

    found = path(name, load_settings().models_dir)
    if found is None:
        raise WeightsError(f"{name} is not here: summarizer models pull {name}")
    typer.echo(found)


@app.command("remove")
def remove_model(name: Name) -> None:
    """Remove the weights NAME."""
    from summarizer.errors import WeightsError
    from summarizer.weights import remove

    if not remove(name, load_settings().models_dir):
        raise WeightsError(f"{name} is not here: nothing to remove")
    typer.echo(f"removed {name}", err=True)
