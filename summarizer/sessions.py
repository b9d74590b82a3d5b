"""An open model: the connection, and for the embedded model its weights and its server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

from pydantic import SecretStr

from summarizer.documents import Document
from summarizer.endpoints import Endpoint
from summarizer.errors import ContextTooSmall
from summarizer.model import Model
from summarizer.progress import Progress
from summarizer.prompts import SMALL, make_prompt
from summarizer.settings import Settings
from summarizer.vocabulary import SELECTED
from summarizer.windows import Window, windows_of

CHARACTERS_PER_TOKEN = {"ar": 2.0, "fa": 2.0, "ru": 2.2, "uk": 2.0, "zh": 1.0}
"""Least characters per token of Qwen2.5's vocabulary by language (measured on
``evals/documents``). Too low a guess only costs memory."""
USUAL_CHARACTERS = 3.0
"""The same for any other language."""
ROOM = 1_024
"""Tokens beyond prompt and answer: chat template, re-ask."""
EMBEDDED_TIMEOUT = 1_800.0
TIMEOUT = 180.0
OUTPUT_CAPS = {"hosted": 16_000, "self-hosted": 8_000, "embedded": 1_500}
"""Output tokens of one answer: a brief of a 5,000-word document takes about 6,000; a small
model that rambles on is cut."""

WINDOWS = {"hosted": 10_000, "self-hosted": 10_000, "embedded": 3_000}
"""Tokens of a document that one call is shown, estimated high: 10,000 are some 5,000 words, whose
brief fits the cap. A small model loses the thread, and may list few items per call."""


def strategy_of(settings: Settings, endpoint: Endpoint) -> str:
    """The strategy that the settings, or the model, ask for; those of ``SELECTED`` call no model.

    What ``auto`` means: docs/decisions/009, and for an embedded model its entry in the catalogue.
    """
    if settings.strategy != "auto":
        return settings.strategy
    if endpoint.kind != "embedded":
        return "single"
    from summarizer.weights import entry

    return entry(endpoint.model).strategy


@asynccontextmanager
async def open_model(
    endpoint: Endpoint, settings: Settings, documents: Iterable[Document], progress: Progress
) -> AsyncIterator[Model]:
    """The model of an endpoint, closed at the end.

    For the embedded model the weights are pulled when they are missing, and the context is
    sized to the longest document; neither where the strategy asks no model. Raises
    WeightsError, MissingExtra, ContextTooSmall.
    """
    selected = strategy_of(settings, endpoint) in SELECTED
    if endpoint.kind != "embedded" or selected:
        model = _model(endpoint, settings, TIMEOUT)
        try:
            if settings.deadline is not None and not selected:
                model.prepare()  # before the deadline begins
            yield model
        finally:
            await model.aclose()
        return
    from summarizer.embedded import EmbeddedServer, require_extra
    from summarizer.weights import pull

    require_extra()  # before a gigabyte is pulled
    context = context_for(endpoint, settings, documents)
    weights = pull(
        endpoint.model,
        settings.models_dir,
        progress=progress.download,
        notice=progress.notice,
        offline=settings.offline,
    )
    progress.step("starting the embedded model")
    with EmbeddedServer(weights, context=context) as server:
        local = replace(endpoint, base_url=server.base_url, api_key=SecretStr(server.api_key))
        model = _model(local, settings, EMBEDDED_TIMEOUT)
        try:
            yield model
        finally:
            await model.aclose()


def _model(endpoint: Endpoint, settings: Settings, timeout: float) -> Model:
    return Model(
        endpoint,
        params=settings.params,
        timeout=settings.timeout or timeout,
        azure_api_version=settings.azure_api_version,
    )


def context_for(endpoint: Endpoint, settings: Settings, documents: Iterable[Document]) -> int:
    """Tokens of context that the longest document needs, in steps of 1,024."""
    from summarizer.weights import entry

    prompts = (_longest_prompt(document, endpoint, settings) for document in documents)
    longest = max(prompts, default=0)
    cap = settings.max_output_tokens or OUTPUT_CAPS[endpoint.kind]
    needed = -(-(longest + cap + ROOM) // 1_024) * 1_024
    most = entry(endpoint.model).context
    if needed > most:
        raise ContextTooSmall(
            f"the document needs about {needed:,} tokens of context, {endpoint.name} has {most:,}: "
            "use a model with a larger context, or a shorter document"
        )
    return needed


def window_size(document: Document, endpoint: Endpoint, settings: Settings) -> int:
    """Characters of a document that one call is shown at most."""
    tokens = settings.window or WINDOWS[endpoint.kind]
    return int(tokens * CHARACTERS_PER_TOKEN.get(document.language or "", USUAL_CHARACTERS))


def _longest_prompt(document: Document, endpoint: Endpoint, settings: Settings) -> int:
    size = window_size(document, endpoint, settings)
    return max(estimated_tokens(document, window) for window in windows_of(document, size))


def estimated_tokens(document: Document, window: Window | None = None) -> int:
    """Tokens of the prompt for this document, or a window of it, estimated high."""
    per_token = CHARACTERS_PER_TOKEN.get(document.language or "", USUAL_CHARACTERS)
    prompt = make_prompt(document, system=SMALL, shown=window.shown if window else None)
    system, user = (message["content"] for message in prompt.messages)
    return int(len(system) / USUAL_CHARACTERS + len(user) / per_token)
