"""Long documents: seconds, tokens and memory at 5,000, 15,000 and 50,000 words.

python benchmarks/windows.py [--words 5000 15000 50000]

The shipped documents about conflicts (evals/training) are strung together, and read in windows
over the wire from a scripted endpoint that lists a red line for every eighth sentence it is
shown. Each length runs in a process of its own. CPU seconds are those of this program alone;
memory is its peak, and what remains of it without the text.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from itertools import cycle
from pathlib import Path
from typing import Any

from summarizer.pipeline import summarize
from summarizer.settings import Settings
from summarizer.testing import ModelServer, Usage, answer
from summarizer.testing.request import Request

DOCUMENTS = Path(__file__).parent.parent / "evals" / "training" / "documents"
EVERY = 8
"""One sentence in so many is a red line."""
CHARACTERS_PER_TOKEN = 4


def text_of(words: int) -> str:
    """That many words of the shipped documents, again with a number where they run out."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    made: list[str] = []
    count = 0
    for turn, text in enumerate(cycle(texts)):
        paragraphs = f"Report {turn}\n\n{text}".split("\n\n")
        for paragraph in paragraphs:
            made.append(paragraph)
            count += len(paragraph.split())
            if count >= words:
                return "\n\n".join(made)
    raise AssertionError("cycle ends never")


def play(request: Request) -> Any:
    """A red line for every eighth sentence of the document, in the words of the sentence."""
    cited = {n: text for n, text in request.source.items() if n % EVERY == 0}
    sides = [
        {"name": name, "aliases": [], "kind": "other", "roles": ["primary_party"], "people": [],
         "citations": [min(request.source)]}
        for name in ("Northern side", "Southern side")
    ]  # fmt: skip
    lines = [
        {"citations": [number], "speaker": None, "speaks_for": None, "basis": "narration",
         "topics": ["process"], "statement": f"The side demands it: {text[:150]}",
         "held_by": "Northern side", "kind": "demand", "firmness": "qualified",
         "certainty": "asserted"}
        for number, text in cited.items()
    ]  # fmt: skip
    lists: dict[str, Any] = {
        "parties": sides, "offers": [], "red_lines": lines, "open_questions": [],
        "next_steps": [], "outside_voices": [], "bottom_line": [],
    }  # fmt: skip
    told = json.dumps({"about_peace_talks": True, "not_about": None, "title": "Talks", **lists})
    usage = Usage(len(request.prompt) // CHARACTERS_PER_TOKEN, len(told) // CHARACTERS_PER_TOKEN)
    return answer(told, usage=usage)


def measure(words: int, base_url: str) -> dict[str, Any]:
    """One brief: what it took, and whether anything is missing."""
    text = text_of(words)
    settings = Settings(base_url=base_url, model="scripted", max_retries=0, cache=False)
    summarize(text="Talks go on in Doha.", settings=settings)  # libraries are loaded once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, cpu = time.perf_counter(), time.process_time()
    brief = summarize(text=text, settings=settings)
    took, used = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sentences = len(brief.sources[0].sentences)
    cited = {c.sentence for line in brief.red_lines for c in line.citations}
    return {
        "words": brief.sources[0].word_count,
        "windows": len(brief.provenance.attempts),
        "tokens in": brief.provenance.tokens_in,
        "tokens out": brief.provenance.tokens_out,
        "seconds": round(took, 1),
        "CPU seconds": round(used, 1),
        "MB more": round((peak - before) / 1024, 1),
        "text MB": round(len(text.encode()) / 2**20, 2),
        "lost": sentences // EVERY - len(cited),
        "warnings": len([w for w in brief.provenance.warnings if w.kind == "dropped"]),
    }


def main() -> None:
    """Measure every length, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, nargs="+", default=[5_000, 15_000, 50_000])
    context = multiprocessing.get_context("spawn")
    with ModelServer(play) as server:
        for words in parser.parse_args().words:
            with context.Pool(1) as pool:
                row = pool.apply(measure, (words, server.base_url))
            print(" · ".join(f"{name} {value:,}" for name, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
