"""How cited sentences are shown: ``[3, 4]``, with several sources ``[d2:3]`` (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.brief import Citation, PeaceTalksBrief
from summarizer.rendering.escaping import inline, quotation


@dataclass(frozen=True)
class Citing:
    """The citation marks of one brief; ``documents`` are the ids of its sources in order."""

    documents: tuple[str, ...]

    @classmethod
    def of(cls, brief: PeaceTalksBrief) -> Citing:
        """The marks for ``brief``."""
        return cls(tuple(source.id for source in brief.sources))

    def marks(self, citations: Iterable[Citation]) -> str:
        """``[3, 4]`` in the order of the sources; no citation at all is said in words."""
        names = [self._name(citation) for citation in self._in_order(citations)]
        return f"[{', '.join(names)}]" if names else "⚠ no sentence cited"

    def annex(self, citations: Iterable[Citation]) -> Iterator[str]:
        """One ``[3] “quote”`` for each cited sentence, in the order of the sources."""
        for citation in self._in_order(citations):
            yield f"[{self._name(citation)}] {quotation(citation.quote)}"

    def _in_order(self, citations: Iterable[Citation]) -> list[Citation]:
        once = {(citation.document, citation.sentence): citation for citation in citations}
        return sorted(once.values(), key=self._place)

    def _place(self, citation: Citation) -> tuple[int, int]:
        known = citation.document in self.documents
        place = self.documents.index(citation.document) if known else len(self.documents)
        return place, citation.sentence

    def _name(self, citation: Citation) -> str:
        number = str(citation.sentence)
        return f"{inline(citation.document)}:{number}" if len(self.documents) > 1 else number
