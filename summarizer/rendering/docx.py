"""A brief as a Word document (extra ``[documents]``)."""

from __future__ import annotations

from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import MissingExtra
from summarizer.rendering.outline import outline
from summarizer.rendering.words import ENGLISH, Words


def to_docx(
    brief: PeaceTalksBrief,
    words: Words = ENGLISH,
    *,
    handling: str = "",
    template: Path | None = None,
) -> bytes:
    """``brief`` as .docx: header block, bottom line, tables, a footnote for every statement.

    ``template`` is a .docx or .dotx whose styles, headers and page set-up are kept; the brief
    goes where a paragraph of it says ``{{brief}}``, else after its text. Raises MissingExtra,
    or UnreadableDocument for a template that is none.
    """
    try:
        from summarizer.rendering.worddocument import to_bytes
    except ImportError:
        raise MissingExtra("documents", "the format docx") from None
    return to_bytes(outline(brief, words), handling=handling, template=template)
