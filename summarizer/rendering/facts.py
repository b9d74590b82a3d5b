"""What a brief says about itself: its sources, how it was made, how well it is supported (pure).

Plain lines, not escaped: each format writes them in its own way. They begin with words of
ours, never with those of a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from summarizer.brief import PeaceTalksBrief, Provenance, Source, Warning
from summarizer.rendering.labels import Checked, counted, label, language
from summarizer.vocabulary import Basis, SupportStatus

_SUPPORT = {
    SupportStatus.SUPPORTED: "supported",
    SupportStatus.PARTIAL: "partly",
    SupportStatus.UNSUPPORTED: "not",
}


def source_name(source: Source) -> str:
    """The title; without one, the last part of where it came from."""
    origin = (source.origin or "").rstrip("/").rsplit("/", 1)[-1]
    return source.title or origin or f"document {source.id}"


def source_facts(source: Source) -> str:
    """Publisher, language, length and date: ``Tass · Russian · 900 words · undated``."""
    date = source.date.isoformat() if source.date else "undated"
    facts = [source.publisher, language(source.language), counted(source.word_count, "word"), date]
    return " · ".join(fact for fact in facts if fact)


def making(provenance: Provenance) -> str:
    """When, with what, and at what price the brief was made, on one line."""
    facts = [
        _moment(provenance.created),
        f"{provenance.model} ({provenance.endpoint})",
        f"strategy {provenance.strategy}",
        f"prompt {provenance.prompt_version}",
        *_calls(provenance),
        _cost(provenance.cost),
    ]
    return " · ".join(facts)


def checking(brief: PeaceTalksBrief) -> str:
    """How many lines are supported, and how many warnings a reader should look at."""
    found = Counter(line.support.status for line in checked(brief))
    lines = ", ".join(f"{found[status]} {words}" for status, words in _SUPPORT.items())
    warnings = len(brief.provenance.warnings)
    seen = f"{counted(warnings, 'warning')} in the source notes" if warnings else "no warnings"
    total = counted(found.total(), "line")
    return f"{total} compared by code with the sentences cited: {lines} · {seen}"


def checked(brief: PeaceTalksBrief) -> Iterator[Checked]:
    """Everything that carries a finding of the support check."""
    yield from brief.bottom_line
    yield from brief.parties
    yield from brief.items()
    yield from brief.outside_voices


def notes(brief: PeaceTalksBrief) -> Iterator[str]:
    """What the items rest on, where the sources came from, and how the calls went."""
    items = list(brief.items())
    if items:
        yield f"{counted(len(items), 'item')}: {_grounds(item.basis for item in items)}"
    for source in brief.sources:
        yield _origin(source, brief)
    yield _tool(brief.provenance)
    yield from _failed_calls(brief.provenance)


def warning_line(warning: Warning) -> str:
    """Which item or step it is about, and what happened to it."""
    return f"{warning.where}: {warning.message}" if warning.where else warning.message


def _grounds(bases: Iterable[Basis]) -> str:
    """``9 on record, 3 anonymous``, in the order of strength."""
    found = Counter(bases)
    return ", ".join(f"{found[basis]} {label(basis)}" for basis in Basis if found[basis])


def _origin(source: Source, brief: PeaceTalksBrief) -> str:
    cited = {c.sentence for c in brief.citations() if c.document == source.id}
    prefix = f"source {source.id}: " if len(brief.sources) > 1 else ""
    origin = f"read from {source.origin} · " if source.origin else ""
    sentences = f"{counted(len(source.sentences), 'sentence')}, {len(cited)} cited"
    return f"{prefix}{origin}{sentences} · SHA-256 {source.sha256[:16]}…"


def _tool(provenance: Provenance) -> str:
    mode = f" · structured output by {provenance.mode}" if provenance.mode else ""
    version, schema = provenance.tool_version, provenance.schema_version
    return f"summarizer {version} · schema {schema}{mode}"


def _failed_calls(provenance: Provenance) -> Iterator[str]:
    for attempt in provenance.attempts:
        if attempt.outcome != "ok":
            message = f": {attempt.message}" if attempt.message else ""
            yield f"call {attempt.number} ({attempt.step}) failed, {attempt.outcome}{message}"


def _moment(created: datetime) -> str:
    """To the minute, in UTC; a time without a zone is shown as it is."""
    if created.tzinfo is None:
        return f"{created:%Y-%m-%d %H:%M}"
    return f"{created.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _calls(provenance: Provenance) -> list[str]:
    """Calls and tokens; a token count that an endpoint did not report is not taken for 0."""
    attempts = provenance.attempts
    if not attempts:
        return ["no call"]
    failed = sum(attempt.outcome != "ok" for attempt in attempts)
    silent = sum(attempt.tokens_in is None for attempt in attempts)
    calls = counted(len(attempts), "call") + (f" ({failed} failed)" if failed else "")
    if silent == len(attempts):
        return [calls, "tokens not reported"]
    tokens = f"{provenance.tokens_in:,} tokens in + {provenance.tokens_out:,} out"
    unknown = f" (not reported for {counted(silent, 'call')})" if silent else ""
    return [calls, tokens + unknown]


def _cost(cost: str) -> str:
    return f"US${cost}" if cost[:1].isdigit() else cost
