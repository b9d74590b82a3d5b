"""Where two texts differ, word by word, so that a "not" that is gone can be seen (pure)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from summarizer.rendering.escaping import clean

#: A piece of a text, and whether the other text lacks it.
Piece = tuple[str, bool]

#: Under this share of words in common everything differs, and marks say nothing.
_ALIKE = 0.5
SHORT = 110


def shortened(text: str, most: int = SHORT) -> str:
    """At most ``most`` characters on one line, cut at a space where there is one near."""
    shown = clean(text)
    if len(shown) <= most:
        return shown
    head = shown[: most - 1]
    space = head.rfind(" ")
    return f"{head[:space] if space > most // 2 else head}…"


def both_shortened(one: str, other: str, most: int = SHORT) -> tuple[str, str]:
    """Two texts, each at most ``most`` characters, with the place where they part in sight."""
    first, second = clean(one).split(), clean(other).split()
    if max(len(" ".join(first)), len(" ".join(second))) <= most:
        return " ".join(first), " ".join(second)
    skip = max(0, _shared_start(first, second) - 4)
    lead = "… " if skip else ""
    left, right = (f"{lead}{' '.join(words[skip:])}" for words in (first, second))
    return shortened(left, most), shortened(right, most)


def _shared_start(first: list[str], second: list[str]) -> int:
    """How many words both begin with; 0 when one is only the other's beginning."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), 0)


def word_differences(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those marked that the other lacks; unmarked if little is alike."""
    first, second = (re.findall(r"\S+\s*", text) for text in (one, other))
    matcher = SequenceMatcher(
        None, [word.rstrip() for word in first], [word.rstrip() for word in second], autojunk=False
    )
    if matcher.ratio() < _ALIKE:
        return [(one, False)], [(other, False)]
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        for pieces, words in ((left, first[i:j]), (right, second[k:m])):
            if words:
                pieces.append(("".join(words), kind != "equal"))
    return left, right
