"""Who stands where, as lines of the brief: topics by parties (pure).

The positions are those of ``positioning``, without the ones that the cited sentences do not
support; an empty cell is silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer.brief import PeaceTalksBrief
from summarizer.positioning import Cell, Position, positions
from summarizer.rendering.lines import Line
from summarizer.rendering.words import Words
from summarizer.vocabulary import OfferKind, Response, Topic

_STANCES = {
    "offers": OfferKind.OFFER,
    "proposes": OfferKind.PROPOSAL,
    "commits to": OfferKind.COMMITMENT,
    "concedes": OfferKind.CONCESSION,
    "accepts": Response.ACCEPTS,
    "accepts in part": Response.ACCEPTS_IN_PART,
    "rejects": Response.REJECTS,
    "does not say yes or no to": Response.NONCOMMITTAL,
}
"""The vocabulary's word for a stance; those on red lines are the groups of their lines."""


@dataclass(frozen=True)
class Stand:
    """One position: the line that has it, and in a word what the party does."""

    line: Line
    stance: str
    second_hand: bool


@dataclass(frozen=True)
class Matrix:
    """Rows are topics, columns parties; a cell may be empty."""

    parties: tuple[str, ...]
    rows: tuple[tuple[Topic, tuple[tuple[Stand, ...], ...]], ...]


def matrix(brief: PeaceTalksBrief, lines: Iterable[Line], words: Words) -> Matrix:
    """The positions of ``brief``, each with its line."""
    by_id = {line.id: line for line in lines if line.id}
    found = positions(brief)
    rows = [
        (row.topic, tuple(_stands(cell, by_id, words) for cell in row.cells)) for row in found.rows
    ]
    return Matrix(tuple(found.parties), tuple((topic, row) for topic, row in rows if any(row)))


def _stands(cell: Cell, by_id: Mapping[str, Line], words: Words) -> tuple[Stand, ...]:
    kept = [one for one in cell.positions if one.supported and one.item in by_id]
    return tuple(
        Stand(by_id[one.item], _stance(one, by_id[one.item], words), one.second_hand)
        for one in kept
    )


def _stance(position: Position, line: Line, words: Words) -> str:
    term = _STANCES.get(position.stance)
    return words.term(term) if term else line.group
