"""Which of those named are parties, and what part each plays.

Cues near a name and how it stands in the document (``standing``) are weighed by fitted weights.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from summarizer.selection import standing
from summarizer.selection.layers import Layer, stored_layer
from summarizer.vocabulary import PartyRole

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
OUTPUTS = ("party", *(role.value for role in PartyRole))
"""What the layer says of each one named: is it a party, and has it this role?"""
CHOSEN = 0.4
"""How likely a party is from which it is listed: by cross-validation."""
UNLIKELY = 0.1
"""How likely a party is under which it is taken for none anywhere: by cross-validation."""
ALSO = 0.45
"""How likely a role is from which it is given beside the likeliest one."""


@dataclass
class Roles:
    """Roles by party, the primary parties first."""

    primary: list[str] = field(default_factory=list)
    of: dict[str, list[PartyRole]] = field(default_factory=dict)
    shown: dict[str, list[int]] = field(default_factory=dict)
    """Sentences that show the role."""
    chance: dict[str, float] = field(default_factory=dict)
    """How likely each one named is a party at all."""

    @property
    def chosen(self) -> list[str]:
        """Those likely enough to be a party, the likeliest first."""
        ranked = sorted(self.chance, key=lambda name: (-self.chance[name], name))
        return [name for name in ranked if self.chance[name] >= CHOSEN]

    @property
    def unlikely(self) -> frozenset[str]:
        """Those that are hardly a party."""
        return frozenset(name for name, chance in self.chance.items() if chance < UNLIKELY)


@dataclass(frozen=True)
class Evidence:
    """Everyone named, described; and the sentences with a cue of each role near the name."""

    described: dict[str, list[float]]
    shown: dict[tuple[str, PartyRole], list[int]]


def find_roles(reading: Reading, layer: Layer) -> Roles:
    """Which of those named are parties, and their roles."""
    return weighed(reading, evidence(reading), layer)


def evidence(reading: Reading) -> Evidence:
    """What speaks for each role of each one named."""
    scores: dict[str, Counter[PartyRole]] = defaultdict(Counter)
    shown: dict[tuple[str, PartyRole], list[int]] = defaultdict(list)
    for party, role, number in _cued(reading):
        scores[party][role] += 1
        shown[party, role].append(number)
    return Evidence(standing.describe(reading, scores), shown)


def weighed(reading: Reading, found: Evidence, layer: Layer) -> Roles:
    """The roles that the weights make of the evidence."""
    import numpy

    roles = Roles()
    if not found.described:
        return roles
    rows = numpy.array(list(found.described.values()), dtype=numpy.float32)
    likely: dict[str, float] = {}
    for name, row in zip(found.described, layer.chances(rows, rows), strict=True):
        chances = dict(zip(PartyRole, map(float, row[1:]), strict=True))
        roles.chance[name] = float(row[0])
        roles.of[name] = _likely(chances)
        likely[name] = roles.chance[name] * chances[PartyRole.PRIMARY_PARTY]
        seen = found.shown.get((name, roles.of[name][0]), [])
        roles.shown[name] = seen or sorted(reading.actors.found[name].sentences)
    roles.primary = _primary(roles, likely)
    return roles


def _likely(chances: dict[PartyRole, float]) -> list[PartyRole]:
    """The likeliest role, and whatever else is likely."""
    ranked = sorted(PartyRole, key=lambda role: -chances[role])
    return [role for role in ranked if chances[role] >= ALSO] or ranked[:1]


def _primary(roles: Roles, likely: dict[str, float]) -> list[str]:
    """Those who fight, the likeliest first; two at least where two can be."""
    ranked = sorted(likely, key=lambda name: (-likely[name], name))
    sure = [name for name in ranked if PartyRole.PRIMARY_PARTY in roles.of[name]
            and roles.chance[name] >= CHOSEN]  # fmt: skip
    return sure if len(sure) > 1 else [name for name in ranked[:2] if likely[name] >= 0.1]


@cache
def load() -> Layer:
    """The shipped weights, made by ``evals/training/parties.py``."""
    import numpy

    file = resources.files("summarizer.selection").joinpath("parties.npz")
    with resources.as_file(file) as path, numpy.load(path, allow_pickle=False) as stored:
        return stored_layer(stored, "parties")


def _cued(reading: Reading) -> Iterator[tuple[str, PartyRole, int]]:
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
