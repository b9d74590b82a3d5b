"""How close texts are in meaning, whatever their languages, where an encoder is installed.

The Universal Sentence Encoder, multilingual (the extra ``embedded``), loaded when it is first
needed. Without it nobody here can tell, and callers go by words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from summarizer.errors import MissingExtra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

REMEMBERED = 20_000
"""Texts whose vectors are kept; at 2 KB each some 40 MB."""
_known: dict[str, Vector] = {}


@cache
def is_available() -> bool:
    """Whether there is an encoder; the first question takes a second."""
    from summarizer.selection.features import encode

    try:
        encode(["word"])
    except MissingExtra:
        return False
    return True


def learn(texts: Iterable[str]) -> None:
    """Encode many texts at once, which is quicker than one by one."""
    from summarizer.selection.features import encode

    wanted = set(texts)
    if len(_known.keys() | wanted) > REMEMBERED:
        _known.clear()
    new = sorted(wanted - _known.keys())
    _known.update(zip(new, encode(new) if new else (), strict=True))


def closeness(one: str, other: str) -> float:
    """Cosine of two texts, to three digits so that it is the same however they were encoded; 0
    without an encoder."""
    if not is_available():
        return 0.0
    learn({one, other})
    return round(float(_known[one] @ _known[other]), 3)
