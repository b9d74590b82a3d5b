"""Mail: who, when, about what, the body, and attachments that are documents themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date as Date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from summarizer.errors import EmptyDocument, InputError, UnreadableDocument
from summarizer.readers.charsets import decoded
from summarizer.readers.extracted import Extracted
from summarizer.readers.kinds import Kind, by_name, by_type

PARAGRAPH = "\n\n"
MOST_PARTS = 200
"""A mail with more parts is refused."""

_HEADERS = ("From", "To", "Date", "Subject")
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


def read(data: bytes, *, max_chars: int) -> list[Extracted]:
    """The mail, then its attachments; raises InputError with what the mail "is" or "has".

    An attachment that cannot be read is told in the notes of the mail.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    _check(message)
    notes: list[str] = []
    attached = list(_attached(message, max_chars, notes))
    text = PARAGRAPH.join(filter(None, (_heading(message), _body(message))))
    if not text and not attached:
        raise EmptyDocument("is no mail, or has neither a body nor a document attached")
    mail = Extracted(
        text=text,
        title=_one_line(message, "Subject"),
        publisher=_sender(message),
        date=_date(message),
        notes=tuple(notes),
    )
    return [mail, *attached]


def _check(message: EmailMessage) -> None:
    if not message.keys():
        raise UnreadableDocument("is no mail: it has no header lines")
    for count, part in enumerate(message.walk(), 1):
        smime = part.get_param("smime-type") or ""
        if part.get_content_type() in _SEALED and "signed" not in str(smime):
            raise UnreadableDocument("is encrypted: open it, and save its text or attachments")
        if count > MOST_PARTS:
            raise UnreadableDocument(f"has more than {MOST_PARTS} parts: save what it holds")


def _heading(message: EmailMessage) -> str:
    lines = [(name, _one_line(message, name)) for name in _HEADERS]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


def _one_line(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message.get(name, "")).split())[:500] or None
    except (ValueError, IndexError, AttributeError):  # headers that the library cannot parse
        return None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_one_line(message, "From") or "")
    return name or address.rpartition("@")[2] or None


def _date(message: EmailMessage) -> Date | None:
    try:
        return message["Date"].datetime.date()  # type: ignore[no-any-return]
    except (AttributeError, ValueError, TypeError, IndexError):
        return None


def _body(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    assert isinstance(body, EmailMessage)
    if body.get_content_type() == "text/html":
        return _plain_of_html(body)
    text = _text(body).replace("\r\n", "\n")
    if str(body.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, str(body.get_param("delsp", "")).lower() == "yes")
    return text.strip()


def _text(part: EmailMessage) -> str:
    return decoded(_payload(part), part.get_content_charset())[0]


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _plain_of_html(part: EmailMessage) -> str:
    """A mail has no furniture: all of it is read."""
    from lxml import html  # type: ignore[import-untyped]

    from summarizer.readers.blocks import paragraphs

    markup = _text(part)
    if not markup.strip():
        return ""
    root = html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    body = root.find("body")
    return PARAGRAPH.join(paragraphs(root if body is None else body))


def _unflowed(text: str, joined: bool) -> str:
    """Lines that end with a space go on (RFC 3676), but for the mark of a signature."""
    made = ""
    for line in text.split("\n"):
        flows = line.endswith(" ") and line != "-- "
        made += (line[:-1] if flows and joined else line) + ("" if flows else "\n")
    return made


def _attached(message: EmailMessage, max_chars: int, notes: list[str]) -> Iterator[Extracted]:
    for part in message.iter_attachments():
        assert isinstance(part, EmailMessage)
        name = " ".join((part.get_filename() or part.get_content_type()).split())[:120]
        try:
            read_part = _read_part(part, name, max_chars)
        except InputError as error:
            notes.append(f"attachment {name} not read: it {error}")
        except ImportError:
            notes.append(f"attachment {name} not read: pip install 'summarizer[documents]'")
        else:
            yield from read_part


def _read_part(part: EmailMessage, name: str, max_chars: int) -> list[Extracted]:
    from summarizer.readers import docx, html, pdf

    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return _named(read(inner.as_bytes(), max_chars=max_chars), name)  # type: ignore[union-attr]
    kind = by_name(name) or by_type(part.get_content_type())
    data = _payload(part)
    if kind is Kind.PDF:
        made = pdf.read(io.BytesIO(data), max_chars=max_chars)
    elif kind is Kind.DOCX:
        made = docx.read(io.BytesIO(data), max_chars=max_chars)
    elif kind is Kind.HTML:
        made = html.read(data, charset=part.get_content_charset())
    elif kind is Kind.TEXT:
        made = Extracted(decoded(data, part.get_content_charset())[0])
    else:
        raise UnreadableDocument(f"is no document that can be read ({part.get_content_type()})")
    if not made.text.strip():
        raise EmptyDocument("holds no text")
    return _named([made], name)


def _named(parts: list[Extracted], name: str) -> list[Extracted]:
    from dataclasses import replace

    return [replace(part, name=part.name or name) for part in parts]
