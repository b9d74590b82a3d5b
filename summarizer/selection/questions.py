"""An open question as a question: what the line leaves open, in its own words (pure)."""

from __future__ import annotations

import re

from summarizer.selection.reading import Line
from summarizer.vocabulary import QuestionReason

_MODAL = r"(?:would|will|can|could|should|is|are|was|were|has|have|must|might|may)"
_WH = re.compile(
    r"\b(?P<wh>how(?: (?:many|much|long|far|soon))?|who|whom|when|where|what|which(?: \w+)?|why)\s+"
    r"(?P<rest>[^.;:?!“”—]{3,140})",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\bwhether(?: or not)?\s+(?P<rest>[^.;:?!“”—]{3,140})", re.IGNORECASE)
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
_COMPILED = tuple((reason, re.compile(words, re.I)) for reason, words in _REASONS)
_LONGEST = 30


def reason(text: str) -> QuestionReason:
    """Why it is open, by the first list of cues that fits."""
    for found, pattern in _COMPILED:
        if pattern.search(text):
            return found
    return QuestionReason.NOT_YET_DISCUSSED


def question(line: Line, why: QuestionReason) -> str:
    """One question: the embedded one if the line has any, else by a template for the reason."""
    text = " ".join(line.text.split())
    if text.endswith("?") and len(text.split()) <= _LONGEST:
        return text.strip('“”"* ')
    match = _WHETHER.search(text)
    if match:
        return _asked("", match["rest"]) or f"Will it be settled whether {_clause(match['rest'])}?"
    match = _WH.search(text)
    if match and match.start() > 0:
        return (
            _asked(match["wh"].strip(), match["rest"])
            or f"{match['wh'].strip().capitalize()} {_clause(match['rest'])}?"
        )
    return _template(text, why)


def _asked(wh: str, rest: str) -> str | None:
    """ "how a truce would be watched": "How would a truce be watched?"."""
    rest = _clause(rest)
    if wh.lower() in {"who", "what"} and re.match(rf"{_MODAL}\b", rest, re.I):
        return f"{wh.capitalize()} {rest}?"
    match = _INVERT.match(rest)
    if match is None:
        return None
    head = f"{wh} {match['modal'].lower()}".strip()
    return f"{head[0].upper()}{head[1:]} {match['subject'].strip()} {match['rest']}?"


def _clause(rest: str) -> str:
    return re.split(r",? (?:he|she|they|the (?:official|spokes\w+|diplomat)|an official) (?:said|added|noted)|"
                    r", (?:according|but|and|while|as|which)\b", rest)[0].strip(" ,’”\"")  # fmt: skip


_TEMPLATES = {
    QuestionReason.DETAILS_WITHHELD: "What are the details of this: {}?",
    QuestionReason.AWAITING_RESPONSE: "What will the answer be: {}?",
    QuestionReason.AWAITING_DECISION: "How will it be decided: {}?",
    QuestionReason.CONFLICTING_ACCOUNTS: "Which account is right: {}?",
    QuestionReason.PARTIES_DISAGREE: "How will the sides settle this: {}?",
    QuestionReason.NOT_YET_DISCUSSED: "How will this be settled: {}?",
    QuestionReason.TERM_UNDEFINED: "What does this mean: {}?",
    QuestionReason.SEQUENCING: "What comes first: {}?",
    QuestionReason.VERIFICATION: "Who would check this: {}?",
    QuestionReason.IMPLEMENTATION: "Will this be carried out: {}?",
}


def _template(text: str, why: QuestionReason) -> str:
    return _TEMPLATES[why].format(text.rstrip(" .…;:?"))
