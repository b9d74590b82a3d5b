"""Whose clause it is: the subject of what is said, and what a leading pronoun stands for (pure).

In "X said that Y had agreed" the one who agreed is Y, whoever X is; in "It wants …" it is the
subject of the sentence before, in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.selection.genre import Genre
from summarizer.selection.reading import Line, Reading

_THAT = re.compile(r"[\w’']+(?: [^,;:“”]{0,80}?)? (?:that|que|qu['’])\s*", re.IGNORECASE)
_BARE = re.compile(r"[\w’']+ (?=(?:the |a |an |both )?[A-ZÀ-Þ]|it |they |he |she |we )")
_ACCORDING = re.compile(r"(?:according to|según|selon|d['’]après) [^,]{3,80}, ", re.IGNORECASE)
_FINITE = re.compile(
    r"^(?:['’]s?)?(?:,? [a-zà-ÿ\-]+|, [^,;.“”]{3,70},){0,4}? (?:had|has|have|would|will|wo|is|are|was|were|could|can|cannot|may|might|"
    r"must|should|do|does|did|let|shut|made|gave|held|put|set|saw|sees?|keeps?|holds?|seeks?|asks?|says?|"
    r"wants?|refuses?|rejects?|insists?|demands?|offers?|accepts?|agrees?|treats?|needs?|plans?|expects?|"
    r"\w{2,}ed|told|said|ha|han|había|habían|no|se|está|a|ont|est|sont|avait|avaient|ne|n['’]\w+)\b"
)
_LEAD = re.compile(
    r"^[“\"«‘\s]*(?:(?:and|but|so|yet|still|meanwhile|next|pero|mais|y|et),? )?", re.IGNORECASE
)
_PHRASE = re.compile(
    r"(?:in|on|at|for|after|before|during|under|with|by|to|en|tras|dans|après) [^,“”]{2,60}, "
    r"|in the same \w+ |for (?:his|her|its) part,? ",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?P<one>he|she|his|her|il|elle|él|ella)\b|(?P<more>they|it|its|their|the latter|ils|elles|ellos)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"(?:demand|insist|propos|ask|call|urg|reject|exig|pid|reclam|rechaz|rejet)\w*",
    re.IGNORECASE,
)
"""Verbs of which the one who says them is the subject of what is wanted."""
_ARTICLE = re.compile(
    r"(?:[Tt]he |[Aa]n? |[Ll]a |[Ll]e |[Ee]l |[Ll]os |[Ll]as |[Ll]es |[Ll]['’]|[A-Z]\w+ (?:Foreign |Prime )?(?:Minister|President) |"
    r"President |(?:\w+ )?officials? (?:of|from) (?:the )?)?(?:[a-z]+ ){0,2}",
)
FAR = 2
"""Sentences back in which a pronoun's antecedent is looked for."""


def clause_start(line: Line) -> int:
    """Where what is said begins: behind "said that", or at the start of the sentence."""
    text, at = line.text, line.voice.at
    if at < 0:
        return _led(text)
    for pattern in (_ACCORDING, _THAT, _BARE):
        match = pattern.match(text, at)
        if match:
            return match.end()
    return _led(text)


def told(line: Line, reading: Reading) -> str | None:
    """The named subject of a reported clause: "Y" in "X said that Y had agreed".

    Of what is not reported, only a leading pronoun in a news report is taken.
    """
    pronoun = _PRONOUN.match(line.text, clause_start(line)) is not None
    reported = line.voice.at >= 0
    if demands(line):
        return line.voice.party
    news = reading.genre == Genre.NEWS
    return subject(line, reading) if (reported != pronoun and (reported or news)) else None


def demands(line: Line) -> bool:
    """Whether the verb of saying says what the speaker wants: "demanded that Y go"."""
    return line.voice.at >= 0 and _DEMANDS.match(line.text, line.voice.at) is not None


def _led(text: str) -> int:
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    phrase = _PHRASE.match(text, start)
    return phrase.end() if phrase else start


def subject(line: Line, reading: Reading, back: int = FAR) -> str | None:
    """The party whose clause it is, or None where it cannot be told."""
    start = clause_start(line)
    pronoun = _PRONOUN.match(line.text, start)
    if pronoun:
        return _meant(line, reading, start, back)
    article = _ARTICLE.match(line.text, start)
    low = article.end() if article else start
    for begin, end, party in named(line, reading):
        if start <= begin <= low + 1 and _FINITE.match(line.text[end:]):
            return party
    return None


def _meant(line: Line, reading: Reading, start: int, back: int) -> str | None:
    """A pronoun in what is said is the speaker; elsewhere the subject of the sentence before."""
    if line.voice.at >= 0 and start > line.voice.at and not line.voice.pronoun:
        return line.voice.party
    earlier = reading.before(line.number)
    if not back or not earlier or earlier[0].paragraph != line.paragraph:
        return None
    before = earlier[0]
    if before.voice.at >= 0 and _PRONOUN.match(line.text, start)["one"]:  # type: ignore[index]
        return before.voice.party
    return subject(before, reading, back - 1) or _first(before, reading)


def _first(line: Line, reading: Reading) -> str | None:
    """The one that a sentence begins with."""
    start = _led(line.text)
    near = [party for begin, _, party in named(line, reading) if start <= begin < start + 30]
    return near[0] if near else line.voice.party


def named(line: Line, reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Parties and people of parties, in order."""
    parties = [(m.start, m.end, m.party) for m in line.mentions]
    return iter(sorted([*parties, *people(line, reading)]))


def people(line: Line, reading: Reading) -> list[tuple[int, int, str]]:
    """Where people are named who speak for a party, with the party, in order."""
    found = []
    for person in reading.actors.people.values():
        party = person.party or person.guess
        surname = person.name.split()[-1]
        if party and not person.analyst and surname in line.text:
            found += [(*m.span(), party) for m in _name(surname).finditer(line.text)]
    return sorted(found)


@lru_cache(maxsize=2_000)
def _name(surname: str) -> re.Pattern[str]:
    """A surname with the capital words before it."""
    return re.compile(rf"(?:[A-ZÀ-Þ][\w.’'-]+ ){{0,3}}(?<!\w){re.escape(surname)}(?!\w)")
