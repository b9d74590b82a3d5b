"""Weights that are pulled: the catalogue, and the folder that holds what is here.

Models write briefs; an encoder helps sentence selection to choose lines.

A file counts as present only when its SHA-256 is the catalogue's. A marker beside it records
the checked size and modification time, so that a start does not read a gigabyte again, and a
file that changed is read again. Several processes may pull at once: one downloads, the others
wait for it.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import stat
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache as cached
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.downloads import CHUNK, Progress, Source
from summarizer.errors import ChecksumMismatch, UnknownModel, WeightsError

if TYPE_CHECKING:
    from filelock import FileLock

Notice = Callable[[str], None]
"""Called with one line for people, for example when one source fails and the next is tried."""


class WeightsEntry(BaseModel):
    """One set of weights that can be pulled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    kind: Literal["model", "encoder"] = "model"
    licence: str = Field(description="SPDX expression")
    bytes: int = Field(ge=1, description="size of the file")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="of the whole file")
    context: int = Field(ge=1, description="tokens the model was trained to attend to")
    file_name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(?:gguf|safetensors)$")
    sources: tuple[Source, ...] = Field(min_length=1, description="tried in this order")
    default: bool = False
    tested: bool = Field(default=False, description="pulled and run by this project")
    strategy: Literal["full", "single"] = Field(default="full", description="what `auto` means")
    notes: str = ""

    @model_validator(mode="after")
    def _of_its_kind(self) -> Self:
        """llama.cpp must never be given an encoder, nor the encoder a model."""
        suffix = {"model": ".gguf", "encoder": ".safetensors"}[self.kind]
        if not self.file_name.endswith(suffix):
            raise ValueError(f"the file_name of a {self.kind} ends in {suffix}")
        return self


@cached
def _catalogue() -> tuple[WeightsEntry, ...]:
    text = files("summarizer").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return tuple(WeightsEntry.model_validate(item) for item in tomllib.loads(text)["weights"])


def catalogue() -> list[WeightsEntry]:
    """All known weights, the default first."""
    return list(_catalogue())


def default() -> WeightsEntry:
    """The weights that plain ``embedded`` means."""
    return next(item for item in _catalogue() if item.default)


def entry(name: str) -> WeightsEntry:
    """The weights of that name, in any case. Raises UnknownModel, naming the nearest known."""
    return _named(name, "weights are", _catalogue())


def model(name: str) -> WeightsEntry:
    """The language model of that name. Raises UnknownModel, also for an encoder."""
    wanted = name.strip().casefold()
    if any(item.name == wanted and item.kind != "model" for item in _catalogue()):
        raise UnknownModel(
            f"{wanted} is an encoder of sentence selection, not a language model: it is used by "
            f"itself where no model is asked; for one that writes name {default().name}"
        )
    models = tuple(item for item in _catalogue() if item.kind == "model")
    return _named(name, "embedded model is", models)


def _named(name: str, what: str, among: Iterable[WeightsEntry]) -> WeightsEntry:
    by_name = {item.name: item for item in among}
    wanted = name.strip().casefold()
    if wanted in by_name:
        return by_name[wanted]
    inside = [known for known in by_name if wanted and wanted in known]
    near = inside or difflib.get_close_matches(wanted, by_name, cutoff=0.4) or list(by_name)
    raise UnknownModel(f"no {what} named {name[:80]!r}; nearest: {', '.join(near)}")


def path(
    weights: str | WeightsEntry, cache: Path, *, progress: Progress | None = None
) -> Path | None:
    """The file in ``cache`` if it is there and its checksum is right, else None.

    Reads the whole file unless its marker says that it did not change since the last check.
    Raises UnknownModel, and WeightsError for a file that cannot be read.
    """
    item = _as_entry(weights)
    file = cache / item.file_name
    try:
        return file if _is_verified(file, item, progress or _silent) else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WeightsError(f"cannot read {file}: {error.strerror}") from error


def pull(
    weights: str | WeightsEntry,
    cache: Path,
    *,
    progress: Progress | None = None,
    notice: Notice | None = None,
    offline: bool = False,
    hasty: bool = False,
) -> Path:
    """Make the weights present in ``cache``, a folder, and return their file.

    Goes on where an interrupted pull stopped; waits when another process pulls the same.
    ``offline``: they have to be there. ``hasty``: nobody waits long for a source that is silent.

    Raises:
        UnknownModel: no such name.
        ChecksumMismatch: the downloaded bytes are wrong; they are deleted.
        WeightsError: no source delivers, or the folder cannot be written.
    """
    item = _as_entry(weights)
    say, report = notice or _silent, progress or _silent
    if found := path(item, cache, progress=report):
        return found
    if offline:
        raise WeightsError(
            f"--offline: the weights {item.name} are not here; once, with a network: "
            f"summarizer models pull {item.name}"
        )
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(item, cache, say):
            return path(item, cache, progress=report) or _pull(item, cache, report, say, hasty)
    except OSError as error:
        raise WeightsError(f"cannot write to {cache}: {error.strerror or error}") from error


def remove(weights: str | WeightsEntry, cache: Path) -> bool:
    """Delete the file and whatever an unfinished pull left; tell if there was any of it.

    Raises UnknownModel, and WeightsError while another process pulls the same weights.
    """
    from filelock import Timeout

    item = _as_entry(weights)
    if not cache.is_dir():
        return False
    try:
        with _lock(item, cache).acquire(blocking=False):
            there = (cache / item.file_name).exists() or _staging(item, cache).exists()
            _delete(item, cache)
            return there
    except Timeout:
        raise WeightsError(f"{item.name} is being pulled by another process") from None
    except OSError as error:
        raise WeightsError(f"cannot remove from {cache}: {error.strerror}") from error


def _pull(item: WeightsEntry, cache: Path, progress: Progress, say: Notice, hasty: bool) -> Path:
    """Download, check and move into place; the lock is held."""
    file, staging = cache / item.file_name, _staging(item, cache)
    if file.exists():
        say(f"{file} is damaged; fetching it anew")
    staging.mkdir(mode=0o700, exist_ok=True)
    _require_space(item, staging)
    try:
        staged = _fetch(item, staging, progress, say, hasty)
        if _sha256(staged, progress) != item.sha256:
            raise ChecksumMismatch(
                f"the downloaded {item.name} has a wrong checksum; all of it is deleted. Try again,"
                f" or put {item.file_name} into {cache} yourself"
            )
    except ChecksumMismatch:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    os.replace(staged, file)
    _write_marker(file, item.sha256)
    shutil.rmtree(staging, ignore_errors=True)
    return file


def _fetch(item: WeightsEntry, staging: Path, progress: Progress, say: Notice, hasty: bool) -> Path:
    """The file as the first source that delivers brought it, unchecked."""
    failures = []
    for number, source in enumerate(item.sources, start=1):
        try:
            return source.fetch(item.bytes, staging, progress, hasty=hasty)
        except ChecksumMismatch:
            raise
        except WeightsError as error:
            failures.append(str(error))
            if number < len(item.sources):
                say(f"{error}; trying {item.sources[number].title}")
    raise WeightsError(f"{item.name} cannot be had: {'; '.join(failures)}")


def _require_space(item: WeightsEntry, staging: Path) -> None:
    staged = sum(part.stat().st_size for part in staging.iterdir() if part.is_file())
    needed, free = item.bytes - staged, shutil.disk_usage(staging).free
    if free < needed:
        raise WeightsError(
            f"{item.name} needs {needed / 1e6:.0f} MB more in {staging.parent}, "
            f"where {free / 1e6:.0f} MB are free"
        )


def _is_verified(file: Path, item: WeightsEntry, progress: Progress) -> bool:
    """Tell if ``file`` is the promised one, by its marker or else by reading it."""
    state = file.stat()
    if not stat.S_ISREG(state.st_mode) or state.st_size != item.bytes:
        return False
    if _read_marker(file) == _marker(state, item.sha256):
        return True
    if _sha256(file, progress) != item.sha256:
        return False
    # A cache that others fill may be read-only here: then every start reads the file.
    with suppress(OSError):
        _write_marker(file, item.sha256, state)
    return True


def _sha256(file: Path, progress: Progress) -> str:
    size, done, digest = file.stat().st_size, 0, hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            progress("check", done, size)
    return digest.hexdigest()


def _marker(state: os.stat_result, sha256: str) -> dict[str, object]:
    return {"size": state.st_size, "mtime_ns": state.st_mtime_ns, "sha256": sha256}


def _marker_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.verified")


def _read_marker(file: Path) -> object:
    try:
        return json.loads(_marker_file(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_marker(file: Path, sha256: str, state: os.stat_result | None = None) -> None:
    """Record that ``file``, as ``state`` saw it before it was read, has that checksum."""
    text = json.dumps(_marker(state or file.stat(), sha256))
    _marker_file(file).write_text(text, encoding="utf-8")


def _staging(item: WeightsEntry, cache: Path) -> Path:
    return cache / f"{item.name}.partial"


def _delete(item: WeightsEntry, cache: Path) -> None:
    file = cache / item.file_name
    file.unlink(missing_ok=True)
    _marker_file(file).unlink(missing_ok=True)
    shutil.rmtree(_staging(item, cache), ignore_errors=True)


def _lock(item: WeightsEntry, cache: Path) -> FileLock:
    from filelock import FileLock

    return FileLock(cache / f"{item.name}.lock")


@contextmanager
def _locked(item: WeightsEntry, cache: Path, say: Notice) -> Iterator[None]:
    """Hold the lock of these weights; say so when another process has to be waited for."""
    from filelock import Timeout

    lock = _lock(item, cache)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        say(f"another process is pulling {item.name}; waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _as_entry(weights: str | WeightsEntry) -> WeightsEntry:
    return entry(weights) if isinstance(weights, str) else weights


def _silent(*_: object) -> None:
    """Report nothing."""
