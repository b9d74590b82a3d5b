"""The kinds of files that documents come in, told by name and by their first bytes (pure)."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath


class Kind(str, Enum):
    """What a file is made of; each has its reader."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word"
    MAIL = "e-mail"


SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".rst", ".log"), Kind.TEXT),
    **dict.fromkeys((".htm", ".html", ".xhtml"), Kind.HTML),
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".eml": Kind.MAIL,
}
"""Names that say what a file is. Any other may be a text all the same."""


def by_name(name: str) -> Kind | None:
    """What the ending of a name says; None if it says nothing."""
    return SUFFIXES.get(PurePath(name).suffix.lower())
