"""The soak: a batch under faults, killed again and again, against an undisturbed one.

    python benchmarks/soak.py [--documents 5000] [--faults 0.2] [--kills 3] [--places 16]
        [--most-paid 1.01] [--seed 1] [--quick]

A fifth of the documents meets a fault of ``summarizer.testing.FAULTS``, chosen at random: what
passes (429, 503, a reset, a stall, …) once or twice, what does not (400, a refusal, an answer
that is no JSON, …) whenever the document is first asked about. ``summarizer batch`` is killed with
SIGKILL at random moments and started again with the same command, the last time with --resume.

Exit status 0 when every document is done or among the failures and none twice; when the calls
that the server charged for are at most 1.01 times those of the undisturbed run, which is the
least that these faults leave possible (a call that is under way when the process is killed is
paid for and lost: one per place and kill at most); and when both runs made the same of every
document.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.testing import FAULTS, ModelServer, Request, answer
from summarizer.testing.behaviour import Play

sys.path.insert(0, str(Path(__file__).parent))
from batch import DRAFT, TEXT

GOOD = json.dumps(DRAFT)
TRAITS = frozenset(
    "temperature_refused temperature_value_refused max_tokens_refused json_schema_refused "
    "tools_refused".split()
)
"""What an endpoint is, and not what happens to a call: one document would teach the others."""
PASSING = frozenset({"RateLimited", "TimedOut", "Unreachable"})
LASTING = frozenset({"http_429_absurd", "http_429_quota"})
"""Limits that no waiting ends."""
SLOW = re.compile(r"stall|loris|429_(seconds|date)|huge|big|20_?mb", re.IGNORECASE)
"""Faults that take seconds; a quick soak goes without."""
_MARK = re.compile(r"report (\d+)")


@dataclass
class Trouble:
    """An endpoint that gives each document its fault; the same ones in every run."""

    faults: dict[str, str]
    times: dict[str, int]
    met: Counter[str] = field(default_factory=Counter)

    @classmethod
    def draw(cls, options: argparse.Namespace) -> Trouble:
        """Which documents meet which fault, and how often, by the seed."""
        chance = random.Random(options.seed)
        names = [
            name
            for name, fault in FAULTS.items()
            if fault.listens and name not in TRAITS and not (options.quick and SLOW.search(name))
        ]
        unlucky = [f"{n:05}" for n in range(options.documents) if chance.random() < options.faults]
        faults = {mark: chance.choice(names) for mark in unlucky}
        return cls(faults, {mark: chance.choice((1, 2)) for mark in unlucky})

    def __call__(self, request: Request) -> Play:
        """The reply to a request about one of the documents."""
        found = _MARK.search(request.prompt)
        mark = found[1] if found else ""
        name = self.faults.get(mark)
        asked_again = len(request.messages) > 2
        if name is None or asked_again or not self._strikes(mark, name):
            return answer(GOOD)
        return FAULTS[name].behaviour(GOOD, interval=0.5)

    def _strikes(self, mark: str, name: str) -> bool:
        if FAULTS[name].outcome not in PASSING or name in LASTING:
            return True
        self.met[mark] += 1
        return self.met[mark] <= self.times[mark]


@dataclass
class Run:
    """One batch, from its first start to its end."""

    out: Path
    paid: int = 0
    requests: int = 0
    seconds: float = 0.0
    killed_at: list[int] = field(default_factory=list)
    status: int = 0


def documents(folder: Path, count: int) -> None:
    """So many documents; each sentence tells of which one it is."""
    folder.mkdir()
    for number in range(count):
        text = TEXT.replace(".\n", f" (report {number:05}).\n")
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def start(home: Path, out: Path, url: str, more: Sequence[str]) -> subprocess.Popen[bytes]:
    """``summarizer batch`` as a process of its own."""
    command = [
        sys.executable, "-m", "summarizer", "batch", str(home / "in"), "--out", str(out),
        "--base-url", url, "--model", "scripted", "--quiet", "--timeout", "8", *more,
    ]  # fmt: skip
    environment = {**os.environ, "SUMMARIZER_CACHE_DIR": f"{out}-cache", "SUMMARIZER_CONFIG": ""}
    return subprocess.Popen(command, env=environment)


def soak(server: ModelServer, home: Path, name: str, options: argparse.Namespace) -> Run:
    """A batch over the documents; all but the one called "calm" is killed at random moments."""
    run, chance = Run(home / name), random.Random(options.seed + 1)
    kills, always = 0 if name == "calm" else options.kills, ["--concurrency", str(options.places)]
    moments = sorted(chance.randrange(1, options.documents * 9 // 10) for _ in range(kills))
    began, before = time.monotonic(), (server.request_count, server.billed.calls)
    for moment in moments:
        process = start(home, run.out, server.base_url, always)
        wait_for(run.out, moment, process)
        time.sleep(chance.random() * 0.2)
        process.kill()
        process.wait()
        run.killed_at.append(lines(run.out / "index.jsonl"))
    last = [*always, "--resume"] if kills else always
    run.status = start(home, run.out, server.base_url, last).wait()
    run.requests = server.request_count - before[0]
    run.paid = server.billed.calls - before[1]
    run.seconds = time.monotonic() - began
    return run


def wait_for(out: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Until the index has so many lines, or the process has ended before."""
    while process.poll() is None and lines(out / "index.jsonl") < count:
        time.sleep(0.02)


def lines(path: Path) -> int:
    """Lines of a file that may not be there yet."""
    try:
        return path.read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def made_in(out: Path) -> dict[str, Any]:
    """What a run made of every document: its brief, or the reason why there is none.

    Left out is what a run tells of itself: its attempts, their cost and the time. Raises
    ValueError for a document that ended twice.
    """
    ended: dict[str, Any] = {}
    for line in (out / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        brief = json.loads((out / entry["brief"]).read_text(encoding="utf-8"))
        for name in ("attempts", "cost", "created"):
            del brief["provenance"][name]
        _end(ended, entry["source"], (entry, brief))
    for line in (out / "failures.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        del entry["attempts"]
        _end(ended, entry["source"], entry)
    briefs = {path.name for path in out.glob("*.json")}
    if len(briefs) != sum(isinstance(made, tuple) for made in ended.values()):
        raise ValueError("there are briefs that no line of the index names")
    return ended


def _end(ended: dict[str, Any], source: str, made: Any) -> None:
    if source in ended:
        raise ValueError(f"{source} ended twice")
    ended[source] = made


def verdict(calm: Run, wild: Run, options: argparse.Namespace) -> list[str]:
    """Everything that is not as it should be."""
    faults = []
    expected, found = made_in(calm.out), made_in(wild.out)
    if len(expected) != options.documents or len(found) != options.documents:
        faults.append(f"of {options.documents} documents {len(expected)} and {len(found)} ended")
    other = [name for name in expected if found.get(name) != expected[name]]
    if other:
        faults.append(f"{len(other)} documents ended otherwise: {other[:3]}")
    if wild.paid > options.most_paid * calm.paid:
        faults.append(f"{wild.paid} calls were paid, {wild.paid / calm.paid:.4f} of the least")
    if calm.status not in {0, 7} or wild.status not in {0, 7}:
        faults.append(f"exit status {calm.status} and {wild.status}")
    return faults


def report(calm: Run, wild: Run, trouble: Trouble) -> None:
    """What happened, in lines."""
    ended = made_in(wild.out)
    done = sum(isinstance(made, tuple) for made in ended.values())
    reasons = Counter(made["reason"] for made in ended.values() if isinstance(made, dict))
    kinds, told = len(set(trouble.faults.values())), sorted(reasons.items())
    print(f"{len(ended)} documents, {len(trouble.faults)} met one of {kinds} faults")
    print(f"done {done}, failed {sum(reasons.values())}:", ", ".join(f"{r} {n}" for r, n in told))
    for name, run in (("undisturbed", calm), ("killed", wild)):
        at = f", killed with {run.killed_at} done" if run.killed_at else ""
        print(f"{name:12}{run.seconds:7.0f} s{run.requests:8} requests{run.paid:8} paid{at}")
    print(f"paid / least possible: {wild.paid / calm.paid:.4f}")


def main() -> int:
    """Both runs, and whether they agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--faults", type=float, default=0.2)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--places", type=int, default=16, help="documents at a time")
    parser.add_argument("--most-paid", type=float, default=1.01, help="times the least possible")
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--quick", action="store_true", help="without the faults that take seconds")
    options = parser.parse_args()
    trouble = Trouble.draw(options)
    with tempfile.TemporaryDirectory() as name, ModelServer(
        trouble, latency=options.latency, remember=0
    ) as server:  # fmt: skip
        home = Path(name)
        documents(home / "in", options.documents)
        calm = soak(server, home, "calm", options)
        trouble.met.clear()
        wild = soak(server, home, "wild", options)
        report(calm, wild, trouble)
        faults = verdict(calm, wild, options)
    print("\n".join(faults) or "every document ended once, as in the undisturbed run")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
