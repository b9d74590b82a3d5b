"""The kinds of files that documents come in, told by their first bytes and their name (pure)."""

from __future__ import annotations

import re
import zipfile
from enum import Enum
from pathlib import PurePath
from typing import IO

from summarizer.errors import UnreadableDocument


class Kind(str, Enum):
    """What a file is made of; each has its reader."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word"
    MAIL = "e-mail"
    FEED = "feed"


SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".rst", ".log"), Kind.TEXT),
    **dict.fromkeys((".htm", ".html", ".xhtml"), Kind.HTML),
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".eml": Kind.MAIL,
}
"""Names that say what a file is. Any other may be a text all the same."""

_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
    "message/rfc822": Kind.MAIL,
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.TEXT,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
}
_ARCHIVES = {
    b"\x1f\x8b": "gzip", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR", b"\xfd7zXZ\0": "xz",
    b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard",
}  # fmt: skip
_OTHERS = {
    ".doc": "an old Word file", ".odt": "an OpenDocument text", ".rtf": "an RTF file",
    ".msg": "an Outlook message", ".mhtml": "a web archive", ".epub": "an e-book",
    ".pptx": "a PowerPoint file", ".xlsx": "an Excel file",
}  # fmt: skip
_AS_WHAT = {
    ".msg": "save it as .eml", ".mhtml": "save it as .html", ".xlsx": "save it as plain text",
}  # fmt: skip
_INSIDE_ZIP = {
    "word/": Kind.DOCX, "xl/": ".xlsx", "ppt/": ".pptx", "content.xml": ".odt",
    "META-INF/container.xml": ".epub",
}  # fmt: skip
_NO_TEXTS = ("image", "audio", "video", "font")
_OLE = b"\xd0\xcf\x11\xe0"
_SEALED = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<[!?].{0,2000}?>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.DOTALL,
)
_HEAD = 4_096


def by_name(name: str) -> Kind | None:
    """What the ending of a name says; None if it says nothing."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def by_type(content_type: str) -> Kind | None:
    """What a media type says; None if it says nothing."""
    return _TYPES.get(content_type.partition(";")[0].strip().lower())


def kind_of(file: IO[bytes], name: str, content_type: str = "") -> Kind:
    """The kind of a file at its start; the first bytes go before the name and the media type.

    Raises UnreadableDocument, with what the file "is", for archives, encrypted files and kinds
    that have no reader.
    """
    head = file.read(_HEAD)
    file.seek(0)
    return _by_magic(head, file) or _by_word(head, name, content_type)


def _by_word(head: bytes, name: str, content_type: str) -> Kind:
    suffix = PurePath(name).suffix.lower()
    if suffix in _OTHERS and by_type(content_type) is None:
        raise _other(suffix)
    if content_type.partition("/")[0].lower() in _NO_TEXTS:
        raise UnreadableDocument(f"is no document ({content_type[:40]})")
    stated = by_type(content_type) or by_name(name)
    if stated is not None and stated is not Kind.TEXT:
        return stated
    if stated is None and _FEED.match(head):
        return Kind.FEED
    return Kind.HTML if stated is None and _PAGE.match(head) else Kind.TEXT


def _by_magic(head: bytes, file: IO[bytes]) -> Kind | None:
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file)
    if head.startswith(_OLE):
        raise _sealed_or_old(file)
    if head.startswith(b"{\\rtf"):
        raise _other(".rtf")
    archive = next((kind for magic, kind in _ARCHIVES.items() if head.startswith(magic)), None)
    if archive is None and head[257:262] == b"ustar":
        archive = "tar"
    if archive is not None:
        raise UnreadableDocument(f"is an archive ({archive}): unpack it, and name what it holds")
    return None


def _zipped(file: IO[bytes]) -> Kind:
    """What a zip file is by the names in it."""
    try:
        names = zipfile.ZipFile(file).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableDocument("is a damaged zip or Word file: save it again") from None
    finally:
        file.seek(0)
    for start, kind in _INSIDE_ZIP.items():
        if any(name.startswith(start) for name in names):
            if isinstance(kind, Kind):
                return kind
            raise _other(kind)
    raise UnreadableDocument("is an archive (zip): unpack it, and name what it holds")


def _sealed_or_old(file: IO[bytes]) -> UnreadableDocument:
    data = file.read(1 << 20)
    file.seek(0)
    if _SEALED in data:
        return UnreadableDocument("is encrypted: save it without a password")
    return _other(".doc")


def _other(suffix: str) -> UnreadableDocument:
    what = _AS_WHAT.get(suffix, "save it as .docx, .pdf or plain text")
    return UnreadableDocument(f"is {_OTHERS[suffix]}, which cannot be read: {what}")
