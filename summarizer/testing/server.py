"""ModelServer: a scripted OpenAI-compatible endpoint on a loopback port, over real HTTP.

It lets you test an integration without a key, a network or a bill. The client is the real one;
only the far end is played::

    from openai import OpenAI
    from summarizer.testing import ModelServer, answer, status

    with ModelServer([status(503), answer('{"title": "Talks resume"}')]) as server:
        client = OpenAI(base_url=server.base_url, api_key="unused", max_retries=1)
        reply = client.chat.completions.create(
            model="any", messages=[{"role": "user", "content": "Hello"}]
        )
    assert reply.choices[0].message.content == '{"title": "Talks resume"}'
    assert [request.path for request in server.requests] == ["/v1/chat/completions"] * 2

What is played is a *behaviour*: a ``Reply``, a function (plain or ``async``) from the
``Request`` to a behaviour, or a sequence with one entry per request. The last entry of a
sequence repeats for ever: a fault that lasts is written once. ``server.requests`` is what came
in, headers and JSON included, and stays readable after the server is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from summarizer.testing.behaviour import Behaviour, Player
from summarizer.testing.reply import Billed, Reply, error_body, status
from summarizer.testing.request import Request
from summarizer.testing.wire import MAX_HEAD_BYTES, BadHttp, Connection, Incoming, Sleep

HOST = "127.0.0.1"
CHAT = "POST /v1/chat/completions"
MODELS = "GET /v1/models"
_BACKLOG = 2048  # a thousand clients may connect in the same instant
_START_SECONDS = 30


class ModelServer:
    """A scripted endpoint; use as a context manager.

    ``behaviour`` answers ``POST /v1/chat/completions``. ``models`` is the list that
    ``GET /v1/models`` gives: names, or whole objects (``{"id": "m", "max_model_len": 4096}``).
    ``routes`` adds or replaces routes: ``{"GET /v1/models": status(401)}``. Everything else is
    404. ``latency`` is waited before every reply, in seconds. ``remember`` limits how many of
    the latest requests are kept (None: all); counts go on without them. ``sleep`` and ``clock``
    are arguments so that tests need not wait.

    The server runs in one thread of its own and serves thousands of connections at a time;
    functions given as behaviours run in that thread and should not block. A function that
    raises is answered with 422 and code ``behaviour_failed`` (which no client retries), and the
    exception comes out of the ``with`` block.
    """

    def __init__(
        self,
        behaviour: Behaviour,
        *,
        models: Sequence[str | Mapping[str, Any]] = ("scripted-model",),
        routes: Mapping[str, Behaviour] | None = None,
        latency: float = 0.0,
        remember: int | None = None,
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        listed: dict[str, Behaviour] = {CHAT: behaviour, MODELS: _model_list(models)}
        self._routes = {key: Player(value) for key, value in {**listed, **(routes or {})}.items()}
        self._latency = latency
        self._sleep = sleep
        self._clock = clock
        self._requests: deque[Request] = deque(maxlen=remember)
        self._request_count = 0
        self._connection_count = 0
        self._billed = Billed()
        self._errors: list[Exception] = []
        self._lock = threading.Lock()
        self._open: dict[asyncio.Task[None], Connection] = {}
        self._thread: threading.Thread | None = None
        self._port = 0

    @property
    def base_url(self) -> str:
        """The address to give to a client: ``http://127.0.0.1:PORT/v1``."""
        if not self._port:
            raise RuntimeError("the server has no address yet: use it in a `with` block")
        return f"http://{HOST}:{self._port}/v1"

    @property
    def requests(self) -> list[Request]:
        """The requests so far, in the order in which they arrived."""
        with self._lock:
            return list(self._requests)

    @property
    def request_count(self) -> int:
        """How many requests arrived, forgotten ones included."""
        return self._request_count

    @property
    def connection_count(self) -> int:
        """How many connections were opened."""
        return self._connection_count

    @property
    def billed(self) -> Billed:
        """Tokens and calls that a real endpoint would have charged for so far."""
        return self._billed

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if self._errors and error is None:
            raise self._errors[0]

    def start(self) -> None:
        """Listen on a free loopback port; raises OSError when none can be had."""
        if self._thread:
            raise RuntimeError("the server was started before: make a new one")
        ready: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._run(ready)), name="model-server", daemon=True
        )
        self._thread.start()
        ready.result(timeout=_START_SECONDS)

    def close(self) -> None:
        """Cut every connection and stop; harmless when done twice."""
        if self._thread and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop ended by itself
                self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    async def _run(self, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            listener = await asyncio.start_server(
                self._connected, HOST, 0, limit=MAX_HEAD_BYTES, backlog=_BACKLOG
            )
        except OSError as error:
            ready.set_exception(error)
            return
        self._port = listener.sockets[0].getsockname()[1]
        ready.set_result(None)
        await self._stop.wait()
        listener.close()
        left = dict(self._open)
        for task, connection in left.items():
            task.cancel()
            connection.abort()  # a task cancelled before its first step does not do it
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(0)  # one round of the loop, in which the sockets are closed
        await listener.wait_closed()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connection_count += 1
        connection = Connection(reader, writer, self._sleep)
        if self._stop.is_set():
            writer.transport.abort()
            return
        task = asyncio.ensure_future(self._converse(connection, self._connection_count))
        self._open[task] = connection
        task.add_done_callback(self._open.pop)

    async def _converse(self, connection: Connection, number: int) -> None:
        try:
            while await self._exchange(connection, number):
                pass
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client or the server is going away
        except Exception as error:  # a reply that cannot be written: told at the end of `with`
            self._errors.append(error)
        finally:
            connection.abort()

    async def _exchange(self, connection: Connection, number: int) -> bool:
        """Receive one request and reply; False when the connection is to be closed."""
        try:
            incoming = await connection.receive()
        except BadHttp as error:
            refusal = status(400, error_body(str(error)), {"connection": "close"})
            await _play(connection, refusal, "req-unread")
            return False
        if incoming is None:
            return False
        request = self._record(incoming, number)
        reply = await self._reply_to(request)
        if reply.delay or self._latency:
            await self._sleep(reply.delay + self._latency)
        self._billed += reply.billed
        going_on = await _play(connection, reply, f"req-{request.number:06}")
        return going_on and incoming.keep_alive

    def _record(self, incoming: Incoming, connection: int) -> Request:
        with self._lock:
            self._request_count += 1
            request = Request(
                method=incoming.method,
                path=incoming.path,
                headers=incoming.headers,
                body=incoming.body,
                time=self._clock(),
                number=self._request_count,
                connection=connection,
            )
            self._requests.append(request)
        return request

    async def _reply_to(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        route = f"{request.method} {path}"
        player = self._routes.get(route)
        if player is None:
            return _no_route(request.method, path, self._routes)
        if route == CHAT and not request.payload:
            return status(400, error_body("the body is no JSON object", code="invalid_json"))
        try:
            return _unstreamed(request, await player(request))
        except Exception as error:
            self._errors.append(error)
            message = f"the scripted behaviour raised {type(error).__name__}"
            return status(422, error_body(message, code="behaviour_failed"))


async def _play(connection: Connection, reply: Reply, request_id: str) -> bool:
    for step in reply.steps(request_id):
        if not await connection.play(step):
            return False
    return True


def _model_list(models: Sequence[str | Mapping[str, Any]]) -> Reply:
    plain = {"object": "model", "created": 0, "owned_by": "summarizer.testing"}
    data = [{"id": m, **plain} if isinstance(m, str) else {**plain, **m} for m in models]
    return Reply(body=json.dumps({"object": "list", "data": data}).encode())


def _no_route(method: str, path: str, routes: Mapping[str, Any]) -> Reply:
    known = any(route.endswith(f" {path}") for route in routes)
    code = 405 if known else 404
    return status(code, error_body(f"no route for {method} here", code="no_route"))


def _unstreamed(request: Request, reply: Reply) -> Reply:
    """Refuse to answer a request for a stream: this endpoint does not speak it."""
    if reply.status == 200 and reply.cut is None and request.payload.get("stream") is True:
        error = error_body("no streaming here", param="stream", code="unsupported_value")
        return replace(status(400, error), billed=Billed())
    return reply
