"""What an endpoint sent back, before anything of it is read, whatever its vendor and shape."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from summarizer.errors import ContentFiltered, InvalidOutput, ModelError, Refused, Truncated

MOST_TOKENS = 20_000_000
"""More than any model reads or writes in one call."""


@dataclass(frozen=True)
class RawAnswer:
    """What came back from one call, before anything of it is read.

    ``cost`` is in US dollars, None when nobody knows the price; ``kept`` is true for an answer
    of an earlier run, which is not paid for again. ``received``: when it came; None, just now.
    """

    text: str
    finish_reason: str | None = None
    refusal: str | None = None
    request_id: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    cost: Decimal | None = None
    kept: bool = False
    received: datetime | None = None

    @property
    def was_cut(self) -> bool:
        """Whether the cap on output tokens ended it."""
        return self.finish_reason in {"length", "max_tokens", "MAX_TOKENS"}

    def problem(self) -> ModelError | None:
        """Refusal, filter, truncation and emptiness are their own outcomes, never bad JSON."""
        if self.refusal:
            return Refused("the model refused to answer", raw_answer=self.refusal)
        if self.finish_reason in {"content_filter", "safety", "SAFETY"}:
            message = "the provider's content filter cut the answer"
            return ContentFiltered(message, raw_answer=self.text)
        if self.was_cut:
            message = "the answer was cut off at the cap on output tokens"
            return Truncated(message, raw_answer=self.text)
        if not self.text.strip():
            return InvalidOutput("the endpoint answered without any content")
        return None


def read_response(response: Any) -> RawAnswer:
    """Any vendor's response as a RawAnswer; never raises on odd shapes."""
    usage = getattr(response, "usage", None)
    details = getattr(usage, "prompt_tokens_details", None)
    text, finish_reason, refusal = _content(response)
    return RawAnswer(
        text=text,
        finish_reason=_text(finish_reason) or None,
        refusal=_text(refusal) or None,
        request_id=_text(getattr(response, "_request_id", None)) or None,
        tokens_in=_number(usage, "prompt_tokens", "input_tokens"),
        tokens_out=_number(usage, "completion_tokens", "output_tokens"),
        tokens_cached=_number(details, "cached_tokens"),
    )


def failure_in(response: Any) -> bool:
    """Whether a response with status 200 is an error object, as some gateways send."""
    return bool(getattr(response, "error", None)) and not getattr(response, "choices", None)


def _number(holder: Any, *names: str) -> int | None:
    """The first count that is one: an impossible number must not pay into, or use up, a budget."""
    values = (getattr(holder, name, None) for name in names)
    counts = (value for value in values if isinstance(value, int) and not isinstance(value, bool))
    return next((count for count in counts if 0 <= count <= MOST_TOKENS), None)


def _text(value: Any) -> str:
    return whole_characters(value) if isinstance(value, str) else ""


def whole_characters(text: str) -> str:
    """``text`` without halves of surrogate pairs, as they are or as JSON escapes.

    No file can hold them: a brief with one in it could not be written.
    """
    text = _HALF.sub("\ufffd", text)
    return _ESCAPE.sub(lambda m: m[0] if m["whole"] else "\\ufffd", text)


_HALF = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(
    r"(?P<whole>\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


def _content(response: Any) -> tuple[str, Any, Any]:
    """Text, finish reason and refusal of OpenAI's and Anthropic's shapes."""
    choices = getattr(response, "choices", None)
    if isinstance(choices, list) and choices:
        return _of_choice(choices[0])
    blocks = getattr(response, "content", None)
    if isinstance(blocks, list):
        inputs = [block.input for block in blocks if getattr(block, "type", "") == "tool_use"]
        text = json.dumps(inputs[0]) if inputs else _joined(blocks)
        return text, getattr(response, "stop_reason", None), None
    return _text(getattr(response, "text", None)), None, None


def _of_choice(choice: Any) -> tuple[str, Any, Any]:
    message = getattr(choice, "message", None)
    calls = getattr(message, "tool_calls", None)
    first = calls[0] if isinstance(calls, list) and calls else None
    arguments = _text(getattr(getattr(first, "function", None), "arguments", None))
    content = getattr(message, "content", None)
    text = arguments or (_joined(content) if isinstance(content, list) else _text(content))
    return text, getattr(choice, "finish_reason", None), getattr(message, "refusal", None)


def _joined(parts: list[Any]) -> str:
    """The text of the parts that have one: objects, or dicts where nothing typed them."""
    texts = (p.get("text") if isinstance(p, dict) else getattr(p, "text", None) for p in parts)
    return "".join(_text(text) for text in texts)
