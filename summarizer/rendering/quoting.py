"""A line as a quote with its source, for a letter or a report (pure)."""

from __future__ import annotations

from summarizer.brief import Citation
from summarizer.rendering.escaping import clean, quoted
from summarizer.rendering.lines import Line
from summarizer.rendering.outline import Outline


def as_quote(shown: Outline, line: Line) -> str:
    """The statement, who says so, and each sentence cited with where it stands.

    Plain text of a few lines: what a reader pastes somewhere else has to say by itself whose
    words these are.
    """
    remarks = [shown.remark(one) for one in line.remarks]
    said = f"{line.lead}: {line.text}" if line.lead else line.text
    head = f"{said} ({'; '.join(remarks)})" if remarks else said
    quotes = [
        f"{quoted(cited.quote)} ({_where(shown, cited.document)}, {_sentence(shown, cited)})"
        for cited in shown.citing.in_order(line.all_citations)
    ]
    return "\n".join([clean(head), *quotes])


def _sentence(shown: Outline, cited: Citation) -> str:
    number = shown.words("sentence", n=cited.sentence)
    page = shown.citing.page(cited)
    return f"{shown.words('page', n=page)}, {number}" if page else number


def _where(shown: Outline, document: str) -> str:
    """Title, publisher and date of a source."""
    for source, (_, title, _) in zip(shown.brief.sources, shown.sources, strict=True):
        if source.id == document:
            date = source.date.isoformat() if source.date else shown.words("undated")
            return clean(", ".join(filter(None, [title, source.publisher, date])))
    return clean(document)
