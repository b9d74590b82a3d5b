"""What each party is in the grammar of a line, as numbers: its subject, its agent, its owner (pure).

Pronouns count too: "it" may be the subject of the line before, "we" is the speaker's party. In a
language without a parser all is nought.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.selection import authors, clauses, cues
from summarizer.selection.grammar import RELATIONS, Sentence

if TYPE_CHECKING:
    from summarizer.selection.reading import Line, Reading

NAMES = (
    *RELATIONS, "no parser", "pronoun, subject before", "pronoun, speaker before",
    "pronoun, speaker", "we, speaker", "general subject, primary", "subject before",
    "another is subject", "proposer", "proposer, narrated", "owner of document",
)  # fmt: skip
"""What each number of ``Relations.of`` is."""
BACK, FAR = 3, 12
"""Lines before in which the last subject is looked for, and whose plan a line is part of."""
_PROPOSES = frozenset(
    {"subject of content", "subject of root", "agent", "owner of cue noun", "from"}
)
_THIRD = frozenset("it they he she its their this that which who".split())
_FIRST = frozenset({"we", "i"})


@dataclass(frozen=True)
class Relations:
    """A line with its grammar. ``cue`` is the offset of the word that makes it an item."""

    line: Line
    reading: Reading
    cue: int

    @cached_property
    def sentence(self) -> Sentence | None:
        """The parsed line, or None."""
        return _sentence(self.line, self.reading, self.cue)

    @cached_property
    def found(self) -> dict[str, set[str]]:
        """What each party named is."""
        return related(self.line, self.reading, self.sentence)

    @cached_property
    def _last(self) -> str | None:
        return last_subject(self.line, self.reading)

    @cached_property
    def _proposer(self) -> str | None:
        return proposer(self.line, self.reading)

    @cached_property
    def _owner(self) -> str | None:
        return authors.owner(self.reading)

    @cached_property
    def _word(self) -> str:
        """The subject's word where it is a pronoun, "-" for any other, nothing for none."""
        subject = self.sentence.subject() if self.sentence is not None else None
        if subject is None:
            return ""
        pronoun = subject.pos_ == "PRON" or subject.lower_ in _THIRD | _FIRST
        return subject.lower_ if pronoun else "-"

    @cached_property
    def _named(self) -> bool:
        return any("subject of content" in names for names in self.found.values())

    def of(self, party: str) -> list[float]:
        """The numbers of a party."""
        own = self.found.get(party, set())
        earlier = self.reading.before(self.line.number)
        before = earlier[-1].voice.party if earlier else None
        third = self._word in _THIRD
        rest = (
            self.sentence is None, third and self._last == party, third and before == party,
            third and self.line.voice.party == party,
            self._word in _FIRST and self.line.voice.party == party,
            self._word == "-" and not self._named and party in self.reading.roles.primary,
            self._last == party, self._named and "subject of content" not in own,
            self._proposer == party, self._proposer == party and self.line.voice.at < 0,
            self._owner == party,
        )  # fmt: skip
        return [*(float(name in own) for name in RELATIONS), *map(float, rest)]


def _sentence(line: Line, reading: Reading, cue: int) -> Sentence | None:
    parsed = reading.grammar(line.number)
    return Sentence(parsed, cue) if parsed is not None and len(parsed) else None


def related(line: Line, reading: Reading, sentence: Sentence | None) -> dict[str, set[str]]:
    """What every party of a line is in its grammar."""
    found: dict[str, set[str]] = {}
    if sentence is not None:
        for start, end, party in clauses.named(line, reading):
            found.setdefault(party, set()).update(sentence.relations(start, end))
    return found


def last_subject(line: Line, reading: Reading) -> str | None:
    """The party that was the subject last, at most three lines before."""
    for before in reversed(reading.before(line.number, BACK)):
        parties = related(before, reading, _sentence(before, reading, len(before.text)))
        for party, names in parties.items():
            if names & {"subject of content", "subject of root"}:
                return party
    return None


def proposer(line: Line, reading: Reading) -> str | None:
    """The party that tabled what the lines are about: "Egypt proposed a plan. It would …"."""
    for before in reversed(reading.before(line.number, FAR)):
        if cues.has("plan", before.text, reading.language):
            sentence = _sentence(before, reading, len(before.text))
            for party, names in related(before, reading, sentence).items():
                if names & _PROPOSES:
                    return party
    return None
