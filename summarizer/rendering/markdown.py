"""A brief as Markdown that reads as well in a terminal (pure).

Every line starts with words of ours, and everything that a document or a model wrote goes
through ``escaping``: it can be read, and do nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summarizer.brief import Citation, PeaceTalksBrief
from summarizer.rendering.citing import Citing
from summarizer.rendering.escaping import cell, heading, inline, quotation
from summarizer.rendering.lines import Line
from summarizer.rendering.outline import Chapter, ChapterKey, Outline, outline
from summarizer.rendering.words import ENGLISH, Words

PARTY_COLUMNS = ("party", "part", "people")
OFFER_COLUMNS = ("offer", "whom", "what", "terms", "status", "told by")

_NAMELESS: frozenset[ChapterKey] = frozenset({"bottom line", "parties", "outside voices"})
"""Chapters whose lines are shown without their names."""


def to_markdown(brief: PeaceTalksBrief, words: Words = ENGLISH) -> str:
    """``brief`` as CommonMark with GitHub's tables, ending in a line break.

    What a document or a model wrote can neither become a link, an image, HTML, code or a
    heading, nor break a table, nor reach a terminal as a control sequence. A document that is
    not about peace talks gives its header, one sentence and the source notes.
    """
    shown = outline(brief, words)
    blocks = [*_header(shown)]
    blocks += _findings(shown) if brief.about_peace_talks else _not_about(shown)
    blocks += _source_notes(shown)
    blocks += _annex(shown) if brief.about_peace_talks else []
    return "\n\n".join(blocks) + "\n"


def _header(shown: Outline) -> Iterator[str]:
    """Title; what the brief is of, how it was made, how it was checked, how to read it."""
    words = shown.words
    yield f"# {heading(shown.title) or words('untitled')}"
    points = [
        f"**{inline(label)}**: {quotation(title)} · {inline(facts)}"
        for label, title, facts in shown.sources
    ]
    points.append(f"**{words('made')}**: {inline(shown.made)}")
    if shown.check:
        marks = words("marks many" if shown.several else "marks one")
        points.append(f"**{words('check')}**: {shown.check}")
        points.append(f"**{words('marks')}**: {marks}")
    yield _list(points)


def _not_about(shown: Outline) -> Iterator[str]:
    said = inline(shown.brief.not_about or "")
    yield f"**{shown.words('not about')}.** {said}".rstrip()


def _findings(shown: Outline) -> Iterator[str]:
    """Bottom line to outside voices, then what the cited sentences do not support."""
    page = _Page(shown)
    yield page.bottom_line()
    for chapter in shown.chapters:
        yield page.title(chapter)
        yield from page.body(chapter)
    if shown.moved:
        yield f"## {shown.words('unsupported')} ({len(shown.moved)})"
        yield _list(page.moved(chapter, line) for chapter, line in shown.moved)


class _Page:
    """The chapters of one outline in Markdown."""

    def __init__(self, shown: Outline) -> None:
        self._shown = shown
        self._words = shown.words

    def bottom_line(self) -> str:
        """The bottom line as one paragraph."""
        chapter = self._shown.bottom_line
        said = " ".join(self._said(line) for line in chapter.lines)
        return f"**{chapter.title}.** {said or chapter.nothing}"

    def title(self, chapter: Chapter) -> str:
        """The heading, with the number of lines in place."""
        count = f" ({len(chapter.lines)})" if chapter.lines else ""
        return f"## {chapter.title}{count}"

    def body(self, chapter: Chapter) -> Iterator[str]:
        """A table, or lists under their headings, or why there is nothing."""
        if not chapter.lines:
            yield chapter.nothing
        elif chapter.key == "parties":
            yield self._table(PARTY_COLUMNS, map(self._party_row, chapter.lines))
        elif chapter.key == "offers":
            yield self._table(OFFER_COLUMNS, map(self._offer_row, chapter.lines))
        else:
            yield from self._groups(chapter)

    def moved(self, chapter: Chapter, line: Line) -> str:
        """``**offer O7** · …``: what is unsupported, with the section it belongs to."""
        name = "" if chapter.key in _NAMELESS else line.name
        return f"**{f'{chapter.noun} {name}'.rstrip()}** · {self._line(chapter, line)}"

    def _groups(self, chapter: Chapter) -> Iterator[str]:
        for title, lines in chapter.groups:
            if title:
                yield f"### {title}"
            yield _list(self._named(chapter, line) for line in lines)

    def _named(self, chapter: Chapter, line: Line) -> str:
        name = "" if chapter.key in _NAMELESS else f"**{line.name}** · "
        return name + self._line(chapter, line)

    def _line(self, chapter: Chapter, line: Line) -> str:
        """A line outside a table."""
        lead = {
            "offers": f"{inline(line.lead)}: ",
            "red lines": f"**{inline(line.lead) or '–'}**: ",
            "next steps": f"**{inline(line.lead)}** · ",
            "outside voices": f"**{inline(line.lead) or '–'}**: ",
            "contradictions": f"**{inline(line.lead)}**: ",
            "collisions": f"**{inline(line.lead)}**: ",
            "convergence": f"**{inline(line.lead)}**: ",
        }.get(chapter.key, "")
        return "; ".join([lead + self._said(line), *self._cited(line)])

    def _said(self, line: Line) -> str:
        """Statement, marks, remarks; a contradiction has no sentences but those of its sides."""
        borne = line.cited and not line.citations
        text = inline(line.text) if borne else f"{inline(line.text)} {self._marks(line.citations)}"
        return _beside(text, [remark.text for remark in line.plain])

    def _party_row(self, line: Line) -> list[str]:
        part = f"{inline('; '.join(line.said('part')))} {self._marks(line.citations)}"
        people = inline("; ".join(line.said("people")))
        return [inline(line.text), _beside(part, line.said("support")), people]

    def _offer_row(self, line: Line) -> list[str]:
        what = f"{inline(line.text)} {self._marks(line.citations)}"
        return [
            f"**{line.name}**",
            inline(line.lead),
            _beside(what, line.said("support")),
            inline("; ".join(line.said("condition", "deadline"))),
            "; ".join([inline("; ".join(line.said("kind", "status", "doubt"))),
                       *self._cited(line)]),
            inline("; ".join(line.said("teller", "confirm", "voices"))),
        ]  # fmt: skip

    def _cited(self, line: Line) -> Iterator[str]:
        for remark in line.cited:
            yield f"{inline(remark.text)} {self._marks(remark.citations)}"

    def _marks(self, citations: Iterable[Citation]) -> str:
        return marks(self._shown.citing, citations, self._words)

    def _table(self, columns: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
        return _table([self._words(f"column {name}") for name in columns], rows)


def marks(citing: Citing, citations: Iterable[Citation], words: Words = ENGLISH) -> str:
    """``[3, 4]`` in the order of the sources; no citation at all is said in words."""
    names = [inline(name) for name in citing.names(citations)]
    return f"[{', '.join(names)}]" if names else words("no sentence")


def _beside(line: str, remarks: Sequence[str]) -> str:
    said = inline("; ".join(remarks))
    return f"{line} — {said}" if said else line


def _source_notes(shown: Outline) -> Iterator[str]:
    yield f"## {shown.notes_title}"
    yield _list(inline(note) for note in shown.notes)
    yield shown.warned
    if shown.warnings:
        yield _list(f"**{kind}** · {inline(told)}" for kind, told in shown.warnings)


def _annex(shown: Outline) -> Iterator[str]:
    yield f"## {shown.words('annex')}"
    quotes = [f"[{inline(shown.place(c))}] {_quote(shown, c)}" for c in shown.cited]
    yield _list(quotes) if quotes else shown.words("none cited")


def _quote(shown: Outline, cited: Citation) -> str:
    gloss = shown.gloss(cited.document, cited.sentence)
    said = quotation(cited.quote)
    return f"{said} ({shown.words('gloss', text=quotation(gloss))})" if gloss else said


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in GitHub's dialect; no cell can add a column or end the table."""
    lines = [columns, ["---"] * len(columns), *([cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
