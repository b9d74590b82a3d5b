"""What a Markdown viewer makes of our output: markdown-it as GitHub's dialect is close to it."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

# HTML is on in this preset, so that hostile HTML would show as a token of its own.
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(markdown: str) -> Iterator[Token]:
    """Every token, those inside lines included."""
    for token in _PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def kinds(markdown: str) -> set[str]:
    """The types of all tokens."""
    return {token.type for token in tokens(markdown)}


def lines(markdown: str) -> list[str]:
    """What a reader sees of each heading, paragraph, list entry and table cell."""
    return [
        "".join(child.content for child in token.children or ())
        for token in _PARSER.parse(markdown)
        if token.type == "inline"
    ]


def row_lengths(markdown: str) -> list[int]:
    """The number of cells of each table row, heads included."""
    lengths: list[int] = []
    for token in tokens(markdown):
        if token.type == "tr_open":
            lengths.append(0)
        elif token.type in {"td_open", "th_open"}:
            lengths[-1] += 1
    return lengths
