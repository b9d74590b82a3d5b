"""What part each party plays, by cues near its name and by how much the document speaks of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.vocabulary import PartyKind, PartyRole

if TYPE_CHECKING:
    from summarizer.selection.reading import Reading

_BETWEEN = re.compile(r"\b(?:between|entre)\b", re.IGNORECASE)
_CUES = {
    PartyRole.MEDIATOR: re.compile(
        r"mediat|broker|facilitat|shuttle|go-between|good offices|envoy|proposed by|its text|"
        r"mediador|mediación|facilitador|garante|acompañant|médiat|facilitat|bons offices|émissaire",
        re.IGNORECASE,
    ),
    PartyRole.HOST: re.compile(
        r"\bhost(?:s|ed|ing)?\b|talks in|round in|meeting in|held in|meet in|anfitri|sede de|"
        r"accueill|hôte|réunis à|reunid[oa]s en|met in|gathered in",
        re.IGNORECASE,
    ),
    PartyRole.GUARANTOR: re.compile(r"guarant(?:or|ee)|garant", re.IGNORECASE),
    PartyRole.MONITOR: re.compile(
        r"monitor|observ(?:er|ador|ateur)|verif|vérif|peacekeep|inspect|supervis", re.IGNORECASE
    ),
    PartyRole.WITNESS: re.compile(r"witness|testig|témoin|co-?sign", re.IGNORECASE),
    PartyRole.IMPLEMENTER: re.compile(
        r"\baid\b|humanitarian|relief|convoy|prisoners? (?:exchange|list)|ayuda humanitaria|"
        r"aide humanitaire|led by|chaired by|channel|registr|flight|escort",
        re.IGNORECASE,
    ),
    PartyRole.SUPPORTING_PARTY: re.compile(
        r"\b(?:backed|backs|ally|allies|supporter|supports|arms to|weapons to|allied|patron)\b|"
        r"aliad|respald|allié|soutien",
        re.IGNORECASE,
    ),
}
_CONFLICT = re.compile(
    r"\bwar\b|fight|talks|negotiat|cease-?fire|truce|agree|sign|delegation|accord|army|troops|"
    r"guerra|negocia|acuerdo|tregua|guerre|négocia|accord|trêve|cessez",
    re.IGNORECASE,
)
FAR = 60
"""Characters between a cue and the name it is about."""


@dataclass
class Roles:
    """Roles by party, the primary parties first."""

    primary: list[str] = field(default_factory=list)
    of: dict[str, list[PartyRole]] = field(default_factory=dict)
    shown: dict[str, list[int]] = field(default_factory=dict)
    """Sentences that show the role."""


def find_roles(reading: Reading) -> Roles:
    """Roles of every party named."""
    scores: dict[str, Counter[PartyRole]] = defaultdict(Counter)
    shown: dict[tuple[str, PartyRole], list[int]] = defaultdict(list)
    for party, role, number in _evidence(reading):
        scores[party][role] += 1
        shown[party, role].append(number)
    primary = _primary(reading, scores)
    roles = Roles(primary)
    for name, actor in reading.actors.found.items():
        own = [PartyRole.PRIMARY_PARTY] if name in primary else _best(scores[name], actor.kind)
        roles.of[name] = own
        roles.shown[name] = shown[name, own[0]] or sorted(actor.sentences)
    return roles


def _evidence(reading: Reading) -> Iterator[tuple[str, PartyRole, int]]:
    for line in reading.lines:
        for role, pattern in _CUES.items():
            for match in pattern.finditer(line.text):
                near = [
                    m
                    for m in line.mentions
                    if abs(m.start - match.start()) < FAR or abs(m.end - match.end()) < FAR
                ]
                if near:
                    nearest = min(near, key=lambda m: abs(m.start - match.start()))
                    yield nearest.party, role, line.number
        for match in _BETWEEN.finditer(line.text):
            after = [m for m in line.mentions if 0 <= m.start - match.end() < 120][:2]
            if len(after) == 2 and _CONFLICT.search(line.text):
                for mention in after:
                    yield mention.party, PartyRole.PRIMARY_PARTY, line.number


def _primary(reading: Reading, scores: dict[str, Counter[PartyRole]]) -> list[str]:
    """Those who fight: named most, not as mediators, organisations only where nobody else is."""
    weight: dict[str, float] = {}
    for name, actor in reading.actors.found.items():
        role = scores[name]
        outside = role[PartyRole.MEDIATOR] + role[PartyRole.HOST] + role[PartyRole.MONITOR]
        worth = actor.count + 3.0 * role[PartyRole.PRIMARY_PARTY] - 1.5 * outside
        if actor.kind == PartyKind.INTERNATIONAL_ORGANISATION:
            worth *= 0.2
        if actor.kind == PartyKind.ARMED_GROUP:
            worth *= 1.5
        if actor.capital and set(actor.forms) <= {actor.capital}:
            worth *= 0.3  # a place of talks as often as a party
        weight[name] = worth
    ranked = sorted(weight, key=lambda name: (-weight[name], name))
    if not ranked:
        return []
    best = weight[ranked[0]]
    return [n for n in ranked[:3] if weight[n] >= max(2.0, 0.3 * best)][
        : 2 if len(ranked) < 4 else 3
    ]


def _best(scores: Counter[PartyRole], kind: PartyKind) -> list[PartyRole]:
    others: list[tuple[int, PartyRole]] = [
        (n, role) for role, n in scores.items() if role != PartyRole.PRIMARY_PARTY and n
    ]
    if others:
        most = max(n for n, _ in others)
        return [min((role for n, role in others if n == most), key=str)]
    if kind == PartyKind.INTERNATIONAL_ORGANISATION:
        return [PartyRole.MEDIATOR]
    return [PartyRole.AFFECTED_OUTSIDER]
