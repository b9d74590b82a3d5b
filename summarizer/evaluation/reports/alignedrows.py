"""Reference and output side by side: aligned pairs, what is missing, what is too much (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.cases import Case
from summarizer.evaluation.entries import SECTIONS, Section
from summarizer.evaluation.references import reference_brief
from summarizer.evaluation.reports.differences import Piece, word_differences
from summarizer.evaluation.reports.explanations import Explanation, Group, explain
from summarizer.evaluation.reports.itemfields import Fields, fields_of, rows_of
from summarizer.evaluation.reports.places import TITLES, item_label, says
from summarizer.evaluation.results import AlignedPair, SectionScore
from summarizer.evaluation.runs import Outcome
from summarizer.rendering.escaping import clean

#: What stands in the place of an item that has no counterpart, before the label of its partner.
_ABSENT: Mapping[str, str] = {
    "missing": "Not listed.",
    "merge": "Told as a part of",
    "wrong_section": "In another section:",
    "spurious": "Nothing like it is listed.",
    "duplicate": "Told before, for",
    "split": "Told in part before, for",
}


@dataclass(frozen=True)
class ItemView:
    """One item of either brief."""

    label: str
    statement: str
    fields: Fields
    item: Any
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def support(self) -> str:
        """What the support check found wanting; empty for what is supported."""
        found = self.item.support
        if found.status == "supported":
            return ""
        return clean(": ".join([str(found.status), "; ".join(found.missing)]).rstrip(": "))


@dataclass(frozen=True)
class Fault:
    """An error as one field shows it; of those that touch two fields the first has the points."""

    finding: Explanation
    lost: str


@dataclass(frozen=True)
class FieldView:
    """A field in which the two differ; without findings the difference is let pass."""

    name: str
    expected: str
    got: str
    also: str
    findings: Sequence[Fault]


@dataclass(frozen=True)
class Row:
    """An aligned pair, or an item that the other side does not have."""

    section: Section
    reference: ItemView | None
    output: ItemView | None
    word: str
    group: Group
    credit: float | None = None
    findings: Sequence[Explanation] = ()

    @property
    def differing(self) -> list[FieldView]:
        """The fields in which a pair differs, the statement apart."""
        if self.reference is None or self.output is None:
            return []
        wanted, got = self.reference.fields, self.output.fields
        return [
            FieldView(
                name, wanted[name], got[name], self.reference.also.get(name, ""), self.faults(name)
            )
            for name in wanted
            if wanted[name] != got[name] or self.faults(name)
        ]

    @property
    def same(self) -> Fields:
        """What a pair has in common, or all that a lone item has; without what is empty."""
        only = self.reference or self.output
        apart = {view.name for view in self.differing}
        fields = only.fields if only else {}
        return {name: text for name, text in fields.items() if text and name not in apart}

    def faults(self, name: str) -> list[Fault]:
        """The errors in a field of a pair."""
        touched = [(f, rows_of(f.line.field)) for f in self.findings if f.line.kind == "field"]
        return [
            Fault(found, found.lost if rows[0] == name else "")
            for found, rows in touched
            if name in rows
        ]

    @property
    def statements(self) -> tuple[list[Piece], list[Piece]]:
        """Both statements of a pair; in one with an error the words apart are marked."""
        one = self.reference.statement if self.reference else ""
        other = self.output.statement if self.output else ""
        if not self.faults("statement"):
            return [(one, False)], [(other, False)]
        return word_differences(one, other)

    @property
    def aside(self) -> list[Explanation]:
        """Errors that no field shows by itself: figures, and sentences cited."""
        return [found for found in self.findings if found.line.field in {"number", "evidence"}]

    @property
    def absence(self) -> tuple[str, str | None]:
        """Why the other side of a lone item is empty, and the item of that side it belongs to."""
        if not self.findings:
            return ("Not listed." if self.group == "optional" else "Not compared."), None
        line, place = self.findings[0].line, self.findings[0].place
        label = place.reference_label if place.side == "output" else place.prediction_label
        return _ABSENT[line.kind], label

    @property
    def settled(self) -> bool:
        """Whether there is nothing to look at: both sides have it, and no difference counts."""
        return bool(self.reference and self.output) and not self.findings

    @property
    def points(self) -> float:
        """What it costs, of the brief score."""
        return sum(finding.points for finding in self.findings)


@dataclass(frozen=True)
class SectionView:
    """A section of both briefs."""

    section: Section
    score: SectionScore
    rows: Sequence[Row]

    @property
    def title(self) -> str:
        """Its name."""
        return TITLES[self.section]


def explanations(outcome: Outcome) -> list[Explanation]:
    """The whole ledger of an outcome in words, the dearest line first."""
    return [explain(line, outcome.brief) for line in outcome.score.ledger]


def side_by_side(case: Case, outcome: Outcome) -> list[SectionView]:
    """Every section in which either brief has something."""
    reader = _Reader(case, outcome)
    views = [
        SectionView(
            section,
            outcome.score.sections.get(section, SectionScore()),
            list(reader.rows(section)),
        )
        for section in SECTIONS
    ]
    return [view for view in views if view.rows]


class _Reader:
    """The items of a case and of an output, and what the score says of them."""

    def __init__(self, case: Case, outcome: Outcome) -> None:
        self._case, self._outcome = case, outcome
        self._reference = reference_brief(case)
        self._findings = explanations(outcome)

    def rows(self, section: Section) -> Iterator[Row]:
        """The items of the reference in their order, then what only the output has."""
        pairs = [pair for pair in self._outcome.score.pairs if pair.section == section]
        paired = {pair.reference: pair for pair in pairs}
        wanted, got = _items(self._reference, section), _items(self._outcome.brief, section)
        for index, item in enumerate(wanted):
            pair = paired.get(index)
            if pair is None or pair.prediction >= len(got):
                yield self._missing(section, index, item)
            else:
                yield self._pair(pair, item, got[pair.prediction])
        taken = {pair.prediction for pair in pairs}
        for index, item in enumerate(got):
            if index not in taken:
                yield self._extra(section, index, item)

    def _pair(self, pair: AlignedPair, item: Any, other: Any) -> Row:
        found = [
            f
            for f in self._findings
            if f.line.kind == "field"
            and (f.line.section, f.line.reference, f.line.prediction)
            == (pair.section, pair.reference, pair.prediction)
        ]
        reference = self._wanted(pair.section, pair.reference, item)
        output = _view(pair.section, pair.prediction, other)
        word, group = _verdict(found, pair.optional)
        return Row(pair.section, reference, output, word, group, pair.credit, found)

    def _missing(self, section: Section, index: int, item: Any) -> Row:
        found = [
            f
            for f in self._findings
            if f.place.side == "reference"
            and (f.place.reference_section, f.place.reference) == (section, index)
        ]
        reference = self._wanted(section, index, item)
        optional = getattr(self._case, section)[index].optional
        word, group = _lone(found, optional)
        return Row(section, reference, None, word, group, None, found)

    def _extra(self, section: Section, index: int, item: Any) -> Row:
        found = [
            f
            for f in self._findings
            if f.place.side == "output"
            and (f.place.prediction_section, f.place.prediction) == (section, index)
        ]
        word, group = _lone(found, optional=False)
        return Row(section, None, _view(section, index, item), word, group, None, found)

    def _wanted(self, section: Section, index: int, item: Any) -> ItemView:
        also = getattr(self._case, section)[index].leniency.also
        return _view(section, index, item, also)


def _items(brief: PeaceTalksBrief | None, section: Section) -> Sequence[Any]:
    return getattr(brief, section) if brief else ()


def _view(
    section: Section, index: int, item: Any, also: Mapping[str, Sequence[str | None]] | None = None
) -> ItemView:
    allowed = {
        name: clean(", ".join((value or "none").replace("_", " ") for value in values))
        for name, values in (also or {}).items()
    }
    label = item_label(section, index) or ""
    return ItemView(label, clean(says(item)), fields_of(section, item), item, allowed)


def _verdict(found: Sequence[Explanation], optional: bool) -> tuple[str, Group]:
    """The dearest error of a pair, or that it is right."""
    if optional:
        return "optional item", "optional"
    if not found:
        return "right", "right"
    worst = max(found, key=lambda finding: finding.line.penalty)
    return worst.word, worst.group


def _lone(found: Sequence[Explanation], optional: bool) -> tuple[str, Group]:
    if optional:
        return "optional, not listed", "optional"
    return (found[0].word, found[0].group) if found else ("not compared", "minor")
