"""Where parties stand in the grammar of a sentence: whose clause, whose demand, by whom (pure).

A party stands there by its name, by a person who speaks for it, or by a word for one of its own
("Russian officials", "the rebels' spokesman"): the head of the noun phrase counts. What is said
counts apart from who says it: in "X said that Y had agreed" Y is the subject of the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RELATIONS = (
    "subject of content", "subject of saying", "subject of cue", "subject of root",
    "subject elsewhere", "passive subject", "agent", "object", "to", "with", "between", "from",
    "against", "for", "place", "owner of cue noun", "owner of subject", "owner", "about",
    "part of subject", "joined", "bare",
)  # fmt: skip
"""What a party can be in a sentence; several at once."""
_SAYING = frozenset(
    "say tell add write warn insist declare state announce confirm argue note reply stress repeat "
    "answer explain indicate suggest acknowledge deny describe post emphasise emphasize affirm "
    "reiterate underline recall claim report maintain believe think hope know understand hear "
    "learn ask signal hint see make".split()
)
"""Verbs whose complement is what is said or thought."""
_OWN = frozenset(
    "offer proposal plan pledge promise commitment demand refusal rejection condition insistence "
    "precondition concession readiness willingness position text draft initiative line request "
    "undertaking guarantee call opposition formula answer response acceptance agreement view "
    "decision".split()
)
"""Nouns whose owner holds what they name: "Kyiv's refusal", "a proposal by Egypt"."""
_THROUGH = frozenset({"compound", "amod", "nmod", "nummod", "appos", "npadvmod"})
_PLACES = frozenset(
    {"in", "inside", "near", "across", "at", "on", "into", "over", "through", "around"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence. ``cue`` is the offset of the word that makes it an item."""

    doc: Doc
    cue: int

    @cached_property
    def root(self) -> Token | None:
        """The root of the longest part."""
        roots = [token for token in self.doc if token.head == token]
        return max(roots, key=lambda token: token.right_edge.i - token.left_edge.i, default=None)

    @cached_property
    def content(self) -> Token | None:
        """The verb of what is said: the root, or the one below "X said that"."""
        verb = self.root
        for _ in range(3):
            below = [t for t in verb.children if t.dep_ in {"ccomp", "parataxis"}] if verb else []
            if verb is None or not below or verb.lemma_.lower() not in _SAYING:
                break
            verb = max(below, key=lambda token: token.right_edge.i - token.left_edge.i)
        return verb

    @cached_property
    def cued(self) -> Token | None:
        """The verb of the clause that the cue stands in."""
        token = next((t for t in self.doc if t.idx <= self.cue < t.idx + len(t) + 1), None)
        while token is not None and token.head != token and subject_of(token) is None:
            token = token.head
        return token

    def relations(self, start: int, end: int) -> set[str]:
        """What whoever is named at ``[start, end)`` is in the sentence."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return set(self._of(span.root)) if span is not None and len(span) else set()

    def _of(self, token: Token) -> Iterator[str]:
        joined = False
        head = token
        for _ in range(12):
            if head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"}:
                joined = True
            elif head.dep_ == "poss":
                yield from self._owned(head.head)
                if not _is_speaker(head.head):
                    return
            elif _is_part(head):
                yield from self._owned(head.head.head) if head.head.lemma_ != "in" else ()
                head = head.head
            elif head.dep_ not in _THROUGH or head.head == head:
                break
            elif head.head.lemma_.lower() in _OWN:
                yield "owner of cue noun"
                return
            head = head.head
        if joined:
            yield "joined"
        yield from self._placed(head)

    def _owned(self, noun: Token) -> Iterator[str]:
        """What the owner of a noun is."""
        yield "owner of cue noun" if noun.lemma_.lower() in _OWN else "owner"
        if noun.dep_ in _SUBJECTS:
            yield "owner of subject"

    def _placed(self, head: Token) -> Iterator[str]:
        above, dep = head.head, head.dep_
        if dep in _SUBJECTS:
            yield from self._subject(above, dep)
        elif dep in {"dobj", "dative", "attr", "oprd", "obj"}:
            yield "to" if dep == "dative" else "object"
        elif dep == "pobj":
            yield _behind(above, head)
        else:
            yield "bare"

    def _subject(self, verb: Token, dep: str) -> Iterator[str]:
        if dep == "nsubjpass":
            yield "passive subject"
        found = False
        for name, of in (("content", self.content), ("cue", self.cued), ("root", self.root)):
            if of is not None and subject_verb(of) == verb:
                found = True
                yield f"subject of {name}"
        if verb.lemma_.lower() in _SAYING and any(t.dep_ == "ccomp" for t in verb.children):
            yield "subject of saying"
        elif not found:
            yield "subject elsewhere"

    def subject(self) -> Token | None:
        """The subject of what is said."""
        return subject_of(self.content) if self.content is not None else None


def _is_speaker(noun: Token) -> bool:
    """Whether a noun is someone who speaks for its owner: "the rebels' spokesman"."""
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in _PEOPLE


_PEOPLE = frozenset(
    "spokesman spokeswoman spokesperson official minister ministry president leader negotiator "
    "envoy delegation government army commander ambassador representative secretary chief adviser "
    "advisor delegate diplomat force side leadership council command parliament cabinet office "
    "team statement leader party prime general deputy mediator facilitator".split()
)
"""Nouns that stand for the party that owns them."""


def _is_part(token: Token) -> bool:
    """Whether a token is behind "of", "for" or "from" and a noun that stands for it."""
    prep = token.head
    return (
        token.dep_ == "pobj"
        and prep.lemma_ in {"of", "for", "from", "by", "in"}
        and prep.dep_ == "prep"
        and (_is_speaker(prep.head) or (prep.head.lemma_ in _OWN and prep.lemma_ != "for"))
        and prep.head != prep
        and prep.head.pos_ != "VERB"
    )


def _behind(prep: Token, head: Token) -> str:
    name = prep.lemma_.lower()
    if prep.dep_ == "agent" or name == "by":
        return "agent"
    if name in {"to", "with", "between", "from", "against", "for"}:
        return name
    return "place" if name in _PLACES else "about"


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, of the one it hangs on for "agreed to leave" and "met and left"."""
    holder = subject_verb(verb)
    found = [t for t in holder.children if t.dep_ in _SUBJECTS] if holder is not None else []
    if not found:
        return None
    return found[0]


def subject_verb(verb: Token) -> Token | None:
    """The verb that has the subject of a verb."""
    for _ in range(6):
        if any(t.dep_ in _SUBJECTS for t in verb.children):
            return verb
        if (
            verb.dep_ not in {"xcomp", "conj", "aux", "auxpass", "advcl", "acomp"}
            or verb.head == verb
        ):
            return None
        verb = verb.head
    return None
