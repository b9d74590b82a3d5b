"""How cited sentences are named: ``3``, with several sources ``d2:3`` (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.brief import Citation, PeaceTalksBrief, Source


@dataclass(frozen=True)
class Citing:
    """The citation marks of one brief; ``documents`` are the ids of its sources in order."""

    documents: tuple[str, ...]
    sources: tuple[Source, ...] = ()

    @classmethod
    def of(cls, brief: PeaceTalksBrief) -> Citing:
        """The marks for ``brief``."""
        return cls(tuple(source.id for source in brief.sources), tuple(brief.sources))

    def in_order(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """Each cited sentence once, in the order of the sources."""
        once = {(citation.document, citation.sentence): citation for citation in citations}
        return tuple(sorted(once.values(), key=self._place))

    def name(self, citation: Citation) -> str:
        """``3``; with several sources ``d2:3``."""
        number = str(citation.sentence)
        return f"{citation.document}:{number}" if len(self.documents) > 1 else number

    def names(self, citations: Iterable[Citation]) -> list[str]:
        """The names of the cited sentences."""
        return [self.name(citation) for citation in self.in_order(citations)]

    def page(self, citation: Citation) -> int | None:
        """The page that the sentence begins on; None where the source has no pages."""
        source = self.source(citation)
        return source.page(citation.start) if source else None

    def source(self, citation: Citation) -> Source | None:
        """The source that the sentence is in, if the brief has it."""
        return next((one for one in self.sources if one.id == citation.document), None)

    def _place(self, citation: Citation) -> tuple[int, int]:
        known = citation.document in self.documents
        place = self.documents.index(citation.document) if known else len(self.documents)
        return place, citation.sentence
