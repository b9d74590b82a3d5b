"""Start-up: `summarizer --help` and `import summarizer` beside `llm --help`, in one run.

    python benchmarks/startup.py [--peer /path/to/venv/bin/llm] [--repeats 15]

Prints medians and the ratio, and fails if openai or instructor is loaded by either.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

HEAVY = ("openai", "instructor", "sentencex", "py3langid", "dateparser", "numpy")


def seconds(command: list[str], repeats: int) -> float:
    """Median wall time of a command."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def loaded(statement: str) -> list[str]:
    """Heavy modules that a statement loads."""
    code = f"import sys\n{statement}\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()[-1].split()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=Path, help="the peer's `llm` command")
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    command = Path(sys.executable).parent / "summarizer"
    ours = seconds([str(command), "--help"], options.repeats)
    bare = seconds([sys.executable, "-c", "pass"], options.repeats)
    imported = seconds([sys.executable, "-c", "import summarizer"], options.repeats)
    print(f"python -c pass          {bare * 1000:6.0f} ms")
    print(f"import summarizer       {imported * 1000:6.0f} ms")
    print(f"summarizer --help       {ours * 1000:6.0f} ms")
    if options.peer:
        peer = seconds([str(options.peer), "--help"], options.repeats)
        print(f"llm --help              {peer * 1000:6.0f} ms   ours / llm = {ours / peer:.2f}")
    heavy = loaded("import summarizer") + loaded(
        "import sys; sys.argv = ['summarizer', '--help']\n"
        "from summarizer.cli import app\n"
        "try: app()\nexcept SystemExit: pass"
    )
    print(f"heavy modules loaded: {', '.join(heavy) or 'none'}")
    if {"openai", "instructor"} & set(heavy):
        sys.exit(1)


if __name__ == "__main__":
    main()
