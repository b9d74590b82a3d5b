"""Seconds of a brief by sentence selection in both tiers, part by part, cold and warm, by length.

    python benchmarks/embedded.py [DOCUMENT]

Every figure is the median of several processes or repeats. The encoders are the only parts that are
a model's; their share is printed. Needs both encoders: summarizer models pull all-minilm-l6-v2
all-mpnet-base-v2. OMP_NUM_THREADS says on how many cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from summarizer import weights
from summarizer.documents import Document, from_text, load
from summarizer.encoder import NAMES, TIERS
from summarizer.selection import features, heads, subject, tuned
from summarizer.selection.compose import compose
from summarizer.selection.reading import read
from summarizer.selection.selecting import heard
from summarizer.settings import load_settings

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "seeds" / "berlin-talks-2025.txt"
REPEATS = 5
MODELS = ("sentence encoder", "small tuned encoder", "large tuned encoder")


def timed(job: Callable[[], object]) -> float:
    """Median seconds of a job."""
    found = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        job()
        found.append(time.perf_counter() - began)
    return median(found)


def files_of(tier: str) -> dict[str, Path]:
    """The encoders of a tier."""
    found = {}
    for size in TIERS[tier]:
        file = weights.path(NAMES[size], load_settings().models_dir)
        if file is None:
            raise SystemExit(f"needs weights: summarizer models pull {NAMES[size]}")
        found[size] = file
    return found


def cold(path: Path, tier: str) -> tuple[float, float]:
    """Seconds of a whole process, from start to the printed brief, and the MB it took at most."""
    command = [sys.executable, "-m", "summarizer", "brief", str(path), "--strategy", tier,
               "--model", "embedded", "--quiet"]  # fmt: skip
    seconds, sizes = [], []
    for _ in range(REPEATS):
        began = time.perf_counter()
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
        seconds.append(time.perf_counter() - began)
        sizes.append(used.ru_maxrss / 1024)
    return median(seconds), median(sizes)


def parts(document: Document, files: Mapping[str, Path]) -> dict[str, float]:
    """Seconds of each part, warm."""
    reading = read(document)
    plain = heads.load().judge(reading)
    judged = heard(plain, files)
    lines = {"small": plain.open, "large": plain.heard(judged.opinion).likely}
    encoders = {
        f"{size} tuned encoder": timed(lambda s=size: tuned.opinion(reading, files, s, lines[s]))  # type: ignore[misc]
        for size in files
    }
    for size in files:
        print(f"lines shown to the {size} encoder: {len(lines[size])} of {len(reading.lines)}")
    return {
        "parties, people, voices": timed(lambda: read(document)),
        "sentence encoder": timed(lambda: features.encode([line.text for line in reading.lines])),
        **encoders,
        "cues and classifier": timed(
            lambda: (features.describe(reading), subject.describe(reading))
        ),
        "holders and fields": timed(lambda: compose(judged)),
    }


def show(path: Path, document: Document, tier: str) -> None:
    """Print the figures of a tier."""
    files = files_of(tier)
    seconds, size = cold(path, tier)
    print(f"\n{tier}, cold, whole process: {seconds:.2f} s, {size:.0f} MB at most")
    found = parts(document, files)
    total = sum(found.values())
    for name, part in found.items():
        print(f"{name}: {part:.3f} s ({part / total:.0%})")
    models = sum(part for name, part in found.items() if name in MODELS)
    print(f"the encoders' own: {models / total:.0%}, ours: {1 - models / total:.0%}")
    for times in (1, 2, 4):
        longer = from_text("\n\n".join([document.text] * times))
        again = timed(lambda d=longer: compose(heard(heads.load().judge(read(d)), files)))  # type: ignore[misc]
        print(f"{times} times the text, {len(longer.sentences)} sentences: {again:.2f} s")


def main() -> None:
    """Print the figures of both tiers."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT
    document = load(path)
    print(f"{path.name}: {document.word_count} words, {len(document.sentences)} sentences")
    features.encode(["warm"])
    for tier in TIERS:
        show(path, document, tier)


if __name__ == "__main__":
    main()
