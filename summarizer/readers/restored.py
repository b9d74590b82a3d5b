"""What an extraction dropped out of the middle of a text: lists and tables between paragraphs.

A list that follows a paragraph of the article inside the same element belongs to it, unless it
is made of links or its name says that it is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from summarizer.readers.blocks import paragraphs

_CANDIDATES = "//ul | //ol | //dl | //table | //blockquote | //p"
_FURNITURE = re.compile(
    r"nav|menu|share|social|related|recommend|promo|newsletter|subscri|comment|advert|cookie"
    r"|breadcrumb|tags?\b|footer|sidebar|widget|teaser|caption|meta|author|byline|toc\b|pagination",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\A(?:- |\d+\. )")
_OUTSIDE = frozenset("nav aside footer header form button figure template noscript".split())
_MOST_LINKED, _FEWEST_WORDS = 0.3, 4


def restored(tree: Any, kept: list[str]) -> tuple[list[str], int]:
    """``kept`` with the passages that were dropped, each after the one it follows; their count."""
    blocks = list(kept)
    everything = letters(" ".join(kept))
    count = 0
    for element in tree.xpath(_CANDIDATES):
        place = _place(element, blocks)
        if place is None or not _is_content(element):
            continue
        passage = [block for block in paragraphs(element) if _bare(block) not in everything]
        blocks[place + 1 : place + 1] = passage
        everything += letters(" ".join(passage))
        count += len(passage)
    return blocks, count


def _bare(block: str) -> str:
    return letters(_MARKER.sub("", block))


def letters(text: str) -> str:
    """Letters and digits alone: how two extractions of one passage are compared."""
    return "".join(filter(str.isalnum, text)).casefold()


def _place(element: Any, blocks: list[str]) -> int | None:
    """The place of the paragraph of the article that comes right before the element."""
    before = element.getprevious()
    while before is not None and not (isinstance(before.tag, str) and _text(before).strip()):
        before = before.getprevious()
    if before is None:
        return None
    passage = paragraphs(before)
    last = _bare(passage[-1]) if passage else ""
    places = (index for index, block in enumerate(blocks) if _bare(block) == last)
    return next(places, None) if len(last) > 20 else None


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _is_content(element: Any) -> bool:
    text = _text(element)
    linked = sum(len(_text(link)) for link in element.iter("a"))
    if len(text.split()) < _FEWEST_WORDS or linked > _MOST_LINKED * len(text):
        return False
    return not any(_is_furniture(each) for each in (element, *_ancestors(element)))


def _ancestors(element: Any) -> Iterator[Any]:
    for count, above in enumerate(element.iterancestors()):
        if above.tag in ("body", "html") or count > 6:
            return
        yield above


def _is_furniture(element: Any) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in _OUTSIDE or _FURNITURE.search(names) is not None
