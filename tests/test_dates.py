"""The date of a document: only where it is stated, with its year, as the document's own."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.dates import document_date, mentions_date

PROSE = "The envoys met again and agreed on nothing that they had not agreed on before."


@pytest.mark.parametrize(
    "line",
    [
        "December 16, 2025",
        "Dec. 16, 2025",
        "16 December 2025",
        "16th December 2025",
        "Tuesday, 16 December 2025",
        "Tuesday, December 16, 2025, 10:30 a.m. EST",
        "Published: 16 December 2025 at 10:30 GMT",
        "Geneva, 16 December 2025",
        "Addis Ababa – 16 December 2025",
        "16 December 2025 | 4 min read",
        "Analysis | Harbour Desk | 16 December 2025 | 12 comments",
        "By Ana Sel and Tam Oreskov. 16 December 2025",
        "date: 2025-12-16",
        "16.12.2025",
        "Publié le 16/12/2025 à 18:42",
        "12/16/2025",
        "16 de diciembre de 2025",
        "Bogotá, 16 de diciembre de 2025",
        "16 décembre 2025",
        "16 déc. 2025",
        "16 декабря 2025 года",
        "Москва, 16 декабря 2025 г.",
        "16 грудня 2025 року",
        "16 ديسمبر 2025",
        "١٦ ديسمبر ٢٠٢٥",
        "16 كانون الأول 2025",
        "16 كانون الأول/ديسمبر 2025",
        "جنيف، 16 ديسمبر/كانون الأول 2025",
        "2025年12月16日",
        "16. Dezember 2025",
        "16 dicembre 2025",
    ],
)
def test_document_date_is_found_when_a_line_holds_nothing_else(line: str) -> None:
    """A line of a date, with at most a place, a byline or a time, dates the document."""
    assert document_date(["A headline about talks", line, PROSE], []) == date(2025, 12, 16)


@pytest.mark.parametrize(
    "paragraph",
    [
        "GENEVA, Dec. 16, 2025 (Harbour News) — The envoys met.",
        "GENEVA, December 16, 2025 - The envoys met.",
        "(GENEVA, Dec 16, 2025) – The envoys met.",
        "Addis Ababa, 16 December 2025: The envoys met.",
        "PORT OSTREL, Varda, Dec. 16, 2025 — The envoys met.",
        "КИЕВ, 16 декабря 2025 года. /ХАРБОР/. Делегации встретились.",
        "Ginebra, 16 de diciembre de 2025 (HARBOR) - Las delegaciones se reunieron.",
        "جنيف، 16 ديسمبر 2025 - اجتمع الوفدان.",
    ],
)
def test_document_date_is_found_when_a_dateline_states_it(paragraph: str) -> None:
    """A dateline with its year dates the document."""
    assert document_date([paragraph], []) == date(2025, 12, 16)


@pytest.mark.parametrize(
    "line",
    [
        "Readout of the meeting in Ostrel, 16 December 2025",
        "Joint Statement (16 December 2025)",
        "Remarks by the mediator – December 16, 2025",
    ],
)
def test_document_date_is_found_when_a_heading_ends_with_it(line: str) -> None:
    """A heading that ends with a date set apart from it dates the document."""
    assert document_date([line, PROSE], []) == date(2025, 12, 16)


@pytest.mark.parametrize(
    "closing",
    [
        "Done in Ostrel, this 4th day of February 2018.",
        "Done at Ostrel on 4 February 2018, in two copies in the English language.",
        "Signed in Ostrel on 4 February 2018",
        "Hecho en Ostrel, a los 4 de febrero de 2018.",
        "Fait à Ostrel, le 4 février 2018.",
        "Совершено в Остреле 4 февраля 2018 года.",
        "Вчинено в Острелі 4 лютого 2018 року.",
        "حرر في أوسترل، 4 فبراير 2018",
    ],
)
def test_document_date_is_found_when_an_agreement_closes_with_it(closing: str) -> None:
    """The closing formula of an agreement dates it."""
    assert document_date([PROSE], [PROSE, closing, "Tam Oreskov"]) == date(2018, 2, 4)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The envoys met on 16 December 2025 in Geneva.",
        "On December 16, 2025, the guns fell silent.",
        "They met again – 16 December 2025 – and signed.",
        "Signed in Ostrel on 5 September 2014, the protocol failed within a week.",
        "The Ostrel accord of 16 December 2025",
        "In Ostrel, 16 December 2025 was a day of mourning.",
        "December 2025",
        "16 December",
        "Tuesday, 16 December, 10:30",
        "Dec. 16",
        "1–4 February 2018",
        "02/03/2025",
        "31 February 2025",
        "16 envoys 2025",
        "0 December 2025",
        "2025-13-45",
        "Last updated 22 August, 21:14",
        "16 December 1025",
        "See https://example.org/2025-12-16/talks",
        "",
    ],
)
def test_document_date_is_none_when_the_text_does_not_date_itself(paragraph: str) -> None:
    """No year is guessed, and a date of the narrative or that can be read two ways is none."""
    assert document_date([paragraph, PROSE], [PROSE, paragraph]) is None


def test_document_date_prefers_publication_when_an_update_is_stated_too() -> None:
    """The date of an update counts only if there is no other."""
    updated, published = "Updated 18 December 2025", "Published 16 December 2025"
    assert document_date([updated, published, PROSE], []) == date(2025, 12, 16)
    assert document_date([updated, PROSE], []) == date(2025, 12, 18)


def test_document_date_prefers_the_head_when_the_end_has_a_date_too() -> None:
    """What stands above the text comes before what stands below it."""
    head, tail = ["16 December 2025", PROSE], ["Done in Ostrel, this 4th day of February 2018."]
    assert document_date(head, tail) == date(2025, 12, 16)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("The accord of 16 December 2025", True), ("In ١٦ ديسمبر ٢٠٢٥", True), ("Dec. 16", False)],
)
def test_mentions_date_needs_a_year(line: str, expected: bool) -> None:
    """A date anywhere in a line counts, if it has its year."""
    assert mentions_date(line) is expected


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_document_date_reads_every_day_as_written(day: date) -> None:
    """Day, month and year come back as stated, in every way of writing that is known."""
    written = [
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    assert [document_date([line], []) for line in written] == [day] * len(written)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_document_date_never_fails(line: str) -> None:
    """Any text gives a date or None."""
    found = document_date([line], [line])
    assert found is None or 1900 <= found.year <= 2099


def test_document_date_leaks_no_warning_when_dateparser_is_loaded() -> None:
    """The library's deprecation warnings do not reach users."""
    code = (
        "from summarizer.dates import document_date\nprint(document_date(['16 December 2025'], []))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("2025-12-16", "", 0)
