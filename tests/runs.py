"""Runs for the tests: a document, settings for a scripted server, clocks that need no waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from summarizer.brief import PeaceTalksBrief
from summarizer.documents import Document, from_text
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.model import Model
from summarizer.pipeline import summarize
from summarizer.prompts import Prompt, make_prompt
from summarizer.settings import Settings
from tests.testing import samples

KEY = "sk-planted-4711"
GOOD = samples.GOOD
TEXT = samples.TEXT


def document(text: str = TEXT) -> Document:
    """The document that the good answer belongs to."""
    return from_text(text)


def a_prompt() -> Prompt:
    """The prompt for it."""
    return make_prompt(document())


def settings(base_url: str, **changes: Any) -> Settings:
    """Settings for a scripted server: no waits, unless a test asks for them."""
    usual: dict[str, Any] = {
        "base_url": base_url,
        "model": "scripted",
        "api_key": KEY,
        "max_retries": 0,
        "max_reasks": 0,
        "cache": False,
    }
    return Settings(**{**usual, **changes})


def endpoint(base_url: str, **changes: Any) -> Endpoint:
    """The scripted server as an endpoint."""
    return choose_endpoint(settings(base_url, **changes))


def model(base_url: str, **changes: Any) -> Model:
    """A model at the scripted server."""
    return Model(endpoint(base_url), **changes)


def brief(base_url: str, **changes: Any) -> PeaceTalksBrief:
    """A brief of the document by the scripted server."""
    return summarize(text=TEXT, settings=settings(base_url, **changes))


@dataclass
class Clock:
    """A clock that only sleeping moves; ``slept`` are the waits, in seconds."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Wait without waiting."""
        self.slept.append(seconds)
        self.time += seconds
