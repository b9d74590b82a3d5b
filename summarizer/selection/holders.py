"""Whose offer or red line a line is (pure).

Near parties are candidates: named in the line or shortly before it, the speaker's, the primary
ones. Each is described by what the rules see (subject of the clause, speaker, place, part played)
and weighed by fitted weights; how far the best is ahead says how sure it is. "Both sides" and "X
and Y will" name several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from summarizer.selection import clauses, cues
from summarizer.selection.genre import Genre
from summarizer.selection.reading import Line, Reading
from summarizer.selection.relations import Relations
from summarizer.selection.several import makers
from summarizer.vocabulary import Basis, PartyKind, PartyRole

CUES = {
    "offers": ("give", "will", "agree", "act"), "red_lines": ("refuse", "demand"),
    "open_questions": ("open", "ask"), "next_steps": ("will", "step"),
}  # fmt: skip
"""Where the clause is that an item of a section stands in."""
BACK = 4
"""Lines before an item in which its holder may be named."""
_PREPOSITION = re.compile(
    r"\b(?:with|to|by|from|against|of|in|on|for|into|over|at|about|between|among|inside|"
    r"outside|through|near|toward|towards|con|de|del|a|al|en|por|para|contra|entre|sobre|"
    r"avec|à|au|aux|des|du|dans|pour|contre|sur)\s+(?:the\s+|la\s+|le\s+|los\s+|las\s+|les\s+|l['’])?$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|we|I|his (?:side|country|government|movement|group|delegation|forces)|"
    r"her (?:side|country|government|delegation)|their (?:side|delegation)|él|ella|ellos|nosotros|il|elle|ils|nous)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:we|our|us|I|nous|notre|nosotros|nuestr\w+|my side|my government)\b", re.IGNORECASE
)
_STARTS = re.compile(
    r"^[“\"«‘]?(?:(?:but|and|so|pero|mais|y|et),? )?(?:he|she|they|it|él|ella|il|elle|ils|su|sus|its|his|her|their)\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(
    r"^['’]s? (?:allies|ally|partners|neighbou?rs|opponents|rivals|enemies)", re.IGNORECASE
)
_THAT = re.compile(r"\b(?:that|que|qu['’])\s*(?:the |la |le |el |los |les )?$")
_VERB = re.compile(
    r"^(?:['’]s \w+(?: \w+)?|\s\w+)?\s?(?:will|would|has|have|had|is|are|was|says|said|can|could|must|"
    r"offered|agreed|rejected|demanded|insists|insisted|wants|refuses|refused|accepts|accepted|"
    r"pledged|promised|committed|proposed|ha|han|se|está|a|ont|est|sont)\b"
)


_AGREED = re.compile(
    r"\b(?:agreed (?:to|on|that|in)|have agreed|signed|reached|concluded|acordaron|firmaron|"
    r"pactaron|ont (?:signé|conclu|convenu)|se sont (?:engagés|entendus)|jointly|committed themselves)\b"
)
_REFUSED = re.compile(r"\b(?:reject|refus|not agreed|n['’]t agreed|rechaz|rejet)", re.IGNORECASE)


Weigh = Callable[[int, Mapping[str, list[float]]], Mapping[str, float]]
"""How likely each one described holds what the line of a number says."""


@dataclass(frozen=True)
class Holding:
    """The holders of an item and how sure they are."""

    parties: tuple[str, ...]
    sure: bool
    chance: float = 0.0


FEATURES = (
    "subject", "speaker", "speaker of first person", "speaker of pronoun", "speaker in quote",
    "speaker in transcript", "named", "named first", "named once", "before cue", "after cue only",
    "behind preposition only", "with verb", "before line", "two before", "farther before",
    "subject before", "speaker before", "primary", "most primary", "text and primary", "mediator",
    "organisation", "group", "share", "subject and speaker", "not named, speaker named",
    "red line and speaker", "red line and subject", "possessed", "alone", "narration and subject", "after that", "told", "one of several",
)  # fmt: skip
"""What a candidate is described by, in order; once more for red lines alone, and then ``relations.NAMES``."""


def describe(line: Line, reading: Reading, section: str) -> dict[str, list[float]]:
    """Every candidate with its numbers."""
    at = cue_position(line, reading, CUES[section])
    subject, speaker = subjects(line, reading, at), line.voice.party
    past = list(reversed(reading.before(line.number, BACK)))
    candidates = dict.fromkeys([*subject, *([speaker] if speaker else []), *line.parties])
    candidates |= dict.fromkeys(p for before in past for p in before.parties)
    candidates |= dict.fromkeys(b.voice.party for b in past[:1] if b.voice.party)
    candidates |= dict.fromkeys(reading.roles.primary)
    candidates |= dict.fromkeys(reading.actors.main)
    grammar = Relations(line, reading, at)
    told, several = clauses.told(line, reading), _several(line, reading, at)
    seen = _Seen(line, reading, section, at, subject, past, grammar, told, several)
    return {party: seen.of(party) for party in candidates if party in reading.actors.found}


@dataclass(frozen=True)
class _Seen:
    line: Line
    reading: Reading
    section: str
    at: int
    subject: tuple[str, ...]
    past: list[Line]
    grammar: Relations
    told: str | None
    several: tuple[str, ...]

    def of(self, party: str) -> list[float]:
        line, roles = self.line, self.reading.roles
        own = [m for m in line.mentions if m.party == party]
        actor = self.reading.actors.found[party]
        speaks, subject = line.voice.party == party, party in self.subject
        red = self.section == "red_lines"
        before = [party in past.parties for past in self.past]
        earlier = self.past[0] if self.past else None
        found = (
            subject, speaks, speaks and _FIRST_PERSON.search(line.text),
            speaks and _STARTS.match(line.text), speaks and "“" in line.text,
            speaks and line.turn.label, own, own and line.mentions[0].party == party,
            len(own) == 1, any(m.start < self.at for m in own),
            own and all(m.start >= self.at for m in own),
            own and all(_PREPOSITION.search(line.text[: m.start]) for m in own),
            any(_VERB.match(line.text[m.end :]) for m in own),
            before[:1] == [True], before[1:2] == [True], any(before[2:]) and not own,
            earlier and not own and _STARTS.match(line.text) and party == _first(earlier),
            earlier and earlier.voice.party == party, party in roles.primary,
            roles.primary[:1] == [party],
            self.reading.genre == Genre.TEXT and party in roles.primary,
            PartyRole.MEDIATOR in roles.of.get(party, ()),
            actor.kind == PartyKind.INTERNATIONAL_ORGANISATION,
            actor.kind == PartyKind.ARMED_GROUP, None, subject and speaks,
            line.voice.party and not own and not speaks, red and speaks, red and subject,
            own and all(_POSSESSED.match(line.text[m.end :]) for m in own),
            set(line.parties) == {party},
            subject and line.voice.basis in {Basis.NARRATION, Basis.OFFICIAL_TEXT},
            any(_THAT.search(line.text[: m.start]) for m in own), party == self.told,
            len(self.several) > 1 and party in self.several,
        )  # fmt: skip
        total = sum(a.count for a in self.reading.actors.found.values())
        numbers = [
            actor.count / total if i == _SHARE else float(bool(one)) for i, one in enumerate(found)
        ]
        return [*numbers, *(number * red for number in numbers), *self.grammar.of(party)]


_SHARE = FEATURES.index("share")


def _first(line: Line) -> str | None:
    return line.mentions[0].party if line.mentions else line.voice.party


def holding(
    line: Line, reading: Reading, section: str, weigh: Weigh, sure: float
) -> Holding | None:
    """The holders by how likely each is, or None where no party is near."""
    at = cue_position(line, reading, CUES[section])
    weighed = weigh(line.number, describe(line, reading, section))
    if not weighed:
        return None
    several = _several(line, reading, at)
    best = max(weighed, key=lambda party: (weighed[party], party))
    if len(several) > 1 and (best in several or _is_joint(line, reading, at)):
        chance = min(weighed.get(party, 0.0) for party in several)
        return Holding(several, chance >= sure, chance)
    return Holding((best,), is_sure(weighed, best, sure), weighed[best])


def making(chances: Mapping[str, float], several: float, sure: float) -> Holding:
    """Who makes an offer, by how likely each one does, and several together."""
    parties = tuple(makers(chances, several))
    if len(parties) > 1:
        chance = min(chances[party] for party in parties)
        return Holding(parties, chance >= sure, chance)
    return Holding(parties, is_sure(chances, parties[0], sure), chances[parties[0]])


def is_sure(weighed: Mapping[str, float], best: str, sure: float) -> bool:
    """Whether the best is likely by itself and well ahead of the next."""
    others = [chance for party, chance in weighed.items() if party != best]
    share = weighed[best] / (weighed[best] + max(others, default=0.0) + 1e-9)
    return weighed[best] * share >= sure


def together(line: Line, reading: Reading) -> list[float]:
    """Whether a line speaks of several who offer something together, as numbers."""
    at = cue_position(line, reading, CUES["offers"])
    count = sum(party in reading.roles.chosen for party in line.parties)
    found = (
        len(_several(line, reading, at)) > 1, _is_joint(line, reading, at),
        _AGREED.search(line.text), not count, count == 1, count == 2, count > 2,
        reading.genre == Genre.TEXT, line.voice.party, line.turn.label,
    )  # fmt: skip
    joint = sum(cues.has("joint", one.text, reading.language) for one in reading.lines)
    return [*(float(bool(one)) for one in found), joint / len(reading.lines)]


def _is_joint(line: Line, reading: Reading, at: int) -> bool:
    joint = cues.pattern("joint", reading.language).search(line.text)
    return joint is not None and joint.start() <= at


def _several(line: Line, reading: Reading, at: int) -> tuple[str, ...]:
    """Both primary parties of "the sides agreed", or the two of "X and Y will"."""
    primary = tuple(reading.roles.primary[:2])
    if _is_joint(line, reading, at) and len(primary) > 1:
        return primary
    found = subjects(line, reading, at)
    both = len(primary) > 1 and set(primary) <= set(line.parties)
    agreed = _AGREED.search(line.text) and not _REFUSED.search(line.text)
    return primary if both and agreed and set(found) <= set(primary) else found


def cue_position(line: Line, reading: Reading, cue_lists: tuple[str, ...]) -> int:
    """Where the first cue outside the attribution stands; the end where there is none."""
    found = [
        match.start()
        for name in cue_lists
        for match in cues.pattern(name, reading.language).finditer(line.text)
        if match.start() != line.voice.at
    ]
    return min(found, default=len(line.text))


def subjects(line: Line, reading: Reading, at: int) -> tuple[str, ...]:
    """Parties that stand before the cue and behind no preposition; a pronoun is the speaker."""
    low = line.voice.at if 0 <= line.voice.at < at else 0
    named = clauses.named(line, reading)
    leading = [m for m in named if low <= m[0] < at and _leads(line, *m[:2])]
    if not leading:
        speaks = _PRONOUN.search(line.text, low, at) and line.voice.party
        return (line.voice.party,) if speaks and line.voice.party else ()
    _, end, first = leading[0]
    joined = [party for start, _, party in leading[1:] if _joined(line.text, end, start)]
    return tuple(dict.fromkeys([first, *joined]))


def _joined(text: str, one: int, other: int) -> bool:
    between = text[one:other]
    return (
        re.fullmatch(r"(?:\s\w+|,|['’]s \w+){0,4}\s(?:and|y|et)\s(?:\w+\s){0,2}", between)
        is not None
    )


def _leads(line: Line, start: int, end: int) -> bool:
    before, after = line.text[:start], line.text[end:]
    return not _PREPOSITION.search(before) and not _POSSESSED.match(after)
