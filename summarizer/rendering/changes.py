"""What changed between two briefs, as Markdown, JSON and on a terminal (pure).

By party and topic; each change says what exactly is different, and what both sides say with the
sentences cited. Sentences are named as in a brief, with the side before them: ``old 3``,
``new d2:3``. Labels are in the language of the comparison.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summarizer.brief import Citation
from summarizer.changes import Change, Comparison, Detail, Edition, EditionSource, Told
from summarizer.rendering.citing import Citing
from summarizer.rendering.escaping import clean, heading, inline, quotation
from summarizer.rendering.words import ENGLISH, Words, words
from summarizer.vocabulary import (
    Certainty,
    ChangeKind,
    Firmness,
    OfferStatus,
    RedLineKind,
    Response,
    Term,
)

_SECTIONS = {
    "offers": "an offer",
    "red_lines": "a red line",
    "open_questions": "an open question",
    "next_steps": "a next step",
}
_TERMS: Mapping[str, type[Term]] = {
    "firmness": Firmness, "kind": RedLineKind, "status": OfferStatus, "answer": Response,
    "certainty": Certainty,
}  # fmt: skip
"""What the values of a detail are, where they are no words of a document."""
_COLOURS = {
    ChangeKind.NEW: "green",
    ChangeKind.GONE: "red",
    ChangeKind.HARDENED: "bold red",
    ChangeKind.SOFTENED: "bold green",
}


def to_json(comparison: Comparison) -> str:
    """The comparison as JSON, ending in a line break."""
    return comparison.model_dump_json(indent=2) + "\n"


def to_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown."""
    blocks = [
        f"# {_words(comparison)('what changed', title=heading(comparison.new.title))}",
        "\n".join(_head(comparison)),
        *(f"> ⚠ {inline(note)}" for note in comparison.notes),
        *_parties(comparison),
        *_annex(comparison),
    ]
    return "\n\n".join(blocks) + "\n"


def screen(comparison: Comparison) -> RenderableType:
    """The comparison for a terminal; nothing of a document can act on it."""
    blocks: list[RenderableType] = [
        Text(clean(comparison.new.title), "bold"),
        Text(summary(comparison)),
        *(Text(f"⚠ {clean(note)}", "yellow") for note in comparison.notes),
    ]
    for party, changes in _by_party(comparison):
        blocks += [Text(), Text(clean(party), "bold underline")]
        blocks += [block for change in changes for block in _shown(comparison, change)]
    return Group(*blocks)


def summary(comparison: Comparison) -> str:
    """``3 changes: 2 new, 1 hardened; 5 items unchanged``, and how many nobody can tell about."""
    words = _words(comparison)
    counted = Counter(change.kind for change in comparison.changes)
    kinds = ", ".join(f"{counted[k]} {words.term(k)}" for k in ChangeKind if counted[k])
    same = words("unchanged", items=words.counted(len(comparison.unchanged), "item"))
    if comparison.not_compared:
        same += f"; {words('not comparable', n=words.number(len(comparison.not_compared)))}"
    if not comparison.changes:
        return words("no change", same=same)
    changes = words.counted(len(comparison.changes), "change")
    return words("changes line", changes=changes, kinds=kinds, same=same)


def _words(comparison: Comparison) -> Words:
    return words(comparison.language)


def _head(comparison: Comparison) -> Iterator[str]:
    told = _words(comparison)
    for side, edition in (("old side", comparison.old), ("new side", comparison.new)):
        sources = "; ".join(_source(source, edition, told) for source in edition.sources)
        yield f"- **{told(side)}**: {inline(edition.title)} ({sources})"
    yield f"- {summary(comparison)}"


def _source(source: EditionSource, edition: Edition, words: Words) -> str:
    name = source.title or source.origin or source.id
    facts = [name, source.publisher, source.date.isoformat() if source.date else words("undated")]
    listed = ", ".join(inline(fact) for fact in facts if fact)
    return f"{source.id}: {listed}" if len(edition.sources) > 1 else listed


def _by_party(comparison: Comparison) -> Iterator[tuple[str, list[Change]]]:
    for parties, found in groupby(comparison.changes, key=lambda change: change.parties):
        yield ", ".join(parties) or _words(comparison)("no party"), list(found)


def _parties(comparison: Comparison) -> Iterator[str]:
    for party, changes in _by_party(comparison):
        yield f"## {heading(party)}"
        for topic, found in groupby(changes, key=lambda change: change.topic):
            yield f"### {_words(comparison).term(topic)}"
            yield "\n".join(line for change in found for line in _lines(comparison, change))


def _lines(comparison: Comparison, change: Change) -> Iterator[str]:
    told_in = _words(comparison)
    details = "; ".join(inline(difference(one, told_in)) for one in change.details)
    kind = f"**{told_in.term(change.kind)}** ({_section(change, told_in)})"
    yield f"- {kind}{': ' if details else ''}{details}"
    for side, told in (("old", change.old), ("new", change.new)):
        if told:
            teller = _teller(told, told_in)
            by = f" — {inline(teller)}" if teller else ""
            said = f"{inline(told.statement)} {_marks(comparison, side, told)}{by}"
            yield f"  - {_mark(comparison, side)}: {said}"


def _section(change: Change, words: Words) -> str:
    told = change.old or change.new
    return words(_SECTIONS[told.section]) if told else ""


def difference(detail: Detail, words: Words = ENGLISH) -> str:
    """What exactly is different, in words."""
    if detail.aspect == "polarity":
        return words("opposite")
    if detail.aspect == "condition":
        more = "condition more" if detail.now else "condition less"
        return words(more, text=detail.now or detail.was)
    was, now = (_plain(detail, value, words) for value in (detail.was, detail.now))
    return f"{detail.party}: {was} → {now}" if detail.party else f"{was} → {now}"


def _plain(detail: Detail, value: str | None, words: Words) -> str:
    if value is None:
        return words("no answer" if detail.aspect == "answer" else "nothing there")
    terms = _TERMS.get(detail.aspect)
    if terms is None:
        return value
    known = {str(term): term for term in terms}
    return words.term(known[value]) if value in known else value.replace("_", " ")


def _teller(told: Told, words: Words) -> str:
    """Who says it, where that is not the holder: a reader must see what is second-hand."""
    if not told.speaker or told.speaks_for in told.holders or told.section == "open_questions":
        return ""
    party = f" ({told.speaks_for})" if told.speaks_for else ""
    return words("told by", who=f"{told.speaker}{party}")


def _marks(comparison: Comparison, side: str, told: Told) -> str:
    names = _citing(comparison, side).names(told.citations)
    if not names:
        return _words(comparison)("no sentence")
    return f"[{_mark(comparison, side)} {', '.join(names)}]"


def _mark(comparison: Comparison, side: str) -> str:
    """``old``, in the language of the comparison."""
    return _words(comparison)(f"{side} mark")


def _citing(comparison: Comparison, side: str) -> Citing:
    edition = comparison.old if side == "old" else comparison.new
    return Citing(tuple(source.id for source in edition.sources))


def _annex(comparison: Comparison) -> Iterator[str]:
    lines = [
        f"- [{_mark(comparison, side)} {inline(_citing(comparison, side).name(one))}] "
        f"{quotation(one.quote)}"
        for side in ("old", "new")
        for one in _citing(comparison, side).in_order(_cited(comparison.changes, side))
    ]
    if lines:
        yield f"## {_words(comparison)('sentences cited in both')}"
        yield "\n".join(lines)


def _cited(changes: Iterable[Change], side: str) -> Iterator[Citation]:
    for change in changes:
        told: Told | None = getattr(change, side)
        yield from told.citations if told else ()


def _shown(comparison: Comparison, change: Change) -> Iterator[RenderableType]:
    told_in = _words(comparison)
    details = "; ".join(difference(one, told_in) for one in change.details)
    style = _COLOURS.get(change.kind, "bold yellow")
    yield Text.assemble(
        (told_in.term(change.kind), style),
        (f" · {_section(change, told_in)} · {told_in.term(change.topic)}", "dim"),
        f" · {clean(details)}" if details else "",
    )
    rows = Table.grid(padding=(0, 1))
    for sign, side, told in (("−", "old", change.old), ("+", "new", change.new)):
        if told:
            rows.add_row(Text(f" {sign}", style), _said(comparison, side, told))
    yield rows


def _said(comparison: Comparison, side: str, told: Told) -> Text:
    teller = _teller(told, _words(comparison))
    return Text.assemble(
        clean(told.statement),
        (f" {_marks(comparison, side, told)}", "blue"),
        (f" {clean(teller)}" if teller else "", "yellow"),
    )
