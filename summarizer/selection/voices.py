"""Who speaks in a sentence, for whom, and on what ground (pure).

Looked for are verbs of saying outside quotation marks and "according to"; their subject is a
named person, a description ("a Saudi diplomat"), a party, or a pronoun that stands for the last
voice. A quotation without any goes on with the voice before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.names import folded
from summarizer.selection import authors
from summarizer.selection.genre import Genre
from summarizer.selection.people import ANALYST
from summarizer.vocabulary import Basis, PartyKind

if TYPE_CHECKING:
    from summarizer.selection.reading import Line, Reading

_SAY = {
    "en": r"sa(?:ys?|id)|told|tells?|add(?:s|ed)|wrote|writes|warn(?:s|ed)|insist(?:s|ed)|declar(?:es|ed)|"
    r"stat(?:es|ed)|announc(?:es|ed)|confirm(?:s|ed)|argu(?:es|ed)|not(?:es|ed)|repl(?:ies|ied)|"
    r"stress(?:es|ed)|repeat(?:s|ed)|answer(?:s|ed)|call(?:s|ed)|demand(?:s|ed)|reject(?:s|ed)|"
    r"explain(?:s|ed)|indicat(?:es|ed)|suggest(?:s|ed)|acknowledg(?:es|ed)|den(?:ies|ied)|"
    r"promis(?:es|ed)|pledg(?:es|ed)|vow(?:s|ed)|urg(?:es|ed)|describ(?:es|ed)|put it|posted|"
    r"emphasi[sz](?:es|ed)|underscored|affirmed|reiterated|underlined|recalled|claim(?:s|ed)",
    "es": r"dijo|dicen?|dijeron|afirm(?:ó|a|aron)|declar(?:ó|a|aron)|señal(?:ó|a|aron)|explic(?:ó|a)|"
    r"asegur(?:ó|a|aron)|advirti(?:ó|eron)|respondi(?:ó|eron)|contest(?:ó|a)|añadi(?:ó|eron)|"
    r"agreg(?:ó|a)|anunci(?:ó|a|aron)|confirm(?:ó|a|aron)|sostuv(?:o|ieron)|record(?:ó|a)|insisti(?:ó|eron)|"
    r"indic(?:ó|a)|reiter(?:ó|a)|precis(?:ó|a)|exigi(?:ó|eron)|rechaz(?:ó|aron)|subray(?:ó|a)|matiz(?:ó|a)",
    "fr": r"dit|disent|déclar(?:e|é|ent)|affirm(?:e|é|ent)|annonc(?:e|é|ent)|assur(?:e|é|ent)|estim(?:e|é|ent)|"
    r"expliqu(?:e|é|ent)|prévien(?:t|nent)|prévenu|indiqu(?:e|é|ent)|soulign(?:e|é|ent)|rappel(?:le|é|lent)|"
    r"ajout(?:e|é|ent)|répond(?:u|ent)?|confirm(?:e|é|ent)|précis(?:e|é|ent)|juge(?:nt)?|jugé|répèt(?:e|ent)|"
    r"répété|insist(?:e|é|ent)|exig(?:e|é|ent)|rejet(?:te|é|tent)|averti(?:t)?|concède|reconnaît|tranche|lâche",
}
_ACCORDING = re.compile(r"\b(?:according to|in the words of|según|selon|d['’]après|de acuerdo con)\s+",
                        re.IGNORECASE)  # fmt: skip
_QUOTED = re.compile(r"“[^“”]*”?|«[^«»]*»?|\"[^\"]*\"?|(?<!\w)‘[^‘’]{12,}’")
_DESCRIPTION = re.compile(
    r"(?:\b(?:an?|one|another|two|three|several|the|this|senior|some|un|una|uno de los|el|la|los|le|l['’]|"
    r"une|deux|dos|un des|des|unos)\s*)(?:[\w’'.\-]+ ){0,5}?(?:officials?|diplomats?|sources?|"
    r"advis[eo]rs?|aides?|spokes(?:man|woman|person|people)|mediators?|facilitators?|delegates?|commanders?|negotiators?|"
    r"participants?|ministers?|ministry|government|statement|communiqu[eé]|army|delegation|side|rebels|"
    r"office|presidency|council|envoys?|secretary|"
    r"funcionari[oa]s?|diplomátic[oa]s?|fuentes?|portavoz|vocer[oa]|asesor(?:a|es)?|mediador(?:es)?|"
    r"negociador(?:a|es)?|delegad[oa]s?|comunicado|gobierno|guerrilla|delegación|ministerio|"
    r"responsables?|diplomates?|porte-parole|conseill(?:er|ère)s?|médiateurs?|négociateurs?|"
    r"communiqué|gouvernement|délégation|rebelles|rébellion|ministère|présidence|cadre)\b"
    r"(?:(?: (?:of|for|from|close to|in|at|with|involved in|briefed on|familiar with|del?|du|des|"
    r"de la|cercan[oa] a|proche de|proche du)) (?:the |la |le |los |l['’])?[\w’'\-]+(?: [A-Z][\w’'\-]+)*)?",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|they|the (?:official|diplomat|spokes\w+|minister|envoy|adviser|president)|"
                      r"él|ella|il|elle|ils)\b", re.IGNORECASE)  # fmt: skip
_NAMELESS = re.compile(r"official|diplomat|source|advis|aide|participant|delegate|negotiator|commander|"
                       r"funcionari|diplomátic|fuente|asesor|responsable|conseill|proche|cadre|mediator|"
                       r"facilitator|person", re.IGNORECASE)  # fmt: skip
_TEXT = re.compile(r"statement|communiqu|comunicado|declaration|agreement|text|accord\b|acuerdo",
                   re.IGNORECASE)  # fmt: skip
_PUBLISHED = re.compile(
    r"communiqu|statement|press release|comunicado|declaraci|déclaration|message|communication|a la naci|"
    r"compatriot|manifesto|open letter|readout|note to",
    re.IGNORECASE,
)
"""What a party publishes, as the first lines call it."""
_COMMENT = re.compile(
    r"\b(?:opinion|comment|column|op-ed|essay|blog|posted|views)\b", re.IGNORECASE
)
TOLD = 0.25
"""Verbs of saying per sentence from which a text reports what others say."""
MANY = 4
"""Times that "we" or "I" must stand outside quotations for a text to be somebody's own."""
_PREPOSITION = re.compile(
    r"\b(?:with|to|by|from|against|of|in|on|for|con|de|à|avec|par)\s+(?:the\s+)?$"
)
_FIRST = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|my|[Nn]ous|[Nn]otre|[Nn]osotros|[Nn]uestr\w+|je)\b")
_INVERTED = re.compile(r"[,”\"»] $")
"""Before a verb of saying whose subject stands behind it: "…, said Y"."""
NEAR = 90


@dataclass(frozen=True)
class Voice:
    """A speaker as written, the party they speak for, and the ground."""

    speaker: str | None = None
    party: str | None = None
    basis: Basis = Basis.NARRATION
    analyst: bool = False
    at: int = -1
    """Where the verb of saying stands in the sentence; -1 where there is none."""
    pronoun: bool = False


NARRATION = Voice()


class Voices:
    """Attributes every line of a reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.say = re.compile(rf"(?<!\w)(?:{_SAY[reading.language]})(?!\w)")
        self.turn_voices: dict[str, Voice] = {}
        self.begun = False
        self.author = self._author()

    def attributed(self) -> list[Line]:
        """The lines with their voices."""
        lines, last, paragraph = [], NARRATION, -1
        quoting = False
        for line in self.reading.lines:
            voice = self._voice(line, last)
            if voice is NARRATION and (
                self._goes_on(line, quoting) and line.paragraph == paragraph
            ):
                voice = replace(last, at=-1)
            if voice is NARRATION and not line.heading and self._own_voice(line):
                voice = self.author
            if voice is not NARRATION and not line.turn.label:
                last, paragraph = voice, line.paragraph
            quoting = line.text.count("“") > line.text.count("”") or line.text.count(
                "«"
            ) > line.text.count("»")
            lines.append(replace(line, voice=voice))
        return lines

    def _author(self) -> Voice:
        """Who speaks where nobody is named: the side whose document it is, or an observer."""
        bare = _QUOTED.sub(" ", self.reading.document.text)
        first, head = len(_FIRST.findall(bare)), bare[:700]
        party = authors.owner(self.reading)
        told = len(self.say.findall(bare)) / max(1, len(self.reading.lines))
        published = told < TOLD and _PUBLISHED.search(head)
        asked = any(line.turn.label == "**" for line in self.reading.lines)
        if self.reading.genre == Genre.TEXT:
            return NARRATION  # of several; what it says is its signatories'
        if self.reading.genre == Genre.OPINION or (_COMMENT.search(head) and first >= MANY):
            return Voice(None, None, Basis.ANALYST)
        if not asked and not published and first < MANY:
            return NARRATION
        if published and not asked:
            return Voice(None, party, Basis.OFFICIAL_TEXT)
        anonymous = re.search(r"not (?:to be|being) named|unnamed", bare[:1500])
        return Voice(None, party, Basis.ANONYMOUS if anonymous else Basis.ON_RECORD)

    def _own_voice(self, line: Line) -> bool:
        """Whether an unattributed line is the author's: from the first one with "we" on."""
        if self.author is NARRATION or line.turn.label:
            return False
        if self.author.basis in {Basis.OFFICIAL_TEXT, Basis.ANALYST}:
            return True
        self.begun = self.begun or _FIRST.search(_QUOTED.sub(" ", line.text)) is not None
        return self.begun or self.reading.genre == Genre.TRANSCRIPT

    def _goes_on(self, line: Line, quoting: bool) -> bool:
        return quoting or line.text.lstrip().startswith(("“", "«", '"', "‘"))

    def _voice(self, line: Line, last: Voice) -> Voice:
        if line.turn.label and not line.turn.asks:
            return self._of_turn(line)
        if line.turn.asks:
            return Voice(None, None, Basis.OTHER_MEDIA)
        return self._said(line, last) or NARRATION

    def _of_turn(self, line: Line) -> Voice:
        label = line.turn.label or ""
        if label not in self.turn_voices:
            self.turn_voices[label] = self._label_voice(label)
        return self.turn_voices[label]

    def _label_voice(self, label: str) -> Voice:
        person = self.reading.actors.of_person(label.title())
        name = person.name if person else label.title() if label.isupper() else label
        party = (person.party or person.guess) if person else None
        official = re.search(r"official|senior|oficial|responsable", label, re.IGNORECASE)
        party = (
            authors.of_label(self.reading, label)
            or party
            or self._named_in(label.title())
            or self._introduced(label)
            or authors.owner(self.reading)
        )
        return Voice(name, party, Basis.ANONYMOUS if official else Basis.ON_RECORD)

    def _introduced(self, label: str) -> str | None:
        """The party that a longer label of the same name gives: "A. LEBED (Security Council of …)"."""
        others = dict.fromkeys(line.turn.label for line in self.reading.lines if line.turn.label)
        name = surname(label)
        for other in others:
            if other != label and "(" in other and surname(other.split("(")[0].strip()) == name:
                return self._named_in(other.title())
        return None

    def _named_in(self, label: str) -> str | None:
        """The party of a label: of "Ambassador of Halden to the United Nations" the one sent."""
        named, found = self.reading.actors.named_in(label), self.reading.actors.found
        sent = [one for one in named if one not in found
                or found[one].kind != PartyKind.INTERNATIONAL_ORGANISATION]  # fmt: skip
        return next(iter(sent or named), None)

    def _said(self, line: Line, last: Voice) -> Voice | None:
        bare = _QUOTED.sub(lambda m: " " * len(m[0]), line.text)
        for match in _ACCORDING.finditer(bare):
            found = self._subject(
                line, match.end(), min(len(bare), match.end() + NEAR), last, first=True
            )
            if found:
                return replace(found, at=match.start())
        for match in self.say.finditer(bare):
            start = max(bare.rfind(mark, 0, match.start()) for mark in (";", " — ")) + 1
            start = max(0, start, match.start() - 170)
            behind = (match.end(), min(len(bare), match.end() + 60))
            inverted = self._subject(line, *behind, last, first=True, inverted=True)
            found = inverted if _INVERTED.search(line.text[: match.start()]) else None
            found = found or self._subject(line, start, match.start(), last, first=False)
            found = found or inverted
            if found:
                return replace(found, at=match.start())
        return None

    def _subject(
        self, line: Line, low: int, high: int, last: Voice, *, first: bool, inverted: bool = False
    ) -> Voice | None:
        """The voice named in a stretch of the sentence, the one nearest to the verb."""
        options = self._named(line, low, high)
        if not inverted and last is not NARRATION:
            options += [
                (m.start(), replace(last, pronoun=True, at=-1))
                for m in _PRONOUN.finditer(line.text[low:high])
            ]
        if first:
            near = [option for option in options if option[0] < (8 if inverted else 40)]
            return min(near, key=lambda option: option[0], default=(0, None))[1]
        part = line.text[low:high]
        free = [option for option in options if not _PREPOSITION.search(part[: option[0]])]
        people = [one for one in free if not one[1].pronoun]
        return max(people or free, key=lambda option: option[0], default=(0, None))[1]

    def _named(self, line: Line, low: int, high: int) -> list[tuple[int, Voice]]:
        """People, descriptions and parties of a stretch, with where they stand in it."""
        part = line.text[low:high]
        found: list[tuple[int, Voice]] = []
        for surname, names, voice in self._people:
            if surname in part:
                found += [(m.start(), voice) for m in names.finditer(part)]
        described = list(_DESCRIPTION.finditer(part))
        for m in described:
            found.append((m.start(), self._described(line, m[0], low + m.start(), low + m.end())))
        for mention in line.mentions:
            inside = any(m.start() <= mention.start - low < m.end() for m in described)
            if low <= mention.start and mention.end <= high and not inside:
                voice = Voice(mention.form, mention.party, Basis.ON_RECORD)
                found.append((mention.start - low, voice))
        return found

    @cached_property
    def _people(self) -> list[tuple[str, re.Pattern[str], Voice]]:
        """Everyone by surname, with what finds the name, made once: a long document names hundreds."""
        found = []
        for person in self.reading.actors.people.values():
            surname = person.name.split()[-1]
            names = rf"(?<!\w)(?:{re.escape(person.name)}|{re.escape(surname)})(?!\w)"
            basis = Basis.ANALYST if person.analyst and not person.party else Basis.ON_RECORD
            voice = Voice(person.name, person.party or person.guess, basis, person.analyst)
            found.append((surname, re.compile(names), voice))
        return found

    def _described(self, line: Line, text: str, low: int, high: int) -> Voice:
        inside = [m.party for m in line.mentions if low <= m.start and m.end <= high]
        party = inside[0] if inside else self.reading.actors.generic(text, line.number)
        analyst = ANALYST.search(text) is not None
        if _TEXT.search(text):
            basis = Basis.OFFICIAL_TEXT
        elif _NAMELESS.search(text):
            basis = Basis.ANONYMOUS
        else:
            basis = Basis.ON_RECORD
        if re.search(r"spokes|portavoz|vocer|porte-parole", text, re.IGNORECASE):
            basis = Basis.ON_RECORD
        if re.search(r"western|occidental", text, re.IGNORECASE):
            party = None
        return Voice(
            text.strip(), None if analyst else party, Basis.ANALYST if analyst else basis, analyst
        )


def surname(name: str | None) -> str:
    """The last word of a name, folded."""
    return folded(name.split()[-1]) if name else ""
