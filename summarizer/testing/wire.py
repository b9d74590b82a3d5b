"""Wire: HTTP/1.1 requests read from, and steps of a reply played on, one connection."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from summarizer.testing.reply import Close, Reset, Send, Stall, Step

MAX_HEAD_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
_NO_LINGER = struct.pack("ii", 1, 0)  # close() drops what is unsent and sends RST (socket(7))

_LENGTH = re.compile(r"[0-9]{1,12}")

Sleep = Callable[[float], Awaitable[None]]


class BadHttp(Exception):
    """The client sent something that is no HTTP/1.1 request this server understands."""


@dataclass(frozen=True)
class Incoming:
    """A request as read: ``headers`` have lower-case names, repeated ones joined by commas."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    keep_alive: bool


class Connection:
    """One client connection; every write is in the kernel before the next step starts."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sleep: Sleep
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._sleep = sleep
        # drain() then waits until the buffer is empty, so that a reset cuts where it was meant to.
        writer.transport.set_write_buffer_limits(high=0)

    async def receive(self) -> Incoming | None:
        """The next request, or None when the client is done; raises BadHttp."""
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        except asyncio.LimitOverrunError as error:
            raise BadHttp("request head too long") from error
        method, path, version, headers = parse_head(head)
        body = await self._body(headers)
        close = "close" in headers.get("connection", "").lower() or version == "HTTP/1.0"
        return Incoming(method, path, headers, body, keep_alive=not close)

    async def _body(self, headers: dict[str, str]) -> bytes:
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not _LENGTH.fullmatch(length):
            raise BadHttp("a request body needs one Content-Length")
        if headers.get("expect", "").lower() == "100-continue":
            await self._send(Send(b"HTTP/1.1 100 Continue\r\n\r\n"))
        try:
            return await self._reader.readexactly(int(length))
        except asyncio.IncompleteReadError as error:
            raise ConnectionError("the client left in the middle of a request") from error

    async def play(self, step: Step) -> bool:
        """Do one step; False when the connection is over."""
        match step:
            case Send():
                await self._send(step)
                return True
            case Stall():
                while await self._reader.read(_CHUNK_BYTES):
                    pass
            case Reset():
                sock: socket.socket = self._writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            case Close():
                pass
        return False

    async def _send(self, step: Send) -> None:
        size = 1 if step.pause else _CHUNK_BYTES
        for start in range(0, len(step.data), size):
            if start and step.pause:
                await self._sleep(step.pause)
            self._writer.write(step.data[start : start + size])
            await self._writer.drain()

    def abort(self) -> None:
        """Close the socket in the loop's next round: everything that was to be sent has been."""
        self._writer.transport.abort()


def parse_head(head: bytes) -> tuple[str, str, str, dict[str, str]]:
    """Method, path, version and headers of a request head; raises BadHttp."""
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadHttp("no HTTP/1 request line")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise BadHttp("a header line without a name")
        name, value = name.strip().lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return parts[0], parts[1], parts[2], headers
