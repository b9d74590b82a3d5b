"""What a statement is about, without who says it and how firmly (pure).

"Ardania insists that the army will not leave the Soren Pass" is about an army, leaving and a
place. Words for one thing of negotiations count as one: troops and forces, leave and withdraw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from summarizer.partynames import sounds_alike
from summarizer.polarity import content_words, negations, stem

CONCEPTS = (
    "troop soldier peacekeeper contingent force forces army military",
    "withdraw withdrawal leave vacate depart departure evacuate pullout pullback exit",
    "release free",
    "truce ceasefire armistice cessation",
    "monitor observer inspector",
    "cede surrender relinquish",
    "recognise recognize recognition",
    "membership accession join joining",
    "disarm disarmament demilitarise demilitarisation demilitarize demilitarization",
    "hostage captive abductee",
    "prisoner detainee",
    "territory land",
    "sanction embargo",
    "election vote poll",
)
"""Words that negotiators use for one thing; one line each."""
STANCE = (
    "accept agree allow permit tolerate demand insist require request want call urge propose "
    "proposal offer pledge promise commit ready willing prepare consider say said tell told "
    "declare state announce repeat vow condition precondition red line long remain position deal "
    "part side party parties talk negotiation settlement agreement accord peace plan under over "
    "there only grant hear own single kind sort also still ever one set make made take taken put "
    "give given get must need official according government delegation minister spokesman again"
)
"""Words that say how it is said, or that any statement of any party has."""
SHORTEST = 3
"""Letters of a stem below which it says nothing ("s" of a genitive)."""

_GIVES_WAY = re.compile(
    r"\b(?:accept|allow|permit|tolerat|reject|oppos|recogni[sz]e|grant|rul(?:e|es|ed|ing) out)\w*"
    r"|\bagree(?:s|d|ing)? to\b|\bhear of\b|^no\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"\b(?:except\w*|unless|only|other than|apart from|as long as|until|if|without|but)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\s*(?:[;:—–]|,? (?:saying|says|said|according to|which|because|since|by which)\b"
    r"|, as (?:an?|the)\b|, under an?\b|, [^,;]{1,60} (?:says|said|told|reports|reported)\b)"
)
_MONTHS = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


@lru_cache(maxsize=1)
def _concepts() -> dict[str, str]:
    return {stem(word): line.split()[0] for line in CONCEPTS for word in line.split()}


@lru_cache(maxsize=1)
def _stance() -> frozenset[str]:
    return frozenset(stem(word) for word in STANCE.split())


def substance(text: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Stems of what a statement is about; ``names`` of parties do not count.

    >>> sorted(substance("Ardania insists that all soldiers leave.", ["Ardania"]))
    ['troop', 'withdraw']
    """
    own = {word for name in names for word in content_words(name)}
    known = _concepts()
    words = set(content_words(text)) - own - _stance()
    return frozenset(known.get(word, word).rstrip("s") for word in words if _tells(word))


def _tells(word: str) -> bool:
    """Figures are compared as figures."""
    return len(word) >= SHORTEST and not word.isdigit()


def places(names: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Of the names in a statement those of places and things: no party's, no person's, no day's."""
    parts = {part for name in known for part in name.split()}
    return frozenset(
        name
        for name in names
        if name not in _MONTHS and not any(sounds_alike(name, part) for part in parts)
    )


def main_clause(text: str) -> str:
    """A statement without what is added to it: reasons, tellers, explanations.

    >>> main_clause("Ardania will not grant an amnesty, saying it has no mandate.")
    'Ardania will not grant an amnesty'
    """
    return _ADDED.split(text, maxsplit=1)[0]


def is_refusal_of_anothers_act(text: str) -> bool:
    """Whether a refusal is of what others do ("will not accept"), not of an act of one's own."""
    return _GIVES_WAY.search(text) is not None


def is_of_ones_own(text: str) -> bool:
    """Whether a statement is about something of its holder's: "its guns", "their land"."""
    return re.search(r"\b(?:its|their|his|her)\b", text) is not None


def has_exception(text: str) -> bool:
    """Whether a statement leaves a way out: "unless", "only", "except"."""
    return _EXCEPTION.search(text) is not None


def denials(text: str) -> int:
    """How many words of the statement say no."""
    return negations(text)
