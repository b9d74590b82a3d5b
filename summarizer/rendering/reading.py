"""The documents of a brief as they are read beside it: paragraphs of sentences (pure).

Every sentence knows its anchor and the lines of the brief that cite it. Where the text was left
out on request, the sentences cited are what there is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.brief import Citation, Source
from summarizer.paragraphs import split
from summarizer.rendering.escaping import clean
from summarizer.rendering.lines import Line
from summarizer.rendering.outline import Outline

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its number, the lines that cite it, and the page that begins with it."""

    number: int
    anchor: str
    text: str
    lines: tuple[Line, ...]
    page: int | None = None
    gloss: str = ""
    """A translation, labelled as one."""


@dataclass(frozen=True)
class ReadDocument:
    """A source with its sentences by paragraph; ``whole`` is false where the text is left out."""

    source: Source
    label: str
    title: str
    facts: str
    language: str | None
    whole: bool
    paragraphs: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True)
class Spot:
    """A citation as the page shows it; no anchor where the brief lacks the source."""

    name: str
    anchor: str
    place: str
    quote: str
    full: str
    """The quote between marks, with its translation."""


class Reading:
    """The documents of an outline."""

    def __init__(self, shown: Outline) -> None:
        self._shown = shown
        self._numbers = {source.id: n for n, source in enumerate(shown.brief.sources, 1)}
        self._carried = _carried(shown.lines)

    def spots(self, citations: Iterable[Citation]) -> list[Spot]:
        """Where the citations are, in the order of the sources."""
        return [
            Spot(
                self._shown.citing.name(cited),
                self._anchor(cited),
                self._shown.place(cited),
                clean(cited.quote),
                clean(self._shown.quoted(cited)),
            )
            for cited in self._shown.citing.in_order(citations)
        ]

    def documents(self) -> list[ReadDocument]:
        """Every source, in order."""
        labelled = zip(self._shown.brief.sources, self._shown.sources, strict=True)
        return [self._document(source, *label) for source, label in labelled]

    def _anchor(self, citation: Citation) -> str:
        number = self._numbers.get(citation.document)
        return f"s{number}-{citation.sentence}" if number else ""

    def _document(self, source: Source, label: str, title: str, facts: str) -> ReadDocument:
        known = source.language and _LANGUAGE.fullmatch(source.language)
        paragraphs = self._whole(source, source.text) if source.text else self._quotes(source)
        return ReadDocument(
            source, label, title, facts, source.language if known else None,
            source.text is not None, paragraphs,
        )  # fmt: skip

    def _whole(self, source: Source, text: str) -> tuple[tuple[Sentence, ...], ...]:
        starts = [paragraph.start for paragraph in split(text)]
        grouped: dict[int, list[Sentence]] = {}
        page = None
        for number, (start, end) in enumerate(source.sentences, 1):
            now = source.page(start)
            first = now if now != page else None
            page = now
            made = self._sentence(source, number, text[start:end], first)
            grouped.setdefault(bisect_right(starts, start), []).append(made)
        return tuple(map(tuple, grouped.values()))

    def _quotes(self, source: Source) -> tuple[tuple[Sentence, ...], ...]:
        cited = [one for one in self._shown.cited if one.document == source.id]
        return tuple((self._sentence(source, c.sentence, c.quote, None),) for c in cited)

    def _sentence(self, source: Source, number: int, text: str, page: int | None) -> Sentence:
        lines = self._carried.get((source.id, number), ())
        anchor = f"s{self._numbers[source.id]}-{number}"
        gloss = self._shown.gloss(source.id, number)
        told = self._shown.words("gloss", text=clean(gloss)) if gloss else ""
        return Sentence(number, anchor, clean(text), tuple(lines), page, told)


def _carried(lines: Sequence[Line]) -> Mapping[tuple[str, int], list[Line]]:
    """The lines that each sentence carries, each once."""
    carried: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        for place in dict.fromkeys((c.document, c.sentence) for c in line.all_citations):
            carried.setdefault(place, []).append(line)
    return carried
