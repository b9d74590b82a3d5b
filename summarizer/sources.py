"""Names of sources: a folder or a pattern stands for the documents in it.

``expand`` only looks at names; ``documents.load`` reads what it returns.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from summarizer.errors import UnreadableDocument
from summarizer.readers.kinds import by_name

Source = str | os.PathLike[str]
OnSkip = Callable[[str, str], None]
"""Called with the name of a file in a folder that is no document, and why it is passed over."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")


def is_address(source: Source) -> bool:
    """Whether ``source`` is an ``http(s)://`` address and not the name of a file."""
    return isinstance(source, str) and _ADDRESS.match(source) is not None


def expand(sources: Iterable[Source], *, on_skip: OnSkip | None = None) -> list[str]:
    """Every document that ``sources`` name, in their order, each once.

    An address, "-" and a file stand for themselves. A folder stands for the documents in it
    and in its subfolders, sorted by name: files whose ending tells a kind that can be read.
    Other files in it go to ``on_skip``; hidden ones are no documents. A pattern ("talks/*.pdf",
    "**/*.txt") stands for the files and folders it matches, unless a file has that very name.

    Raises UnreadableDocument when a folder or a pattern holds no document. A name that does not
    exist is returned as it is: whoever loads it says so.
    """
    skip = on_skip or (lambda name, why: None)
    found = [name for source in sources for name in _named(os.fspath(source), skip)]
    return list(dict.fromkeys(found))


def the_one(source: Source) -> str:
    """The only document that ``source`` names. Raises UnreadableDocument if there are several."""
    found = expand([source])
    if len(found) > 1:
        raise UnreadableDocument(
            f"{os.fspath(source)!r} holds {len(found)} documents: name one of them"
        )
    return found[0]


def _named(source: str, skip: OnSkip) -> list[str]:
    if source == "-" or is_address(source):
        return [source]
    if os.path.isdir(source):
        return _of_folder(source, skip)
    if _PATTERN.search(source) and not os.path.lexists(source):
        return _of_pattern(source, skip)
    return [source]


def _of_pattern(pattern: str, skip: OnSkip) -> list[str]:
    matches = sorted(glob.glob(pattern, recursive=True))
    files = [name for name in matches if not os.path.isdir(name)]
    if files:  # "**" matches the folders on the way as well
        return files
    found = [name for folder in matches for name in _documents_in(folder, skip)]
    if not found:
        raise UnreadableDocument(f"{pattern!r} matches no document")
    return found


def _of_folder(folder: str, skip: OnSkip) -> list[str]:
    found = list(_documents_in(folder, skip))
    if not found:
        raise UnreadableDocument(
            f"{folder!r} is a folder without a document: name files, or a folder that holds "
            ".txt, .md, .html, .pdf, .docx or .eml files"
        )
    return found


def _documents_in(folder: str, skip: OnSkip) -> Iterator[str]:
    """The documents of a folder; a folder that may not be listed is an error, not an absence."""
    for parent, folders, files in os.walk(folder, onerror=_unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = str(Path(parent) / name)
            if by_name(name) is None:
                skip(path, "its ending tells no kind that can be read")
            else:
                yield path


def _unlisted(error: OSError) -> None:
    raise UnreadableDocument(f"{error.filename!r} cannot be listed: {error.strerror}")
