"""The matrix of faults: what becomes of each of them, played over real sockets.

``python -m tests.matrix`` writes docs/faults.md; tests/test_matrix.py holds that it is current.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarizer.attempts import Ledger
from summarizer.brief import PeaceTalksBrief
from summarizer.budget import Budget
from summarizer.circuit import Circuit
from summarizer.errors import ModelError, SummarizerError, TimedOut
from summarizer.model import Model
from summarizer.pipeline import brief_document, policy_of
from summarizer.progress import Progress
from summarizer.prompts import Prompt
from summarizer.response import RawAnswer
from summarizer.testing import FAULTS, Fault, ModelServer, answer
from summarizer.testing.request import Request
from tests import runs
from tests.runs import Clock
from tests.testing import samples

PAGE = Path(__file__).parent.parent / "docs" / "faults.md"
CALL = 180.0
"""Seconds that a call may take by default: a stalled one is given TIMEOUT, and counted as this."""
TIMEOUT = 0.4
INTERVAL = 0.05
"""Seconds between the bytes of the slow loris: within the limit of a read, as a real one is."""
NOW = datetime(2026, 11, 25, tzinfo=UTC)
PARTS = ("parties", "offers", "red_lines")
"""What is answered well before the fault, in the run that fails half-way."""


@dataclass
class Charges(Budget):
    """A budget that remembers what it was charged."""

    charges: list[int] = field(default_factory=list)

    def charge(self, tokens: int) -> None:
        """Count, and remember."""
        self.charges += [tokens] if tokens else []
        super().charge(tokens)


@dataclass
class Timed:
    """A model at whose side a clock goes on while it stalls."""

    model: Model
    clock: Clock

    def recall(self, prompt: Prompt, *, cap: int) -> RawAnswer | None:
        """It remembers nothing."""
        return self.model.recall(prompt, cap=cap)

    async def complete(self, prompt: Prompt, *, cap: int, most: int | None = None) -> RawAnswer:
        """A call; one that ran out of time took CALL seconds."""
        try:
            return await self.model.complete(prompt, cap=cap, most=most)
        except TimedOut as error:
            self.clock.time += CALL if error.status is None else 0.0
            raise


@dataclass(frozen=True)
class Ending:
    """How a run ended: a brief, or an error (any, so that a crash is seen), and what it took."""

    brief: PeaceTalksBrief | None
    error: Exception | None
    ledger: Ledger
    charges: Sequence[int]
    seconds: float

    @property
    def status(self) -> str:
        """The exit status of the command line."""
        if isinstance(self.error, SummarizerError):
            return str(self.error.exit_status)
        return "traceback" if self.error else "0"

    @property
    def seen(self) -> str:
        """What a person is told."""
        if isinstance(self.error, SummarizerError):
            return _steady(str(self.error))
        if self.brief is None:
            return f"traceback: {self.error!r}"
        warnings = [w for w in self.brief.provenance.warnings if w.kind != "unsupported"]
        if not warnings:
            return "the brief"
        more = f" (and {len(warnings) - 1} more)" if len(warnings) > 1 else ""
        where = f"{warnings[0].where}: " if warnings[0].where else ""
        return f"the brief, with the warning: {where}{warnings[0].message}{more}"

    @property
    def kept(self) -> PeaceTalksBrief | None:
        """The brief, or what the error has of it."""
        return self.error.partial if isinstance(self.error, ModelError) else self.brief


def stalls(fault: Fault) -> bool:
    """Whether it is only time that ends a call."""
    return fault.outcome == "TimedOut" and not fault.name.startswith("http_")


def _steady(message: str) -> str:
    """Without the port, and counts that depend on the wording of the prompt."""
    message = re.sub(r"http://127\.0\.0\.1:\d+/v1", "http://HOST/v1", message)
    counts = r"read [\d,]+ tokens of a prompt of at least [\d,]+"
    return re.sub(counts, "read N tokens of a prompt of at least M", message)


async def _run(base_url: str, strategy: str, fault: Fault) -> Ending:
    """One brief, from an endpoint that plays this fault."""
    settings = runs.settings(base_url, max_retries=4, max_reasks=None, strategy=strategy)
    clock, charges = Clock(), Charges()
    brief, error = None, None  # type: PeaceTalksBrief | None, Exception | None
    timeout = TIMEOUT if stalls(fault) else CALL
    async with aclosing(runs.model(base_url, timeout=timeout, now=lambda: NOW)) as model:
        ledger = Ledger(
            Timed(model, clock), policy_of(settings, model.endpoint), Circuit(clock=clock),
            clock=clock, sleep=clock.sleep, random=lambda: 1.0,
        )  # fmt: skip
        ledger.budget = charges
        try:
            brief = await brief_document(
                runs.document(), model, settings, Progress(), ledger=ledger
            )
        except Exception as caught:
            error = caught
    return Ending(brief, error, ledger, charges.charges, clock.time)


def lasting(fault: Fault) -> Ending:
    """The fault at every call."""
    with fault.serve(samples.GOOD, interval=INTERVAL, now=lambda: NOW) as stage:
        ending = asyncio.run(_run(stage.base_url, "single", fault))
        # Wherever a redirect leads to, nobody with our key or document arrives there.
        assert stage.elsewhere.request_count == 0
        return ending


def passing(fault: Fault) -> Ending | None:
    """The fault once, then all is well."""
    if not fault.listens:
        return None
    with fault.serve(samples.GOOD, times=1, interval=INTERVAL, now=lambda: NOW) as stage:
        return asyncio.run(_run(stage.base_url, "single", fault))


def half_way(fault: Fault) -> Ending | None:
    """Three parts are answered well, then the fault comes and stays."""
    if not fault.listens:
        return None
    play = fault.behaviour(samples.GOOD, interval=INTERVAL, now=lambda: NOW)

    def failing(request: Request) -> Any:
        asked = request.schema.get("properties", {})
        if not asked or any(part in asked for part in PARTS):
            good = {key: value for key, value in samples.draft().items() if key in asked}
            return answer(json.dumps(good or samples.draft()))
        return play

    with ModelServer(failing) as server:
        return asyncio.run(_run(server.base_url, "stepwise", fault))


@dataclass(frozen=True)
class Row:
    """One fault, and what became of the three runs."""

    fault: Fault
    always: Ending
    once: Ending | None
    later: Ending | None

    def cells(self) -> Iterator[str]:
        """The columns of the page."""
        yield f"`{self.fault.name}`"
        yield self.fault.description
        yield self.always.seen
        yield str(len(self.always.ledger.attempts))
        yield f"{self.always.seconds:g}"
        yield self._charged()
        yield self.always.status
        yield self._once()
        yield self._later()

    def _charged(self) -> str:
        answers = sum(a.tokens_out is not None or a.outcome == "ok" for a in self._charged_for())
        prompts = len(self.always.charges)
        return f"{prompts} + {answers}" if prompts else "0"

    def _charged_for(self) -> list[Any]:
        return [a for a in self.always.ledger.attempts if a.finish_reason]

    def _once(self) -> str:
        if self.once is None:
            return "–"
        calls = len(self.once.ledger.attempts)
        return f"{calls} {'call' if calls == 1 else 'calls'}, status {self.once.status}"

    def _later(self) -> str:
        if self.later is None:
            return "–"
        return f"{parts_kept(self.later)} of {len(PARTS)}, status {self.later.status}"


def parts_kept(ending: Ending) -> int:
    """How many of the parts that were answered well are in what is left of the brief."""
    good, kept = samples.draft(), ending.kept
    return sum(kept is not None and len(getattr(kept, p)) == len(good[p]) for p in PARTS)


def rows() -> list[Row]:
    """Every fault of the registry, played; those that stall side by side, first."""
    import instructor  # noqa: F401  # takes a second, which is no endpoint's fault
    import openai  # noqa: F401

    stalling = [fault for fault in FAULTS.values() if stalls(fault)]
    with ThreadPoolExecutor(len(stalling)) as pool:
        played = dict(zip(stalling, pool.map(_row, stalling), strict=True))
    return [played.get(fault) or _row(fault) for fault in FAULTS.values()]


def _row(fault: Fault) -> Row:
    return Row(fault, lasting(fault), passing(fault), half_way(fault))


HEAD = """# What becomes of every fault

Made by `python -m tests.matrix`, which plays each fault of `summarizer.testing.FAULTS` to the whole
pipeline, over a real socket. `tests/test_matrix.py` fails when this page is not what it makes, when
a row says "traceback", and when one loses a part that was finished. Each fault is played in three
runs, with the default settings of an own server (4 retries, 2 re-asks):

- **always**: the fault at every call. What a person is told, calls, seconds, what is charged to the
  token budget, exit status. The clock is a fake: waits have their random part at its most, and a
  call that stalls counts as the 180 s that it may take. Charged are *prompts + answers*; without a
  report of usage by estimate, and for an answer that was lost on the way the most it may cost.
- **once**: the fault at the first call, then good answers: calls, exit status.
- **half-way**: of seven parts three are answered well, then the fault comes and stays: how many of
  the three are kept, in the brief or beside the error (`error.partial`, which the command line
  writes), exit status.

The deadline holds within 0.5 s for every fault that stalls or makes us wait, and the token budget
is overshot by one answer at most, whatever the fault: the same file tests it.

| fault | what it is | what the user sees | calls | seconds | charged | status | once | half-way |
| --- | --- | --- | --: | --: | --: | --: | --- | --- |
"""


def page(found: Sequence[Row]) -> str:
    """The page as it should be."""
    lines = ["| " + " | ".join(_cell(cell) for cell in row.cells()) + " |" for row in found]
    return HEAD + "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(rows()), encoding="utf-8")
