"""A sentence that begins with what it leaves open, as the question that it is not (pure).

"How either would work, the text leaves open" asks how either would work. The parser takes such a
clause for many things; its words and their classes are enough to turn it round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.selection.turning import auxiliary, finished

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NOT = r"(?: not|n['’]t)"
_OPEN = re.compile(
    rf", (?:[\w'’-]+ ){{1,5}}(?:leaves?|left) (?:it )?(?:open|to)\b"
    rf"|, (?:[\w'’-]+ ){{1,6}}(?:(?:do|does|did|will|would){_NOT}|would rather not) (?:yet )?(?:say|tell|know|spell out|define|answer)\b"
    rf"|,? (?:nobody|no one|neither) (?:[\w'’-]+ ){{0,5}}(?:knows?|says?|said|tells?|told|say|tell)\b"
    rf"| (?:depends?|depended|(?:will|would) depend) on\b| remains? (?:open|unclear|unsettled|to be)\b"
    rf"| (?:is|are|was|were){_NOT} (?:yet )?(?:said|known|clear|settled|decided|agreed|defined|spelled)\b"
    rf"| (?:is|are|was|were) (?:still |also )?(?:open|unclear|unsettled|undecided|any(?:body|one)['’]s guess|to be (?:seen|decided|agreed|settled|worked))\b"
    rf"| (?:is|are|was|were|has been|have been) left (?:open|to|for)\b| (?:has|have){_NOT} been (?:said|settled|decided|agreed|defined)\b"
)  # fmt: skip
_CLEFT = re.compile(
    r"What (?=[^,;:]*(?:\bneither\b|\bno(?:body)?\b|\bnot\b|n['’]t\b))[^,;:]{3,80} (?:was|is) "
    r"((?:an?|any) (?:\w+ ){0,2}(?:answer|agreement|date|reply|decision|deal|response|commitment|consensus)\b[^;:]*)"
)
_ASKING = frozenset({"WRB", "WP", "WDT", "WP$"})
_NOUNS, _FINITE = frozenset({"NN", "NNS"}), frozenset({"MD", "VBZ", "VBP", "VBD"})
_MOST = 24
"""Tokens of a clause that can be turned so."""


def asked(doc: Doc) -> str | None:
    """The question, or None where a sentence does not begin so."""
    cleft = _CLEFT.match(doc.text)
    if cleft:
        return finished(f"Will there be {cleft[1]}")
    if not len(doc) or (doc[0].tag_ not in _ASKING and doc[0].lower_ != "whether"):
        return None
    for open_ in _OPEN.finditer(doc.text):
        clause = doc.char_span(0, open_.start())
        if clause is not None and 1 < len(clause) <= _MOST and (words := _turned(clause)):
            return finished(words)
    return None


def _turned(clause: Span) -> str | None:
    """The verb before its subject, unless what is asked about is the subject."""
    first = _behind_asked(clause)
    verb = next((t for t in clause[first:] if t.tag_ in _FINITE), None)
    if verb is None:
        return None
    at = verb.i - clause.start
    asks = "" if clause[0].lower_ == "whether" else clause[:first].text
    if at == first:
        return clause.text if asks else None
    if any(t.tag_ in _ASKING for t in clause[1:]):
        return None  # "Whether his men, who are armed, will come": which verb is it?
    subject, behind = clause[first:at].text, clause[at + 1 :].text
    if _helps(verb, clause):
        return f"{asks} {auxiliary(verb)} {subject} {behind}"
    helper = {"VBD": "did", "VBZ": "does"}.get(verb.tag_, "do")
    return f"{asks} {helper} {subject} {verb.lemma_} {behind}"


def _behind_asked(clause: Span) -> int:
    """Where "how many of them", "which road" or "when" ends."""
    at = 1
    if clause[0].lower_ == "how":
        while at < len(clause) and clause[at].tag_ in {"JJ", "RB"}:
            at += 1
    elif clause[0].lower_ in {"which", "whose"}:
        at += len(clause) > 1 and clause[1].tag_ in {"JJ", "VBN"}
    elif len(clause) > 1 and clause[1].lower_ == "else":
        return 2
    if clause[0].lower_ in {"which", "whose"} or at > 1:
        while at < len(clause) and clause[at].tag_ in _NOUNS:
            at += 1
    return at


def _helps(verb: Token, clause: Span) -> bool:
    """Whether a verb may stand before its subject: "would", "is", "has" with another verb."""
    if verb.tag_ == "MD" or verb.lemma_ == "be":
        return True
    later = clause[verb.i - clause.start + 1 :]
    return verb.lemma_ in {"have", "do"} and any(t.tag_ in {"VBN", "VB"} for t in later)
