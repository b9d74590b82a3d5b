"""summarizer.capacity: what cannot fit is not sent, what was cut is noticed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from summarizer.capacity import LEAST_COUNT, check_fits, problem_of, text_of, tokens_of
from summarizer.errors import ContextTooSmall, ModelError, Refused, Truncated
from summarizer.response import RawAnswer
from summarizer.tokens import at_least
from tests.runs import a_prompt

PROMPT = a_prompt()
SENT = at_least(text_of(PROMPT))


def read(tokens_in: int | None, **changes: Any) -> ModelError | None:
    """What is wrong with a good answer when the server says it read so much."""
    answer = replace(RawAnswer("{}", "stop", tokens_in=tokens_in), **changes)
    return problem_of(PROMPT, answer)


@pytest.mark.parametrize("tokens_in", [LEAST_COUNT, SENT // 2, SENT - 1])
def test_cut_prompt_is_found_by_the_servers_own_count(tokens_in: int) -> None:
    """Fewer tokens than the text can have in any vocabulary: it was not read to the end."""
    problem = read(tokens_in)
    assert isinstance(problem, ContextTooSmall)
    assert f"{tokens_in:,} tokens" in str(problem)


@pytest.mark.parametrize("tokens_in", [None, 0, 7, LEAST_COUNT - 1, SENT, 10 * SENT])
def test_whole_prompt_is_not_called_cut(tokens_in: int | None) -> None:
    """No count, a count that is none, and every count that the text can have."""
    assert read(tokens_in) is None


def test_kept_answer_is_judged_like_a_new_one() -> None:
    """The answer to a cut prompt is no better when it comes from an earlier run."""
    assert isinstance(read(LEAST_COUNT, kept=True), ContextTooSmall)


def test_cut_prompt_is_why_an_answer_was_cut() -> None:
    """Truncated would lead to a larger cap; a refusal stays a refusal."""
    assert isinstance(read(LEAST_COUNT, finish_reason="length"), ContextTooSmall)
    assert isinstance(read(SENT, finish_reason="length"), Truncated)
    assert isinstance(read(LEAST_COUNT, refusal="No."), Refused)


def test_prompt_that_cannot_fit_is_not_sent() -> None:
    """Counted before anything is paid; what might fit is left to the server to judge."""
    with pytest.raises(ContextTooSmall, match=r"context of 4,096"):
        check_fits(PROMPT, 16_000, 4_096)
    check_fits(PROMPT, 16_000, tokens_of(PROMPT) + 600)
    check_fits(PROMPT, 16_000, None)


def test_context_error_prints_nothing_of_the_document() -> None:
    """Numbers only."""
    with pytest.raises(ContextTooSmall) as caught:
        check_fits(PROMPT, 9, 100)
    assert "Norland" in text_of(PROMPT)
    assert "Norland" not in f"{caught.value} {caught.value!r}"
