"""Many documents against an endpoint with a second of latency: time, CPU and memory.

    python benchmarks/batch.py [--peers /path/to/venv/bin/python] [--documents 1000]
        [--concurrency 100] [--latency 1.0] [--repeats 1]

``summarizer batch`` as users run it, in a process of its own, against ``summarizer.testing``'s
server in another. Start-up is what a batch of one document takes beyond its latency; the ideal
is documents / concurrency x latency. The peers, in the same run, from a virtual environment that
has langextract[openai] and instructor: langextract's ``extract`` over the same documents with as
many workers, and plain instructor with asyncio and a semaphore, with our own schema. Peak memory
is taken at a fifth of the documents and at all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = """\
Norland's foreign minister Ada Berg met envoys of the Sud Front in Lowen on Monday.
Berg offered to release 200 prisoners if the front opens the river road.
The front's spokesman Ivo Kral said it would “never” give up the eastern bank.
He called the offer a step, without saying yes.
Who would watch the road was left open.
The two sides meet again on Friday.
“Both are playing for time,” said Eva Lind, an analyst.
"""
"""A news item in brief, written for this benchmark."""

INSTRUCTOR = """
import asyncio, sys, pathlib
import instructor
from openai import AsyncOpenAI
from summarizer.draft import BriefDraft
folder, out, url, concurrency = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3:]

async def main():
    openai = AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=180)
    client = instructor.from_openai(openai, mode=instructor.Mode.JSON_SCHEMA)
    room = asyncio.Semaphore(int(concurrency))

    async def one(path):
        async with room:
            brief = await client.create(
                model="scripted", response_model=BriefDraft, max_retries=0,
                messages=[{"role": "user", "content": "Who offers what?\\n" + path.read_text()}],
            )
            (out / f"{path.stem}.json").write_text(brief.model_dump_json())

    await asyncio.gather(*(one(path) for path in sorted(folder.glob("*.txt"))))

asyncio.run(main())
"""

LANGEXTRACT = """
import sys, pathlib, warnings
warnings.simplefilter("ignore")
import langextract as lx
from langextract.providers.openai import OpenAILanguageModel
folder, out, url, concurrency = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3:]
workers = int(concurrency)
example = lx.data.ExampleData(text="A offers B peace.", extractions=[
    lx.data.Extraction(extraction_class="offer", extraction_text="A offers B peace")])
texts = [lx.data.Document(text=path.read_text(), document_id=path.stem)
         for path in sorted(folder.glob("*.txt"))]
model = OpenAILanguageModel("scripted", api_key="none", base_url=url, max_workers=workers)
found = lx.extract(texts, prompt_description="Extract offers.", examples=[example], model=model,
                   max_workers=workers, batch_length=workers, show_progress=False)
lx.io.save_annotated_documents(iter(found), output_name="all.jsonl", output_dir=out,
                               show_progress=False)
"""

DRAFT = {
    "about_peace_talks": True, "not_about": None, "title": "Norland and the Sud Front",
    "parties": [
        {"name": "Norland", "aliases": [], "kind": "state", "roles": ["primary_party"],
         "people": [{"name": "Ada Berg", "title": "foreign minister"}], "citations": [1]},
        {"name": "Sud Front", "aliases": ["the front"], "kind": "armed_group",
         "roles": ["primary_party"], "people": [], "citations": [1]},
    ],
    "offers": [
        {"citations": [2], "speaker": "Ada Berg", "speaks_for": "Norland", "basis": "on_record",
         "topics": ["detainees_hostages"], "kind": "offer", "by": ["Norland"],
         "to": ["Sud Front"], "conditions": ["the front opens the river road"], "deadline": None,
         "statement": "Norland offers to release 200 prisoners if the front opens the river road.",
         "status": "tabled", "certainty": "asserted", "responses": []},
    ],
    "red_lines": [
        {"citations": [3], "speaker": "Ivo Kral", "speaks_for": "Sud Front", "basis": "on_record",
         "topics": ["territory_borders"], "held_by": "Sud Front", "kind": "refusal",
         "statement": "The Sud Front will “never” give up the eastern bank.",
         "firmness": "categorical", "certainty": "asserted"},
    ],
    "open_questions": [], "next_steps": [], "outside_voices": [],
    "bottom_line": [{"statement": "Norland offers to release 200 prisoners.", "citations": [2]}],
}  # fmt: skip
FOUND = {"extractions": [{"offer": "Berg offered to release 200 prisoners"}]}
ANSWERS = {"summarizer": DRAFT, "instructor": DRAFT, "langextract": FOUND}


@dataclass(frozen=True)
class Measured:
    """One run: wall and CPU seconds, peak memory in MB."""

    seconds: float
    cpu: float
    memory: float


def serve(system: str, latency: float) -> None:
    """The endpoint, until standard input is closed."""
    from summarizer.testing import ModelServer, answer

    with ModelServer(answer(json.dumps(ANSWERS[system])), latency=latency, remember=0) as server:
        print(server.base_url, flush=True)
        sys.stdin.read()


@contextmanager
def served(system: str, latency: float) -> Iterator[str]:
    """The endpoint as a process of its own; its address."""
    command = [sys.executable, __file__, "--serve", system, "--latency", str(latency)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()


def documents(folder: Path, count: int) -> Path:
    """A folder with so many documents, no two alike."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(f"{TEXT}This is report {number}.\n", "utf-8")
    return folder


def command_of(
    system: str, folder: Path, out: Path, url: str, concurrency: int, peers: Path | None
) -> list[str]:
    """What is run."""
    if system == "summarizer":
        return [
            sys.executable, "-m", "summarizer", "batch", str(folder), "--out", str(out),
            "--base-url", url, "--model", "scripted", "--concurrency", str(concurrency), "--quiet",
        ]  # fmt: skip
    out.mkdir(parents=True)
    script = {"instructor": INSTRUCTOR, "langextract": LANGEXTRACT}[system]
    return [str(peers), "-c", script, str(folder), str(out), url, str(concurrency)]


def run(command: list[str], cache: Path) -> Measured:
    """Run a command to its end. Raises RuntimeError when it fails."""
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "SUMMARIZER_CACHE_DIR": str(cache),
        "SUMMARIZER_CONFIG": "", "TQDM_DISABLE": "1",
    }  # fmt: skip
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"it ended with status {process.returncode}")
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def measure(system: str, count: int, options: argparse.Namespace) -> Measured:
    """One system over so many documents, from a cold start."""
    with tempfile.TemporaryDirectory() as home, served(system, options.latency) as url:
        folder = documents(Path(home) / "in", count)
        out = Path(home) / "out"
        command = command_of(system, folder, out, url, options.concurrency, options.peers)
        measured = run(command, Path(home) / "cache")
        made = len(list(out.glob("*.json"))) or sum(1 for _ in (out / "all.jsonl").open())
        if made != count:
            raise RuntimeError(f"it made {made} of {count}")
    return measured


def row(system: str, options: argparse.Namespace) -> str:
    """A line of the table: the median of the runs."""
    count = options.documents
    one = [measure(system, 1, options) for _ in range(options.repeats)]
    some = [measure(system, count // 5, options) for _ in range(options.repeats)]
    all_ = [measure(system, count, options) for _ in range(options.repeats)]
    startup = statistics.median(run.seconds for run in one) - options.latency
    seconds = statistics.median(run.seconds for run in all_) - startup
    ideal = count / options.concurrency * options.latency
    cpu = statistics.median(run.cpu for run in all_) - statistics.median(run.cpu for run in one)
    less, more = (statistics.median(run.memory for run in runs) for runs in (some, all_))
    return (
        f"{system:12}{startup:9.1f}{seconds:10.1f}{seconds / ideal:10.2f}{cpu / count * 1e3:10.1f}"
        f"{less:9.0f}{more:9.0f}{more / less:8.2f}"
    )


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--latency", type=float, default=1.0)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--peers", type=Path, help="python of a venv with langextract, instructor")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        return serve(options.serve, options.latency)
    few = options.documents // 5
    print(
        f"{options.documents} documents, {options.concurrency} at a time, {options.latency} s\n"
        f"{'':12}{'start-up':>9}{'seconds':>10}{'× ideal':>10}{'CPU ms':>10}"
        f"{f'MB {few}':>9}{f'MB {options.documents}':>9}{'×':>8}"
    )
    systems = ["summarizer", *(["instructor", "langextract"] if options.peers else [])]
    for system in systems:
        try:
            print(row(system, options), flush=True)
        except RuntimeError as error:
            print(f"{system:12}failed: {error}", flush=True)
    return None


if __name__ == "__main__":
    main()
