"""``summarizer brief``: a document in, a brief out."""

from __future__ import annotations

import asyncio
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import (
    BaseUrl,
    Cache,
    DocumentArgument,
    MaxChars,
    ModelName,
    PublishedOn,
    Publisher,
    Title,
)
from summarizer.settings import Settings, load_settings, parse_params

if TYPE_CHECKING:
    from summarizer.brief import PeaceTalksBrief
    from summarizer.documents import Document


class Format(str, Enum):
    """What a brief can be printed as."""

    MD = "md"
    JSON = "json"


def brief(
    document: DocumentArgument,
    model: ModelName = None,
    base_url: BaseUrl = None,
    strategy: Annotated[
        str | None, typer.Option(help="auto, single (one call) or stepwise (a call per section).")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Default: by the ending of -o, else md.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
    ] = None,
    answer: Annotated[
        Path | None,
        typer.Option(help="Use this answer to `summarizer prompt` instead of calling a model."),
    ] = None,
    title: Title = None,
    publisher: Publisher = None,
    date: PublishedOn = None,
    param: Annotated[
        list[str] | None,
        typer.Option(help="KEY=VALUE passed to the model as is, e.g. seed=7. Repeatable."),
    ] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for one call.")] = None,
    deadline: Annotated[float | None, typer.Option(help="Seconds for the whole brief.")] = None,
    max_output_tokens: Annotated[int | None, typer.Option(help="Cap of one answer.")] = None,
    max_total_tokens: Annotated[int | None, typer.Option(help="Budget of the brief.")] = None,
    window: Annotated[
        int | None,
        typer.Option(help="Tokens of a document per call; a longer one is read in parts (10,000)."),
    ] = None,
    max_reasks: Annotated[
        int | None, typer.Option(help="Times that faults go back to the model (2).")
    ] = None,
    max_retries: Annotated[
        int | None, typer.Option(help="Times that a failed call is repeated (4).")
    ] = None,
    max_chars: MaxChars = None,
    cache: Cache = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Keep the document's text in the JSON.")
    ] = True,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 6 if anything was dropped or is unsupported.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notices.")] = False,
) -> None:
    """Make a brief of DOCUMENT ("-" for standard input) and print it."""
    from summarizer.documents import load
    from summarizer.storage import check_writable, write_atomically

    overrides = {
        "model": model, "base_url": base_url, "strategy": strategy, "timeout": timeout,
        "deadline": deadline, "max_output_tokens": max_output_tokens,
        "max_total_tokens": max_total_tokens, "window": window, "max_reasks": max_reasks,
        "max_retries": max_retries, "max_chars": max_chars, "cache": cache,
        "params": parse_params(param) if param else None,
    }  # fmt: skip
    settings = load_settings(overrides)
    if output is not None:
        check_writable(output)
        _spare_document(document, output)
    loaded = load(
        document, max_chars=settings.max_chars, title=title, publisher=publisher, date=as_date(date)
    )
    made = _from_answer(loaded, answer) if answer else _from_model(loaded, settings, quiet)
    rendered = render(made, _format(form, output), text=text)
    if output is None:
        typer.echo(rendered, nl=False)
    else:
        write_atomically(output, rendered)
    if strict:
        _check_losses(made)


def _spare_document(document: str, output: Path) -> None:
    from summarizer.errors import OutputError

    if document != "-" and output.exists() and Path(document).resolve() == output.resolve():
        raise OutputError(f"cannot write {output}: it is the document itself")


def as_date(value: datetime | None) -> Any:
    """The date of an option, or None."""
    return value.date() if value else None


def _from_answer(document: Document, path: Path) -> PeaceTalksBrief:
    from summarizer.pipeline import brief_from_answer
    from summarizer.storage import read_text

    return brief_from_answer(document, read_text(path))


def _from_model(document: Document, settings: Settings, quiet: bool) -> PeaceTalksBrief:
    from summarizer.cli.progress import shown_progress
    from summarizer.endpoints import choose_endpoint
    from summarizer.pipeline import brief_documents

    endpoint = choose_endpoint(settings)
    with shown_progress(quiet) as progress:
        if endpoint.kind == "embedded" and not settings.model:
            progress.notice(
                f"no key and no model given: using {endpoint.name}, a small model on this machine; "
                "for a better brief set OPENAI_API_KEY, or give --model or --base-url"
            )
        briefs = asyncio.run(brief_documents([document], settings, progress=progress))
    return briefs[0]


def _format(form: Format | None, output: Path | None) -> Format:
    if form is not None:
        return form
    return Format.JSON if output is not None and output.suffix == ".json" else Format.MD


def render(made: PeaceTalksBrief, form: Format, *, text: bool = True) -> str:
    """A brief in the format that was asked for."""
    if form == Format.JSON:
        from summarizer.rendering.machine import to_json

        return to_json(made, text=text)
    from summarizer.rendering.markdown import to_markdown

    return to_markdown(made)


def _check_losses(made: PeaceTalksBrief) -> None:
    from summarizer.errors import StrictFailure
    from summarizer.pipeline import losses

    lost = losses(made)
    if lost:
        first = f"{lost[0].where or 'brief'}: {lost[0].message}"
        raise StrictFailure(f"--strict: {len(lost)} dropped or unsupported; the first: {first}")
