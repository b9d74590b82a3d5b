"""What is evaluated: each system makes a brief of a case's document.

A model (live, recorded or replayed), answers obtained elsewhere, finished briefs of any other
system, the oracle and the bad models of ``summarizer.testing``, and two bare baselines.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import SecretStr

from summarizer.brief import PeaceTalksBrief, Provenance
from summarizer.documents import Document
from summarizer.draft import BriefDraft, DraftOffer, DraftParty, empty_draft
from summarizer.endpoints import Endpoint, choose_endpoint
from summarizer.errors import SettingsError
from summarizer.evaluation.cases import Case
from summarizer.evaluation.runs import RunError
from summarizer.grounding import ground
from summarizer.model import Model
from summarizer.pipeline import brief_document, brief_from_answer, finished
from summarizer.progress import Progress
from summarizer.prompts import FENCE
from summarizer.sessions import TIMEOUT, open_model
from summarizer.settings import Settings
from summarizer.storage import load_brief, read_text
from summarizer.version import __version__
from summarizer.vocabulary import (
    Basis,
    Certainty,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    Topic,
)


class System(Protocol):
    """Makes a brief of one case."""

    @property
    def name(self) -> str:
        """What it is called in the results."""
        ...

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """The brief. Any SummarizerError is a zero with its reason."""
        ...


@dataclass
class ModelSystem:
    """A model, reached through the pipeline as users reach it."""

    model: Model
    settings: Settings
    name: str

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """Extract, ground and check."""
        return await brief_document(document, self.model, self.settings, Progress())


@dataclass(frozen=True)
class AnswersSystem:
    """Draft answers, one ``CASE.json`` each, sent through everything after the model."""

    folder: Path
    name: str = "answers obtained elsewhere"

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """The brief of the stored answer. Raises UnreadableDocument, InvalidOutput."""
        return brief_from_answer(document, read_text(self.folder / f"{case.id}.json"))


@dataclass(frozen=True)
class BriefsSystem:
    """Finished briefs of any system, one ``CASE.json`` each."""

    folder: Path
    name: str = "finished briefs"

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """The stored brief. Raises UnreadableDocument, BriefVersionError."""
        return load_brief(self.folder / f"{case.id}.json")


@dataclass(frozen=True)
class BaselineSystem:
    """A brief made without any model, to know what a score is worth."""

    name: str
    draft: Callable[[Document], BriefDraft] = field(repr=False)

    async def brief(self, case: Case, document: Document) -> PeaceTalksBrief:
        """The baseline's draft, grounded and checked like any other."""
        provenance = Provenance(
            model=self.name,
            endpoint="answer",
            strategy="baseline",
            prompt_version="none",
            tool_version=__version__,
            created=datetime.now(UTC),
        )
        return finished(ground(self.draft(document), document, provenance))


def check_answers(folder: Path, cases: Sequence[Case], known: Sequence[str]) -> None:
    """Refuse a folder with an output for an unknown case, or with none for any case."""
    if not folder.is_dir():
        raise RunError(f"{folder} is not a folder of CASE.json files")
    found = {path.stem for path in folder.glob("*.json")}
    unknown = sorted(found - set(known))
    if unknown:
        raise RunError(f"{folder} holds an output for an unknown case: {unknown[0]}")
    if not found & {case.id for case in cases}:
        raise RunError(f"{folder} holds no output for any of the selected cases")


def empty_baseline(document: Document) -> BriefDraft:
    """A brief that says nothing at all."""
    return empty_draft()


def quotes_baseline(document: Document) -> BriefDraft:
    """Every sentence with a quotation is an offer of the document's first capitalised name."""
    names = re.findall(r"\b[A-Z][a-z]{3,}\b", document.text) or ["Unknown"]
    holder = max(dict.fromkeys(names), key=names.count)
    quoting = [s.number for s in document.sentences if re.search('[“«"]', document.quote(s.number))]
    party = DraftParty(
        name=holder, aliases=[], kind=PartyKind.STATE, roles=[PartyRole.PRIMARY_PARTY],
        people=[], citations=[],
    )  # fmt: skip
    offers = [_quoted_offer(document, number, holder) for number in quoting]
    return empty_draft().model_copy(
        update={"title": "baseline", "parties": [party], "offers": offers}
    )


def _quoted_offer(document: Document, number: int, holder: str) -> DraftOffer:
    return DraftOffer(
        citations=[number], speaker=None, speaks_for=holder, basis=Basis.ON_RECORD,
        topics=[Topic.PROCESS], statement=" ".join(document.quote(number).split()),
        kind=OfferKind.OFFER, by=[holder], to=[], conditions=[], deadline=None,
        status=OfferStatus.UNSTATED, certainty=Certainty.ASSERTED, responses=[],
    )  # fmt: skip


BASELINES: dict[str, Callable[[Document], BriefDraft]] = {
    "empty brief": empty_baseline,
    "every quote an offer": quotes_baseline,
}


@asynccontextmanager
async def live_system(
    settings: Settings, documents: Sequence[Document], progress: Progress
) -> AsyncIterator[ModelSystem]:
    """The model that the settings name."""
    endpoint = choose_endpoint(settings)
    async with open_model(endpoint, settings, documents, progress) as model:
        yield ModelSystem(model, settings, endpoint.name)


@asynccontextmanager
async def recording_system(
    settings: Settings, documents: Sequence[Document], progress: Progress, folder: Path
) -> AsyncIterator[ModelSystem]:
    """The model that the settings name, with every answer kept in ``folder``."""
    from summarizer.testing import ModelServer, Recorder

    endpoint = choose_endpoint(settings)
    if endpoint.provider not in {"openai", "embedded"}:
        raise SettingsError(
            f"{endpoint.name} cannot be recorded: it has another wire than OpenAI's"
        )
    async with open_model(endpoint, settings, documents, progress) as model:
        real = model.endpoint
        address = real.base_url or "https://api.openai.com/v1"
        recorder = Recorder(folder, address, fence=FENCE.pattern, timeout=model.timeout)
        with ModelServer(recorder, remember=0) as proxy:
            through = replace(real, base_url=proxy.base_url)
            recorded = Model(through, params=settings.params, timeout=model.timeout)
            try:
                yield ModelSystem(recorded, settings, endpoint.name)
            finally:
                await recorded.aclose()


@asynccontextmanager
async def scripted_system(
    settings: Settings, endpoint: Endpoint, behaviour: Any
) -> AsyncIterator[ModelSystem]:
    """A behaviour of ``summarizer.testing`` in the place of the endpoint, over real HTTP."""
    from summarizer.testing import ModelServer

    with ModelServer(behaviour, remember=0) as server:
        played = replace(endpoint, base_url=server.base_url, api_key=SecretStr("unused"))
        model = Model(played, params=settings.params, timeout=settings.timeout or TIMEOUT)
        try:
            yield ModelSystem(model, settings, endpoint.name)
        finally:
            await model.aclose()


def replay(folder: Path) -> Any:
    """Recordings as a behaviour; a stale or missing one is an error, never a silent hit."""
    from summarizer.testing import Replay

    if not folder.is_dir() or not any(folder.iterdir()):
        raise RunError(f"there are no recordings in {folder}: make them with eval run --record")
    return Replay(folder, fence=FENCE.pattern)
