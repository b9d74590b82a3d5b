"""A small internet on loopback: a server, names that lead anywhere, connections that stay here."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2

from summarizer.readers.web import Web
from tests.readers import papers, sites

Answer = Callable[[BaseHTTPRequestHandler], None]

NAMES = {
    "news.example": ["93.184.215.14"],
    "closed.example": ["93.184.215.15"],
    "plain.example": ["93.184.215.16"],
    "inside.example": ["10.0.0.7"],
    "both.example": ["93.184.215.14", "192.168.1.1"],
}
"""What the resolver of the tests knows; an IP address is its own."""


def resolve(host: str) -> list[str]:
    """Addresses of a host of this internet."""
    if host[:1].isdigit() or ":" in host:
        return [host]
    if host not in NAMES:
        raise OSError("no such host")
    return NAMES[host]


class Rerouted(httpx2.AsyncBaseTransport):
    """Sends every request to a server on loopback, whatever address it is for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        self._inner = httpx2.AsyncBaseTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Note the address and pass the request on."""
        self.asked.append(request.url.host)
        self._inner = httpx2.AsyncHTTPTransport()
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return await self._inner.handle_async_request(
            httpx2.Request(request.method, url, headers=request.headers)
        )

    async def aclose(self) -> None:
        """Close the last connection."""
        await self._inner.aclose()


def web(port: int, **changes: object) -> Web:
    """Fetches pages from the server at ``port``."""
    return Web(resolve=resolve, transport=Rerouted(port), **changes)  # type: ignore[arg-type]


def reply(
    handler: BaseHTTPRequestHandler,
    body: bytes | str = b"",
    kind: str = "text/html; charset=utf-8",
    status: int = 200,
    **headers: str,
) -> None:
    """One whole answer."""
    data = body.encode() if isinstance(body, str) else body
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def _moved(to: str) -> Answer:
    return lambda handler: reply(handler, status=302, Location=to)


def _endless(handler: BaseHTTPRequestHandler, megabytes: int = 300) -> None:
    """A page of 300 MB without a stated length."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        for _ in range(megabytes):
            handler.wfile.write(b"<p>The envoys met again.</p>" * 37_450)
    except OSError:
        pass  # the reader has had enough


def _announced(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(300 << 20))
    handler.end_headers()


def _bomb(handler: BaseHTTPRequestHandler, megabytes: int = 100) -> None:
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    reply(handler, packed, Content_Encoding="gzip")


def _drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte of a header now and then, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.stopped.wait(0.1):  # type: ignore[attr-defined]
        try:
            handler.wfile.write(b"X-A: a\r\n")
        except OSError:
            return


def _named(handler: BaseHTTPRequestHandler) -> None:
    """Shows which name and which program asked."""
    host, agent = handler.headers["Host"], handler.headers["User-Agent"]
    reply(handler, f"Asked as {host} by {agent}.", "text/plain")


def _robots(handler: BaseHTTPRequestHandler) -> None:
    if handler.headers["Host"].startswith("closed"):
        reply(handler, "User-agent: *\nDisallow: /private/\n", "text/plain")
    else:
        reply(handler, status=404)


ROUTES: dict[str, Answer] = {
    "/robots.txt": _robots,
    "/article": lambda handler: reply(handler, sites.agency()),
    "/gzipped": lambda h: reply(h, gzip.compress(sites.agency().encode()), Content_Encoding="gzip"),
    "/brotli": lambda handler: reply(handler, b"\x0b\x02", Content_Encoding="br"),
    "/wrong": lambda h: reply(h, sites.agency(), "text/html; charset=iso-8859-1"),
    "/paper.pdf": lambda h: reply(h, papers.two_columns().done(), "application/pdf"),
    "/download": lambda h: reply(h, papers.plain().done(), "application/octet-stream"),
    "/picture": lambda handler: reply(handler, b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png"),
    "/named": _named,
    "/moved": _moved("/article"),
    "/away": _moved("http://plain.example/named"),
    "/loop": _moved("/loop"),
    "/inwards": _moved("http://127.0.0.1:8080/admin"),
    "/metadata": _moved("http://169.254.169.254/latest/meta-data"),
    "/file": _moved("file:///etc/passwd"),
    "/huge": _endless,
    "/announced": _announced,
    "/bomb": _bomb,
    "/drip": _drip,
    "/private/article": lambda handler: reply(handler, sites.agency()),
    "/paid": lambda handler: reply(handler, "Subscribe", status=402),
    "/members": lambda handler: reply(handler, "Log in", status=401),
    "/forbidden": lambda handler: reply(handler, "No robots", status=403),
    "/gone": lambda handler: reply(handler, "Gone", status=404),
    "/broken": lambda handler: reply(handler, "Sorry", status=503),
    "/feed": lambda h: reply(h, sites.feed("http://news.example"), "application/rss+xml"),
}


@contextmanager
def serving() -> Iterator[int]:
    """The server's port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ROUTES.get(self.path.partition("?")[0], ROUTES["/gone"])(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.stopped = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.stopped.set()  # type: ignore[attr-defined]
            server.shutdown()
            thread.join()
