"""A source to its text: a file, standard input or an address, whatever kind it is of.

Plain text is decoded here; every other kind goes to its reader (``summarizer.readers``),
which runs in a process of its own.
"""

from __future__ import annotations

import importlib.util
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from summarizer.decoding import decode
from summarizer.errors import (
    DocumentTooLong,
    EmptyDocument,
    MissingExtra,
    UnreadableDocument,
)
from summarizer.readers.charsets import decoded
from summarizer.readers.confined import Job, as_extracted, read_confined
from summarizer.readers.extracted import Extracted
from summarizer.readers.kinds import Kind, kind_of
from summarizer.readers.web import Web, fetch, shown
from summarizer.sources import is_address

Source = str | os.PathLike[str]

STANDARD_INPUT = "standard input"
MOST_BYTES = {
    Kind.HTML: 32 << 20,
    Kind.PDF: 256 << 20,
    Kind.DOCX: 256 << 20,
    Kind.MAIL: 64 << 20,
    Kind.FEED: 32 << 20,
}
"""Larger files of each kind are refused; a text is bounded by ``max_chars``."""

_NEEDS = {
    Kind.HTML: ("trafilatura", "lxml_html_clean"),
    Kind.PDF: ("pypdfium2",),
    Kind.DOCX: ("docx",),
    Kind.MAIL: (),
    Kind.FEED: ("feedparser",),
}
_CALLED = {
    Kind.HTML: "a web page", Kind.PDF: "a PDF file", Kind.DOCX: "a Word file",
    Kind.FEED: "a feed",
}  # fmt: skip
# No encoding takes more than four bytes for a character, and four for a mark.
_BYTES_PER_CHARACTER, _MARK_BYTES = 4, 4
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Reading:
    """What a source holds: one text, or a mail and its attachments.

    ``name`` is what errors call the source, ``origin`` what a brief does; ``retrieved`` is set
    for an address.
    """

    parts: tuple[Extracted, ...]
    name: str
    origin: str | None
    retrieved: datetime | None = None


@dataclass(frozen=True)
class FeedLinks:
    """The addresses of a feed's entries, and how many entries have none."""

    addresses: list[str]
    without: int


@dataclass(frozen=True)
class _Opened:
    """The bytes of a source in a file of the system, and what its sender said of them."""

    file: IO[bytes]
    name: str
    origin: str
    suffix_of: str = ""
    content_type: str = ""
    charset: str | None = None
    address: str | None = None
    retrieved: datetime | None = None
    notes: tuple[str, ...] = ()


def read(source: Source, *, max_chars: int, web: Web, stdin: BinaryIO | None = None) -> Reading:
    """Read a file, standard input ("-") or an address.

    Raises UnreadableDocument, EmptyDocument or DocumentTooLong; MissingExtra if what reads this
    kind is not installed.
    """
    with _opened(source, max_chars, web, stdin) as opened:
        kind = _kind(opened)
        if kind is Kind.FEED:
            raise UnreadableDocument(
                f"{opened.name} is a feed: `summarizer batch --feed` reads what it links to"
            )
        parts = (
            (_text(opened, max_chars),) if kind is Kind.TEXT else _parts(opened, kind, max_chars)
        )
    return Reading(parts, opened.name, opened.origin, opened.retrieved)


def feed_links(source: Source, *, web: Web) -> FeedLinks:
    """The addresses that an RSS or Atom feed (a file or an address) links to, in its order.

    Raises UnreadableDocument if it is no feed or links to nothing, MissingExtra as ``read``.
    """
    with _opened(source, MOST_BYTES[Kind.FEED] // _BYTES_PER_CHARACTER, web, None) as opened:
        found = _confined(opened, Kind.FEED, MOST_BYTES[Kind.FEED])
    if not found["links"]:
        raise EmptyDocument(f"{opened.name} is a feed without an entry that links to a page")
    return FeedLinks([str(link) for link in found["links"]], int(found["without"]))


def too_long(name: str, max_chars: int) -> DocumentTooLong:
    """The error for a text above the limit."""
    return DocumentTooLong(
        f"{name} is longer than {max_chars:,} characters: split it, or raise --max-chars"
    )


@contextmanager
def _opened(source: Source, max_chars: int, web: Web, stdin: BinaryIO | None) -> Iterator[_Opened]:
    if is_address(source):
        opened = _fetched(str(source), web)
    elif os.fspath(source) == "-":
        file = _spooled(stdin or sys.stdin.buffer, max_chars)
        opened = _Opened(file, STANDARD_INPUT, STANDARD_INPUT)
    else:
        opened = _file(Path(source), max_chars)
    with opened.file:
        yield opened


def _fetched(address: str, web: Web) -> _Opened:
    name = repr(shown(address))
    try:
        page = fetch(address, web)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{name} {error}") from None
    moved = page.address != address
    return _Opened(
        file=page.file,
        name=name,
        origin=shown(address),
        suffix_of=page.address.partition("?")[0],
        content_type=page.content_type,
        charset=page.charset,
        address=page.address,
        retrieved=page.retrieved,
        notes=(f"redirected to {shown(page.address)}",) if moved else (),
    )


def _file(path: Path, max_chars: int) -> _Opened:
    name = repr(str(path))  # one line, whatever the file is called
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise UnreadableDocument(f"{name} is a folder: name a file in it")
        file = path.open("rb")
    except FileNotFoundError:
        raise UnreadableDocument(f"{name} does not exist") from None
    except PermissionError:
        raise UnreadableDocument(f"{name} may not be read: permission denied") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not the name of a file"
        raise UnreadableDocument(f"{name} cannot be read: {reason}") from None
    origin = path.name.encode("utf-8", "replace").decode()
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        with file:
            return _Opened(_spooled(file, max_chars), name, origin, origin)
    return _Opened(file, name, origin, origin)


def _most(max_chars: int, head: bytes) -> int:
    """More bytes than this are no document, going by how they start."""
    packed = head.lstrip()[:5] == b"%PDF-" or head[:2] == b"PK"
    kind = Kind.PDF if packed else Kind.MAIL
    return max(MOST_BYTES[kind], max_chars * _BYTES_PER_CHARACTER + _MARK_BYTES)


def _spooled(stream: BinaryIO, max_chars: int) -> IO[bytes]:
    """A pipe or device as a file of the system, up to one byte more than allowed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    chunk = stream.read(_CHUNK)
    left = _most(max_chars, chunk) + 1
    while chunk and left > 0:
        left -= file.write(chunk[:left])
        chunk = stream.read(min(max(left, 0), _CHUNK))
    file.seek(0)
    return file


def _kind(opened: _Opened) -> Kind:
    try:
        return kind_of(opened.file, opened.suffix_of, opened.content_type)
    except OSError as error:
        raise UnreadableDocument(f"{opened.name} cannot be read: {error.strerror}") from None
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{opened.name} {error}") from None


def _text(opened: _Opened, max_chars: int) -> Extracted:
    most = max_chars * _BYTES_PER_CHARACTER + _MARK_BYTES
    try:
        data = opened.file.read(most + 1)
    except OSError as error:
        raise UnreadableDocument(f"{opened.name} cannot be read: {error.strerror}") from None
    if not data:
        raise EmptyDocument(f"{opened.name} is empty")
    if len(data) > most:
        raise too_long(opened.name, max_chars)
    if opened.charset is None:
        return Extracted(decode(data, opened.name), notes=opened.notes)
    try:
        text, note = decoded(data, opened.charset)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{opened.name} {error}") from None
    return Extracted(text, notes=(*opened.notes, *([note] if note else ())))


def _parts(opened: _Opened, kind: Kind, max_chars: int) -> tuple[Extracted, ...]:
    from dataclasses import replace

    parts = [as_extracted(part) for part in _confined(opened, kind, max_chars)]
    if not any(part.text.strip() for part in parts):
        raise EmptyDocument(f"{opened.name} holds no text")
    parts[0] = replace(parts[0], notes=(*opened.notes, *parts[0].notes))
    return tuple(parts)


def _confined(opened: _Opened, kind: Kind, max_chars: int) -> Any:
    missing = [module for module in _NEEDS[kind] if importlib.util.find_spec(module) is None]
    if missing:
        raise MissingExtra("documents", f"reading {_CALLED[kind]}")
    size = os.fstat(opened.file.fileno()).st_size
    if not size:
        raise EmptyDocument(f"{opened.name} is empty")
    if size > MOST_BYTES[kind]:
        raise DocumentTooLong(
            f"{opened.name} has {size >> 20} MB, more than the {MOST_BYTES[kind] >> 20} MB that "
            f"a document of its kind ({kind.value}) may have: split it, or save it as plain text"
        )
    job = Job(kind.value, max_chars, opened.charset, opened.address)
    return read_confined(job, opened.file, opened.name)
