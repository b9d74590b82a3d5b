"""The embedded model: llama.cpp inside this process, behind its OpenAI-compatible API.

The server listens on a free port of 127.0.0.1 and wants a key that only this process knows, so
that no other user of the machine can use it. It is closed with its context manager, when it is
garbage, and at exit. xllamacpp facts that this module rests on are written at their places;
they were found with xllamacpp 2026.10.
"""

from __future__ import annotations

import ctypes
import http.client
import importlib
import json
import os
import secrets
import socket
import stat
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from summarizer.errors import MissingExtra, SettingsError, WeightsError

HOST = "127.0.0.1"
ANSWER_SECONDS = 60.0
# Prompt states kept beside the one in use, for documents that take turns; llama.cpp's own
# bound of 8 GiB would let a batch fill the memory.
PROMPT_CACHE_MIB = 512
# A shared server is started for the next multiple, so that it need not restart for each
# document that is a little longer than the last.
CONTEXT_STEP = 2048


class EmbeddedServer:
    """A llama.cpp server for one file of weights; usable as a context manager.

    Starting takes 1.5 to 4 s with the 1.5B model and holds the interpreter lock throughout,
    so a thread does not help. Requests are answered one at a time, in the order they come.
    """

    def __init__(
        self, weights: Path, *, context: int, threads: int | None = None, seed: int = 0
    ) -> None:
        """Load ``weights`` with room for ``context`` tokens of prompt and answer together.

        ``threads`` is one per physical core if not given; ``seed`` counts for requests that
        bring none. Raises MissingExtra without xllamacpp, SettingsError for numbers that
        make no sense, WeightsError for a file that llama.cpp cannot load.
        """
        _require_positive(context=context, threads=threads)
        _require_gguf(weights)
        self.weights, self.context = weights, context
        self.model = weights.stem
        self.api_key = secrets.token_urlsafe(32)
        server = _start(self._parameters(threads, seed), weights)
        self.port = urlsplit(server.listening_address).port or 0
        self._stop = weakref.finalize(self, _stop, [server], self.port, self.api_key, os.getpid())
        self._wait_for_loop()

    @property
    def base_url(self) -> str:
        """Where the OpenAI-compatible API is, for the openai client."""
        return f"http://{HOST}:{self.port}/v1"

    @property
    def closed(self) -> bool:
        """Whether the server is gone."""
        return not self._stop.alive

    def count_tokens(self, text: str) -> int:
        """The number of tokens of ``text``, with control tokens in it taken as plain text."""
        body = {"content": text, "add_special": False, "parse_special": False}
        return len(self._ask("POST", "/tokenize", body)["tokens"])

    def close(self) -> None:
        """Stop the server and free its memory; requests under way lose their connection."""
        self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "closed" if self.closed else self.base_url
        return f"EmbeddedServer({self.model!r}, context={self.context}, {state})"

    def _parameters(self, threads: int | None, seed: int) -> Any:
        parameters = _xllamacpp().CommonParams()
        parameters.model.path = str(self.weights)
        parameters.model_alias = {self.model}
        parameters.hostnames, parameters.port = [HOST], 0
        parameters.api_keys = [self.api_key]
        parameters.n_ctx, parameters.n_parallel = self.context, 1
        parameters.cache_prompt, parameters.cache_ram_mib = True, PROMPT_CACHE_MIB
        parameters.sampling.seed = seed
        parameters.ui, parameters.cors_origins = False, "null"
        # Below every level that llama.cpp logs at: nothing goes to stderr.
        parameters.verbosity = -1
        # Fitting to the memory of a GPU loads the model once more (2 s): only where there is one.
        parameters.fit_params = _has_gpu()
        if threads is not None:
            parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
        return parameters

    def _wait_for_loop(self) -> None:
        """Return when the server's main loop runs.

        The constructor of xllamacpp returns before that, and a server that is stopped in
        between never ends. ``/slots`` is answered by the loop.
        """
        try:
            self._ask("GET", "/slots")
        except WeightsError:
            self.close()
            raise

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        try:
            return _ask(self.port, self.api_key, method, path, body)
        except (OSError, http.client.HTTPException) as error:
            raise WeightsError(f"the embedded model {self.model} does not answer") from error


class _Shared:
    """The servers of this process that documents share, and how many use each."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.current: EmbeddedServer | None = None
        self.users: dict[EmbeddedServer, int] = {}

    def take(self, weights: Path, context: int, threads: int | None, seed: int) -> EmbeddedServer:
        with self.lock:
            server = self.current
            if server is None or not _serves(server, weights, context):
                self.current = None
                if server is not None and not self.users.get(server):
                    server.close()
                server = self.current = EmbeddedServer(
                    weights, context=_rounded(context), threads=threads, seed=seed
                )
            self.users[server] = self.users.get(server, 0) + 1
            return server

    def give_back(self, server: EmbeddedServer) -> None:
        with self.lock:
            self.users[server] -= 1
            if not self.users[server]:
                del self.users[server]
                if server is not self.current:
                    server.close()

    def close(self) -> None:
        with self.lock:
            server, self.current = self.current, None
            if server is not None and not self.users.get(server):
                server.close()


_shared = _Shared()


@contextmanager
def shared_server(
    weights: Path, *, context: int, threads: int | None = None, seed: int = 0
) -> Iterator[EmbeddedServer]:
    """Lend this process's server for ``weights``, with room for ``context`` tokens or more.

    It stays open for the next document. One that is too small, or has other weights, is
    replaced, and closed as soon as nobody uses it any more. ``threads`` and ``seed`` count
    when a server is started. Raises what EmbeddedServer raises.
    """
    server = _shared.take(weights, context, threads, seed)
    try:
        yield server
    finally:
        _shared.give_back(server)


def close_shared() -> None:
    """Close the shared server, or have it closed by the last one who uses it."""
    _shared.close()


def require_extra() -> None:
    """Raise MissingExtra without xllamacpp: worth asking before weights are downloaded."""
    _xllamacpp()


def _serves(server: EmbeddedServer, weights: Path, context: int) -> bool:
    return not server.closed and server.weights == weights and server.context >= context


def _rounded(context: int) -> int:
    _require_positive(context=context, threads=None)
    return -(-context // CONTEXT_STEP) * CONTEXT_STEP


def _xllamacpp() -> Any:
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        raise MissingExtra("embedded", "the embedded model") from error


def _has_gpu() -> bool:
    library = _xllamacpp()
    cpu = library.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
    return any(device["type"] != cpu for device in library.get_device_info())


def _require_positive(*, context: int, threads: int | None) -> None:
    if context < 1:
        raise SettingsError(f"the context of a model is at least 1 token, not {context}")
    if threads is not None and threads < 1:
        raise SettingsError(f"a model needs at least 1 thread, not {threads}")


def _require_gguf(weights: Path) -> None:
    """Refuse with a better message than llama.cpp, whose own goes to its log."""
    try:
        with weights.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise WeightsError(f"cannot read the weights {weights}: {error.strerror}") from error
    if magic != b"GGUF":
        raise WeightsError(f"{weights} is not a GGUF file")


def _start(parameters: Any, weights: Path) -> Any:
    try:
        return _xllamacpp().Server(parameters)
    except (RuntimeError, MemoryError) as error:
        raise WeightsError(
            f"llama.cpp cannot load {weights}: the file is damaged, of an unknown kind, "
            "or too large for the memory"
        ) from error


def _ask(port: int, key: str, method: str, path: str, body: object = None) -> Any:
    # http.client, because it takes no proxy from the environment.
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    try:
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise http.client.HTTPException(f"status {response.status}")
        return json.loads(answer)
    finally:
        connection.close()


def _stop(holder: list[Any], port: int, key: str, owner: int) -> None:
    """Stop the one server in ``holder``: xllamacpp does so when its object is freed.

    That waits for requests under way, holding the interpreter lock, and so for ever when
    their client is a thread of this process. They are cut off first. Where that cannot be
    done, and in a forked child, which has none of the server's threads, it is left alone.
    """
    if os.getpid() != owner or not (_cut_connections(port) or _is_idle(port, key)):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(holder[0]))
    holder.clear()


def _is_idle(port: int, key: str) -> bool:
    try:
        return not any(slot["is_processing"] for slot in _ask(port, key, "GET", "/slots"))
    except (OSError, http.client.HTTPException):
        return False


def _cut_connections(port: int) -> bool:
    """Shut down this process's connections on ``port``, at both ends; tell if that worked."""
    try:
        descriptors = [int(name) for name in os.listdir("/dev/fd")]
    except OSError:
        return False
    for descriptor in descriptors:
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                _cut_connection(descriptor, (HOST, port))
    return True


def _cut_connection(descriptor: int, address: tuple[str, int]) -> None:
    with socket.socket(fileno=os.dup(descriptor)) as connection:
        # A listening socket has no peer: OSError, and it is left alone.
        if address in (connection.getpeername(), connection.getsockname()):
            connection.shutdown(socket.SHUT_RDWR)
