"""Marked documents: which sentences either side cites, and that no character is lost."""

from __future__ import annotations

from summarizer.evaluation.cases import Case
from summarizer.evaluation.references import reference_brief
from summarizer.evaluation.reports.marks import Finder, Mark, marked_documents
from summarizer.segmentation import segment
from tests import factories as make
from tests.evaluation.reports.runs import lake_case, reading
from tests.evaluation.samples import SENTENCES, cite, edit, sample


def _marks(case: Case, finder: Finder) -> dict[int, Mark]:
    lines = (line for doc in marked_documents(case, finder) for p in doc.paragraphs for line in p)
    return {mark.number: mark for line in lines for mark in line if mark.number}


def test_sentences_are_marked_by_who_cites_them() -> None:
    """Both, the reference only, the output only, or neither: with the labels of the items."""
    case = lake_case()
    marks = _marks(case, Finder(case, edit(sample(), "red_lines", 0, citations=cite(7))))
    assert [marks[n].cited for n in (1, 3, 7, 8)] == ["both", "reference", "output", ""]
    assert (marks[3].reference, marks[7].output) == (["R1"], ["R1"])


def test_crash_marks_the_reference_alone() -> None:
    """Without a brief the evidence of the reference can still be seen."""
    case = lake_case()
    assert {mark.cited for mark in _marks(case, Finder(case, None)).values()} == {"reference", ""}


def test_citations_of_a_document_read_otherwise_are_found_by_their_quote() -> None:
    """Offsets of another reading of the same document do not mark another sentence."""
    case = lake_case()
    moved = [c.model_copy(update={"start": c.start + 9, "end": c.end + 9}) for c in cite(7)]
    finder = Finder(case, sample())
    assert finder.of_output(moved) == [(0, 7)]
    gone = [c.model_copy(update={"quote": "Nobody wrote this."}) for c in cite(7)]
    assert finder.of_output(gone) == []
    assert finder.of_output([c.model_copy(update={"document": "d9"}) for c in cite(7)]) == []


def test_second_document_has_its_own_sentences() -> None:
    """A case of two documents: citations go to the one they name."""
    case = lake_case(
        documents=["a.txt", "b.txt"], readings=(reading(), reading(["Another text.", "Its end."]))
    )
    finder = Finder(case, reference_brief(case))
    there = {"document": "d2", "start": 0, "end": 13, "quote": "Another text."}
    other = [citation.model_copy(update=there) for citation in cite(1)]
    assert finder.of_output(other) == [(1, 1)]
    assert [doc.number for doc in marked_documents(case, finder)] == [0, 1]


def test_paragraphs_and_lines_are_kept_and_nothing_is_lost() -> None:
    """Blank lines part paragraphs, line ends part lines, and every word is still there."""
    text = "Headline\nByline\r\n\r\nFirst one. Second one.\n\n\n* * *\nLast."
    document = reading().model_copy(update={"text": text, "sentences": segment(text)})
    case = lake_case(make.make_brief(SENTENCES), readings=(document,))
    (marked,) = marked_documents(case, Finder(case, None))
    lines = [[" ".join(mark.text for mark in line) for line in p] for p in marked.paragraphs]
    assert lines[:2] == [["Headline", "Byline"], ["First one. Second one."]]
    assert " ".join(word for p in lines for line in p for word in line.split()) == " ".join(
        text.split()
    )


def test_marks_of_direction_are_not_shown() -> None:
    """A document cannot reorder the page."""
    case = lake_case(
        make.make_brief(SENTENCES), readings=(reading(["One \u202eowt\u202c three."]),)
    )
    assert _marks(case, Finder(case, None))[1].text == "One owt three."
