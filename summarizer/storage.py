"""Briefs on disk: written atomically, and read back whatever version wrote them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.brief import SCHEMA_VERSION, PeaceTalksBrief
from summarizer.errors import BriefVersionError, OutputError, UnreadableDocument


def _to_2(data: dict[str, Any]) -> dict[str, Any]:
    """What version 2 adds (merging, findings) has defaults: nothing of it was there."""
    return {**data, "schema_version": 2}


TEMPORARY = ".brief-"
"""What the names of files begin with that are being written."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _to_2}
"""Per version, what makes a stored brief of it one of the next; version 1 is the first."""


def load_brief(path: str | os.PathLike[str]) -> PeaceTalksBrief:
    """A stored brief. Raises UnreadableDocument, or BriefVersionError for a newer version."""
    return parse_text(read_text(path), str(path))


def parse_text(text: str, name: str = "brief") -> PeaceTalksBrief:
    """A brief from JSON text. Raises as ``load_brief`` does."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableDocument(f"{name} is not JSON") from None
    return parse_brief(data, name)


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a UTF-8 file. Raises UnreadableDocument."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableDocument(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableDocument(f"cannot read {path}: it is not UTF-8 text") from None
    except ValueError:
        raise UnreadableDocument(f"cannot read {str(path)!r}: not the name of a file") from None


def parse_brief(data: Any, name: str = "brief") -> PeaceTalksBrief:
    """A brief from JSON data, migrated where an older version wrote it."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UnreadableDocument(f"{name} is not a brief: it has no schema_version")
    if version > SCHEMA_VERSION:
        raise BriefVersionError(
            f"{name} is of schema version {version}, newer than {SCHEMA_VERSION}: upgrade"
        )
    while version < SCHEMA_VERSION:
        data = MIGRATIONS[version](data)
        version += 1
    try:
        return PeaceTalksBrief.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise UnreadableDocument(f"{name} is not a brief: {where}: {first['msg']}") from None


def write_atomically(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a whole file, for its owner alone, or nothing; a link is followed.

    A device or pipe is written to and stays what it is. Raises OutputError.
    """
    data = content.encode(errors="replace") if isinstance(content, str) else content
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise OutputError(f"cannot write {path}: {_reason(error)}") from None


def _replace(target: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:  # an interrupt leaves nothing behind either
        Path(temporary).unlink(missing_ok=True)
        raise


def check_writable(path: str | os.PathLike[str]) -> None:
    """Fail before the work, not after it, when a file could not be written. Raises OutputError."""
    try:
        target = Path(path).resolve()
        if target.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder")
        if not target.parent.is_dir():
            raise OutputError(f"cannot write {path}: there is no folder {target.parent}")
        target.exists()  # raises for a name that no file can have
    except (OSError, ValueError, RuntimeError) as error:
        raise OutputError(f"cannot write {path}: {_reason(error)}") from None
    checked = target if target.exists() and not target.is_file() else target.parent
    if not os.access(checked, os.W_OK):
        raise OutputError(f"cannot write {path}: no permission in {target.parent}")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "not the name of a file"
