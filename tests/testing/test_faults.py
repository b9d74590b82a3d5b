"""Every fault of the registry, through the real client and on a bare socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import socket
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import openai
import pytest
from openai.types.chat import ChatCompletion

import summarizer.errors
from summarizer.draft import BriefDraft
from summarizer.testing import FAULTS, ModelServer, answer, refused_url, status
from summarizer.testing.fault import OK, Fault, Faults, Scene
from summarizer.testing.faulty_answers import BIG_ANSWER_BYTES, NESTING, UNKNOWN_SENTENCE
from summarizer.testing.reply import Reply

from .clients import (
    KEY,
    NotACompletion,
    ask,
    chat,
    connect,
    content,
    exchange,
    receive_response,
    request_bytes,
)
from .samples import GOOD, draft, negative

# What the openai client makes of each fault; None: a completion, good or bad.
SURFACES: dict[str, type[Exception] | None] = {
    "http_400": openai.BadRequestError,
    "http_401": openai.AuthenticationError,
    "http_403": openai.PermissionDeniedError,
    "http_404": openai.NotFoundError,
    "http_408": openai.APIStatusError,
    "http_409": openai.ConflictError,
    "http_413": openai.APIStatusError,
    "http_422": openai.UnprocessableEntityError,
    "http_429_seconds": openai.RateLimitError,
    "http_429_date": openai.RateLimitError,
    "http_429_absent": openai.RateLimitError,
    "http_429_absurd": openai.RateLimitError,
    "http_429_nonsense": openai.RateLimitError,
    "http_429_quota": openai.RateLimitError,
    "http_500": openai.InternalServerError,
    "http_502": openai.InternalServerError,
    "http_503": openai.InternalServerError,
    "http_504": openai.InternalServerError,
    "connect_refused": openai.APIConnectionError,
    "name_unknown": openai.APIConnectionError,
    "reset_before_headers": openai.APIConnectionError,
    "reset_in_headers": openai.APIConnectionError,
    "reset_in_body": openai.APIConnectionError,
    "closed_before_headers": openai.APIConnectionError,
    "slow_loris": openai.APITimeoutError,
    "stall_before_headers": openai.APITimeoutError,
    "stall_after_headers": openai.APITimeoutError,
    "stall_in_body": openai.APITimeoutError,
    "content_length_short": json.JSONDecodeError,
    "content_length_long": openai.APIConnectionError,
    "chunked_garbage": openai.APIConnectionError,
    "not_http": openai.APIConnectionError,
    "redirect": openai.APIStatusError,
    "context_length_exceeded": openai.BadRequestError,
    "temperature_refused": openai.BadRequestError,
    "temperature_value_refused": openai.BadRequestError,
    "max_tokens_refused": openai.BadRequestError,
    "json_schema_refused": openai.BadRequestError,
    "tools_refused": openai.BadRequestError,
    "html_page": NotACompletion,
    "empty_body": json.JSONDecodeError,
    "error_with_200": None,
    "choices_empty": None,
    "choices_null": None,
    "invalid_utf8": UnicodeDecodeError,
    "null_content": None,
    "blank_content": None,
    "refusal": None,
    "content_filter": None,
    "length": None,
    "truncated_unsaid": None,
    "tool_call_instead": None,
    "fenced_json": None,
    "prose_around": None,
    "think_before": None,
    "two_objects": None,
    "wrong_types": None,
    "missing_field": None,
    "unknown_enum": None,
    "unknown_sentence": None,
    "nan": None,
    "duplicate_keys": None,
    "deep_nesting": None,
    "big_answer": None,
    "lone_surrogate": None,
    "wrong_usage": None,
    "no_usage": None,
    "prompt_cut": None,
}
SCHEMA = {"type": "json_schema", "json_schema": {"name": "draft", "schema": {"type": "object"}}}
TOOLS = [{"type": "function", "function": {"name": "draft", "parameters": {}}}]
ASKED: dict[str, dict[str, Any]] = {
    "temperature_refused": {"temperature": 1},
    "temperature_value_refused": {"temperature": 0},
    "max_tokens_refused": {"max_tokens": 10},
    "json_schema_refused": {"response_format": SCHEMA},
    "tools_refused": {"tools": TOOLS},
}
SHORT = 0.15  # seconds; only for faults whose point is that nothing comes
SPOILT = ("wrong_types", "missing_field", "unknown_enum", "nan", "deep_nesting", "big_answer")


def played(name: str, good: str = GOOD, **parameters: Any) -> str:
    """The content that the client gets from a fault."""
    with FAULTS[name].serve(good) as stage:
        return content(stage.base_url, **parameters)


def plays(fault: str, good: str = GOOD) -> ChatCompletion:
    """The completion that the client gets from a fault."""
    with FAULTS[fault].serve(good) as stage:
        return chat(stage.base_url)


def on_the_wire(name: str) -> tuple[bytes, str]:
    """The bytes of a fault that ends its connection, and how it ended."""
    with FAULTS[name].serve(GOOD) as stage:
        return exchange(stage.base_url)


def test_every_fault_is_expected_when_the_registry_is_listed() -> None:
    """The table above and the registry name the same faults."""
    assert set(SURFACES) == set(FAULTS)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_documented_when_it_is_in_the_registry(fault: Fault) -> None:
    """Each has its name, one line of description and an outcome that exists."""
    assert FAULTS[fault.name] is fault
    assert fault.description
    assert "\n" not in fault.description
    assert fault.outcome == OK or issubclass(
        getattr(summarizer.errors, fault.outcome), summarizer.errors.ModelError
    )


@pytest.mark.parametrize(("name", "expected"), SURFACES.items(), ids=SURFACES)
def test_fault_surfaces_as_listed_when_the_real_client_meets_it(
    name: str, expected: type[Exception] | None
) -> None:
    """The openai client sees exactly the failure which the fault is named after."""
    timeout = SHORT if expected is openai.APITimeoutError else 10.0
    with FAULTS[name].serve(GOOD, interval=10) as stage:
        if expected is None:
            chat(stage.base_url, timeout=timeout)
        elif name == "redirect":
            _refuses_redirect(stage.base_url)
        else:
            with pytest.raises(expected):
                chat(stage.base_url, timeout=timeout, **ASKED.get(name, {}))
        assert stage.server.request_count == (1 if FAULTS[name].listens else 0)


def _refuses_redirect(base_url: str) -> None:
    import httpx2

    with (
        httpx2.Client(follow_redirects=False) as transport,
        openai.OpenAI(
            base_url=base_url, api_key=KEY, max_retries=0, http_client=transport
        ) as client,
        pytest.raises(openai.APIStatusError) as caught,
    ):
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}])
    assert caught.value.status_code == 307


@pytest.mark.parametrize("name", [name for name in FAULTS if FAULTS[name].listens])
def test_good_answer_follows_when_a_fault_is_played_once(name: str) -> None:
    """After ``times`` requests the endpoint is well, on a new connection as on the old."""
    with FAULTS[name].serve(GOOD, times=1, interval=10) as stage:
        exchange(stage.base_url, timeout=SHORT)
        assert content(stage.base_url) == GOOD


@pytest.mark.parametrize("code", [400, 401, 403, 404, 408, 409, 413, 422, 500, 502, 503, 504])
def test_status_is_that_of_the_name_when_a_status_fault_is_played(code: int) -> None:
    """``http_503`` is a 503 with an error object."""
    with FAULTS[f"http_{code}"].serve(GOOD) as stage, connect(stage.base_url) as sock:
        sock.sendall(request_bytes())
        head, body = receive_response(sock)
    assert int(head.split()[1]) == code
    assert set(json.loads(body)["error"]) == {"message", "type", "param", "code"}


def retry_after(name: str, **scene: Any) -> str | None:
    """The Retry-After header of a 429 fault."""
    fault = FAULTS[name].serve(GOOD, **scene)
    with fault as stage, pytest.raises(openai.RateLimitError) as caught:
        chat(stage.base_url)
    found: str | None = caught.value.response.headers.get("retry-after")
    return found


def test_retry_after_is_as_named_when_rate_limited() -> None:
    """Seconds, absent, absurd and nonsense are what they say."""
    assert retry_after("http_429_seconds") == "2"
    assert retry_after("http_429_absent") is None
    assert int(retry_after("http_429_absurd") or 0) >= 86_400
    with pytest.raises(ValueError, match="could not convert"):
        float(retry_after("http_429_nonsense") or "0")


def test_retry_after_is_a_date_ahead_when_rate_limited_with_a_date() -> None:
    """The date counts from the clock at the time of the request, and is an HTTP date."""
    now = datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    text = retry_after("http_429_date", now=lambda: now)
    assert text == "Sun, 01 Mar 2026 12:00:03 GMT"
    assert timedelta(seconds=2) <= parsedate_to_datetime(text) - now <= timedelta(seconds=3)


def test_quota_is_named_when_no_waiting_helps() -> None:
    """The code of OpenAI for a used-up quota tells it from a limit that passes."""
    fault = FAULTS["http_429_quota"].serve(GOOD)
    with fault as stage, pytest.raises(openai.RateLimitError) as caught:
        chat(stage.base_url)
    assert caught.value.code == "insufficient_quota"


def test_port_refuses_when_nobody_listens() -> None:
    """Connections to ``refused_url`` are refused, and no one else can get its port."""
    with refused_url() as base_url:
        with pytest.raises(ConnectionRefusedError):
            connect(base_url)
        port = int(base_url.rpartition(":")[2].removesuffix("/v1"))
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))


@pytest.mark.parametrize("name", ["connect_refused", "name_unknown"])
def test_fault_without_server_is_refused_when_scripted(name: str) -> None:
    """Not listening cannot be one entry of a script, and says so."""
    with pytest.raises(ValueError, match="use `serve`"):
        FAULTS[name].behaviour(GOOD)


@pytest.mark.parametrize(
    ("name", "end"),
    [("reset_before_headers", "reset"), ("closed_before_headers", "closed")],
)
def test_no_byte_comes_when_cut_before_the_headers(name: str, end: str) -> None:
    """The connection ends, by RST or FIN as named, without a byte."""
    assert on_the_wire(name) == (b"", end)


def test_headers_are_cut_when_reset_in_them() -> None:
    """Part of the headers comes, then a real TCP reset."""
    received, end = on_the_wire("reset_in_headers")
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\n\r\n" not in received
    assert end == "reset"


def test_body_is_cut_when_reset_in_it() -> None:
    """Half of the body comes, then a real TCP reset."""
    received, end = on_the_wire("reset_in_body")
    head, _, body = received.partition(b"\r\n\r\n")
    assert len(body) == _length(head) // 2
    assert end == "reset"


def _length(head: bytes) -> int:
    (line,) = (line for line in head.split(b"\r\n") if line.startswith(b"content-length"))
    return int(line.partition(b":")[2])


def test_tokens_are_billed_when_the_answer_is_lost_on_the_wire() -> None:
    """A real endpoint charges for an answer that was cut; so does the count."""
    with FAULTS["reset_in_body"].serve(GOOD, times=1) as stage:
        exchange(stage.base_url)
        assert stage.server.billed.completion == len(GOOD) // 4


def test_bytes_come_one_by_one_when_the_server_is_a_loris() -> None:
    """Before every byte but the first the interval is waited; in the end all has come."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    fault = FAULTS["slow_loris"].serve("{}", sleep=sleep, interval=1.5)
    with fault as stage, connect(stage.base_url) as sock:
        sock.sendall(request_bytes())
        head, body = receive_response(sock)
    assert json.loads(body)["choices"][0]["message"]["content"] == "{}"
    assert pauses == [1.5] * (len(head) + 4 + len(body) - 1)


@pytest.mark.parametrize(
    ("name", "headers", "share"),
    [("stall_before_headers", 0, 0.0), ("stall_after_headers", 1, 0.0), ("stall_in_body", 1, 0.5)],
)
def test_connection_stays_open_when_stalled(name: str, headers: int, share: float) -> None:
    """As much as named comes, then nothing, and no end."""
    with FAULTS[name].serve(GOOD) as stage:
        received, end = exchange(stage.base_url, timeout=SHORT)
    head, separator, body = received.partition(b"\r\n\r\n")
    assert end == "open"
    assert separator == b"\r\n\r\n" * headers
    assert len(body) == (int(_length(head) * share) if headers else 0)


def test_length_is_less_than_the_body_when_too_short() -> None:
    """All of the body is sent under half of its length, and the connection stays open."""
    with FAULTS["content_length_short"].serve(GOOD) as stage, connect(stage.base_url) as sock:
        sock.sendall(request_bytes())
        received = b""
        while not received.endswith(b'"cached_tokens": 0}}}'):
            received += sock.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    assert json.loads(body)
    assert _length(head) == len(body) // 2


def test_length_is_more_than_the_body_when_too_long() -> None:
    """The whole body comes, less than was announced, then the end."""
    received, end = on_the_wire("content_length_long")
    head, _, body = received.partition(b"\r\n\r\n")
    assert json.loads(body)
    assert _length(head) == len(body) + 100
    assert end == "closed"


def test_all_bytes_come_when_a_big_answer_ends_in_a_close() -> None:
    """The server closes only after everything is on its way, however slowly it is read."""
    good = json.dumps({"title": "x" * 5_000_000})
    with FAULTS["content_length_long"].serve(good) as stage:
        received, end = exchange(stage.base_url)
    head, _, body = received.partition(b"\r\n\r\n")
    assert (_length(head), end) == (len(body) + 100, "closed")


def test_chunks_are_garbage_when_chunked() -> None:
    """The first chunk has no size, and there is no Content-Length beside the coding."""
    received, end = on_the_wire("chunked_garbage")
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head
    assert b"content-length" not in head
    with pytest.raises(ValueError, match="invalid literal"):
        int(body.split(b"\r\n")[0], 16)
    assert end == "closed"


def test_second_host_records_the_key_when_a_client_follows_with_it() -> None:
    """The second endpoint shows whether the Authorization header came along; this client keeps
    it to itself, a careless one does not."""
    with FAULTS["redirect"].serve(GOOD) as stage:
        assert content(stage.base_url) == GOOD
        (followed,) = stage.elsewhere.requests
        assert "authorization" not in followed.headers
        assert stage.elsewhere.base_url != stage.base_url
        chat(stage.elsewhere.base_url)
        assert stage.elsewhere.requests[-1].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("name", "asked", "param", "code"),
    [
        ("temperature_refused", {"temperature": 1.0}, "temperature", "unsupported_parameter"),
        ("temperature_value_refused", {"temperature": 0.2}, "temperature", "unsupported_value"),
        ("max_tokens_refused", {"max_tokens": 9}, "max_tokens", "unsupported_parameter"),
        ("json_schema_refused", {"response_format": SCHEMA}, "response_format", None),
        ("tools_refused", {"tools": TOOLS}, "tools", None),
    ],
)
def test_parameter_is_refused_when_it_is_there(
    name: str, asked: dict[str, Any], param: str, code: str | None
) -> None:
    """The 400 names the parameter as OpenAI does; without it the request is answered."""
    with FAULTS[name].serve(GOOD) as stage:
        with pytest.raises(openai.BadRequestError) as caught:
            chat(stage.base_url, **asked)
        assert content(stage.base_url) == GOOD
    assert (caught.value.param, caught.value.code) == (param, code)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("temperature_value_refused", {"temperature": 1}),
        ("max_tokens_refused", {"max_completion_tokens": 9}),
        ("json_schema_refused", {"response_format": {"type": "json_object"}}),
        ("tools_refused", {"response_format": SCHEMA}),
    ],
)
def test_parameter_is_accepted_when_it_is_the_other_one(name: str, asked: dict[str, Any]) -> None:
    """What a client should fall back to is accepted."""
    assert played(name, **asked) == GOOD


def test_context_error_has_openais_code_when_the_prompt_is_too_long() -> None:
    """``context_length_exceeded`` is what clients look for."""
    fault = FAULTS["context_length_exceeded"].serve(GOOD)
    with fault as stage, pytest.raises(openai.BadRequestError) as caught:
        chat(stage.base_url)
    assert caught.value.code == "context_length_exceeded"


def test_page_comes_as_text_when_html_is_served() -> None:
    """The client hands out a string where a completion was promised."""
    with FAULTS["html_page"].serve(GOOD) as stage, connect(stage.base_url) as sock:
        sock.sendall(request_bytes())
        head, body = receive_response(sock)
    assert b"content-type: text/html" in head
    assert body.startswith(b"<!doctype html>")


def test_choices_are_missing_when_named_so() -> None:
    """An empty list, null, and none at all."""
    empty: Any = plays("choices_empty").choices
    null: Any = plays("choices_null").choices
    absent: Any = plays("error_with_200").choices
    assert (empty, null, absent) == ([], None, None)


@pytest.mark.parametrize(("name", "expected"), [("null_content", None), ("blank_content", "")])
def test_content_is_nothing_when_named_so(name: str, expected: str | None) -> None:
    """Null and the empty string, with ``stop`` as if all were well."""
    choice = plays(name).choices[0]
    assert (choice.message.content, choice.finish_reason) == (expected, "stop")


def test_refusal_is_in_its_field_when_the_model_declines() -> None:
    """The refusal has its own field; content is null."""
    message = plays("refusal").choices[0].message
    assert message.refusal
    assert message.content is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [("content_filter", "content_filter"), ("length", "length"), ("truncated_unsaid", "stop")],
)
def test_answer_is_half_when_it_was_cut(name: str, reason: str) -> None:
    """The good answer's first half comes, with the reason that is named."""
    choice = plays(name).choices[0]
    assert choice.message.content == GOOD[: len(GOOD) // 2]
    assert choice.finish_reason == reason


def test_tool_is_called_when_nobody_offered_it() -> None:
    """A call comes in place of content."""
    choice = plays("tool_call_instead").choices[0]
    (call,) = choice.message.tool_calls or []
    assert call.type == "function"
    assert call.function.name == "web_search"
    assert (choice.message.content, choice.finish_reason) == (None, "tool_calls")


@pytest.mark.parametrize("name", ["fenced_json", "prose_around", "think_before"])
def test_good_answer_is_inside_when_it_is_wrapped(name: str) -> None:
    """The good JSON is there word for word, but the whole is not JSON."""
    text = played(name)
    assert GOOD in text
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(text)


def test_objects_differ_when_there_are_two() -> None:
    """The good answer is followed by another that is valid too."""
    first, second = played("two_objects").split("\n")
    assert first == GOOD
    assert json.loads(second) != json.loads(GOOD)
    BriefDraft.model_validate_json(second)


@pytest.mark.parametrize("good", [draft(), negative()], ids=["full", "negative"])
@pytest.mark.parametrize("name", SPOILT)
def test_answer_is_not_of_the_schema_when_it_is_spoilt(name: str, good: dict[str, Any]) -> None:
    """The draft's own validation refuses the answer, whatever the good one had in it."""
    with pytest.raises(ValueError, match="validation error"):
        BriefDraft.model_validate_json(played(name, json.dumps(good)))


def test_only_the_vocabulary_is_broken_when_an_enum_is_unknown() -> None:
    """One value of one item is not in its vocabulary; all else is as it was."""
    spoilt = json.loads(played("unknown_enum"))
    assert spoilt["offers"][0].pop("kind") == "unheard_of"
    expected = draft()
    del expected["offers"][0]["kind"]
    assert spoilt == expected


def test_answer_is_of_the_schema_when_it_cites_an_unknown_sentence() -> None:
    """Only a look at the document can tell that the citation is wrong."""
    spoilt = BriefDraft.model_validate_json(played("unknown_sentence"))
    assert spoilt.offers[0].citations == [UNKNOWN_SENTENCE]


def test_numbers_are_none_when_nan_is_played() -> None:
    """Python's parser lets NaN and Infinity through: the trap is there."""
    citations = json.loads(played("nan"))["offers"][0]["citations"]
    assert math.isnan(citations[0])
    assert math.isinf(citations[1])


def test_section_is_lost_when_its_key_comes_twice() -> None:
    """A parser that keeps the last of two keys loses the entries of the first in silence."""
    pairs: list[tuple[str, Any]] = json.loads(played("duplicate_keys"), object_pairs_hook=list)
    assert [key for key, _ in pairs].count("parties") == 2
    BriefDraft.model_validate_json(played("duplicate_keys"))
    assert json.loads(played("duplicate_keys"))["parties"] == []


def test_brackets_are_balanced_when_nested_deeply() -> None:
    """The text is JSON in grammar: only its depth is the fault."""
    text = played("deep_nesting")
    assert text.count("[") == text.count("]") == NESTING
    with pytest.raises(RecursionError):
        json.loads(text)


def test_answer_is_big_when_20_mb_are_promised() -> None:
    """Twenty million characters and the good answer after them."""
    text = played("big_answer")
    assert len(text) > BIG_ANSWER_BYTES
    assert json.loads(text)["title"] == draft()["title"]


def test_surrogate_arrives_when_half_a_pair_is_sent() -> None:
    """The title cannot be encoded once it is parsed."""
    title = json.loads(played("lone_surrogate"))["title"]
    with pytest.raises(UnicodeEncodeError):
        title.encode()


def test_usage_is_wrong_when_named_so() -> None:
    """Impossible numbers, none, or a prompt that was cut; the bill is right all the same."""
    wrong = plays("wrong_usage").usage
    assert wrong is not None
    assert (wrong.prompt_tokens, wrong.total_tokens) == (-7, 3)
    assert plays("no_usage").usage is None
    with FAULTS["prompt_cut"].serve(GOOD) as stage:
        cut = chat(stage.base_url, "word " * 1000).usage
        assert cut is not None
        assert cut.prompt_tokens == 312 == stage.server.billed.prompt


def test_faults_follow_each_other_when_scripted() -> None:
    """Faults and answers make up one script."""
    script = [FAULTS["http_503"].behaviour(GOOD), FAULTS["refusal"].behaviour(GOOD), answer(GOOD)]
    with ModelServer(script) as server:
        with pytest.raises(openai.InternalServerError):
            chat(server.base_url)
        assert chat(server.base_url).choices[0].message.refusal
        assert content(server.base_url) == GOOD


def test_spoilt_answer_is_in_the_tool_call_when_tools_are_offered() -> None:
    """Faults of content reach a client in tool mode as well."""
    assert json.loads(played("wrong_types", tools=TOOLS))["parties"] == {"value": None}


@pytest.mark.parametrize("good", ["[]", "{}", '"text"'])
def test_good_answer_is_refused_when_it_cannot_be_spoilt(good: str) -> None:
    """Faults that spoil a JSON object say that they need one."""
    with pytest.raises(ValueError, match="JSON object with keys"):
        FAULTS["wrong_types"].behaviour(good)


def test_any_object_is_spoilt_when_it_is_no_draft() -> None:
    """Users' own schemas work, down to a single key."""
    for name in (*SPOILT, "unknown_sentence", "two_objects", "duplicate_keys", "lone_surrogate"):
        if name not in {"missing_field", "big_answer"}:
            assert played(name, '{"n": 1}') != '{"n": 1}'


def test_name_is_refused_when_a_fault_has_it_already() -> None:
    """Two faults of one name are a mistake."""
    faults = Faults()

    @faults.add("first", OK)
    def mine(scene: Scene) -> Reply:
        return status(500)

    with pytest.raises(ValueError, match="mine already"):
        faults.add("second", OK)(mine)


def test_document_is_not_shown_when_a_scene_is_printed() -> None:
    """The good answer may be confidential."""
    assert "secret" not in repr(Scene('{"title": "secret"}'))


def test_server_survives_when_all_faults_are_played_at_once() -> None:
    """One server plays every fault on its own connection and answers well in the end."""
    left_out = {"connect_refused", "name_unknown", "big_answer"}
    left_out |= {name for name in FAULTS if "stall" in name}
    names = [name for name in FAULTS if name not in left_out]

    async def meet(base_url: str) -> None:
        with contextlib.suppress(openai.APIError, ValueError, NotACompletion):
            await ask(base_url)

    async def run(base_url: str) -> None:
        await asyncio.gather(*(meet(base_url) for _ in names))

    script = [FAULTS[name].behaviour(GOOD, interval=0.0) for name in names]
    with ModelServer([*script, answer(GOOD)]) as server:
        asyncio.run(run(server.base_url))
        assert content(server.base_url) == GOOD
    assert server.request_count == len(script) + 1
