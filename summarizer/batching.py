"""batch(): many documents, a brief of each, and nothing lost or paid for twice on the way."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, Unpack

from summarizer.batchfolder import BatchFolder, name_of
from summarizer.blocking import run
from summarizer.brief import SCHEMA_VERSION, PeaceTalksBrief
from summarizer.cache import AnswerCache, remembering
from summarizer.documents import Document, load_for
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.errors import (
    BudgetExceeded,
    EndpointError,
    InternalError,
    OutputError,
    SettingsError,
    SummarizerError,
    UnreadableDocument,
)
from summarizer.limiter import Limiter
from summarizer.model import Model
from summarizer.pipeline import brief_document
from summarizer.progress import Progress
from summarizer.prompts import LARGE, SMALL, prompt_version
from summarizer.rendering.machine import to_json
from summarizer.sessions import open_model
from summarizer.settings import Settings, SettingsOverrides, load_settings, with_overrides
from summarizer.sources import OnSkip, Source, expand, is_address
from summarizer.spending import RationedModel, Spending, priced

Result = TypeVar("Result")
Forms = Mapping[str, Callable[[PeaceTalksBrief], str | bytes]]
"""How a brief is written, by the ending of the file."""

CONCURRENCY = {"hosted": 8, "self-hosted": 8, "embedded": 1}
"""Documents at a time, unless somebody says otherwise."""
GIVE_UP = 20
"""Documents in a row that the endpoint fails before the rest is left for another time."""
READERS = 4
"""Documents that are read at a time: a page comes over the network, a PDF is read in a process."""
SOME_FAILED = 7
"""Exit status of a batch that came to its end with failures."""


@dataclass
class Tally:
    """How a batch stands. ``skipped``: done by an earlier run; ``stopped``: why it ended early."""

    total: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    stopped: SummarizerError | None = None
    spending: Spending = field(default_factory=Spending)

    @property
    def left(self) -> int:
        """Documents that nobody has begun."""
        return self.total - self.done - self.failed - self.skipped

    @property
    def exit_status(self) -> int:
        """0: a brief of every document; 7: some failed; else that of what stopped the batch."""
        if self.stopped:
            return self.stopped.exit_status
        return SOME_FAILED if self.failed else 0


class BatchProgress(Progress):
    """Progress that is also told of documents."""

    def failed(self, name: str, error: SummarizerError) -> None:
        """There is no brief of this document, and why."""

    def counted(self, tally: Tally) -> None:
        """A document has ended, or the batch has begun."""


def batch(sources: Iterable[Source], out: Source, **arguments: Any) -> Tally:
    """A brief of every document, in the folder ``out``: the arguments of ``abatch``."""
    return run(lambda: abatch(sources, out, **arguments))


async def abatch(
    sources: Iterable[Source],
    out: Source,
    *,
    settings: Settings | None = None,
    concurrency: int | None = None,
    resume: bool = False,
    forms: Forms | None = None,
    limit_tokens: int | None = None,
    limit_cost: Decimal | None = None,
    progress: BatchProgress | None = None,
    on_skip: OnSkip | None = None,
    tally: Tally | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> Tally:
    """A brief of every document, in the folder ``out``.

    ``sources``: files, folders, patterns, addresses. Per document a JSON file, and one for each
    of ``forms``; ``index.jsonl`` tells what was made, ``failures.jsonl`` what was not and why.
    ``resume`` skips what an earlier run has done and whose document is unchanged. At most
    ``concurrency`` documents at a time, fewer while the endpoint asks to slow down. No document
    is begun that would use more than ``limit_tokens``, or ``limit_cost`` US dollars, in all.
    ``tally`` is kept up to date, for whoever wants to know after an interrupt.

    A document that fails does not stop the others. Raises OutputError when ``out`` cannot be
    used or another batch is at work in it, and InputError and SettingsError before any work.
    """
    chosen = with_overrides(settings, overrides) if settings else load_settings(overrides)
    tally, progress = tally or Tally(), progress or BatchProgress()
    tally.spending = Spending(limit_tokens, limit_cost)
    endpoint = choose_endpoint(chosen)
    limiter = Limiter(_checked(concurrency, limit_cost, endpoint))
    names = documents_of(sources, out, on_skip=on_skip)
    cache = AnswerCache.open(chosen.answers_dir) if chosen.cache else None
    forms = {"json": to_json, **(forms or {})}
    with BatchFolder.open(Path(out), recipe_of(chosen, endpoint), resume=resume) as folder:
        waiting = [name for name in names if not folder.is_done(name, list(forms))]
        tally.total, tally.skipped = len(names), len(names) - len(waiting)
        progress.counted(tally)
        if waiting:
            sized = _loaded(waiting, chosen) if endpoint.kind == "embedded" else []
            async with open_model(endpoint, chosen, sized, progress) as model:
                work = _Batch(model, chosen, folder, forms, cache, limiter, tally, progress)
                await work.run(waiting)
    return tally


def _checked(concurrency: int | None, limit_cost: Decimal | None, endpoint: Endpoint) -> int:
    """The concurrency. Raises SettingsError for one that is none, or a cost that nobody knows."""
    if concurrency is not None and concurrency < 1:
        raise SettingsError(f"--concurrency must be at least 1, not {concurrency}")
    if limit_cost is not None and priced(1, 1, endpoint).cost is None:
        raise SettingsError(
            f"the price of {endpoint.name} is not known: use --limit-tokens, not --limit-cost"
        )
    return concurrency or CONCURRENCY[endpoint.kind]


def documents_of(
    sources: Iterable[Source], out: Source, *, on_skip: OnSkip | None = None
) -> list[str]:
    """Every document once, however often it is named; nothing of the batch's own folder.

    One that does not exist is among them, and fails when its turn comes. Raises
    UnreadableDocument when none of them exists.
    """
    home = os.path.join(os.path.abspath(out), "")
    found: dict[str, str] = {}
    for name in expand(sources, on_skip=on_skip):
        if is_address(name) or not os.path.abspath(name).startswith(home):
            found.setdefault(name_of(name), name)
    names = list(found.values())
    if not any(is_address(name) or os.path.exists(name) for name in names):
        told = f"{names[0]!r} does not exist" if names else "there is no document to make"
        raise UnreadableDocument(told)
    return names


def recipe_of(settings: Settings, endpoint: Endpoint) -> str:
    """A digest of everything but the document that makes a brief what it is."""
    without = {
        "api_key", "openai_api_key", "azure_api_key", "cache", "cache_dir", "timeout", "deadline",
        "max_retries", "max_total_tokens", "allow_private", "offline",
    }  # fmt: skip
    asked = settings.model_dump(mode="json", exclude=without)
    prompts = [prompt_version(LARGE), prompt_version(SMALL)]
    text = json.dumps([asked, endpoint.name, prompts, SCHEMA_VERSION], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _loaded(names: Sequence[str], settings: Settings) -> Iterator[Document]:
    """The documents one after the other, without those that cannot be read: they fail later."""
    for name in names:
        try:
            yield load_for(name, settings)
        except SummarizerError:
            continue


@dataclass
class _Batch:
    """One run over many documents with one open model."""

    model: Model
    settings: Settings
    folder: BatchFolder
    forms: Forms
    cache: AnswerCache | None
    limiter: Limiter
    tally: Tally
    progress: BatchProgress
    _failed_in_a_row: int = field(default=0, init=False)

    async def run(self, names: Sequence[str]) -> None:
        """All of them, as many at a time as the limiter lets through."""
        queue = iter(names)
        with _threads() as (self._reader, self._writer):
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.limiter.most, len(names))):
                    group.create_task(self._work(queue))

    async def _work(self, queue: Iterator[str]) -> None:
        for name in queue:
            async with self.limiter.document():
                if self.tally.stopped:
                    return
                await self._document(name)
            self.progress.counted(self.tally)

    async def _document(self, name: str) -> None:
        """One document to its brief or its failure: nothing that is wrong with it goes further."""
        asked = RationedModel(self.model, self.limiter, self.tally.spending)
        try:
            await self._brief(name, asked)
        except OutputError as error:
            self.tally.stopped = error
        except BudgetExceeded as error:
            if asked.begun:
                await self._failed(name, error)
            else:
                self.tally.stopped = error
        except SummarizerError as error:
            await self._failed(name, error)
        except Exception as error:
            # Its message may hold anything, the document's text included.
            told = f"an internal error, please report it: {type(error).__name__}"
            await self._failed(name, InternalError(told))
        finally:
            await asked.release()

    async def _brief(self, name: str, asked: RationedModel) -> None:
        document = await _in(self._reader, lambda: load_for(name, self.settings))
        way = remembering(asked, self.cache)
        brief = await brief_document(document, way, self.settings, self.progress)
        await _in(self._writer, lambda: self._write(name, brief))
        self.tally.done += 1
        self._failed_in_a_row = 0

    def _write(self, name: str, brief: PeaceTalksBrief) -> None:
        self.folder.add(name, brief, {end: form(brief) for end, form in self.forms.items()})

    async def _failed(self, name: str, error: SummarizerError) -> None:
        await _in(self._writer, lambda: self.folder.fail(name, error))
        self.tally.failed += 1
        self.progress.failed(name, error)
        self._failed_in_a_row += isinstance(error, EndpointError)
        if self._failed_in_a_row >= GIVE_UP:
            self.tally.stopped = error


@contextmanager
def _threads() -> Iterator[tuple[Executor, Executor]]:
    """Threads that read, and one that writes: what is being written at the end is waited for."""
    reader = ThreadPoolExecutor(READERS, thread_name_prefix="batch-read")
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="batch-write") as writer:
            yield reader, writer
    finally:
        reader.shutdown(wait=False, cancel_futures=True)


async def _in(executor: Executor, work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(executor, work)
