"""A brief in the order of reading, as lines: what every format is made of (pure).

The bottom line, the chapters, what is not supported, notes and warnings, the sentences cited.
A format only decides how these look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from summarizer.brief import Citation, PeaceTalksBrief, RedLine, Warning
from summarizer.rendering import facts
from summarizer.rendering.citing import Citing
from summarizer.rendering.escaping import quoted
from summarizer.rendering.findings import Findings
from summarizer.rendering.lines import Line, Lines, Remark
from summarizer.rendering.matrix import Matrix, matrix
from summarizer.rendering.words import ENGLISH, Words
from summarizer.vocabulary import RedLineKind, SupportStatus

ChapterKey = Literal[
    "bottom line", "parties", "offers", "red lines", "open questions", "next steps",
    "contradictions", "collisions", "convergence", "outside voices",
]  # fmt: skip

_RED_LINE_ORDER = [RedLineKind.REFUSAL, RedLineKind.PRECONDITION, RedLineKind.DEMAND]

T = TypeVar("T")


@dataclass(frozen=True)
class Chapter:
    """One section: what stands in place, and what the cited sentences do not support."""

    key: ChapterKey
    title: str
    noun: str
    lines: tuple[Line, ...]
    moved: tuple[Line, ...]
    nothing: str
    """Why there is no line in place."""

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines in place by the heading that they stand under; often only one, empty."""
        titles = dict.fromkeys(line.group for line in self.lines)
        return [(title, [one for one in self.lines if one.group == title]) for title in titles]


@dataclass(frozen=True)
class Outline:
    """Everything that is shown of a brief, in one language."""

    brief: PeaceTalksBrief
    words: Words
    citing: Citing
    title: str
    sources: list[tuple[str, str, str]]
    """Label, title and facts of each source."""
    made: str
    check: str
    bottom_line: Chapter
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]
    """Kind in words, and what happened to what."""
    cited: tuple[Citation, ...]

    @property
    def all_chapters(self) -> tuple[Chapter, ...]:
        """The bottom line and the chapters after it."""
        return (self.bottom_line, *self.chapters)

    @property
    def moved(self) -> list[tuple[Chapter, Line]]:
        """What the cited sentences do not support, with the chapter it belongs to."""
        return [(chapter, line) for chapter in self.all_chapters for line in chapter.moved]

    @property
    def lines(self) -> list[Line]:
        """Every line of the brief, those not supported included."""
        return [line for chapter in self.all_chapters for line in (*chapter.lines, *chapter.moved)]

    def place(self, citation: Citation) -> str:
        """``3``, ``d2:3``, or with the page: ``3, p. 2``."""
        page = self.citing.page(citation)
        name = self.citing.name(citation)
        return f"{name}, {self.words('page', n=page)}" if page else name

    def gloss(self, document: str, sentence: int) -> str:
        """The translation of a cited sentence, as it is; empty where there is none."""
        return self.glosses.get((document, sentence), "")

    def quoted(self, citation: Citation) -> str:
        """The quote; behind it its translation, labelled as one, if there is one."""
        said = quoted(citation.quote)
        gloss = self.gloss(citation.document, citation.sentence)
        return f"{said} ({self.words('gloss', text=quoted(gloss))})" if gloss else said

    @cached_property
    def glosses(self) -> dict[tuple[str, int], str]:
        """Translations by document and sentence."""
        own = self.brief.language
        made = sorted(self.brief.translations, key=lambda one: one.language == own)
        return {(one.document, one.sentence): one.text for one in made}

    def remark(self, remark: Remark) -> str:
        """A remark outside a table, where no head of a column says that it is a condition."""
        if remark.kind == "condition":
            return self.words("condition", text=remark.text)
        return remark.text

    @cached_property
    def positions(self) -> Matrix:
        """Topics by parties; what is not supported is no position."""
        return matrix(self.brief, self.lines, self.words)

    def find(self, name: str) -> Line | None:
        """The line of this name (O1), or whose id is or begins with it; None if none or two."""
        named = [line for line in self.lines if line.name.lower() == name.lower()]
        by_id = [line for line in self.lines if line.id and line.id.startswith(name)]
        exact = [line for line in by_id if line.id == name]
        found = named or exact or by_id
        return found[0] if len(found) == 1 else None

    @property
    def warned(self) -> str:
        """How many warnings there are, or that nothing was lost."""
        if not self.warnings:
            return self.words("nothing lost")
        return f"⚠ {self.words.counted(len(self.warnings), 'warning')}:"

    @property
    def notes_title(self) -> str:
        """The heading of the notes."""
        return self.words("notes on the sources" if self.several else "notes on the source")

    @property
    def several(self) -> bool:
        """Whether the brief is of more than one document."""
        return len(self.brief.sources) > 1


def outline(brief: PeaceTalksBrief, words: Words = ENGLISH) -> Outline:
    """What there is to show of ``brief``.

    A document that is not about peace talks has no chapters.
    """
    about = brief.about_peace_talks
    bottom, *chapters = _chapters(brief, words) if about else [_no_bottom_line(words)]
    citing = Citing.of(brief)
    several = len(brief.sources) > 1
    return Outline(
        brief=brief,
        words=words,
        citing=citing,
        title=brief.title or words("untitled"),
        sources=[
            (
                words("source n", id=source.id) if several else words("source"),
                facts.source_name(source, words),
                facts.source_facts(source, words),
            )
            for source in brief.sources
        ],
        made=facts.making(brief, words),
        check=facts.checking(brief, words) if about else "",
        bottom_line=bottom,
        chapters=tuple(chapters),
        notes=tuple(facts.notes(brief, words)),
        warnings=tuple(_warning(warning, words) for warning in brief.provenance.warnings),
        cited=citing.in_order(_citations([bottom, *chapters])),
    )


def _citations(chapters: Iterable[Chapter]) -> Iterator[Citation]:
    for chapter in chapters:
        for line in (*chapter.lines, *chapter.moved):
            yield from line.all_citations


def in_reading_order(red_lines: Sequence[RedLine]) -> list[RedLine]:
    """Refusals and preconditions first, then demands; a demand is no refusal."""
    return sorted(red_lines, key=lambda line: _RED_LINE_ORDER.index(line.kind))


def _chapters(brief: PeaceTalksBrief, words: Words) -> Iterator[Chapter]:
    """The sections in the order of reading; the letters are those of the lines' names."""
    lines = Lines(words, brief.voices)
    red_lines = in_reading_order(brief.red_lines)

    def chapter(
        key: ChapterKey, noun: str, letter: str, make: Callable[[T], Line], items: Iterable[T]
    ) -> Chapter:
        return _chapter(key, noun, letter, [make(item) for item in items], words)

    yield chapter("bottom line", "a bottom line", "B", lines.statement, brief.bottom_line)
    yield chapter("parties", "a party", "P", lines.party, brief.parties)
    items = [
        chapter("offers", "an offer", "O", lines.offer, brief.offers),
        chapter("red lines", "a red line", "R", lines.red_line, red_lines),
        chapter("open questions", "an open question", "Q", lines.question, brief.open_questions),
        chapter("next steps", "a next step", "N", lines.step, brief.next_steps),
    ]
    offers, held, questions, steps = items
    findings = Findings(
        {line.id: line for one in items for line in (*one.lines, *one.moved)}, words
    )
    yield offers
    yield held
    yield from _found("collisions", "X", findings.collisions(brief), words)
    yield from _found("contradictions", "D", findings.contradictions(brief), words)
    yield from _found("convergence", "C", findings.convergence(brief), words)
    yield questions
    yield steps
    yield chapter("outside voices", "an outside voice", "V", lines.voice, brief.outside_voices)


def _found(key: ChapterKey, letter: str, lines: Sequence[Line], words: Words) -> Iterator[Chapter]:
    """A chapter of findings; none where there are none, since code looked and not the source."""
    if lines:
        yield _chapter(key, "a finding", letter, lines, words)


def _chapter(
    key: ChapterKey, noun: str, letter: str, made: Sequence[Line], words: Words
) -> Chapter:
    """Lines apart by support, named ``O1``, ``O2`` …; the unsupported ones come last."""
    ordered = sorted(made, key=_is_unsupported)
    named = [line.named(f"{letter}{number}") for number, line in enumerate(ordered, 1)]
    moved = tuple(line for line in named if _is_unsupported(line))
    return Chapter(
        key=key,
        title=words(key),
        noun=words(noun),
        lines=tuple(line for line in named if not _is_unsupported(line)),
        moved=moved,
        nothing=words("none supported" if moved else "none stated"),
    )


def _no_bottom_line(words: Words) -> Chapter:
    return _chapter("bottom line", "a bottom line", "B", [], words)


def _is_unsupported(line: Line) -> bool:
    return line.support is SupportStatus.UNSUPPORTED


def _warning(warning: Warning, words: Words) -> tuple[str, str]:
    kind = "is unsupported" if warning.kind == "unsupported" else warning.kind
    return words(kind), facts.warning_line(warning)
