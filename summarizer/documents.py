"""Documents: a text that does not change, its numbered sentences, what it says of itself.

``load`` reads a file or standard input; the suffix of the file chooses the reader. Nothing
of the text is normalised: offsets and quotes are those of the decoded characters. Only a
byte order mark at the start of the bytes is dropped.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from summarizer.decoding import decode
from summarizer.errors import (
    DocumentTooLong,
    EmptyDocument,
    SettingsError,
    UnreadableDocument,
)
from summarizer.metadata import recognise
from summarizer.segmentation import Sentence, segment

__all__ = ["DEFAULT_MAX_CHARS", "Document", "Sentence", "from_bytes", "from_text", "load"]

DEFAULT_MAX_CHARS = 2_000_000

# Bytes to text. The second argument is what an error calls the document.
Reader = Callable[[bytes, str], str]

_READERS: dict[str, Reader] = dict.fromkeys(
    ("", ".txt", ".text", ".md", ".markdown", ".rst", ".log"), decode
)
_NOT_YET = {
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".htm": "HTML",
    ".html": "HTML",
    ".xhtml": "HTML",
    ".mhtml": "HTML",
    ".epub": "EPUB",
    ".eml": "e-mail",
    ".msg": "e-mail",
    ".pptx": "PowerPoint",
    ".xlsx": "Excel",
}
# No encoding takes more than four bytes for a character, and four for a mark.
_BYTES_PER_CHARACTER, _MARK_BYTES = 4, 4
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
    pages: tuple[tuple[int, int], ...] = ()
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
    stdin: BinaryIO | None = None,
) -> Document:
    """Read a file, or standard input (``stdin``) if ``source`` is "-".

    ``title``, ``publisher`` and ``date`` override what the text states. Raises
    ``UnreadableDocument``, ``EmptyDocument`` or ``DocumentTooLong``, and ``SettingsError``
    if ``max_chars`` is below one.
    """
    most = _most_bytes(max_chars)
    if os.fspath(source) == "-":
        name = origin = "standard input"
        reader: Reader = decode
        data = (stdin or sys.stdin.buffer).read(most + 1)
    else:
        path = Path(source)
        name = repr(str(path))  # one line, whatever the file is called
        origin = path.name.encode("utf-8", "replace").decode()
        reader, data = _read(path, name, most)
    text = _decoded(data, reader, name, max_chars)
    return _document(text, name, max_chars, id, origin, title, publisher, date)


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
    name = repr(origin) if origin else "the document"
    text = _decoded(data, decode, name, max_chars)
    return _document(text, name, max_chars, id, origin, title, publisher, date)


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
    _most_bytes(max_chars)
    name = repr(origin) if origin else "the document"
    return _document(text, name, max_chars, id, origin, title, publisher, date)


def _most_bytes(max_chars: int) -> int:
    """More bytes than this cannot be a text within the limit."""
    if max_chars < 1:
        raise SettingsError(f"--max-chars must be at least 1, not {max_chars}")
    return max_chars * _BYTES_PER_CHARACTER + _MARK_BYTES


def _read(path: Path, name: str, most: int) -> tuple[Reader, bytes]:
    """The reader for a file and its bytes; a file that is too long is not read in full."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise UnreadableDocument(f"{name} is a folder: name a file in it")
        reader = _reader(path, name)
        with path.open("rb") as file:
            return reader, file.read(most + 1)
    except FileNotFoundError:
        raise UnreadableDocument(f"{name} does not exist{_hint(path)}") from None
    except PermissionError:
        raise UnreadableDocument(f"{name} may not be read: permission denied") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not the name of a file"
        raise UnreadableDocument(f"{name} cannot be read: {reason}") from None


def _hint(path: Path) -> str:
    if re.match(r"https?:/", str(path)):
        return ": addresses are not yet supported, save the page as plain text"
    return ""


def _reader(path: Path, name: str) -> Reader:
    """By suffix; an unknown suffix may be a text all the same."""
    kind = _NOT_YET.get(path.suffix.lower())
    if kind is not None:
        raise UnreadableDocument(
            f"{name} is of a kind that is not yet supported ({kind}): save it as plain text"
        )
    return _READERS.get(path.suffix.lower(), decode)


def _decoded(data: bytes, reader: Reader, name: str, max_chars: int) -> str:
    if not data:
        raise EmptyDocument(f"{name} is empty")
    if len(data) > _most_bytes(max_chars):
        raise _too_long(name, max_chars)
    return reader(data, name)


def _document(
    text: str,
    name: str,
    max_chars: int,
    id: str,
    origin: str | None,
    title: str | None,
    publisher: str | None,
    date: Date | None,
) -> Document:
    _check(text, name, max_chars)
    stated = recognise(text)
    return Document(
        id=id,
        text=text,
        sentences=segment(text, stated.language),
        origin=origin,
        title=stated.title if title is None else title,
        publisher=stated.publisher if publisher is None else publisher,
        date=stated.date if date is None else date,
        language=stated.language,
    )


def _check(text: str, name: str, max_chars: int) -> None:
    """Refuse what has no sentence, or what no encoding can hold."""
    if len(text) > max_chars:
        raise _too_long(name, max_chars)
    if _SURROGATE.search(text):
        raise UnreadableDocument(f"{name} holds lone surrogates: decode the text again")
    if not text.strip():
        raise EmptyDocument(f"{name} holds nothing but white space")
    if not any(map(str.isalnum, text)):
        raise EmptyDocument(f"{name} holds no sentence: not one letter or digit")


def _too_long(name: str, max_chars: int) -> DocumentTooLong:
    return DocumentTooLong(
        f"{name} is longer than {max_chars:,} characters: split it, or raise --max-chars"
    )
