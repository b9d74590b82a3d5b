"""What the classifier is fitted on: the dev cases and the training cases, read and labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from parties import crossed

from summarizer.documents import from_text
from summarizer.evaluation.casefiles import read_cases
from summarizer.evaluation.cases import Case
from summarizer.evaluation.normalise import PartyNames
from summarizer.evaluation.runner import document_of
from summarizer.evaluation.similarity import ChrF
from summarizer.selection import (
    cues,
    fields,
    holders,
    kinds,
    questions,
    sides,
    status,
    subject,
    topics,
)
from summarizer.selection import grounds as told_by
from summarizer.selection.heads import LABELS
from summarizer.selection.lines import Seen, see
from summarizer.selection.reading import Reading, read, unsettled

EVALS = Path(__file__).parent.parent
BESIDE = 0.3
"""Weight of a line that an item cites beside its main one."""
OPTIONAL = 0.3
"""Weight of a line that only an optional item cites."""


@dataclass(frozen=True)
class Part:
    """A text as the weights of its subject see it: numbers, mean encoding, words."""

    described: np.ndarray
    mean: np.ndarray
    words: list[str]


@dataclass(frozen=True)
class Example:
    """A case with its document as the classifier sees it."""

    case: Case
    reading: Reading
    seen: Seen
    parts: tuple[Part, ...]
    """For the subject: the whole document, and short parts of it as documents of their own."""
    labels: np.ndarray
    weights: np.ndarray

    @property
    def described(self) -> np.ndarray:
        return self.seen.described

    @property
    def vectors(self) -> np.ndarray:
        return self.seen.vectors

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


def examples(found: Sequence[Case]) -> list[Example]:
    """Cases read and labelled; who is a party in each by weights that have not seen it."""
    readings = crossed(found, [unsettled(document_of(case)) for case in found])
    return [example(case, reading) for case, reading in zip(found, readings, strict=True)]


def example(case: Case, reading: Reading | None = None) -> Example:
    """Label a case, read by the shipped weights unless it has been read."""
    reading = reading or read(document_of(case))
    labels, weights = labelled(case, reading)
    seen = see(reading)
    return Example(
        case, reading, seen, tuple(parts(reading, seen)), labels, weights,
    )  # fmt: skip


def parts(reading: Reading, seen: Seen) -> Iterator[Part]:
    """The document, its head, and a piece of its middle.

    A short report has few words that tell its subject: without parts the weights miss it.
    """
    count, document = len(reading.lines), reading.document
    yield part(reading, seen, 0, count)
    for first, last in ((0, 6), (0, 10), (count // 3, count // 3 + 8)):
        if last < count and last - first < count:
            text = document.text[document.sentences[first].start : document.sentences[last - 1].end]
            yield part(read(from_text(text)), seen, first, last)


def part(reading: Reading, seen: Seen, first: int, last: int) -> Part:
    """Some lines as a document of their own; ``reading`` is of these lines alone."""
    words = [word for line in seen.words[first:last] for word in line]
    described = np.array(subject.describe(reading), dtype=np.float32)
    return Part(described, seen.vectors[first:last].mean(axis=0), words)


def labelled(case: Case, reading: Reading) -> tuple[np.ndarray, np.ndarray]:
    """A line has the label of a section when it is the main one that an item of it cites.

    The others that the item cites are half-hearted negatives: chosen as well, they would make a
    second item of the same substance.
    """
    labels = np.zeros((len(reading.lines), len(LABELS)))
    weights = np.ones_like(labels)
    for column, section in enumerate(LABELS):
        for item in getattr(case, section):
            for row in cited(case, item, reading):
                if not labels[row, column]:
                    weights[row, column] = BESIDE
        for item in getattr(case, section):
            row = main(case, item, reading)
            if row is not None:
                weights[row, column] = OPTIONAL if item.optional and not labels[row, column] else 1
                labels[row, column] = 1
    return labels, weights


def main(case: Case, item: Any, reading: Reading) -> int | None:
    """Row of the cited line that reads most like the item."""
    rows = cited(case, item, reading)
    alike = ChrF()
    return max(rows, key=lambda row: alike(item.statement, reading.lines[row].text), default=None)


def cited(case: Case, item: Any, reading: Reading) -> list[int]:
    """Rows of the lines that an item of a case cites."""
    rows = []
    for citation in case.cite(item.evidence):
        for row, sentence in enumerate(reading.document.sentences):
            shared = min(sentence.end, citation.end) - max(sentence.start, citation.start)
            shorter = min(sentence.end - sentence.start, citation.end - citation.start)
            if shared > 0.5 * shorter:
                rows.append(row)
    return rows


def candidates(e: Example) -> list[tuple[list[float], bool]]:
    """Every candidate for a holder of an offer or red line, described, and whether it is one."""
    known, found = known_as(e), []
    for section in ("offers", "red_lines"):
        for item in getattr(e.case, section):
            row = main(e.case, item, e.reading)
            if row is None:
                continue
            right = set(item.by if section == "offers" else [item.held_by])
            described = holders.describe(e.reading.lines[row], e.reading, section)
            found += [(numbers, bool(known[party] & right)) for party, numbers in described.items()]
    return found


def known_as(e: Example) -> dict[str, set[str | None]]:
    """What the reference calls each one named, by all that the document calls them."""
    names = PartyNames([[party.name, *party.aliases] for party in e.case.parties])
    return {
        actor.name: {names.find(form) for form in (actor.name, *actor.forms)}
        for actor in e.reading.actors.found.values()
    }


def others(e: Example, section: str, field: str) -> list[tuple[list[float], bool]]:
    """Every candidate for a field of several parties, described, and whether it is one."""
    known, found = known_as(e), []
    for item in getattr(e.case, section):
        row = main(e.case, item, e.reading)
        if row is None:
            continue
        line, held = e.reading.lines[row], None
        if field == "to":
            held = [party for party, names in known.items() if names & set(item.by)]
        right = set(getattr(item, field))
        described = sides.describe(line, e.reading, section, held)
        found += [(numbers, bool(known[party] & right)) for party, numbers in described.items()]
    return found


def joint(e: Example) -> list[tuple[np.ndarray, np.ndarray, list[float]]]:
    """Every offer's main line, described for how many make it, and whether several do."""
    found = []
    for item in e.case.offers:
        row = main(e.case, item, e.reading)
        if row is not None:
            said = holders.together(e.reading.lines[row], e.reading)
            numbers = np.concatenate([e.described[row], said])
            found.append((numbers, e.vectors[row], [float(len(item.by) > 1)]))
    return found


def tellers(e: Example) -> list[tuple[np.ndarray, np.ndarray, list[float]]]:
    """Main lines of offers and red lines, described for whose word they are, and whose it is."""
    known, found = known_as(e), []
    for place, section in enumerate(("offers", "red_lines")):
        for item in getattr(e.case, section):
            row = main(e.case, item, e.reading)
            right = set(item.by) if section == "offers" else {item.held_by}
            held = [party for party, names in known.items() if names & right]
            if row is not None and held:
                said = told_by.describe_word(e.reading.lines[row], e.reading, held, place)
                word = (
                    told_by.Word.OWN if item.speaks_for in right
                    else told_by.Word.ANOTHER if item.speaks_for else told_by.Word.NOBODY
                )  # fmt: skip
                own = [float(word == one) for one in told_by.Word]
                found.append((np.concatenate([e.described[row], said]), e.vectors[row], own))
    return found


def kinds_of(e: Example, section: str) -> list[tuple[np.ndarray, np.ndarray, list[float]]]:
    """Every main line of an offer or red line, described for its kind, and the kind."""
    rule = fields.offer_kind if section == "offers" else fields.red_line_kind
    found = []
    for item in getattr(e.case, section):
        row = main(e.case, item, e.reading)
        if row is not None:
            guess = rule(e.reading.lines[row], e.reading)
            own = [float(kind == item.kind) for kind in type(guess)]
            numbers = np.concatenate([e.described[row], kinds.describe(guess)])
            found.append((numbers, e.vectors[row], own))
    return found


def statuses(e: Example) -> list[tuple[np.ndarray, np.ndarray, list[float]]]:
    """Every offer's main line, described for its status, and the status."""
    found = []
    for item in e.case.offers:
        row = main(e.case, item, e.reading)
        if row is None:
            continue
        line = e.reading.lines[row]
        kind = fields.offer_kind(line, e.reading)
        guess = fields.offer_status(line, e.reading, kind, len(item.by))
        numbers = np.concatenate([e.described[row], status.describe(e.reading, guess)])
        own = [float(s == item.status) for s in status.STATUSES]
        found.append((numbers, e.vectors[row], own))
    return found


def abouts(e: Example) -> list[tuple[list[float], np.ndarray, list[float]]]:
    """Every item's main line, described for its topics, and which topics it has."""
    found = []
    for column, section in enumerate(LABELS):
        for item in getattr(e.case, section):
            row = main(e.case, item, e.reading)
            if row is not None:
                numbers = topics.describe(e.reading.lines[row].text, column, len(LABELS))
                own = [float(topic in item.topics) for topic in topics.TOPICS]
                found.append((numbers, e.vectors[row], own))
    return found


def reasons(e: Example) -> list[tuple[np.ndarray, np.ndarray, list[float]]]:
    """Every open question's main line, described for its reason, and the reason."""
    found = []
    for item in e.case.open_questions:
        row = main(e.case, item, e.reading)
        if row is not None:
            said = questions.describe(e.reading.lines[row].text)
            own = [float(reason == item.reason) for reason in questions.REASONS]
            found.append((np.concatenate([e.described[row], said]), e.vectors[row], own))
    return found


def grounds(e: Example) -> list[tuple[np.ndarray, np.ndarray, list[float]]]:
    """Every item's main line, described for its ground, and the ground."""
    found = []
    for column, section in enumerate(LABELS[:4]):
        for item in getattr(e.case, section):
            row = main(e.case, item, e.reading)
            if row is not None:
                guess = fields.basis(e.reading.lines[row], e.reading)
                said = told_by.describe(guess, column, len(LABELS))
                own = [float(ground == item.basis) for ground in told_by.GROUNDS]
                found.append((np.concatenate([e.described[row], said]), e.vectors[row], own))
    return found
