"""Wire: the HTTP client through which models are called; nothing on it is trusted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from summarizer.offline import is_loopback

MAX_ANSWER_BYTES = 8 * 1024 * 1024
"""Most that is read of one response: ten times what 32,000 tokens take when JSON escapes them."""


class AnswerTooBig(Exception):
    """A response is longer than any answer can be."""


def http_client(address: str, **options: Any) -> Any:
    """An httpx2 client for one endpoint.

    It never follows a redirect, which would carry the document and perhaps the key to a host
    that nobody named; asks no proxy for what is on this machine; and reads no more of a
    response than an answer can be.
    """
    import openai

    return openai.DefaultAsyncHttpxClient(
        follow_redirects=False,
        verify=_trusted(),
        trust_env=not is_local(address),
        # A few kilobytes of gzip can be gigabytes of text.
        headers={"accept-encoding": "identity"},
        event_hooks={"response": [_bound]},
        **options,
    )


@cache
def _trusted() -> Any:
    """The certificates that are trusted: reading them takes 0.1 s, so once."""
    import httpx2

    return httpx2.create_ssl_context()


def is_local(address: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(address).hostname or ""
    return bool(host) and is_loopback(host)


async def _bound(response: Any) -> None:
    """Have a response end in AnswerTooBig when it is longer than it may be, or packed."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise AnswerTooBig
    response.stream = _bounded(response.stream)


def _bounded(stream: Any) -> Any:
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in stream:
                size += len(chunk)
                if size > MAX_ANSWER_BYTES:
                    raise AnswerTooBig
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
