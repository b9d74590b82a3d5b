"""Answers: chat completions of the scripted endpoint.

The shape is that of OpenAI's ``POST /v1/chat/completions``
(https://platform.openai.com/docs/api-reference/chat/object).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from summarizer.testing.reply import Billed, Reply
from summarizer.testing.request import Request

CHARACTERS_PER_TOKEN = 4
"""For the estimate of usage where none is given; the usual rule of thumb for English."""


@dataclass(frozen=True)
class Usage:
    """Tokens of one call, as an endpoint reports them; ``cached`` is part of ``prompt``."""

    prompt: int
    completion: int
    cached: int = 0

    def as_json(self) -> dict[str, Any]:
        """The ``usage`` object of a chat completion."""
        return {
            "prompt_tokens": self.prompt,
            "completion_tokens": self.completion,
            "total_tokens": self.prompt + self.completion,
            "prompt_tokens_details": {"cached_tokens": self.cached},
        }


UsageReport = Usage | Mapping[str, Any] | Literal["estimated"] | None


def tokens(text: str) -> int:
    """A rough count of the tokens of ``text``: a quarter of its characters, at least 1."""
    return max(1, len(text) // CHARACTERS_PER_TOKEN)


def tool_call(name: str, arguments: str, *, call_id: str = "call_1") -> dict[str, Any]:
    """One entry of ``tool_calls``; ``arguments`` is the raw text the model wrote."""
    return {
        "id": call_id,
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }


def completion(
    content: str | None,
    *,
    usage: Mapping[str, Any] | None = None,
    finish_reason: str | None = "stop",
    refusal: str | None = None,
    tool_calls: Sequence[Mapping[str, Any]] | None = None,
    model: str = "scripted-model",
) -> dict[str, Any]:
    """The body of a chat completion with one choice; ``usage`` None leaves the key out.

    >>> completion("Hello.")["choices"][0]["message"]["content"]
    'Hello.'
    """
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal}
    if tool_calls is not None:
        message["tool_calls"] = list(tool_calls)
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}
    body: dict[str, Any] = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [choice],
    }
    return body if usage is None else body | {"usage": dict(usage)}


@dataclass(frozen=True)
class Answer:
    """A behaviour that answers with one chat completion; see ``answer`` for the fields."""

    content: str | None
    usage: UsageReport = "estimated"
    finish_reason: str | None = "stop"
    refusal: str | None = None
    tool_calls: Sequence[Mapping[str, Any]] | None = None
    model: str | None = None
    verbatim: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0

    def __call__(self, request: Request) -> Reply:
        """The reply to ``request``."""
        body = json.dumps(self._body(request), ensure_ascii=False)
        return Reply(
            # A lone surrogate cannot be UTF-8; JSON's own escape carries it over the wire.
            body=body.encode("utf-8", "backslashreplace"),
            headers=self.headers,
            delay=self.delay,
            billed=self._billed(request),
        )

    def _body(self, request: Request) -> dict[str, Any]:
        called = self._as_tool_call(request)
        return completion(
            None if called else self.content,
            usage=self._usage(request),
            finish_reason=self._finish_reason(request) if called else self.finish_reason,
            refusal=self.refusal,
            tool_calls=called or self.tool_calls,
            model=self.model or request.model,
        )

    def _as_tool_call(self, request: Request) -> list[dict[str, Any]] | None:
        """The content as the call of the tool that the request offers, if it offers one."""
        declined = request.payload.get("tool_choice") == "none"
        given = self.tool_calls is not None or self.content is None
        if self.verbatim or given or declined or not request.tools:
            return None
        return [tool_call(_chosen_tool(request), self.content or "")]

    def _finish_reason(self, request: Request) -> str | None:
        """OpenAI says ``stop`` after a tool that was forced by name, else ``tool_calls``."""
        forced = isinstance(request.payload.get("tool_choice"), dict)
        return "tool_calls" if self.finish_reason == "stop" and not forced else self.finish_reason

    def _usage(self, request: Request) -> Mapping[str, Any] | None:
        if self.usage == "estimated":
            billed = self._billed(request)
            return Usage(billed.prompt, billed.completion).as_json()
        return self.usage.as_json() if isinstance(self.usage, Usage) else self.usage

    def _billed(self, request: Request) -> Billed:
        if isinstance(self.usage, Usage):
            return Billed(self.usage.prompt, self.usage.completion, calls=1)
        return Billed(tokens(request.prompt), tokens(self.content or self.refusal or ""), calls=1)


def answer(
    content: str | None,
    *,
    usage: UsageReport = "estimated",
    finish_reason: str | None = "stop",
    refusal: str | None = None,
    tool_calls: Sequence[Mapping[str, Any]] | None = None,
    model: str | None = None,
    request_id: str | None = None,
    verbatim: bool = False,
    delay: float = 0.0,
) -> Answer:
    """A behaviour that answers every request with ``content``.

    ``usage`` is estimated from the lengths unless given (a plain mapping is sent as it is, None
    leaves it out); ``model`` is the one that was asked for unless given; ``request_id`` is sent
    as ``x-request-id`` in place of the server's running number. Where the request offers tools,
    the content is sent as the arguments of a call of that tool, as a well-behaved endpoint
    does; ``verbatim`` sends it as content all the same. ``delay`` is in seconds.
    """
    return Answer(
        content,
        usage=usage,
        finish_reason=finish_reason,
        refusal=refusal,
        tool_calls=tool_calls,
        model=model,
        verbatim=verbatim,
        headers={} if request_id is None else {"x-request-id": request_id},
        delay=delay,
    )


def _chosen_tool(request: Request) -> str:
    choice = request.payload.get("tool_choice")
    if isinstance(choice, dict) and isinstance(choice.get("function"), dict):
        return str(choice["function"].get("name", request.tools[0]))
    return request.tools[0]
