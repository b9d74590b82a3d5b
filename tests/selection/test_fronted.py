"""Sentences that begin with what they leave open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.selection import fronted
from summarizer.selection.asking import asked
from summarizer.selection.parsed import parse

WORDS = "how what who whether , the text would leaves open is not said we men depends on".split()


def _asked(text: str) -> str | None:
    parsed = parse([text], "en")
    assert parsed is not None
    return fronted.asked(parsed[0])


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How either would work, the text leaves open.", "How would either work?"),
        ("When Ada last met Tolan depends on whom one asks.", "When did Ada last meet Tolan?"),
        ("What the terms are, the page does not say.", "What are the terms?"),
        ("How many guards there are is anybody's guess.", "How many guards are there?"),
        ("Where money would come from, the envoy didn't say.", "Where would money come from?"),
        ("Which roads lie in it, the text leaves to the officers.", "Which roads lie in it?"),
        ("Who would sit on the panel was left open.", "Who would sit on the panel?"),
        ("Who else will come isn't known; two have been named.", "Who else will come?"),
        ("Whether Halden may now take part remains open.", "May Halden now take part?"),
        ("Who would run the port nobody has been able to say.", "Who would run the port?"),
        ("What it'll be was left open.", "What will it be?"),
    ],
)  # fmt: skip
def test_clause_is_asked_when_a_sentence_says_that_it_is_open(text: str, question: str) -> None:
    """The verb stands before its subject, unless the subject is what is asked about."""
    assert _asked(text) == question


def test_what_was_not_had_is_asked_for_when_a_sentence_names_it_last() -> None:
    """ "What neither could bring was an answer"."""
    text = "What neither could bring to the table was an answer from the Council."
    assert _asked(text) == "Will there be an answer from the Council?"
    assert _asked("What he brought was an answer from the Council.") is None


@pytest.mark.parametrize(
    "text",
    [
        "The text leaves open how either would work.",
        "When the guards came, the road was opened.",
        "What Halden wants is a road to the sea.",
        "Whether his men, who are armed, would leave was not said.",
        "Who goes there?",
        "What we want, they do not say.",
        "",
    ],
)
def test_nothing_is_asked_when_a_sentence_begins_otherwise(text: str) -> None:
    """Nor where a clause cannot be told from those within it, or speaks of "us"."""
    assert _asked(text) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_a_question_is_one_when_words_are_any(words: list[str]) -> None:
    """One line with its mark, whatever stands there."""
    found = _asked(" ".join(words).capitalize())
    assert found is None or (found.endswith("?") and found[0].isupper() and "\n" not in found)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The envoys have found no consensus yet.", "Will the envoys find any consensus yet?"),
        ("To this the Council gave no reply.", "Will the Council give any reply?"),
        ("The Council has no objection to it.", None),
    ],
)  # fmt: skip
def test_what_was_not_found_is_asked_for(text: str, question: str | None) -> None:
    """An answer, a decision, an agreement; not whatever else there is none of."""
    parsed = parse([text], "en")
    assert parsed is not None
    found = asked(parsed[0], lambda _: None)
    assert found == question or (question is None and found is None)
