"""Every format of a brief under one name: what ``--format`` and the ending of a file choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import OutputError
from summarizer.rendering.words import Words, words


class Format(str, Enum):
    """What a brief can be written as."""

    MD = "md"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    EML = "eml"
    TXT = "txt"

    @property
    def binary(self) -> bool:
        """Whether it is no text that a terminal could show."""
        return self in {Format.DOCX, Format.XLSX}


@dataclass(frozen=True)
class Look:
    """What a reader asked for beside the brief itself."""

    language: str | None = None
    """Of the labels; None: that of the statements."""
    handling: str = ""
    """A line like "INTERNAL" on every page."""
    template: Path | None = None
    """A Word document whose styles are used."""
    text: bool = True
    """Whether the documents' text is kept, where a format holds it."""


def render(brief: PeaceTalksBrief, form: Format, look: Look = Look()) -> str | bytes:
    """``brief`` in the format: text, or the bytes of a file.

    Raises MissingExtra for a format that needs one, UnreadableDocument for a template that is
    no Word document.
    """
    kept = brief if look.text else _without_text(brief)
    return _MAKERS[form](kept, words(look.language or brief.language), look)


def by_ending(path: Path, default: Format = Format.MD) -> Format:
    """The format that the ending of a file names. Raises OutputError for another format's."""
    ending = path.suffix.lower().removeprefix(".")
    ending = {"markdown": "md", "htm": "html", "text": "txt"}.get(ending, ending)
    if not ending:
        return default
    try:
        return Format(ending)
    except ValueError:
        known = ", ".join(f".{form.value}" for form in Format)
        raise OutputError(
            f"cannot write {path}: no format ends in .{ending} (there are {known}); give --format"
        ) from None


def _without_text(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    sources = [source.model_copy(update={"text": None}) for source in brief.sources]
    return brief.model_copy(update={"sources": sources})


def _md(brief: PeaceTalksBrief, labels: Words, look: Look) -> str:
    from summarizer.rendering.markdown import to_markdown

    made = to_markdown(brief, labels)
    if not look.handling:
        return made
    from summarizer.rendering.escaping import inline

    return f"**{labels('handling')}**: {inline(look.handling)}\n\n{made}"


def _json(brief: PeaceTalksBrief, labels: Words, look: Look) -> str:
    from summarizer.rendering.machine import to_json

    return to_json(brief, text=look.text)


def _html(brief: PeaceTalksBrief, labels: Words, look: Look) -> str:
    from summarizer.rendering.html import to_html

    return to_html(brief, labels, handling=look.handling)


def _docx(brief: PeaceTalksBrief, labels: Words, look: Look) -> bytes:
    from summarizer.rendering.docx import to_docx

    return to_docx(brief, labels, handling=look.handling, template=look.template)


def _xlsx(brief: PeaceTalksBrief, labels: Words, look: Look) -> bytes:
    from summarizer.rendering.xlsx import to_xlsx

    return to_xlsx(brief, labels, handling=look.handling)


def _csv(brief: PeaceTalksBrief, labels: Words, look: Look) -> str:
    from summarizer.rendering.tables import to_csv

    return to_csv(brief, labels)


def _eml(brief: PeaceTalksBrief, labels: Words, look: Look) -> bytes:
    from summarizer.rendering.mail import to_eml

    return to_eml(brief, labels, handling=look.handling)


def _txt(brief: PeaceTalksBrief, labels: Words, look: Look) -> str:
    from summarizer.rendering.text import to_text

    return to_text(brief, labels, handling=look.handling)


_MAKERS: dict[Format, Callable[[PeaceTalksBrief, Words, Look], str | bytes]] = {
    Format.MD: _md,
    Format.JSON: _json,
    Format.HTML: _html,
    Format.DOCX: _docx,
    Format.XLSX: _xlsx,
    Format.CSV: _csv,
    Format.EML: _eml,
    Format.TXT: _txt,
}
