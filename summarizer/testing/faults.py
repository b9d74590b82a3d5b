"""Faults: every way to fail that the endpoint can play, by name.

Each entry of ``FAULTS`` plays over a real socket::

    from summarizer.testing import FAULTS

    with FAULTS["reset_in_body"].serve('{"title": "Talks resume"}', times=1) as stage:
        ...  # the first request to stage.base_url is reset, the second is answered

or takes part in a script of your own: ``ModelServer([FAULTS["http_503"].behaviour(good), …])``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

from summarizer.testing.answers import answer
from summarizer.testing.behaviour import Play
from summarizer.testing.fault import OK, Fault, Faults, Scene, refusing
from summarizer.testing.faulty_answers import FAULTY_ANSWERS
from summarizer.testing.reply import (
    Close,
    Cut,
    Reply,
    Reset,
    Send,
    Stall,
    error_body,
    status,
)
from summarizer.testing.request import Request

FAULTS = Faults()

_STATUSES = {
    400: ("the request is called malformed", "BadRequest"),
    401: ("the key is not accepted", "Unauthorised"),
    403: ("the key may not do this", "Unauthorised"),
    404: ("the model does not exist", "BadRequest"),
    408: ("the server gave up waiting for the request", "TimedOut"),
    409: ("the request conflicts with another", "BadRequest"),
    413: ("the request is too large", "BadRequest"),
    422: ("the request cannot be processed", "BadRequest"),
    500: ("the server failed", "Unreachable"),
    502: ("the gateway got nonsense from the server", "Unreachable"),
    503: ("the server is overloaded", "Unreachable"),
    504: ("the gateway got nothing from the server in time", "Unreachable"),
}


def _always(reply: Reply) -> Fault:
    description, outcome = _STATUSES[reply.status]
    return Fault(f"http_{reply.status}", f"{reply.status}: {description}", outcome, lambda _: reply)


for _code in _STATUSES:
    FAULTS.put(_always(status(_code)))


def _limited(retry_after: str | None, code: str = "rate_limit_exceeded") -> Reply:
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return status(429, error_body("scripted rate limit", kind="requests", code=code), headers)


@FAULTS.add("429 with Retry-After: 2 (seconds)", "RateLimited")
def http_429_seconds(scene: Scene) -> Play:
    return _limited("2")


@FAULTS.add("429 with Retry-After as an HTTP date 2 to 3 seconds ahead", "RateLimited")
def http_429_date(scene: Scene) -> Play:
    # Dates have whole seconds: 3 is the least that is never under 2.
    return lambda _: _limited(format_datetime(scene.now() + timedelta(seconds=3), usegmt=True))


@FAULTS.add("429 without Retry-After", "RateLimited")
def http_429_absent(scene: Scene) -> Play:
    return _limited(None)


@FAULTS.add("429 with Retry-After of a year", "RateLimited")
def http_429_absurd(scene: Scene) -> Play:
    return _limited("31536000")


@FAULTS.add("429 with a Retry-After that is no time at all", "RateLimited")
def http_429_nonsense(scene: Scene) -> Play:
    return _limited("-1e999, soon")


@FAULTS.add("429 because the quota is used up: no use in waiting", "RateLimited")
def http_429_quota(scene: Scene) -> Play:
    return _limited(None, "insufficient_quota")


@FAULTS.add("nobody listens on the port", "Unreachable", listens=False)
def connect_refused(scene: Scene) -> Play:
    raise NotImplementedError  # played by not listening, see Fault.serve


# RFC 6761: no name that ends so will ever exist.
@FAULTS.add(
    "the host's name is not found", "Unreachable", listens=False,
    address="http://models.invalid/v1",
)  # fmt: skip
def name_unknown(scene: Scene) -> Play:
    raise NotImplementedError  # played by a name that nobody has, see Fault.serve


def _cut(scene: Scene, cut: Cut, headers: Mapping[str, str] | None = None) -> Play:
    """The good answer, put on the wire by ``cut``; the tokens are charged all the same."""

    def play(request: Request) -> Play:
        return replace(answer(scene.good)(request), headers=headers or {}, cut=cut)

    return play


@FAULTS.add("the connection is reset before the first byte", "Unreachable")
def reset_before_headers(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Reset()])


@FAULTS.add("the connection is reset in the headers", "Unreachable")
def reset_in_headers(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Send(head[: len(head) // 2]), Reset()])


@FAULTS.add("the connection is reset in the body", "Unreachable")
def reset_in_body(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Send(head + body[: len(body) // 2]), Reset()])


@FAULTS.add("the connection is closed before the first byte", "Unreachable")
def closed_before_headers(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Close()])


@FAULTS.add("slow loris: a byte, a pause, a byte, a pause", "TimedOut")
def slow_loris(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Send(head + body, pause=scene.interval)])


@FAULTS.add("not a single byte comes", "TimedOut")
def stall_before_headers(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Stall()])


@FAULTS.add("nothing comes after the headers", "TimedOut")
def stall_after_headers(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Send(head), Stall()])


@FAULTS.add("nothing comes after half of the body", "TimedOut")
def stall_in_body(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Send(head + body[: len(body) // 2]), Stall()])


@FAULTS.add("Content-Length is less than the body", "InvalidOutput")
def content_length_short(scene: Scene) -> Play:
    def play(request: Request) -> Play:
        reply = answer(scene.good)(request)
        # Everything is sent and the connection stays open: the rest may poison the next answer.
        half = {"content-length": str(len(reply.body) // 2)}
        return replace(reply, headers=half)

    return play


@FAULTS.add("Content-Length is more than the body, then the connection closes", "Unreachable")
def content_length_long(scene: Scene) -> Play:
    def play(request: Request) -> Play:
        reply = answer(scene.good)(request)
        more = {"content-length": str(len(reply.body) + 100)}
        return replace(reply, headers=more, cut=lambda head, body: [Send(head + body), Close()])

    return play


@FAULTS.add("a chunked body whose chunks are garbage", "Unreachable")
def chunked_garbage(scene: Scene) -> Play:
    garbage = b"what is this\r\nno chunk at all\r\n"
    chunked = {"transfer-encoding": "chunked"}
    return _cut(scene, lambda head, body: [Send(head + garbage), Close()], chunked)


@FAULTS.add("bytes that are no HTTP", "Unreachable")
def not_http(scene: Scene) -> Play:
    return _cut(scene, lambda head, body: [Send(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), Close()])


@FAULTS.add("307 to another host, which must not see the key", "EndpointError")
def redirect(scene: Scene) -> Play:
    return status(307, b"", {"location": f"{scene.elsewhere}/chat/completions"})


@FAULTS.add("400 because the prompt is longer than the model's context", "ContextTooSmall")
def context_length_exceeded(scene: Scene) -> Play:
    message = "This model's maximum context length is 4096 tokens. However, you requested more."
    return _refused(message, "messages", "context_length_exceeded")


def _refused(message: str, param: str | None, code: str | None) -> Reply:
    return status(400, error_body(message, kind="invalid_request_error", param=param, code=code))


def _without(scene: Scene, param: str, refusal: Reply) -> Play:
    return refusing(lambda request: request.payload.get(param) is not None, refusal, scene.good)


@FAULTS.add("400 when there is a temperature: unsupported parameter", OK)
def temperature_refused(scene: Scene) -> Play:
    message = "Unsupported parameter: 'temperature' is not supported with this model."
    return _without(scene, "temperature", _refused(message, "temperature", "unsupported_parameter"))


@FAULTS.add("400 when the temperature is not 1: unsupported value", OK)
def temperature_value_refused(scene: Scene) -> Play:
    message = (
        "Unsupported value: 'temperature' does not support this value with this model. "
        "Only the default (1) value is supported."
    )
    refusal = _refused(message, "temperature", "unsupported_value")
    return refusing(lambda r: r.payload.get("temperature", 1) != 1, refusal, scene.good)


@FAULTS.add("400 when there is max_tokens: wants max_completion_tokens", OK)
def max_tokens_refused(scene: Scene) -> Play:
    message = (
        "Unsupported parameter: 'max_tokens' is not supported with this model. "
        "Use 'max_completion_tokens' instead."
    )
    return _without(scene, "max_tokens", _refused(message, "max_tokens", "unsupported_parameter"))


@FAULTS.add("400 when response_format is a JSON Schema", OK)
def json_schema_refused(scene: Scene) -> Play:
    message = (
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this "
        "model."
    )
    refusal = _refused(message, "response_format", None)
    return refusing(_asks_for_json_schema, refusal, scene.good)


def _asks_for_json_schema(request: Request) -> bool:
    asked = request.payload.get("response_format")
    return isinstance(asked, dict) and asked.get("type") == "json_schema"


@FAULTS.add("400 when there are tools", OK)
def tools_refused(scene: Scene) -> Play:
    return _without(scene, "tools", _refused("this model does not support tools", "tools", None))


for _fault in FAULTY_ANSWERS.values():
    FAULTS.put(_fault)
