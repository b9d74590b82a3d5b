"""Recordings: answers of a real endpoint, kept on disk and played back offline.

``Recorder`` stands between a client and a real endpoint and keeps one small JSON file per call;
``Replay`` answers from those files and from nothing else. Both are behaviours::

    with ModelServer(Recorder("recordings", "http://127.0.0.1:8080/v1")) as server:
        ...  # the client's own key is passed on, and never kept
    with ModelServer(Replay("recordings")) as server:
        ...  # the same calls, offline

A file is named by the SHA-256 of what was asked: model, messages, schema and parameters. Any
change of them is another name, so an old answer is never given to a new question.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.testing.answers import Answer
from summarizer.testing.recording import Fence, Recording, request_key
from summarizer.testing.reply import Reply, error_body, status
from summarizer.testing.request import Request

if TYPE_CHECKING:
    import httpx2

_PER_HOP = frozenset({"host", "connection", "content-length", "accept-encoding", "expect"})
_PASSED_BACK = ("content-type", "retry-after", "x-request-id")
_STALE = "no recording of this request: what is asked has changed; record again"
_BROKEN = "the recording of this request cannot be read: delete it and record again"


class Replay:
    """A behaviour that answers from the recordings in ``folder``.

    A request without one gets 422 with code ``stale_recording`` (no client retries a 422), a
    damaged file 422 with code ``broken_recording``. Nothing else is ever asked or guessed.
    """

    def __init__(self, folder: str | Path, *, fence: Fence = None) -> None:
        self._folder = Path(folder)
        self._fence = fence
        self._served: set[str] = set()
        self.missed: list[str] = []
        """Keys of requests that had no usable recording, in order."""

    def __call__(self, request: Request) -> Answer | Reply:
        """The recorded answer to ``request``."""
        key = request_key(request.payload, self._fence)
        try:
            recording = Recording.load(self._folder / f"{key}.json")
        except FileNotFoundError:
            self.missed.append(key)
            return _problem("stale_recording", key, _STALE)
        except (OSError, ValueError):
            self.missed.append(key)
            return _problem("broken_recording", key, _BROKEN)
        self._served.add(key)
        return recording.answer()

    def unused(self) -> list[Path]:
        """Files that have answered nothing so far: after a whole run, they can be deleted."""
        return sorted(p for p in self._folder.glob("*.json") if p.stem not in self._served)


class Recorder:
    """A behaviour that asks the real endpoint at ``base_url`` and keeps its answers in ``folder``.

    The request is passed on with the client's own headers; no header, no key and nothing of the
    request is kept. Only chat completions with status 200 are kept; any other response is
    passed back as it is. What has a recording is answered from it, so that an interrupted run
    can go on without paying twice; ``refresh`` asks again. ``timeout`` is in seconds.
    """

    def __init__(
        self,
        folder: str | Path,
        base_url: str,
        *,
        fence: Fence = None,
        refresh: bool = False,
        timeout: float = 600.0,
    ) -> None:
        self._folder = Path(folder)
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._fence = fence
        self._refresh = refresh
        self._timeout = timeout
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asked: set[str] = set()

    async def __call__(self, request: Request) -> Answer | Reply:
        """The answer to ``request``, from the endpoint or from an earlier recording."""
        key = request_key(request.payload, self._fence)
        async with self._asking[key]:  # the same question at the same time is asked once
            kept = self._kept(key)
            return kept.answer() if kept else await self._ask(key, request)

    def _kept(self, key: str) -> Recording | None:
        """The recording to answer from; None where the endpoint is to be asked."""
        if self._refresh and key not in self._asked:
            return None
        try:
            return Recording.load(self._folder / f"{key}.json")
        except (OSError, ValueError):
            return None

    async def _ask(self, key: str, request: Request) -> Answer | Reply:
        import httpx2  # heavy, and replaying does not need it

        start = time.monotonic()
        try:
            response = await self._forward(request)
        except httpx2.HTTPError as error:
            message = f"the real endpoint cannot be reached: {type(error).__name__}"
            return status(502, error_body(message, code="upstream_unreachable"))
        if response.status_code != 200:
            return _passed_back(response)
        try:
            recording = Recording.of(key, response.json(), time.monotonic() - start)
        except ValueError:
            return _passed_back(response)
        recording.save(self._folder)
        self._asked.add(key)
        return recording.answer()

    async def _forward(self, request: Request) -> httpx2.Response:
        import httpx2

        headers = {name: text for name, text in request.headers.items() if name not in _PER_HOP}
        async with httpx2.AsyncClient(timeout=self._timeout, follow_redirects=False) as client:
            return await client.post(self._url, content=request.body, headers=headers)


def _problem(code: str, key: str, what: str) -> Reply:
    message = f"{what} (key {key[:12]})"
    return status(422, error_body(message, kind="recording", param=key, code=code))


def _passed_back(response: httpx2.Response) -> Reply:
    headers = {name: response.headers[name] for name in _PASSED_BACK if name in response.headers}
    return status(response.status_code, response.content, headers)
