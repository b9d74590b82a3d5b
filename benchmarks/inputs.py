"""What every input gives, in how many seconds and with how much memory: docs/inputs.md.

    python benchmarks/inputs.py [--write] [--only NAME ...]

Each of ``tests/readers/inputs.py`` is loaded in a process of its own; addresses are served on
loopback by this one. Seconds are those of ``load``, memory is the peak of the process or of
the reader that it started, whichever is larger.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.readers.inputs import INPUTS, Input
from tests.readers.network import serving, web

PAGE = Path(__file__).parent.parent / "docs" / "inputs.md"
HEAD = """# What each kind of input gives

Made by `python benchmarks/inputs.py --write`; `tests/readers/test_inputs.py` holds every outcome.
Seconds are the processor time of loading, the reader's own process included: about 0.3 of them
load the library of a reader, and about 0.2 the model that tells languages. Memory is the peak of
the process, or of the reader's where that is more; {idle} MB are those of reading one line of text.

| input | | gives | seconds | peak MB |
| --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Row:
    """One input, measured."""

    case: Input
    gives: str
    seconds: float
    megabytes: int

    def __str__(self) -> str:
        gives = self.gives.replace("|", "\\|")
        name, what = self.case.name, self.case.what
        return f"| {name} | {what} | {gives} | {self.seconds:.2f} | {self.megabytes} |\n"


def load_one(source: str, port: int) -> None:
    """In the process that is measured: load, and say what came of it."""
    from summarizer.documents import load
    from summarizer.errors import InputError

    began = _processor_seconds()
    try:
        document = load(source, web=web(port))
        pages = f", pages: {len(document.pages):,}" if document.pages else ""
        notes = "".join(f"; {note}" for note in document.notes)
        gives = f"words: {document.word_count:,}{pages}{notes}"
    except InputError as error:
        gives = f"**refused**: {error}"
    seconds = _processor_seconds() - began
    print(json.dumps({"gives": gives, "seconds": seconds, "megabytes": _peak() >> 10}))


def _processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _peak() -> int:
    """Kilobytes of this process since it started, or of the largest that it started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def measured(case: Input, port: int) -> Row:
    """Make the input, and load it in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--load", case.make(Path(folder)), "--port", str(port)]
        ran = subprocess.run(command, capture_output=True, check=True)
        said = json.loads(ran.stdout)
        gives = said["gives"].replace(f"{folder}/", "")
    return Row(case, gives, said["seconds"], said["megabytes"])


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--load", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        load_one(options.load, options.port)
        return
    wanted = [case for case in INPUTS if not options.only or case.name in options.only]
    rows: list[Row] = []
    with serving() as port:
        for case in wanted:
            rows.append(measured(case, port))
            print(rows[-1], end="", flush=True)
    if options.write:
        page = HEAD.format(idle=rows[0].megabytes) + "".join(map(str, rows))
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
