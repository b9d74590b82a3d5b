"""``summarizer doctor``: which model would be used and why, and whether it answers."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from typing import Annotated

import typer

from summarizer.cli.options import BaseUrl, ModelName, Offline, shut_in
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.errors import SummarizerError
from summarizer.settings import Settings, config_path, load_settings

EXTRAS = {"embedded": "xllamacpp", "documents": "docx", "eval": "sacrebleu"}
"""Each extra and a module that it brings."""


def doctor(
    model: ModelName = None,
    base_url: BaseUrl = None,
    offline: Offline = None,
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help="Whether to call the model for one word.")
    ] = True,
) -> None:
    """Say which model would be used and why, whether it answers, and what is installed."""
    settings = shut_in(load_settings({"model": model, "base_url": base_url, "offline": offline}))
    _machine(settings)
    try:
        endpoint = choose_endpoint(settings)
    except SummarizerError as error:
        _row("model", f"none: {error}")
        raise
    _model(endpoint, settings)
    if ask and (endpoint.kind != "embedded" or _pulled(endpoint, settings)):
        _row("answers", _answers(endpoint, settings))


def _machine(settings: Settings) -> None:
    for extra, module in EXTRAS.items():
        missing = f"not installed: pip install 'summarizer[{extra}]'"
        _row(f"[{extra}]", "installed" if find_spec(module) else missing)
    path = config_path()
    _row("config", f"{path}{'' if path.exists() else ' (none)'}")
    _row("cache", str(settings.cache_dir))


def _model(endpoint: Endpoint, settings: Settings) -> None:
    _row("model", f"{endpoint.name} ({endpoint.kind})")
    _row("because", endpoint.why)
    if endpoint.kind == "embedded":
        from summarizer.encoder import NAMES

        _row("weights", _weights(endpoint.model, settings))
        for name in NAMES.values():
            _row("encoder", _weights(name, settings))
        return
    _row("address", endpoint.base_url or f"default of {endpoint.provider}")
    _row("key", "set" if endpoint.api_key else "not set")


def _row(name: str, value: str) -> None:
    typer.echo(f"{name:<12}{value}")


def _pulled(endpoint: Endpoint, settings: Settings) -> bool:
    from summarizer.weights import path

    return path(endpoint.model, settings.models_dir) is not None


def _weights(name: str, settings: Settings) -> str:
    from summarizer.weights import path

    found = path(name, settings.models_dir)
    return str(found) if found else f"not here: summarizer models pull {name}"


def _answers(endpoint: Endpoint, settings: Settings) -> str:
    """Whether the model answers; a failure is shown, and is the exit status."""
    from summarizer.probe import probe

    try:
        return asyncio.run(probe(endpoint, settings))
    except SummarizerError as error:
        _row("answers", f"no: {error}")
        raise
