"""Open questions: asked, turned round by the grammar, or the plain one for the reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.selection import questions
from summarizer.selection.genre import Turn
from summarizer.selection.parsed import parse
from summarizer.selection.reading import Line
from summarizer.selection.turning import finished
from summarizer.selection.voices import Voice
from summarizer.vocabulary import QuestionReason

WHY = QuestionReason.NOT_YET_DISCUSSED


def _question(text: str, why: QuestionReason = WHY, voice: Voice | None = None) -> str:
    parsed = parse([text], "en")
    assert parsed is not None
    line = Line(1, text, 0, Turn(), (), voice or Voice())
    return questions.question(line, why, parsed[0])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("It is unclear how a truce would be watched.", "How would a truce be watched?"),
        ("No one says which office shall keep the lists.", "Which office shall keep the lists?"),
        ("The draft says nothing about who runs Tarsin.", "Who runs Tarsin?"),
        ("It is not known whether they will accept the text.", "Will they accept the text?"),
        ("They have not said if the guards would come.", "Would the guards come?"),
        ("Ostrel has not decided whether to open the road.", "Will Ostrel open the road?"),
    ],
)  # fmt: skip
def test_question_is_turned_round_when_the_sentence_asks_it_indirectly(
    text: str, asked: str
) -> None:
    """Subject and auxiliary exchanged, in the source's words."""
    assert _question(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ostrel insists that the road be opened.", "Will the road be opened?"),
        ("Ostrel has asked Halden to open the road.", "Will Halden open the road?"),
        ("Halden rejected the map of the line.", "Will Halden accept the map of the line?"),
        ("Halden is ready to sign the map.", "Will Halden sign the map?"),
        ("The minister said Halden would not open the road.", "Will Halden open the road?"),
        ("The number has not been agreed.", "What will be decided on the number?"),
        ("There is no date for the next round.", "What is the date for the next round?"),
        ("The envoy said the list was complete.", "Was the list complete?"),
        ("Nothing suggests that Ada Marr is about to give way.", "Is Ada Marr about to give way?"),
    ],
)  # fmt: skip
def test_question_is_about_what_is_wanted_or_refused(text: str, asked: str) -> None:
    """Whether it comes, is accepted, or is so."""
    assert _question(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("“They shook hands. And did they sign?”", "Did they sign?"),
        ("Will the U.S. accept it?", "Will the U.S. accept it?"),
        ("– Quand le Conseil se prononcera-t-il ?", "Quand le Conseil se prononcera-t-il ?"),
    ],
)
def test_question_stands_alone_when_the_line_asks_it(text: str, asked: str) -> None:
    """Without what is said before it, and not cut at an abbreviation."""
    assert _question(text) == asked


def test_a_word_of_asking_is_not_lost_when_what_is_to_come_is_asked() -> None:
    """ "Who would declare it" is no "will who declare it"; another clause's word does no harm."""
    assert "Will who" not in _question("It doesn't mention the law, nor who would declare its end.")
    told = _question("The man who has to decide, Ada Marr, will not come to the talks.")
    assert told == "Will the man who has to decide, Ada Marr, come to the talks?"


def test_we_is_the_party_of_the_one_who_speaks() -> None:
    """A question is nobody's own voice."""
    said = Voice(speaker="Ada Marr", party="Halden")
    assert _question("We will not open the road.", voice=said) == "Will Halden open the road?"
    assert "“" in _question("I cannot tell you my plan for us.")


@pytest.mark.parametrize("why", list(QuestionReason))
def test_question_quotes_the_statement_when_the_sentence_leaves_nothing_to_ask(
    why: QuestionReason,
) -> None:
    """The question for the reason, the source's words behind it."""
    asked = _question("Two of the five “points”.", why)
    if why == QuestionReason.TERM_UNDEFINED:
        assert asked == "What does “points” mean?"
    else:
        assert asked.split()[0] in {"What", "How", "Who", "Which"}
        assert asked.endswith(": “Two of the five ‘points’”?")


@pytest.mark.parametrize(
    "text",
    [
        "He gave no particulars.",
        "The envoy Ada Marr did not elaborate.",
        "Marr has given no further details.",
    ],
)
def test_question_is_about_the_line_before_when_a_line_only_says_that_no_more_is_told(
    text: str,
) -> None:
    """ "He gave no particulars": of what, the line before says."""
    assert questions.leans(text)
    before, line = (
        Line(n, said, 0, Turn(), ()) for n, said in enumerate(["Guards come.", text], 1)
    )
    asked = questions.question(line, QuestionReason.DETAILS_WITHHELD, None, before)
    assert asked == "What are the details of this: “Guards come”?"


@pytest.mark.parametrize(
    "text", ["He gave no date for the talks.", "They gave no details of the map."]
)
def test_line_leans_on_none_when_it_says_what_is_not_told(text: str) -> None:
    """It asks by itself."""
    assert not questions.leans(text)


def test_question_without_a_parser_quotes_the_statement() -> None:
    """Spanish has no parser here."""
    line = Line(1, "No hay fecha.", 0, Turn(), ())
    assert questions.question(line, WHY) == ("What will be decided on this: “No hay fecha”?")


_WORDS = st.sampled_from(
    "the rebels Ostrel not will said whether who that accept rejects map of to be , a and has "
    "how open wants we it agreed text no".split()
)


@given(st.lists(_WORDS, min_size=4, max_size=14))
def test_question_is_one_whatever_the_sentence(words: list[str]) -> None:
    """One line, one question mark at its end, no word twice in a row that the source has once."""
    asked = _question(" ".join(words) + ".")
    assert asked.endswith("?")
    assert asked.count("?") == 1
    assert asked[0].isupper() or not asked[0].isalpha()
    same = [one for one, other in pairwise(asked.split()) if one == other]
    assert not set(same) - set(words)


def test_no_question_has_half_a_verb_when_the_verb_was_an_apostrophe() -> None:
    """ "whether that's correct" is not turned into "Does that ’ correct?"."""
    assert finished("Does that ’ correct") is None
    assert finished("Whom does one ask about it") is None  # "depends on whom one asks"
    assert finished("Will the parties’ armies leave the city") is not None
