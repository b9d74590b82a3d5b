"""Who has a position on what: topics by parties, each cell the lines that hold it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.rendering.lines import Line
from summarizer.vocabulary import Topic


@dataclass(frozen=True)
class Matrix:
    """Rows are topics, columns the parties that hold a position; a cell may be empty."""

    parties: tuple[str, ...]
    rows: tuple[tuple[Topic, tuple[tuple[Line, ...], ...]], ...]


def matrix(lines: Sequence[Line]) -> Matrix:
    """The positions in ``lines``, by the main topic of each; parties as they come up."""
    held = [line for line in lines if line.holders and line.topics]
    parties = tuple(dict.fromkeys(name for line in held for name in line.holders))
    topics = [topic for topic in Topic if any(line.topics[0] is topic for line in held)]
    return Matrix(
        parties,
        tuple((topic, tuple(_cell(held, topic, party) for party in parties)) for topic in topics),
    )


def _cell(held: Sequence[Line], topic: Topic, party: str) -> tuple[Line, ...]:
    return tuple(line for line in held if line.topics[0] is topic and party in line.holders)
