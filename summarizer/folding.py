"""Texts in one form, so that only differences that mean something are left (pure)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ`´′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text in lower case, single spaces, plain quotes and dashes, no invisible marks."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())
