"""The gate: passed (0), regressed (1), or could not measure (2) (pure).

Replay is deterministic, so that every score must equal the snapshot; a live run must not be
worse than its baseline beyond what chance explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from summarizer.evaluation.runs import Outcome, Run, critical_errors, require_comparable_runs
from summarizer.evaluation.statistics import paired

PASSED, REGRESSED, NOT_MEASURED = 0, 1, 2
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Verdict:
    """What the gate says, and why, a line each."""

    status: int
    lines: list[str] = field(default_factory=list)


def check_replay(run: Run, snapshot: Run) -> Verdict:
    """Every case must score exactly what the committed snapshot says."""
    require_comparable_runs(run, snapshot)
    missing = _coverage(run, snapshot)
    if missing:
        return Verdict(NOT_MEASURED, missing)
    now, then = run.scores, snapshot.scores
    moved = [case for case in then if abs(now[case] - then[case]) > TOLERANCE]
    lines = [f"{case}: {then[case]:.4f} → {now[case]:.4f}" for case in moved]
    crashed = [f"{outcome.case_id}: {outcome.error}" for outcome in _new_crashes(run, snapshot)]
    if lines or crashed:
        return Verdict(REGRESSED, [*lines, *crashed])
    mean = fmean(now.values())
    return Verdict(
        PASSED, [f"{len(then)} of {len(then)} cases as in the snapshot, mean {mean:.3f}"]
    )


def check_live(
    run: Run, baseline: Run, *, floor: float | None = None, must_pass: Sequence[str] = ()
) -> Verdict:
    """Not worse than the baseline, not under the floor, no new critical error where it counts."""
    require_comparable_runs(run, baseline)
    missing = _coverage(run, baseline) + _not_run(run, baseline, must_pass)
    if missing:
        return Verdict(NOT_MEASURED, missing)
    difference = paired(baseline.scores, run.scores).difference
    lines = [f"difference {difference.mean:+.3f} over {difference.n} cases"]
    worse = difference.high is not None and difference.high < 0
    mean = fmean(run.scores.values())
    under = floor is not None and mean < floor
    if under:
        lines.append(f"mean {mean:.3f} is under the floor {floor:.3f}")
    critical = _new_critical(run, baseline, must_pass)
    status = REGRESSED if worse or under or critical else PASSED
    return Verdict(status, [*lines, *critical])


def _coverage(run: Run, baseline: Run) -> list[str]:
    """What keeps the two from being compared on all cases."""
    if not run.scores or not baseline.scores:
        return ["no case was scored"]
    lost = sorted(set(baseline.scores) - set(run.scores))
    more = sorted(set(run.scores) - set(baseline.scores))
    lines = [f"{case} is in the baseline and was not run" for case in lost]
    return lines + [f"{case} was run and is not in the baseline" for case in more]


def _not_run(run: Run, baseline: Run, must_pass: Sequence[str]) -> list[str]:
    """Cases that must pass and cannot: a misspelt name is no guard."""
    both = {o.case_id for o in run.outcomes} & {o.case_id for o in baseline.outcomes}
    return [f"{case} must pass and was not run" for case in must_pass if case not in both]


def _new_crashes(run: Run, snapshot: Run) -> list[Outcome]:
    before = {outcome.case_id for outcome in snapshot.crashes}
    return [outcome for outcome in run.crashes if outcome.case_id not in before]


def _new_critical(run: Run, baseline: Run, must_pass: Sequence[str]) -> list[str]:
    # No brief has no wrong number in it either: a new crash is as bad.
    lines = [
        f"{outcome.case_id} must pass: {outcome.error}"
        for outcome in _new_crashes(run, baseline)
        if outcome.case_id in must_pass
    ]
    for case in must_pass:
        before, now = _most_critical(baseline, case), _most_critical(run, case)
        lines += [
            f"{case} must pass: {name} errors {before[name]} → {n}"
            for name, n in now.items()
            if n > before[name]
        ]
    return lines


def _most_critical(run: Run, case: str) -> dict[str, int]:
    """Critical errors of a case; of repeats the most."""
    found = [critical_errors(outcome) for outcome in run.outcomes if outcome.case_id == case]
    return {name: max(errors[name] for errors in found) for name in found[0]}
