"""The answer cache: what was paid for once is not paid for again.

``AnswerCache`` is a folder of raw answers, each in a file named after what was asked.
``CachedModel`` stands between the ledger and the model: it looks an answer up before it asks,
and keeps what comes in before anybody reads it, so that a crash at any later moment costs
nothing (docs/decisions/006).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from summarizer.endpoints import Endpoint
from summarizer.errors import InvalidOutput, OutputError
from summarizer.prompts import FENCE, Prompt, schema_digest
from summarizer.response import RawAnswer

FORM = 1
"""Version of the key and of the file: answers of another one are not found."""


@dataclass(frozen=True)
class Kept:
    """An answer as it came in, when, and how the endpoint had to be asked."""

    answer: RawAnswer
    received: datetime
    mode: str
    notes: tuple[str, ...] = ()

    def reused(self) -> RawAnswer:
        """The answer as one that costs nothing; its counts are those of the call that was paid."""
        return replace(self.answer, cost=Decimal(0), kept=True, received=self.received)

    def as_json(self) -> str:
        """The content of its file: nothing of the question, of the headers or of any key."""
        told = {name: getattr(self.answer, name) for name in _ANSWER}
        told |= {"received": self.received.isoformat(), "mode": self.mode, "notes": self.notes}
        return json.dumps({"form": FORM, **told}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Kept:
        """Raises ValueError, KeyError or TypeError for what is no kept answer."""
        told: dict[str, Any] = json.loads(text)
        answer = RawAnswer(**{name: told[name] for name in _ANSWER})
        if told["form"] != FORM or not isinstance(answer.text, str):
            raise ValueError("not a kept answer")
        received = datetime.fromisoformat(told["received"])
        return cls(answer, received, str(told["mode"]), tuple(map(str, told["notes"])))


_ANSWER = (
    "text", "finish_reason", "refusal", "request_id", "tokens_in", "tokens_out", "tokens_cached",
)  # fmt: skip


@dataclass(frozen=True)
class AnswerCache:
    """Answers on disk, readable by their owner alone. Share one among those who ask at once."""

    folder: Path
    _asking: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, init=False, repr=False, compare=False
    )

    @classmethod
    def open(cls, folder: Path) -> AnswerCache:
        """The cache in a folder, made if need be. Raises OutputError, before anything is paid."""
        try:
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            raise OutputError(
                f"answers cannot be kept in {folder}: {error.strerror}; use --no-cache, or set "
                "SUMMARIZER_CACHE_DIR"
            ) from None
        return cls(folder)

    def asking(self, key: str) -> AbstractAsyncContextManager[None]:
        """Whoever asks the same thing at the same time waits for the first, and pays nothing."""
        return self._asking.setdefault(key, asyncio.Lock())

    def get(self, key: str) -> Kept | None:
        """The kept answer; a file that is damaged counts as none."""
        try:
            return Kept.from_json(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer: its file is there whole, or not at all. Raises OSError."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        partial = path.with_name(f".{key}.{os.getpid()}")
        # Not synced to the disk: what a power cut takes is asked again, a killed process loses
        # nothing.
        with open(partial, "w", encoding="utf-8", opener=_for_its_owner) as file:
            file.write(kept.as_json())
        partial.replace(path)

    def files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Every file of the cache, those of unfinished writes included."""
        for path in self.folder.glob("??/*"):
            with suppress(OSError):  # somebody else cleared it
                yield path, path.stat()

    def clear(self, *, before: float = float("inf")) -> int:
        """Remove the answers that came before a time (seconds since 1970); how many they were.

        Raises OutputError when one of them cannot be removed.
        """
        old = [path for path, found in self.files() if found.st_mtime < before]
        for path in old:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"cannot remove {path}: {error.strerror}") from None
        return len(old)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@dataclass
class CachedModel:
    """A model that is asked only what it has not answered before; one per document.

    ``mode`` and ``notes`` are those of the answers given, whenever they were got.
    """

    model: Any  # a Model, or what stands in front of one
    cache: AnswerCache
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _turns: Counter[str] = field(default_factory=Counter, init=False)
    _mode: str | None = field(default=None, init=False)
    _notes: list[str] = field(default_factory=list, init=False)

    def __getattr__(self, name: str) -> Any:
        """Everything else is the model's: its endpoint, its circuit."""
        return getattr(self.model, name)

    @property
    def mode(self) -> str:
        """How structured output was asked for."""
        return self._mode or str(self.model.mode)

    @property
    def notes(self) -> list[str]:
        """Every fallback that was taken, for provenance."""
        return list(dict.fromkeys([*self._notes, *self.model.notes]))

    def recall(self, prompt: Prompt, *, cap: int) -> RawAnswer | None:
        """The kept answer to this question; the same question again is another one.

        Else an answer that was of no use would come back however often it is asked for.
        """
        asked = self._asked(prompt, cap)
        kept = self.cache.get(self._key(asked))
        return self._reused(asked, kept) if kept else None

    async def complete(self, prompt: Prompt, *, cap: int, most: int | None = None) -> RawAnswer:
        """``Model.complete``, and keep what it brings. Asked at once by two, it is paid once."""
        asked = self._asked(prompt, cap)
        key = self._key(asked)
        async with self.cache.asking(key):
            kept = self.cache.get(key)
            if kept:
                return self._reused(asked, kept)
            answer: RawAnswer = await self.model.complete(prompt, cap=cap, most=most)
            received = self.now()
            # What the budget of this run cut off is not the answer to the question.
            if not (most is not None and most < cap and answer.was_cut):
                self._keep(key, answer, received)
        self._turns[asked] += 1
        return replace(answer, received=received)

    def _asked(self, prompt: Prompt, cap: int) -> str:
        return question_key(prompt, self.endpoint, self.model.params, cap)

    def _key(self, asked: str) -> str:
        turn = f"{asked} {self._turns[asked]}"
        return hashlib.sha256(turn.encode()).hexdigest()

    def _reused(self, asked: str, kept: Kept) -> RawAnswer:
        self._mode = kept.mode
        self._notes += kept.notes
        self._turns[asked] += 1
        return kept.reused()

    def _keep(self, key: str, answer: RawAnswer, received: datetime) -> None:
        self._mode = self.model.mode
        if isinstance(answer.problem(), InvalidOutput):
            return  # nothing was said: asking again later is worth it
        try:
            kept = Kept(answer, received, self.model.mode, tuple(self.model.notes))
            self.cache.put(key, kept)
        except OSError as error:
            self._notes.append(f"an answer could not be kept for another run: {error.strerror}")


def question_key(prompt: Prompt, endpoint: Endpoint, params: Mapping[str, Any], cap: int) -> str:
    """SHA-256 (hex) of everything that bears on an answer.

    The messages, and with them the document and the prompt, without the fence, which is another
    one in every run; the schema; model, parameters and cap. Not the mode: it is how the endpoint
    has to be asked, which the next run has yet to find out.
    """
    digest = hashlib.sha256()
    # The embedded server has another port in every run; its name says which weights.
    address = None if endpoint.kind == "embedded" else endpoint.base_url
    model = [endpoint.provider, address, endpoint.model]
    schema = schema_digest(prompt.answer, prompt.small)
    for part in (FORM, model, dict(params), cap, prompt.version, schema):
        digest.update(json.dumps(part, sort_keys=True).encode() + b"\n")
    for message in prompt.messages:
        said = FENCE.sub("FENCE", message["content"]).encode("utf-8", "surrogatepass")
        digest.update(f"{message['role']} {len(said)}\n".encode() + said)
    return digest.hexdigest()


def remembering(model: Any, cache: AnswerCache | None) -> Any:
    """The model for one document: with the cache in front of it, if there is one."""
    return CachedModel(model, cache) if cache else model
