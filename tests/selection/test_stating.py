"""Statements that are understood alone, and titles."""

from __future__ import annotations

import pytest

from summarizer.documents import from_text
from summarizer.selection.reading import read
from summarizer.selection.stating import statement, title
from summarizer.selection.trimming import bare, cut


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Armenia met Azerbaijan. It wants them back by May.", "Armenia wants them back by May."),
        (
            "President Ada Marr of Armenia said talks went on. She said the road was shut.",
            "Ada Marr said the road was shut.",
        ),
        (
            "President Ada Marr of Armenia said talks went on. The road, she said, was shut.",
            "The road, Ada Marr said, was shut.",
        ),
        (
            "The rain fell all day. It did not stop before the evening.",
            "It did not stop before the evening.",
        ),
    ],
)
def test_leading_pronoun_is_named_when_it_is_known_who_is_meant(text: str, said: str) -> None:
    """A reader understands the statement alone; a pronoun of nobody known stays."""
    reading = read(from_text(text))
    assert statement(reading.lines[1], reading) == said


def test_title_is_who_talks_when_the_first_line_tells_nothing() -> None:
    """ "ACCORD" is no title; a first line that says what happens is one."""
    body = (
        "The Government of Armenia and the Government of Azerbaijan have agreed on a truce.\n\n"
        "Armenia will free all prisoners. Azerbaijan will withdraw its army from Armenia."
    )
    assert title(read(from_text(f"ACCORD.\n\n{body}"))) == "Talks of Armenia and Azerbaijan"
    line = "Both sides sign a truce after a night of talks."
    assert title(read(from_text(f"{line}\n\n{body}"))) == line
    quoted = "‘I congratulate both on having come to the end of a third round,’ she said."
    assert title(read(from_text(f"{quoted}\n\n{body}"))) == "Talks of Armenia and Azerbaijan"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("So the truce holds.", "The truce holds."),
        ("So long as there are talks, it holds.", "So long as there are talks, it holds."),
        ("Now that it holds, they talk.", "Now that it holds, they talk."),
        ("Yet to be settled is the date.", "Yet to be settled is the date."),
    ],
)
def test_first_word_is_left_out_only_when_it_is_a_connective(text: str, said: str) -> None:
    """ "So long as" is a condition, not a way to begin."""
    assert bare(text) == said


def test_long_statement_ends_with_a_clause_where_one_is_near() -> None:
    """ "…" says that there is more; a short one is whole."""
    assert cut("They will open the road, mend the bridge and go.", 7) == "They will open the road …"
    assert (
        cut("They will open the road and mend the bridge.", 7)
        == "They will open the road and mend …"
    )
    assert cut("They will go.", 7) == "They will go."
