"""What a reader returns: a text and what its format says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

Span = tuple[int, int]
"""``[start, end)`` in characters."""


@dataclass(frozen=True)
class Extracted:
    """A text that was read from a file; None where the format says nothing.

    ``file_title`` is a title among the properties of a file: often that of the file it was made
    from, and so for want of a better one. ``name`` is that of an attachment. ``notes`` tell what
    the reader left out or mended, one line each, without text of the document beyond running
    heads and names of attachments.
    """

    text: str
    pages: tuple[Span, ...] = ()
    title: str | None = None
    publisher: str | None = None
    date: Date | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    name: str | None = None
    file_title: str | None = None
