"""For whom a document's own voice and the speakers of a transcript speak (pure).

A letterhead, a signature, "speaks for the Movement", "For Israel: Tzipi Livni (TL)": what the
first and last lines show counts, a place or a subject of the talks does not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.selection.actors import Mention
    from summarizer.selection.reading import Line, Reading

FRONT, TAIL = 14, 4
"""Lines at the head and at the end that may show whose document it is."""
HEAD, SIGNATURE = 1_500, 8
"""Characters of the head, and words under which a line at the end is a signature."""
ENOUGH = 1.5
"""From this on a document is somebody's own."""
AHEAD = 0.7
"""What the next one must lie behind: a text of two is not the first one's."""
_PLACE = re.compile(
    r"\b(?:in|at|near|from|aboard|via|en route|to|visit to|route port|en|à|au|desde|depuis)"
    r"\s(?:the |port |la |el |le )?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:talks|conference|call|note|statement|round|conflict|meeting|negotiations?|conversaciones|"
    r"diálogo|negociaciones|pourparlers)\b[^.;]{0,25}\b(?:on|about|with|between|over|in|con|entre|sobre|sur|avec)\s"
    r"(?:the |la |el |le |los |les )?(?:[\w’'-]+ ){0,3}$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:speaks? for|spokes\w+ (?:of|for)|on behalf of|in the name of|leads?|led|head(?:s|ed)? of|leader of|"
    r"commands?|commanded|commander of|advis[eo]r to|representative of|(?:delegation|delegates?) of|negotiators? (?:of|for)|"
    r"envoy of|direction of|leadership of|chair\w* of|president of|minister of [\w ]{3,40} of|secretar\w+ of [\w ]{3,60} of|"
    r"secretary[- ]general of|ministry of [\w ]{3,30} of|(?:press )?office of|republic of|government of|council of|"
    r"por (?:el|la)|portavoz de|comandante de|pour le|au nom d[ue]|porte-parole d[ue]|chef d[ue])\s(?:the |la |el |le |l['’])?"
    r"(?:(?!for |on |to |in |and |with |from )[\w’'-]+ ){0,5}$",
    re.IGNORECASE,
)
_OWNS = re.compile(
    r"^(?:['’]s|['’])?,? (?:own )?(?:\w+ ){0,2}?(?:delegation|negotiators?|negotiating team|spokes\w+|envoy|minister|government|"
    r"president|leader|commander|delegate|adviser|press secretary|embassy|mission)\b",
    re.IGNORECASE,
)
_HEADS = (
    (
        re.compile(
            r"senior administration official|White House|State Department|Air Force One|\bE[SD]T\b",
            re.IGNORECASE,
        ),
        "United States",
        2.0,
    ),
    (
        re.compile(r"Secretary-General|Secretario General|Secrétaire général", re.IGNORECASE),
        "United Nations",
        1.5,
    ),
)
"""Words at the head that show whose press office it is, with their weight."""
_LEGEND = re.compile(r"^(?:For|Pour|Por) (?:the |la |el |le |les |los )?[^:]{2,40}:")


def owner(reading: Reading) -> str | None:
    """The party whose document it is, or None."""
    scores = shown(reading)
    ranked = sorted(scores, key=lambda party: (-scores[party], party))
    if not ranked or scores[ranked[0]] < ENOUGH:
        return None
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if scores[ranked[0]] >= second + AHEAD else None


def shown(reading: Reading) -> Mapping[str, float]:
    """How much the head and the end show a document to be each party's."""
    scores: defaultdict[str, float] = defaultdict(float)
    for party, weight in _evidence(reading):
        scores[party] += weight
    return scores


def _evidence(reading: Reading) -> Iterator[tuple[str, float]]:
    """Parties of the head, of a signature, and of words that only one press office has."""
    for line in reading.lines[:FRONT]:
        if not line.turn.label:
            yield from _of_line(line, reading).items()
    for line in reading.lines[-TAIL:]:
        if not line.turn.label and (line.heading or len(line.text.split()) < SIGNATURE):
            signed = {m.party for m in line.mentions if not _is_aside(line, m, reading)}
            yield from ((party, 2.0) for party in sorted(signed))
    for pattern, name, bonus in _HEADS:
        if pattern.search(reading.document.text[:HEAD]):
            yield name, bonus


def _of_line(line: Line, reading: Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    for mention in line.mentions:
        if not _is_aside(line, mention, reading):
            found[mention.party] = max(found.get(mention.party, 0.0), _weight(line, mention))
    return found


def _is_aside(line: Line, mention: Mention, reading: Reading) -> bool:
    """Whether it is named as a place or as what the document is about."""
    before = line.text[: mention.start]
    capital = (
        reading.actors.found[mention.party].capital
        if mention.party in reading.actors.found
        else None
    )
    place = mention.form == capital or _PLACE.search(before) is not None
    return place or _ABOUT.search(before) is not None


def _weight(line: Line, mention: Mention) -> float:
    """A letterhead is the party's name; in a sentence someone must speak for it."""
    before, after = line.text[: mention.start], line.text[mention.end :]
    share = (mention.end - mention.start) / max(1, len(line.text))
    letterhead = line.heading and line.number <= FRONT // 2
    if letterhead and share > 0.4:
        return 4.0
    if _SPEAKS.search(before):
        return 3.0
    if _OWNS.match(after):
        return 3.0 if letterhead else 1.5
    return 1.0 if letterhead else 0.25


def of_label(reading: Reading, label: str) -> str | None:
    """The party that the speaker of a turn speaks for, where the text says it."""
    for line in reading.lines[: 2 * FRONT]:
        party = _in_legend(line, reading, label) or _introduced(line, label)
        if party is not None:
            return party
    return None


def _in_legend(line: Line, reading: Reading, label: str) -> str | None:
    """ "For Israel: Tzipi Livni (TL)": the party before the colon, which may pass for a label."""
    whole = reading.document.quote(line.number)
    named = reading.actors.named_in(whole.split(":", 1)[0])
    if _LEGEND.match(whole) and _word(label).search(whole) and line.turn.label != label:
        return named[0] if named else None
    return None


def _word(label: str) -> re.Pattern[str]:
    """The last word of a label, whole."""
    name = label.strip().split()[-1]
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _introduced(line: Line, label: str) -> str | None:
    """ "Mr Tomas Berrin, Minister of Kestria;"."""
    match = _word(label).search(line.text)
    if match is None or line.turn.label == label:
        return None
    end = line.text.find(";", match.end())
    end = min(end if end >= 0 else len(line.text), match.end() + 110)
    begin = (
        max(line.text.rfind(mark, 0, match.start()) for mark in (";", ":", " with ", " and ")) + 1
    )
    behind = [
        m for m in line.mentions if match.end() <= m.start < end and _belongs(line, match.end(), m)
    ]
    before = [m for m in line.mentions if begin <= m.start and m.end <= match.start()]
    near = [*behind, *reversed(before)]
    return near[0].party if near else None


def _belongs(line: Line, end: int, mention: Mention) -> bool:
    """Whether a party behind a name is the one of an apposition: ", Minister of"."""
    between = line.text[end : mention.start]
    return re.match(r"(?:,| \(| of| from| for)", between) is not None and not _PLACE.search(
        line.text[: mention.start]
    )
