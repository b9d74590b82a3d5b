"""Turns of a transcript: does somebody begin to speak with this sentence? (pure)"""

from __future__ import annotations

import re

_TURN = re.compile(r"([^\W\d_][^:\n]{1,60}):")
_QUESTION = re.compile(r"[QA](?::|\s{2})|Q\s")
_PART = r"[^\W\d_a-z][\w.’'-]*"
_NAME = re.compile(rf"{_PART}(?: {_PART}){{0,4}}(?:,? \(.{{1,40}}\))?")


def is_turn(sentence: str) -> bool:
    """Whether a turn of a transcript starts here: "Q: …", "MS. BRUCE: …", "Ada Berg: …"."""
    return _QUESTION.match(sentence) is not None or is_named_turn(sentence)


def is_named_turn(sentence: str) -> bool:
    """Whether the turn names its speaker; "Photo:" and "Moscow:" are no speakers."""
    match = _TURN.match(sentence)
    if match is None or _QUESTION.match(sentence):
        return False
    return match[1].isupper() or (" " in match[1] and _NAME.fullmatch(match[1]) is not None)
