"""summarizer.sameness and grouping: what is one item, and what never is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from summarizer.faces import Face
from summarizer.grouping import grouped
from summarizer.partynames import mentioned
from summarizer.sameness import same
from summarizer.vocabulary import RedLineKind, Topic
from tests.factories import offer, question, red_line, step, voice

GIVEN = "Arvenia will hand over 40 prisoners at the river bridge if the shelling stops."
FIND = mentioned({"Arvenia": [], "Kor Front": ["Front of Kor"], "Norland": [], "Qatar": []})


def face(section: str, item: Any, origin: int = 1, *evidence: Any) -> Face:
    """An item of a document."""
    return Face.of(section, item, origin=origin, evidence=evidence or [origin], names=FIND)


def offered(text: str, origin: int = 1, *evidence: Any, **changes: Any) -> Face:
    """An offer of Arvenia."""
    return face("offers", offer(text, **changes), origin, *evidence)


@pytest.mark.parametrize(
    "text",
    [
        GIVEN,
        "Arvenia says it would hand over 40 prisoners at the bridge once the shelling stops.",
        "Forty prisoners will be handed over by Arvenia at the river bridge if shelling stops.",
    ],
)
def test_reworded_item_is_the_same(text: str) -> None:
    """Order, tense and words of saying make no difference; figures in words neither."""
    assert same(offered(GIVEN), offered(text, 2))


@pytest.mark.parametrize(
    "other",
    [
        offered(GIVEN.replace("40", "25"), 2),
        offered(GIVEN.replace("will hand", "will not hand"), 2),
        offered(GIVEN, 2, by=["Norland"]),
        offered(GIVEN, 2, to=["Norland"]),
        offered(GIVEN.replace("prisoners", "prisoners of Norland"), 2),
        offered(GIVEN, 2, deadline="by 9 May 2026"),
        offered(GIVEN, 2, topics=[Topic.CEASEFIRE]),
        offered("Arvenia will open 40 roads at the river mouth if the winter ends.", 2),
        face("red_lines", red_line(GIVEN, held_by="Arvenia"), 2),
        offered(GIVEN, 1, 2),
    ],
    ids=["number", "negation", "holder", "recipient", "party", "deadline", "topic", "substance",
         "section", "origin"],
)  # fmt: skip
def test_item_that_differs_is_another(other: Face) -> None:
    """In number, polarity, a party, a date, topic, substance; or told apart by one document."""
    one = GIVEN.replace("prisoners", "prisoners of Qatar") if "Norland" in other.text else GIVEN
    first = offered(one, to=["Kor Front"], deadline="by 2 May 2026")
    assert not same(first, other)
    assert not same(other, first)


def test_common_sentence_makes_less_likeness_do() -> None:
    """Cited evidence counts, but not against a number."""
    text = "For silence of guns 40 prisoners may walk home over the river, Arvenia offers."
    assert not same(offered(GIVEN, 1, "s"), offered(text, 2, "t"))
    assert same(offered(GIVEN, 1, "s"), offered(text, 2, "s"))
    assert not same(offered(GIVEN, 1, "s"), offered(text.replace("40", "25"), 2, "s"))


def test_refusal_is_no_demand() -> None:
    """Unless one sentence is read as one here and as the other there."""
    text = "The Kor Front will not accept foreign monitors on the river."
    refusal = face("red_lines", red_line(text), 1, "s")
    demand = face("red_lines", red_line(text, kind=RedLineKind.DEMAND), 2, "t")
    assert not same(refusal, demand)


def test_question_may_name_fewer_parties_and_has_no_polarity() -> None:
    """Who must answer is often left open."""
    one = face("open_questions", question("Who would monitor the truce?", parties=["Norland"]), 1)
    two = face("open_questions", question("Who would monitor the truce?"), 2)
    three = face("open_questions", question("Who would monitor the truce?", parties=["Qatar"]), 3)
    assert same(one, two)
    assert not same(one, three)
    denied = question("Are troops firing across the border, as Qatar denies?")
    asked = question("Are troops firing across the border?")
    assert same(face("open_questions", denied, 1, "s"), face("open_questions", asked, 2, "s"))


def test_steps_on_two_days_are_two() -> None:
    """The same meeting on another day is another meeting, or a contradiction; never one."""
    one = face("next_steps", step(on=date(2026, 5, 1)), 1)
    two = face("next_steps", step(on=date(2026, 5, 9)), 2)
    assert not same(one, two)
    assert same(one, face("next_steps", step(), 2))


def test_voices_are_told_apart_by_speaker() -> None:
    """In any spelling."""
    one = face("outside_voices", voice(speaker="Ines Calder, Peace Institute"), 1)
    assert same(one, face("outside_voices", voice(speaker="Inés Calder"), 2))
    assert not same(one, face("outside_voices", voice(speaker="Bo Lund"), 2))


def test_bare_item_joins_one_of_two_numbers_but_does_not_join_them() -> None:
    """Prisoners without a number may be the 40 or the 25; the 40 are not the 25."""
    bare = offered(GIVEN.replace("40 ", ""), 1)
    forty, few = offered(GIVEN, 2), offered(GIVEN.replace("40", "25"), 3)
    groups = grouped([bare, forty, few])
    assert sorted(map(len, groups)) == [1, 2]
    assert [1, 2] not in groups


def test_grouping_finds_what_comparing_all_pairs_finds() -> None:
    """The table of all likenesses leaves nothing out."""
    texts = [GIVEN, GIVEN.replace("will", "would"), GIVEN.replace("40", "25"),
             "Arvenia will open the western road to lorries with grain.",
             "Arvenia is to open the western road to lorries with grain."]  # fmt: skip
    faces = [offered(text, origin) for origin, text in enumerate(texts)]
    assert grouped(faces) == [[0, 1], [2], [3, 4]]
    assert same(faces[0], faces[1])
    assert same(faces[3], faces[4])
