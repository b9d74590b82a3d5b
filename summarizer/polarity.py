"""Whether one statement says the opposite of another that reads almost the same.

Similarity cannot tell (see ``evaluation/similarity.py``), so this looks at words: two English
statements that share nearly all of their content while exactly one of them negates it are
opposites. For statements that differ more, a differing number of negations proves nothing: it
is ``unclear`` and goes to a person. Questions have no polarity. Other languages than English:
never judged.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Literal

from summarizer.folding import fold

#: Function words of English that no other language of the cases shares.
_ENGLISH = frozenset(
    "the of and will would is are was were that by for with has have had not from its be been "
    "should could may must which their they this it until before after to into out over "
    "who how what when where".split()
)
#: Words that turn a sentence round. Verbs of refusal are among them: "will not accept" and
#: "rejects" say the same. Not "opposition": in these texts it is a side.
_NEGATIONS = re.compile(
    r"not|no|never|neither|nor|none|nobody|nothing|nowhere|without|unless|cannot|lack(?:s|ed|ing)?|absent"
    r"|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|oppos(?:e|es|ed|ing)"
    r"|den(?:y|ies|ied|ying|ial)|declin(?:e|es|ed|ing)|exclud(?:e|es|ed|ing)"
    r"|ban(?:s|ned|ning)?|forbid(?:s|den|ding)?|prohibit(?:s|ed|ing)?|prevent(?:s|ed|ing)?"
    r"|bar(?:s|red|ring)?|block(?:s|ed|ing)?|unwilling|unacceptable|impossible|out"
)
#: Only words that are opposites in the texts of negotiations; by stem.
_ANTONYMS = frozenset(
    frozenset(pair.split())
    for pair in (
        "accept reject", "agree refuse", "allow ban", "lift impose", "lift maintain", "lift keep",
        "lift tighten", "withdraw remain", "withdraw stay", "before after", "more less",
        "more fewer", "most least", "increase reduce", "release detain", "release hold",
        "release keep",
        "open close", "include exclude", "support oppose", "resume suspend", "resume halt",
        "continue stop", "continue halt", "continue end", "start stop", "disarm rearm",
        "recognise deny", "maximum minimum", "above below", "confirm deny", "possible impossible",
    )
)  # fmt: skip
#: Words that carry no content of their own.
_EMPTY = frozenset(
    "the a an of to in on at by for with and or as is are was were be been being has have had do "
    "does did will would shall should can could may might must that this it its their his her "
    "any all some".split()
)
#: Share of content words two statements need in common for their negations to be comparable.
_NEARLY_THE_SAME = 0.75


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    text = re.sub(r"n't\b", " not", fold(text).replace("can't", "can not"))
    text = re.sub(r"\brul(?:e|es|ed|ing) out\b", "not", text)
    return tuple(re.findall(r"\w+", text))


def stem(word: str) -> str:
    """A word without its commonest English endings; good enough to compare two statements."""
    shorter = re.sub(r"(?:ing|ed|es|s|e|ment|ion)$", "", word)
    return shorter if len(shorter) >= 3 else word


def content_words(text: str) -> Counter[str]:
    """Stems of the words that carry content, negations left out, with how often each occurs."""
    return Counter(_content(text))


@lru_cache(maxsize=50_000)
def _content(text: str) -> tuple[str, ...]:
    kept = (w for w in _words(text) if w not in _EMPTY and not _is_negation(w))
    return tuple(stem(word) for word in kept)


def _is_negation(word: str) -> bool:
    return word != "out" and _NEGATIONS.fullmatch(word) is not None


def negations(text: str) -> int:
    """How many words of a text turn it round.

    >>> negations("Kyiv will not accept a truce without guarantees.")
    2
    """
    return len(_negated(text))


@lru_cache(maxsize=50_000)
def _negated(text: str) -> list[str | None]:
    """For every negation the stem of the content word that follows it, None at the end."""
    words = _words(text)
    return [
        next((stem(w) for w in words[at + 1 :] if w not in _EMPTY and not _is_negation(w)), None)
        for at, word in enumerate(words)
        if _is_negation(word)
    ]


_STEMMED = frozenset(frozenset(stem(word) for word in pair) for pair in _ANTONYMS)


_ANTONYM_OF = {
    word: frozenset(other for pair in _STEMMED if word in pair for other in pair if other != word)
    for word in {word for pair in _STEMMED for word in pair}
}


def _turned(only_one: Counter[str], only_other: Counter[str]) -> list[tuple[str, str]]:
    """Words of one that are exchanged for their opposite in the other."""
    return [(a, b) for a in only_one for b in only_other if frozenset((a, b)) in _STEMMED]


@lru_cache(maxsize=50_000)
def looks_english(text: str) -> bool:
    """Whether a statement is in English, by its function words; too short counts as English."""
    words = re.findall(r"\w+", fold(text))
    return any(word in _ENGLISH for word in words) or (
        len(words) < 6 and all(word.isascii() for word in words)
    )


_NOT = re.compile(
    r"\b(?:no|non|not|ne|n(?=['’])|nunca|jam[aá]s|jamais|tampoco|pas|não|nem|ning\w+|aucune?"
    r"|sin|sans|sem|never|without|не|ні|нет|нема|немає|никогда|ніколи|без|никак\w+|ніяк\w+)\b"
    r"|(?<!\w)[وف]?(?:لا|لن|لم|ليس|ليست|دون|بدون|عدم)(?!\w)"
)
"""Words that negate in Spanish, French, Portuguese, Russian, Ukrainian, Arabic (and English)."""
_REFUSING = re.compile(
    r"\b(?:rechaz|rehus|nieg|neg(?:ó|ar|ad)|exclu|refus|rejet|rejeit|recus|reject|declin"
    r"|отказ|отверг|отклон|исключ|відмов|відхил|відкин|виключ)\w*|(?<!\w)[وت]?[يتأ]?رفض\w*"
)
"""Words of refusal in them."""


def says_no(text: str, *, refusals: bool = True) -> bool:
    """Whether a text in any of these languages negates or refuses something.

    Without ``refusals`` only what negates counts: that an offer was refused is its answer.
    """
    said = fold(text)
    return bool(_NOT.search(said) or (refusals and _REFUSING.search(said)))


def is_turnable(one: str, other: str) -> bool:
    """Whether ``polarity`` could be anything but "same": quick, for many pairs."""
    if (_negations(one) + _negations(other)) % 2:
        return True
    first, second = _turning(one), _turning(other)
    if not first or not second or first == second:
        return False
    return any(_ANTONYM_OF[word] & second for word in first)


@lru_cache(maxsize=50_000)
def _negations(text: str) -> int:
    return len(_negated(text))


@lru_cache(maxsize=50_000)
def _turning(text: str) -> frozenset[str]:
    """The words of a text that have an antonym."""
    return frozenset(_ANTONYM_OF.keys() & set(_content(text)))


def polarity(one: str, other: str) -> Literal["same", "opposite", "unclear"]:
    """Compare the polarity of two statements.

    Only negations of what both speak of count: "but not soldiers" added to a statement says
    more, it does not turn it round.

    >>> polarity("Kyiv will not accept foreign troops.", "Kyiv will accept foreign troops.")
    'opposite'
    """
    if not (looks_english(one) and looks_english(other)):
        return "same"
    first, second = content_words(one), content_words(other)
    turned = _turned(first - second, second - first)
    negated = (*_negated(one), *_negated(other))
    if (len(negated) + len(turned)) % 2 == 0:
        return "same"
    both = {None, *(first & second), *(word for pair in turned for word in pair)}
    shared = (first & second).total() + len(turned)
    alike = 2 * shared / max(1, first.total() + second.total())
    odd = (sum(word in both for word in negated) + len(turned)) % 2
    return "opposite" if odd and alike >= _NEARLY_THE_SAME else "unclear"
