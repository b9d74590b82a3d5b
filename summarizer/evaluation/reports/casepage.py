"""One outcome as the HTML report shows it: document, ledger, both briefs (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.evaluation.cases import Case
from summarizer.evaluation.reports.alignedrows import (
    ItemView,
    SectionView,
    explanations,
    side_by_side,
)
from summarizer.evaluation.reports.explanations import Explanation, Group
from summarizer.evaluation.reports.marks import Finder, MarkedDocument, marked_documents
from summarizer.evaluation.reports.show import subject
from summarizer.evaluation.runs import Outcome
from summarizer.rendering.escaping import clean


@dataclass(frozen=True)
class CasePage:
    """Everything of one outcome; ``anchor`` is unique in the page."""

    anchor: str
    outcome: Outcome
    title: str
    ledger: Sequence[Explanation]
    known: bool = False
    reference_subject: str = ""
    output_subject: str = ""
    documents: Sequence[MarkedDocument] = ()
    sections: Sequence[SectionView] = ()
    finder: Finder | None = field(default=None, repr=False)

    @property
    def tags(self) -> list[str]:
        """Tags of the case, for reading; the numbers of hard cases together."""
        tags = [clean(tag) for tag in self.outcome.tags]
        rules = ", ".join(tag.removeprefix("rule:") for tag in tags if tag.startswith("rule:"))
        others = [tag.replace(":", " ") for tag in tags if not tag.startswith("rule:")]
        return [*others, f"hard cases {rules}"] if rules else others

    @property
    def warnings(self) -> list[str]:
        """What the output says of how it was made."""
        brief = self.outcome.brief
        found = brief.provenance.warnings if brief else []
        return [clean(f"{w.kind}: {w.message}") for w in found if w.kind != "notice"]

    @property
    def errors(self) -> list[tuple[str, Group, int]]:
        """Kinds of errors that cost something, with their numbers, the dearest first."""
        costly = [finding for finding in self.ledger if finding.points > 0]
        numbers = Counter((finding.word, finding.group) for finding in costly)
        return [(word, group, number) for (word, group), number in numbers.items()]

    @property
    def costless(self) -> int:
        """How many lines of the ledger cost nothing: errors in optional items."""
        return sum(finding.points <= 0 for finding in self.ledger)

    @property
    def same_subject(self) -> bool:
        """Whether both sides take the document for one about peace talks."""
        return self.reference_subject == self.output_subject == subject(True, None)

    def cites(self, view: ItemView, side: str) -> list[tuple[str, str]]:
        """Name and anchor of each sentence that an item cites."""
        if self.finder is None:
            return []
        find = self.finder.of_reference if side == "reference" else self.finder.of_output
        several = len(self.documents) > 1
        return [
            (f"{d + 1}:{number}" if several else str(number), self.sentence(d, number))
            for d, number in find(view.item.citations)
        ]

    def sentence(self, document: int, number: int) -> str:
        """The anchor of a sentence."""
        return f"{self.anchor}-d{document + 1}-s{number}"

    def row(self, finding: Explanation) -> str | None:
        """The anchor of the row that a line of the ledger is about."""
        place = finding.place
        if place.side == "output":
            return self.item("output", place.prediction_label)
        return self.item("reference", place.reference_label)

    def item(self, side: str, label: str | None) -> str | None:
        """The anchor of an item of either brief."""
        return f"{self.anchor}-{side}-{label}" if label and self.known else None


def case_page(number: int, outcome: Outcome, case: Case | None) -> CasePage:
    """The page of an outcome; without its case neither document nor reference."""
    repeat = f", repeat {outcome.repeat}" if outcome.repeat > 1 else ""
    title = clean(outcome.case_id) + repeat
    brief = outcome.brief
    said = subject(brief.about_peace_talks, brief.not_about) if brief else "no brief"
    if case is None:
        return CasePage(f"c{number}", outcome, title, explanations(outcome), output_subject=said)
    finder = Finder(case, brief)
    return CasePage(
        anchor=f"c{number}",
        outcome=outcome,
        title=title,
        ledger=explanations(outcome),
        known=True,
        reference_subject=subject(case.about_peace_talks, case.not_about),
        output_subject=said,
        documents=marked_documents(case, finder),
        sections=side_by_side(case, outcome),
        finder=finder,
    )
