"""``summarizer batch``: many documents in, a folder of briefs out."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import (
    AllowPrivate,
    BaseUrl,
    Cache,
    Deadline,
    MaxChars,
    MaxOutputTokens,
    MaxReasks,
    MaxRetries,
    MaxTotalTokens,
    ModelName,
    Offline,
    OutputLanguage,
    Params,
    Strategy,
    Timeout,
    TranslateQuotes,
    Window,
    settings_of,
)
from summarizer.cli.output import Handling, KeepText, Template, in_file
from summarizer.rendering.formats import Format, Look
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.batching import Forms
    from summarizer.cli.ending import Ending
    from summarizer.planning import Plan

Work = Callable[..., Coroutine[Any, Any, Any]]


def batch(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS...",
            help='Files, folders, patterns or addresses; "-" reads them from standard input, '
            "one a line.",
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the briefs.")],
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="FEED", help="RSS or Atom: the pages it links to. Repeatable."),
    ] = None,
    model: ModelName = None,
    base_url: BaseUrl = None,
    concurrency: Annotated[
        int | None, typer.Option(help="Documents at a time, at most (8; embedded 1).")
    ] = None,
    form: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Beside the JSON, which is always written. Repeatable."),
    ] = None,
    language: OutputLanguage = None,
    translate_quotes: TranslateQuotes = None,
    handling: Handling = "",
    template: Template = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Skip what is done; try again what has failed.")
    ] = False,
    limit_tokens: Annotated[
        int | None, typer.Option(min=1, help="Tokens that the batch may use in all.")
    ] = None,
    limit_cost: Annotated[
        str | None, typer.Option(metavar="USD", help="US dollars that it may use in all.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count documents, tokens and cost.")
    ] = False,
    strategy: Strategy = None,
    param: Params = None,
    timeout: Timeout = None,
    deadline: Deadline = None,
    max_output_tokens: MaxOutputTokens = None,
    max_total_tokens: MaxTotalTokens = None,
    window: Window = None,
    max_reasks: MaxReasks = None,
    max_retries: MaxRetries = None,
    max_chars: MaxChars = None,
    allow_private: AllowPrivate = None,
    offline: Offline = None,
    cache: Cache = None,
    text: KeepText = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notices.")] = False,
) -> None:
    """Make a brief of every document, in a folder with index.jsonl and failures.jsonl.

    Answers are kept the moment they come: run the same command again after any interruption,
    and nothing is paid for twice. Exit status: 0 a brief of each; 7 some failed (each with its
    reason in failures.jsonl); 5 stopped at a limit; 3 stopped because the endpoint failed 20
    documents in a row; 2 nothing to do, or the folder cannot be used; 130 interrupted.
    """
    from summarizer.batching import Tally, abatch
    from summarizer.cli.ending import Ending
    from summarizer.endpoints import choose_endpoint

    settings = settings_of(context.params)
    sources = [*_named(paths or []), *_linked(feed or [], settings, quiet)]
    if dry_run:
        _plan(sources, out, settings)
        return
    cost = _dollars(limit_cost)
    forms = _forms(form or [], Look(handling=handling, template=template, text=text))
    no_model = choose_endpoint(settings).kind == "embedded" and not settings.model
    work = partial(
        abatch, sources, out, settings=settings, concurrency=concurrency, resume=resume,
        forms=forms, limit_tokens=limit_tokens, limit_cost=cost,
    )  # fmt: skip
    _run(work, Ending(out, Tally(), quiet), no_model=no_model, quiet=quiet)


def _named(paths: list[str]) -> list[str]:
    """The sources; "-" stands for what standard input lists, as ``find`` prints it."""
    return [name for path in paths for name in (_listed() if path == "-" else [path])]


def _linked(feeds: list[str], settings: Settings, quiet: bool) -> list[str]:
    """The addresses that the feeds link to."""
    from summarizer.documents import Web, feed_links

    found: list[str] = []
    for feed in feeds:
        web = Web(allow_private=settings.allow_private, offline=settings.offline)
        links = feed_links(feed, web=web)
        found += links.addresses
        if links.without and not quiet:
            typer.echo(
                f"summarizer: {feed}: entries that link to no page: {links.without}", err=True
            )
    return found


def _listed() -> list[str]:
    return [line for line in sys.stdin.read().splitlines() if line.strip()]


def _dollars(text: str | None) -> Decimal | None:
    from summarizer.errors import SettingsError

    try:
        cost = Decimal(text) if text else None
    except InvalidOperation:
        cost = Decimal(-1)
    if cost is not None and not (cost.is_finite() and cost > 0):
        raise SettingsError(f"--limit-cost is a number of US dollars, such as 2.50, not {text!r}")
    return cost


def _forms(formats: list[Format], look: Look) -> Forms:
    """How to write each format that was asked for; JSON always."""
    wanted = dict.fromkeys([Format.JSON, *formats])
    return {form.value: partial(in_file, form=form, look=look) for form in wanted}


def _run(work: Work, ending: Ending, *, no_model: bool, quiet: bool) -> None:
    from summarizer.cli.batchprogress import shown_batch
    from summarizer.cli.interrupt import interruptible
    from summarizer.cli.progress import NO_MODEL

    with shown_batch(quiet) as progress:
        if no_model:
            progress.notice(NO_MODEL)
        running = work(progress=progress, on_skip=ending.skip, tally=ending.tally)
        interrupted = asyncio.run(interruptible(running, ending.leave))
    if interrupted:
        ending.leave()
    ending.tell()
    raise typer.Exit(ending.tally.exit_status)


def _plan(sources: list[str], out: Path, settings: Settings) -> None:
    from summarizer.batching import SOME_FAILED, documents_of
    from summarizer.cli import one_line
    from summarizer.endpoints import choose_endpoint
    from summarizer.planning import plan

    endpoint = choose_endpoint(settings)
    made = plan(documents_of(sources, out), settings, endpoint)
    for _, error in made.unreadable:
        typer.echo(f"summarizer: {one_line(str(error))}", err=True)
    typer.echo(_planned(made, endpoint.name), nl=False)
    if made.unreadable:
        raise typer.Exit(SOME_FAILED)


def _planned(made: Plan, model: str) -> str:
    usage = made.usage
    cost = "unpriced" if usage.cost is None else f"about {usage.cost:.2f} USD"
    rows = [
        ("documents", f"{made.documents:,}"),
        ("unreadable", f"{len(made.unreadable):,}"),
        ("words", f"{made.words:,}"),
        ("model", model),
        ("tokens in", f"about {usage.tokens_in:,}"),
        ("tokens out", f"about {usage.tokens_out:,}"),
        ("cost", cost),
    ]
    return "".join(f"{name:<12}{value}\n" for name, value in rows)
