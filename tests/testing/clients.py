"""Clients for the tests: the real openai client, and a bare socket for the bytes."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any
from urllib.parse import urlsplit

from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion

KEY = "sk-planted-4711"
PROMPT = "Summarise the document."


class NotACompletion(Exception):
    """The client handed out something else, as it does for a body that is not JSON."""


async def ask(
    base_url: str, prompt: str = PROMPT, timeout: float = 10.0, **parameters: Any
) -> ChatCompletion:
    """One chat completion through the real client, without its own retries."""
    async with AsyncOpenAI(
        base_url=base_url, api_key=KEY, max_retries=0, timeout=timeout
    ) as client:
        messages = parameters.pop("messages", [{"role": "user", "content": prompt}])
        parameters.setdefault("model", "asked-model")
        completion = await client.chat.completions.create(messages=messages, **parameters)
        if not isinstance(completion, ChatCompletion):
            raise NotACompletion
        return completion


def chat(base_url: str, prompt: str = PROMPT, **parameters: Any) -> ChatCompletion:
    """The same from a function that is not async."""
    return asyncio.run(ask(base_url, prompt, **parameters))


def content(base_url: str, prompt: str = PROMPT, **parameters: Any) -> str:
    """The content of the answer, or of its tool call."""
    message = chat(base_url, prompt, **parameters).choices[0].message
    if message.tool_calls:
        call: Any = message.tool_calls[0]
        return str(call.function.arguments)
    assert message.content is not None
    return message.content


def connect(base_url: str) -> socket.socket:
    """A connected socket that gives up after ten seconds."""
    parts = urlsplit(base_url)
    assert parts.hostname
    assert parts.port
    return socket.create_connection((parts.hostname, parts.port), timeout=10)


def request_bytes(
    payload: Any = None, *, method: str = "POST", path: str = "/v1/chat/completions"
) -> bytes:
    """An HTTP request with a JSON body."""
    asked = {"model": "m", "messages": [{"role": "user", "content": PROMPT}]}
    body = json.dumps(asked if payload is None else payload).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def receive(sock: socket.socket) -> tuple[bytes, str]:
    """Everything that comes, and how it ended: ``closed``, ``reset``, or not yet: ``open``."""
    received = b""
    try:
        while chunk := sock.recv(65536):
            received += chunk
    except ConnectionResetError:
        return received, "reset"
    except TimeoutError:
        return received, "open"
    return received, "closed"


def exchange(
    base_url: str, request: bytes | None = None, timeout: float = 10.0
) -> tuple[bytes, str]:
    """Send one request and receive until the end of the connection, or of the patience."""
    with connect(base_url) as sock:
        sock.settimeout(timeout)
        sock.sendall(request_bytes() if request is None else request)
        return receive(sock)


def receive_response(sock: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of one response whose Content-Length is right."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += sock.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.partition(b":")[2])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += sock.recv(65536)
    return head, body
