"""A brief as Markdown that reads as well in a terminal (pure).

Every line starts with words of ours, and everything that a document or a model wrote goes
through ``escaping``: it can be read, and do nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.brief import CitedStatement, PeaceTalksBrief, RedLine, Source, Warning
from summarizer.rendering import facts
from summarizer.rendering.citing import Citing
from summarizer.rendering.escaping import cell, heading, inline, quotation
from summarizer.rendering.labels import Checked, Section, counted, in_reading_order, sectioned
from summarizer.rendering.lines import OFFER_COLUMNS, PARTY_COLUMNS, Lines
from summarizer.vocabulary import RedLineKind

NONE_STATED = "none stated in the source"
NONE_SUPPORTED = "none that the cited sentences support; see “Not supported” below"

_RED_LINE_GROUPS = {
    RedLineKind.REFUSAL: "Refuses",
    RedLineKind.PRECONDITION: "Requires first",
    RedLineKind.DEMAND: "Demands",
}
_ONE_SOURCE = "[3] is sentence 3 of the source"
_MANY_SOURCES = "[d2:3] is sentence 3 of source d2"
_LEGEND = "quoted in the annex; ⚠ is second-hand, disputed or not fully supported"

T = TypeVar("T", bound=Checked)


def to_markdown(brief: PeaceTalksBrief) -> str:
    """``brief`` as CommonMark with GitHub's tables, ending in a line break.

    What a document or a model wrote can neither become a link, an image, HTML, code or a
    heading, nor break a table, nor reach a terminal as a control sequence. A document that is
    not about peace talks gives its header, one sentence and the source notes.
    """
    blocks = [*_header(brief)]
    blocks += _findings(brief) if brief.about_peace_talks else _not_about(brief)
    blocks += _source_notes(brief)
    blocks += _annex(brief) if brief.about_peace_talks else []
    return "\n\n".join(blocks) + "\n"


def _header(brief: PeaceTalksBrief) -> Iterator[str]:
    """Title; what the brief is of, how it was made, how it was checked, how to read it."""
    yield f"# {heading(brief.title) or 'Untitled brief'}"
    several = len(brief.sources) > 1
    points = [_source(source, several=several) for source in brief.sources]
    points.append(f"**Made**: {inline(facts.making(brief.provenance))}")
    if brief.about_peace_talks:
        points.append(f"**Check**: {facts.checking(brief)}")
        points.append(f"**Marks**: {_MANY_SOURCES if several else _ONE_SOURCE}, {_LEGEND}")
    yield _list(points)


def _source(source: Source, *, several: bool) -> str:
    name = f"Source {inline(source.id)}" if several else "Source"
    title = quotation(facts.source_name(source))
    return f"**{name}**: {title} · {inline(facts.source_facts(source))}"


def _not_about(brief: PeaceTalksBrief) -> Iterator[str]:
    yield f"**Not about peace talks.** {inline(brief.not_about or '')}".rstrip()


def _findings(brief: PeaceTalksBrief) -> Iterator[str]:
    """Bottom line to outside voices, then what the cited sentences do not support."""
    lines = Lines(Citing.of(brief))
    statements = sectioned("", brief.bottom_line)
    yield _bottom_line(statements, lines)
    chapters = list(_chapters(brief, lines))
    for chapter in chapters:
        yield from chapter.blocks()
    moved = list(_moved("bottom line", statements, lines.statement))
    moved += [line for chapter in chapters for line in chapter.moved]
    if moved:
        yield f"## Not supported by the cited sentences ({len(moved)})"
        yield _list(moved)


def _bottom_line(statements: Section[CitedStatement], lines: Lines) -> str:
    said = " ".join(lines.statement(cited) for _, cited in statements.in_place)
    return f"**Bottom line.** {said or _nothing(statements)}"


@dataclass(frozen=True)
class _Chapter:
    """One section: its heading and blocks, and the lines that were moved out of it."""

    title: str
    body: list[str]
    moved: list[str]

    def blocks(self) -> list[str]:
        """The chapter in place."""
        return [f"## {self.title}", *self.body]


def _chapters(brief: PeaceTalksBrief, lines: Lines) -> Iterator[_Chapter]:
    """The sections after the bottom line, in the order of reading."""
    yield _chapter(
        "At the table",
        "party",
        sectioned("", brief.parties),
        lines.party,
        lambda shown: [_table(PARTY_COLUMNS, [lines.party_row(party) for _, party in shown])],
    )
    yield _chapter(
        "Offers",
        "offer",
        sectioned("O", brief.offers),
        lines.offer,
        lambda shown: [_table(OFFER_COLUMNS, [lines.offer_row(*entry) for entry in shown])],
    )
    yield _chapter(
        "Red lines",
        "red line",
        sectioned("R", in_reading_order(brief.red_lines)),
        lines.red_line,
        lambda shown: list(_red_line_groups(shown, lines)),
    )
    yield _chapter(
        "Open questions",
        "open question",
        sectioned("Q", brief.open_questions),
        lines.question,
        lambda shown: [_named_list(shown, lines.question)],
    )
    yield _chapter(
        "What happens next",
        "next step",
        sectioned("N", brief.next_steps),
        lines.step,
        lambda shown: [_named_list(shown, lines.step)],
    )
    yield _chapter(
        "Voices outside the talks",
        "outside voice",
        sectioned("", brief.outside_voices),
        lines.voice,
        lambda shown: [_list(lines.voice(voice) for _, voice in shown)],
    )


def _chapter(
    title: str,
    noun: str,
    section: Section[T],
    line: Callable[[T], str],
    body: Callable[[list[tuple[str, T]]], list[str]],
) -> _Chapter:
    """A chapter with the number of its items, or with the reason why it has none."""
    moved = list(_moved(noun, section, line))
    if section.in_place:
        return _Chapter(f"{title} ({len(section.in_place)})", body(section.in_place), moved)
    return _Chapter(title, [_nothing(section)], moved)


def _nothing(section: Section[T]) -> str:
    return NONE_SUPPORTED if section.unsupported else NONE_STATED


def _moved(noun: str, section: Section[T], line: Callable[[T], str]) -> Iterator[str]:
    """``**offer O7** · …``: what is unsupported, with the section it belongs to."""
    for name, item in section.unsupported:
        yield f"**{f'{noun} {name}'.rstrip()}** · {line(item)}"


def _red_line_groups(shown: list[tuple[str, RedLine]], lines: Lines) -> Iterator[str]:
    """Refusals and preconditions, then demands, each under its own heading."""
    for kind, title in _RED_LINE_GROUPS.items():
        group = [(name, red_line) for name, red_line in shown if red_line.kind is kind]
        if group:
            yield f"### {title}"
            yield _named_list(group, lines.red_line)


def _source_notes(brief: PeaceTalksBrief) -> Iterator[str]:
    yield f"## Notes on the source{'s' if len(brief.sources) > 1 else ''}"
    yield _list(inline(note) for note in facts.notes(brief))
    warnings = brief.provenance.warnings
    if warnings:
        yield f"⚠ {counted(len(warnings), 'warning')}:"
        yield _list(_warning(warning) for warning in warnings)
    else:
        yield "Nothing was dropped, repaired or cut."


def _warning(warning: Warning) -> str:
    return f"**{warning.kind}** · {inline(facts.warning_line(warning))}"


def _annex(brief: PeaceTalksBrief) -> Iterator[str]:
    yield "## Annex: the sentences cited"
    quotes = list(Citing.of(brief).annex(brief.citations()))
    yield _list(quotes) if quotes else "no sentence is cited"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _named_list(shown: Iterable[tuple[str, T]], line: Callable[[T], str]) -> str:
    return _list(f"**{name}** · {line(item)}" for name, item in shown)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in GitHub's dialect; no cell can add a column or end the table."""
    lines = [columns, ["---"] * len(columns), *([cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
