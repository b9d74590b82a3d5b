"""Whether a line says two things of opposite sense: what is given, and what is not (pure).

"It would free them only after the shelling stops" is an offer and a limit; so is "it will talk,
but it will not disarm". "It will not free them" is a limit alone, however likely either seems.
"""

from __future__ import annotations

import re

from summarizer.selection.cues import whole_words

_DEPENDS = whole_words(
    "if|unless|until|only|once|when|provided|on condition|(?:as|so) long as|before|after|should|"
    "in (?:exchange|return)|si|siempre que|hasta que|s[oó]lo|cuando|antes de|a cambio|a condici[oó]n|"
    "à condition|tant que|avant|lorsque|seulement|dès que|en échange|après"
)
_TURNS = re.compile(
    r"[;:]|,? \b(?:but|though|although|while|whereas|yet|and|pero|aunque|mientras|sino|y|mais|"
    r"tandis|et)\b|(?=\b(?:nor|ni)\b)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:no|not|never|nor|nobody|none|neither|cannot|without|reject\w*|refus\w+|oppos\w+|against|"
    r"rul\w+ out|insist\w*|demand\w*|must|asks?|asked|wants?|nunca|jamás|sin|rechaz\w+|niega\w*|"
    r"exig\w+|pas|jamais|aucune?|sans|rejet\w+|exclu\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
LEAST = 3
"""Words of a part that says something of its own."""


def says_both(text: str) -> bool:
    """Whether a line states a condition, or refuses or asks in one of its parts and not in another."""
    if _DEPENDS.search(text):
        return True
    parts = [part for part in _TURNS.split(text) if len(part.split()) >= LEAST]
    return len({_REFUSES.search(part) is not None for part in parts}) > 1
