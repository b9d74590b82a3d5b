"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from summarizer.offline import forbid_network
from summarizer.settings import Settings, load_settings, parse_params

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
Strategy = Annotated[
    str | None,
    typer.Option(
        help="auto, full (sentences selected, no language model), fast (the same in a few "
        "seconds), single (one call) or stepwise (a call per section)."
    ),
]
Params = Annotated[
    list[str] | None,
    typer.Option("--param", help="KEY=VALUE passed to the model as is, e.g. seed=7. Repeatable."),
]
Timeout = Annotated[float | None, typer.Option(help="Seconds for one call.")]
Deadline = Annotated[float | None, typer.Option(help="Seconds for one brief.")]
MaxOutputTokens = Annotated[int | None, typer.Option(help="Cap of one answer.")]
MaxTotalTokens = Annotated[int | None, typer.Option(help="Budget of one brief.")]
Window = Annotated[
    int | None,
    typer.Option(help="Tokens of a document per call; a longer one is read in parts (10,000)."),
]
MaxReasks = Annotated[int | None, typer.Option(help="Times that faults go back to the model (2).")]
MaxRetries = Annotated[int | None, typer.Option(help="Times that a failed call is repeated (4).")]
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


def settings_of(options: Mapping[str, Any]) -> Settings:
    """The settings, with every option of a command that is one.

    ``options`` are the parameters of the command by name. An offline process is shut in.
    """
    given = {name: value for name, value in options.items() if name in Settings.model_fields}
    params = options.get("param")
    return shut_in(load_settings({**given, "params": parse_params(params) if params else None}))


def shut_in(settings: Settings) -> Settings:
    """The settings; if they say ``offline``, this process reaches no other machine any more."""
    if settings.offline:
        forbid_network()
    return settings
