"""Web pages: the body of an article without the furniture of its site (trafilatura)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date
from typing import Any

from summarizer.errors import EmptyDocument, UnreadableDocument
from summarizer.readers.blocks import collapsed, paragraphs
from summarizer.readers.charsets import decoded
from summarizer.readers.extracted import Extracted
from summarizer.readers.restored import letters, restored

PARAGRAPH = "\n\n"

_NOT_FREE = re.compile(r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·•»-]\s+")
# Lines below an article that belong to the site.
_COLOPHON = re.compile(
    r"(?:©|\(c\) |copyright\b|all rights reserved|todos los derechos|tous droits|alle rechte"
    r"|все права|усі права|cookie|privacy|terms of use|back to top|share (?:this|on)\b)",
    re.IGNORECASE,
)
_LONGEST_COLOPHON, _LAST = 160, 4


def read(data: bytes, *, charset: str | None = None, address: str | None = None) -> Extracted:
    """The article of a page; raises InputError with what the page "is" or "has".

    ``charset`` is what a server said; ``address`` where the page is from.
    """
    from trafilatura.utils import load_html

    markup, note = decoded(data, charset)
    article, tree = _article(markup, address), load_html(markup)
    if article is None or tree is None:
        raise EmptyDocument(
            "has no text that can be told from the menus of its site: a script may fill it; "
            "open it in a browser, copy the text, and give that"
        )
    title, site = _title(collapsed(article.title or ""), tree, article.sitename)
    blocks, count = restored(tree, _without_colophon(paragraphs(article.body)))
    if title and not any(letters(block) == letters(title) for block in blocks[:3]):
        blocks.insert(0, title)
    text = PARAGRAPH.join(blocks)
    return Extracted(
        text=text,
        title=title,
        publisher=site,
        date=Date.fromisoformat(article.date) if article.date else None,
        notes=(*([note] if note else []), *_notes(markup, text, count)),
    )


def _without_colophon(blocks: list[str]) -> list[str]:
    last = len(blocks) - _LAST
    return [
        block
        for index, block in enumerate(blocks)
        if index < last or len(block) > _LONGEST_COLOPHON or not _COLOPHON.match(block)
    ]


def _article(markup: str, address: str | None) -> Any:
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            markup,
            url=address,
            include_comments=False,
            with_metadata=True,
            # What the page states, not a date found somewhere in it.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except RecursionError:
        raise UnreadableDocument("is nested too deep to be a page: save it as plain text") from None


def _title(title: str, tree: Any, site: str | None) -> tuple[str | None, str | None]:
    """The headline and the name of the site; a page's own title often holds both.

    The part of it that stands on the page as a heading is the headline.
    """
    whole = collapsed(tree.findtext(".//title") or "") or title
    parts = [part for part in _SEPARATOR.split(whole) if part]
    headings = [
        heading
        for heading in map(_heading, tree.xpath("//h1 | //h2"))
        if letters(heading) != letters(site or "")
        and (_is_part(heading, title) or _is_part(heading, whole))
    ]
    if headings:
        headline = max(headings, key=len)
        rest = [part for part in parts if not _is_part(part, headline)]
        return headline[:200], site or (rest[-1] if len(rest) == 1 else None)
    return title[:200] or None, site


def _heading(element: Any) -> str:
    return collapsed(" ".join(element.itertext())).replace("\n", " ")


def _is_part(part: str, whole: str) -> bool:
    """Whether a heading of at least two words is all of a title, or its start or end."""
    found, within = letters(part), letters(whole)
    if found == within:
        return bool(found)
    return len(part.split()) > 1 and (within.startswith(found) or within.endswith(found))


def _notes(markup: str, text: str, restored: int) -> Iterator[str]:
    from trafilatura import html2txt

    everything, kept = len(html2txt(markup).split()), len(text.split())
    if everything > kept:
        left = everything - kept
        yield f"words left out as furniture of the site: {left:,} of {everything:,} on the page"
    if restored:
        yield f"lists and paragraphs inside the article kept that looked like furniture: {restored}"
    if _NOT_FREE.search(markup):
        yield "the page says that it is not free to read: this may be an extract only"
