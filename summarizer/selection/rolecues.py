"""Words that show what part a named party plays, and whose part they show (pure).

Three strengths: near a name; right before or behind a name or a list of names ("hosted by Egypt
and Qatar", "Omani mediators"); and verbs of which the name is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summarizer.selection.parsed import LONGEST
from summarizer.vocabulary import PartyRole

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summarizer.selection.actors import Mention
    from summarizer.selection.reading import Line, Reading

How = Literal["near", "close", "verb"]
HOW: tuple[How, ...] = ("near", "close", "verb")
FAR = 60
"""Characters between a cue and the name it is about."""
_NEAR = {
    PartyRole.MEDIATOR: r"mediat|broker|facilitat|shuttle|go-between|good offices|envoy|proposed by|its text|"
    r"mediador|mediación|facilitador|garante|acompañant|médiat|bons offices|émissaire",
    PartyRole.HOST: r"\bhost(?:s|ed|ing)?\b|talks in|round in|meeting in|held in|meet in|anfitri|sede de|"
    r"accueill|hôte|réunis à|reunid[oa]s en|met in|gathered in",
    PartyRole.GUARANTOR: r"guarant(?:or|ee)|garant",
    PartyRole.MONITOR: r"monitor|observ(?:er|ador|ateur)|verif|vérif|peacekeep|inspect|supervis",
    PartyRole.WITNESS: r"witness|testig|témoin|co-?sign",
    PartyRole.IMPLEMENTER: r"\baid\b|humanitarian|relief|convoy|prisoners? (?:exchange|list)|ayuda humanitaria|"
    r"aide humanitaire|led by|chaired by|channel|registr|flight|escort",
    PartyRole.SUPPORTING_PARTY: r"\b(?:backed|backs|ally|allies|supporter|supports|arms to|weapons to|allied|patron)\b|"
    r"aliad|respald|allié|soutien",
}
_BEHIND = {
    PartyRole.MEDIATOR: r"['’]?s?(?:-|,? )(?:\w+ ){0,2}(?:mediat\w*|broker\w*|facilitat\w*|envoys?\b|good offices|go-between|shuttle|"
    r"mediador\w*|facilitador\w*|médiat\w*|facilitateurs?)",
    PartyRole.HOST: r"['’]?s? (?:\w+ )?(?:hosts?\b|hosted|hosting|capital\b|resort|is to host|will host|acogió|accueille)",
    PartyRole.GUARANTOR: r"['’]?s? (?:\w+ ){0,4}(?:guarant\w+|garant\w*)",
    PartyRole.MONITOR: r"['’]?s? (?:\w+ ){0,2}(?:monitor\w*|observers?|peacekeep\w*|inspectors?|mission\b|force\b|verif\w*|observador\w*|"
    r"observateurs?|casques bleus)",
    PartyRole.WITNESS: r"['’]?s? (?:\w+ ){0,3}(?:as (?:a )?witness\w*|witnessed|testigos?|témoins?|observer status)",
    PartyRole.IMPLEMENTER: r"['’]?s? (?:\w+ ){0,2}(?:convoys?|agenc\w+|relief|aid workers|flights?|trucks?|staff)",
    PartyRole.SUPPORTING_PARTY: r"(?:-backed|-supported|['’]s (?:all(?:y|ies)|proxy|support|backing|client)|,? which (?:backs|arms|supports))",
    PartyRole.AFFECTED_OUTSIDER: r" (?:has |have |had )?(?:welcomed|condemned|criticised|criticized|urged|called (?:on|for)|expressed|denounced|"
    r"complained|protested|warned|objected|demanded a (?:seat|say)|was not invited|is not (?:at|in|part)|has no seat|watch\w*)",
    PartyRole.PRIMARY_PARTY: r"['’]?s? (?:\w+ )?(?:rebels?|fighters|guerrillas?|delegat\w+|negotiators?|negotiating|troops|side\b|commanders?|"
    r"guerrilleros|rebelles|(?:have |had |has )?(?:signed|agreed|ceded|rejected|accepted|refuse\w*))",
}
_AHEAD = {
    PartyRole.MEDIATOR: r"(?:mediat\w*|broker\w*|facilitat\w*|envoys?|tabled|drafted|put forward|auspices|chaired|convened|mediación|mediados|"
    r"auspicios|médiation|auspices|égide)(?: \w+){0,2} (?:by|of|from|for|de|del|du|par|por)",
    PartyRole.HOST: r"(?:host\w*(?: by)?|talks|met|meeting|meetings|round|gathered|signed|negotiat\w+|summit|conference|session|reuni\w+|"
    r"réunis?|conversaciones|pourparlers|firmad\w+|signé\w*)(?: \w+){0,3} (?:in|at|by|en|à|au)",
    PartyRole.GUARANTOR: r"(?:guarant\w+|underwr\w+|garant\w*)(?: \w+){0,3},? (?:by|of|from|are|is|were|de|del|por|par)",
    PartyRole.MONITOR: r"(?:monitor\w*|observ\w+|verif\w+|supervis\w+|inspect\w+|peacekeep\w+|mission|deployed|policed|watched)(?: \w+){0,2} (?:by|of|from|de|del|par|por)",
    PartyRole.WITNESS: r"(?:witness\w*|presence|attended|testigos?|présence|presencia|for the|observers?)(?: \w+){0,3} ?(?:by|of|from|:|de|del|par|por)",
    PartyRole.IMPLEMENTER: r"(?:deliver\w*|distribut\w*|carried out|handed over|run|overseen|escort\w*|under the eyes|through|with the help)(?: \w+){0,2} (?:by|of|to|to the)?",
    PartyRole.SUPPORTING_PARTY: r"(?:backed|supported|armed|allied|support|backing|allies|ally|arms|weapons|respaldad\w+|apoyo|soutenu\w*|soutien|appui)"
    r"(?: \w+){0,2} (?:by|from|with|such as|like|de|por|par)",
    PartyRole.PRIMARY_PARTY: r"(?:between|talks with|negotiat\w+ with|war (?:with|against)|fight\w* (?:with|against)|agreement with|truce with|"
    r"peace with|entre|diálogo con|negociaciones con|guerre contre)",
}
_VERBS = {
    PartyRole.MEDIATOR: "mediate broker facilitate shuttle convene table draft propose carry relay chair bridge invite",
    PartyRole.HOST: "host accommodate welcome receive",
    PartyRole.GUARANTOR: "guarantee underwrite pledge",
    PartyRole.MONITOR: "monitor verify observe inspect supervise deploy report oversee certify",
    PartyRole.WITNESS: "witness attend",
    PartyRole.IMPLEMENTER: "deliver distribute escort register fly run pay train",
    PartyRole.SUPPORTING_PARTY: "back support arm sponsor finance help supply",
    PartyRole.AFFECTED_OUTSIDER: "welcome condemn criticise criticize urge complain protest object denounce hope",
    PartyRole.PRIMARY_PARTY: "fight attack shell seize capture bomb kill release withdraw disarm accept reject refuse agree sign insist "
    "demand cede concede negotiate hold control accuse violate resume",
}  # fmt: skip
_OF_NEAR = {role: re.compile(words, re.IGNORECASE) for role, words in _NEAR.items()}
_OF_BEHIND = {role: re.compile(words, re.IGNORECASE) for role, words in _BEHIND.items()}
_OF_AHEAD = {
    role: re.compile(rf"(?<!\w)(?:{words}),? ?(?:the |la |le |el |los |las |les |l['’]|both )?$", re.IGNORECASE)
    for role, words in _AHEAD.items()
}  # fmt: skip
_OF_VERB = {verb: role for role, verbs in reversed(_VERBS.items()) for verb in verbs.split()}
_BETWEEN = re.compile(
    r"(?:,|,? and|,? y|,? et|,? or|,? as well as|/)? ?(?:the |la |le |el |los |l['’])?"
)


@dataclass(frozen=True)
class Cue:
    """A word in a sentence that shows the part of a party."""

    party: str
    role: PartyRole
    number: int
    how: How


def cued(reading: Reading) -> Iterator[Cue]:
    """Every cue of a document."""
    yield from _titles(reading)
    for line in reading.lines:
        yield from _near(line)
        for group in _lists(line):
            yield from _close(line, group)
        doc = reading.grammar(line.number)
        if doc is not None:
            yield from _verbs(line, doc)


def _titles(reading: Reading) -> Iterator[Cue]:
    """ "Qatar's chief mediator": a title that shows the part of the party spoken for."""
    for person in reading.actors.people.values():
        for role, pattern in _OF_NEAR.items():
            if person.party and pattern.search(person.title or ""):
                yield Cue(person.party, role, person.first, "close")


def _near(line: Line) -> Iterator[Cue]:
    """The name nearest to a cue."""
    mentions = [m for m in line.mentions if m.start < LONGEST]
    for role, pattern in _OF_NEAR.items():
        for match in pattern.finditer(line.text, 0, LONGEST):
            distances = [
                (min(abs(m.start - match.start()), abs(m.end - match.end())), m) for m in mentions
            ]
            best = min(distances, key=lambda pair: pair[0], default=None)
            if best and best[0] < FAR:
                yield Cue(best[1].party, role, line.number, "near")


def _lists(line: Line) -> Iterator[list[Mention]]:
    """Names that stand in one list: "Egypt, Qatar and the United States"."""
    group: list[Mention] = []
    for mention in line.mentions:
        if group and not _BETWEEN.fullmatch(line.text[group[-1].end : mention.start]):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _close(line: Line, group: list[Mention]) -> Iterator[Cue]:
    ahead = line.text[max(0, group[0].start - FAR) : group[0].start]
    behind = line.text[group[-1].end : group[-1].end + FAR]
    for mention in group:
        roles = [role for role, pattern in _OF_AHEAD.items() if pattern.search(ahead)]
        roles += [role for role, pattern in _OF_BEHIND.items() if pattern.match(behind)]
        yield from (Cue(mention.party, role, line.number, "close") for role in roles)


def _verbs(line: Line, doc: Doc) -> Iterator[Cue]:
    for mention in line.mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        verb = governed(span.root) if span is not None else None
        if verb is not None and verb.lemma_.lower() in _OF_VERB:
            yield Cue(mention.party, _OF_VERB[verb.lemma_.lower()], line.number, "verb")


def governed(word: Token) -> Token | None:
    """The verb that a name, or the noun it belongs to ("Qatari diplomats"), is the doer of."""
    while word.dep_ in {"conj", "compound", "amod", "nmod", "poss", "appos"}:
        word = word.head
    if word.dep_ == "nsubj":
        return word.head
    by = word.head
    return by.head if word.dep_ == "pobj" and by.dep_ == "agent" else None
