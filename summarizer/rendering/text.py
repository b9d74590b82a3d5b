"""A brief as plain text of 78 columns: for a mail, or a file that anything opens (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import TextWrapper

from summarizer.brief import Citation, PeaceTalksBrief
from summarizer.rendering.escaping import clean
from summarizer.rendering.lines import Line
from summarizer.rendering.outline import Chapter, Outline, outline
from summarizer.rendering.words import ENGLISH, Words

WIDTH = 78
"""Columns: what a mail in plain text is wrapped at."""


def to_text(brief: PeaceTalksBrief, words: Words = ENGLISH, *, handling: str = "") -> str:
    """``brief`` as plain text, ending in a line break; nothing in it acts on a terminal."""
    shown = outline(brief, words)
    blocks = [clean(handling)] if handling else []
    blocks += ["\n".join(_header(shown))]
    blocks += _findings(shown) if brief.about_peace_talks else [_not_about(shown)]
    blocks += ["\n".join(_notes(shown))]
    if shown.cited:
        blocks.append("\n".join(_annex(shown)))
    return "\n\n".join(blocks) + "\n"


def _header(shown: Outline) -> Iterator[str]:
    yield from _title(shown.title, "=")
    yield ""
    for label, title, facts in shown.sources:
        yield _wrapped(f"{label}: {title} · {facts}")
    yield _wrapped(f"{shown.words('made')}: {shown.made}")
    if shown.check:
        yield _wrapped(f"{shown.words('check')}: {shown.check}")
        yield _wrapped(shown.words("marks many" if shown.several else "marks one"))


def _not_about(shown: Outline) -> str:
    return _wrapped(f"{shown.words('not about')}. {shown.brief.not_about or ''}")


def _findings(shown: Outline) -> Iterator[str]:
    for chapter in shown.all_chapters:
        yield "\n".join(_chapter(shown, chapter))
    if shown.moved:
        lines = [_line(shown, line) for _, line in shown.moved]
        yield "\n".join([*_title(f"{shown.words('unsupported')} ({len(lines)})", "-"), *lines])


def _chapter(shown: Outline, chapter: Chapter) -> Iterator[str]:
    count = f" ({len(chapter.lines)})" if chapter.lines else ""
    yield from _title(f"{chapter.title}{count}", "-")
    if not chapter.lines:
        yield chapter.nothing
    for title, lines in chapter.groups:
        if title:
            yield f"{title}:"
        yield from (_line(shown, line) for line in lines)


def _line(shown: Outline, line: Line) -> str:
    """``O1   Arvenia → Kor Front: …``, its remarks below it."""
    lead = f"{line.lead}: " if line.lead else ""
    borne = line.cited and not line.citations
    said = f"{lead}{line.text}" + ("" if borne else f" {_marks(shown, line.citations)}")
    text = _wrapped(said, f"{line.name:<4} ", " " * 5)
    plain = "; ".join(map(shown.remark, line.plain))
    cited = [f"{remark.text} {_marks(shown, remark.citations)}" for remark in line.cited]
    below = [_wrapped(remark, "     - ", " " * 7) for remark in [plain, *cited] if remark]
    return "\n".join([text, *below])


def _notes(shown: Outline) -> Iterator[str]:
    yield from _title(shown.notes_title, "-")
    yield from (_wrapped(note, "- ", "  ") for note in shown.notes)
    yield shown.warned
    yield from (_wrapped(f"{kind}: {told}", "- ", "  ") for kind, told in shown.warnings)


def _annex(shown: Outline) -> Iterator[str]:
    yield from _title(shown.words("annex"), "-")
    for cited in shown.cited:
        yield _wrapped(f"[{shown.place(cited)}] {shown.quoted(cited)}", "", " " * 4)


def _marks(shown: Outline, citations: Iterable[Citation]) -> str:
    names = shown.citing.names(citations)
    return f"[{', '.join(names)}]" if names else shown.words("no sentence")


def _title(text: str, under: str) -> list[str]:
    lines = _wrapped(text).split("\n")
    return [*lines, under * min(WIDTH, max(map(len, lines)))]


def _wrapped(text: str, first: str = "", later: str = "") -> str:
    wrapper = TextWrapper(
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.fill(clean(text))
