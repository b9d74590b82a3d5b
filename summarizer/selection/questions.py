"""An open question as a question: what the line leaves open, in its own words (pure)."""

from __future__ import annotations

import re

from summarizer.selection import topics
from summarizer.selection.reading import Line
from summarizer.vocabulary import QuestionReason, Topic

_MODAL = r"(?:would|will|can|could|should|is|are|was|were|has|have|must|might|may)"
_WH = re.compile(
    r"\b(?P<wh>how(?: (?:many|much|long|far|soon))?|who|whom|when|where|what|which(?: \w+)?|why)\s+"
    r"(?P<rest>[^.;:?!“”—]{3,140})",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:whether(?: or not)?|(?:say|said|know|known|clear|asked|tell|see) if)\s+(?P<rest>[^.;:?!“”—]{3,140})",
    re.IGNORECASE,
)
_INVERT = re.compile(
    rf"^(?P<subject>(?:[\w’'\-]+ ){{1,8}}?)(?P<modal>{_MODAL})\s+(?P<rest>.+)$", re.IGNORECASE
)
_REASONS: tuple[tuple[QuestionReason, str], ...] = (
    (QuestionReason.VERIFICATION, r"who (?:would|will|should) (?:check|monitor|verify|watch)|verif(?:y|ication)|nobody who would check|"
     r"quién verific|qui vérifi|monitor"),
    (QuestionReason.CONFLICTING_ACCOUNTS, r"\bden(?:y|ies|ied)\b|contradict|conflicting|the opposite|other version|desmint|contradi|dément"),
    (QuestionReason.DETAILS_WITHHELD, r"no (?:further )?details|declined to|did(?: not|n['’]t) (?:say|give|elaborate|specify|name)|"
     r"gave no|offered no|not going to (?:read|go into|get into|name)|refused to say|without (?:saying|giving|specif)|"
     r"sin (?:dar|precisar|detall)|no (?:precis|detall|quiso)|sans (?:précis|donner)|n['’]a pas (?:précis|donn|voulu)|did not say"),
    (QuestionReason.TERM_UNDEFINED, r"define|definition|vague|undefined|what .{0,20}means?|ambigu|not explain(?:ed)?|interpret|precise meaning|flou|"
     r"does not say what|says nothing (?:of|about) what"),
    (QuestionReason.AWAITING_RESPONSE, r"(?:not|n['’]t) (?:yet )?(?:answer|respon|repl|react|comment|heard)|no (?:answer|reply|response)|"
     r"await\w* (?:an? )?(?:answer|reply|response)|study|waiting for|has until|sin respuesta|no ha respond|réponse|studying"),
    (QuestionReason.AWAITING_DECISION, r"\bvot(?:e|es|ing)\b|ratif|referend|approv|decide|decision|court|parliament|congress|plebisc|to rule|"
     r"se prononc|decidir|tranch"),
    (QuestionReason.SEQUENCING, r"\bfirst\b|sequence|order (?:of|in which)|before or after|which comes"),
    (QuestionReason.IMPLEMENTATION, r"implement|carried out|enforce|work in practice|hold\b|whether .{0,40} (?:can|will) (?:be kept|last)|cumpl|appliqu"),
    (QuestionReason.NOT_YET_DISCUSSED, r"not (?:yet )?(?:been )?(?:discuss|address|raised|touched|tackled|on the agenda|talked)|later (?:stage|round|phase)|"
     r"left (?:for|to)|postponed|has not come up|second stage|no .{0,20}abord|pas (?:encore )?été abord|doesn['’]t touch|"
     r"to be (?:decided|settled|determined|agreed|discussed|worked out)|remain\w* to be|pendiente"),
    (QuestionReason.PARTIES_DISAGREE, r"disagree|differ|dispute|at odds|divid|gap|sticking|stumbl|unable to agree|bracket|while .{0,60} (?:wants|insists|says)|"
     r"desacuerdo|diferenc|désaccord|diverg|not agreed|unresolved|outstanding"),
)  # fmt: skip
REASONS = tuple(QuestionReason)
_COMPILED = tuple((reason, re.compile(words, re.I)) for reason, words in _REASONS)
_LONGEST = 30


def reason(text: str) -> QuestionReason:
    """Why it is open, by the first list of cues that fits."""
    for found, pattern in _COMPILED:
        if pattern.search(text):
            return found
    return QuestionReason.NOT_YET_DISCUSSED


def describe(text: str) -> list[float]:
    """What the rules say, as numbers."""
    said = reason(text)
    return [float(said == one) for one in REASONS]


def question(line: Line, why: QuestionReason) -> str:
    """One question: the one the line asks or embeds, else one about its topic for the reason."""
    text = " ".join(line.text.split())
    return embedded(text) or _template(text, why)


def embedded(text: str) -> str | None:
    """The question that a sentence asks or embeds, turned round; None where none reads well."""
    asked = re.search(r"(?:^|[.?!:;”\"»] )[“\"«*]*([A-ZÀ-Þ¿][^.?!]{8,}\?)[”\"»*]*$", text)
    if asked and len(asked[1].split()) <= _LONGEST:
        return asked[1]
    match = _WHETHER.search(text)
    if match:
        return _asked("", match["rest"]) or f"Will it be settled whether {_clause(match['rest'])}?"
    return next((found for m in _WH.finditer(text) if (found := _of_wh(text, m))), None)


def _of_wh(text: str, match: re.Match[str]) -> str | None:
    """None for a relative clause: "Smith, who was there", "the day when"."""
    wh = match["wh"].strip()
    if _RELATIVE.match(wh) and match.start() and not _ASKING.search(text[: match.start()]):
        return None
    return _asked(wh, match["rest"])


def _asked(wh: str, rest: str) -> str | None:
    """ "how a truce would be watched": "How would a truce be watched?"."""
    rest = _clause(rest)
    if len(rest.split()) > _LONGEST or re.search(r"\b(?:I|we|we['’]re|you)\b", rest):
        return None
    if _SUBJECT.match(wh) and (
        re.match(rf"(?:\w+ly )?(?:{_MODAL}|shall)\b", rest, re.I) or not _NOUN.match(rest)
    ):
        return f"{wh[0].upper()}{wh[1:]} {rest}?"
    match = _INVERT.match(rest)
    if match is None:
        return None
    head = f"{wh} {match['modal'].lower()}".strip()
    return f"{head[0].upper()}{head[1:]} {match['subject'].strip()} {match['rest']}?"


def _clause(rest: str) -> str:
    bare = re.split(
        r",? (?:he|she|they|the (?:official|spokes\w+|diplomat)|an official) (?:said|added|noted)|"
        r", (?:according|but|and|while|as|which|then|the (?:text|draft|statement|document|agreement|plan|bill|accord)|a point|or)\b|"
        r" (?:remains?|is|are|was|were) (?:still )?(?:open|unclear|unsettled|undecided|not (?:known|clear|settled|decided|said))\b",
        rest,
    )[0]
    return bare.strip(' ,’”"»')


_RELATIVE = re.compile(r"(?:who|whom|when|where|which)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:who|what|which|how (?:many|much))\b", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:the|an?|its?|their|his|her|they|he|she|this|that|these|those|either|any|[A-ZÀ-Þ]\w+|"
    r"(?:\w+ ){1,3}?(?:the|its|their))\s"
)
_ASKING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tell|told|kn(?:ow|ows|own)|(?:un)?clear|ask(?:s|ed)?|decid(?:e|ed)|agreed?|agree on|settled?|"
    r"questions?|explain(?:ed)?|specif(?:y|ied)|defin(?:e|ed|es)|discuss(?:ed)?|determined?|over|about|on|of|and|or|nor|"
    r"wonders?|nam(?:e|ed)|disclosed?|set|fix(?:ed)?|see|exactly|open) [“\"‘]?$|[:—–] [“\"‘]?$|^[“\"‘]$",
    re.IGNORECASE,
)
_ABOUT = {
    Topic.CEASEFIRE: "the ceasefire",
    Topic.MONITORING_VERIFICATION: "monitoring and verification",
    Topic.SECURITY_GUARANTEES: "security guarantees",
    Topic.FOREIGN_FORCES: "foreign forces",
    Topic.FORCE_LIMITS: "arms and forces",
    Topic.NUCLEAR_WMD: "the nuclear programme",
    Topic.TERRITORY_BORDERS: "territory and withdrawal",
    Topic.STATUS_RECOGNITION: "status and recognition",
    Topic.GOVERNANCE: "the political arrangements",
    Topic.VOTES_RATIFICATION: "the vote",
    Topic.DETAINEES_HOSTAGES: "the prisoners and detainees",
    Topic.HUMANITARIAN: "humanitarian aid and civilians",
    Topic.JUSTICE_AMNESTY: "justice and amnesty",
    Topic.RIGHTS_INCLUSION: "rights and inclusion",
    Topic.SANCTIONS_ASSETS: "sanctions",
    Topic.ECONOMY_RECONSTRUCTION: "the economy and reconstruction",
    Topic.CRIME_TERRORISM: "crime and terrorism",
    Topic.PROCESS: "the talks",
}
_TEMPLATES = {
    QuestionReason.DETAILS_WITHHELD: "What are the details of {}?",
    QuestionReason.AWAITING_RESPONSE: "What will the answer be on {}?",
    QuestionReason.AWAITING_DECISION: "What will be decided on {}?",
    QuestionReason.CONFLICTING_ACCOUNTS: "Which account is right on {}?",
    QuestionReason.PARTIES_DISAGREE: "How will the sides settle their differences over {}?",
    QuestionReason.NOT_YET_DISCUSSED: "What will be decided on {}?",
    QuestionReason.TERM_UNDEFINED: "What exactly do the terms on {} mean?",
    QuestionReason.SEQUENCING: "What comes first on {}?",
    QuestionReason.VERIFICATION: "Who would verify what is promised on {}?",
    QuestionReason.IMPLEMENTATION: "How would the terms on {} be carried out?",
}
_MEANT = re.compile(r"[“\"«](?P<term>[^“”\"«»]{3,60}?)[,.]?[”\"»]")
_DETAIL = re.compile(
    r"\b(?:details|particulars|dates?|figures?|timetable) (?:of|on|about|for) (?P<what>(?:the|its|their|an?) [\w’'\- ]{3,60})"
)


def _template(text: str, why: QuestionReason) -> str:
    """A question about the term in quotation marks, the thing without details, or the topic."""
    term, detail = _MEANT.search(text), _DETAIL.search(text)
    if why == QuestionReason.TERM_UNDEFINED and term:
        return f"What does “{term['term']}” mean?"
    if why == QuestionReason.DETAILS_WITHHELD and detail:
        return f"What are the details of {detail['what'].strip()}?"
    asked = _TEMPLATES[why].format(_ABOUT[topics.by_rule(text)[0]])
    return f"{asked[:-1]}, given that {plain}?" if (plain := _plain(text)) else asked


_LOWERED = re.compile(
    r"(?:The|A|An|It|Its|They|Their|This|That|These|Those|There|No|One|What|Neither|Nothing|None|Nobody|Both|All|Each|"
    r"Some|Many|Most|Several|He|His|She|Her|In|On|At|For|Under|After|Before|As)\b"
)
_TOLD = re.compile(
    r",?[”\"]? (?:he|she|they|the (?:official|diplomat|spokes\w+)|(?:[A-ZÀ-Þ][\w’'-]+ ?){1,3}) (?:said|told|added|noted)\b.{0,50}$"
)
_FOREIGN = re.compile(r"\b(?:el|la|los|las|que|le|les|des|du|qui|pas|del)\b")
_LINKED = re.compile(r"^(?:But|And|Yet|So|Still|However|Nor|Meanwhile|Then)\b,? ")
_SPOKEN = re.compile(r"[“”\"«»:;?!]|\b(?:I|we|us|our|you|me|my)\b|, (?:he|she|it|they) |\bsaid\b|…")


def _plain(text: str) -> str | None:
    """A short statement of the source that can stand behind "given that"; None for any other."""
    bare = _LINKED.sub("", text).rstrip(". ")
    bare = _TOLD.sub("", bare).strip('“”"«» ')
    if (
        len(bare.split()) > _LONGEST
        or _FOREIGN.search(bare)
        or _SPOKEN.search(bare)
        or not bare[:1].isalpha()
    ):
        return None
    bare = bare[:1].upper() + bare[1:]
    return bare[:1].lower() + bare[1:] if _LOWERED.match(bare) else bare
