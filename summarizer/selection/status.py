"""How far an offer has got, by fitted weights over what the line and the whole document show.

Whether terms are signed, agreed or only tabled is as often as not said once, in the lead; so
words of the whole document count beside those of the line and the guess of the rules. Of the
likely statuses the one is taken that is least wrong on average (``tabled`` lies next to
``floated``, ``agreed`` next to ``signed``), and none that the support check would not carry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.vocabulary import OfferStatus

if TYPE_CHECKING:
    from summarizer.selection.reading import Reading

STATUSES = tuple(OfferStatus)
_NEXT = frozenset(
    frozenset(map(OfferStatus, pair.split()))
    for pair in (
        "floated tabled", "tabled under_negotiation", "under_negotiation accepted_in_part",
        "accepted_in_part agreed", "agreed signed", "signed in_force", "rejected withdrawn",
        "unstated floated", "unstated tabled", "unstated under_negotiation",
    )
)  # fmt: skip
_SETTLED = {OfferStatus.AGREED, OfferStatus.SIGNED, OfferStatus.IN_FORCE}
_REFUSED = {OfferStatus.REJECTED, OfferStatus.WITHDRAWN}
_WORDS = tuple(
    re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)
    for words in (
        "signed|firmad|firmaron|suscrit|signé|paraphé", "agreed|acordad|acordaron|convenu|convien",
        "propos|propuest|proposition", "shall|deberá|devra", "will be signed|to sign|firmará|signera",
        "reject|rechaz|rejet", "accept|acept|talks|negocia|négocia", "in force|took effect|en vigor|en vigueur",
    )
)  # fmt: skip


def names() -> list[str]:
    """What each number of ``describe`` is."""
    shown = [f"document:{word.pattern[7:30]}" for word in _WORDS]
    heads = [f"head:{word.pattern[7:30]}" for word in _WORDS]
    return [*shown, *heads, *(f"rules say:{status.value}" for status in STATUSES)]


def describe(reading: Reading, guess: OfferStatus) -> list[float]:
    """Words of status per 1,000 characters, those at the head, and what the rules say."""
    text = reading.document.text
    size = max(1.0, len(text) / 1000)
    counted = [min(3.0, len(word.findall(text)) / size) for word in _WORDS]
    head = [float(bool(word.search(text[:500]))) for word in _WORDS]
    return [*counted, *head, *(float(guess == status) for status in STATUSES)]


def cost(true: OfferStatus, said: OfferStatus) -> float:
    """What a wrong status costs a reader: nothing if right, less next to it, most if opposite."""
    if true == said:
        return 0.0
    if {true, said} & _SETTLED and {true, said} & _REFUSED:
        return 0.6
    return 0.25 if frozenset((true, said)) in _NEXT else 0.5


def least_wrong(chances: dict[OfferStatus, float], allowed: set[OfferStatus]) -> OfferStatus:
    """The status of least expected cost among those allowed."""
    options = [status for status in STATUSES if status in allowed]
    return min(options, key=lambda said: sum(p * cost(true, said) for true, p in chances.items()))
