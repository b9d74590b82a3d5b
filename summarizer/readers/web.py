"""One page from an ``http(s)://`` address, into a file, within limits.

What a site keeps from programs stays kept: its robots.txt is asked, a refusal is a refusal,
and the request says who it is from.
"""

from __future__ import annotations

import asyncio
import tempfile
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from summarizer.blocking import run
from summarizer.errors import UnreadableDocument
from summarizer.readers.hosts import Resolve, checked_address, pinned, resolve
from summarizer.version import __version__
from summarizer.wire import is_local

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

    import httpx2

AGENT = "summarizer"
"""The name that robots.txt files may use."""
_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (one page, asked for by a person)",
    "Accept": "text/html, application/pdf, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_ROBOTS_BYTES = 500 << 10  # RFC 9309 asks for at least so many
_SAVE_IT = "open it in a browser, save the page, and give the file"
_REFUSALS = {
    401: f"asks for a password (401): {_SAVE_IT}",
    402: f"asks for payment (402): {_SAVE_IT}",
    403: f"is not given to programs (403): {_SAVE_IT}",
    404: "does not exist (404)",
    410: "does not exist any more (410)",
    429: "asks to slow down (429): try again later",
    451: "is withheld for legal reasons (451)",
}


@dataclass(frozen=True)
class Web:
    """How pages are fetched; ``resolve`` and ``transport`` replace the network in tests.

    ``most_bytes`` counts what is unpacked; ``seconds`` is for everything, redirects included.
    """

    allow_private: bool = False
    offline: bool = False
    most_bytes: int = 64 << 20
    seconds: float = 60.0
    redirects: int = 5
    resolve: Resolve = resolve
    transport: httpx2.AsyncBaseTransport | None = None


PUBLIC = Web()
"""Pages of the public internet, within the usual limits."""


@dataclass(frozen=True)
class Fetched:
    """A page in a temporary file, at its start; ``address`` is where redirects ended."""

    file: IO[bytes]
    address: str
    content_type: str
    charset: str | None
    retrieved: datetime


def fetch(address: str, web: Web) -> Fetched:
    """Get a page. Raises UnreadableDocument, with what the address "is" or "does"."""
    _check(address)
    return run(lambda: _within(address, web))


def shown(address: str) -> str:
    """An address as messages and briefs name it: without user name and password."""
    scheme, slashes, rest = address.partition("//")
    site, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{site.rpartition('@')[2]}{slash}{path}"


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        known = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise UnreadableDocument("is no address of a page")
    if parts.username is not None or parts.password is not None:
        raise UnreadableDocument(f"holds a user name or password: {_SAVE_IT}")


async def _within(address: str, web: Web) -> Fetched:
    import httpx2

    try:
        async with asyncio.timeout(web.seconds):
            return await _Visit(web).get(address)
    except TimeoutError:
        raise UnreadableDocument(f"took longer than {web.seconds:g} seconds") from None
    except httpx2.TimeoutException:
        raise UnreadableDocument("does not answer in time") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise UnreadableDocument(f"cannot be reached ({type(error).__name__})") from None


@dataclass
class _Visit:
    """One page with the redirects on the way; robots.txt is asked once per site."""

    web: Web
    rules: dict[str, RobotFileParser] = field(default_factory=dict)

    async def get(self, address: str) -> Fetched:
        """Follow redirects to the page."""
        for _ in range(self.web.redirects + 1):
            _check(address)
            await self.ask_robots(address)
            async with _sent(self.web, address) as response:
                if not response.has_redirect_location:
                    return await self.kept(response, address)
                address = _target(response, address)
        raise UnreadableDocument(f"redirects more than {self.web.redirects} times")

    async def ask_robots(self, address: str) -> None:
        """Refuse what the site asks programs not to read (RFC 9309)."""
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = await self.robots(f"{site}/robots.txt")
        if not self.rules[site].can_fetch(AGENT, address):
            raise UnreadableDocument(f"is closed to programs by its robots.txt: {_SAVE_IT}")

    async def robots(self, address: str) -> RobotFileParser:
        """The rules of a site; none if it has none."""
        from urllib.robotparser import RobotFileParser

        rules = RobotFileParser()
        rules.parse(())
        for _ in range(self.web.redirects + 1):
            async with _sent(self.web, address) as response:
                if response.status_code >= 500:
                    raise UnreadableDocument(_refusal(response.status_code))
                if not response.has_redirect_location:
                    rules.parse(await _rules(response))
                    break
                address = _target(response, address)
        return rules

    async def kept(self, response: httpx2.Response, address: str) -> Fetched:
        """The body in a temporary file."""
        if response.status_code != 200:
            raise UnreadableDocument(_refusal(response.status_code))
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > self.web.most_bytes:
            raise self.too_large()
        file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
        try:
            await self.store(response, file)
        except BaseException:
            file.close()
            raise
        return Fetched(
            file=file,
            address=address,
            content_type=response.headers.get("Content-Type", ""),
            charset=response.charset_encoding,
            retrieved=datetime.now(UTC).replace(microsecond=0),
        )

    async def store(self, response: httpx2.Response, file: IO[bytes]) -> None:
        """Write the body to ``file``, up to the limit, and rewind."""
        size = 0
        async for chunk in _unpacked(response):
            size += len(chunk)
            if size > self.web.most_bytes:
                raise self.too_large()
            file.write(chunk)
        file.seek(0)

    def too_large(self) -> UnreadableDocument:
        """More bytes than a document has."""
        return UnreadableDocument(f"is larger than {self.web.most_bytes >> 20} MB")


def _refusal(status: int) -> str:
    if status in _REFUSALS:
        return _REFUSALS[status]
    if status >= 500:
        return f"fails at the moment ({status}): try again later"
    return f"cannot be had (the site answers {status})"


async def _unpacked(response: httpx2.Response) -> AsyncIterator[bytes]:
    """The body; one that is compressed grows by no more than a megabyte at a time."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise UnreadableDocument(f"is compressed in a way that was not asked for ({encoding[:20]})")
    unpacker = zlib.decompressobj(31) if "gzip" in encoding else None
    async for chunk in response.aiter_raw():
        if unpacker is None:
            yield chunk
            continue
        while chunk:
            try:
                yield unpacker.decompress(chunk, 1 << 20)
            except zlib.error:
                raise UnreadableDocument("is damaged: its compression cannot be undone") from None
            chunk = unpacker.unconsumed_tail


async def _rules(response: httpx2.Response) -> list[str]:
    text = b""
    if response.status_code == 200:
        async for chunk in response.aiter_raw():
            text += chunk
            if len(text) > _ROBOTS_BYTES:
                break
    return text[:_ROBOTS_BYTES].decode("utf-8", "replace").splitlines()


@asynccontextmanager
async def _sent(web: Web, address: str) -> AsyncIterator[httpx2.Response]:
    """The response to one request, on a connection of its own to an address that was checked."""
    import httpx2

    if web.offline and not is_local(address):
        raise UnreadableDocument(f"is on another machine, and this is --offline: {_SAVE_IT}")
    proxy = None if web.offline else _proxy(address)
    client = httpx2.AsyncClient(
        transport=web.transport or httpx2.AsyncHTTPTransport(proxy=proxy),
        timeout=httpx2.Timeout(20.0, connect=10.0),
        headers=_HEADERS,
        trust_env=False,
    )
    async with client:
        request = await _checked(client.build_request("GET", address), web, proxy)
        response = await client.send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()


async def _checked(request: httpx2.Request, web: Web, proxy: str | None) -> httpx2.Request:
    """The request as it may be sent.

    A proxy looks names up itself and is somebody's decision about what may be reached: names
    that are known here are checked all the same.
    """
    host = request.url.raw_host.decode("ascii")
    address = await checked_address(
        host, allow_private=web.allow_private, resolve=web.resolve, required=proxy is None
    )
    return pinned(request, address) if proxy is None and address else request


def _target(response: httpx2.Response, address: str) -> str:
    """Where a redirect leads, from the name that was asked."""
    import httpx2

    return str(httpx2.URL(address).join(response.headers["Location"]))


def _proxy(address: str) -> str | None:
    """The proxy that the system's settings name for an address."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(address)
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    return found if found and not proxy_bypass(parts.hostname or "") else None
