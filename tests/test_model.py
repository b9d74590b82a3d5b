"""summarizer.model: what is on the wire, and what is learned from an endpoint's refusals."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import aclosing
from typing import Any

import pytest

from summarizer.attempts import Ledger
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.errors import (
    BadRequest,
    EndpointError,
    InvalidOutput,
    SettingsError,
    TimedOut,
    Unauthorised,
)
from summarizer.model import MODES, Model, RawAnswer
from summarizer.prompts import FENCE, Prompt, make_prompt
from summarizer.response import read_response, whole_characters
from summarizer.settings import Settings
from summarizer.testing import FAULTS, ModelServer, Reply, Usage, answer, error_body, status
from summarizer.testing.behaviour import Behaviour, Play
from summarizer.testing.request import Request
from tests import runs
from tests.runs import GOOD, KEY, a_prompt

AZURE = "POST /openai/deployments/my-gpt/chat/completions"


def ask(model: Model, prompt: Prompt | None = None, times: int = 1) -> list[RawAnswer]:
    """Answers of a model, after everything it has to learn, with one ledger each."""

    async def asked() -> list[RawAnswer]:
        try:
            made = prompt or a_prompt()
            return [await Ledger(model).ask(made, step="draft", cap=500) for _ in range(times)]
        finally:
            await model.aclose()

    return asyncio.run(asked())


def sent(behaviour: Behaviour | None = None, **changes: Any) -> tuple[Model, list[Request]]:
    """The model after one call, and the requests that it took."""
    with ModelServer(behaviour or answer(GOOD)) as server:
        model = runs.model(server.base_url, **changes)
        ask(model)
        return model, server.requests


def refuse(message: str, *names: str, param: str | None = None) -> Play:
    """A server that refuses any of these keys in a request, with this message."""
    refusal = status(400, error_body(message, param=param))
    return lambda request: refusal if set(names) & set(request.payload) else answer(GOOD)


def test_strict_schema_is_on_the_wire() -> None:
    """The endpoint is told to enforce the schema: strict, and no additional properties."""
    _, (request,) = sent()
    asked = request.payload["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["strict"] is True
    assert asked["json_schema"]["schema"]["additionalProperties"] is False
    assert "tools" not in request.payload


def test_prompt_command_prints_what_is_sent() -> None:
    """Messages and response format on the wire are those of ``summarizer prompt``."""
    prompt = a_prompt()
    with ModelServer(answer(GOOD)) as server:
        ask(runs.model(server.base_url), prompt)
        (request,) = server.requests
    printed = json.loads(prompt.as_json())
    assert request.payload["messages"] == printed["messages"]
    assert request.payload["response_format"] == printed["response_format"]
    assert FENCE.search(request.prompt)


def test_document_is_sent_as_it_is_when_it_holds_templates() -> None:
    """Nothing between us and the wire renders or dedents the text of a document."""
    text = "The front said {{ 7*7 }} and {% x.\n    It said no more."
    prompt = make_prompt(runs.document(text))
    with ModelServer(answer(GOOD)) as server:
        ask(runs.model(server.base_url), prompt)
        assert "said {{ 7*7 }} and {% x." in server.requests[0].prompt


def test_key_model_and_cap_are_sent_to_an_own_server() -> None:
    """The key as a bearer token, the older name of the cap, temperature zero."""
    _, (request,) = sent()
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.model == "scripted"
    assert (request.payload["temperature"], request.payload["max_tokens"]) == (0.0, 500)
    assert "max_completion_tokens" not in request.payload


def test_hosted_openai_is_sent_the_newer_name_of_the_cap() -> None:
    """OpenAI's own endpoint gets max_completion_tokens from the first call on."""
    with ModelServer(answer(GOOD)) as server:
        settings = Settings(
            model="openai/gpt-5",
            openai_api_key=KEY,  # type: ignore[arg-type]
            openai_base_url=server.base_url,
        )
        ask(Model(choose_endpoint(settings)))
        payload = server.requests[0].payload
    assert payload["max_completion_tokens"] == 500
    assert "max_tokens" not in payload
    assert payload["model"] == "gpt-5"


def test_params_pass_through_whether_the_client_knows_them_or_not() -> None:
    """Reasoning effort and seed, a server's own options, and a temperature over our own."""
    params = {
        "reasoning_effort": "high",
        "seed": 7,
        "temperature": 0.7,
        "top_k": 20,
        "chat_template_kwargs": {"enable_thinking": False},
    }
    _, (request,) = sent(params=params)
    assert {name: request.payload[name] for name in params} == params
    assert request.payload["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_cap_of_a_param_is_the_only_one_sent(name: str) -> None:
    """Who names a cap gets that one."""
    _, (request,) = sent(params={name: 9})
    caps = {key: value for key, value in request.payload.items() if key.startswith("max_")}
    assert caps == {name: 9}


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("temperature_refused", "temperature"),
        ("temperature_value_refused", "temperature"),
        ("max_tokens_refused", "max_tokens"),
    ],
)
def test_refused_parameter_is_learned_once(fault: str, name: str) -> None:
    """It is left out at once, and not tried again for the next document of the run."""
    with FAULTS[fault].serve(GOOD) as stage:
        model = runs.model(stage.base_url)
        ask(model, times=2)
        with_it = [name in request.payload for request in stage.server.requests]
    assert with_it == [True, False, False]
    assert model.notes == [f"the endpoint refuses {name!r}: left out from now on"]


def test_newer_name_of_the_cap_is_tried_when_the_older_is_refused() -> None:
    """The answer is capped all the same."""
    _, requests = sent(FAULTS["max_tokens_refused"].behaviour(GOOD))
    assert requests[-1].payload["max_completion_tokens"] == 500


@pytest.mark.parametrize(
    ("message", "param"),
    [
        ("Unrecognized request argument supplied: max_tokens", None),
        ("Extra inputs are not permitted", "max_tokens"),
        ("[{'type': 'extra_forbidden', 'loc': ('body', 'max_tokens')}]", None),
        ("'max_tokens' is too large: 500. This model's context length is 400 tokens.", None),
        ("Please use max_completion_tokens instead of max_tokens. max_tokens is gone.", None),
        ("cannot use max_tokens with this model", None),
    ],
)
def test_refusal_is_understood_in_the_words_of_many_servers(
    message: str, param: str | None
) -> None:
    """Quoted, bare, as a parameter's name or in a list of errors."""
    model, requests = sent(refuse(message, "max_tokens", param=param))
    assert len(requests) == 2
    assert "max_tokens" not in requests[-1].payload
    assert len(model.notes) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"error": "temperature is not supported"},
        {"detail": "temperature is not supported"},
        {"detail": [{"loc": ["body", "temperature"], "msg": "extra"}]},
        {"object": "error", "message": "temperature is not supported"},
    ],
)
def test_refusal_is_understood_in_any_shape_of_error(body: dict[str, Any]) -> None:
    """OpenAI's object, a string, FastAPI's detail, an older vLLM's object."""

    def play(request: Request) -> Play:
        return status(400, body) if "temperature" in request.payload else answer(GOOD)

    _, requests = sent(play)
    assert ["temperature" in request.payload for request in requests] == [True, False]


def test_refused_param_of_the_user_is_named() -> None:
    """A parameter that somebody asked for is not dropped in silence: the error names it."""
    with (
        ModelServer(refuse("Unknown parameter: 'seed'.", "seed", param="seed")) as server,
        pytest.raises(BadRequest, match="--param seed"),
    ):
        ask(runs.model(server.base_url, params={"seed": 7}))


def modes_of(requests: list[Request]) -> list[str]:
    """In which mode each request asked."""
    return [
        "tools" if r.tools else "json_schema" if "response_format" in r.payload else "md_json"
        for r in requests
    ]


def test_mode_falls_back_to_tools_once(caplog: pytest.LogCaptureFixture) -> None:
    """A server without JSON Schema is asked by tools, from then on, and it is logged."""
    caplog.set_level(logging.INFO, "summarizer")
    with FAULTS["json_schema_refused"].serve(GOOD) as stage:
        model = runs.model(stage.base_url)
        first, second = ask(model, times=2)
        assert modes_of(stage.server.requests) == ["json_schema", "tools", "tools"]
    assert first.text == second.text == GOOD
    assert model.mode == "tools"
    assert model.notes == [record.message for record in caplog.records]
    assert "json_schema" in model.notes[0]


def test_mode_falls_back_to_words_when_tools_are_refused_too() -> None:
    """The last way asks in words; what it takes is noted twice, in order."""
    refusal = status(400, error_body("tools and response_format are not supported"))

    def play(request: Request) -> Play:
        structured = request.tools or "response_format" in request.payload
        return refusal if structured else answer(GOOD)

    model, requests = sent(play)
    assert modes_of(requests) == list(MODES)
    assert model.mode == "md_json"
    assert len(model.notes) == 2


def test_refusal_of_everything_ends_as_bad_request() -> None:
    """A server that goes on refusing is asked three times, not for ever."""
    refusal = status(400, error_body("response_format, tools: no schema here"))
    with ModelServer(refusal) as server:
        with pytest.raises(BadRequest):
            ask(runs.model(server.base_url))
        assert modes_of(server.requests) == list(MODES)


def test_azure_is_asked_at_its_deployment_with_a_version() -> None:
    """Path, api-version and the api-key header are those that Azure documents."""
    with ModelServer(answer(GOOD), routes={AZURE: answer(GOOD)}) as server:
        settings = Settings(
            model="azure_openai/my-gpt",
            azure_endpoint=server.base_url.removesuffix("/v1"),
            azure_api_key=KEY,  # type: ignore[arg-type]
        )
        for version in (None, "2025-01-01-preview"):
            ask(Model(choose_endpoint(settings), azure_api_version=version))
        first, second = server.requests
    path, _, query = first.path.partition("?")
    assert f"POST {path}" == AZURE
    assert query == "api-version=2024-10-21"
    assert second.path.endswith("?api-version=2025-01-01-preview")
    assert first.headers["api-key"] == KEY
    assert first.payload["response_format"]["json_schema"]["strict"] is True


def test_ollama_is_asked_at_its_host() -> None:
    """OLLAMA_HOST with a port, the name without the provider."""
    with ModelServer(answer(GOOD)) as server:
        host = server.base_url.removeprefix("http://").removesuffix("/v1")
        ask(Model(choose_endpoint(Settings(model="ollama/qwen3:8b", ollama_host=host))))
        assert server.requests[0].model == "qwen3:8b"


def test_redirect_is_never_followed() -> None:
    """Neither the document nor the key goes to a host that nobody named."""
    with FAULTS["redirect"].serve(GOOD) as stage:
        with pytest.raises(EndpointError, match="sends elsewhere"):
            ask(runs.model(stage.base_url))
        assert stage.server.request_count == 1
        assert stage.elsewhere.request_count == 0


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_local_server_is_reached_without_the_proxy(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment does not see what is meant for this machine."""
    with ModelServer(status(500)) as proxy, ModelServer(answer(GOOD)) as server:
        monkeypatch.setenv(variable, proxy.base_url.removesuffix("/v1"))
        ask(runs.model(server.base_url))
        assert (proxy.request_count, server.request_count) == (0, 1)


def test_variables_of_openai_do_not_lead_an_own_server_astray(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Settings are the only reader of the environment: the client's own reading is idle."""
    with ModelServer(status(500)) as wrong, ModelServer(answer(GOOD)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", wrong.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
        ask(runs.model(server.base_url))
        assert wrong.request_count == 0
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("fault", ["slow_loris", "stall_before_headers", "stall_in_body"])
def test_time_limit_is_that_of_the_whole_call(fault: str) -> None:
    """A byte now and then does not keep a call alive."""
    with FAULTS[fault].serve(GOOD, interval=0.01) as stage:
        model = runs.model(stage.base_url, timeout=0.2)

        async def asked() -> None:
            async with aclosing(model):
                await model.complete(a_prompt(), cap=10)

        with pytest.raises(TimedOut, match="--timeout"):
            asyncio.run(asked())


def test_page_in_place_of_a_completion_is_invalid_output() -> None:
    """The login page of a network is no answer without content."""
    with (
        FAULTS["html_page"].serve(GOOD) as stage,
        pytest.raises(InvalidOutput, match="no chat completion"),
    ):
        ask(runs.model(stage.base_url))


def test_missing_key_is_said_as_such() -> None:
    """A server that wants a key where none is set: the variable is named."""
    with (
        ModelServer(status(401)) as server,
        pytest.raises(Unauthorised, match="SUMMARIZER_API_KEY"),
    ):
        ask(Model(choose_endpoint(Settings(model="m", base_url=server.base_url))))


def test_address_without_v1_gets_a_hint() -> None:
    """The usual reason for a 404 of an own server is said."""
    with ModelServer(answer(GOOD)) as server, pytest.raises(BadRequest, match="end in /v1"):
        ask(runs.model(server.base_url.removesuffix("/v1")))


def test_vendor_whose_package_is_missing_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    """What instructor says of it becomes a SettingsError, and its log stays silent."""
    vendor = Endpoint("writer/palmyra", "writer", "palmyra", "hosted", "named")
    with pytest.raises(SettingsError, match="writer/palmyra cannot be used") as caught:
        ask(Model(vendor))
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_vendor_does_not_retry_by_itself() -> None:
    """The retries of a vendor's client are off, ``attempts`` owns every one; so are redirects."""
    settings = Settings(model="deepseek/deepseek-chat", api_key=KEY)  # type: ignore[arg-type]
    model = Model(choose_endpoint(settings))
    client = model._client()
    assert client.client.max_retries == 0
    assert client.client._client.follow_redirects is False
    assert model.mode == "provider default"
    asyncio.run(model.aclose())


def test_key_is_not_in_the_representation_of_a_model() -> None:
    """A model in a log or a debugger shows no key."""
    model, _ = sent()
    assert KEY not in repr(model)


def test_usage_is_that_of_each_call() -> None:
    """Tokens of one answer, not a running total, and what the cache gave."""
    with ModelServer(answer(GOOD, usage=Usage(100, 20, cached=64))) as server:
        first, second = ask(runs.model(server.base_url), times=2)
    assert (first.tokens_in, first.tokens_out, first.tokens_cached) == (100, 20, 64)
    assert (second.tokens_in, second.tokens_out) == (100, 20)
    assert second.request_id == "req-000002"


def test_impossible_usage_is_left_out() -> None:
    """A negative count must not pay tokens back into a budget."""
    _, requests = sent()
    with FAULTS["wrong_usage"].serve(GOOD) as stage:
        (found,) = ask(runs.model(stage.base_url))
    assert found.tokens_in is None
    assert len(requests) == 1


class Bag:
    """Any object that a vendor's library may hand out."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


@pytest.mark.parametrize(
    "response",
    [
        None, "page", {}, Bag(), Bag(choices=None), Bag(choices=[None]), Bag(choices={"a": 1}),
        Bag(choices=[Bag()]), Bag(choices=[Bag(message=Bag(content=5, tool_calls="x"))]),
        Bag(choices=[Bag(message=Bag(content=None, tool_calls=[Bag(function=None)]))]),
        Bag(content=[None, 3]), Bag(content="x"), Bag(usage="many"),
        Bag(usage=Bag(prompt_tokens=True)),
    ],
)  # fmt: skip
def test_odd_response_reads_as_an_empty_answer(response: Any) -> None:
    """No shape raises."""
    found = read_response(response)
    assert found.text == ""
    assert found.tokens_in is None
    assert isinstance(found.problem(), InvalidOutput)


def test_shapes_of_other_vendors_are_read() -> None:
    """Anthropic's blocks, with and without a tool, and parts of content as a list."""
    block = Bag(type="tool_use", input={"title": "Ä"})
    anthropic = read_response(
        Bag(content=[block], stop_reason="tool_use", usage=Bag(input_tokens=3, output_tokens=4))
    )
    assert (json.loads(anthropic.text), anthropic.finish_reason) == ({"title": "Ä"}, "tool_use")
    assert (anthropic.tokens_in, anthropic.tokens_out) == (3, 4)
    texts = [Bag(type="text", text="a"), {"type": "text", "text": "b"}]
    assert read_response(Bag(content=texts)).text == "ab"
    message = Bag(content=texts, tool_calls=None)
    assert read_response(Bag(choices=[Bag(message=message, finish_reason="stop")])).text == "ab"
    assert read_response(Bag(text="plain")).text == "plain"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("x \ud83d y", "x � y"),
        (r"x \ud83d y", r"x \ufffd y"),
        (r"\uDE00", r"\ufffd"),
        (r"\ud83d\ude00", r"\ud83d\ude00"),
        (r"\\ud83d", r"\\ud83d"),
        (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
        (r"é", r"é"),
    ],
)
def test_half_a_character_is_replaced(text: str, whole: str) -> None:
    """No file can hold half a surrogate pair; whole ones and escaped backslashes stay."""
    assert whole_characters(text) == whole


def test_reply_of_the_server_is_what_the_test_says() -> None:
    """The helper that refuses does refuse: the tests above can fail."""
    play = refuse("no", "seed")
    assert callable(play)
    refused = play(Request("POST", "/", body=b'{"seed": 1}'))
    assert isinstance(refused, Reply)
    assert refused.status == 400
