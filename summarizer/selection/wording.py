"""A line as bags of terms: its words, and what its verbs do, weighed by how rare they are.

Names of parties are left out of the words: which side it is tells nothing of what is said.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

    from summarizer.selection.reading import Line, Reading

    Matrix = NDArray[np.float32]

PARTY = "·"
"""What stands for a party."""
_WORD = re.compile(r"\w+n['’]t\b|\w+|·")
_CLAUSES = {"ROOT": "root", "ccomp": "told", "xcomp": "told"}


def words(line: Line) -> list[str]:
    """The words of a line and every two of them in a row; digits are 0, parties a dot."""
    text, end = [], 0
    for mention in line.mentions:
        if mention.start >= end:
            text += [line.text[end : mention.start], f" {PARTY} "]
            end = mention.end
    flat = re.sub(r"\d", "0", "".join([*text, line.text[end:]]).casefold().replace("’", "'"))
    found = _WORD.findall(flat)
    return [*found, *(f"{one} {other}" for one, other in pairwise(found))]


def verbs(line: Line, reading: Reading) -> list[str]:
    """Of every verb its lemma, clause, tense, subject, object, modal and negation.

    Empty where the language has no parser.
    """
    parsed = reading.grammar(line.number)
    return [term for verb in _verbs(parsed) for term in _verb(verb, line)] if parsed else []


def _verbs(parsed: Doc) -> list[Token]:
    return [t for t in parsed if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"aux", "auxpass"}]


def _verb(verb: Token, line: Line) -> list[str]:
    parts = {child.dep_: child for child in verb.children}
    lemma, clause = verb.lemma_.casefold(), _CLAUSES.get(verb.dep_, "other")
    subject, of = parts.get("nsubj") or parts.get("nsubjpass"), parts.get("dobj")
    who = _who(subject, line)
    modals = [c.lemma_.casefold() for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"]
    found = [lemma, f"{clause} {lemma}", f"{clause} by {who}", f"{clause} {verb.tag_}"]
    found += [f"not {clause}", f"not {lemma}"] if "neg" in parts else []
    for modal in modals:
        found += [f"{modal} {clause}", f"{modal} by {who}", f"{modal} to {lemma}"]
        found += [f"not {modal}"] if "neg" in parts else []
    found += [f"{lemma} by {who}", f"of {subject.lemma_.casefold()}"] if subject else []
    return [*found, *_object(lemma, of)]


def _object(lemma: str, of: Token | None) -> list[str]:
    return [f"a {of.lemma_.casefold()}", f"{lemma} a {of.lemma_.casefold()}"] if of else []


def _who(subject: Token | None, line: Line) -> str:
    """The kind of subject: none, a party, a pronoun by its form, or another."""
    if subject is None:
        return "none"
    near = [subject, *(c for c in subject.children if c.dep_ in {"compound", "poss", "amod"})]
    if any(m.start <= token.idx < m.end for token in near for m in line.mentions):
        return PARTY
    return subject.lower_ if subject.pos_ == "PRON" else "another"


@dataclass(frozen=True)
class Vocabulary:
    """The terms that weights are for, and how rare each is."""

    terms: tuple[str, ...]
    rarity: Matrix

    def weigh(self, lines: Sequence[Iterable[str]]) -> Matrix:
        """A row of unit length per line: rare terms and repeated ones weigh more."""
        import numpy

        at = {term: column for column, term in enumerate(self.terms)}
        rows = numpy.zeros((len(lines), len(self.terms)), dtype=numpy.float32)
        for row, line in zip(rows, lines, strict=True):
            for term, count in Counter(line).items():
                if term in at:
                    row[at[term]] = (1 + math.log(count)) * self.rarity[at[term]]
        rows /= numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows


def stored_vocabulary(file: Any, name: str) -> Vocabulary:
    """The terms of that name in an opened ``.npz`` file."""
    return Vocabulary(tuple(map(str, file[name])), file[f"{name}.rarity"])


def vocabulary(lines: Sequence[Iterable[str]], least: int) -> Vocabulary:
    """The terms that ``least`` lines or more have, with smoothed inverse document frequency."""
    import numpy

    counted = Counter(term for line in lines for term in set(line))
    terms = sorted(term for term, count in counted.items() if count >= least)
    rarity = [math.log((1 + len(lines)) / (1 + counted[term])) + 1 for term in terms]
    return Vocabulary(tuple(terms), numpy.array(rarity, dtype=numpy.float32))
