"""Request: one HTTP request as the scripted endpoint received it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# The numbered source in a prompt. Only "\n" ends a line: a sentence may hold U+2028 and friends.
_NUMBERED = re.compile(r"^\[([0-9]{1,7})\] ?(.*?)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Request:
    """One request; ``repr`` shows neither headers nor body, so no key gets into a test log.

    ``number`` counts the server's requests from 1, ``connection`` its connections from 1;
    ``time`` is the server's clock in seconds (monotonic) when the request had arrived. Header
    names are lower case.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    time: float = 0.0
    number: int = 1
    connection: int = 1

    @cached_property
    def json(self) -> Any:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def payload(self) -> dict[str, Any]:
        """The body as a JSON object; empty where it is anything else."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def model(self) -> str:
        """The model that was asked for, or ``scripted-model``."""
        name = self.payload.get("model")
        return name if isinstance(name, str) and name else "scripted-model"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The chat messages that are objects."""
        messages = _list(self.payload.get("messages"))
        return [message for message in messages if isinstance(message, dict)]

    @property
    def prompt(self) -> str:
        """The text of all messages, one after the other."""
        return "\n".join(message_text(message) for message in self.messages)

    @property
    def tools(self) -> list[str]:
        """Names of the functions that the model may call."""
        tools = self.payload.get("tools")
        names = [_dig(tool, "function", "name") for tool in _list(tools)]
        return [name for name in names if isinstance(name, str)]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema asked for, by ``response_format`` or by the first tool; or empty."""
        asked = self.payload.get("response_format")
        found = _dig(asked, "json_schema", "schema")
        if found is None and self.tools:
            found = _dig(self.payload["tools"][0], "function", "parameters")
        return found if isinstance(found, dict) else {}

    @cached_property
    def source(self) -> dict[int, str]:
        """The numbered sentences (``[7] text``) of the user message that has most of them."""
        found: dict[int, str] = {}
        for message in self.messages:
            if message.get("role") == "user":
                sentences = numbered_sentences(message_text(message))
                found = max(found, sentences, key=len)
        return found


def numbered_sentences(text: str) -> dict[int, str]:
    """Every line ``[7] text`` of ``text`` by its number; of two with one number, the first."""
    found: dict[int, str] = {}
    for number, sentence in _NUMBERED.findall(text):
        found.setdefault(int(number), sentence)
    return found


def message_text(message: Mapping[str, Any]) -> str:
    """The text of one chat message: its string, or the text parts of its list."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    texts = [_dig(part, "text") for part in _list(content)]
    return "\n".join(text for text in texts if isinstance(text, str))


def _dig(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
