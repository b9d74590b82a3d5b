"""The title in the words around a name."""

from __future__ import annotations

import pytest

from summarizer.selection import titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("war broke out on April 15 between the army of General", "General"),
        ("After the meeting the Turkish Minister of Defence", "Turkish Minister of Defence"),
        ("the talks failed over the release of Alliance leader", "Alliance leader"),
        ("1992 - President", "President"),
        ("the Minister of State for Foreign Affairs, Dr.", "Minister of State for Foreign Affairs"),
        ("said the commissioner for detainees, Mr", "commissioner for detainees"),
        ("put five questions in writing to Mr", None),
        ("", None),
    ],
)  # fmt: skip
def test_title_before_a_name_when_a_sentence_runs_into_it(text: str, title: str | None) -> None:
    """Only the title is the title; "Mr" is none."""
    assert titles.before(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("a spokesman for the Front who had waited", "spokesman for the Front"),
        ("an adviser to the Prime Minister of Halden", "adviser to the Prime Minister of Halden"),
        ("member of the cabinet of Halden", "member of the cabinet of Halden"),
        ("who once played a president on television", None),
        ("47, a teacher", None),
        ("Secretary Marsh", None),
        ("Secretary General", "Secretary General"),
    ],
)  # fmt: skip
def test_title_behind_a_name_when_the_words_describe_it(text: str, title: str | None) -> None:
    """An apposition that begins with a title is one; a relative clause is none."""
    assert titles.behind(text) == title
