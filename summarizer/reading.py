"""A document window by window ─▶ one extraction.

The first window is read alone, since it names most parties; then the others, several at once,
which are told of them. What does not fit the model, or whose answer was cut off, is read again
in halves. A window that fails is named; the rest stands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from summarizer.asking import judged
from summarizer.attempts import Ledger
from summarizer.brief import Verdict, Warning
from summarizer.documents import Document
from summarizer.draft import BriefDraft, DraftParty
from summarizer.errors import (
    ContextTooSmall,
    EndpointError,
    LimitExceeded,
    ModelError,
    Truncated,
    Unauthorised,
)
from summarizer.extraction import WHOLE_DOCUMENT, Extraction, Options, View, not_asked
from summarizer.stitching import stitched, unclear_in
from summarizer.unclear import Verdicts, accepted, notice
from summarizer.windows import Window, halves, whole, windows_of

MAX_HALVINGS = 3
"""Times that a window is cut in two before it is given up."""
HOPELESS = 1_000
"""Characters of a window below which it is the prompt that does not fit, and no half would."""
SHORTEST = 3_000
"""Characters of a window below which a cut answer is no matter of length: the model rambles."""


class Strategy(Protocol):
    """A way to read a document, or a view of it."""

    async def __call__(
        self, document: Document, ledger: Ledger, options: Options, view: View = WHOLE_DOCUMENT
    ) -> Extraction: ...


@dataclass(frozen=True)
class Read:
    """What came of one window: an extraction, or the error it ended with."""

    window: Window
    extraction: Extraction | None = None
    error: ModelError | None = None


async def in_windows(
    strategy: Strategy, document: Document, ledger: Ledger, options: Options
) -> Extraction:
    """The extraction of a document of any length.

    Raises the error of the first window if all of them failed. Where the endpoint, the deadline
    or the budget failed some of them, it is the ``failure`` of the extraction: asked again, the
    document may get a whole brief.
    """
    reader = _Reader(strategy, document, ledger, options)
    first, *others = windows_of(document, options.window)
    read = await reader.read(first if others else None)
    parties = _parties(read)
    gate = asyncio.Semaphore(options.at_once)

    async def later(window: Window) -> list[Read]:
        async with gate:
            return await reader.read(window, parties)

    for found in await asyncio.gather(*map(later, others)):
        read += found
    drafts = [one.extraction.draft for one in read if one.extraction]
    verdicts, warnings = await _judged(drafts, ledger, options, reader.ended)
    return _whole(read, ledger, accepted(verdicts), warnings)


async def _judged(
    drafts: Sequence[BriefDraft], ledger: Ledger, options: Options, ended: Sequence[ModelError]
) -> tuple[list[Verdict], list[Warning]]:
    """What the model says of items of two windows that may be one; nothing where it is no use."""
    if options.judge is None or ended or len(drafts) < 2:
        return [], []
    verdicts, warnings = await judged(unclear_in(drafts), ledger, model=options.judge)
    return verdicts, [*notice(verdicts), *warnings]


@dataclass(frozen=True)
class _Reader:
    strategy: Strategy
    document: Document
    ledger: Ledger
    options: Options
    ended: list[ModelError] = field(default_factory=list)
    """What makes every further call useless."""

    async def read(
        self, window: Window | None, parties: tuple[DraftParty, ...] = (), depth: int = 0
    ) -> list[Read]:
        """A window (None: all of the document), in halves where that is needed."""
        covered = window or whole(self.document)
        if self.ended:
            return [Read(covered, error=self.ended[0])]
        parts = halves(self.document, covered) if depth < MAX_HALVINGS else []
        splits = len(parts) > 1 and self.options.split_when_cut and self._is_long(covered)
        try:
            view = View(window, parties, splits)
            made = await self.strategy(self.document, self.ledger, self.options, view)
            return [Read(covered, made)]
        except (ContextTooSmall, Truncated) as error:
            small = isinstance(error, ContextTooSmall) and self._length(covered) > HOPELESS
            if len(parts) < 2 or not (splits or small):
                return [Read(covered, error=error)]
        except ModelError as error:
            if isinstance(error, Unauthorised | LimitExceeded):
                self.ended.append(error)
            return [Read(covered, error=error)]
        first = await self.read(parts[0], parties, depth + 1)
        return [*first, *await self.read(parts[1], parties or _parties(first), depth + 1)]

    def _is_long(self, window: Window) -> bool:
        return self._length(window) > SHORTEST

    def _length(self, window: Window) -> int:
        """Characters of the window's own sentences."""
        sentences = self.document.sentences
        return sentences[window.last - 1].end - sentences[window.first - 1].start


def _parties(read: Sequence[Read]) -> tuple[DraftParty, ...]:
    found = [one.extraction.draft.parties for one in read if one.extraction]
    return tuple(party for parties in found for party in parties)


def _whole(
    read: Sequence[Read], ledger: Ledger, same: Verdicts, warnings_of_judge: Sequence[Warning]
) -> Extraction:
    """One extraction of all windows, with a warning for each that is missing."""
    made = [(one.window, one.extraction) for one in read if one.extraction]
    errors = [one.error for one in read if one.error]
    if not made:
        errors[0].attempts = list(ledger.attempts)
        raise errors[0]
    if len(read) == 1:
        return made[0][1]
    lost = [_lost(one.window, one.error) for one in read if one.error]
    warnings = [_placed(warning, window) for window, one in made for warning in one.warnings]
    return replace(
        made[0][1],
        draft=stitched([one.draft for _, one in made], same),
        warnings=(*lost, *warnings, *warnings_of_judge),
        strategy=f"{made[0][1].strategy} in {len(read)} windows",
        failure=_failure(read),
    )


def _failure(read: Sequence[Read]) -> ModelError | None:
    """The first error that has nothing to do with what a window says."""
    errors = [one.error or (one.extraction and one.extraction.failure) for one in read]
    return next((e for e in errors if isinstance(e, EndpointError | LimitExceeded)), None)


def _lost(window: Window, error: ModelError) -> Warning:
    return not_asked(window.name, error)


def _placed(warning: Warning, window: Window) -> Warning:
    """A warning that says of which window it is."""
    where = f"{window.name}, {warning.where}" if warning.where else window.name
    return warning.model_copy(update={"where": where})
