"""A document with the sentences marked that the reference and the output cite (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.brief import Citation, PeaceTalksBrief
from summarizer.evaluation.cases import Case, Reading
from summarizer.evaluation.entries import ITEM_SECTIONS, Section, positions
from summarizer.evaluation.references import reference_brief
from summarizer.evaluation.reports.places import item_label
from summarizer.rendering.escaping import clean

Cited = Literal["both", "reference", "output", ""]
#: Document number and sentence number: where a citation is, in the reading of the case.
Spot = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A sentence, or the text between two; ``number`` is None for what is no sentence."""

    text: str
    number: int | None = None
    reference: Sequence[str] = ()
    output: Sequence[str] = ()

    @property
    def cited(self) -> Cited:
        """By whom."""
        if self.reference and self.output:
            return "both"
        return "reference" if self.reference else "output" if self.output else ""


#: A paragraph is a list of lines, a line a list of marks.
Paragraph = list[list[Mark]]


@dataclass(frozen=True)
class MarkedDocument:
    """One document of a case."""

    number: int
    name: str
    paragraphs: list[Paragraph]


class Finder:
    """Finds citations of the reference and of an output in the documents of a case."""

    def __init__(self, case: Case, brief: PeaceTalksBrief | None) -> None:
        self._readings = case.readings
        self.reference = reference_brief(case)
        self.output = brief
        sources = self.reference.sources
        self._documents = positions(sources, sources)
        self._theirs = positions(sources, brief.sources) if brief else {}

    def of_reference(self, citations: Sequence[Citation]) -> list[Spot]:
        """Where the reference's citations are."""
        return self._spots(citations, self._documents)

    def of_output(self, citations: Sequence[Citation]) -> list[Spot]:
        """Where the output's citations are; one of a text that is not there is left out."""
        return self._spots(citations, self._theirs)

    def _spots(self, citations: Sequence[Citation], documents: Mapping[str, int]) -> list[Spot]:
        found: dict[Spot, None] = {}
        for citation in citations:
            number = documents.get(citation.document, -1)
            if 0 <= number < len(self._readings):
                found |= dict.fromkeys(_touched(number, self._readings[number], citation))
        return sorted(found)


def _touched(document: int, reading: Reading, citation: Citation) -> Iterator[Spot]:
    """The sentences that a citation shares a character with.

    A document that was read otherwise (another encoding, other line ends) has other offsets:
    there the quote is looked for.
    """
    start, end = citation.start, citation.end
    if reading.text[start:end] != citation.quote:
        start = reading.text.find(citation.quote)
        end = start + len(citation.quote)
    if start < 0 or start == end:
        return
    for sentence in reading.sentences:
        if sentence.start < end and start < sentence.end:
            yield document, sentence.number


def marked_documents(case: Case, finder: Finder) -> list[MarkedDocument]:
    """Every document, its sentences labelled with the items that cite them.

    Evidence of parties is not scored (many sentences show a party's role), so not marked.
    """
    wanted = _labels(finder.reference, finder.of_reference)
    got = _labels(finder.output, finder.of_output) if finder.output else {}
    return [
        MarkedDocument(number, clean(reading.path), _paragraphs(number, reading, wanted, got))
        for number, reading in enumerate(case.readings)
    ]


def _labels(
    brief: PeaceTalksBrief, find: Callable[[Sequence[Citation]], list[Spot]]
) -> dict[Spot, list[str]]:
    labels: dict[Spot, list[str]] = {}
    for section in ITEM_SECTIONS:
        for index, item in enumerate(getattr(brief, section)):
            for spot in find(item.citations):
                labels.setdefault(spot, []).append(_label(section, index))
    return labels


def _label(section: Section, index: int) -> str:
    return item_label(section, index) or ""


def _paragraphs(
    number: int,
    reading: Reading,
    wanted: Mapping[Spot, Sequence[str]],
    got: Mapping[Spot, Sequence[str]],
) -> list[Paragraph]:
    paragraphs: list[Paragraph] = [[[]]]
    at = 0
    for sentence in reading.sentences:
        _between(paragraphs, reading.text[at : sentence.start])
        spot = (number, sentence.number)
        text = clean(reading.text[sentence.start : sentence.end])
        mark = Mark(text, sentence.number, wanted.get(spot, ()), got.get(spot, ()))
        paragraphs[-1][-1].append(mark)
        at = sentence.end
    _between(paragraphs, reading.text[at:])
    filled = ([line for line in paragraph if line] for paragraph in paragraphs)
    return [paragraph for paragraph in filled if paragraph]


def _between(paragraphs: list[Paragraph], gap: str) -> None:
    """What stands between two sentences: a new line, a new paragraph, seldom text."""
    if clean(gap):
        paragraphs[-1][-1].append(Mark(clean(gap)))
    breaks = len(re.findall(r"\r\n|\r|\n", gap))
    if breaks > 1:
        paragraphs.append([[]])
    elif breaks:
        paragraphs[-1].append([])
