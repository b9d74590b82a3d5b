"""What each party said over time: order, repetition, movement."""

from __future__ import annotations

from datetime import date
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.chronology import timeline
from summarizer.merging import merge
from summarizer.vocabulary import ChangeKind, Topic
from tests import factories as make


def brief(day: int | None, *offers: Any, **more: Any) -> PeaceTalksBrief:
    """A brief of a document of that day of May."""
    on = date(2031, 5, day) if day else None
    text = [f"Sentence {number} of day {day}." for number in range(1, 5)]
    source = make.make_source(text, on=on, title=f"Day {day}")
    return make.make_brief(offers=list(offers), sources=[source], **more)


def prisoners(number: int, **more: Any) -> Any:
    return make.offer(
        f"Arvenia would free {number} prisoners.", topics=[Topic.DETAINEES_HOSTAGES], **more
    )


def test_entries_are_in_the_order_of_dates_whatever_order_they_come_in() -> None:
    """Undated documents last."""
    made = timeline([brief(None, prisoners(40)), brief(20, prisoners(60)), brief(3, prisoners(40))])
    assert [entry.name for entry in made.entries] == ["Day 3", "Day 20", "Day None"]


def test_what_moved_since_a_party_last_spoke_is_marked() -> None:
    """And what it only repeats in other words."""
    again = make.offer("Arvenia is ready to free 40 prisoners.", topics=[Topic.DETAINEES_HOSTAGES])
    made = timeline([brief(3, prisoners(40)), brief(5, again), brief(9, prisoners(60))]).entries
    assert [entry.moved for entry in made] == [[], [], [ChangeKind.NUMBER_CHANGED]]
    assert [bool(entry.repeats) for entry in made] == [False, True, True]
    assert (made[2].details[0].was, made[2].details[0].now) == ("40", "60")


def test_party_is_one_under_its_names() -> None:
    """A document that calls it otherwise belongs to the same line."""
    ukraine = brief(3, prisoners(40, by=["Ukraine"]), parties=[make.party("Ukraine")])
    other = brief(5, prisoners(40, by=["Україна"]), parties=[make.party("Україна")])
    assert {entry.party for entry in timeline([ukraine, other]).entries} == {"Ukraine"}


def test_merged_brief_is_taken_apart_again() -> None:
    """It tells the same as its parts."""
    parts = [brief(3, prisoners(40)), brief(9, prisoners(60))]
    assert timeline([merge(parts)]) == timeline(parts)


def test_one_party_and_one_topic_can_be_asked_for() -> None:
    """Joint items stand under each of their givers."""
    joint = make.offer("Both will meet.", by=["Arvenia", "Kor Front"], topics=[Topic.PROCESS])
    made = [brief(3, prisoners(40), joint)]
    assert len(timeline(made).entries) == 3
    assert [entry.party for entry in timeline(made, party="Kor Front").entries] == ["Kor Front"]
    (only,) = timeline(made, topic=Topic.DETAINEES_HOSTAGES).entries
    assert only.party == "Arvenia"
