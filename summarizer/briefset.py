"""Sets of stored briefs: files, folders and patterns of them, one by one or as one brief."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import UnreadableDocument
from summarizer.merging import merge
from summarizer.storage import load_brief


def brief_files(sources: Iterable[str]) -> list[str]:
    """The files that the sources name, each once: a folder stands for the .json files in it.

    A name that does not exist is returned as it is: whoever loads it says so. Raises
    UnreadableDocument for a folder or pattern without any.
    """
    return list(dict.fromkeys(name for source in sources for name in _named(source)))


def load_all(sources: Iterable[str]) -> list[PeaceTalksBrief]:
    """Every brief that the sources name. Raises UnreadableDocument, BriefVersionError."""
    return [load_brief(name) for name in brief_files(sources)]


def load_set(sources: Iterable[str]) -> PeaceTalksBrief:
    """The briefs as one; errors as for ``load_all``."""
    return merge(load_all(sources))


def _named(source: str) -> Iterator[str]:
    if os.path.isdir(source):
        yield from _some(source, sorted(map(str, Path(source).glob("*.json"))), "holds no brief")
    elif glob.has_magic(source) and not os.path.lexists(source):
        yield from _some(source, sorted(glob.glob(source, recursive=True)), "matches no file")
    else:
        yield source


def _some(source: str, found: list[str], otherwise: str) -> list[str]:
    if not found:
        raise UnreadableDocument(f"{source!r} {otherwise} (.json)")
    return found
