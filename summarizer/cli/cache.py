"""``summarizer cache``: the answers that were kept."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from summarizer.settings import load_settings

app = typer.Typer(help="Show and clear the answers that were kept.", no_args_is_help=True)
DAY = 86_400.0


@app.command("show")
def show() -> None:
    """Print where the answers are, how many, how large, and from when."""
    from summarizer.cache import AnswerCache

    folder = load_settings().answers_dir
    found = [stat for _, stat in AnswerCache(folder).files()]
    typer.echo(f"folder      {folder}")
    typer.echo(f"answers     {len(found):,}, {sum(stat.st_size for stat in found) / 1e6:,.1f} MB")
    if found:
        times = [time.localtime(stat.st_mtime) for stat in found]
        first, last = (time.strftime("%Y-%m-%d", moment) for moment in (min(times), max(times)))
        typer.echo(f"from        {first} to {last}")


@app.command("clear")
def clear(
    older_than: Annotated[
        float | None, typer.Option(min=0, metavar="DAYS", help="Only answers older than this.")
    ] = None,
) -> None:
    """Remove the answers that were kept: what is asked again is paid again."""
    from summarizer.cache import AnswerCache

    before = float("inf") if older_than is None else time.time() - older_than * DAY
    removed = AnswerCache(load_settings().answers_dir).clear(before=before)
    typer.echo(
        f"summarizer: removed {removed:,} {'answer' if removed == 1 else 'answers'}", err=True
    )
