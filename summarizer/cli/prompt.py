"""``summarizer prompt`` and ``summarizer schema``: what is sent, and what comes back."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated

import typer

from summarizer.cli.brief import as_date
from summarizer.cli.options import (
    AllowPrivate,
    DocumentArgument,
    MaxChars,
    ModelName,
    Offline,
    OutputLanguage,
    PublishedOn,
    Publisher,
    Title,
)
from summarizer.settings import load_settings


class PromptFormat(str, Enum):
    """How a prompt is printed."""

    TEXT = "text"
    JSON = "json"


def prompt(
    document: DocumentArgument,
    form: Annotated[
        PromptFormat,
        typer.Option("--format", help="text for a chat window, json as the wire carries it."),
    ] = PromptFormat.TEXT,
    title: Title = None,
    publisher: Publisher = None,
    date: PublishedOn = None,
    model: ModelName = None,
    max_chars: MaxChars = None,
    allow_private: AllowPrivate = None,
    offline: Offline = None,
    language: OutputLanguage = None,
) -> None:
    """Print exactly what would be sent for DOCUMENT; the embedded model gets a shorter prompt.

    Feed the answer back with `summarizer brief DOCUMENT --answer FILE`.
    """
    from summarizer.documents import load_for
    from summarizer.endpoints import names_embedded
    from summarizer.languages import NAMES
    from summarizer.prompts import LARGE, SMALL, make_prompt
    from summarizer.sources import the_one

    settings = load_settings(
        {"max_chars": max_chars, "model": model, "language": language,
         "allow_private": allow_private, "offline": offline}
    )  # fmt: skip
    loaded = load_for(
        the_one(document), settings, title=title, publisher=publisher, date=as_date(date)
    )
    made = make_prompt(
        loaded,
        system=SMALL if names_embedded(settings.model) else LARGE,
        language=NAMES[settings.language],
    )
    typer.echo(made.as_json() if form == PromptFormat.JSON else made.as_text(), nl=False)


def schema(
    draft: Annotated[
        bool, typer.Option("--draft", help="Of what a model fills in, not of the finished brief.")
    ] = False,
) -> None:
    """Print the JSON Schema of a brief."""
    if draft:
        from summarizer.draft import draft_schema

        made = draft_schema()
    else:
        from summarizer.brief import PeaceTalksBrief

        made = PeaceTalksBrief.model_json_schema(mode="serialization")
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))
