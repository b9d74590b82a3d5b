"""What a brief says about itself: its sources, how it was made, how well it is supported (pure).

Plain lines, not escaped: each format writes them in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Protocol

from summarizer.brief import PeaceTalksBrief, Provenance, Source, Support, Warning
from summarizer.rendering.words import ENGLISH, Words
from summarizer.vocabulary import SELECTED, Basis, SupportStatus


class Checked(Protocol):
    """Anything that the support check looked at."""

    @property
    def support(self) -> Support: ...


def source_name(source: Source, words: Words = ENGLISH) -> str:
    """The title; without one, the last part of where it came from."""
    origin = (source.origin or "").rstrip("/").rsplit("/", 1)[-1]
    return source.title or origin or words("document", id=source.id)


def source_facts(source: Source, words: Words = ENGLISH) -> str:
    """Publisher, language, length and date: ``Tass · Russian · 900 words · undated``."""
    date = source.date.isoformat() if source.date else words("undated")
    length = words.counted(source.word_count, "word")
    facts = [source.publisher, words.language(source.language), length, date]
    return " · ".join(fact for fact in facts if fact)


def making(brief: PeaceTalksBrief, words: Words = ENGLISH) -> str:
    """When, with what, and at what price the brief was made, on one line."""
    provenance = brief.provenance
    facts = [
        _moment(provenance.created),
        f"{provenance.model} ({provenance.endpoint})",
        words("strategy", name=provenance.strategy),
        words("prompt", name=provenance.prompt_version),
        *_calls(provenance, words),
        _cost(provenance.cost),
        *_selected(brief, words),
    ]
    return " · ".join(facts)


def _selected(brief: PeaceTalksBrief, words: Words) -> list[str]:
    """That its statements were selected offline; of how many documents, if not of all."""
    made = [part.provenance.strategy for part in brief.parts or [brief]]
    number = sum(strategy in SELECTED for strategy in made)
    if 0 < number < len(made):
        return [words("selected in part", n=number, total=len(made))]
    return [words("selected")] if number else []


def checking(brief: PeaceTalksBrief, words: Words = ENGLISH) -> str:
    """How many lines are supported, and how many warnings a reader should look at."""
    found = Counter(line.support.status for line in checked(brief))
    number = len(brief.provenance.warnings)
    warnings = words("warnings below", warnings=words.counted(number, "warning"))
    return words(
        "check line",
        lines=words.counted(found.total(), "line"),
        supported=found[SupportStatus.SUPPORTED],
        partial=found[SupportStatus.PARTIAL],
        unsupported=found[SupportStatus.UNSUPPORTED],
        warnings=warnings if number else words("no warnings"),
    )


def checked(brief: PeaceTalksBrief) -> Iterator[Checked]:
    """Everything that carries a finding of the support check."""
    yield from brief.bottom_line
    yield from brief.parties
    yield from brief.items()
    yield from brief.outside_voices


def notes(brief: PeaceTalksBrief, words: Words = ENGLISH) -> Iterator[str]:
    """What the items rest on, where the sources came from, and how the calls went."""
    items = list(brief.items())
    if items:
        grounds = _grounds((item.basis for item in items), words)
        yield f"{words.counted(len(items), 'item')}: {grounds}"
    for source in brief.sources:
        yield _origin(source, brief, words)
    for group in brief.copies:
        yield words("copies", documents=", ".join(group.documents), share=f"{group.share:.0%}")
    for aside in brief.set_aside:
        yield words("set aside", document=f"{aside.document} ({aside.name})", reason=aside.reason)
    yield _tool(brief.provenance, words)
    yield from _failed_calls(brief.provenance, words)


def warning_line(warning: Warning) -> str:
    """Which item or step it is about, and what happened to it."""
    return f"{warning.where}: {warning.message}" if warning.where else warning.message


def _grounds(bases: Iterable[Basis], words: Words) -> str:
    """``9 on record, 3 anonymous``, in the order of strength."""
    found = Counter(bases)
    return ", ".join(f"{found[basis]} {words.term(basis)}" for basis in Basis if found[basis])


def _origin(source: Source, brief: PeaceTalksBrief, words: Words) -> str:
    cited = {c.sentence for c in brief.citations() if c.document == source.id}
    sentences = words.counted(len(source.sentences), "sentence")
    retrieved = f"{source.retrieved:%Y-%m-%d %H:%M}" if source.retrieved else ""
    facts = [
        words("read from", origin=source.origin) if source.origin else "",
        words("retrieved", when=retrieved) if retrieved else "",
        words("sentences cited", sentences=sentences, cited=len(cited)),
        f"SHA-256 {source.sha256[:16]}…",
    ]
    told = " · ".join(fact for fact in facts if fact)
    return words("note source", id=source.id, facts=told) if len(brief.sources) > 1 else told


def _tool(provenance: Provenance, words: Words) -> str:
    tool = words("tool", version=provenance.tool_version, schema=provenance.schema_version)
    return f"{tool} · {words('mode', mode=provenance.mode)}" if provenance.mode else tool


def _failed_calls(provenance: Provenance, words: Words) -> Iterator[str]:
    for attempt in provenance.attempts:
        if attempt.outcome != "ok":
            message = f": {attempt.message}" if attempt.message else ""
            failed = words(
                "call failed", number=attempt.number, step=attempt.step, outcome=attempt.outcome
            )
            yield f"{failed}{message}"


def _moment(created: datetime) -> str:
    """To the minute, in UTC; a time without a zone is shown as it is."""
    if created.tzinfo is None:
        return f"{created:%Y-%m-%d %H:%M}"
    return f"{created.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _calls(provenance: Provenance, words: Words) -> list[str]:
    """Calls and tokens; a token count that an endpoint did not report is not taken for 0."""
    attempts = provenance.attempts
    if not attempts:
        return [words("no call")]
    failed = sum(attempt.outcome != "ok" for attempt in attempts)
    silent = sum(attempt.tokens_in is None for attempt in attempts)
    calls = words.counted(len(attempts), "call")
    calls = words("failed", calls=calls, n=failed) if failed else calls
    if silent == len(attempts):
        return [calls, words("tokens unknown")]
    read, written = words.number(provenance.tokens_in), words.number(provenance.tokens_out)
    tokens = words("tokens", read=read, written=written)
    if silent:
        tokens = words("tokens partly", tokens=tokens, calls=words.counted(silent, "call"))
    return [calls, tokens]


def _cost(cost: str) -> str:
    return f"US${cost}" if cost[:1].isdigit() else cost
