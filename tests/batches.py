"""Batches for the tests: folders of documents, and what was made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from summarizer.batchfolder import FAILURES, INDEX
from summarizer.batching import Tally, batch
from summarizer.testing.behaviour import Play
from summarizer.testing.request import Request
from tests import runs
from tests.runs import TEXT


def documents(folder: Path, names: Iterable[object]) -> Path:
    """A folder with a document per name, each with its name as a last sentence."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(f"{TEXT}\nMark {name}.", encoding="utf-8")
    return folder


def made(base_url: str, folder: Path, **arguments: Any) -> Tally:
    """A batch over ``folder/in`` into ``folder/out`` at a scripted server, with a cache."""
    names = {"max_retries", "max_reasks", "max_chars", "deadline", "model", "cache"}
    changes = {name: arguments.pop(name) for name in names & set(arguments)}
    usual = {"cache": True, "cache_dir": folder / "cache"}
    settings = runs.settings(base_url, **{**usual, **changes})
    return batch([folder / "in"], folder / "out", settings=settings, **arguments)


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    """The lines of ``folder/out/name``."""
    text = (folder / "out" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def index(folder: Path) -> list[str]:
    """What the documents are called that have a brief, in the order of the index."""
    return [Path(line["source"]).stem for line in lines(folder, INDEX)]


def failures(folder: Path) -> dict[str, str]:
    """The reason of every failure by the name of its document."""
    return {Path(line["source"]).stem: line["reason"] for line in lines(folder, FAILURES)}


def marked(request: Request) -> str:
    """Which document a request is about."""
    return request.prompt.rpartition("Mark ")[2].partition(".")[0]


def by_name(plays: dict[str, Play], usual: Play) -> Play:
    """A behaviour that differs by document."""
    return lambda request: plays.get(marked(request), usual)
