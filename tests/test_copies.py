"""summarizer.copies: a wire story is told by one, however many papers print it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from summarizer.brief import Source
from summarizer.copies import copies_among, originals
from tests.factories import make_source

STORY = [
    f"Talk number {n} in Doha went on until late and ended without paper {n * 7}."
    for n in range(12)
]
OTHER = [f"The river {n} rose by {n * 3} inches on that day, the office said." for n in range(12)]


def source(sentences: list[str], id: str) -> Source:
    """A source of those sentences."""
    return make_source(sentences, id=id)


def groups(*texts: list[str]) -> list[list[str]]:
    """The copies among texts that are called d1, d2, …"""
    sources = [source(text, f"d{n}") for n, text in enumerate(texts, start=1)]
    return [found.documents for found in copies_among(sources)]


def test_copy_is_found_when_cut_extended_or_under_another_headline() -> None:
    """By half, by a paragraph more, by a new headline, in any order."""
    longer = [*STORY, *OTHER[:3]]
    assert groups(STORY, STORY[:6], OTHER, ["Late talks", *STORY], longer) == [
        ["d1", "d2", "d4", "d5"]
    ]


def test_two_reports_of_one_event_are_two_voices() -> None:
    """They quote the same statement, and nothing else."""
    assert groups([*STORY[:2], *OTHER[:8]], [*STORY[:2], *STORY[4:]]) == []


def test_original_comes_first() -> None:
    """Who is credited by the others; then the earliest; then the first."""
    wire = ["DOHA, 3 March (Halden Wire) - They met.", *STORY]
    reprint = ["The Coast Courier, with Halden Wire. They met.", *STORY]
    days = [date(2026, 3, day) for day in (12, 13)]
    for order in ([wire, reprint], [reprint, wire]):
        named = {f"d{n}": text for n, text in enumerate(order, 1)}
        made = [source(text, id) for id, text in named.items()]
        (found,) = copies_among(made)
        assert named[found.documents[0]] is wire
        assert originals([found]) == {found.documents[1]: found.documents[0]}
    dated = [
        source(STORY, id).model_copy(update={"date": day})
        for id, day in (("d1", days[1]), ("d2", days[0]), ("d3", None))
    ]
    assert copies_among(dated)[0].documents == ["d2", "d1", "d3"]


def test_text_that_is_left_out_or_short_is_no_copy() -> None:
    """Nobody can tell."""
    bare = source(STORY, "d2").model_copy(update={"text": None})
    assert copies_among([source(STORY, "d1"), bare]) == []
    assert groups(["They met."], ["They met."]) == []


@given(st.permutations(range(4)))
def test_groups_name_the_same_documents_in_any_order(order: list[int]) -> None:
    """Two stories of two papers each."""
    texts = [STORY, STORY[:8], OTHER, OTHER[2:]]
    sources = [source(texts[n], f"d{n}") for n in order]
    found = {frozenset(group.documents) for group in copies_among(sources)}
    assert found == {frozenset({"d0", "d1"}), frozenset({"d2", "d3"})}


def test_share_is_that_of_the_shorter_text() -> None:
    """A copy cut by half is a whole copy."""
    (found,) = copies_among([source(STORY, "d1"), source(STORY[:6], "d2")])
    assert found.share == 1.0
