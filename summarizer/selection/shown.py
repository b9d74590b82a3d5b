"""A line as a tuned encoder is shown it: its own pieces between those around it (pure)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.selection.reading import Line
from summarizer.selection.tokens import END, START, Pieces, pieces

CUT = 1_500
"""Characters of a line that are cut into pieces."""


@dataclass(frozen=True)
class Window:
    """Pieces of the lines before, of the line and of the line after: weights are fitted on these."""

    before: int
    own: int
    after: int
    lines: int = 1
    """Lines before, from which the pieces before are: as many as it takes to fill up."""


@dataclass(frozen=True)
class Shown:
    """What an encoder reads for one line, and where in it things are."""

    ids: list[int]
    own: slice
    """The line's own pieces."""
    mentions: tuple[tuple[str, slice], ...]
    """Parties named in what is shown, each as often as it is, and the pieces that name them."""


def show(lines: Sequence[Line], window: Window) -> list[Shown]:
    """Every line of a document."""
    cut = [pieces(line.text[:CUT]) for line in lines]
    named = [list(_named(*pair)) for pair in zip(lines, cut, strict=True)]
    return [_show(cut, named, index, window) for index in range(len(lines))]


def _named(line: Line, cut: Pieces) -> Iterator[tuple[str, slice]]:
    """The mentions of a line, as pieces of it."""
    starts, ends = ([place[side] for place in cut.places] for side in (0, 1))
    for mention in line.mentions:
        found = slice(bisect_right(ends, mention.start), bisect_left(starts, mention.end))
        if found.start < found.stop:
            yield mention.party, found


@dataclass(frozen=True)
class _Part:
    """Pieces ``[first, last)`` of a line."""

    index: int
    first: int
    last: int


def _show(
    cut: Sequence[Pieces],
    named: Sequence[Sequence[tuple[str, slice]]],
    index: int,
    window: Window,
) -> Shown:
    own = _Part(index, 0, min(window.own, len(cut[index])))
    before, after = _before(cut, index, window), _after(cut, index, window)
    parts: list[_Part | None] = [*before, None, own, None, *after]
    ids, mentions, start = [START], list[tuple[str, slice]](), 0
    for part in parts:
        if part is None:
            ids.append(END)
            continue
        if part is own:
            start = len(ids)
        mentions += _placed(named[part.index], part, len(ids))
        ids += cut[part.index].ids[part.first : part.last]
    # A line of nothing at all has its end.
    return Shown(ids, slice(start, start + max(1, own.last)), tuple(mentions))


def _before(cut: Sequence[Pieces], index: int, window: Window) -> list[_Part]:
    """The last pieces of the lines before, in the order of the document."""
    found: list[_Part] = []
    room = window.before
    for number in range(index - 1, max(-1, index - 1 - window.lines), -1):
        count = len(cut[number])
        found.insert(0, _Part(number, max(0, count - room), count))
        room = max(0, room - count)
    return found


def _after(cut: Sequence[Pieces], index: int, window: Window) -> list[_Part]:
    if index + 1 == len(cut):
        return []
    return [_Part(index + 1, 0, min(window.after, len(cut[index + 1])))]


def _placed(
    named: Sequence[tuple[str, slice]], part: _Part, at: int
) -> Iterator[tuple[str, slice]]:
    """What of the mentions of a line is in a part of it that is shown from a place on."""
    for party, found in named:
        first, last = max(found.start, part.first), min(found.stop, part.last)
        if first < last:
            yield party, slice(at + first - part.first, at + last - part.first)
