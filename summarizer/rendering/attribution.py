"""Who says it, and whether that is the holder or somebody else, in plain words (pure).

An offer that only the other side reports, or a red line that a rival attributes, must not be
taken for what the holder said. Holders' own words and second-hand ones therefore never begin
with the same word, and second-hand ones carry a warning sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.brief import Item, Offer, RedLine
from summarizer.vocabulary import Basis, Certainty, OfferStatus

_DOCUMENT = "the document"
# What to call a teller whom the document does not name, by basis.
_NAMELESS = {
    Basis.ON_RECORD: _DOCUMENT,
    Basis.OFFICIAL_TEXT: "an official text",
    Basis.ANONYMOUS: "an unnamed source",
    Basis.OTHER_MEDIA: "other media",
    Basis.LEAKED: "a leaked text",
    Basis.NARRATION: _DOCUMENT,
    Basis.ANALYST: "an analyst",
}
# What a reader must know beside the name; a named person on record needs nothing.
_QUALIFIER = {
    Basis.ON_RECORD: "",
    Basis.OFFICIAL_TEXT: "official text",
    Basis.ANONYMOUS: "unnamed",
    Basis.OTHER_MEDIA: "via other media",
    Basis.LEAKED: "leaked",
    Basis.NARRATION: "paraphrased by the document",
    Basis.ANALYST: "analyst",
}


def told_by(item: Offer | RedLine) -> str:
    """ "own words: …", "⚠ second-hand: …" or "⚠ attributed by the document, not stated by …"."""
    holders = item.by if isinstance(item, Offer) else [item.held_by]
    if item.self_stated:
        return _own_words(item, holders)
    if _teller(item, with_party=True) == _DOCUMENT:
        return f"⚠ attributed by the document, not stated by {_listed(holders, 'or')} here"
    return f"⚠ second-hand: {_teller(item, with_party=True)}"


def according_to(item: Item) -> str:
    """ "according to …"; empty where the document speaks for itself."""
    teller = _teller(item, with_party=True)
    return "" if teller == _DOCUMENT else f"according to {teller}"


def doubt(certainty: Certainty, status: OfferStatus | None = None) -> str:
    """What keeps an item from being a plain assertion; empty if nothing does."""
    if certainty is Certainty.DISPUTED or status is OfferStatus.DISPUTED:
        return "⚠ disputed in the source"
    return "hedged in the source" if certainty is Certainty.HEDGED else ""


def _own_words(item: Item, holders: Sequence[str]) -> str:
    """With several holders the one who speaks is named, and the others are told apart."""
    joint = item.basis is Basis.OFFICIAL_TEXT  # such a text speaks for all of them
    silent = [] if joint else [name for name in holders if name != item.speaks_for]
    teller = _teller(item, with_party=bool(silent))
    said = "own words, as the document reports" if teller == _DOCUMENT else f"own words: {teller}"
    return f"{said}; ⚠ second-hand for {_listed(silent, 'and')}" if silent else said


def _teller(item: Item, *, with_party: bool) -> str:
    """``a U.S. official (United States, unnamed)``: who, for whom, on what ground."""
    party = item.speaks_for if with_party else None
    if not item.speaker:
        return _nameless(_NAMELESS[item.basis], party)
    known = [party if party != item.speaker else None, _QUALIFIER[item.basis]]
    remarks = ", ".join(remark for remark in known if remark)
    return f"{item.speaker} ({remarks})" if remarks else item.speaker


def _nameless(source: str, party: str | None) -> str:
    if not party:
        return source
    return party if source == _DOCUMENT else f"{party} ({source})"


def _listed(names: Sequence[str], link: str) -> str:
    """``A, B or C``."""
    *before, last = names
    return f"{', '.join(before)} {link} {last}" if before else last
