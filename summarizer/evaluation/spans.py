"""Sets of characters of documents, as sorted disjoint ``(document, start, end)`` intervals."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int, int]
Spans = tuple[Span, ...]


def union(spans: Iterable[Span]) -> Spans:
    """The intervals sorted, overlapping ones merged, empty ones dropped."""
    merged: list[Span] = []
    for document, start, end in sorted(span for span in spans if span[1] < span[2]):
        if merged and merged[-1][0] == document and start <= merged[-1][2]:
            merged[-1] = (document, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((document, start, end))
    return tuple(merged)


def length(spans: Spans) -> int:
    """How many characters."""
    return sum(end - start for _, start, end in spans)


def common(one: Spans, other: Spans) -> int:
    """How many characters both hold."""
    return sum(
        max(0, min(a[2], b[2]) - max(a[1], b[1])) for a in one for b in other if a[0] == b[0]
    )


def jaccard(one: Spans, other: Spans) -> float:
    """Share of the characters of either that both hold; 0 if one of them holds none."""
    shared = common(one, other)
    return shared / (length(one) + length(other) - shared) if shared else 0.0


def dice(one: Spans, other: Spans) -> float:
    """Twice the shared characters over the sum; kinder than ``jaccard`` to one of two sentences."""
    shared = common(one, other)
    return 2 * shared / (length(one) + length(other)) if shared else 0.0


def carries(spans: Spans, span: Span) -> bool:
    """Whether at least half of one sentence lies within the spans."""
    return 2 * common(spans, (span,)) >= span[2] - span[1] > 0
