"""summarizer.tokens: an estimate that is near, and a bound that holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.prompts import load_template
from summarizer.tokens import at_least, estimated


def test_estimate_is_near_what_a_tokenizer_counts() -> None:
    """The system template has 17,000 characters of English; Qwen's vocabulary has 4 to a token."""
    body = load_template("extract").body
    assert len(body) / 4.3 < estimated(body) < len(body) / 3.2


def test_bound_is_near_the_estimate_in_english() -> None:
    """A quarter of a prompt cannot go missing unnoticed."""
    body = load_template("extract").body
    assert 0.6 * estimated(body) < at_least(body) < estimated(body)


def test_other_scripts_take_more_tokens_for_fewer_characters() -> None:
    """Ukrainian takes about twice as many as English of the same length."""
    english, ukrainian = "The talks ended with no result.", "Переговори завершилися без успіху"
    ratio = (estimated(ukrainian) / len(ukrainian)) / (estimated(english) / len(english))
    assert 1.5 < ratio < 2.5


@given(st.text())
def test_bound_is_below_every_possible_count(text: str) -> None:
    """Not even a vocabulary of whole words takes fewer; a byte each is the most there can be."""
    assert at_least(text) <= len(text)
    assert estimated(text) >= 1


@given(st.text(alphabet="abc de.,'12", max_size=60), st.text(alphabet="abc de.,'12", max_size=60))
def test_bound_grows_with_the_text(one: str, other: str) -> None:
    """Of two texts a space apart none comes for free."""
    assert at_least(f"{one} {other}") >= max(at_least(one), at_least(other))


def test_long_run_of_punctuation_is_read_in_a_moment() -> None:
    """No text of a stranger makes the pattern slow."""
    assert at_least("._" * 200_000 + " ") == at_least("._" * 200_000 + "a") == 0
    assert at_least("._ " * 100_000) == 90_000
