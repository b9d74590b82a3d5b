"""The folder of a batch: a JSON file per brief, ``index.jsonl`` and ``failures.jsonl``.

While a batch runs, lines are added to both as documents end. At the end both are put in order:
a line per document, sorted by its source, in one of the two and never in both.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.attempts import outcome_name
from summarizer.brief import PeaceTalksBrief
from summarizer.errors import ModelError, OutputError, SummarizerError
from summarizer.sources import is_address
from summarizer.storage import TEMPORARY, write_atomically

INDEX, FAILURES, LOCK = "index.jsonl", "failures.jsonl", ".lock"
LONGEST_NAME = 40
"""Characters of a source's name in the name of its brief: of four bytes each they leave room in
the 255 bytes that file systems allow."""


@dataclass
class BatchFolder:
    """Where the briefs of a batch go. ``recipe``: a digest of the settings that make a brief."""

    path: Path
    recipe: str
    _done: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    @contextmanager
    def open(cls, path: Path, recipe: str, *, resume: bool) -> Iterator[BatchFolder]:
        """The folder, made if need be and locked: a second batch is refused with OutputError.

        Without ``resume`` index and failures begin anew; with it, they go on.
        """
        with _locked(path):
            folder = cls(path, recipe)
            for stray in path.glob(f"{TEMPORARY}*"):
                stray.unlink(missing_ok=True)  # of a batch that was killed while it wrote
            if resume:
                folder._read_index()
            else:
                (path / INDEX).unlink(missing_ok=True)
                (path / FAILURES).unlink(missing_ok=True)
            try:
                yield folder
            finally:
                folder._settle()

    def is_done(self, source: str, endings: list[str]) -> bool:
        """Whether an earlier run made the brief of what this source holds now, in these forms."""
        name = name_of(source)
        if source not in self._done or self._done[source] != self.made_from(source):
            return False
        return all((self.path / f"{name}.{ending}").exists() for ending in endings)

    def made_from(self, source: str) -> str:
        """A digest of the bytes of a source, where it is a file, and of the recipe."""
        digest = hashlib.sha256(self.recipe.encode())
        if not is_address(source):
            try:
                with open(source, "rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
            except (OSError, ValueError):
                return ""
        return digest.hexdigest()[:16]

    def add(self, source: str, brief: PeaceTalksBrief, files: Mapping[str, str | bytes]) -> None:
        """Write a brief in every form (by ending), each whole, and then its line in the index."""
        name = name_of(source)
        for ending, content in files.items():
            write_atomically(self.path / f"{name}.{ending}", content)
        line = {
            "source": source,
            "brief": f"{name}.json",
            "title": brief.title,
            "about_peace_talks": brief.about_peace_talks,
            "offers": len(brief.offers),
            "red_lines": len(brief.red_lines),
            "open_questions": len(brief.open_questions),
            "next_steps": len(brief.next_steps),
            "warnings": len(brief.provenance.warnings),
            "made_from": self.made_from(source),
        }
        self._append(INDEX, line)

    def fail(self, source: str, error: SummarizerError) -> None:
        """A line that says why there is no brief, with every attempt that was made."""
        attempts = error.attempts if isinstance(error, ModelError) else []
        line = {
            "source": source,
            "reason": outcome_name(error),
            "message": str(error),
            "exit_status": error.exit_status,
            "attempts": [attempt.model_dump(mode="json") for attempt in attempts],
        }
        self._append(FAILURES, line)

    def _append(self, name: str, line: Mapping[str, Any]) -> None:
        data = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            with open(self.path / name, "ab", opener=_for_its_owner) as file:
                file.write(data)
        except OSError as error:
            raise OutputError(f"cannot write {self.path / name}: {error.strerror}") from None

    def _read_index(self) -> None:
        self._settle()  # a line that a killed batch left half-written must not swallow the next
        for source, text in lines_of(self.path / INDEX):
            self._done[source] = str(json.loads(text).get("made_from"))

    def _settle(self) -> None:
        """One line per document and no more: of two the last one, of done and failed the brief."""
        done = dict(lines_of(self.path / INDEX))
        failed = {s: line for s, line in lines_of(self.path / FAILURES) if s not in done}
        for name, lines in ((INDEX, done), (FAILURES, failed)):
            text = "".join(lines[source] + "\n" for source in sorted(lines))
            write_atomically(self.path / name, text)


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """Source and text of each line; one that was cut off in the middle is left out."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for text in file:
                source = _source_of(text)
                if source is not None:
                    yield source, text.rstrip("\n")
    except FileNotFoundError:
        return


def _source_of(text: str) -> str | None:
    try:
        line = json.loads(text)
        return line["source"] if isinstance(line["source"], str) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def name_of(source: str) -> str:
    """What the files of a source are called: its name made harmless, and a digest of its place.

    The same source gets the same name again; two sources never the same one.
    """
    place = source if is_address(source) else os.path.abspath(source)
    digest = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    stem = re.sub(r"\.\w{1,5}$", "", re.split(r"[/\\]", source.rstrip("/\\"))[-1])
    readable = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:LONGEST_NAME]
    return f"{readable}-{digest}" if readable else digest


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(path / LOCK, timeout=0, mode=0o600)
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"another batch is at work in {path}: wait for it, or give another --out"
        ) from None
    except OSError as error:
        raise OutputError(f"cannot write in {path}: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
