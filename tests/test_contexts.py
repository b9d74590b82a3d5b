"""summarizer.contexts: a server that tells its size is not sent what cannot fit."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from summarizer.errors import ContextTooSmall
from summarizer.prompts import Prompt, make_prompt
from summarizer.testing import ModelServer, Reply, answer, status
from tests import runs
from tests.runs import GOOD, a_prompt

LONG = make_prompt(runs.document("\n".join(f"Berg met envoy {n} in Lowen." for n in range(1_500))))
PROPS = {"default_generation_settings": {"n_ctx": 4096}}


def asked(
    models: list[Any], prompt: Prompt = LONG, times: int = 1, **routes: Reply
) -> tuple[list[str], int | None]:
    """What was requested, and the context that was learned; raises what the model raises."""
    paths = {f"GET /{path.replace('__', '/')}": reply for path, reply in routes.items()}
    with ModelServer(answer(GOOD), models=models, routes=paths) as server:

        async def ask() -> int | None:
            async with aclosing(runs.model(server.base_url)) as model:
                try:
                    for _ in range(times):
                        await model.complete(prompt, cap=500)
                finally:
                    told.extend(f"{request.method} {request.path}" for request in server.requests)
                return model.context

        told: list[str] = []
        return told, asyncio.run(ask())


@pytest.mark.parametrize(
    "entry",
    [
        {"max_model_len": 4096}, {"context_length": 4096}, {"context_window": 4096},
        {"loaded_context_length": 4096, "max_context_length": 131_072},
    ],
)  # fmt: skip
def test_prompt_that_cannot_fit_is_not_sent(entry: dict[str, int]) -> None:
    """The list of models says how much the model can take; nothing else is requested."""
    with pytest.raises(ContextTooSmall, match="context of 4,096"):
        asked([{"id": "scripted", **entry}])


def test_llama_cpp_tells_it_in_its_properties() -> None:
    """Its list of models only says what the model was trained with."""
    with pytest.raises(ContextTooSmall, match="context of 4,096"):
        asked([{"id": "scripted", "meta": {"n_ctx_train": 131_072}}], props=status(200, PROPS))


def test_server_is_asked_once_and_only_for_a_long_prompt() -> None:
    """A short one is as quickly tried."""
    told, context = asked([{"id": "scripted", "max_model_len": 131_072}], times=2)
    assert told == ["GET /v1/models", *["POST /v1/chat/completions"] * 2]
    assert context == 131_072
    told, context = asked([{"id": "scripted", "max_model_len": 131_072}], a_prompt())
    assert (told, context) == (["POST /v1/chat/completions"], None)


@pytest.mark.parametrize(
    "entry",
    [
        "scripted", {"id": "scripted", "max_model_len": "4096"}, {"id": "scripted", "n_ctx": True},
        {"id": "scripted", "max_model_len": -1}, {"id": "scripted", "max_model_len": None},
    ],
)  # fmt: skip
def test_server_that_does_not_tell_is_sent_everything(entry: Any) -> None:
    """What is no number of tokens is no answer."""
    _, context = asked([entry])
    assert context is None


def test_model_is_found_among_others_by_its_name() -> None:
    """The context of another model says nothing."""
    entries = [{"id": "other", "max_model_len": 10}, {"id": "scripted", "max_model_len": 10**6}]
    assert asked(entries)[1] == 10**6
    assert asked([{"id": "a", "max_model_len": 10}, {"id": "b", "max_model_len": 10}])[1] is None


@pytest.mark.parametrize(
    "reply", [status(401), status(500), status(200, b"<html>"), status(200, b"[" * 9), Reply()]
)
def test_server_without_a_list_of_models_is_no_trouble(reply: Reply) -> None:
    """Whatever it says, the call is made."""
    told, context = asked([], v1__models=reply, props=reply)
    assert (told[-1], context) == ("POST /v1/chat/completions", None)
