"""summarize(): the story from a document to a brief, readable on one screen."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Unpack, overload

from summarizer.answers import read_answer
from summarizer.asking import judged
from summarizer.attempts import Ledger, Policy
from summarizer.blocking import run
from summarizer.brief import Attempt, PeaceTalksBrief, Provenance, Verdict, Warning
from summarizer.cache import AnswerCache, CachedModel, remembering
from summarizer.collisions import with_findings
from summarizer.dialogue import as_warning
from summarizer.documents import Document, from_text, load_for
from summarizer.encoder import encoders_for
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.errors import InvalidOutput, ModelError, SettingsError, Unauthorised
from summarizer.extraction import Extraction, Options, selection, single, stepwise
from summarizer.glosses import glossed, unglossed
from summarizer.grounding import ground, with_doubts
from summarizer.languages import NAMES, Language
from summarizer.leaks import without_leaks
from summarizer.losses import losses, with_warnings
from summarizer.merging import merge, unclear_pairs
from summarizer.model import Model
from summarizer.offline import only_here
from summarizer.prices import total
from summarizer.progress import Progress
from summarizer.prompts import LARGE, SMALL, load_template, prompt_version
from summarizer.reading import Strategy, in_windows
from summarizer.response import whole_characters
from summarizer.sessions import OUTPUT_CAPS, open_model, strategy_of, window_size
from summarizer.settings import Settings, SettingsOverrides, load_settings, with_overrides
from summarizer.sources import expand
from summarizer.unclear import STEP
from summarizer.validation import mend, unknown_sentences
from summarizer.version import __version__
from summarizer.vocabulary import SELECTED

__all__ = ["asummarize", "brief_from_answer", "finished", "losses", "summarize"]

Source = str | os.PathLike[str]
Sources = list[str] | list[Path] | list[Source] | tuple[Source, ...]


@overload
def summarize(
    source: Source | Sources | None = None,
    *,
    text: str | None = None,
    each: Literal[False] = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> PeaceTalksBrief: ...
@overload
def summarize(
    source: Source | Sources,
    *,
    each: Literal[True],
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> list[PeaceTalksBrief]: ...
def summarize(source: Any = None, **arguments: Any) -> Any:
    """A grounded brief of a document about peace negotiations.

    ``source`` is a path, an address, ``"-"`` for standard input, a folder, a pattern, or a list
    of them; ``text=`` takes a text instead. Several documents make one brief, of one process;
    with ``each=True`` a list of briefs, one for every document. Settings come from ``settings``,
    or from the environment and the config file; any keyword of ``SettingsOverrides`` goes over
    them (``model=``, ``base_url=``, ``strategy=``, …). Works inside a running event loop, in a
    thread of its own.

    Raises InputError, SettingsError, ModelError and their kinds (``summarizer.errors``).
    """
    return run(lambda: asummarize(source, **arguments))


@overload
async def asummarize(
    source: Source | Sources | None = None,
    *,
    text: str | None = None,
    each: Literal[False] = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> PeaceTalksBrief: ...
@overload
async def asummarize(
    source: Source | Sources,
    *,
    each: Literal[True],
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> list[PeaceTalksBrief]: ...
async def asummarize(
    source: Source | Sources | None = None,
    *,
    text: str | None = None,
    each: bool = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **overrides: Unpack[SettingsOverrides],
) -> Any:
    """``summarize`` as a coroutine: the same arguments, results and errors."""
    if (source is None) == (text is None):
        raise SettingsError("give either a source or text=")
    chosen = with_overrides(settings, overrides) if settings else load_settings(overrides)
    with only_here(chosen.offline):
        if text is not None:
            documents = [from_text(text, max_chars=chosen.max_chars)]
        else:
            documents = load_documents(source, chosen)
        if each:
            return await brief_documents(documents, chosen, progress=progress)
        return await brief_process(documents, chosen, progress=progress)


def load_documents(sources: object, settings: Settings) -> list[Document]:
    """Every document that the sources name: files, addresses, and what is in folders."""
    listed = list(sources) if isinstance(sources, list | tuple) else [sources]
    skipped: list[str] = []
    names = expand(
        [_path(source) for source in listed], on_skip=lambda name, why: skipped.append(name)
    )
    loaded = [load_for(name, settings) for name in names]
    if skipped:
        named = ", ".join(os.path.basename(name) for name in skipped[:10])
        note = f"files left out, of no kind that can be read: {len(skipped)} ({named})"
        loaded[0] = replace(loaded[0], notes=(*loaded[0].notes, note))
    return loaded


def _path(source: object) -> Source:
    if isinstance(source, str | os.PathLike):
        return source
    raise SettingsError(f"a source is a path or a list of paths, not {type(source).__name__}")


async def brief_process(
    documents: Sequence[Document], settings: Settings, *, progress: Progress | None = None
) -> PeaceTalksBrief:
    """One brief of all documents. One that the model fails on is named, the others stand.

    Raises SettingsError without a document, Unauthorised, and the first error if all fail; that
    of a single document as it is.
    """
    made: list[PeaceTalksBrief] = []
    lost: list[tuple[Document, ModelError]] = []
    if not documents:
        raise SettingsError("there is no document: name one")
    if len(documents) == 1:
        return (await brief_documents(documents, settings, progress=progress))[0]
    progress = progress or Progress()
    async with _making(documents, settings, progress) as maker:
        for document in documents:
            try:
                made.append(await maker.brief(document))
            except Unauthorised as error:
                error.finished = made
                raise
            except ModelError as error:
                lost.append((document, error))
                made += [error.partial] if error.partial else []
        if not made:
            raise lost[0][1]
        verdicts, attempts, left = await maker.judge(made)
    return merge([_with(made[0], attempts, [*_lost(lost), *left]), *made[1:]], verdicts)


def _with(
    brief: PeaceTalksBrief, attempts: Sequence[Attempt], warnings: Sequence[Warning]
) -> PeaceTalksBrief:
    """The brief with calls and warnings that are of all documents: merging keeps them."""
    made = brief.provenance
    calls = [
        attempt.model_copy(update={"number": number})
        for number, attempt in enumerate([*made.attempts, *attempts], start=1)
    ]
    changes = {"attempts": calls, "cost": total(calls), "warnings": [*made.warnings, *warnings]}
    if not attempts:
        del changes["attempts"], changes["cost"]
    return brief.model_copy(update={"provenance": made.model_copy(update=changes)})


def _lost(lost: Sequence[tuple[Document, ModelError]]) -> list[Warning]:
    """A warning for every document that no brief could be made of."""
    return [
        Warning(
            kind="dropped",
            message=f"{_name(document)} is not in the brief, or not all of it: {error}",
        )
        for document, error in lost
    ]


def _name(document: Document) -> str:
    return document.origin or document.title or "a document"


async def brief_documents(
    documents: Sequence[Document], settings: Settings, *, progress: Progress | None = None
) -> list[PeaceTalksBrief]:
    """One brief per document, with one model for all of them."""
    if not documents:
        return []
    briefs: list[PeaceTalksBrief] = []
    async with _making(documents, settings, progress or Progress()) as maker:
        for document in documents:
            try:
                briefs.append(await maker.brief(document))
            except ModelError as error:
                error.finished = briefs
                raise
    return briefs


@dataclass(frozen=True)
class _Maker:
    """What makes a brief of a document, as long as its model is open."""

    model: Model
    cache: AnswerCache | None
    settings: Settings
    progress: Progress

    async def brief(self, document: Document) -> PeaceTalksBrief:
        """As ``brief_document``."""
        model = remembering(self.model, self.cache)
        return await brief_document(document, model, self.settings, self.progress)

    async def judge(
        self, briefs: Sequence[PeaceTalksBrief]
    ) -> tuple[list[Verdict], list[Attempt], list[Warning]]:
        """What the model says of pairs of which the rules cannot tell whether they are one."""
        endpoint = self.model.endpoint
        name = judge_of(self.settings, endpoint)
        pairs = unclear_pairs(briefs) if name else []
        if name is None or not pairs:
            return [], [], []
        self.progress.step(STEP)
        model = remembering(self.model, self.cache)
        policy = policy_of(self.settings, endpoint)
        ledger = Ledger(model, policy, model.circuit, on_attempt=self.progress.attempt)
        verdicts, warnings = await judged(pairs, ledger, model=name)
        return verdicts, ledger.attempts, warnings


@asynccontextmanager
async def _making(
    documents: Sequence[Document], settings: Settings, progress: Progress
) -> AsyncIterator[_Maker]:
    endpoint = choose_endpoint(settings)
    cache = AnswerCache.open(settings.answers_dir) if settings.cache else None
    async with open_model(endpoint, settings, documents, progress) as model:
        yield _Maker(model, cache, settings, progress)


def judge_of(settings: Settings, endpoint: Endpoint) -> str | None:
    """The name of the model that may be asked whether two items are one; None: the rules decide.

    The embedded one is too weak to be of use, and selection asks no model.
    """
    if endpoint.kind == "embedded" or strategy_of(settings, endpoint) in SELECTED:
        return None
    return endpoint.name


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
    if model.endpoint.kind == "embedded" and extraction.strategy not in SELECTED:
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
    grounded = with_doubts(ground(extraction.draft, document, provenance), extraction.to_confirm)
    brief = finished(grounded, settings.language)
    if extraction.failure is not None:
        extraction.failure.attempts, extraction.failure.partial = list(ledger.attempts), brief
        raise extraction.failure
    if settings.translate_quotes and extraction.strategy in SELECTED:
        return unglossed(brief, f"the strategy {extraction.strategy} asks no model")
    if settings.translate_quotes:
        progress.step("quotes")
        cap = settings.max_output_tokens or OUTPUT_CAPS[model.endpoint.kind]
        brief = await _translated(brief, ledger, cap)
    return brief


async def _translated(brief: PeaceTalksBrief, ledger: Ledger, cap: int) -> PeaceTalksBrief:
    """With translations of its quotes, and what their calls cost."""
    made = await glossed(brief, ledger, cap=cap)
    update = {"attempts": ledger.attempts, "cost": total(ledger.attempts)}
    return made.model_copy(update={"provenance": made.provenance.model_copy(update=update)})


def _maker(model: Model | CachedModel, extraction: Extraction) -> dict[str, Any]:
    if extraction.strategy in SELECTED:
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
        judge=judge_of(settings, endpoint),
    )
    name = strategy_of(settings, endpoint)
    if name in SELECTED:
        found = encoders_for(document, name, settings, progress)
        return _told(await selection(document, options, name, found.files), found.notice)
    strategies: dict[str, Strategy] = {"single": single, "stepwise": stepwise}
    return await in_windows(strategies[name], document, ledger, options)


def _told(extraction: Extraction, notice: str | None) -> Extraction:
    """The extraction with one more notice, if there is any."""
    if notice is None:
        return extraction
    told = Warning(kind="notice", message=notice)
    return replace(extraction, warnings=(*extraction.warnings, told))


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
