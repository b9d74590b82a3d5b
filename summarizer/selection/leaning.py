"""Words of English that show whether a line gives or withholds where it looks the other way (pure).

"Dropped its demand" is a concession, though it speaks of a demand; "would not object" and "will not
fire first" give something, though they negate. "Unless", "only after" and a threat to walk out
limit what else reads like an offer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_GAVE_UP = (
    r"(?:drop(?:s|ped|ping)?|g[ai]ven? up|giv(?:es|ing) up|abandon(?:s|ed|ing)?|waiv(?:es?|ed|ing)|"
    r"renounc(?:es?|ed|ing)|let go of|soften(?:s|ed)?|with(?:drew|draws?|drawn))"
)
_POSITION = (
    r"(?:demands?|claims?|insistence|objections?|(?:pre)?conditions?|requirements?|refusal|opposition|"
    r"resistance|veto)"
)
_NOT = r"(?:not|n['’]t|never|nothing|no one|nobody)"
_WOULD = r"(?:w(?:ill|ould)|['’]ll|['’]d|threaten\w*(?: to)?)"
LEANINGS: Mapping[str, tuple[float, str]] = {
    "conceded": (-1.7,
        rf"\b{_GAVE_UP} (?:[\w'’]+ ){{0,4}}?{_POSITION}\b|"
        r"\b(?:demand|claim|objection|condition)s? (?:\w+ ){0,2}?(?:been |were |was )?(?:dropped|given up|withdrawn|waived)|"
        r"\b(?:let|gave|given) (?:it|that|this|them) (?:drop|up|go)\b|\bc[ao]me down from\b|"
        r"\bceased? to (?:require|demand|insist|ask)"),
    "no longer": (-1.6,
        r"\bno longer (?:claim|demand|insist|requir|ask|want|oppos|object|seek|rul)\w*|\bneed(?:s|ed)?(?:n['’]t| not)\b"),
    "unopposed": (-2.6,
        rf"(?:\b|(?=n['’]t)){_NOT} (?:\w+ ){{0,2}}?(?:object|oppos|rul(?:e|ed|ing) (?:\w+ )?out|exclud|stand in|resist|veto|hinder|interfer|reject)\w*|"
        r"\b(?:no|nothing|any|without) (?:\w+ )?(?:objections?|quarrel|against)\b|"
        r"\bdoor (?:was |is |\w+ )?(?:open|not shut|not closed)|\bis(?:n['’]t| not) shut\b"),
    "restraint": (-2.5,
        rf"(?:\b|(?=n['’]t))(?:{_NOT}|nor) (?:(?:would|will) )?(?:be the first|fire first|shoot first|strike first|attack|raid|prosecut|arrest|open fire|use force|"
        r"pursue|punish|be (?:prosecut|arrest|punish|pursu|attack|harm|tried|handed|extradit|touch|evict))\w*|"
        r"\bno (?:reprisals?|return to (?:war|the jungle|arms)|kidnapping)"),
    "unless": (1.3, r"\bunless\b|\breserv(?:e|es|ed) (?:the|its|their|his) (?:right|position)"),
    "only": (0.8, r"\bonly (?:if|when|once|after|on|upon|as|at)\b|, (?:and )?not before\b"),
    "leave": (1.1,
        rf"(?:\b|(?=['’])){_WOULD} (?:\w+ ){{0,3}}?(?:leave|walk|go back|fly home|cut off|strike back|fire back|resume|quit|pull out|"
        r"retaliat|return to (?:war|arms|the bush)|lapse|break off|take up)\w*"),
    "none": (1.2,
        r"\b(?:no|not (?:one|an?|a single)) (?:\w+ ){1,3}(?:will|would|can|could|shall|until|unless|before)\b"),
}  # fmt: skip
"""Log-odds that each adds to a red line's over an offer's, and its words: by logistic regression on
5,000 lines beside what the classifier said of them without having seen them."""
_PATTERNS = [(odds, re.compile(words, re.IGNORECASE)) for odds, words in LEANINGS.values()]


def leaning(text: str) -> float:
    """Log-odds by which a line is rather a red line than it looks; under nought rather an offer."""
    return sum(odds for odds, words in _PATTERNS if words.search(text))
