"""Which of those named are parties, and what part each plays.

Cues near a name and how it stands in the document (``standing``) are weighed by fitted weights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from summarizer.selection import standing
from summarizer.selection.layers import Layer, stored_layer
from summarizer.selection.rolecues import cued
from summarizer.vocabulary import PartyRole

if TYPE_CHECKING:
    from summarizer.selection.reading import Reading

OUTPUTS = ("party", *(role.value for role in PartyRole))
"""What the layer says of each one named: is it a party, and has it this role?"""
CHOSEN = 0.45
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
    counts: dict[str, Counter[tuple[PartyRole, str]]] = defaultdict(Counter)
    shown: dict[tuple[str, PartyRole], list[int]] = defaultdict(list)
    for cue in sorted(cued(reading), key=lambda cue: cue.how == "near"):
        counts[cue.party][cue.role, cue.how] += 1
        shown[cue.party, cue.role].append(cue.number)
    return Evidence(standing.describe(reading, counts), shown)


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
