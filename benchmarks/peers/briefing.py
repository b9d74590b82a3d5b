"""A peer over the cases of the harness: one answer and one brief per case, kept at once.

The peer gets the text and the address of the embedded server, and gives its answer as text; what
it found is read from that, and becomes a brief as any answer does: citations resolved, items
checked, by the same code. A case that has an answer is not asked again, so a run that was stopped
goes on. An answer that cannot be used is no brief, which the harness counts as zero.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarizer.brief import PeaceTalksBrief, Provenance
from summarizer.documents import Document
from summarizer.draft import BriefDraft
from summarizer.embedded import EmbeddedServer
from summarizer.errors import SummarizerError
from summarizer.evaluation.casefiles import load_cases
from summarizer.evaluation.cases import Case
from summarizer.evaluation.runner import document_of
from summarizer.grounding import ground
from summarizer.pipeline import finished
from summarizer.settings import default_cache_dir
from summarizer.storage import load_brief, write_atomically
from summarizer.validation import mend
from summarizer.version import __version__
from summarizer.weights import path

EVALS = Path(__file__).parents[2] / "evals"
MODEL = "qwen2.5-coder-1.5b-instruct"
CONTEXT = 8_192
"""Tokens: the longest document of the test split, the schema and an answer fit."""
CAP = 800
"""Output tokens of one call: our own `single` took 374 to 819 for the documents of the split."""


@dataclass(frozen=True)
class Answered:
    """What a peer said, and what it took; ``error`` in place of an answer: it gave up."""

    text: str
    seconds: float
    processor: float
    error: str | None = None


@dataclass(frozen=True)
class Peer:
    """A library: how it is asked, and how its answer is read. ``ask`` may raise anything."""

    name: str
    ask: Callable[[Document, EmbeddedServer], str]
    read: Callable[[str, Document], BriefDraft]


def run(peer: Peer, arguments: list[str] | None = None) -> None:
    """Brief the cases that the command line names, or those of a split."""
    parser = argparse.ArgumentParser(description=peer.name)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="default: all of --split")
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the briefs")
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args(arguments)
    weights = path(given.model, default_cache_dir() / "models")
    if weights is None:
        raise SystemExit(f"summarizer models pull {given.model}")
    chosen = _chosen(given.cases, given.split)
    _answer(peer, chosen, given.out / "answers", _opener(weights, given.threads))
    for case in chosen:
        print(case.id, _brief(peer, case, given.out, given.model), flush=True)


def _chosen(names: list[str], split: str) -> list[Case]:
    cases = {case.id: case for case in load_cases(EVALS / "cases")}
    unknown = [name for name in names if name not in cases]
    if unknown:
        raise SystemExit(f"no case is named {unknown[0]}")
    return [cases[name] for name in names] or [c for c in cases.values() if c.split == split]


def _opener(weights: Path, threads: int) -> Callable[[], AbstractContextManager[EmbeddedServer]]:
    return lambda: EmbeddedServer(weights, context=CONTEXT, threads=threads)


def _answer(
    peer: Peer,
    cases: Iterable[Case],
    folder: Path,
    opened: Callable[[], AbstractContextManager[EmbeddedServer]],
) -> None:
    """The missing answers; no server is started where there are none."""
    missing = [case for case in cases if not (folder / f"{case.id}.json").exists()]
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with opened() as server:
        for case in missing:
            answered = _asked(peer, document_of(case), server)
            written = json.dumps(vars(answered), ensure_ascii=False, indent=1)
            write_atomically(folder / f"{case.id}.json", written)


def _asked(peer: Peer, document: Document, server: EmbeddedServer) -> Answered:
    began, used = time.monotonic(), _processor_seconds()
    text, error = "", None
    try:
        text = peer.ask(document, server)
    except Exception as problem:  # whatever a library raises is its answer
        error = f"{type(problem).__name__}: {problem}"[:400]
    return Answered(text, time.monotonic() - began, _processor_seconds() - used, error)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _brief(peer: Peer, case: Case, out: Path, model: str) -> str:
    """Make the brief of a kept answer; say what came of it."""
    kept: dict[str, Any] = json.loads((out / "answers" / f"{case.id}.json").read_text("utf-8"))
    answered = Answered(**kept)
    took = f"{answered.seconds:.0f} s, {answered.processor:.0f} s of processor"
    if answered.error:
        return f"{took}: {answered.error.splitlines()[0]}"
    document = document_of(case)
    try:
        brief = brief_of(peer.read(answered.text, document), document, f"{peer.name}, {model}")
    except (SummarizerError, ValueError) as error:
        return f"{took}: unusable: {str(error).splitlines()[0]}"
    target = out / f"{case.id}.json"
    write_atomically(target, brief.model_dump_json(indent=1))
    load_brief(target)
    return f"{took}: {len(brief.offers)} offers, {len(brief.red_lines)} red lines"


def brief_of(draft: BriefDraft, document: Document, model: str) -> PeaceTalksBrief:
    """The brief of a peer's draft, mended, grounded and checked as any other."""
    provenance = Provenance(
        model=model,
        endpoint="answer",
        strategy="peer",
        prompt_version="none",
        tool_version=__version__,
        created=datetime.now(UTC),
    )
    mended = mend(draft, len(document.sentences))
    return finished(ground(mended.draft, document, provenance))
