"""The parties and people that a document names, and where each sentence names them (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.documents import Document
from summarizer.names import LATIN_ENDINGS, folded
from summarizer.selection import gazetteer
from summarizer.selection.genre import without_label
from summarizer.selection.people import Person, find_people, is_title, is_titled
from summarizer.vocabulary import PartyKind

_CAP = r"[A-ZÀ-ÞŠŽĆČĐ][\w'’ʼ\-]*"
_LINK = r"(?:of|the|for|de|del|la|el|los|las|du|des|pour|para|d['’])"
_PHRASE = re.compile(rf"{_CAP}(?: (?:{_LINK} ){{0,2}}{_CAP}){{1,6}}")
_IN_BRACKETS = re.compile(
    r"\s*\((?:the |el |la |le )?[“\"]?([A-Z][A-Za-z0-9./’'\-]{1,9})[”\"]?[,)]"
)
_ACRONYM = re.compile(
    r"(?<![\w.])(?=[A-Z0-9/\-]*[A-Z]{2})[A-Z][A-Z0-9/\-]{1,8}(?![\w])|\b[A-Z]\d{2}\b"
)
_SHOUTED = re.compile(r"(?:\b[A-Z][A-Z’'.-]+[ ,/]+){1,}[A-Z][A-Z’'.-]{2,}\b")
_NO_ACRONYM = frozenset(
    "AM PM GMT EDT EST UTC EST CET BST Q A I II III IV V VI VII VIII IX X OK TV FAQ PDF AFP AP MR MS"
    " MRS DR JEDDAH GENEVA NEWS BREAKING READ MORE LIVE UPDATE PHOTO ISO ANNEX PS ARTICLE KM CEO VIP DNA SMS GPS USD"
    " EUR FAA NTSB BBC CNN NPR".split()
)
_WORD = re.compile(r"[^\W_](?:[\w'’ʼ.\-]*[^\W_])?\.?")
_ARMY = re.compile(
    r"^(?:army|armed|forces?|government|military|delegation|authorities|leadership|side|troops|"
    r"gobierno|ejército|gouvernement|armée|ministry|defence|defense)$",
    re.IGNORECASE,
)
_STRONG = (
    r"(?:government|president|army|delegation|leaders?|republic|authorities|ministry|people|"
    r"council|side) of (?:the )?{w}\b|\b{w}['’]s? (?:government|president|army|delegation|leader|"
    r"leadership|foreign|prime|minister|negotiat\w+|side|envoy|chief|military|forces|cabinet|"
    r"parliament)|\bbetween {w} and\b|\bbetween [\w ]+ and {w}\b|\b{w} and [A-Z]\w+ (?:have|had|"
    r"agreed|signed|will)|\b{w} (?:says|said|will|would|has|had|wants|rejects|rejected|insists|"
    r"insisted|demands|demanded|offered|agreed|refuses|refused|accepts|accepted|proposed|must)\b|"
    r"\b{w}[a-z]{{0,4}} (?:official|diplomat|foreign|government|delegation|army|president|prime|"
    r"minister|side|envoy|spokes\w+|adviser|negotiator|commander|fighters|troops|forces)"
)
_BLOC = re.compile(
    r"\b(?P<region>European|Western|Arab|African|Gulf|Nordic|Baltic|Latin American) "
    r"(?P<who>leaders|states|governments|countries|nations|allies|partners|powers|mediators)\b"
)
_STOP = frozenset(
    "The A An In On At By For From To He She It They We I You But And Or If When While As After"
    " Before Since This That These Those There Here What Who Why How Where His Her Its Their Our My"
    " Mr Mrs Ms Dr Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March"
    " April May June July August September October November December Yes No Not Both Neither Each"
    " All Any Some Many Most Other Another Under Until Asked Photo Article Section Chapter Annex"
    " Party Parties Prime Minister President Foreign Secretary General Council Government State"
    " States Nations Security North South East West Northern Southern Eastern Western Christmas"
    " Ramadan Islam Islamic Muslim Christian English French Arabic Catholic European African Asian"
    " El La Los Las Le Les Un Una Une Des De Du En Por Para Con Si Sin Se Su Al Il Elle Ils Dans"
    " Pour Sur Selon Mais Et Y O Ou Où".split()
)
_SAID_GENERALLY = re.compile(
    r"\b(?P<article>the|el|la|los|las|le|les|l['’])\s?(?P<noun>government|army|military|junta|regime|"
    r"generals|rebels?|guerrillas?|insurgents?|gobierno|ejército|guerrilla|rebeldes|gouvernement|"
    r"armée|rebelles|rébellion|mouvement|movement|front|council|alliance|coalition|assembly|union|"
    r"party|resistance|opposition|coordination|plateforme|platform|house|forces|frente|consejo|"
    r"resistencia|movimiento|commission|league|congress)\b(?! of| for| de)(?!['’]s)?",
    re.IGNORECASE,
)
_GENERIC = (
    (re.compile(r"\b(?:rebels?|guerrillas?|insurgents?|militants|paramilitary|rebelles|rébellion|"
                r"rebeldes|insurgentes)\b", re.IGNORECASE), PartyKind.ARMED_GROUP),
    (re.compile(r"\b(?:government|army|military|junta|regime|authorities|cabinet|presidency|"
                r"gobierno|ejército|gouvernement|armée|autorités|pouvoir|Ejecutivo)\b",
                re.IGNORECASE), PartyKind.STATE),
)  # fmt: skip
SEEN = 2
"""Times that an unknown name must stand where only a party can."""


@dataclass
class Actor:
    """A party as the document names it."""

    name: str
    kind: PartyKind
    forms: Counter[str] = field(default_factory=Counter)
    sentences: set[int] = field(default_factory=set)
    capital: str | None = None
    known: bool = False
    """Whether the gazetteer has it."""

    @property
    def count(self) -> int:
        """How many times it is named."""
        return self.forms.total()


@dataclass(frozen=True)
class Mention:
    """A party named in a sentence: ``[start, end)`` within it."""

    start: int
    end: int
    party: str
    form: str


class Actors:
    """Who is named in a document: ``mentions[number]`` for every sentence, from 1."""

    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language = document, language
        self.found: dict[str, Actor] = {}
        self.mentions: dict[int, list[Mention]] = {}
        self._forms = dict(gazetteer.known(language))
        self._text = "\n".join(without_label(document.quote(s.number)) for s in document.sentences)
        for actor, forms in self._discovered():
            for form in forms:
                if gazetteer.key(form) not in self._forms:
                    self._forms[gazetteer.key(form)] = gazetteer.Known(actor[0], actor[1], ())
        for sentence in document.sentences:
            text = re.sub(r"\s", " ", document.quote(sentence.number))  # hard-wrapped lines
            self.mentions[sentence.number] = self._scan(text, sentence.number)
        self.people = find_people(document, self)

    def _discovered(self) -> Iterator[tuple[tuple[str, PartyKind], list[str]]]:
        """Groups by their nouns, acronyms in brackets, and names that only parties can have."""
        text = " ".join(self._text.split())
        acronyms: set[str] = set()
        for match in _PHRASE.finditer(text):
            name = re.sub(r"^\w+['’]s (?=[A-Z])", "", _without_article(match[0]))
            kind = self._kind(name)
            bracket = _IN_BRACKETS.match(text, match.end())
            if kind is None or len(name.split()) > 7:
                continue
            forms = [name]
            if bracket and not bracket[1].islower() and _is_short_for(bracket[1], name):
                forms.append(bracket[1])
                acronyms.add(bracket[1])
            known = self._forms.get(gazetteer.key(name)) or self._state_army(name)
            own = next((self._forms[gazetteer.key(f)] for f in forms
                        if gazetteer.key(f) in self._forms), known)  # fmt: skip
            if own is not None:
                yield (own.name, own.kind), forms
            elif _titled_only(name):
                continue
            else:
                yield (name, kind), forms
        yield from _blocs(text)
        yield from self._lone_acronyms(text, acronyms)
        yield from self._lone_names(text)

    def _kind(self, name: str) -> PartyKind | None:
        nouns = gazetteer.group_nouns()
        kinds = [nouns[word] for word in name.split() if word in nouns]
        if not kinds or name.isupper():
            return None
        for kind in (PartyKind.ARMED_GROUP, PartyKind.INTERNATIONAL_ORGANISATION):
            if kind in kinds:
                return kind
        return kinds[-1]

    def _state_army(self, name: str) -> gazetteer.Known | None:
        """ "Sudanese Armed Forces", "Government of Sudan": the state, under another name."""
        words = name.split()
        if not any(_ARMY.match(word) for word in words):
            return None
        for size in (3, 2, 1):
            for part in (words[:size], words[-size:]):
                known = self._forms.get(gazetteer.key(" ".join(part)))
                if known is not None and known.kind == PartyKind.STATE and len(words) > size:
                    return known
        return None

    def _lone_acronyms(
        self, text: str, taken: set[str]
    ) -> Iterator[tuple[tuple[str, PartyKind], list[str]]]:
        counts = Counter(match[0] for match in _ACRONYM.finditer(_SHOUTED.sub(" ", text)))
        for short in [
            short
            for short in counts
            if re.search(rf"(?m)^{re.escape(short)}\s*:", self.document.text)
        ]:
            del counts[short]  # a label in a transcript of its own kind
        for acronym, count in counts.items():
            if count < SEEN or acronym in _NO_ACRONYM or acronym in taken:
                continue
            if gazetteer.key(acronym) not in self._forms and not acronym.isdigit():
                organised = re.match(r"UN[A-Z]{2,}|MIN[A-Z]+|O[A-Z]U$|AU[A-Z]+", acronym)
                kind = PartyKind.INTERNATIONAL_ORGANISATION if organised else PartyKind.ARMED_GROUP
                yield (acronym, kind), [acronym]

    def _lone_names(self, text: str) -> Iterator[tuple[tuple[str, PartyKind], list[str]]]:
        """Unknown single names in places where only a party stands, at least twice."""
        words = Counter(re.findall(r"(?<=[a-z,;] )[A-ZÀ-Þ][a-zà-ÿ’'\-]{3,}(?![\w])", text))
        taken: list[str] = []
        for word, count in sorted(words.items(), key=lambda item: (len(item[0]), item[0])):
            bare = word.removesuffix("'s").removesuffix("’s")
            if is_title(bare) or any(bare.startswith(name[:-1]) for name in taken):
                continue
            if re.search(rf"\b{re.escape(bare)} [A-Z][a-z]+", text) and not re.search(
                rf"(?:of|in) {re.escape(bare)}\b", text
            ):
                continue  # a first name
            if count < SEEN or bare in _STOP or gazetteer.key(bare) in self._forms:
                continue
            if bare in gazetteer.group_nouns() or bare.rstrip("s") in gazetteer.group_nouns():
                continue
            if is_titled(bare, text):
                continue
            shown = len(re.findall(_STRONG.format(w=re.escape(bare)), text))
            if shown >= SEEN or (shown and count > SEEN):
                taken.append(bare)
                yield (bare, PartyKind.STATE), [bare, *_latin(bare)]

    def _scan(self, sentence: str, number: int) -> list[Mention]:
        words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(sentence)]
        found, at = [], 0
        most = 8
        while at < len(words):
            if self.language == "en" and not words[at][2][:1].isupper():
                at += 1
                continue
            for size in range(min(most, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + size - 1][1]
                known = self._known(sentence[start:end])
                if known is not None:
                    form = _bare(sentence[start:end])
                    found.append(Mention(start, start + len(form), known.name, form))
                    self._note(known, form, number)
                    at += size - 1
                    break
            at += 1
        return sorted([*found, *self._general(sentence, found, number)], key=lambda m: m.start)

    def _general(self, sentence: str, found: list[Mention], number: int) -> Iterator[Mention]:
        """ "the government", "the Council": who is meant when a party was named before."""
        for match in _SAID_GENERALLY.finditer(sentence):
            start, end = match.span("noun")
            if any(m.start < end and start < m.end for m in found):
                continue
            party = self._short(match["noun"]) or self.generic(match["noun"], number)
            if party is not None:
                form = match[0] if match["article"].islower() else match["noun"]
                actor = self.found.get(party)
                if actor is not None:
                    actor.forms[form[:1].lower() + form[1:]] += 1
                    actor.sentences.add(number)
                yield Mention(match.start(), end, party, form)

    def _short(self, noun: str) -> str | None:
        """The group whose name has that noun, if there is only one, or one is named most."""
        if not noun[:1].isupper():
            return None
        groups = [a for a in self.found.values() if noun in a.name.split()]
        return max(groups, key=lambda a: (a.count, a.name)).name if groups else None

    def _known(self, form: str) -> gazetteer.Known | None:
        bare = _bare(form)
        known = self._forms.get(gazetteer.key(bare))
        if known is None or not bare:
            return None
        capital = bare[:1].isupper() or self.language != "en"
        return known if capital and bare not in _STOP else None

    def _note(self, known: gazetteer.Known, form: str, number: int) -> None:
        actor = self.found.setdefault(
            known.name,
            Actor(known.name, known.kind, capital=known.capital, known=bool(known.forms)),
        )
        actor.forms[form] += 1
        actor.sentences.add(number)

    @cached_property
    def home(self) -> str | None:
        """The state that a document is about where it says "the government": the most named."""
        states = [a for a in self.found.values() if a.kind == PartyKind.STATE]
        return max(states, key=lambda a: (a.count, a.name)).name if states else None

    @cached_property
    def main(self) -> list[str]:
        """The parties named most, at most six."""
        ranked = sorted(self.found.values(), key=lambda actor: (-actor.count, actor.name))
        return [actor.name for actor in ranked[:6] if actor.count > 1]

    def generic(self, text: str, number: int) -> str | None:
        """The party that "the government" or "the rebels" means, or None."""
        for pattern, kind in _GENERIC:
            if pattern.search(text):
                if kind == PartyKind.STATE:
                    return self.home
                groups = [a for a in self.found.values() if a.kind == kind]
                return max(groups, key=lambda a: (a.count, a.name)).name if groups else None
        return None

    def of_person(self, name: str) -> Person | None:
        """The person of that name or surname."""
        return self.people.get(folded(name.split()[-1])) if name.split() else None

    def before(self, number: int, position: int) -> Iterable[Mention]:
        """Mentions of a sentence before a position, the nearest first."""
        return [m for m in reversed(self.mentions[number]) if m.end <= position]


def _blocs(text: str) -> Iterator[tuple[tuple[str, PartyKind], list[str]]]:
    """ "European leaders", "leaders of ten European states": one bloc per region."""
    forms: dict[str, Counter[str]] = {}
    for match in _BLOC.finditer(text):
        forms.setdefault(match["region"], Counter())[f"{match['region']} {match['who']}"] += 1
    for region, counted in forms.items():
        name = counted.most_common(1)[0][0]
        yield (name, PartyKind.BLOC), [name, *counted, f"{region}s"]


def _without_article(name: str) -> str:
    return re.sub(r"^(?:The|El|La|Le|Los|Las|Les|L['’]|A|An|In|On|But|And|For|At|Both|As|With|If|"
                  r"When|While|After|Under|From|By) ", "", name)  # fmt: skip


def _bare(form: str) -> str:
    form = re.sub(r"['’]s?$", "", form)
    return form if re.fullmatch(r"(?:\w\.)+", form) else form.rstrip(".")


def _latin(name: str) -> list[str]:
    stem = name.rstrip("aeiouy") if len(name) > 4 else name
    return [f"{part}{ending}" for part in {name, stem} for ending in LATIN_ENDINGS
            if len(part) > 3]  # fmt: skip


def _is_short_for(short: str, name: str) -> bool:
    letters = [c for c in short if c.isalpha()]
    initials = "".join(word[0] for word in re.split(r"[ \-]", name) if word)
    return len(letters) >= 2 and (letters[0].casefold() == initials[:1].casefold()
                                  or short.upper()[:1] in initials.upper())  # fmt: skip


def _titled_only(name: str) -> bool:
    """ "Security Council" without a country is an office, "Prime Minister X" a person."""
    return bool(re.match(r"(?:President|Prime|Minister|General|Colonel|Foreign|Secretary|Mr|Ms|"
                         r"Ambassador|Captain|Commander|Chair|Envoy|Special)\b", name))  # fmt: skip
