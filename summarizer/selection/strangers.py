"""States that no gazetteer knows, found by where their names stand (pure).

"King Slimane of Maghdar", "Rumeliya's prime minister", "a Rumeliyan official": only a state stands
there. A name and what its inhabitants are called count as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from summarizer.selection.phrases import CAP

_WORD = r"[A-ZÀ-ÞŠŽĆČĐ][a-zà-ÿšžćčđ\-]{2,}[a-zà-ÿšžćčđ](?:-[A-Z][a-zà-ÿ]+)?"
_OFFICES = (
    r"government|president|prime minister|premier|(?:foreign|interior|defen[cs]e|finance) minist\w+|"
    r"minister|ministry|chancellor|king|queen|emperor|army|navy|military|forces|troops|soldiers|"
    r"delegation|delegates?|negotiat\w+|envoys?|ambassador|embassy|parliament|cabinet|leadership|"
    r"leaders?|side|authorities|officials?|diplomats?|spokes\w+|chief|commanders?|fighters|adviser"
)
_OWNING = (
    re.compile(rf"\b(?i:{_OFFICES}|republic|kingdom|people|state|dominion) of (?:the )?(?P<w>{_WORD})(?! [A-Z])"),
    re.compile(rf"(?<![\w’'-])(?P<w>{_WORD})['’]s? (?:[a-z-]+ ){{0,2}}(?i:{_OFFICES})\b"),
    re.compile(
        r"\b(?:President|King|Queen|Emir|Sultan|Emperor|Premier|Prime Minister|Chancellor|Minister)"
        rf" (?:{CAP} ){{1,3}}of (?P<w>{_WORD})(?! [A-Z])"
    ),
)  # fmt: skip
"""Where a state alone stands."""
_ACTING = (
    re.compile(rf"\bbetween (?P<w>{_WORD}) and\b"),
    re.compile(rf"\bbetween [\w ]+ and (?P<w>{_WORD})\b"),
    re.compile(rf"(?<![\w’'-])(?P<w>{_WORD}) and [A-Z]\w+ (?:have|had|agreed|signed|will)\b"),
    re.compile(rf"[A-Z]\w+ and (?P<w>{_WORD}) (?:have|had|agreed|signed|will)\b"),
    re.compile(
        rf"(?<![\w’'-])(?P<w>{_WORD}) (?:says|said|will|would|has|had|wants|rejects|rejected|insists|"
        r"insisted|demands|demanded|offered|agreed|refuses|refused|accepts|accepted|proposed|must|ask|want|"
        r"reject|insist|demand|refuse|accept)\b"
    ),
    re.compile(rf"(?<![\w’'-])(?P<w>{_WORD}) (?:[a-z-]+ )?(?:{_OFFICES})\b"),
)  # fmt: skip
"""Where a party stands, which may be a person."""
_INSIDE = re.compile(rf"(?<=[a-z,;] ){_WORD}(?!\w)")
_ANYWHERE = re.compile(rf"(?<![\w’'-]){_WORD}(?!\w)")
_OWNED = re.compile(r"['’]s$")
LONGER = 3
"""Letters by which what inhabitants are called is longer than the name: "Maghdar", "Maghdaris"."""


@dataclass
class Stranger:
    """A name with how often it stands anywhere, and where only a state or a party does."""

    name: str
    count: int = 0
    inside: int = 0
    """Times within a sentence, where only names have capitals."""
    owning: int = 0
    acting: int = 0
    forms: list[str] = field(default_factory=list)

    @property
    def shown(self) -> int:
        """How often it stands where a party stands."""
        return self.owning + self.acting


def strangers(text: str) -> Iterator[Stranger]:
    """Single names with where they stand; those of one stem together, the shortest names them."""
    anywhere, inside = _counted(_ANYWHERE, text), _counted(_INSIDE, text)
    owning = sum((_standing(one, text) for one in _OWNING), Counter[str]())
    acting = sum((_standing(one, text) for one in _ACTING), Counter[str]())
    for family in _families(anywhere):
        found = Stranger(family[0], forms=family)
        found.count = _total(anywhere, family)
        found.inside = _total(inside, family)
        found.owning = _total(owning, family)
        found.acting = _total(acting, family)
        yield found


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(_OWNED.sub("", word) for word in pattern.findall(text))


def _standing(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(_OWNED.sub("", match["w"]) for match in pattern.finditer(text))


def _total(counts: Mapping[str, int], family: list[str]) -> int:
    return sum(counts.get(form, 0) for form in family)


def _families(words: Mapping[str, int]) -> Iterator[list[str]]:
    """Words of one stem, the shortest first."""
    family: list[str] = []
    for word in sorted(words):
        if family and _is_of(word, family[0]):
            family.append(word)
            continue
        if family:
            yield family
        family = [word]
    if family:
        yield family


def _is_of(word: str, name: str) -> bool:
    """Whether a word is made of a name: "Rumeliyan" of "Rumeliya"."""
    stem = name[:-1] if name[-1] in "aeiouy" else name
    return len(stem) > LONGER and word.startswith(stem) and len(word) <= len(name) + LONGER
