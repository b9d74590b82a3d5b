"""Reply: what the scripted endpoint does with one request, down to the bytes on the socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Send:
    """Put bytes on the wire; with a ``pause`` (seconds) one byte at a time."""

    data: bytes
    pause: float = 0.0


@dataclass(frozen=True)
class Stall:
    """Send nothing more, and keep the connection open until the client goes away."""


@dataclass(frozen=True)
class Reset:
    """End the connection with a TCP reset (``SO_LINGER`` of 0 seconds)."""


@dataclass(frozen=True)
class Close:
    """End the connection in the ordinary way (FIN)."""


Step: TypeAlias = Send | Stall | Reset | Close

Cut: TypeAlias = Callable[[bytes, bytes], Sequence[Step]]
"""From the head and the body of a well-formed response to what is done in its place."""


@dataclass(frozen=True)
class Billed:
    """Tokens that a real endpoint would have charged for, whatever it reports, and the calls."""

    prompt: int = 0
    completion: int = 0
    calls: int = 0

    def __add__(self, other: Billed) -> Billed:
        return Billed(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.calls + other.calls,
        )


@dataclass(frozen=True)
class Reply:
    """One HTTP response.

    ``headers`` are added to the server's own (``content-type``, ``content-length``,
    ``x-request-id``) and win over them. ``delay`` is waited before the first byte, in seconds.
    ``cut`` replaces the response on the wire, for faults below HTTP.
    """

    status: int = 200
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: Cut | None = None
    billed: Billed = Billed()

    def head(self, request_id: str) -> bytes:
        """The status line and headers, with the empty line that ends them."""
        headers = {
            "content-type": "application/json",
            "content-length": str(len(self.body)),
            "x-request-id": request_id,
        }
        headers |= {name.lower(): value for name, value in self.headers.items()}
        if "transfer-encoding" in headers:
            del headers["content-length"]
        lines = [f"HTTP/1.1 {self.status} {_reason(self.status)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def steps(self, request_id: str) -> Sequence[Step]:
        """What to do on the socket, in order."""
        head = self.head(request_id)
        return self.cut(head, self.body) if self.cut else [Send(head + self.body)]


def status(
    code: int,
    body: Mapping[str, Any] | str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    delay: float = 0.0,
) -> Reply:
    """An HTTP status with ``body``: a JSON object, raw text or bytes; or OpenAI's error object.

    >>> status(503, headers={"Retry-After": "2"}).status
    503
    """
    if body is None:
        body = error_body(f"scripted {code} {_reason(code)}")
    data = body if isinstance(body, str | bytes) else json.dumps(body, ensure_ascii=False)
    raw = data.encode() if isinstance(data, str) else data
    return Reply(status=code, body=raw, headers=headers or {}, delay=delay)


def error_body(
    message: str,
    *,
    kind: str = "scripted_error",
    param: str | None = None,
    code: str | None = None,
) -> dict[str, Any]:
    """An error object of OpenAI's shape (https://platform.openai.com/docs/guides/error-codes)."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _reason(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return "Scripted"
