"""The encoding of markup: what the bytes are, whatever a server or the page says of them."""

from __future__ import annotations

import codecs
import re

from summarizer.decoding import decode, is_plausible
from summarizer.errors import UnreadableDocument

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STATED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_HEAD = 4_096
# As browsers read these names (the WHATWG's encoding standard).
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "tis-620": "cp874",
}  # fmt: skip


def decoded(data: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """The text of ``data``, and a note if its statement about its encoding is wrong.

    Raises UnreadableDocument, without a name, if it is in no encoding that can be told.
    """
    found = _STATED.search(data[:_HEAD])
    stated = charset or (found[1].decode() if found else None)
    if data.startswith(_MARKS):
        return decode(data, "this"), None
    codec = _codec(stated)
    text = _strictly(data, "utf-8")
    if text is not None:
        wrong = codec not in (None, "utf-8") and not data.isascii()
        return text, _note(stated, "utf-8") if wrong else None
    if codec is not None:
        text = _strictly(data, codec)
        if text is not None and is_plausible(text, codec):
            return text, None
    return _guessed(data, stated)


def _guessed(data: bytes, stated: str | None) -> tuple[str, str | None]:
    try:
        text = decode(data, "this")
    except UnreadableDocument:
        raise UnreadableDocument(
            "is in an encoding that cannot be told: save it as plain text in UTF-8"
        ) from None
    return text, _note(stated, None) if stated else None


def _codec(stated: str | None) -> str | None:
    try:
        name = codecs.lookup(stated or "").name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None  # LookupError: "hex" and "rot13" are codecs, too, but not of texts


def _note(stated: str | None, is_in: str | None) -> str:
    instead = f"is in {is_in.upper()}" if is_in else "is in another encoding"
    return f"the page says its encoding is {(stated or '')[:20]}, but it {instead}"
