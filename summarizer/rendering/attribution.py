"""Who says it, and whether that is the holder or somebody else, in plain words (pure).

An offer that only the other side reports, or a red line that a rival attributes, must not be
taken for what the holder said. Holders' own words and second-hand ones therefore never begin
with the same word, and second-hand ones carry a warning sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.brief import Item, Offer, RedLine
from summarizer.rendering.words import ENGLISH, Words
from summarizer.vocabulary import Basis, Certainty, OfferStatus, StepCertainty

_DOCUMENT = "the document"
# What to call a teller whom the document does not name, by basis.
_NAMELESS = {
    Basis.ON_RECORD: _DOCUMENT,
    Basis.OFFICIAL_TEXT: "official text",
    Basis.ANONYMOUS: "unnamed source",
    Basis.OTHER_MEDIA: "other media",
    Basis.LEAKED: "leaked text",
    Basis.NARRATION: _DOCUMENT,
    Basis.ANALYST: "an analyst",
}
# What a reader must know beside the name; a named person on record needs nothing.
_QUALIFIER = {
    Basis.ON_RECORD: "",
    Basis.OFFICIAL_TEXT: "by official text",
    Basis.ANONYMOUS: "by anonymous",
    Basis.OTHER_MEDIA: "by other media",
    Basis.LEAKED: "by leaked",
    Basis.NARRATION: "by narration",
    Basis.ANALYST: "by analyst",
}


def told_by(item: Offer | RedLine, words: Words = ENGLISH) -> str:
    """ "own words: …", "⚠ second-hand: …" or "⚠ attributed by the document, not stated by …"."""
    if item.self_stated:
        return _own_words(item, holders(item), words)
    if _is_documents(item):
        return words("attributed", who=words.listed(holders(item), "or"))
    return words("second-hand", who=_teller(item, words, with_party=True))


def holders(item: Offer | RedLine) -> list[str]:
    """Who gives it, or will not have it."""
    return item.by if isinstance(item, Offer) else [item.held_by]


def silent_holders(item: Offer | RedLine) -> list[str]:
    """Holders of a self-stated item who do not speak; a joint text speaks for all of them."""
    joint = item.basis is Basis.OFFICIAL_TEXT
    return [] if joint else [name for name in holders(item) if name != item.speaks_for]


def according_to(item: Item, words: Words = ENGLISH) -> str:
    """ "according to …"; empty where the document speaks for itself."""
    if _is_documents(item):
        return ""
    return words("according to", who=_teller(item, words, with_party=True))


def doubt(
    certainty: Certainty | StepCertainty,
    status: OfferStatus | None = None,
    words: Words = ENGLISH,
) -> str:
    """What keeps an item from being a plain assertion; empty if nothing does."""
    if is_disputed(certainty, status):
        return words("disputed")
    return words("hedged") if is_hedged(certainty) else ""


def is_disputed(certainty: Certainty | StepCertainty, status: OfferStatus | None = None) -> bool:
    """Whether another voice in the document denies it."""
    return str(certainty) == Certainty.DISPUTED or status is OfferStatus.DISPUTED


def is_hedged(certainty: Certainty | StepCertainty) -> bool:
    """Whether the document itself says it with a "may"."""
    return str(certainty) == Certainty.HEDGED


def _own_words(item: Offer | RedLine, names: Sequence[str], words: Words) -> str:
    """With several holders the one who speaks is named, and the others are told apart."""
    silent = silent_holders(item)
    teller = _teller(item, words, with_party=bool(silent))
    reported = teller == words(_DOCUMENT)
    said = words("own words reported") if reported else words("own words", who=teller)
    others = words("second-hand for", who=words.listed(silent, "and")) if silent else ""
    return f"{said}; {others}" if others else said


def _is_documents(item: Item) -> bool:
    """Whether nobody but the document says it."""
    return not item.speaker and not item.speaks_for and _NAMELESS[item.basis] == _DOCUMENT


def _teller(item: Item, words: Words, *, with_party: bool) -> str:
    """``a U.S. official (United States, unnamed)``: who, for whom, on what ground."""
    party = item.speaks_for if with_party else None
    if not item.speaker:
        return _nameless(item.basis, party, words)
    qualifier = _QUALIFIER[item.basis]
    known = [party if party != item.speaker else None, words(qualifier) if qualifier else None]
    remarks = ", ".join(remark for remark in known if remark)
    return f"{item.speaker} ({remarks})" if remarks else item.speaker


def _nameless(basis: Basis, party: str | None, words: Words) -> str:
    source = _NAMELESS[basis]
    if not party:
        return words(source)
    return party if source == _DOCUMENT else f"{party} ({words(source)})"
