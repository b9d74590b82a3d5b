"""A clause of an English sentence as a question: subject and auxiliary exchanged (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.selection.grammar import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Naming = Callable[[str], str | None]
"""What a pronoun stands for; None where that is not known."""
LONGEST, SHORTEST = 32, 3
"""Words of a question."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
_SPEAKERS = frozenset({"i", "we", "you"})
_ANY = {"no": "any", "nobody": "anybody", "no one": "anyone", "none": "any", "nothing": "anything"}
_TOLD = re.compile(
    r",[”\"]? (?:[\w’'.]+ ){1,5}(?:said|says|told [^,]{2,30}|added|adds|wrote|insisted)(?=,|$)(?:,(?! and| but))?"
)
_BEHIND = re.compile(
    r", (?:as|while|although|though|because|since|but|where|according)\b.*$|,? and that .*$|: .*$|"
    r" (?:remains?|is|are|was|were|has been|have been) (?:still |also |yet )?(?:not )?(?:left (?:open|to|for)|open|unclear|unsettled|undecided|not (?:known|clear|settled|decided|said))\b.*$"
)
_OWN_WORDS = re.compile(
    r"\b(?:I|me|my|we|us|our|ours|you|your|yours|let's)\b|(?:do|does|did|will|would|can|should) one\b|[;…\[\]]"
)
_DANGLING = re.compile(
    r"\b(?:the|an?|of|and|or|to|that|which|who|whom|with|by|for|is|are|was|were|has|have|had)$"
)
_AUXILIARIES = {
    "'ll": "will",
    "wo": "will",
    "ca": "can",
    "'re": "are",
    "'ve": "have",
    "shall": "will",
}


def phrase(noun: Token) -> str:
    """A noun with all that belongs to it, without a capital that only begins the sentence."""
    span = noun.doc[noun.left_edge.i : noun.right_edge.i + 1]
    text = span.text
    named = span[0].pos_ == "PROPN" or (span[0].ent_type_ and span[0].pos_ != "DET")
    lowered = span.start == 0 and not named and not text.startswith("The Hague")
    text = text[:1].lower() + text[1:] if lowered else text
    first, _, rest = text.partition(" ")
    any_of = _ANY.get(first.lower())
    return f"{any_of} {rest}".strip() if any_of else text


def named(subject: Token | None, naming: Naming) -> str | None:
    """The words of a subject, a pronoun replaced by what it stands for."""
    if subject is None:
        return None
    low = subject.lower_
    if subject.pos_ not in _NOMINAL or low == "neither":
        return None
    bare = subject.pos_ == "PRON" and subject.n_lefts + subject.n_rights == 0
    if not bare or low in _ANY:
        return phrase(subject)
    return naming(low) or (None if low in _SPEAKERS else low)


@dataclass(frozen=True)
class Clause:
    """A verb with its subject and what follows. ``holder`` is the subject of a bare infinitive."""

    verb: Token
    naming: Naming
    after: int = 0
    holder: str | None = None

    def turned(self) -> str | None:
        """ "the force would be sent" as "would the force be sent"."""
        subject, first = self._subject(), self._first()
        if self._own_subject() is None:
            return self.coming(lower=True)
        if subject is None:
            return None
        if first is None:
            helper = {"VBD": "did", "VBZ": "does"}.get(self.verb.tag_, "do")
            return f"{helper} {subject} {self._rest(base=True)}"
        return f"{auxiliary(first)} {subject} {self._rest(without=first)}"

    def coming(self, *, lower: bool = False) -> str:
        """ "will X do it", whatever the clause says of it; nothing for what has no subject."""
        subject = self._subject()
        if subject is None:
            return ""
        first = self._first()
        lead = "will" if lower else "Will"
        passive = any(c.dep_ == "auxpass" for c in self.verb.children)
        if first is None:
            return f"{lead} {subject} {self._rest(base=True)}"
        if first == self.verb:
            rest = self._rest(base=True)
            if rest.startswith("be about to "):
                asks = auxiliary(first) if lower else auxiliary(first).capitalize()
                return f"{asks} {subject} {rest.removeprefix('be ')}"
            return f"{lead} {subject} {rest}"
        if passive or first.lemma_ == "be":
            return f"{lead} {subject} be {self._rest(helped=True)}"
        return f"{lead} {subject} {self._rest(without=first, base=first.tag_ != 'MD')}"

    def plain(self) -> str:
        """The clause as it stands, without what leads it."""
        return "".join(t.text_with_ws for t in self._tokens(self.after)).strip()

    def _own_subject(self) -> Token | None:
        return next((c for c in self.verb.children if c.dep_ in SUBJECTS), None)

    def _subject(self) -> str | None:
        own = self._own_subject()
        if own is None:
            return self.holder or named(subject_of(self.verb.head), self.naming)
        return own.text.lower() if own.dep_ == "expl" else named(own, self.naming)

    def _first(self) -> Token | None:
        """The auxiliary that stands before the subject in a question; "be" is its own."""
        found = [
            c
            for c in self.verb.children
            if c.dep_ in {"aux", "auxpass"} and c.tag_ != "TO" and c.i < self.verb.i
        ]
        if found:
            return found[0]
        return self.verb if self.verb.lemma_ == "be" else None

    def _tokens(self, start: int) -> Iterator[Token]:
        """What belongs to the clause from a place on, without clauses that are joined to it."""
        left_out = set(self._joined())
        return (t for t in self.verb.subtree if t.i >= start and t.i not in left_out)

    def _joined(self) -> Iterator[int]:
        for child in self.verb.children:
            own = any(c.dep_ in SUBJECTS for c in child.children)
            if (child.dep_ == "conj" and own) or child.dep_ == "parataxis":
                start = child.left_edge.i
                while start and self.verb.doc[start - 1].dep_ in {"cc", "punct"}:
                    start -= 1
                yield from range(start, child.right_edge.i + 1)

    def _rest(
        self, without: Token | None = None, *, base: bool = False, helped: bool = False
    ) -> str:
        """Behind the subject: without auxiliary and negation, the verb bare where it is helped."""
        own = self._own_subject()
        start = own.right_edge.i + 1 if own is not None else self.verb.left_edge.i
        dropped = {
            c.i for c in self.verb.children if c.dep_ == "neg" or c.tag_ == "TO" or c.dep_ == "mark"
        }
        if base or helped:
            dropped |= {c.i for c in self.verb.children if c.dep_ in {"aux", "auxpass"}}
        if without is not None:
            dropped.add(without.i)
        return "".join(
            " " if token.i in dropped
            else token.lemma_ + token.whitespace_ if base and token == self.verb
            else token.text_with_ws
            for token in self._tokens(max(start, self.after))
        ).strip()  # fmt: skip


def auxiliary(token: Token) -> str:
    """A helping verb as it stands before its subject: “'ll” as “will”."""
    low = token.lower_.replace("’", "'")
    if low == "'s":
        return "is" if token.lemma_ == "be" else "has"
    if low == "'d":
        return "would" if token.tag_ == "MD" else "had"
    return _AUXILIARIES.get(low, low)


_STRAY = re.compile(r"\s['’](?:\s|$)")
"""Left over of a verb that was only "’s"."""


def finished(words: str) -> str | None:
    """The question with its mark, or None where it is too long, too short or speaks for itself."""
    text = re.sub(r"\s+(n['’]t\b|['’](?:d|ll|s|re|ve)\b|[,.])", r"\1", " ".join(words.split()))
    text = _TOLD.sub("", text)
    cut = _BEHIND.sub("", text)
    text = (cut if len(cut.split()) >= SHORTEST else text).strip(" ,;:—–-.*?!")
    if text.count("“") != text.count("”") or text.count('"') % 2:
        text = re.sub(r"[“”\"]", "", text)
    if text.count("(") != text.count(")"):
        return None
    count = len(text.split())
    if _DANGLING.search(text) or _STRAY.search(text):
        return None
    if not SHORTEST <= count <= LONGEST or _OWN_WORDS.search(text):
        return None
    return f"{text[:1].upper()}{text[1:]}?"
