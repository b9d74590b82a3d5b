"""Everything around the model: milliseconds per step, and how they grow with the document.

    python benchmarks/overhead.py [--peer /path/to/venv/bin/python] [--repeats 5]

Load and segment, prompt, read the answer, mend, ground and check, render Markdown; for a
document of about 900 and one of about 20,000 words, with one item per three sentences. The
peer, in the same run, is langextract's alignment of the same items' quotes in the same text.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarizer.answers import read_answer
from summarizer.brief import Provenance
from summarizer.documents import Document, from_text
from summarizer.grounding import ground
from summarizer.prompts import make_prompt
from summarizer.rendering.markdown import to_markdown
from summarizer.validation import mend

SEED = Path(__file__).parent.parent / "seeds" / "berlin-talks-2025.txt"

PEER = """
import json, sys, time
from langextract import data
from langextract.resolver import Resolver
job = json.load(sys.stdin)
items = [data.Extraction(extraction_class="offer", extraction_text=q) for q in job["quotes"]]
resolver = Resolver()
times = []
for _ in range(job["repeats"]):
    began = time.perf_counter()
    list(resolver.align(items, job["text"], 0, enable_fuzzy_alignment=True))
    times.append(time.perf_counter() - began)
print(sorted(times)[len(times) // 2])
"""


def text_of(words: int) -> str:
    """The seed, repeated with its sentences numbered so that no two are equal."""
    paragraphs = SEED.read_text(encoding="utf-8").split("\n\n")
    made: list[str] = []
    count, turn = 0, 0
    while count < words:
        for paragraph in paragraphs:
            made.append(f"Report {turn}. {paragraph}")
            count += len(paragraph.split()) + 2
            if count >= words:
                break
        turn += 1
    return "\n\n".join(made)


def answer_for(document: Document) -> str:
    """A draft with an offer for every third sentence."""
    offers = [
        {
            "citations": [sentence.number], "speaker": None, "speaks_for": None,
            "basis": "narration", "topics": ["process"],
            "statement": " ".join(document.quote(sentence.number).split()[:35]),
            "kind": "offer", "by": ["Ukraine"], "to": [], "conditions": [], "deadline": None,
            "status": "unstated", "certainty": "asserted", "responses": [],
        }
        for sentence in document.sentences[::3]
    ]  # fmt: skip
    party = {
        "name": "Ukraine", "aliases": ["Kyiv"], "kind": "state", "roles": ["primary_party"],
        "people": [], "citations": [1],
    }  # fmt: skip
    empty: dict[str, Any] = {
        name: [] for name in ("red_lines", "open_questions", "next_steps", "outside_voices")
    }
    draft = {
        "about_peace_talks": True, "not_about": None, "title": "t", "parties": [party],
        "offers": offers, **empty, "bottom_line": [],
    }  # fmt: skip
    return json.dumps(draft)


def timed(function: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Median seconds, and the last result."""
    times, result = [], None
    for _ in range(repeats):
        began = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - began)
    return statistics.median(times), result


def measure(words: int, repeats: int) -> tuple[dict[str, float], Document]:
    """Seconds per step for a document of about so many words."""
    text = text_of(words)
    seconds: dict[str, float] = {}
    seconds["load, segment"], document = timed(lambda: from_text(text), repeats)
    seconds["prompt"], _ = timed(lambda: make_prompt(document), repeats)
    raw = answer_for(document)
    seconds["read answer"], answer = timed(lambda: read_answer(raw), repeats)
    size = len(document.sentences)
    seconds["mend"], mended = timed(lambda: mend(answer.draft, size), repeats)
    provenance = Provenance(
        model="none", endpoint="answer", strategy="none", prompt_version="none",
        tool_version="0", created=datetime.now(UTC),
    )  # fmt: skip
    seconds["ground, check"], brief = timed(
        lambda: ground(mended.draft, document, provenance), repeats
    )
    seconds["Markdown"], _ = timed(lambda: to_markdown(brief), repeats)
    return seconds, document


def peer_seconds(python: Path, document: Document, repeats: int) -> float:
    """langextract's alignment of the same items' quotes."""
    quotes = [document.quote(sentence.number) for sentence in document.sentences[::3]]
    job = json.dumps({"text": document.text, "quotes": quotes, "repeats": repeats})
    done = subprocess.run(
        [str(python), "-c", PEER], input=job, capture_output=True, text=True, check=True
    )
    return float(done.stdout.splitlines()[-1])


def row(name: str, one: float, two: float) -> str:
    """A line of the table; times in seconds."""
    return f"{name:16}{one * 1e3:8.1f} ms{two * 1e3:9.1f} ms     × {two / one:.1f}"


def main() -> None:
    """Measure both sizes and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=Path, help="python of a venv that has langextract")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    from_text("The first document loads the language model. It is not measured.")
    small, document = measure(900, options.repeats)
    large, long_document = measure(20_000, options.repeats)
    grown = long_document.word_count / document.word_count
    words = f"{document.word_count:>8,}   {long_document.word_count:>9,}"
    print(f"{'words':16}{words}        × {grown:.1f}")
    small["all"], large["all"] = sum(small.values()), sum(large.values())
    for step, seconds in small.items():
        print(row(step, seconds, large[step]))
    if options.peer:
        one = peer_seconds(options.peer, document, options.repeats)
        two = peer_seconds(options.peer, long_document, 1)
        print(row("langextract", one, two))
        ours, ours_large = small["ground, check"], large["ground, check"]
        print(f"ground, check / langextract align: {ours / one:.2f} and {ours_large / two:.3f}")


if __name__ == "__main__":
    main()
