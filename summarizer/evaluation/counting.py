"""Count what the panel shows, each error once and with its denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from summarizer.brief import PeaceTalksBrief, Source
from summarizer.evaluation.alignment import Alignment, Entries
from summarizer.evaluation.entries import ITEM_SECTIONS, SECTIONS, Entry
from summarizer.evaluation.fields import unclear_polarity
from summarizer.evaluation.ledger import misfiled
from summarizer.evaluation.pairs import FieldError, Judged, holder_of
from summarizer.evaluation.panel import Panel, Rate
from summarizer.evaluation.spans import Span, Spans, carries, union

#: Sections whose statements say yes or no.
_POLAR = frozenset({"offers", "red_lines", "next_steps"})


def count(
    references: Entries,
    predictions: Entries,
    alignment: Alignment,
    judged: Sequence[Judged],
    reference: PeaceTalksBrief,
) -> Panel:
    """The panel of one brief."""
    items = [verdict for verdict in judged if verdict.pair.section != "parties"]
    rates = _of_fields(items) | _of_leftovers(references, predictions, alignment)
    rates |= _of_support(predictions, alignment) | _of_evidence(items, reference.sources)
    turned = sum(misfiled(extra.entry, extra.partner) for extra in alignment.extra)
    rates["polarity"] += Rate(hits=turned, of=turned)
    return Panel(**rates)


def _rate(verdicts: Iterable[Judged], hit: Callable[[Judged], bool]) -> Rate:
    hits = [hit(verdict) for verdict in verdicts]
    return Rate(hits=sum(hits), of=len(hits))


def _of_fields(items: Sequence[Judged]) -> dict[str, Rate]:
    offers = [v for v in items if v.pair.section == "offers"]
    held = [v for v in items if holder_of(v.pair) is not None]
    right = [v for v in held if holder_of(v.pair) == "right"]
    polar = [v for v in items if v.pair.section in _POLAR]
    bearing: dict[FieldError, list[Judged]] = {
        "polarity": polar,
        "swapped": offers,
        "holder": held,
        "number": [v for v in items if v.pair.reference.figures() or v.pair.prediction.figures()],
        "status": offers,
        "condition": [v for v in offers if _conditional(v)],
        "self_stated": right,
        "evidence": list(items),
        "topic": list(items),
    }
    rates: dict[str, Rate] = {
        error: _rate(verdicts, lambda verdict, error=error: verdict.has(error))  # type: ignore[misc]
        for error, verdicts in bearing.items()
    }
    rates["attribution"] = Rate(hits=len(right), of=len(held))
    rates["negation_unclear"] = _rate(polar, lambda verdict: unclear_polarity(verdict.pair))
    return rates


def _conditional(verdict: Judged) -> bool:
    pair = verdict.pair
    return bool(pair.reference.strings("conditions") or pair.prediction.strings("conditions"))


def _of_leftovers(
    references: Entries, predictions: Entries, alignment: Alignment
) -> dict[str, Rate]:
    needed = sum(not entry.optional for section in SECTIONS for entry in references[section])
    given = sum(len(predictions[section]) for section in SECTIONS)
    required = [missing.kind for missing in alignment.missing if not missing.entry.optional]
    extra = [e.kind for e in alignment.extra if not misfiled(e.entry, e.partner)]
    rates = {kind: Rate(hits=required.count(kind), of=needed) for kind in ("missing", "merge")}
    for name in ("spurious", "duplicate", "split", "wrong_section"):
        rates[name] = Rate(hits=extra.count(name), of=given)
    return rates


def _of_support(predictions: Entries, alignment: Alignment) -> dict[str, Rate]:
    items = [entry.support for section in ITEM_SECTIONS for entry in predictions[section]]
    unlisted = [
        extra.entry
        for extra in alignment.extra
        if extra.kind == "spurious"
        and extra.entry.section != "parties"
        and extra.entry.support == "supported"
    ]
    return {
        "unsupported": Rate(hits=items.count("unsupported"), of=len(items)),
        "partial": Rate(hits=items.count("partial"), of=len(items)),
        "unlisted": Rate(hits=len(unlisted), of=len(items)),
    }


def _of_evidence(items: Sequence[Judged], sources: Sequence[Source]) -> dict[str, Rate]:
    """Sentence by sentence; a sentence counts when at least half of it is among the others."""
    found = {
        name: Rate()
        for name in (
            "evidence_precision", "evidence_recall",
            "evidence_precision_near", "evidence_recall_near",
        )
    }  # fmt: skip
    for verdict in items:
        wanted, got = verdict.pair.reference, verdict.pair.prediction
        found["evidence_precision"] += _carried(got, wanted.spans)
        found["evidence_recall"] += _carried(wanted, got.spans)
        found["evidence_precision_near"] += _carried(got, _widened(wanted.spans, sources))
        found["evidence_recall_near"] += _carried(wanted, _widened(got.spans, sources))
    return found


def _carried(entry: Entry, spans: Spans) -> Rate:
    cited = dict.fromkeys(entry.citations)
    return Rate(hits=sum(carries(spans, span) for span in cited), of=len(cited))


def _widened(spans: Spans, sources: Sequence[Source]) -> Spans:
    """With the sentence before and after each, as the reference's documents are split."""
    wider: list[Span] = list(spans)
    for number, source in enumerate(sources):
        here = [span for span in spans if span[0] == number]
        touched = {
            index
            for index, (start, end) in enumerate(source.sentences)
            if any(start < span[2] and span[1] < end for span in here)
        }
        near = {index + step for index in touched for step in (-1, 1)}
        last = len(source.sentences) - 1
        wider += [(number, *source.sentences[index]) for index in near if 0 <= index <= last]
    return union(wider)
