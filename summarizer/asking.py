"""A model is asked of unclear pairs whether two items are one: bounded, kept, and never needed.

One short call a pair, so that the answer to a pair is kept for whatever documents come with it.
The first call that fails ends the asking: the rules decide about the rest, and the brief says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import Field, ValidationError

from summarizer.attempts import Ledger
from summarizer.brief import Verdict, Warning
from summarizer.draft import DraftPart
from summarizer.errors import InvalidOutput, ModelError
from summarizer.prompts import Prompt, load_template, neutralised, new_fence, version_of
from summarizer.unclear import STEP, Pair

MAX_PAIRS = 8
"""Pairs of one brief that a model is asked about, the nearest to being one."""
CAP = 1_000
"""Tokens of an answer: one word, with room for models that think before they speak."""


class SameDraft(DraftPart):
    """What the model fills in."""

    same: bool = Field(description="whether [1] and [2] are one and the same item")


async def judged(
    pairs: Sequence[Pair], ledger: Ledger, *, model: str
) -> tuple[list[Verdict], list[Warning]]:
    """What the model says of the first ``MAX_PAIRS`` pairs, and a warning for what it did not."""
    asked = pairs[:MAX_PAIRS]
    verdicts: list[Verdict] = []
    for pair in asked:
        try:
            answer = await ledger.ask(same_prompt(pair), step=STEP, cap=CAP)
            same = read(answer.text)
        except InvalidOutput as error:
            ledger.mark_last(error, STEP)
            return verdicts, [_left(asked, verdicts, error)]
        except ModelError as error:
            return verdicts, [_left(asked, verdicts, error)]
        verdicts.append(_verdict(pair, same, model))
    return verdicts, []


def same_prompt(pair: Pair) -> Prompt:
    """The prompt for one pair; the same for the pair whichever of the two comes first."""
    template, fence = load_template("same"), new_fence()
    told = template.render()
    lines = [
        f"section: {pair.section.replace('_', ' ')}",
        f"party: {neutralised(', '.join(pair.holders)) or 'not said'}",
        f"[1] {neutralised(pair.one)}",
        f"[2] {neutralised(pair.other)}",
    ]
    return Prompt(
        messages=[
            {"role": "system", "content": told},
            {"role": "user", "content": "\n".join([fence, *lines, fence])},
        ],
        answer=SameDraft,
        version=version_of(template, [told], SameDraft.model_json_schema()),
        example_names=template.example_names,
    )


def read(text: str) -> bool:
    """Yes or no. Raises InvalidOutput for anything else."""
    start, end = text.find("{"), text.rfind("}")
    try:
        return SameDraft.model_validate(json.loads(text[start : end + 1]), strict=True).same
    except (ValueError, ValidationError, RecursionError):
        raise InvalidOutput("the answer is neither yes nor no", raw_answer=text) from None


def _verdict(pair: Pair, same: bool, model: str) -> Verdict:
    return Verdict(section=pair.section, statements=[pair.one, pair.other], same=same, model=model)


def _left(asked: Sequence[Pair], verdicts: Sequence[Verdict], error: ModelError) -> Warning:
    left = len(asked) - len(verdicts)
    return Warning(
        kind="fallback",
        message=f"{left} unclear pair{'s' if left != 1 else ''} left to the rules: {error}",
    )
