"""Lines to paragraphs: what goes on, what is joined, which page it is on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.readers.flow import flowing
from summarizer.readers.glyphs import HYPHEN
from summarizer.readers.layout import Line

FULL = 400.0


def lines(*texts: str, top: float = 700, size: float = 10, column: int = 0) -> list[Line]:
    """Lines below one another that fill their column, but for those that end with "¶"."""
    made = []
    for number, text in enumerate(texts):
        short = text.endswith("¶")
        right = 100.0 if short else FULL
        y = top - number * size * 1.2
        made.append(Line(text.rstrip("¶"), 0, right, y, size, 1, column, FULL))
    return made


def text_of(*pages: list[Line]) -> str:
    """The text that flows over these pages."""
    return flowing(pages)[0].text


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("The nego-", "tiations go on."), "The negotiations go on."),
        ((f"The nego{HYPHEN}", "tiations go on."), "The negotiations go on."),
        (("The nego\xad", "tiations go on."), "The negotiations go on."),
        (("a cease-", "fire or ceasefire"), "a ceasefire or ceasefire"),
        (("a cease-", "fire, that is a cease-fire"), "a cease-fire, that is a cease-fire"),
        (("the long term is a long-", "term plan"), "the long term is a long-term plan"),
        (("an Israeli-", "Palestinian plan"), "an Israeli-Palestinian plan"),
        (
            ("Resolution 2018–", "23 and COVID-", "19 cases"),
            "Resolution 2018–23 and COVID-19 cases",
        ),
        (("left the bank -", "and stayed"), "left the bank - and stayed"),
        (("either/", "or"), "either/or"),
    ],
)
def test_word_broken_at_the_end_of_a_line_is_whole_again(
    texts: tuple[str, ...], expected: str
) -> None:
    """A hyphen goes unless the document, or the word, says that it belongs there."""
    assert text_of(lines(*texts)) == expected


def test_no_mark_of_a_hyphen_is_left() -> None:
    """What a library marks is a hyphen wherever nothing is joined."""
    assert text_of(lines(f"A{HYPHEN}B and pre{HYPHEN}", "1914 times", f"end{HYPHEN}")) == (
        "A-B and pre-1914 times end-"
    )


def test_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    """A short last line, a list item and a heading in larger letters stand alone."""
    page = [
        *lines("Third round", top=740, size=14),
        *lines("Varda offered to withdraw", "its guns.¶", "The League refused.¶", "• first item",
               "of a list", "• second item"),
    ]  # fmt: skip
    assert text_of(page).split("\n\n") == [
        "Third round",
        "Varda offered to withdraw its guns.",
        "The League refused.",
        "• first item of a list",
        "• second item",
    ]


def test_sentence_goes_on_over_a_page_and_belongs_to_both() -> None:
    """The page of an offset is the page that the character stands on."""
    flow, pages = flowing([lines("The League said that it would"), lines("stay. Varda left.")])
    assert flow.text == "The League said that it would stay. Varda left."
    assert [flow.text[start:end] for start, end in pages] == [
        "The League said that it would ",
        "stay. Varda left.",
    ]


def test_footnote_steps_aside_for_a_sentence_that_goes_on() -> None:
    """It stays on its page, before the paragraph that the page break interrupts."""
    first = [*lines("Talks went on.¶", "The League said that it would"),
             *lines("1 Closed in May.", top=100, size=7)]  # fmt: skip
    assert text_of(first, lines("stay.")).split("\n\n") == [
        "Talks went on.",
        "1 Closed in May.",
        "The League said that it would stay.",
    ]


def test_page_without_text_has_no_length() -> None:
    """Its place is kept, so that the number of every later page is right."""
    _, pages = flowing([lines("One.¶"), [], lines("Three.¶"), []])
    assert pages == [(0, 6), (6, 6), (6, 12), (12, 12)]


WORDS = st.text(st.sampled_from("ab-. \x02\xadÀ1–"), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text
)


@given(st.lists(st.lists(WORDS, max_size=4), max_size=4))
def test_pages_cover_the_text_whatever_it_is(pages: list[list[str]]) -> None:
    """Spans are in order, leave nothing out, and no letter or digit is lost."""
    flow, spans = flowing([lines(*texts) for texts in pages])
    assert "".join(flow.text[start:end] for start, end in spans) == flow.text
    letters = [c for texts in pages for text in texts for c in text if c.isalnum()]
    assert [c for c in flow.text if c.isalnum()] == letters
    assert HYPHEN not in flow.text
