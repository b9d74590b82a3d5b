"""summarize(): the story from a document to a brief, readable on one screen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Unpack, overload

from summarizer.answers import read_answer
from summarizer.attempts import Ledger, Policy
from summarizer.blocking import run
from summarizer.brief import PeaceTalksBrief, Provenance, Warning
from summarizer.cache import AnswerCache, CachedModel, remembering
from summarizer.collisions import with_findings
from summarizer.dialogue import as_warning
from summarizer.documents import Document, from_text, load_for
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.errors import InvalidOutput, ModelError, SettingsError
from summarizer.extraction import Extraction, Options, fast, single, stepwise
from summarizer.grounding import ground
from summarizer.languages import NAMES, Language
from summarizer.leaks import without_leaks
from summarizer.losses import losses, with_warnings
from summarizer.model import Model
from summarizer.prices import total
from summarizer.progress import Progress
from summarizer.prompts import LARGE, SMALL, load_template, prompt_version
from summarizer.reading import Strategy, in_windows
from summarizer.response import whole_characters
from summarizer.sessions import OUTPUT_CAPS, open_model, strategy_of, window_size
from summarizer.settings import Settings, SettingsOverrides, load_settings, with_overrides
from summarizer.validation import mend, unknown_sentences
from summarizer.version import __version__

__all__ = ["asummarize", "brief_from_answer", "finished", "losses", "summarize"]

Source = str | os.PathLike[str]
Sources = list[str] | list[Path] | list[Source] | tuple[Source, ...]


@overload
def summarize(
    source: Source | None = None,
    *,
    text: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> PeaceTalksBrief: ...
@overload
def summarize(
    source: Sources,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> list[PeaceTalksBrief]: ...
def summarize(source: Any = None, **arguments: Any) -> Any:
    """A grounded brief of a document about peace negotiations.

    ``source`` is a path, an address, ``"-"`` for standard input, or a list of them (a brief of
    each); ``text=`` takes a text instead. Settings come from ``settings``, or from the environment
    and the config file; any keyword of ``SettingsOverrides`` goes over them (``model=``,
    ``base_url=``, ``strategy=``, …). Works inside a running event loop, in a thread of its own.

    Raises InputError, SettingsError, ModelError and their kinds (``summarizer.errors``).
    """
    return run(lambda: asummarize(source, **arguments))


@overload
async def asummarize(
    source: Source | None = None,
    *,
    text: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> PeaceTalksBrief: ...
@overload
async def asummarize(
    source: Sources,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> list[PeaceTalksBrief]: ...
async def asummarize(
    source: Source | Sources | None = None,
    *,
    text: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> Any:
    """``summarize`` as a coroutine: the same arguments, results and errors."""
    if (source is None) == (text is None):
        raise SettingsError("give either a source or text=")
    chosen = with_overrides(settings, overrides) if settings else load_settings(overrides)
    if isinstance(source, list | tuple):
        documents = [load_for(_path(path), chosen) for path in source]
        return await brief_documents(documents, chosen, progress=progress)
    if text is not None:
        document = from_text(text, max_chars=chosen.max_chars)
    else:
        document = load_for(_path(source), chosen)
    return (await brief_documents([document], chosen, progress=progress))[0]


def _path(source: object) -> Source:
    if isinstance(source, str | os.PathLike):
        return source
    raise SettingsError(f"a source is a path or a list of paths, not {type(source).__name__}")


async def brief_documents(
    documents: Sequence[Document], settings: Settings, *, progress: Progress | None = None
) -> list[PeaceTalksBrief]:
    """One brief per document, with one model for all of them."""
    if not documents:
        return []
    progress = progress or Progress()
    endpoint = choose_endpoint(settings)
    cache = AnswerCache.open(settings.answers_dir) if settings.cache else None
    briefs: list[PeaceTalksBrief] = []
    async with open_model(endpoint, settings, documents, progress) as model:
        for document in documents:
            try:
                asked = remembering(model, cache)
                briefs.append(await brief_document(document, asked, settings, progress))
            except ModelError as error:
                error.finished = briefs
                raise
    return briefs


async def brief_document(
    document: Document,
    model: Model | CachedModel,
    settings: Settings,
    progress: Progress,
    *,
    ledger: Ledger | None = None,
) -> PeaceTalksBrief:
    """Extract, ground and check one document with an open model.

    ``ledger``: who makes the calls, if not one of its own with the settings' policy. Raises a
    ModelError; where parts of the document were finished before it, their brief is its
    ``partial``.
    """
    policy = policy_of(settings, model.endpoint)
    ledger = ledger or Ledger(model, policy, model.circuit, on_attempt=progress.attempt)
    extraction = await extract(document, model.endpoint, ledger, settings, progress)
    progress.step("grounding")
    notes = [Warning(kind="fallback", message=note) for note in model.notes]
    if model.endpoint.kind == "embedded" and extraction.strategy != "fast":
        notes.append(Warning(kind="notice", message=SMALL_MODEL))
    provenance = Provenance(
        **_maker(model, extraction),
        strategy=extraction.strategy,
        prompt_version=extraction.prompt_version,
        tool_version=__version__,
        created=ledger.answered or datetime.now(UTC),
        attempts=ledger.attempts,
        cost=total(ledger.attempts),
        warnings=[*reading_notes(document), *notes, *extraction.warnings],
    )
    brief = finished(ground(extraction.draft, document, provenance), settings.language)
    if extraction.failure is not None:
        extraction.failure.attempts, extraction.failure.partial = list(ledger.attempts), brief
        raise extraction.failure
    return brief


def _maker(model: Model | CachedModel, extraction: Extraction) -> dict[str, Any]:
    if extraction.strategy == "fast":
        return {"model": NO_MODEL, "endpoint": "embedded"}
    endpoint = model.endpoint
    return {"model": endpoint.name, "endpoint": endpoint.kind, "mode": model.mode}


def policy_of(settings: Settings, endpoint: Endpoint) -> Policy:
    """How often and how long to try at this endpoint."""
    return Policy(
        max_retries=settings.max_retries,
        deadline=settings.deadline,
        max_total_tokens=settings.max_total_tokens,
        # A cap that somebody chose is kept to.
        raise_cap=endpoint.kind != "embedded" and not _chosen_cap(settings),
    )


def _chosen_cap(settings: Settings) -> bool:
    named = {"max_tokens", "max_completion_tokens"} & set(settings.params)
    return settings.max_output_tokens is not None or bool(named)


async def extract(
    document: Document, endpoint: Endpoint, ledger: Ledger, settings: Settings, progress: Progress
) -> Extraction:
    """Run the strategy that the settings, or the model, ask for."""
    small = endpoint.kind == "embedded"
    options = Options(
        system=SMALL if small else LARGE,
        cap=settings.max_output_tokens or OUTPUT_CAPS[endpoint.kind],
        language=NAMES[settings.language],
        max_reasks=REASKS[endpoint.kind] if settings.max_reasks is None else settings.max_reasks,
        on_step=progress.step,
        window=window_size(document, endpoint, settings),
        at_once=1 if small else WINDOWS_AT_ONCE,
        split_when_cut=not small,
    )
    name = strategy_of(settings, endpoint)
    if name == "fast":
        return await fast(document, ledger, options)
    strategies: dict[str, Strategy] = {"single": single, "stepwise": stepwise}
    return await in_windows(strategies[name], document, ledger, options)


WINDOWS_AT_ONCE = 4
"""Windows of one document that are read at the same time; the embedded model reads one."""
NO_MODEL = "no language model"
"""What stands for the model where sentences were selected and none was asked."""
REASKS = {"hosted": 2, "self-hosted": 2, "embedded": 0}
"""Times that faults go back to the model by default: the embedded one does not mend them."""
SMALL_MODEL = (
    "made by a small model on this machine: it misses most of what a document holds, and what it "
    "lists can be wrong; check every line, or use a larger model"
)


def brief_from_answer(
    document: Document, answer: str, *, system: str = LARGE, language: Language = "en"
) -> PeaceTalksBrief:
    """Everything after the model, on an answer that was obtained elsewhere.

    Raises InvalidOutput when the answer is no draft, or cites sentences that the document does
    not have: then it belongs to another document, or another segmentation.
    """
    read = read_answer(whole_characters(answer))
    unknown = unknown_sentences(read.draft, len(document.sentences))
    if unknown:
        more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
        raise InvalidOutput(
            f"the answer {', '.join(unknown[:3])}{more}, but the document has sentences 1 to "
            f"{len(document.sentences)}: is it an answer to this document's prompt?"
        )
    mended = mend(read.draft, len(document.sentences))
    draft, leaked = without_leaks(mended.draft, document, load_template(system).example_names)
    warnings = [as_warning(fault) for fault in (*read.faults, *mended.faults)]
    provenance = Provenance(
        model="answer obtained elsewhere",
        endpoint="answer",
        strategy="answer",
        prompt_version=prompt_version(system, language=NAMES[language]),
        tool_version=__version__,
        created=datetime.now(UTC),
        warnings=[*reading_notes(document), *warnings, *leaked],
    )
    return finished(ground(draft, document, provenance), language)


def reading_notes(document: Document) -> list[Warning]:
    """What happened when the document was read: furniture removed, hyphens joined, …"""
    return [Warning(kind="notice", where=document.id, message=note) for note in document.notes]


def finished(brief: PeaceTalksBrief, language: Language = "en") -> PeaceTalksBrief:
    """The brief with title, language and findings, and a warning for what is not supported."""
    title = brief.title or brief.sources[0].title or "Untitled"
    named = brief.model_copy(update={"title": title, "language": language})
    return with_warnings(with_findings(named))
