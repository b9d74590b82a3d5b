"""Which predicted item is which reference item, and what the rest of them are.

Items of a section are aligned one to one, maximum weight, on text, evidence and party; the
fields under test stay out of it. What is left over is a duplicate, a split, a merge, an item of
another section, missing or spurious: each item exactly one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from summarizer.evaluation.entries import ITEM_SECTIONS, SECTIONS, Entry, Section
from summarizer.evaluation.matching import best_assignment
from summarizer.evaluation.normalise import PartyNames
from summarizer.evaluation.similarity import Similarity
from summarizer.evaluation.spans import dice
from summarizer.partykeys import name_key
from summarizer.polarity import content_words

#: Share of the weight of a pair (``eval-design.md``). Evidence is the strongest single signal.
TEXT, EVIDENCE, PARTY = 0.55, 0.35, 0.10
#: Pairs under this weight are never formed.
THRESHOLD = 0.38
#: Breaks exact ties only, in favour of the better credit; far below any real difference.
_TIE = 1e-6
#: Names that no alias connects are one party only when they read this alike.
_SAME_NAME = 0.65
#: Share of an item's own words that another must hold in order to cover it.
_COVERED = 0.5
#: A part of a split item is at most this share of it, in words.
_PART = 0.85

MissingKind = Literal["missing", "merge", "wrong_section"]
ExtraKind = Literal["spurious", "duplicate", "split", "wrong_section"]
Entries = Mapping[Section, Sequence[Entry]]


@dataclass(frozen=True)
class Match:
    """A reference item and the predicted item aligned with it."""

    reference: Entry
    prediction: Entry
    weight: float
    merged: tuple[Entry, ...] = ()
    """Other reference items that the predicted one covers."""
    parts: tuple[Entry, ...] = ()
    """Other predicted items that cover parts of the reference item."""


@dataclass(frozen=True)
class Missing:
    """A reference item that no predicted item is aligned with; ``partner`` says where it went."""

    entry: Entry
    kind: MissingKind
    partner: Entry | None = None


@dataclass(frozen=True)
class Extra:
    """A predicted item that no reference item is aligned with; ``partner`` is what it repeats."""

    entry: Entry
    kind: ExtraKind
    partner: Entry | None = None


@dataclass
class Alignment:
    """Every item of both briefs, exactly once."""

    matches: list[Match] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    extra: list[Extra] = field(default_factory=list)


def party_overlap(one: Entry, other: Entry) -> float:
    """Jaccard of the holders; 1 when neither item has any."""
    either = one.holders | other.holders
    return len(one.holders & other.holders) / len(either) if either else 1.0


def weight(reference: Entry, prediction: Entry, similarity: Similarity) -> float:
    """How much speaks for the two being one item, 0 to 1. Without citations 0.65 at most."""
    return (
        TEXT * similarity(reference.text, prediction.text)
        + EVIDENCE * dice(reference.spans, prediction.spans)
        + PARTY * party_overlap(reference, prediction)
    )


def align_parties(
    references: Sequence[Sequence[str]],
    predictions: Sequence[Sequence[str]],
    similarity: Similarity,
) -> list[tuple[int, int, float]]:
    """Pair parties by name, then by alias, then by names that read nearly alike.

    Each party is the list of its names, its own first. Returns (reference, prediction, weight).
    """
    names = PartyNames(references)
    table = [
        [_party_weight(wanted, got, names, similarity) for got in predictions]
        for wanted in references
    ]
    return [(row, column, table[row][column]) for row, column in best_assignment(table)]


def _party_weight(
    wanted: Sequence[str], got: Sequence[str], names: PartyNames, similarity: Similarity
) -> float:
    own = names.find(got[0])
    if own is not None:
        return 1.0 if own == wanted[0] else 0.0
    if any(names.find(name) == wanted[0] for name in got[1:]):
        return 0.9
    alike = max(similarity(name_key(one), name_key(two)) for one in wanted for two in got[:1])
    return 0.8 * alike if alike >= _SAME_NAME else 0.0


def match_items(
    references: Sequence[Entry],
    predictions: Sequence[Entry],
    similarity: Similarity,
    credit: Callable[[Entry, Entry], float],
) -> list[Match]:
    """The one-to-one alignment of greatest weight, the same in whatever order items come."""
    wanted = sorted(references, key=lambda entry: entry.order)
    got = sorted(predictions, key=lambda entry: entry.order)
    weights = [[round(weight(one, two, similarity), 9) for two in got] for one in wanted]
    table = [
        [
            w + _TIE * (0.0 if wanted[i].optional else credit(wanted[i], got[j]))
            if w >= THRESHOLD
            else 0.0
            for j, w in enumerate(row)
        ]
        for i, row in enumerate(weights)
    ]
    return [Match(wanted[i], got[j], weights[i][j]) for i, j in best_assignment(table)]


def align(
    references: Entries,
    predictions: Entries,
    party_pairs: Sequence[tuple[int, int, float]],
    similarity: Similarity,
    credit: Callable[[Entry, Entry], float],
) -> Alignment:
    """Align two briefs and say of every item left over what it is."""
    matches = [
        Match(references["parties"][i], predictions["parties"][j], w) for i, j, w in party_pairs
    ]
    for section in ITEM_SECTIONS:
        matches += match_items(references[section], predictions[section], similarity, credit)
    lacking = _left(references, {id(match.reference) for match in matches})
    beyond = _left(predictions, {id(match.prediction) for match in matches})
    nearest = {id(entry): _nearest(entry, matches, similarity) for entry in beyond}
    moved = _moved(lacking, beyond, nearest, similarity)
    gone = {id(wanted): got for wanted, got in moved}
    come = {id(got): wanted for wanted, got in moved}
    missing = [_missing(entry, gone.get(id(entry)), matches) for entry in lacking]
    extra = [_extra(entry, come.get(id(entry)), nearest[id(entry)]) for entry in beyond]
    return Alignment([_grouped(m, missing, extra) for m in matches], missing, extra)


def _left(entries: Entries, taken: set[int]) -> list[Entry]:
    ordered = (e for s in SECTIONS for e in sorted(entries[s], key=lambda entry: entry.order))
    return [entry for entry in ordered if id(entry) not in taken]


def _nearest(
    entry: Entry, matches: Sequence[Match], similarity: Similarity
) -> tuple[float, Match | None]:
    """The match of its section that an item left over comes nearest to, and the weight of that."""
    here = [match for match in matches if match.reference.section == entry.section]
    if entry.section == "parties":
        same = [m for m in here if m.reference.one("name") == entry.one("name")]
        return (1.0, same[0]) if same else (0.0, None)
    weighed = [(weight(match.reference, entry, similarity), match) for match in here]
    best = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return best if best[0] >= THRESHOLD else (0.0, None)


def _moved(
    lacking: Sequence[Entry],
    beyond: Sequence[Entry],
    nearest: Mapping[int, tuple[float, Match | None]],
    similarity: Similarity,
) -> list[tuple[Entry, Entry]]:
    """Missing items that turn up in another section, and resemble nothing there as much."""
    wanted = [entry for entry in lacking if entry.section != "parties"]
    got = [entry for entry in beyond if entry.section != "parties"]

    def moved(one: Entry, two: Entry) -> float:
        if one.section == two.section:
            return 0.0
        found = weight(one, two, similarity)
        return found if found >= max(THRESHOLD, nearest[id(two)][0]) else 0.0

    table = [[moved(one, two) for two in got] for one in wanted]
    return [(wanted[i], got[j]) for i, j in best_assignment(table)]


def _missing(entry: Entry, elsewhere: Entry | None, matches: Sequence[Match]) -> Missing:
    if elsewhere is not None:
        return Missing(entry, "wrong_section", elsewhere)
    if entry.section == "parties":
        return Missing(entry, "missing")
    for match in matches:
        if match.reference.section == entry.section and _covers(match, entry):
            return Missing(entry, "merge", match.prediction)
    return Missing(entry, "missing")


def _covers(match: Match, entry: Entry) -> bool:
    """Whether a matched prediction holds most of what another reference item alone says."""
    if not dice(match.prediction.spans, entry.spans):
        return False
    own = content_words(entry.text) - content_words(match.reference.text)
    held = (own & content_words(match.prediction.text)).total()
    return own.total() >= 2 and held / own.total() >= _COVERED


def _extra(entry: Entry, elsewhere: Entry | None, nearest: tuple[float, Match | None]) -> Extra:
    if elsewhere is not None:
        return Extra(entry, "wrong_section", elsewhere)
    match = nearest[1]
    if match is None:
        return Extra(entry, "spurious")
    kind: ExtraKind = "split" if _is_part(match, entry) else "duplicate"
    return Extra(entry, kind, match.reference)


def _is_part(match: Match, entry: Entry) -> bool:
    """Whether the matched prediction and this one each say a part of the reference item."""
    whole = content_words(match.reference.text)
    first, second = content_words(match.prediction.text), content_words(entry.text)
    rest = whole - first
    longest = max(first.total(), second.total())
    if rest.total() < 2 or longest > _PART * whole.total():
        return False
    return (rest & second).total() / rest.total() >= _COVERED


def _grouped(match: Match, missing: Sequence[Missing], extra: Sequence[Extra]) -> Match:
    """The match with what its prediction merges and into what its reference is split."""
    merged = [m.entry for m in missing if m.kind == "merge" and m.partner is match.prediction]
    parts = [e.entry for e in extra if e.kind == "split" and e.partner is match.reference]
    return Match(match.reference, match.prediction, match.weight, tuple(merged), tuple(parts))
