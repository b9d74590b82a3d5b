"""One tiny call: does the model answer, and in which mode?"""

from __future__ import annotations

import time

from pydantic import BaseModel

from summarizer.attempts import Ledger, Policy
from summarizer.documents import from_text
from summarizer.endpoints import Endpoint
from summarizer.progress import Progress
from summarizer.prompts import Prompt
from summarizer.sessions import open_model
from summarizer.settings import Settings

PROBE_CAP = 1_000


class Ready(BaseModel):
    """The answer of a model that works."""

    ready: bool


async def probe(endpoint: Endpoint, settings: Settings) -> str:
    """Ask for one word; returns how it went. Raises ModelError when the model does not answer.

    The cap leaves room for models that think before they speak.
    """
    messages = [{"role": "user", "content": 'Answer with the JSON {"ready": true}.'}]
    prompt = Prompt(messages, Ready, "probe", ())
    document = from_text("Are you ready to answer?")
    async with open_model(endpoint, settings, [document], Progress()) as model:
        ledger = Ledger(model, Policy(max_retries=0))
        began = time.monotonic()
        answer = await ledger.ask(prompt, step="probe", cap=PROBE_CAP)
        seconds = f"{time.monotonic() - began:.1f} s"
        if '"ready"' not in answer.text:
            return f"yes, in {seconds}, but not with the JSON that was asked for by {model.mode}"
        return f"yes, in {seconds}, structured output by {model.mode}"
