"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from summarizer.offline import forbid_network
from summarizer.settings import Settings

DocumentArgument = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT",
        help="A text, Markdown, PDF, Word, HTML or mail file, an http(s) address, a folder or "
        'pattern for one of these, or "-".',
    ),
]
DocumentArguments = Annotated[
    list[str],
    typer.Argument(
        metavar="DOCUMENT...",
        help="Text, Markdown, PDF, Word, HTML or mail files, http(s) addresses, folders or "
        'patterns of these, or "-".',
    ),
]
ModelName = Annotated[
    str | None,
    typer.Option("--model", "-m", help="provider/name, embedded, or embedded/NAME."),
]
BaseUrl = Annotated[
    str | None, typer.Option(help="Any OpenAI-compatible server, e.g. http://localhost:8000/v1.")
]
Title = Annotated[str | None, typer.Option(help="Headline, if the text states none.")]
Publisher = Annotated[str | None, typer.Option(help="Publisher, if the text states none.")]
PublishedOn = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Date of the document.")
]
MaxChars = Annotated[int | None, typer.Option(help="Longest document accepted (2,000,000).")]
Cache = Annotated[
    bool | None,
    typer.Option(
        "--cache/--no-cache",
        help="Use and keep answers, so that none is paid for twice (on).",
        show_default=False,
    ),
]
OutputLanguage = Annotated[
    str | None,
    typer.Option(
        "--language",
        help="Of statements and labels: en, fr, es, ar, ru, uk. Quotes stay as they are.",
    ),
]
AllowPrivate = Annotated[
    bool | None,
    typer.Option("--allow-private", help="Read addresses inside a private network as well."),
]
Offline = Annotated[
    bool | None,
    typer.Option("--offline", help="Reach nothing but this machine; anything else is an error."),
]
TranslateQuotes = Annotated[
    bool | None,
    typer.Option(
        "--translate-quotes/--no-translate-quotes",
        help="Let the model translate quotes into --language, beside them and labelled as such.",
        show_default=False,
    ),
]


def shut_in(settings: Settings) -> Settings:
    """The settings; if they say ``offline``, this process reaches no other machine any more."""
    if settings.offline:
        forbid_network()
    return settings
