"""Scoring: milliseconds per case, and how they grow with the number of items.

python benchmarks/scoring.py [--repeats 5]
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.casefiles import load_cases
from summarizer.evaluation.entries import Reference
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.scoring import score_brief

CASES = Path(__file__).parent.parent / "evals" / "cases"


def multiplied(reference: Reference, times: int) -> tuple[Reference, PeaceTalksBrief]:
    """The same case with every offer several times, each told apart by a number."""
    offers = [
        offer.model_copy(
            update={"id": f"{offer.id}-{n}", "statement": f"{offer.statement} Case {n}."}
        )
        for n in range(times)
        for offer in reference.brief.offers
    ]
    brief = reference.brief.model_copy(update={"offers": offers})
    return Reference(reference.case_id, brief, {}), brief


def seconds(reference: Reference, brief: PeaceTalksBrief, repeats: int) -> float:
    """Median time of one scoring."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        score_brief(reference, brief)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    references = [reference_of(case) for case in load_cases(CASES)]
    per_case = [seconds(reference, reference.brief, repeats) for reference in references]
    print(
        f"{len(references)} cases: median {statistics.median(per_case) * 1e3:.1f} ms, "
        f"slowest {max(per_case) * 1e3:.1f} ms"
    )
    largest = max(references, key=lambda reference: len(reference.brief.offers))
    for times in (1, 2, 4, 8):
        reference, brief = multiplied(largest, times)
        took = seconds(reference, brief, max(1, repeats // 2))
        print(f"{len(brief.offers):4} offers: {took * 1e3:8.1f} ms")


if __name__ == "__main__":
    main()
