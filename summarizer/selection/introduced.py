"""People who need no title: a first name introduces them, the last name stands alone afterwards (pure)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.names import folded
from summarizer.selection import gazetteer
from summarizer.selection.titles import is_title

_FIRST_NAME = (
    r"(?<![\w-])(?!(?:the|a|an|in|from|to)\b)[a-z]+ "
    r"(?!North|South|East|West|Upper|Lower|New|Old|Great|Republic|Kingdom|Free|San|Saint|Federal|Central)"
    r"[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-[A-Z][a-z]+)? (?:al-|bin |ibn |de |van |von |el-)?{name}\b(?!-)"
)
"""Within a sentence, a word with a capital before the name, which is no part of a country."""
_TO_PLACES = "in|from|to|into|across|outside|inside|near|through|throughout|within|leave|left"
FULL = 2
"""Words of a name that introduces someone: of more the first may be something else."""
_POSSESSIVE = re.compile(r"['’]s?$")
_CAPITAL = r"[A-ZÀ-ÞŠŽĆČĐ][\w’'-]*"
_LAST = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?! [A-Z])")
_TWO = re.compile(rf"(?<![\w’'-])({_CAPITAL}) (?=({_CAPITAL}))")


def is_person(name: str, text: str) -> bool:
    """Whether a name is somebody's: behind a first name, before an age, or with "himself".

    "Petro's government" stands where a state's name does. A place that one is in or goes to is none.
    """
    word = re.escape(name)
    if re.search(rf"(?<![\w-]){word}(?:, \d\d,| himself\b| herself\b)", text):
        return True
    full = len(re.findall(_FIRST_NAME.format(name=word), text))
    if not full or full == len(re.findall(rf"\b{word}\b", text)):
        return False
    return re.search(rf"\b(?:{_TO_PLACES}) {word}\b(?! [A-Z])", text) is None


@dataclass(frozen=True)
class Introduced:
    """Those of a document who are known everywhere, or called by the last name alone afterwards."""

    text: str
    parties: frozenset[str]
    """Those named in it: whoever is known speaks for one of them."""
    known: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        words = _POSSESSIVE.sub("", name).split()
        last = words[-1]
        if len(words) != FULL or not last[0].isupper():
            return False
        if words[0].endswith(".") or is_title(words[0].rstrip("s")):
            return False
        if last not in self.known:
            self.known[last] = self._is_known(last, " ".join(words))
        return self.known[last]

    def _is_known(self, last: str, whole: str) -> bool:
        if gazetteer.speaks_for(folded(last)) in self.parties:
            return True
        alone = self._alone[last] > self._whole[whole] + 1
        return alone and is_person(last, self.text)

    @cached_property
    def _alone(self) -> Counter[str]:
        """How often each name stands where no other follows."""
        return Counter(_POSSESSIVE.sub("", name) for name in _LAST.findall(self.text))

    @cached_property
    def _whole(self) -> Counter[str]:
        """How often two names stand together."""
        return Counter(f"{one} {_POSSESSIVE.sub('', two)}" for one, two in _TWO.findall(self.text))
