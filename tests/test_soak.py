"""benchmarks/soak.py, small: faults, a kill, and the same end as without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOAK = Path(__file__).parent.parent / "benchmarks" / "soak.py"


def test_killed_batch_ends_as_an_undisturbed_one() -> None:
    """Every document once, done or failed with its reason, as without the kill.

    Paid again is what was under way when the process was killed: of 4 places 4 calls at most,
    of some 35.
    """
    options = ["--documents", "30", "--kills", "1", "--places", "4", "--quick"]
    run = subprocess.run(
        [sys.executable, str(SOAK), *options, "--most-paid", "1.15", "--latency", "0.01"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "30 documents" in run.stdout
    assert "killed with" in run.stdout
