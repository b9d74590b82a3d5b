"""Paragraphs: which line breaks end one, and which are only there because text was wrapped."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.paragraphs import split

# Written for these tests; about an invented conflict.
REPORT = [
    "Envoys of Varda and the Northern League met for a third day in the port of Ostrel, and both "
    "sides said that they would stay until a text was ready to be shown to their governments.",
    "The mediator, Mr. Tam Oreskov, spoke to reporters for four minutes and took no questions "
    "about the prisoners who are held in the castle above the town.",
    "A second round is planned for the first week of the next month, if the League sends the list "
    "of names that it promised in the spring and has not sent since then.",
    "Officials from the United Harbours, which pay for the talks, want a monitoring mission of "
    "six hundred people on both banks of the river before the winter comes.",
]


def paragraphs(text: str) -> list[str]:
    """The paragraphs with their white space collapsed."""
    return [" ".join(text[p.start : p.end].split()) for p in split(text)]


def leads(text: str) -> list[str]:
    """The list marker or speaker label that each paragraph starts with."""
    return [text[p.start : p.lead] for p in split(text)]


@pytest.mark.parametrize("width", [46, 60, 66, 72, 76, 80, 100, 120])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_split_joins_wrapped_lines_when_blank_lines_part_paragraphs(
    width: int, newline: str
) -> None:
    """Text wrapped at any usual width has the paragraphs it had before it was wrapped."""
    wrapped = (newline * 2).join(newline.join(textwrap.wrap(p, width)) for p in REPORT)
    assert paragraphs(wrapped) == REPORT


@pytest.mark.parametrize("width", [66, 72, 100])
def test_split_ends_a_paragraph_at_its_short_last_line_when_nothing_is_blank(width: int) -> None:
    """In a wrapped text without blank lines, a line that is not full ends its paragraph."""
    wrapped = "\n".join(textwrap.fill(p, width) for p in REPORT)
    assert paragraphs(wrapped) == REPORT


def test_split_keeps_lines_apart_when_each_is_a_paragraph() -> None:
    """Long lines of uneven length are paragraphs, one each."""
    headline = "Third day of talks in Ostrel"
    assert paragraphs("\n".join([headline, *REPORT])) == [headline, *REPORT]


def test_split_joins_lines_when_a_hand_broke_them_unevenly() -> None:
    """Ragged lines, as copied from a PDF, still flow into one paragraph."""
    text = (
        "The delegations will exchange written comments on the draft of the accord and\n"
        "on the annex about the return of displaced families\n"
        "before the mediator convenes them again in the old customs house of\n"
        "Ostrel, where the first round of these talks was held three years ago in the\n"
        "spring after the bridges had been reopened."
    )
    assert len(split(text)) == 1


@pytest.mark.parametrize(
    "marker",
    ["- ", "* ", "+ ", "• ", "•", "– ", "1. ", "1) ", "(1) ", "(a) ", "a) ", "iv. ", "2.1 "],
)
def test_split_starts_a_paragraph_at_a_list_marker(marker: str) -> None:
    """Every usual list marker starts a paragraph and is its lead."""
    text = (
        f"The sides agreed on this:\n{marker}a halt to all shelling\n{marker}an exchange of lists"
    )
    assert leads(text) == ["", marker, marker]


def test_split_keeps_a_wrapped_list_item_whole_when_its_lines_hang() -> None:
    """The indented second line of an item belongs to it, also below a short first line."""
    text = (
        "Also in the draft:\n\n"
        "- The opening of the two river crossings to lorries that carry food,\n"
        "  fuel and medicine to the upper valley.\n"
        "3. Statements &\n"
        "   Speeches\n"
    )
    assert paragraphs(text) == [
        "Also in the draft:",
        "- The opening of the two river crossings to lorries that carry food, fuel and medicine "
        "to the upper valley.",
        "3. Statements & Speeches",
    ]


WRAPPED = textwrap.fill(" ".join(REPORT), 72).splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "2. They left before the dinner that the mayor of the town had ordered",
        "J. Oreskov said so to the three reporters who had waited in the rain",
        "- both of them -",
        "— the most careful of them all, as the mediator likes to point out",
        "Article 4 of the older treaty, which nobody has read since it was made",
        "NATO: a word that was not heard in the room for as long as they talked",
    ],
)
def test_split_does_not_start_a_list_when_wrapping_put_a_marker_first(line: str) -> None:
    """What looks like a marker at the start of a line is text if the sentence runs into it."""
    full = "and so the talks that had begun in the spring went on without them, as"
    full += " of"
    text = "\n".join([*WRAPPED[:-1], full, line])
    assert len(split(text)) == 1


def test_split_starts_the_next_item_when_the_one_before_fills_its_line() -> None:
    """In a list without full stops the next number starts an item, wherever lines end."""
    first = "1. Release of all of the people who are held in the castle of the town"
    second = "2. Withdrawal of the heavy guns from the eastern bank of the wide river"
    assert len(split("\n".join([*WRAPPED, "", first, second]))) == 3


@pytest.mark.parametrize(
    "label",
    [
        "MODERATOR: ",
        "SENIOR LEAGUE OFFICIAL: ",
        "THE PRESIDENT: ",
        "MR. ORESKOV: ",
        "PRESIDENT VANT (via interpreter): ",
        "Q: ",
        "Q    ",
        "Q\t",
        "ВОПРОС: ",
        "问：",
    ],
)
def test_split_starts_a_turn_at_a_speaker_label(label: str) -> None:
    """A transcript turn starts a paragraph, and the label is its lead."""
    text = f"MODERATOR: We have time for one more.\n{label}Will the guns be withdrawn?"
    assert leads(text) == ["MODERATOR: ", label]


def test_split_starts_a_turn_when_the_speaker_before_was_cut_short() -> None:
    """A dash before the label means that somebody was interrupted, however long the line."""
    cut = "Q I wanted to ask you about the guns, and about the list, and also —"
    text = "\n".join([*WRAPPED, "", cut, "MODERATOR: We have lost your line."])
    assert paragraphs(text)[-1] == "MODERATOR: We have lost your line."


def test_split_keeps_the_paragraphs_of_a_turn_apart() -> None:
    """A turn of several paragraphs stays several; only the first has the label."""
    text = "MR. VANT: First, the guns.\n\nThen the list.\n\nQ Thank you."
    assert leads(text) == ["MR. VANT: ", "", "Q "]


def test_split_joins_a_label_that_stands_alone_with_what_is_said() -> None:
    """A speaker label on its own line belongs to the line below it."""
    assert paragraphs("MODERATOR:\nGood morning.\n\nMR. VANT:\n\nGood morning.") == [
        "MODERATOR: Good morning.",
        "MR. VANT: Good morning.",
    ]


def test_split_takes_a_sentence_over_a_page_break_in_a_wrapped_text() -> None:
    """A blank line inside a sentence, as page breaks leave it, does not end the paragraph."""
    text = (
        "\n".join(WRAPPED[:3]).rstrip(".,") + " and much else that differs from\n\nwhat was said."
    )
    assert len(split(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Tam Oreskov,\n\nMediator,\n\nFor the United Harbours",
        "Ostrel meeting\nEnvoys of Varda came by ship.",
        "# Ostrel accord\nThe sides agreed.",
        "| side | offer |\n| --- | --- |",
        "The sides agreed.\n---------\nWith help from Ana Sel",
        "The first sentence ends here.\nMediator: Tam Oreskov",
    ],
)
def test_split_keeps_headings_signatures_and_rulers_apart(text: str) -> None:
    """Short lines without a full stop are not glued to what follows."""
    assert len(split(text)) == sum(1 for line in text.splitlines() if line.strip())


def test_split_reads_through_the_marks_of_a_quoted_message() -> None:
    """Wrapped lines behind ">" flow like others."""
    text = "\n".join(f"> {line}" for line in WRAPPED)
    assert len(split(text)) == 1


def test_split_joins_wrapped_lines_in_a_script_without_capitals() -> None:
    """Arabic has no small letters to tell by: the width of the lines does."""
    sentence = "التقى وفدا الطرفين في المدينة الساحلية لليوم الثالث على التوالي وبحثا قائمة الأسرى "
    text = "\n".join(textwrap.wrap(sentence * 6, 60))
    assert len(split(text)) == 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \t\u00a0\u2028", "\x0b\x0c\x1c\x85"])
def test_split_finds_nothing_when_all_is_blank(text: str) -> None:
    """White space of any kind holds no paragraph."""
    assert split(text) == []


SHORT = [
    "",
    " ",
    "- a",
    "1. b",
    "2. c",
    "Q d",
    "MR. E: f",
    "g h",
    "J" * 70,
    "# k",
    "l,",
    "> m",
    "|",
]
LINES = st.lists(st.sampled_from([*SHORT, *WRAPPED[:4]]), max_size=30)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\f"]))
@settings(max_examples=150, deadline=None)
def test_split_covers_every_visible_character_in_order(lines: list[str], newline: str) -> None:
    """Paragraphs are in order, do not overlap, start and end visibly, and leave nothing out."""
    text = newline.join(lines)
    position = 0
    for paragraph in split(text):
        assert not text[position : paragraph.start].strip()
        assert paragraph.start <= paragraph.lead <= paragraph.end
        assert (
            text[paragraph.start : paragraph.end].strip() == text[paragraph.start : paragraph.end]
        )
        position = paragraph.end
    assert not text[position:].strip()
