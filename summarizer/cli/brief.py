"""``summarizer brief``: a document in, a brief out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import (
    AllowPrivate,
    BaseUrl,
    Cache,
    Deadline,
    DocumentArguments,
    MaxChars,
    MaxOutputTokens,
    MaxReasks,
    MaxRetries,
    MaxTotalTokens,
    ModelName,
    Offline,
    OutputLanguage,
    Params,
    PublishedOn,
    Publisher,
    Strategy,
    Timeout,
    Title,
    TranslateQuotes,
    Window,
    settings_of,
)
from summarizer.cli.output import (
    Destination,
    FormatOption,
    Handling,
    KeepText,
    OutputFiles,
    Template,
    destination,
)
from summarizer.errors import SettingsError
from summarizer.rendering.formats import Look
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.brief import PeaceTalksBrief
    from summarizer.documents import Document


def brief(
    context: typer.Context,
    documents: DocumentArguments,
    each: Annotated[
        bool, typer.Option("--each", help="A brief of each document, not one of all.")
    ] = False,
    model: ModelName = None,
    base_url: BaseUrl = None,
    strategy: Strategy = None,
    form: FormatOption = None,
    output: OutputFiles = None,
    language: OutputLanguage = None,
    translate_quotes: TranslateQuotes = None,
    handling: Handling = "",
    template: Template = None,
    answer: Annotated[
        Path | None,
        typer.Option(help="Use this answer to `summarizer prompt` instead of calling a model."),
    ] = None,
    title: Title = None,
    publisher: Publisher = None,
    date: PublishedOn = None,
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
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 6 if anything was dropped or is unsupported.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notices.")] = False,
) -> None:
    """Make one brief of all DOCUMENTS ("-" for standard input) and print it."""
    settings = settings_of(context.params)
    look = Look(handling=handling, template=template, text=text)
    to = destination(output, form, look, sources=documents)
    if each and output:
        raise SettingsError("--each prints the briefs: to write files use `summarizer batch`")
    stated = {"title": title, "publisher": publisher, "date": as_date(date)}
    loaded = _load(documents, settings, stated)
    if answer:
        briefs = [_from_answer(loaded, answer, settings)]
    else:
        briefs = _from_model(loaded, settings, quiet, to, each=each)
    for made in briefs:
        to.write(made)
    if strict:
        for made in briefs:
            _check_losses(made)


def _load(sources: Sequence[str], settings: Settings, stated: Mapping[str, Any]) -> list[Document]:
    """Every document; what is stated on the command line is of one document."""
    from summarizer.documents import load_for
    from summarizer.pipeline import load_documents
    from summarizer.sources import expand

    if not any(stated.values()):
        return load_documents(list(sources), settings)
    names = expand(sources)
    if len(names) > 1:
        raise SettingsError("--title, --publisher and --date are of one document: name one")
    return [load_for(names[0], settings, **stated)]


def as_date(value: datetime | None) -> Any:
    """The date of an option, or None."""
    return value.date() if value else None


def _from_answer(documents: Sequence[Document], path: Path, settings: Settings) -> PeaceTalksBrief:
    from summarizer.glosses import unglossed
    from summarizer.pipeline import brief_from_answer
    from summarizer.storage import read_text

    if len(documents) > 1:
        raise SettingsError("--answer is of one document: name one")
    made = brief_from_answer(documents[0], read_text(path), language=settings.language)
    return unglossed(made, "--answer asks no model") if settings.translate_quotes else made


def _from_model(
    documents: Sequence[Document], settings: Settings, quiet: bool, to: Destination, *, each: bool
) -> list[PeaceTalksBrief]:
    from summarizer.cli.progress import shown_progress
    from summarizer.endpoints import choose_endpoint
    from summarizer.errors import ModelError
    from summarizer.pipeline import brief_documents, brief_process

    endpoint = choose_endpoint(settings)
    with shown_progress(quiet) as progress:
        if endpoint.kind == "embedded" and not settings.model:
            progress.notice(
                "no key and no model given: sentences are selected on this machine, by no language "
                "model; for a better brief set OPENAI_API_KEY, or give --model or --base-url"
            )
        try:
            if each:
                return asyncio.run(brief_documents(documents, settings, progress=progress))
            return [asyncio.run(brief_process(documents, settings, progress=progress))]
        except ModelError as error:
            # What was paid for is not thrown away; the exit status is that of the error.
            for finished in error.finished if each else []:
                to.write(finished)
            if error.partial is not None:
                to.write(error.partial)
                progress.notice(f"an incomplete brief is in {to}; its warnings say what is missing")
            raise


def _check_losses(made: PeaceTalksBrief) -> None:
    from summarizer.errors import StrictFailure
    from summarizer.pipeline import losses

    lost = losses(made)
    if lost:
        first = f"{lost[0].where or 'brief'}: {lost[0].message}"
        raise StrictFailure(f"--strict: {len(lost)} dropped or unsupported; the first: {first}")
