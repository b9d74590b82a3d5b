"""Documents: a text that does not change, its numbered sentences, what it says of itself.

``load`` reads a file, an address or standard input; what it is decides which reader does
(``summarizer.intake``). Nothing of a plain text is normalised: offsets and quotes are those
of the decoded characters, and only a byte order mark at the start of the bytes is dropped.
Of other kinds the text that the reader extracts is the document's.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import BinaryIO, TypeVar

from summarizer.decoding import decode
from summarizer.errors import EmptyDocument, SettingsError, UnreadableDocument
from summarizer.intake import FeedLinks, Reading, feed_links, read, too_long
from summarizer.metadata import recognise
from summarizer.readers.extracted import Extracted, Span
from summarizer.readers.web import PUBLIC, Web
from summarizer.segmentation import Sentence, segment
from summarizer.settings import Settings

__all__ = [
    "DEFAULT_MAX_CHARS",
    "Document",
    "FeedLinks",
    "Sentence",
    "Web",
    "feed_links",
    "from_bytes",
    "from_text",
    "load",
    "load_all",
    "load_for",
]

DEFAULT_MAX_CHARS = 2_000_000

PARAGRAPH = "\n\n"
T = TypeVar("T")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W{_HAN}][^\s{_HAN}]*")


@dataclass(frozen=True)
class Document:
    """A text, its sentences, and what it states about itself (None where it does not).

    ``retrieved`` is when an address was read, ``pages`` the ``[start, end)`` of every page of
    a format that has pages, ``notes`` what a reader of the brief must know about the reading.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    origin: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: Date | None = None
    language: str | None = None
    retrieved: datetime | None = None
    pages: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    def quote(self, number: int) -> str:
        """The sentence with that number, verbatim; ``IndexError`` if there is none."""
        if not 1 <= number <= len(self.sentences):
            raise IndexError(f"no sentence {number}: they run from 1 to {len(self.sentences)}")
        sentence = self.sentences[number - 1]
        return self.text[sentence.start : sentence.end]

    @cached_property
    def word_count(self) -> int:
        """Words; a character of Chinese or Japanese counts as one."""
        return sum(1 for _ in _WORD.finditer(self.text))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def load(
    source: str | os.PathLike[str],
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    title: str | None = None,
    publisher: str | None = None,
    date: Date | None = None,
    id: str = "d1",
    web: Web = PUBLIC,
    stdin: BinaryIO | None = None,
) -> Document:
    """Read a file, an ``http(s)://`` address, or standard input (``stdin``) if it is "-".

    ``title``, ``publisher`` and ``date`` override what the document states; ``web`` says how
    addresses are fetched. A mail and its attachments are one text (``load_all`` keeps them
    apart). Raises ``UnreadableDocument``, ``EmptyDocument`` or ``DocumentTooLong``,
    ``MissingExtra`` if the reader of its kind is not installed, and ``SettingsError`` if
    ``max_chars`` is below one.
    """
    _check_limit(max_chars)
    reading = read(source, max_chars=max_chars, web=web, stdin=stdin)
    stated = _Stated(title, publisher, date)
    return _document(_joined(reading.parts), reading, max_chars, id, stated)


def load_for(
    source: str | os.PathLike[str],
    settings: Settings,
    *,
    title: str | None = None,
    publisher: str | None = None,
    date: Date | None = None,
) -> Document:
    """``load`` as the settings say: how long a document may be, which addresses may be read."""
    web = Web(allow_private=settings.allow_private, offline=settings.offline)
    return load(
        source,
        max_chars=settings.max_chars,
        title=title,
        publisher=publisher,
        date=date,
        web=web,
    )


def load_all(
    source: str | os.PathLike[str],
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    title: str | None = None,
    publisher: str | None = None,
    date: Date | None = None,
    id: str = "d1",
    web: Web = PUBLIC,
    stdin: BinaryIO | None = None,
) -> list[Document]:
    """Every document that a source holds: a mail, then each attachment; of others the one.

    The first has ``id``, the attachments ``id`` with ".1", ".2", …; ``title``, ``publisher``
    and ``date`` are of the first. Keywords and errors as for ``load``.
    """
    _check_limit(max_chars)
    reading = read(source, max_chars=max_chars, web=web, stdin=stdin)
    stated = _Stated(title, publisher, date)
    texts = [part for part in reading.parts if part.text.strip()]
    return [
        _document(part, reading, max_chars, f"{id}.{n}" if n else id, _Stated() if n else stated)
        for n, part in enumerate(texts)
    ]


def from_bytes(
    data: bytes,
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    title: str | None = None,
    publisher: str | None = None,
    date: Date | None = None,
    id: str = "d1",
    origin: str | None = None,
) -> Document:
    """A document from the bytes of a plain text in any encoding that can be told.

    Keywords and errors as for ``load``.
    """
    _check_limit(max_chars)
    name = repr(origin) if origin else "the document"
    if not data:
        raise EmptyDocument(f"{name} is empty")
    text = decode(data, name)
    reading = Reading((), name, origin)
    return _document(Extracted(text), reading, max_chars, id, _Stated(title, publisher, date))


def from_text(
    text: str,
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    title: str | None = None,
    publisher: str | None = None,
    date: Date | None = None,
    id: str = "d1",
    origin: str | None = None,
) -> Document:
    """A document from a string, kept exactly as it is. Keywords and errors as for ``load``."""
    _check_limit(max_chars)
    reading = Reading((), repr(origin) if origin else "the document", origin)
    return _document(Extracted(text), reading, max_chars, id, _Stated(title, publisher, date))


@dataclass(frozen=True)
class _Stated:
    """What the caller says of a document; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    date: Date | None = None


def _check_limit(max_chars: int) -> None:
    if max_chars < 1:
        raise SettingsError(f"--max-chars must be at least 1, not {max_chars}")


def _joined(parts: tuple[Extracted, ...]) -> Extracted:
    """A mail and its attachments as one text; pages are kept if one of them has pages."""
    first, *rest = parts
    if not rest:
        return first
    text, pages = first.text, [first.pages]
    for part in rest:
        text += f"{PARAGRAPH if text else ''}Attachment: {part.name}{PARAGRAPH}"
        pages.append(tuple((a + len(text), b + len(text)) for a, b in part.pages))
        text += part.text
    paged = [spans for spans in pages if spans]
    notes = [note for part in parts for note in part.notes]
    return replace(first, text=text, notes=tuple(notes), pages=paged[0] if len(paged) == 1 else ())


# dateparser keeps what it is working on in its modules: two threads would mix their dates.
_ONE_AT_A_TIME = Lock()


def _document(
    read: Extracted, reading: Reading, max_chars: int, id: str, stated: _Stated
) -> Document:
    """What the caller states goes before what the format does, and that before the text."""
    _check(read.text, reading.name, max_chars)
    with _ONE_AT_A_TIME:
        found = recognise(read.text)
    return Document(
        id=id,
        text=read.text,
        sentences=segment(read.text, found.language or read.language),
        origin=f"{reading.origin} › {read.name}" if read.name else reading.origin,
        title=_first(stated.title, read.title, found.title, read.file_title),
        publisher=_first(stated.publisher, read.publisher, found.publisher),
        date=_first(stated.date, read.date, found.date),
        language=found.language or read.language,
        retrieved=reading.retrieved,
        pages=read.pages,
        notes=read.notes,
    )


def _first(*values: T | None) -> T | None:
    return next((value for value in values if value is not None), None)


def _check(text: str, name: str, max_chars: int) -> None:
    """Refuse what has no sentence, or what no encoding can hold."""
    if len(text) > max_chars:
        raise too_long(name, max_chars)
    if _SURROGATE.search(text):
        raise UnreadableDocument(f"{name} holds lone surrogates: decode the text again")
    if not text.strip():
        raise EmptyDocument(f"{name} holds nothing but white space")
    if not any(map(str.isalnum, text)):
        raise EmptyDocument(f"{name} holds no sentence: not one letter or digit")
