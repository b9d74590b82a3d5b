"""Numbers and dates as values with units."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, compare_figures, figures_of


def _shown(text: str, language: str | None = "en") -> list[str]:
    return [str(figure) for figure in figures_of(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1,200 prisoners", "en", ["1200"]),
        ("ten prisoners and twenty-one guards", "en", ["10", "21"]),
        ("a sixty-day truce", "en", ["60 days"]),
        ("two weeks", "en", ["14 days"]),
        ("a month, later a year", "en", ["1 months", "12 months"]),
        ("1.5 million people", "en", ["1500000"]),
        ("two million people", "en", ["2000000"]),
        ("30 per cent, 12.5%", "en", ["30 percent", "12.5 percent"]),
        ("by 29 July 2025", "en", ["2025-07-29"]),
        ("on October 7th and Oct. 9", "en", ["10-07", "10-09"]),
        ("in 2026, on 2026-01-02 at 18:40", "en", ["2026-01-02", "1120 clock", "2026"]),
        ("sets out three phases", "en", ["3"]),
        ("M23, the E3 and Article 5-like vows", "en", ["5"]),
        ("one of them, the first to leave", "en", []),
        ("trois cents prisonniers d'ici au 18 août", "fr", ["08-18", "300"]),
        ("1.200 presos en diez días", "es", ["1200", "10 days"]),
        ("1\u00a0200 пленных до 5 мая", "ru", ["05-05", "1200"]),
        ("إطلاق سراح ١٢٠٠ أسير خلال ٣٠ يوما", "ar", ["1200", "30 days"]),
        ("", "en", []),
    ],
)
def test_figures_are_read_when_written_in_many_ways(
    text: str, language: str, expected: list[str]
) -> None:
    """Digits, words, units, dates and scripts come out as one value each."""
    assert _shown(text, language) == expected


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("a week", "7 days", True),
        ("12 months", "one year", True),
        ("24 hours", "1 day", True),
        ("29 July", "29 July 2025", True),
        ("29 July 2024", "29 July 2025", False),
        ("July 2025", "2025", False),
        ("29 July 2025", "July 2025", False),
        ("5 million", "$5 million", True),
        ("30 days", "30 percent", False),
        ("30 days", "a month", False),
    ],
)
def test_figures_equal_when_their_values_and_units_do(one: str, other: str, equal: bool) -> None:
    """Units count; a date equals one that leaves out its year."""
    (first,), (second,) = figures_of(one), figures_of(other)
    assert first.equals(second) is equal
    assert second.equals(first) is equal


def test_month_is_close_to_thirty_days_but_not_to_a_fortnight() -> None:
    """A month has no fixed number of days: close, never equal."""
    (month,), (days,), (fortnight,) = map(figures_of, ("a month", "30 days", "14 days"))
    assert month.is_close_to(days)
    assert not month.is_close_to(fortnight)
    assert not days.is_close_to(days)


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("June 2026", "2026", True),
        ("12 June 2026", "June 2026", True),
        ("12 June", "June 2026", True),
        ("12 June 2026", "12 June", False),
        ("12 June 2026", "13 June 2026", False),
        ("June 2026", "2025", False),
        ("12 June", "2026", False),
    ],
)
def test_date_is_close_to_one_that_says_less(one: str, other: str, close: bool) -> None:
    """Another precision of the same time is close, and costs half; another day is wrong."""
    (first,), (second,) = figures_of(one), figures_of(other)
    assert first.is_close_to(second) is close
    assert second.is_close_to(first) is close


@pytest.mark.parametrize(
    ("expected", "got", "verdict"),
    [
        ("frees 1,200 men", "frees 1200 men", "right"),
        ("frees 1,200 men", "frees 200 men", "wrong"),
        ("frees 1,200 men", "frees some men", "missing"),
        ("frees some men", "frees 40 men", "invented"),
        ("within 30 days", "within a month", "close"),
        ("within 30 days", "within 30 weeks", "wrong"),
        ("the two sides meet", "the sides meet", "right"),
        ("the third round", "the fourth round", "wrong"),
        ("three hostages", "two hostages", "wrong"),
        ("by 3 June", "by 4 June", "wrong"),
        ("by 3 June 2026", "in June 2026", "close"),
    ],
)
def test_figures_of_statements_compare_when_one_differs(
    expected: str, got: str, verdict: str
) -> None:
    """Another figure, a figure left out and a figure made up are told apart."""
    assert compare_figures(figures_of(expected), figures_of(got)).verdict == verdict


def test_figure_is_no_error_when_it_is_elsewhere_or_in_the_evidence() -> None:
    """A figure may stand in the deadline; a fuller statement than the reference's is no error."""
    june = figures_of("by 3 June")
    assert compare_figures(june, (), elsewhere=june).verdict == "right"
    assert compare_figures((), june, excused=june).verdict == "right"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "fr", "ar", "ru", None, "xx"]))
def test_figures_never_fail_when_text_is_anything(text: str, language: str | None) -> None:
    """Any text has figures or none; each equals itself."""
    for figure in figures_of(text, language):
        assert isinstance(figure, Figure)
        assert figure.equals(figure)
        assert str(figure)


@pytest.mark.parametrize(
    ("text", "language", "figure"), [("40 men", "en", "40"), ("hace 6 mes", "es", "6 months"),
                                     ("40 m dollars", "en", "40000000 money")],
)  # fmt: skip
def test_men_are_no_millions(text: str, language: str, figure: str) -> None:
    """What begins like the short form of million is one only when it stands alone."""
    assert [str(found) for found in figures_of(text, language)] == [figure]
