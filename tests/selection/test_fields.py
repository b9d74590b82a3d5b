"""Dates, questions and statuses by rule."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.selection import cues, features, fields, gazetteer, steps
from summarizer.selection.genre import Genre, Turn
from summarizer.selection.reading import Line
from summarizer.selection.status import STATUSES, least_wrong
from summarizer.vocabulary import OfferStatus

TUESDAY = date(2025, 12, 16)


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("They meet on Thursday.", "on Thursday", date(2025, 12, 18)),
        ("Talks resume on 5 January 2026.", "5 January 2026", date(2026, 1, 5)),
        ("Se reunirán el 5 de enero de 2026.", "5 de enero de 2026", date(2026, 1, 5)),
        ("The vote is tomorrow.", "tomorrow", date(2025, 12, 17)),
        ("The next round is next month.", "next month", None),
        ("They agreed to go on.", None, None),
    ],
)
def test_when_is_read_as_written(text: str, written: str | None, day: date | None) -> None:
    """The time as the source has it, and a date where the document's own gives it."""
    assert steps.when(text, TUESDAY) == (written, day)


def test_no_date_is_resolved_when_the_document_has_none() -> None:
    """A weekday without a date of the document is a word only."""
    assert steps.when("They meet on Thursday.", None) == ("on Thursday", None)


def test_impossible_date_is_no_date() -> None:
    """There is no 31 February."""
    assert steps.when("They meet on 31 February 2026.", TUESDAY)[1] is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They meet from 3 to 7 November.", ("3 to 7 November", date(2026, 11, 3))),
        ("They meet on March 3-4 2026.", ("March 3-4 2026", date(2026, 3, 3))),
        ("By the end of May 2028 all go.", ("By the end of May 2028", date(2028, 5, 31))),
        ("They may sign as early as next month.", ("next month", None)),
    ],
)  # fmt: skip
def test_date_is_the_first_of_a_range_and_the_last_of_a_month(
    text: str, found: tuple[str, date | None]
) -> None:
    """As written, and resolved where the year is known."""
    assert steps.when(text, date(2026, 2, 1)) == found


def _line(text: str) -> Line:
    return Line(1, text, 0, Turn(), ())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("He told reporters late on Monday that the council is to vote.", None),
        ("He said on Monday that they meet on Friday.", "on Friday"),
        ("He said talks would resume on Monday.", "on Monday"),
    ],
)
def test_day_on_which_it_was_said_is_not_that_of_the_step(text: str, written: str | None) -> None:
    """The time belongs to the saying."""
    assert steps.when(text, TUESDAY)[0] == written


@pytest.mark.parametrize(
    ("text", "imposed"),
    [
        ("They would have Armenia give up the villages.", True),
        ("The families must know the terms before anybody moves.", True),
        ("Armenia would give up the villages.", False),
    ],
)
def test_demand_on_another_is_no_offer(text: str, imposed: bool) -> None:
    """What another is to give is demanded, not offered."""
    assert fields.is_imposed(text) is imposed


def test_status_is_the_least_wrong_of_those_allowed() -> None:
    """Next to two likely ones is better than one of them against the other."""
    chances = dict.fromkeys(STATUSES, 0.0) | {
        OfferStatus.FLOATED: 0.35,
        OfferStatus.UNDER_NEGOTIATION: 0.35,
        OfferStatus.TABLED: 0.3,
    }
    assert least_wrong(chances, set(OfferStatus)) == OfferStatus.TABLED
    assert least_wrong(chances, {OfferStatus.AGREED}) == OfferStatus.AGREED


def test_every_cue_list_is_there_in_every_language() -> None:
    """A feature means the same in all of them, and every pattern compiles."""
    for language in cues.LANGUAGES:
        for name in cues.names():
            if name == "plan" or cues.pattern(name, language):
                assert not cues.has(name, "", language)


def test_features_have_a_name_each() -> None:
    """What the ablation leaves out is what it says."""
    assert len(features.names()) == len(set(features.names()))
    assert f"genre:{Genre.NEWS.value}" in features.names()


@pytest.mark.parametrize(
    ("form", "language", "name"),
    [
        ("Russian", "en", "Russia"), ("Kyiv", "en", "Ukraine"), ("colombiano", "es", "Colombia"),
        ("ivoirien", "fr", "Côte d'Ivoire"), ("US", "en", "United States"),
    ],
)  # fmt: skip
def test_gazetteer_knows_states_by_adjective_and_capital(
    form: str, language: str, name: str
) -> None:
    """A party is found by whatever a language calls it."""
    assert gazetteer.known(language)[gazetteer.key(form)].name == name


def test_a_time_is_whole_when_it_is_later_in_the_week() -> None:
    """No time ends at an article."""
    assert steps.when("They will talk later in the week.", TUESDAY)[0] == "later in the week"
