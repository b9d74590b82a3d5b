"""summarizer.stitching: the drafts of windows become one draft, and nothing of them is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summarizer.draft import BriefDraft
from summarizer.stitching import MAX_LINES, stitched
from summarizer.vocabulary import Certainty, OfferStatus
from tests.drafts import draft, line, offer, party, question, red_line, voice, whole_draft

FREE = "Arvenia offered to free {n} prisoners if the shelling stops."


def window(**changes: Any) -> BriefDraft:
    """A draft of one window."""
    return draft(**changes)


def numbers(found: BriefDraft) -> set[int]:
    """Every sentence that an item cites."""
    return {n for entry in (*found.offers, *found.red_lines) for n in entry.citations}


@given(st.lists(st.lists(st.integers(20, 26), unique=True, max_size=4), min_size=1, max_size=5))
def test_every_offer_is_there_once_with_all_its_sentences(told: list[list[int]]) -> None:
    """An offer for every number that a window has, whatever windows have it."""
    drafts = [
        window(offers=[offer(FREE.format(n=n), citations=[10 * at + n]) for n in said])
        for at, said in enumerate(told)
    ]
    made = stitched(drafts)
    said = [FREE.format(n=n) for n in sorted({n for numbers in told for n in numbers})]
    assert sorted(one.statement for one in made.offers) == said
    assert numbers(made) == {n for one in drafts for n in numbers(one)}


def test_item_of_the_overlap_is_one_item() -> None:
    """Reworded in the second window, with one sentence more."""
    one = window(red_lines=[red_line(citations=[7])])
    two = window(red_lines=[red_line("The Kor Front refuses foreign patrols on the river.",
                                     citations=[7, 8])])  # fmt: skip
    (joint,) = stitched([one, two]).red_lines
    assert joint.citations == [7, 8]


def test_party_of_another_spelling_is_the_same_in_all_items() -> None:
    """Items name the party as the list does."""
    one = window(parties=[party("Hezbara Front")],
                 red_lines=[red_line(held_by="Hezbara Front")])  # fmt: skip
    two = window(parties=[party("Hizbara Front", people=[{"name": "Ivo Brand", "title": None}])],
                 red_lines=[red_line("No truce without the list.", held_by="Hizbara Front",
                                     citations=[9])])  # fmt: skip
    made = stitched([one, two])
    assert [p.name for p in made.parties] == ["Hezbara Front"]
    assert made.parties[0].aliases == ["Hizbara Front"]
    assert [p.name for p in made.parties[0].people] == ["Ivo Brand"]
    assert {r.held_by for r in made.red_lines} == {"Hezbara Front"}


def test_denial_in_a_later_window_is_not_lost() -> None:
    """What a page further on is disputed is disputed."""
    one = window(offers=[offer(FREE.format(n=40), status="agreed")])
    two = window(offers=[offer(FREE.format(n=40), status="disputed", certainty="disputed",
                               citations=[30])])  # fmt: skip
    (joint,) = stitched([one, two]).offers
    assert (joint.status, joint.certainty) == (OfferStatus.DISPUTED, Certainty.DISPUTED)


def test_bottom_line_takes_from_every_window_in_turn() -> None:
    """Three lines at most, the same words once."""
    lines = [line(f"Point {n}.", citations=[n]) for n in range(1, 6)]
    made = stitched([window(bottom_line=lines[:2]), window(bottom_line=[lines[0], *lines[2:]])])
    assert [one.statement for one in made.bottom_line] == ["Point 1.", "Point 2.", "Point 3."]
    assert len(made.bottom_line) == MAX_LINES


def test_document_is_about_talks_if_a_window_is() -> None:
    """What is about something else has nothing to add."""
    other = BriefDraft.model_validate(
        whole_draft(parties=[], title="Trade", about_peace_talks=False, not_about="It is trade.")
    )
    talks = window(open_questions=[question()], outside_voices=[voice()])
    assert stitched([other, talks]) == talks
    assert stitched([other, other]).about_peace_talks is False
