"""What a text states about itself, and null for everything that it does not."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.metadata import guess_language, language, recognise

PROSE = (
    "Envoys of Varda and the Northern League met for a third day in the port of Ostrel, and both "
    "sides said that they would stay until a text was ready."
)


def title(*lines: str) -> str | None:
    """The title of these lines above a paragraph of prose."""
    return recognise("\n\n".join([*lines, PROSE])).title


@pytest.mark.parametrize(
    "headline",
    [
        "Varda says League pledged a vote on the river",
        "The treaty is finished. So why is nobody signing it?",
        "“Nobody here is printing invitations”",
        "League walks out!",
        "VARDA: TALKS RESUME IN OSTREL",
        "RDC : la déclaration divise les deux camps",
        "El Gobierno deja en suspenso el cese al fuego",
        "Совместное заявление сторон переговоров",
        "السودان: إعلان مبادئ جديد في جوبا",
        "双方在日内瓦达成停火协议",
        "Joint Statement on the Two Valleys",
    ],
)
def test_title_is_the_headline_when_one_stands_above_the_text(headline: str) -> None:
    """A short line without a full stop above the prose is the title, in any language."""
    assert title(headline) == headline


@pytest.mark.parametrize(
    "above",
    [
        ["Via Teleconference", "1:50 P.M. EDT"],
        ["Map Room", "12:14 P.M. EDT"],
        ["1. Home", "2. News", "3. Briefings &\n Statements"],
        ["Home > News > World"],
        ["THE HARBOUR POST | World | Exclusive"],
        ["THE HARBOUR POST   No. 41   25 November 1996"],
        ["Tuesday, 16 December 2025"],
        ["PRESS RELEASE", "For immediate release"],
        ["MINISTRY OF FOREIGN AFFAIRS OF VARDA", "Office of the Spokesperson"],
        ["OPINION"],
        ["*Between Secretary Sel, Envoy Vant and the delegation of the League*"],
        ["[Photo: the envoys leave the customs house in Ostrel]"],
        ["Photo: the envoys leave the customs house"],
        ["Ana Sel, reporter\n@anasel · 4 h"],
        ["https://example.org/news/talks-in-ostrel"],
        ["A sentence is no headline, however short."],
        ["and a line that starts small is the rest of one"],
        ["MR. VANT: Good morning."],
        ["- the guns leave the eastern bank"],
        ["Envoys of the League, who had arrived the evening before by ship,"],
        ["x" * 50 + " word" * 40],
        ["---------"],
        ["©2025 Harbour News and others"],
    ],
)
def test_title_is_none_when_only_furniture_stands_above_the_text(above: list[str]) -> None:
    """Menus, times, venues, letterheads, captions and sentences are no title."""
    assert title(*above) is None


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (["Home > News", "League walks out of talks", "By Ana Sel"], "League walks out of talks"),
        (["OPINION", "They keep asking us to wait", "Ana Sel"], "They keep asking us to wait"),
        (
            ["High-Level Panel for the Two Valleys", "Joint Statement on a Ceasefire"],
            "Joint Statement on a Ceasefire",
        ),
        (["MESA DE CONVERSACIONES", "COMUNICADO CONJUNTO"], "COMUNICADO CONJUNTO"),
        (["# Ostrel **accord**", "A subtitle of it all"], "Ostrel **accord"),
        (["Ostrel accord signed\n===================="], "Ostrel accord signed"),
        (["---\ntitle: 'Ostrel accord'\ndate: 2025-12-16\n---"], "Ostrel accord"),
        (
            ['4. <span aria-current="page">Statement on the\n Ostrel Plan</span>'],
            "Statement on the Ostrel Plan",
        ),
        (["**League walks out of talks**"], "League walks out of talks"),
    ],
)
def test_title_is_the_right_line_when_several_stand_above(above: list[str], expected: str) -> None:
    """The headline is found between letterheads, bylines, breadcrumbs and Markdown."""
    assert title(*above) == expected


def test_title_is_taken_above_a_numbered_statement() -> None:
    """A statement whose paragraphs are numbered has a title too."""
    text = f"Panel for the Valleys\n\nJoint Statement on a Ceasefire\n\n1) {PROSE}\n\n2) {PROSE}"
    assert recognise(text).title == "Joint Statement on a Ceasefire"


def test_title_is_none_when_short_lines_are_all_there_is() -> None:
    """A list of names has no headline."""
    assert recognise("Ana Sel of Varda\nTam Oreskov of Ostrel\nIv Vant of Sur").title is None


def test_title_holds_no_control_or_direction_character() -> None:
    """What a terminal or a page would obey is not passed on, joiners of letters are."""
    assert (
        title("Talks \x1b[31mresume\u202e in می\u200cخواهیم")
        == "Talks [31mresume in می\u200cخواهیم"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("©2025 Harbour L.P. Visit harbour.example. Distributed by Content, LLC.", "Harbour L.P."),
        ("© 2025 The Harbour Times. All rights reserved.", "The Harbour Times"),
        ("Copyright 2025 The Associated Harbour. All rights reserved.", "The Associated Harbour"),
        ("Copyright © 2019-2025 Harbour News Inc. All rights reserved", "Harbour News Inc."),
        ("(c) 2025 Harbour", "Harbour"),
        ("Distributed by Harbour Content Agency.", "Harbour Content Agency"),
        ("Source: Harbour News", "Harbour News"),
        ("Источник: Харбор", "Харбор"),
    ],
)
def test_publisher_is_found_when_the_last_lines_state_it(line: str, expected: str) -> None:
    """A copyright notice or a credit line names the publisher."""
    assert recognise(f"{PROSE}\n\n{line}\nComments").publisher == expected


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("OSTREL (Harbour) - ", "Harbour"),
        ("OSTREL, Nov 23 (Harbour News) -- ", "Harbour News"),
        ("Ostrel, 23 nov (HARBOR).- ", "HARBOR"),
        ("ОСТРЕЛЬ, 23 ноября. /ХАРБОР/. ", "ХАРБОР"),
        ("أوسترل (هاربور) - ", "هاربور"),
    ],
)
def test_publisher_is_the_agency_of_the_dateline(dateline: str, expected: str) -> None:
    """A news agency states its name in the dateline."""
    assert recognise(f"A headline about talks\n\n{dateline}{PROSE}").publisher == expected


@pytest.mark.parametrize(
    "paragraph",
    [
        "The envoys of the League (NL) - who had come by ship - left again.",
        "Photo © 2025 Harbour Images",
        "Envoys leave the customs house. (Photo: Ana Sel) © 2025 Picture Desk",
        "The minister told the Harbour Times that he would stay.",
        "Distributed widely, the leaflet said nothing new.",
        "",
    ],
)
def test_publisher_is_none_when_the_text_does_not_state_it(paragraph: str) -> None:
    """An abbreviation in brackets, a photo credit or a quoted paper is no publisher."""
    assert recognise(f"{PROSE}\n\n{paragraph}").publisher is None


def test_date_is_found_in_head_and_tail_when_the_text_is_long() -> None:
    """The first and the last lines are looked at, the narrative is not."""
    body = "\n\n".join([PROSE + " On 1 May 2020 it rained."] * 300)
    assert recognise(f"{body}\n\nDone in Ostrel, this 4th day of February 2018.").date == date(
        2018, 2, 4
    )
    assert recognise(f"Talks resume in Ostrel\n\n16 December 2025\n\n{body}").date == date(
        2025, 12, 16
    )
    assert recognise(body).date is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, "en"),
        ("Las dos partes firmaron el acuerdo de paz en la ciudad y volverán a reunirse.", "es"),
        ("Les deux parties ont signé un accord de paix et se réuniront la semaine suivante.", "fr"),
        ("Обе стороны подписали соглашение о прекращении огня и разошлись.", "ru"),
        ("Обидві сторони підписали угоду про припинення вогню та роз’їхалися.", "uk"),
        ("وقع الطرفان اتفاقا لوقف إطلاق النار وسيلتقيان مجددا في الأسبوع المقبل.", "ar"),
        ("双方在日内瓦签署了停火协议，下一轮会谈将于下周举行。", "zh"),
        ("両者は停戦合意に署名した。次の会談は来週行われる。", "ja"),
    ],
)
def test_language_is_named_when_the_text_is_clear(text: str, expected: str) -> None:
    """A sentence or two is enough."""
    assert language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "Ostrel talks",
        "1. 2. 3. 16/12/2025",
        "🕊️" * 50,
        "xqz vbr wkp " * 20,
        PROSE * 12 + "Обе стороны подписали соглашение о прекращении огня и разошлись. " * 30,
    ],
)
def test_language_is_none_when_the_text_is_too_short_or_mixed(text: str) -> None:
    """Without enough evidence, or with two languages side by side, none is named."""
    assert language(text) is None


def test_language_is_that_of_the_text_when_it_quotes_another() -> None:
    """A foreign quote in a long text does not hide its language."""
    quote = "«Обе стороны подписали соглашение о прекращении огня.» "
    assert language(PROSE * 20 + quote + PROSE * 20) == "en"


def test_guess_language_folds_varieties_into_the_language() -> None:
    """Spoken varieties that ISO 639-1 does not have count for the written language."""
    code, probability = guess_language("وقع الطرفان الاتفاق.")
    assert code == "ar"
    assert probability > 0.9


def test_recognise_reads_a_whole_report() -> None:
    """All four at once, from a text as an agency sends it."""
    text = (
        f"League walks out of talks\n\nOSTREL, Dec. 16, 2025 (Harbour News) — {PROSE}\n\n{PROSE}\n"
    )
    found = recognise(text)
    assert (found.title, found.publisher, found.date, found.language) == (
        "League walks out of talks",
        "Harbour News",
        date(2025, 12, 16),
        "en",
    )


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=150, deadline=None)
def test_recognise_never_fails_and_says_only_what_is_there(text: str) -> None:
    """Any text gives metadata; every word of the title is in the text."""
    found = recognise(text)
    kept = "".join(c for c in text if c.isprintable() or c.isspace() or c in "\u200c\u200d")
    for word in (found.title or "").replace("|", " ").split():
        assert word in kept


@pytest.mark.parametrize(
    "text",
    [
        "<" * 500_000,
        "(c) 2025 " * 50_000,
        "© 2025 a " + "b " * 200_000,
        "16 December 2025 " * 30_000,
        "A (b) " * 80_000,
        "/a" * 200_000,
        "By " * 150_000,
        "Title: " * 80_000,
        " " * 500_000 + "a",
        "a\n" * 250_000,
        "#" * 500_000,
        "*" * 500_000,
    ],
)
def test_recognise_stays_fast_when_the_text_is_hostile(text: str) -> None:
    """No pattern backtracks over a long text."""
    language(PROSE)  # the model is loaded once
    started = time.process_time()
    recognise(text)
    assert time.process_time() - started < 3


def test_import_loads_no_heavy_library() -> None:
    """Importing the modules is cheap: the libraries load when a text is looked at."""
    code = (
        "import sys, summarizer.documents\n"
        "heavy = {'py3langid', 'numpy', 'dateparser', 'sentencex', 'charset_normalizer'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
