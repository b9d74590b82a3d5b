"""Which item is which, and what the rest of them are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.alignment import EVIDENCE, PARTY, TEXT, THRESHOLD, align_parties
from summarizer.evaluation.matching import best_assignment
from summarizer.evaluation.similarity import ChrF
from summarizer.evaluation.spans import Spans, carries, common, dice, jaccard, length, union
from tests.evaluation.samples import cite, edit, sample, score, without


def _kinds(brief: PeaceTalksBrief) -> dict[str, int]:
    return {name: hits for name, hits in score(brief).panel.errors.items() if hits}


def test_weights_are_those_of_the_design() -> None:
    """0.55 text, 0.35 evidence, 0.10 party; nothing under 0.38."""
    assert (TEXT, EVIDENCE, PARTY, THRESHOLD) == (0.55, 0.35, 0.10, 0.38)
    assert pytest.approx(1.0) == TEXT + EVIDENCE + PARTY


def test_item_is_found_by_its_evidence_when_it_is_in_another_language() -> None:
    """A statement that reads like nothing of the reference is aligned by what it cites."""
    brief = edit(sample(), "red_lines", 0, statement="Остмарк не примет иностранные войска.")
    result = score(brief)
    assert result.score == 1.0
    (pair,) = [p for p in result.pairs if (p.section, p.reference) == ("red_lines", 0)]
    assert pair.weight == pytest.approx(0.45, abs=0.03)


def test_item_is_not_found_when_neither_text_nor_evidence_agree() -> None:
    """Other words about other sentences are another item: one missing, one spurious."""
    brief = edit(sample(), "red_lines", 0, statement="Snowy passes stay closed.", citations=cite(7))
    assert _kinds(brief) == {"missing": 1, "spurious": 1}


def test_item_is_found_by_its_text_when_it_cites_nothing() -> None:
    """Without citations the same words still align, and the evidence is charged."""
    assert _kinds(edit(sample(), "red_lines", 0, citations=[])) == {"evidence": 1}


def test_extra_item_is_a_duplicate_when_it_repeats_a_matched_one() -> None:
    """The same again, in other words, is a duplicate and not spurious."""
    line = sample().red_lines[0]
    again = line.model_copy(
        update={"id": "x", "statement": "Foreign troops on its soil Ostmark will not accept."}
    )
    brief = sample().model_copy(update={"red_lines": [*sample().red_lines, again]})
    assert _kinds(brief) == {"duplicate": 1}


def test_missing_item_is_merged_when_another_holds_what_it_says() -> None:
    """One line for two red lines: a merge, and nothing is held against the line itself."""
    first, second = sample().red_lines
    both = {
        "statement": f"{first.statement.rstrip('.')}, and {second.statement}",
        "citations": [*first.citations, *second.citations],
    }
    brief = without(edit(sample(), "red_lines", 0, **both), "red_lines", 1)
    assert _kinds(brief) == {"merge": 1}


def test_missing_item_is_missing_when_another_only_shares_its_sentence() -> None:
    """Citing the sentence of an item is not saying it."""
    wider = {"citations": cite(3, 4)}
    brief = without(edit(sample(), "red_lines", 0, **wider), "red_lines", 1)
    assert _kinds(brief) == {"missing": 1}


def test_offer_among_the_red_lines_counts_as_polarity() -> None:
    """An offer filed as a red line is not only in the wrong place: it is turned round."""
    offer, line = sample().offers[0], sample().red_lines[0]
    moved = line.model_copy(
        update={
            "statement": offer.statement,
            "citations": offer.citations,
            "held_by": "Lakeland",
        }
    )
    brief = sample().model_copy(update={"offers": [], "red_lines": [*sample().red_lines, moved]})
    assert _kinds(brief) == {"polarity": 1}


def test_parties_are_paired_by_name_alias_and_likeness() -> None:
    """The name first, then an alias; names that only resemble a known party's stay strangers."""
    references = [["Sudan"], ["South Sudan", "Juba"], ["Sudanese Armed Forces"]]
    predictions = [["Juba", "South Sudan"], ["Sudan's Armed Forces"], ["Khartoum", "Sudan"]]
    pairs = {(i, j) for i, j, _ in align_parties(references, predictions, ChrF())}
    assert pairs == {(0, 2), (1, 0), (2, 1)}
    assert align_parties([["Sudan"]], [["Iran", "Tehran"]], ChrF()) == []


def test_second_entry_of_one_party_is_a_duplicate() -> None:
    """Two entries under two names of one party are that party twice."""
    again = sample().parties[0].model_copy(update={"name": "the Lakers", "aliases": []})
    brief = sample().model_copy(update={"parties": [*sample().parties, again]})
    assert _kinds(brief) == {"duplicate": 1}


def test_assignment_leaves_out_pairs_without_weight() -> None:
    """Nothing is paired for the sake of pairing."""
    assert best_assignment([[0.0, 0.9], [0.0, 0.8]]) == [(0, 1)]
    assert best_assignment([]) == best_assignment([[]]) == []


_SPANS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 30), st.integers(0, 30)), max_size=6
).map(union)


@settings(max_examples=60, deadline=None)
@given(_SPANS, _SPANS)
def test_span_overlap_agrees_with_sets_of_characters(one: Spans, other: Spans) -> None:
    """Interval arithmetic gives what counting single characters gives."""
    first = {(d, c) for d, start, end in one for c in range(start, end)}
    second = {(d, c) for d, start, end in other for c in range(start, end)}
    assert length(one) == len(first)
    assert common(one, other) == len(first & second)
    either = len(first | second)
    assert jaccard(one, other) == pytest.approx(len(first & second) / either if either else 0)
    assert dice(one, other) == dice(other, one) >= jaccard(one, other)


def test_sentence_is_carried_when_half_of_it_is() -> None:
    """Another splitter's sentence counts when half of its characters are evidence."""
    assert carries(((0, 0, 10),), (0, 5, 15))
    assert not carries(((0, 0, 9),), (0, 5, 15))
    assert not carries(((1, 0, 10),), (0, 0, 10))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    """chrF++ with beta 1: the same both ways, within [0, 1], 1 for the same text."""
    similarity = ChrF()
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) in (0.0, 1.0)
