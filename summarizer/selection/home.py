"""Which state's government "the government" is (pure).

Each state named is weighed by how it is named: as one that rules or as one that helps others to
talk, beside the groups, in the first lines. The weights are those of a conditional choice fitted
on the dev and training cases ("none of those named" was a choice), rounded.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from operator import mul
from typing import TYPE_CHECKING

from summarizer.selection import gazetteer
from summarizer.vocabulary import PartyKind

if TYPE_CHECKING:
    from summarizer.selection.actors import Actor, Mention

_RULED = (
    re.compile(
        r"\b(?:government|president|prime minister|army|republic|parliament|authorities|military|forces|province|"
        r"region|people|civil war|conflict|war|peace|gobierno|ejército|república|gouvernement|armée|république)"
        r" (?:of|in|de|du|del) (?:the )?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:['’]s?)? (?:(?!the |an? |and )[\w-]+ ){0,2}?(?:government|army|president|prime minister|military|armed forces|forces|troops|"
        r"soldiers|cabinet|parliament|authorities|people|constitution|civil war|war|state|rebels?|capital|"
        r"peace (?:talks|process))\b"
    ),
)
"""Before and behind the state whose government, army, war it is."""
_HELPS = (
    re.compile(
        r"\b(?:brokered|mediated|hosted|facilitated|chaired|sponsored|convened) by (?:the )?$|"
        r"\b(?:ambassadors?|embassy|envoys?|diplomats?|good offices|mediation|facilitation) of (?:the )?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:['’]s?)?[ -](?:(?!the |an? |and )[\w-]+ ){0,2}?(?:mediat\w+|facilitat\w+|brokered|hosts?|envoys?|ambassadors?|embassy|diplomats?|"
        r"observers?|peacekeepers?|good offices|consul\w*)\b"
    ),
)
"""Before and behind the state that helps others to talk."""
_PLACE = re.compile(
    r"\b(?:in|at|near|to|from|via|inside|outside|of|into)\s(?:the )?$|^\W*$", re.IGNORECASE
)
_REBELS = re.compile(
    r"\b(?:rebel|guerrilla|insurgent|militia|separatist|fighters|paramilitar)\w*", re.IGNORECASE
)
_GOVERNMENT = re.compile(r"\b[Tt]he (?:[Gg]overnment|[Aa]rmy|junta|regime)\b")
_GROUPS = frozenset({PartyKind.ARMED_GROUP, PartyKind.POLITICAL_MOVEMENT})
WAYS = ("named", "capital", "rules", "helps", "beside a group", "beside the government")
"""Ways of being named; what counts is the logarithm of how often."""
WEIGHTS: Mapping[str, float] = {
    "named": 0.4, "capital": 0.85, "rules": 1.65, "helps": -0.9, "beside a group": 0.55,
    "beside the government": 0.7, "share of most": 0.3, "head": 0.85, "first": 0.25,
    "often mediates": -1.3, "power": -0.9, "guessed": -0.7,
}  # fmt: skip
"""What each number of ``describe`` counts; made by ``evals/training/home.py``."""
NONE = 1.55
"""What it counts that none of those named is meant."""
LINES = 3
"""Lines at the head, where the state that a report is about is named."""


def likely(
    found: Mapping[str, Actor], named: Sequence[Sequence[Mention]], texts: Sequence[str]
) -> dict[str, float]:
    """States that "the government" may mean, the likeliest first; empty where it is likelier none."""
    weighed = {
        name: sum(map(mul, WEIGHTS.values(), numbers))
        for name, numbers in describe(found, named, texts).items()
    }
    ranked = sorted(weighed, key=lambda name: (-weighed[name], name))
    none = not ranked or weighed[ranked[0]] < NONE
    return {} if none else {name: weighed[name] for name in ranked}


def describe(
    found: Mapping[str, Actor], named: Sequence[Sequence[Mention]], texts: Sequence[str]
) -> dict[str, list[float]]:
    """Every state named with its numbers, in the order of ``WEIGHTS``."""
    counts = _counted(found, named, texts)
    most = max((counted["named"] for counted in counts.values()), default=0) or 1
    return {
        name: [
            *(math.log1p(counted[way]) for way in WAYS),
            counted["named"] / most, float(counted["head"] > 0), float(place == 0),
            float(name in gazetteer.often_mediate()), float(name in gazetteer.powers()),
            float(found[name].guessed),
        ]
        for place, (name, counted) in enumerate(counts.items())
    }  # fmt: skip


def _counted(
    found: Mapping[str, Actor], named: Sequence[Sequence[Mention]], texts: Sequence[str]
) -> dict[str, Counter[str]]:
    """How often each state is named in which way, those named earlier first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, (mentions, text) in enumerate(zip(named, texts, strict=True), start=1):
        states = {m.party: m for m in mentions if found[m.party].kind == PartyKind.STATE}
        grouped = _REBELS.search(text) or any(found[m.party].kind in _GROUPS for m in mentions)
        for name in states:
            counts[name]["head"] += number <= LINES
            counts[name]["beside a group"] += grouped is not False
            counts[name]["beside the government"] += (
                len(states) == 1 and _GOVERNMENT.search(text) is not None
            )
        for mention in mentions:
            if mention.party in states:
                counts[mention.party].update(_ways(mention, text, found[mention.party].capital))
    return dict(counts)


def _ways(mention: Mention, text: str, capital: str | None) -> list[str]:
    """How a mention names its state; a capital where something happens does not."""
    before, after = text[: mention.start], text[mention.end :]
    ways = ["capital" if mention.form == capital else "named"]
    if ways == ["capital"] and _PLACE.search(before):
        ways = []
    if _HELPS[0].search(before) or _HELPS[1].match(after):
        return [*ways, "helps"]
    return [*ways, "rules"] if _RULED[0].search(before) or _RULED[1].match(after) else ways
