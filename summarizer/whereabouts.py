"""Where in a document a name or a figure stands: every sentence is looked through once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from summarizer.documents import Document
from summarizer.figures import Figure, figures_of
from summarizer.names import mentions


class Whereabouts:
    """The sentences of one document, looked up by what stands in them.

    Made once per document: a claim that is not in its sentences is looked for in all, and in a
    long document there are many claims.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._named: dict[tuple[str, ...], list[int]] = {}

    def naming(self, names: Sequence[str]) -> list[int]:
        """Numbers of the sentences that mention one of the names."""
        key = tuple(names)
        if key not in self._named:
            self._named[key] = [n for n, quote in self._quotes if mentions(quote, key)]
        return self._named[key]

    @cached_property
    def figures(self) -> list[tuple[int, tuple[Figure, ...]]]:
        """Numbers of the sentences that have figures, and those."""
        language = self.document.language
        found = ((number, figures_of(quote, language)) for number, quote in self._quotes)
        return [(number, figures) for number, figures in found if figures]

    @cached_property
    def _quotes(self) -> list[tuple[int, str]]:
        return [(s.number, self.document.quote(s.number)) for s in self.document.sentences]
