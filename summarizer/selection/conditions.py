"""What an offer depends on, as the line words it (pure)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EVENT = (
    r"(?:agreement|armistice|ballot|signature|signing|accord|settlement|deal|ceasefire|withdrawal|"
    r"referendum|election|vetting|deposit of arms)"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided that|(?<=[,;] )provided(?! for\b| by\b| with\b| in\b)|once|on (?:the )?condition (?!of anonymity)(?:that )?|"
    r"on the understanding that|in exchange for|in return for|(?:as|so) long as|only after|as soon as|"
    r"subject to|on the day (?!of\b|in\b|as\b)(?:on which|that|when)?|when(?:ever)? (?=the |both |all |a |an )|"
    r"(?<=[,;] )should|(?<![\w,] )[Ss]hould (?=the |either |both |[A-Z])|upon (?=a |an |the |receipt)|without prejudice to|"
    rf"(?<!days )(?<!weeks )(?<!months )(?<!hours )after (?=(?:an? |the )?{_EVENT})|as (?=part of an? (?:\w+ )?(?:settlement|deal|agreement))|"
    r"à condition (?:que|de)|a condición de que|siempre que|a cambio de|en échange d['’e]|si)\s*(?<=[\s'’])(?P<what>[^,;.“”]{5,110})",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:possible|necessary|it (?:takes|took|is)|(?:they|it) (?:are|is|were|was) attacked|of anonymity|for in)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:as|even|ask\w*|see|know|knows|clear|say|saying|said|what|doubt\w*|matter|wonder\w*)\s$",
    re.IGNORECASE,
)
"""Before an "if" that asks."""


def conditions(text: str, grammar: Doc | None = None) -> list[str]:
    """The clause of the first condition that a line states, if it states one.

    ``grammar`` is the line's, where its language has a parser.
    """
    for found in _CONDITION.finditer(text):
        what = " ".join(found["what"].split())
        asked = found[0].lower().startswith("if ") and _ASKED.search(text[: found.start()])
        if not asked and not _NONE.match(what) and not _of_purpose(grammar, found.start()):
            return [what]
    return []


def _of_purpose(grammar: Doc | None, at: int) -> bool:
    """Whether a clause depends on a purpose: "to sound the alarm if …" binds nobody."""
    if grammar is None:
        return False
    leads = next((token for token in grammar if token.idx == at and token.dep_ == "mark"), None)
    if leads is None:
        return False
    governs = leads.head.head
    return governs.dep_ == "advcl" and any(child.tag_ == "TO" for child in governs.children)
