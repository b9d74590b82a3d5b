"""What the classifier is fitted on: the dev cases and the training cases, read and labelled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summarizer.evaluation.casefiles import read_cases
from summarizer.evaluation.cases import Case
from summarizer.evaluation.runner import document_of
from summarizer.selection import cues, features, subject
from summarizer.selection.heads import LABELS
from summarizer.selection.reading import Reading, read

EVALS = Path(__file__).parent.parent
OPTIONAL = 0.3
"""Weight of a line that only an optional item cites."""


@dataclass(frozen=True)
class Example:
    """A case with its document as the classifier sees it."""

    case: Case
    reading: Reading
    described: np.ndarray
    vectors: np.ndarray
    whole: np.ndarray
    labels: np.ndarray
    weights: np.ndarray

    @property
    def about(self) -> bool:
        return self.case.about_peace_talks


def cases() -> list[Case]:
    """Cases that may be tuned on, in the languages that are supported. Never split ``test``."""
    found = [case for case in read_cases(EVALS / "cases")[0] if case.split == "dev"]
    more, faults = read_cases(EVALS / "training" / "cases")
    for fault in faults:
        print("left out:", fault)
    return [case for case in [*found, *more] if case.language in cues.LANGUAGES]


def example(case: Case) -> Example:
    """Read and label a case."""
    reading = read(document_of(case))
    labels, weights = labelled(case, reading)
    return Example(
        case, reading, np.array(features.describe(reading), dtype=np.float32),
        features.encode([line.text for line in reading.lines]),
        np.array(subject.describe(reading), dtype=np.float32), labels, weights,
    )  # fmt: skip


def labelled(case: Case, reading: Reading) -> tuple[np.ndarray, np.ndarray]:
    """A line has the label of a section when an item of that section cites it."""
    labels = np.zeros((len(reading.lines), len(LABELS)))
    weights = np.ones_like(labels)
    for column, section in enumerate(LABELS):
        for item in getattr(case, section):
            for row in cited(case, item, reading):
                if item.optional and not labels[row, column]:
                    weights[row, column] = OPTIONAL
                elif not item.optional:
                    weights[row, column] = 1
                labels[row, column] = 1
    return labels, weights


def cited(case: Case, item, reading: Reading) -> list[int]:
    """Rows of the lines that an item of a case cites."""
    rows = []
    for citation in case.cite(item.evidence):
        for row, sentence in enumerate(reading.document.sentences):
            shared = min(sentence.end, citation.end) - max(sentence.start, citation.start)
            shorter = min(sentence.end - sentence.start, citation.end - citation.start)
            if shared > 0.5 * shorter:
                rows.append(row)
    return rows
