"""Recording: one call to a real endpoint as it is kept on disk, and the key it is kept under."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summarizer.testing.answers import Answer

Fence = str | re.Pattern[str] | None
"""A regular expression for what differs from run to run in a prompt, such as a delimiter."""

_SCHEMA_KEYS = ("response_format", "tools")
_NOT_ASKED = frozenset({"user", "safety_identifier", "metadata", "store", "prompt_cache_key"})


def request_key(payload: Mapping[str, Any], fence: Fence = None) -> str:
    """SHA-256 (hex) of the canonical JSON of what a chat request asks.

    Counted are model, messages, schema (``response_format``, ``tools``) and all parameters that
    bear on the answer; what ``fence`` matches in the messages counts as the word ``FENCE``.
    Canonical: keys sorted, no white space, whole floats as integers.
    """
    parameters = {
        key: value
        for key, value in payload.items()
        if key not in {"model", "messages", *_SCHEMA_KEYS} | _NOT_ASKED
    }
    asked = {
        "model": payload.get("model"),
        "messages": _unfenced(payload.get("messages"), fence),
        "schema": {key: payload.get(key) for key in _SCHEMA_KEYS},
        "parameters": parameters,
    }
    text = json.dumps(_whole(asked), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Recording:
    """What is kept of one call: the answer, and nothing of the request or its headers.

    ``usage`` has ``prompt_tokens``, ``completion_tokens`` and, where told, ``cached_tokens``;
    ``tool_calls`` name and arguments; ``seconds`` is how long the endpoint took.
    """

    key: str
    model: str
    content: str | None
    finish_reason: str | None
    usage: dict[str, int] | None
    seconds: float
    refusal: str | None = None
    tool_calls: list[dict[str, str]] | None = None

    @classmethod
    def of(cls, key: str, completion: Any, seconds: float) -> Recording:
        """The recording of a chat completion; raises ValueError where it is none."""
        try:
            choice = completion["choices"][0]
            message = choice["message"]
            return cls(
                key=key,
                model=_without_folder(str(completion.get("model", ""))),
                content=message.get("content"),
                finish_reason=choice.get("finish_reason"),
                usage=_usage(completion.get("usage")),
                seconds=round(seconds, 3),
                refusal=message.get("refusal"),
                tool_calls=_calls(message.get("tool_calls")),
            )
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            raise ValueError("the endpoint's answer is no chat completion") from error

    @classmethod
    def load(cls, path: Path) -> Recording:
        """Read a file; raises OSError, or ValueError when it is not the recording it is named."""
        try:
            recording = cls(**json.loads(path.read_text(encoding="utf-8")))
        except TypeError as error:
            raise ValueError("not a recording") from error
        if recording.key != path.stem:
            raise ValueError("the key inside is not the file's name")
        return recording

    def save(self, folder: Path) -> None:
        """Write ``folder/<key>.json``, whole or not at all; the same recording, the same bytes."""
        rare = {"refusal", "tool_calls"}
        fields = {k: v for k, v in asdict(self).items() if v is not None or k not in rare}
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{self.key}.{os.getpid()}.partial"
        text = json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True)
        # An answer may hold half a surrogate pair; inside JSON its escape means the same.
        partial.write_bytes(text.encode("utf-8", "backslashreplace") + b"\n")
        partial.replace(folder / f"{self.key}.json")

    def answer(self) -> Answer:
        """The behaviour that gives the recorded answer, with its time as a header."""
        calls = [
            {"id": f"call_{number}", "type": "function", "function": dict(call)}
            for number, call in enumerate(self.tool_calls or [], start=1)
        ]
        return Answer(
            self.content,
            usage=_reported(self.usage),
            finish_reason=self.finish_reason,
            refusal=self.refusal,
            tool_calls=calls or None,
            model=self.model,
            verbatim=True,
            headers={"openai-processing-ms": str(round(1000 * self.seconds))},
        )


def _unfenced(value: Any, fence: Fence) -> Any:
    if isinstance(value, str):
        return re.sub(fence, "FENCE", value) if fence else value
    if isinstance(value, list):
        return [_unfenced(entry, fence) for entry in value]
    if isinstance(value, dict):
        return {key: _unfenced(entry, fence) for key, entry in value.items()}
    return value


def _whole(value: Any) -> Any:
    """``value`` with 1.0 as 1: how a float is written says nothing about what was asked."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(entry) for entry in value]
    return {k: _whole(v) for k, v in value.items()} if isinstance(value, dict) else value


def _without_folder(model: str) -> str:
    """A local model may be named by its path, which is nobody else's business."""
    return re.split(r"[/\\]", model)[-1] if re.match(r"/|[A-Za-z]:\\", model) else model


def _usage(usage: Any) -> dict[str, int] | None:
    if usage is None:
        return None
    details = usage.get("prompt_tokens_details") or {}
    told = {
        "prompt_tokens": usage.get("prompt_tokens"),
        "completion_tokens": usage.get("completion_tokens"),
        "cached_tokens": details.get("cached_tokens"),
    }
    return {name: count for name, count in told.items() if count is not None}


def _reported(usage: Mapping[str, int] | None) -> dict[str, Any] | None:
    """The ``usage`` object of a chat completion."""
    if usage is None:
        return None
    counts: dict[str, Any] = {k: v for k, v in usage.items() if k != "cached_tokens"}
    counts["total_tokens"] = sum(counts.values())
    if "cached_tokens" in usage:
        counts["prompt_tokens_details"] = {"cached_tokens": usage["cached_tokens"]}
    return counts


def _calls(calls: Any) -> list[dict[str, str]] | None:
    if not calls:
        return None
    functions = [call["function"] for call in calls]
    return [{"name": f["name"], "arguments": f["arguments"]} for f in functions]
