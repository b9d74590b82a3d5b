"""Fetching a page: limits, redirects, robots, proxies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summarizer.documents import Document, load
from summarizer.errors import UnreadableDocument
from summarizer.readers.web import Web, shown
from tests.readers import network
from tests.readers.network import Rerouted, serving


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The server of the small internet."""
    with serving() as port:
        yield port


def got(path: str, port: int, **changes: object) -> Document:
    """A page of the usual site."""
    return load(f"http://news.example{path}", web=network.web(port, **changes))


def refused(path: str, port: int, **changes: object) -> str:
    """Why a page is not read."""
    with pytest.raises(UnreadableDocument) as caught:
        got(path, port, **changes)
    return str(caught.value)


def test_request_says_who_it_is_from(port: int) -> None:
    """No disguise as a browser; the name stays the page's, whatever address is asked."""
    text = got("/named", port).text
    assert text.startswith("Asked as news.example by summarizer/")


def test_time_limit_is_for_everything(port: int) -> None:
    """A server that sends a byte now and then does not hold anybody for ever."""
    began = time.monotonic()
    assert "took longer than 0.5 seconds" in refused("/drip", port, seconds=0.5)
    assert time.monotonic() - began < 5


def test_origin_is_the_address_that_was_given(port: int) -> None:
    """Where redirects ended is told beside it; the page's own metadata is kept."""
    document = got("/moved?utm=1", port)
    assert document.origin == "http://news.example/moved?utm=1"
    assert document.notes[0] == "redirected to http://news.example/article"
    assert document.publisher == "Harbour News"
    assert str(document.date) == "2025-12-16"
    assert document.retrieved is not None
    assert document.retrieved.tzinfo is not None


def test_limits_are_those_of_the_caller(port: int) -> None:
    """Size and redirects."""
    assert "is larger than 0 MB" in refused("/article", port, most_bytes=100)
    assert "redirects more than 0 times" in refused("/moved", port, redirects=0)


def test_robots_of_every_site_on_the_way_are_asked(port: int) -> None:
    """A redirect does not lead around the rules of where it leads to."""
    web = network.web(port)
    network.ROUTES["/detour"] = network._moved("http://closed.example/private/article")
    with pytest.raises(UnreadableDocument, match=r"robots\.txt"):
        load("http://news.example/detour", web=web)
    assert "Envoys" in load("http://closed.example/article", web=web).text


def test_site_that_fails_is_not_read_around(port: int) -> None:
    """Servers that answer 5xx, and encodings that nobody asked for."""
    assert "fails at the moment (503)" in refused("/broken", port)
    assert "was not asked for (br)" in refused("/brotli", port)


@pytest.mark.parametrize(
    "address",
    ["http://", "http:///path", "https://user:pa55word@news.example/a", "http://news.example:0/",
     "http://news.example:99999/", "http://[::1/"],
)  # fmt: skip
def test_address_that_is_none_is_refused(address: str, port: int) -> None:
    """Nothing is asked, and no password is repeated."""
    web = network.web(port)
    with pytest.raises(UnreadableDocument) as caught:
        load(address, web=web)
    assert "pa55word" not in str(caught.value)
    assert isinstance(web.transport, Rerouted)
    assert web.transport.asked == []


def test_shown_leaves_out_user_and_password() -> None:
    """What stands in briefs and messages holds no secret."""
    assert shown("https://u:p@a.example:8/x?q=1") == "https://a.example:8/x?q=1"


def test_feed_at_an_address_is_named_as_one(port: int) -> None:
    """A feed is no document, and the line says what reads it."""
    assert "summarizer batch --feed" in refused("/feed", port)


def test_page_is_read_inside_a_running_loop(port: int) -> None:
    """Notebooks and services have one."""

    async def read() -> Document:
        return got("/article", port)

    assert "Envoys" in asyncio.run(read()).text


def test_proxy_of_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets the name; an address that is private is refused before it hears of it."""
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            network.reply(self, "Through the proxy.", "text/plain")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        import threading

        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
        web = replace(Web(), resolve=network.resolve)
        known = load("http://news.example/a", web=web).text
        unknown = load("http://only-the-proxy-knows.example/a", web=web).text
        with pytest.raises(UnreadableDocument, match=r"leads to 10\.0\.0\.7"):
            load("http://inside.example/a", web=web)
        server.shutdown()
        thread.join()
    assert known == unknown == "Through the proxy."
    assert asked[1] == "http://news.example/a"
    assert not any("inside" in path for path in asked)
