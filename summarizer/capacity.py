"""Capacity: whether a prompt fits a model's context, and whether it arrived whole (pure)."""

from __future__ import annotations

from summarizer.errors import ContextTooSmall, ModelError, Truncated
from summarizer.prompts import Prompt
from summarizer.response import RawAnswer
from summarizer.tokens import at_least, estimated

LEAST_COUNT = 512
"""Prompt tokens below which a reported count is no sign of a cut: no server is run with a
context so small, so it is the count that is wrong."""
NEAR = 0.85
"""Share of the estimate that the bound never reaches, in any language that was measured."""
LEAST_ANSWER = 500
"""Output tokens without which asking is no use."""


def text_of(prompt: Prompt) -> str:
    """Everything that is said in a prompt."""
    return "\n".join(message["content"] for message in prompt.messages)


def tokens_of(prompt: Prompt) -> int:
    """About how many tokens a prompt takes; where the schema is one of them is not known."""
    return estimated(text_of(prompt))


def check_fits(prompt: Prompt, cap: int, context: int | None) -> None:
    """Raise ContextTooSmall for a prompt that cannot fit, before anything is sent.

    ``context`` is what the server says it has, in tokens; None: it does not say. What might
    fit is sent.
    """
    room = min(cap, LEAST_ANSWER)
    if context is None or 2 * tokens_of(prompt) + room <= context:
        return
    needed = at_least(text_of(prompt)) + room
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
    # Near the estimate nothing can be missing; the bound takes some milliseconds.
    if read is None or read < LEAST_COUNT or read > NEAR * tokens_of(prompt):
        return None
    sent = at_least(text_of(prompt))
    if read >= sent:
        return None
    return ContextTooSmall(
        f"the server read {read:,} tokens of a prompt of at least {sent:,}: it cuts what is too "
        "long for its context; give it a larger one (Ollama: OLLAMA_CONTEXT_LENGTH)",
        raw_answer=answer.text,
    )
