"""An open question as a question: what the line leaves open, in its own words (pure)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.selection import asking, trimming
from summarizer.selection.reading import Line
from summarizer.selection.turning import Naming
from summarizer.vocabulary import QuestionReason

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ASKED = re.compile(
    r"(?:^|^.*[.?!:;”\"»] )[“\"«*–— -]*(?:(?:And|But|So|Y|Et|Pero|Mais),? (?=\w))?(?P<asked>[^\W\d_¿][^.?!]{8,}\?|¿[^.?!]{8,}\?)[”\"»*]*$"
)
_SHORTENED = re.compile(r"\b(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sr|Sra|St|No|M)\.)")
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
_LEANING = re.compile(
    r"(?:[\w.’'-]+\s){1,5}(?:(?:has|have|had) )?(?:(?:gave|given|offered|provided|went into) no (?:further |other |more )?"
    r"(?:particulars|details?|specifics|elaboration)|(?:did not|declined to|would not) (?:elaborate|go into (?:any )?details?|"
    r"give (?:any )?(?:further )?(?:details|particulars)))(?: further)?\.?[”\"]?"
)
"""He gave no particulars."""


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


def leans(text: str) -> bool:
    """Whether a line only says that no more is told: what of, the line before says."""
    return _LEANING.fullmatch(" ".join(text.split())) is not None


def question(
    line: Line, why: QuestionReason, grammar: Doc | None = None, before: Line | None = None
) -> str:
    """One question: what the line asks, or leaves open by its grammar, else one for the reason.

    ``grammar`` is the parse of the line where there is one, ``before`` the line that it leans on.
    """
    text = " ".join(line.text.split())
    if before is not None:
        return _TEMPLATES[QuestionReason.DETAILS_WITHHELD].format(f": “{_within(before.text)}”")
    return (
        _asked(text)
        or _template(text, why)
        or (asking.asked(grammar, _naming(line)) if grammar is not None else None)
        or _TEMPLATES[why].format(f": “{_within(text)}”")
    )


def _asked(text: str) -> str | None:
    """The question that a line ends with."""
    found = _ASKED.search(_SHORTENED.sub(lambda word: word[0].replace(".", "\0"), text))
    if found is None or len(found["asked"].split()) > _LONGEST:
        return None
    asked = found["asked"].replace("\0", ".")
    return asked[:1].upper() + asked[1:]


def _naming(line: Line) -> Naming:
    """What the pronouns of what is said stand for: the one who says it, or their party."""
    voice = line.voice
    own = voice.speaker if voice.pronoun else None
    names = {"he": own, "she": own, "we": voice.party}
    return names.get


def _within(text: str) -> str:
    """The sentence as it stands in quotation marks: the source's own words."""
    return (
        trimming.cut(trimming.bare(text), _LONGEST)
        .rstrip(" .,;:")
        .translate(str.maketrans('“”"«»', "‘’'‘’"))
    )


_TEMPLATES = {
    QuestionReason.DETAILS_WITHHELD: "What are the details of this{}?",
    QuestionReason.AWAITING_RESPONSE: "What will the answer be on this{}?",
    QuestionReason.AWAITING_DECISION: "What will be decided on this{}?",
    QuestionReason.CONFLICTING_ACCOUNTS: "Which account is right on this{}?",
    QuestionReason.PARTIES_DISAGREE: "How will the sides settle their differences over this{}?",
    QuestionReason.NOT_YET_DISCUSSED: "What will be decided on this{}?",
    QuestionReason.TERM_UNDEFINED: "What exactly do these terms mean{}?",
    QuestionReason.SEQUENCING: "What comes first on this{}?",
    QuestionReason.VERIFICATION: "Who would verify what is promised on this{}?",
    QuestionReason.IMPLEMENTATION: "How would this be carried out{}?",
}
_MEANT = re.compile(r"[“\"«](?P<term>[^“”\"«»]{3,60}?)[,.]?[”\"»]")
_DETAIL = re.compile(
    r"\b(?:details|particulars|dates?|figures?|timetable) (?:of|on|about|for) (?P<what>(?:the|its|their|an?) [\w’'\- ]{3,60})"
)


def _template(text: str, why: QuestionReason) -> str | None:
    """A question about the term in quotation marks, or the thing without details."""
    term, detail = _MEANT.search(text), _DETAIL.search(text)
    if why == QuestionReason.TERM_UNDEFINED and term:
        return f"What does “{term['term']}” mean?"
    if why == QuestionReason.DETAILS_WITHHELD and detail:
        return f"What are the details of {detail['what'].strip()}?"
    return None
