"""Seconds of a brief by sentence selection, part by part, from cold and warm, by length.

    python benchmarks/embedded.py [DOCUMENT]

Every figure is the median of several processes or repeats. The two encoders are the only parts that
are a model's; their shares are printed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from summarizer import weights
from summarizer.documents import Document, from_text, load
from summarizer.selection import features, heads, subject, tuned
from summarizer.selection.compose import compose
from summarizer.selection.heads import Judgement
from summarizer.selection.reading import Reading, read
from summarizer.settings import load_settings

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "seeds" / "berlin-talks-2025.txt"
REPEATS = 5
ENCODER = weights.path("all-minilm-l6-v2", load_settings().models_dir)


def timed(job: Callable[[], object]) -> float:
    """Median seconds of a job."""
    found = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        job()
        found.append(time.perf_counter() - began)
    return median(found)


def cold(path: Path) -> float:
    """Seconds of a whole process, from start to the printed brief."""
    command = [sys.executable, "-m", "summarizer", "brief", str(path), "--strategy", "fast",
               "--model", "embedded", "--quiet"]  # fmt: skip
    return timed(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT))


def heard(made: heads.Heads, reading: Reading) -> Judgement:
    """What the weights and the tuned encoder say of a document."""
    judged = made.judge(reading)
    return judged.heard(tuned.opinion(reading, ENCODER, judged.open))


def parts(document: Document) -> dict[str, float]:
    """Seconds of each part, warm."""
    made = heads.load()
    reading = read(document)
    judged = heard(made, reading)
    return {
        "parties, people, voices": timed(lambda: read(document)),
        "sentence encoder": timed(lambda: features.encode([line.text for line in reading.lines])),
        "tuned encoder": timed(lambda: tuned.opinion(reading, ENCODER, judged.open)),
        "cues and classifier": timed(
            lambda: (features.describe(reading), subject.describe(reading))
        ),
        "holders and fields": timed(lambda: compose(judged)),
    }


def main() -> None:
    """Print the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT
    document = load(path)
    print(f"{path.name}: {document.word_count} words, {len(document.sentences)} sentences")
    print(f"cold, whole process: {cold(path):.2f} s")
    features.encode(["warm"])
    found = parts(document)
    total = sum(found.values())
    for name, seconds in found.items():
        print(f"{name}: {seconds:.3f} s ({seconds / total:.0%})")
    for times in (1, 2, 4):
        longer = from_text("\n\n".join([document.text] * times))
        seconds = timed(lambda longer=longer: compose(heard(heads.load(), read(longer))))  # type: ignore[misc]
        print(f"{times} times the text, {len(longer.sentences)} sentences: {seconds:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"resident at most: {peak:.0f} MB")


if __name__ == "__main__":
    main()
