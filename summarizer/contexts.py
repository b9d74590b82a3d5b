"""Contexts: how many tokens an own server says that its model can take."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

PATIENCE = 5.0
"""Seconds to wait for an answer that can be done without."""
FIELDS = (
    "max_model_len",  # vLLM, SGLang
    "loaded_context_length", "max_context_length",  # LM Studio
    "context_length", "context_window", "n_ctx",  # OpenRouter, Groq, and others
)  # fmt: skip
"""What servers call it in their list of models."""


async def served_context(client: Any, model: str) -> int | None:
    """Tokens of prompt and answer together, or None where the server does not say.

    Looks in the list of models, and in llama.cpp's ``/props``. ``client`` is an AsyncOpenAI.
    Never raises, and takes no longer than PATIENCE.
    """
    root = str(client.base_url).rstrip("/").removesuffix("/v1")
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            listed = _of_model(await _get(client, "/models"), model)
            return listed or _positive(_dig(await _get(client, f"{root}/props"), *_PROPS))
    return None


_PROPS = ("default_generation_settings", "n_ctx")


async def _get(client: Any, path: str) -> Any:
    with suppress(Exception):  # whatever is wrong with it: it is not what we came for
        return await client.get(path, cast_to=object)
    return None


def _of_model(listed: Any, model: str) -> int | None:
    """The context of the model in a list, by its name or because there is only one."""
    data = _dig(listed, "data")
    entries = [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
    named = [entry for entry in entries if entry.get("id") == model]
    chosen = named or (entries if len(entries) == 1 else [])
    return next((found for entry in chosen for found in _contexts(entry)), None)


def _contexts(entry: dict[str, Any]) -> Iterator[int]:
    found = (_positive(entry.get(name)) for name in FIELDS)
    return (context for context in found if context)


def _positive(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _dig(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
