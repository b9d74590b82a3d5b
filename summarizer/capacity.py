"""Capacity: whether a prompt fits a model's context, and whether it arrived whole (pure)."""

from __future__ import annotations

from functools import lru_cache

from summarizer.errors import ContextTooSmall, ModelError, Truncated
from summarizer.prompts import Prompt
from summarizer.response import RawAnswer
from summarizer.tokens import CERTAIN, estimated, pieces

LEAST_COUNT = 512
"""Prompt tokens below which a reported count is no sign of a cut: no server is run with a
context so small, so it is the count that is wrong."""
LEAST_ANSWER = 500
"""Output tokens without which asking is no use."""


def text_of(prompt: Prompt) -> str:
    """Everything that is said in a prompt."""
    return "\n".join(message["content"] for message in prompt.messages)


def tokens_of(prompt: Prompt) -> int:
    """About how many tokens a prompt takes; where the schema is one of them is not known."""
    return estimated(text_of(prompt))


def _least(prompt: Prompt) -> int:
    """How many tokens a prompt takes at least."""
    system, *others = (message["content"] for message in prompt.messages)
    return int(CERTAIN * (_pieces_of_system(system) + sum(map(pieces, others))))


@lru_cache(maxsize=16)
def _pieces_of_system(text: str) -> int:
    """Counted once: it is the same for all documents, and longer than most of them."""
    return pieces(text)


def check_fits(prompt: Prompt, cap: int, context: int | None) -> None:
    """Raise ContextTooSmall for a prompt that cannot fit, before anything is sent.

    ``context`` is what the server says it has, in tokens; None: it does not say. What might
    fit is sent.
    """
    if context is None:
        return
    needed = _least(prompt) + min(cap, LEAST_ANSWER)
    if needed > context:
        raise ContextTooSmall(
            f"the prompt and an answer take {needed:,} tokens or more, and the server has a "
            f"context of {context:,}: use a model with a larger one, or a shorter document"
        )


def problem_of(prompt: Prompt, answer: RawAnswer) -> ModelError | None:
    """What is wrong with an answer to a prompt; None: nothing that can be seen from outside."""
    problem = answer.problem()
    if problem is None or isinstance(problem, Truncated):
        return _cut_prompt(prompt, answer) or problem
    return problem


def _cut_prompt(prompt: Prompt, answer: RawAnswer) -> ContextTooSmall | None:
    """Some servers cut a prompt that is too long and answer to the rest without a word."""
    read = answer.tokens_in
    if read is None or read < LEAST_COUNT:
        return None
    sent = _least(prompt)
    if read >= sent:
        return None
    return ContextTooSmall(
        f"the server read {read:,} tokens of a prompt of at least {sent:,}: it cuts what is too "
        "long for its context; give it a larger one (Ollama: OLLAMA_CONTEXT_LENGTH)",
        raw_answer=answer.text,
    )
