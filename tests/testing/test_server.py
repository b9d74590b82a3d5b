"""ModelServer, its replies and its records, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import subprocess
import sys
import textwrap
import threading
from types import ModuleType
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, OpenAI

import summarizer.testing
import summarizer.testing.server
from summarizer.testing import (
    Billed,
    ModelServer,
    Reply,
    Request,
    Usage,
    answer,
    status,
    tool_call,
)
from summarizer.testing.reply import Close, Send

from .clients import (
    KEY,
    PROMPT,
    ask,
    chat,
    connect,
    content,
    exchange,
    receive,
    receive_response,
    request_bytes,
)

TOOL = {
    "type": "function",
    "function": {"name": "draft", "parameters": {"properties": {"title": {"type": "string"}}}},
}
FORCED = {"type": "function", "function": {"name": "draft"}}


def test_exports_are_sorted_and_exist_when_imported() -> None:
    """Every public name exists and the list of them is in order."""
    names = summarizer.testing.__all__
    ordered = sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))
    assert names == ordered
    assert all(hasattr(summarizer.testing, name) for name in names)


def test_clients_are_not_loaded_when_imported() -> None:
    """The endpoint itself needs the standard library only."""
    heavy = "{'openai', 'httpx2', 'instructor', 'pydantic'}"
    code = f"import sys, summarizer.testing; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("module", [summarizer.testing, summarizer.testing.server])
def test_example_runs_when_copied_from_the_documentation(module: ModuleType) -> None:
    """The examples of the docstrings run as they are."""
    _, _, rest = (module.__doc__ or "").partition("::\n\n")
    lines = itertools.takewhile(lambda line: not line or line[0] == " ", rest.split("\n"))
    code = textwrap.dedent("\n".join(lines))
    assert "ModelServer(" in code
    exec(code.replace("...", "ask_once(server), ask_once(server)"), dict(ASK))


def _ask_once(server: ModelServer) -> None:
    with contextlib.suppress(openai.InternalServerError):
        chat(server.base_url)


ASK: dict[str, Any] = {"ask_once": _ask_once}


def test_answer_arrives_when_asked_through_the_real_client() -> None:
    """The content, finish reason, model and id that were scripted reach the client."""
    with ModelServer(answer("Grüße 🕊", finish_reason="stop", request_id="req-77")) as server:
        completion = chat(server.base_url)
    assert completion.choices[0].message.content == "Grüße 🕊"
    assert completion.choices[0].finish_reason == "stop"
    assert completion.model == "asked-model"
    assert completion._request_id == "req-77"


def test_request_is_recorded_when_it_was_answered() -> None:
    """Method, path, headers, JSON, time and numbers of a request can be read after the end."""
    with ModelServer(answer("yes"), clock=lambda: 12.5) as server:
        chat(server.base_url, temperature=0.25)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.json["temperature"] == 0.25
    assert request.messages == [{"role": "user", "content": PROMPT}]
    assert (request.time, request.number, request.connection) == (12.5, 1, 1)


def test_key_is_not_shown_when_a_request_is_printed() -> None:
    """A failing test of a user's cannot print the key or the document."""
    with ModelServer(answer("yes")) as server:
        chat(server.base_url)
    assert KEY not in repr(server.requests)
    assert PROMPT not in repr(server.requests)


def test_sequence_plays_in_order_when_the_last_one_repeats() -> None:
    """One entry per request; the last one answers all that follow."""
    with ModelServer([answer("one"), answer("two")]) as server:
        assert [content(server.base_url) for _ in range(4)] == ["one", "two", "two", "two"]


def test_function_decides_when_it_is_the_behaviour() -> None:
    """A function sees the request and may return a reply or a behaviour."""

    def echo(request: Request) -> Any:
        return answer(request.messages[0]["content"][::-1])

    with ModelServer([echo]) as server:
        assert content(server.base_url, "abc") == "cba"


def test_coroutine_function_is_awaited_when_it_is_the_behaviour() -> None:
    """Behaviours may be async."""

    async def later(request: Request) -> Any:
        await asyncio.sleep(0)
        return answer("later")

    with ModelServer(later) as server:
        assert content(server.base_url) == "later"


def test_empty_sequence_is_refused_when_the_server_is_made() -> None:
    """A script without an entry is a mistake that is told at once."""
    with pytest.raises(ValueError, match="at least one entry"):
        ModelServer([])


def test_failing_behaviour_comes_out_when_the_server_closes() -> None:
    """A mistake in a behaviour is a 422 for the client and an exception for the test."""

    def broken(request: Request) -> Reply:
        raise KeyError("mistake")

    def run() -> None:
        with ModelServer(broken) as server:
            with pytest.raises(openai.UnprocessableEntityError) as caught:
                chat(server.base_url)
            assert caught.value.code == "behaviour_failed"

    with pytest.raises(KeyError, match="mistake"):
        run()


def test_unwritable_reply_comes_out_when_the_server_closes() -> None:
    """A header that HTTP cannot carry is told, too."""

    def run() -> None:
        with ModelServer(status(200, b"", {"x-name": "Кий"})) as server:
            assert exchange(server.base_url) == (b"", "closed")

    with pytest.raises(UnicodeEncodeError):
        run()


def test_own_failure_wins_when_the_behaviour_failed_as_well() -> None:
    """The exception of the test itself is not replaced by that of the behaviour."""

    def broken(request: Request) -> Reply:
        raise KeyError("mistake")

    def run() -> None:
        with ModelServer(broken) as server:
            chat(server.base_url)

    with pytest.raises(openai.UnprocessableEntityError):
        run()


def test_status_has_openais_error_shape_when_no_body_is_given() -> None:
    """An HTTP status carries an error object that clients can read, and its headers."""
    limited = ModelServer(status(429, headers={"Retry-After": "7"}))
    with limited as server, pytest.raises(openai.RateLimitError) as caught:
        chat(server.base_url)
    assert caught.value.response.headers["retry-after"] == "7"
    assert caught.value.body == {
        "message": "scripted 429 Too Many Requests",
        "type": "scripted_error",
        "param": None,
        "code": None,
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b"\xff\x00", b"\xff\x00"), ("<ü>", "<ü>".encode()), ({"error": {}}, b'{"error": {}}')],
)
def test_status_sends_the_body_when_one_is_given(body: Any, expected: bytes) -> None:
    """Bytes and text go as they are, an object as JSON."""
    with ModelServer(status(400, body)) as server, connect(server.base_url) as sock:
        sock.sendall(request_bytes())
        assert receive_response(sock)[1] == expected


def test_usage_is_estimated_when_none_is_given() -> None:
    """The prompt's tokens are a quarter of its characters: a long prompt costs more."""
    with ModelServer(answer("x" * 40)) as server:
        usage = chat(server.base_url, "y" * 4000).usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (1000, 10, 1010)


def test_usage_is_sent_as_given_when_it_is_given() -> None:
    """Numbers of a script reach the client, cached ones too, and are what is billed."""
    with ModelServer(answer("x", usage=Usage(900, 30, cached=512))) as server:
        usage = chat(server.base_url).usage
        chat(server.base_url)
    assert usage is not None
    assert usage.prompt_tokens_details is not None
    assert usage.prompt_tokens_details.cached_tokens == 512
    assert server.billed == Billed(prompt=1800, completion=60, calls=2)


def test_nothing_is_billed_when_the_status_is_an_error() -> None:
    """Errors cost nothing."""
    with ModelServer(status(500)) as server, pytest.raises(openai.InternalServerError):
        chat(server.base_url)
    assert server.billed == Billed()


@pytest.mark.parametrize(
    ("choice", "finish_reason"), [(FORCED, "stop"), ("required", "tool_calls")]
)
def test_content_is_a_tool_call_when_tools_are_offered(choice: Any, finish_reason: str) -> None:
    """A client in tool mode gets the content as the arguments of its tool."""
    with ModelServer(answer('{"title": "x"}')) as server:
        completion = chat(server.base_url, tools=[TOOL], tool_choice=choice)
    (call,) = completion.choices[0].message.tool_calls or []
    assert call.type == "function"
    assert (call.function.name, call.function.arguments) == ("draft", '{"title": "x"}')
    assert completion.choices[0].message.content is None
    assert completion.choices[0].finish_reason == finish_reason


@pytest.mark.parametrize("verbatim", [True, False])
def test_content_stays_content_when_no_tool_is_to_be_called(verbatim: bool) -> None:
    """``verbatim``, and a client that wants no call, get plain content."""
    choice = "auto" if verbatim else "none"
    with ModelServer(answer("prose", verbatim=verbatim)) as server:
        completion = chat(server.base_url, tools=[TOOL], tool_choice=choice)
    assert completion.choices[0].message.content == "prose"
    assert completion.choices[0].message.tool_calls is None


def test_refusal_and_tool_calls_arrive_when_scripted() -> None:
    """Refusals and calls of other tools are told as OpenAI tells them."""
    script = [answer(None, refusal="No."), answer(None, tool_calls=[tool_call("other", "{}")])]
    with ModelServer(script) as server:
        assert chat(server.base_url).choices[0].message.refusal == "No."
        (call,) = chat(server.base_url).choices[0].message.tool_calls or []
    assert call.type == "function"
    assert call.function.name == "other"


def test_half_a_surrogate_pair_arrives_when_the_content_has_one() -> None:
    """What no UTF-8 can hold travels as JSON's escape."""
    with ModelServer(answer("half \ud83d")) as server:
        assert content(server.base_url) == "half \ud83d"


def test_models_are_listed_when_asked_for() -> None:
    """``GET /v1/models`` names the models and passes on whatever else was given for them."""
    sized = {"id": "sized", "max_model_len": 4096}
    with (
        ModelServer(answer("x"), models=["plain", sized]) as server,
        OpenAI(base_url=server.base_url, api_key=KEY) as client,
    ):
        listed = client.models.list().data
    assert [model.id for model in listed] == ["plain", "sized"]
    assert listed[1].model_extra == {"max_model_len": 4096}


def test_route_is_replaced_when_routes_are_given() -> None:
    """Any path can have a behaviour of its own."""
    routes: dict[str, Reply] = {"GET /v1/models": status(401), "GET /props": status(200, {"n": 1})}
    with ModelServer(answer("x"), routes=routes) as server:
        client = OpenAI(base_url=server.base_url, api_key=KEY, max_retries=0)
        with client, pytest.raises(openai.AuthenticationError):
            client.models.list()
        with connect(server.base_url) as sock:
            sock.sendall(request_bytes(method="GET", path="/props?x=1"))
            assert receive_response(sock)[1] == b'{"n": 1}'


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [("GET", "/v1/chat/completions", b"405"), ("POST", "/v1/embeddings", b"404")],
)
def test_status_says_so_when_there_is_no_route(method: str, path: str, expected: bytes) -> None:
    """A wrong method is 405, a wrong path 404, and the connection goes on."""
    with ModelServer(answer("x")) as server, connect(server.base_url) as sock:
        sock.sendall(request_bytes(method=method, path=path))
        head, _ = receive_response(sock)
        sock.sendall(request_bytes())
        again, _ = receive_response(sock)
    assert head.split()[1] == expected
    assert again.split()[1] == b"200"


@pytest.mark.parametrize("payload", [[], "text", False, {}])
def test_body_is_refused_when_it_is_no_json_object(payload: Any) -> None:
    """The behaviour never sees a request without a JSON object."""
    with ModelServer(answer("x")) as server, connect(server.base_url) as sock:
        sock.sendall(request_bytes(payload))
        head, body = receive_response(sock)
    assert head.split()[1] == b"400"
    assert json.loads(body)["error"]["code"] == "invalid_json"


def test_stream_is_refused_when_asked_for() -> None:
    """A client that wants a stream is told so, and nothing is billed."""
    with ModelServer(answer("x")) as server, pytest.raises(openai.BadRequestError) as caught:
        chat(server.base_url, stream=True)
    assert (caught.value.param, caught.value.code) == ("stream", "unsupported_value")
    assert server.billed == Billed()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00 tls hello \r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"POST / HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
)
def test_garbage_is_answered_400_when_it_is_no_request(garbage: bytes) -> None:
    """Nonsense gets a 400 and the end of the connection, and is no request."""
    with ModelServer(answer("x")) as server:
        received, _ = exchange(server.base_url, garbage)
        assert content(server.base_url) == "x"
    assert received.startswith(b"HTTP/1.1 400") or len(garbage) > 65536
    assert server.request_count == 1


def test_connection_is_reused_when_the_client_keeps_it_alive() -> None:
    """One client asks ten times over one connection."""

    async def run(base_url: str) -> None:
        async with AsyncOpenAI(base_url=base_url, api_key=KEY) as client:
            for _ in range(10):
                await client.chat.completions.create(
                    model="m", messages=[{"role": "user", "content": "x"}]
                )

    with ModelServer(answer("x")) as server:
        asyncio.run(run(server.base_url))
    assert (server.request_count, server.connection_count) == (10, 1)


@pytest.mark.parametrize(
    "request_head",
    [b"GET /v1/models HTTP/1.0\r\n\r\n", b"GET /x HTTP/1.1\r\nConnection: close\r\n\r\n"],
)
def test_connection_ends_when_the_client_wants_no_more(request_head: bytes) -> None:
    """HTTP/1.0 and ``Connection: close`` are honoured."""
    with ModelServer(answer("x")) as server:
        received, end = exchange(server.base_url, request_head)
    assert received.startswith(b"HTTP/1.1 ")
    assert end == "closed"


def test_two_requests_are_answered_when_sent_at_once() -> None:
    """Pipelined requests are answered in their order."""
    with ModelServer([answer("one"), answer("two")]) as server, connect(server.base_url) as sock:
        sock.sendall(request_bytes() * 2)
        received = b""
        while received.count(b'"finish_reason"') < 2:
            received += sock.recv(65536)
    assert received.index(b'"one"') < received.index(b'"two"')


def test_client_is_told_to_continue_when_it_expects_so() -> None:
    """``Expect: 100-continue``, which curl sends with long bodies, is answered first."""
    head, _, body = request_bytes().partition(b"\r\n\r\n")
    with ModelServer(answer("x")) as server, connect(server.base_url) as sock:
        sock.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        assert sock.recv(1024) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(body)
        assert receive_response(sock)[0].startswith(b"HTTP/1.1 200")


def test_hundred_requests_are_in_flight_when_sent_at_once() -> None:
    """No reply is sent before the hundredth request has come: they are served side by side."""
    count = 0
    all_here = asyncio.Event()

    async def together(request: Request) -> Any:
        nonlocal count
        count += 1
        if count == 100:
            all_here.set()
        await all_here.wait()
        return answer(request.prompt)

    async def run(base_url: str) -> list[str | None]:
        async with AsyncOpenAI(base_url=base_url, api_key=KEY, timeout=30) as client:
            calls = [
                client.chat.completions.create(
                    model="m", messages=[{"role": "user", "content": str(number)}]
                )
                for number in range(100)
            ]
            answers = await asyncio.gather(*calls)
            return [completion.choices[0].message.content for completion in answers]

    with ModelServer(together) as server:
        assert asyncio.run(run(server.base_url)) == [str(number) for number in range(100)]
    assert sorted(r.number for r in server.requests) == list(range(1, 101))


def test_latency_is_waited_when_given() -> None:
    """Latency of the server and delay of a reply add up, in seconds, before the first byte."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    with ModelServer([answer("x"), answer("y", delay=0.5)], latency=1.25, sleep=sleep) as server:
        content(server.base_url)
        content(server.base_url)
    assert waited == [1.25, 1.75]


def test_only_the_latest_are_kept_when_memory_is_limited() -> None:
    """``remember`` bounds what is kept; the count goes on."""
    with ModelServer(answer("x"), remember=2) as server:
        for number in range(5):
            content(server.base_url, str(number))
    assert [request.prompt for request in server.requests] == ["3", "4"]
    assert server.request_count == 5


def test_server_closes_when_clients_hang() -> None:
    """Closing does not wait for a client that sends nothing, half a request or reads nothing."""
    big = answer("x" * 30_000_000, verbatim=True)
    with ModelServer(big) as server:
        idle, half, deaf = (connect(server.base_url) for _ in range(3))
        half.sendall(request_bytes()[:-3])
        deaf.sendall(request_bytes())
        deaf.recv(10)  # the reply has begun
    for sock in (idle, half, deaf):
        with sock:
            receive(sock)
    assert not any(thread.name == "model-server" for thread in threading.enumerate())


def test_server_refuses_connections_when_closed() -> None:
    """After the block nobody listens any more, and closing again is harmless."""
    with ModelServer(answer("x")) as server:
        base_url = server.base_url
    server.close()
    with pytest.raises(ConnectionRefusedError):
        connect(base_url)
    with pytest.raises(RuntimeError, match="make a new one"):
        server.start()


def test_address_is_refused_when_the_server_has_not_started() -> None:
    """Asking for the address too early says what to do."""
    with pytest.raises(RuntimeError, match="`with` block"):
        _ = ModelServer(answer("x")).base_url


def test_two_servers_are_apart_when_run_together() -> None:
    """Every server has its own port and its own record."""
    with ModelServer(answer("a")) as first, ModelServer(answer("b")) as second:
        assert content(first.base_url) == "a"
        assert content(second.base_url) == "b"
    assert (first.request_count, second.request_count) == (1, 1)


def test_cut_replaces_the_response_when_a_reply_has_one() -> None:
    """Users can script the bytes of a fault of their own."""
    reply = Reply(body=b"{}", cut=lambda head, body: [Send(b"HTTP/1.1 299 Odd\r\n\r\n"), Close()])
    with ModelServer(reply) as server:
        assert exchange(server.base_url) == (b"HTTP/1.1 299 Odd\r\n\r\n", "closed")


def test_client_can_leave_when_the_reply_is_still_to_come() -> None:
    """A client that gives up early disturbs neither the server nor the next client."""
    with ModelServer([answer("x" * 5_000_000), answer("y")]) as server:
        with connect(server.base_url) as sock:
            sock.sendall(request_bytes())
            sock.recv(10)
        assert asyncio.run(ask(server.base_url)).choices[0].message.content == "y"


@pytest.mark.parametrize(
    ("body", "model", "messages", "tools"),
    [
        (b"", "scripted-model", [], []),
        (b"\xff", "scripted-model", [], []),
        (b"[" * 100_000, "scripted-model", [], []),
        (b'{"model": 3, "messages": "x", "tools": {"a": 1}}', "scripted-model", [], []),
        (b'{"messages": [1, {"content": null}], "tools": [7, {"function": 1}]}', "scripted-model",
         [{"content": None}], []),
    ],
)  # fmt: skip
def test_request_is_readable_when_its_body_is_odd(
    body: bytes, model: str, messages: list[Any], tools: list[str]
) -> None:
    """A behaviour can look at any request without an exception."""
    request = Request("POST", "/", body=body)
    assert (request.model, request.messages, request.tools) == (model, messages, tools)
    assert (request.prompt.strip(), request.schema, request.source) == ("", {}, {})


def test_schema_is_found_when_asked_for_by_format_or_tool() -> None:
    """The JSON Schema is read from ``response_format`` or from the tool."""
    schema = {"properties": {"title": {"type": "string"}}}
    by_format = {"response_format": {"type": "json_schema", "json_schema": {"schema": schema}}}
    for payload in (by_format, {"tools": [TOOL]}):
        assert Request("POST", "/", body=json.dumps(payload).encode()).schema == schema


def test_source_is_the_longest_list_when_messages_have_several() -> None:
    """Numbered sentences are read from the user message with most of them, parts included."""
    messages = [
        {"role": "system", "content": "[1] a\n[2] b\n[3] c"},
        {"role": "user", "content": [{"type": "text", "text": "[4] d\u2028e\r\n[5] f\n[4] g\n x"}]},
        {"role": "user", "content": "Wrong: [9]\n[1] z"},
    ]
    request = Request("POST", "/", body=json.dumps({"messages": messages}).encode())
    assert request.source == {4: "d\u2028e", 5: "f"}
