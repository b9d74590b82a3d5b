"""People of a document and the party that each speaks for (pure).

The party stands in the title ("Russian Deputy Foreign Minister Sergei Ryabkov"), behind it
("Ali Karim, a spokesman for the RSF"), or nowhere; then none is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.names import folded
from summarizer.selection import allegiance, gazetteer, titles
from summarizer.selection.introduced import Introduced
from summarizer.selection.titles import TITLE, TITLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from summarizer.selection.actors import Actors, Mention

_CAP = r"[A-ZÀ-ÞŠŽĆČĐ](?:[\wà-ÿ'’ʼ\-]*[\wà-ÿ]|\.)"
_PARTICLE = r"(?:al-|el-|bin |ibn |ben |de la |de |del |van |von |da |dos |ould |ag |Ould |Ag )"
_NAME = re.compile(rf"(?<![\w’'-]){_CAP}(?: {_PARTICLE}?{_CAP}){{1,3}}|(?<![\w’'-]){_CAP} al-\w+")
_SURNAME_AFTER_TITLE = re.compile(
    rf"(?i:(?<![\w-])(?:{TITLES}))"
    rf"(?: (?i:{TITLES}|foreign|prime|deputy|defen[cs]e|interior|vice|acting|first|state|for|of|affairs))*"
    rf" (?P<name>{_PARTICLE}?{_CAP}(?: {_PARTICLE}?{_CAP}){{0,3}})"
)
_SAY = (
    r"(?:said|says|told|added|adds|wrote|warned|insisted|declared|stated|announced|confirmed|"
    r"argued|noted|replied|stressed|repeated|called|dijo|afirmó|declaró|señaló|explicó|aseguró|"
    r"advirtió|respondió|añadió|a déclaré|a dit|a affirmé|a indiqué|déclare|affirme|assure|estime|"
    r"explique|dit|prévient|juge|rappelle)"
)
ANALYST = re.compile(
    r"analyst|expert|professor|fellow|researcher|lecturer|universit|institut(?!ional)|historian|columnist|"
    r"scholar|think[- ]tank|former|retired|academic|crisis group|who (?:studies|follows|teaches)|"
    r"analista|experto|experta|profesor|investigador|ex ?-?ministr|exmin|centro de|historiador|"
    r"analyste|chercheu|professeur|ancien|politologue|spécialiste|independent|studies|centre for|"
    r"center for|(?:head|director|chair(?:man|woman)?) of (?:the |an? )?(?:[\w’'-]+ ){0,4}"
    r"(?:security conference|foundation|forum|observatory)|school of|political scientist|author of",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    "The What Who Why How When News Times Post Radio TV Press Agency Prime Foreign Minister President Secretary General Security Council Middle East North South"
    " United Red Cross Black Sea White House State Department New Joint Special Article Chapter"
    " Press Office Ministry Government Supreme High National Former Deputy".split()
)
_NO_FIRST = frozenset(
    "In On At As For From By With To Of If But And Or What When Will Upper Lower Cape Port Mount Lake Fort Camp Little Great"
    " Northern Southern Eastern Western Orthodox Palazzo Hotel Rue Ban La El Las Los Le Les".split()
)
"""What no name of a person begins with."""
_NO_LAST = frozenset(
    "Street Hotel Bridge Road River Bay Sea Seas Island Islands Tracts Gazette Herald Tribune House Palace Square Hall Airport"
    " Conference Committee University Papers Desk City Valley Hills Easter Affairs Defence Defense Interior Justice Finance State"
    " Lands Assembly Staff Director Tourism Region Agency Movement Council Front Party Review Corridor Crossing Airways Trading Company Ltd LLC Industries Holdings Corporation Bank Services Contracting Samity"
    " Parishad Guarantees Unionists Tigers Tiger Implementation Consensus Day Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
"""What no name of a person ends with: places, papers, what a minister is of."""
_OF = re.compile(r"\b(?:of|for|of the) $")


_RANK = re.compile(
    r"^(?:(?:Gen|Lt|Col|Maj|Brig|Adm|Mr|Mrs|Ms|Dr|Sheikh|Sir|Lord|Monsieur|Madame|Don|Doña|Hon|Analyst|Prof|Professor|"
    r"Monsignor|(?:Major|Brigadier|Lieutenant)[- ]General|Generals?|Colonel)\.? )+"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_NAME = re.compile(rf"^(?:(?i:the|{TITLES}) )+|['’]s?$")
_APPOSED = re.compile(r",\s*(?!and |who (?:said|told))([^,;.—]{3,110})(?:[,;.—]|$)|\s\(([^)]+)\)")
_ABROAD = re.compile(r"\b(?:in|at|near|to|on) (?:the )?$", re.IGNORECASE)
"""Before where someone is, or to whom they are sent: "a spokesman in Paris"."""
_OFFICE = re.compile(r"Secretary[- ]General", re.IGNORECASE)
"""An office that the United Nations are known by, and that others have."""
_TITLED = re.compile(rf"(?<![\w-])(?i:{TITLES}) (?:{_CAP} ){{0,2}}$")
_FIRST = re.compile(rf"(?<![.!?] )(?<![\w]){_CAP} $")
_SAYS = re.compile(rf",? {_SAY}")
_OF_A_STATE = re.compile(r"['’]s (?:gov|army|del)")
AHEAD = 160
"""Characters before a name in which its title stands."""
CLOSE = 60
"""Characters before a name in which a party is likely the person's own."""


@dataclass
class Person:
    """Someone who is named: for whom they speak, or that they watch from outside."""

    name: str
    title: str | None = None
    party: str | None = None
    analyst: bool = False
    first: int = 0
    guess: str | None = None
    """The party named near them most, where no title names one."""

    @property
    def listed_under(self) -> str | None:
        """The party among whose people they are: a guess does only where they have a title."""
        return self.party or (self.guess if self.title else None)


def is_titled(word: str, text: str) -> bool:
    """Whether a word is somewhere the name of a person: a title before it, or a first name.

    Looked for around the word alone: from every place of a long text it takes seconds.
    """
    for named in re.finditer(rf"(?<= ){re.escape(word)}\b", text):
        low, high = max(0, named.start() - AHEAD), named.start()
        state = _OF_A_STATE.match(text, named.end())
        if not state and _TITLED.search(text, low, high):
            return True
        if _SAYS.match(text, named.end()) and _FIRST.search(text, low, high):
            return True
    return False


def find_people(
    texts: Sequence[str], actors: Actors, parsed: Sequence[Doc] | None = None
) -> dict[str, Person]:
    """People by folded surname, in the order in which they are introduced."""
    found: dict[str, Person] = {}
    near: dict[str, Counter[str]] = {}
    before: list[Mention] = []
    introduced = Introduced("\n".join(texts), frozenset(actors.found))
    for number, text in enumerate(texts, start=1):
        mentions = actors.mentions[number]
        doc = parsed[number - 1] if parsed else None
        for start, end, whole in _all_names(text, doc, introduced):
            name = _POSSESSIVE.sub("", _RANK.sub("", whole))
            start += len(whole) - len(_RANK.sub("", whole))
            if not name or _is_party(name, start, end, number, actors):
                continue
            key = folded(name.split()[-1])
            person = found.setdefault(key, Person(name, first=number))
            _describe(person, text, start, start + len(name), mentions, before)
            if len(name.split()) > len(person.name.split()):
                person.name = name
            near.setdefault(key, Counter()).update(_near(mentions, start, before))
        before = mentions
    unsaid = [k for k, person in found.items() if person.party is None and not person.analyst]
    for key in unsaid:
        known = gazetteer.speaks_for(key)
        if known in actors.found:
            found[key].party = known
        else:
            found[key].guess = allegiance.guessed(found[key], near[key], actors)
    _one_each(found, unsaid, near, actors)
    return found


def _one_each(
    people: dict[str, Person], unsaid: Sequence[str], near: dict[str, Counter[str]], actors: Actors
) -> None:
    """A state has one president: of two guessed to be of it, the one named nearer to it is."""
    held = {(*allegiance.office(p), p.party) for p in people.values() if p.party}
    for key in sorted(unsaid, key=lambda k: -_share(near[k], people[k].guess)):
        person, office = people[key], allegiance.office(people[key])
        if office and (*office, person.guess) in held:
            taken = {party for *of, party in held if tuple(of) == office}
            left = Counter({p: n for p, n in near[key].items() if p not in taken})
            person.guess = allegiance.guessed(person, left, actors)
        if person.guess:
            held.add((*office, person.guess))


def _share(near: Counter[str], party: str | None) -> float:
    return near[party] / near.total() if party and near.total() else 0.0


def _all_names(text: str, doc: Doc | None, introduced: Introduced) -> list[tuple[int, int, str]]:
    """People by the rules, and those whom the recogniser of names adds, in order."""
    found = list(_names(text, introduced))
    for entity in doc.ents if doc is not None else ():
        name = _NO_NAME.sub("", entity.text)
        start = entity.end_char - len(name)
        apart = all(end <= start or entity.end_char <= begin for begin, end, _ in found)
        if (
            entity.label_ == "PERSON"
            and apart
            and " " in name
            and _fits(name)
            and _NAME.match(name)
        ):
            found.append((start, entity.end_char, name))
    return sorted(found)


def _near(mentions: Sequence[Mention], start: int, before: Sequence[Mention]) -> dict[str, int]:
    """Parties named around a person, those right before the name most."""
    found: Counter[str] = Counter()
    for mention in mentions:
        found[mention.party] += (
            6 if 0 <= start - mention.end < CLOSE else 2 if mention.start < start else 1
        )
    if not any(mention.start < start for mention in mentions):
        found.update(dict.fromkeys((m.party for m in before), 1))
    return found


def _names(text: str, introduced: Introduced) -> Iterator[tuple[int, int, str]]:
    """Where a person is named: behind a title, before or behind a verb of saying, with a comma.

    Or with a first name, where the last one stands for the person elsewhere.
    """
    seen: list[tuple[int, int]] = []
    for match in _SURNAME_AFTER_TITLE.finditer(text):
        name = match["name"]
        if not _fits(name) or (_OF.search(text[: match.start("name")]) and " " not in name):
            continue
        seen.append(match.span("name"))
        yield match.start("name"), match.end("name"), name
    for match in _NAME.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in seen):
            continue
        after, before = text[match.end() : match.end() + 90], text[: match.start()]
        spoken = re.match(rf"\s*,? (?:has |had |also |later |then )?{_SAY}\b", after) or re.search(
            rf"\b{_SAY} $", before
        )
        described = re.match(
            r",? (?:the|an?|who|head|chief|leader|director|of)\b|, [^,.]{3,80},", after
        )
        titled = described and (TITLE.search(after[:80]) or ANALYST.search(after[:80]))
        apposed = re.search(
            r"(?:, |\b(?:led|headed|chaired|signed|represented) by )$", before
        ) and (re.match(r"\s*(?:[,.;)]|$|and |who |to |has |had )", after))
        shown = spoken or titled or (apposed and TITLE.search(before[-90:]))
        if (shown or match[0] in introduced) and _fits(match[0]):
            yield match.start(), match.end(), match[0]


def _fits(name: str) -> bool:
    words = name.split()
    if words[0] in _NO_FIRST or words[-1] in _NO_LAST or re.search(r"['’]s ", name):
        return False
    return not _NOT_NAMES & set(words) and not name.isupper() and len(words[-1]) > 2


def _is_party(name: str, start: int, end: int, number: int, actors: Actors) -> bool:
    return any(m.start < end and start < m.end for m in actors.mentions[number])


def _phrase_start(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in (",", ";", "—", "“", "(", ":", " and ")) + 1


def _title_start(text: str, start: int) -> int:
    """Where the title before a name begins: "Thailand's chief negotiator, Gen Wanlop"."""
    begin = _phrase_start(text, start)
    if re.fullmatch(r"[\s\w.]{0,9}", text[begin:start]) and text[begin - 1 : begin] == ",":
        earlier = _phrase_start(text, begin - 1)
        return earlier if TITLE.search(text[earlier:begin]) else begin
    return begin


def _describe(
    person: Person,
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    past: Sequence[Mention],
) -> None:
    """Title and party from the noun phrase before the name and the apposition behind it."""
    begin = _title_start(text, start)
    before = text[begin:start]
    apposition = _APPOSED.match(text[end:])
    after = (apposition[1] or apposition[2]) if apposition else ""
    after_at = end + (apposition.start(1 if apposition[1] else 2) if apposition else 0)
    if ANALYST.search(before[-80:]) or ANALYST.search(after):
        person.analyst = True
    titled = TITLE.search(before)
    person.title = person.title or titles.before(before) or titles.behind(after)
    if person.party is not None or person.analyst:
        return
    spans = [(begin, start)] if titled or re.search(r"['’]s ", before) else []
    if TITLE.search(after) or re.search(r"\b(?:leads?|speaks? for|heads?)\b", after):
        spans.append((after_at, after_at + len(after)))
    for low, high in spans:
        inside = [m for m in mentions if low <= m.start and m.end <= high + 1]
        own = [m for m in inside if not _ABROAD.search(text[: m.start])]
        named = [m for m in own if not _OFFICE.fullmatch(m.form)] or own
        if named:
            person.party = named[-1 if low == begin else 0].party
            return
    person.party = allegiance.told(text, start, end, mentions, past)
