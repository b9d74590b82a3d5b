"""summarizer batch: what a user types, and what is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from summarizer.batching import Tally
from summarizer.cli.batchprogress import EVERY, FAILURES_SHOWN, BarProgress, PlainProgress, standing
from summarizer.errors import Refused
from summarizer.spending import Spending, Usage
from summarizer.testing import ModelServer, answer, status
from summarizer.testing import Usage as Reported
from tests.batches import by_name, documents, index
from tests.cli.terminal import Terminal, at
from tests.runs import GOOD, Clock

ANSWER = answer(GOOD, usage=Reported(300, 200))


def test_batch_ends_with_a_summary_and_nothing_on_standard_output(
    summarizer: Terminal, tmp_path: Path
) -> None:
    """How many, what it took, how long; status 0."""
    documents(tmp_path / "in", "abc")
    with ModelServer(ANSWER) as server:
        run = summarizer("batch", "in", "--out", "out", *at(server.base_url))
    assert (run.status, run.out) == (0, "")
    last = run.err.splitlines()[-1]
    assert last.startswith("summarizer: 3 documents: 3 done, 1,500 tokens, unpriced, ")
    assert index(tmp_path) == ["a", "b", "c"]


def test_failures_are_told_and_are_status_7(summarizer: Terminal, tmp_path: Path) -> None:
    """Each with its reason, as it comes; the file with all of them is named."""
    documents(tmp_path / "in", "abc")
    with ModelServer(by_name({"b": status(400)}, ANSWER)) as server:
        run = summarizer("batch", "in", "--out", "out", *at(server.base_url))
    assert run.status == 7
    assert "in/b.txt: " in run.err
    assert "(400)" in run.err
    assert "2 done, 1 failed (out/failures.jsonl)" in run.err
    assert "Traceback" not in run.err


def test_quiet_batch_says_nothing(summarizer: Terminal, tmp_path: Path) -> None:
    """The status and the folder tell."""
    documents(tmp_path / "in", "ab")
    with ModelServer(by_name({"b": status(400)}, ANSWER)) as server:
        run = summarizer("batch", "in", "--out", "out", "--quiet", *at(server.base_url))
    assert (run.status, run.out, run.err) == (7, "", "")


def test_paths_come_from_standard_input(
    summarizer: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``find … | summarizer batch - --out …``."""
    documents(tmp_path / "in", "abc")
    monkeypatch.setattr("sys.stdin", io.StringIO("in/a.txt\n\nin/c.txt\n"))
    with ModelServer(ANSWER) as server:
        run = summarizer("batch", "-", "--out", "out", *at(server.base_url))
    assert run.status == 0
    assert index(tmp_path) == ["a", "c"]


def test_files_of_other_kinds_are_counted(summarizer: Terminal, tmp_path: Path) -> None:
    """What a folder holds beside documents is not skipped in silence."""
    documents(tmp_path / "in", "a")
    for name in ("x.png", "y.png", "z.zip"):
        (tmp_path / "in" / name).write_bytes(b"\0")
    with ModelServer(ANSWER) as server:
        run = summarizer("batch", "in", "--out", "out", *at(server.base_url))
    assert "left out, of no kind that can be read: 2 .png, 1 .zip" in run.err


def test_formats_and_text(summarizer: Terminal, tmp_path: Path) -> None:
    """Markdown beside the JSON; the JSON without the text on request."""
    documents(tmp_path / "in", "a")
    with ModelServer(ANSWER) as server:
        run = summarizer(
            "batch", "in", "--out", "out", "--format", "md", "--format", "csv", "--no-text",
            *at(server.base_url),
        )  # fmt: skip
    assert run.status == 0
    (brief,) = (tmp_path / "out").glob("a-*.json")
    assert "Rain fell all day" not in brief.read_text()
    assert brief.with_suffix(".md").read_text().startswith("# Norland")
    assert brief.with_suffix(".csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_dry_run_calls_nobody_and_writes_nothing(summarizer: Terminal, tmp_path: Path) -> None:
    """Documents, words, tokens, cost; unreadable ones are named."""
    documents(tmp_path / "in", "abc")
    (tmp_path / "in" / "c.txt").write_text("")
    with ModelServer(ANSWER) as server:
        run = summarizer("batch", "in", "--out", "out", "--dry-run", *at(server.base_url))
    assert server.request_count == 0
    assert run.status == 7
    assert not (tmp_path / "out").exists()
    assert "documents   2\nunreadable  1\n" in run.out
    assert "cost        unpriced\n" in run.out
    assert "c.txt' is empty" in run.err


def test_limit_is_told_with_the_way_to_go_on(summarizer: Terminal, tmp_path: Path) -> None:
    """Status 5, what was used, what is left, what to type."""
    documents(tmp_path / "in", "abc")
    with ModelServer(ANSWER) as server:
        run = summarizer(
            "batch", "in", "--out", "out", "--limit-tokens", "10", *at(server.base_url)
        )
    assert run.status == 5
    assert "3 documents: 0 done, 3 not begun" in run.err
    assert "--limit-tokens 10, 0 used" in run.err
    assert "run the same command with --resume" in run.err


@pytest.mark.parametrize("cost", ["much", "-1", "0", "nan", "inf"])
def test_cost_that_is_none_is_one_line(cost: str, summarizer: Terminal, tmp_path: Path) -> None:
    """What to write is in it."""
    documents(tmp_path / "in", "a")
    run = summarizer("batch", "in", "--out", "out", f"--limit-cost={cost}")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"summarizer: --limit-cost is a number of US dollars, such as 2.50, not {cost!r}\n"
    )


@pytest.mark.parametrize("sources", [["nowhere"], ["empty"], ["no*.txt"]])
def test_sources_that_are_none_are_one_line(
    sources: list[str], summarizer: Terminal, tmp_path: Path
) -> None:
    """A name mistyped costs nothing and leaves nothing."""
    (tmp_path / "empty").mkdir()
    run = summarizer("batch", *sources, "--out", "out", *at("http://127.0.0.1:9/v1"))
    assert (run.status, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_out_that_is_a_file_is_one_line(summarizer: Terminal, tmp_path: Path) -> None:
    """Said before anything is paid."""
    documents(tmp_path / "in", "a")
    (tmp_path / "out").write_text("")
    run = summarizer("batch", "in", "--out", "out", *at("http://127.0.0.1:9/v1"))
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("summarizer: cannot write in out: ")


def tally(**changes: int) -> Tally:
    """A batch under way."""
    spending = Spending()
    spending.used = Usage(900, 100)
    return Tally(**{"total": 100, "done": 10, **changes}, spending=spending)  # type: ignore[arg-type]


def test_standing_tells_all_at_a_glance() -> None:
    """Done, failed, rate, tokens, cost, time left; documents of an earlier run are done."""
    told = standing(tally(failed=2, skipped=20), 6.0)
    assert told == "30 of 100 done, 2 failed, 2.0/s, 1,000 tokens, 0.0000 USD, 34 s left"


def test_plain_progress_tells_now_and_then(capfd: pytest.CaptureFixture[str]) -> None:
    """A line every ten seconds, however many documents end; the first failures and no flood."""
    clock = Clock()
    progress = PlainProgress(clock)
    for second in range(25):
        clock.time = float(second)
        progress.counted(tally())
    for number in range(FAILURES_SHOWN + 20):
        progress.failed(f"d{number}\x1b[31m", Refused("the model refused to answer"))
    err = capfd.readouterr().err
    assert err.count("of 100 done") == int(24 // EVERY)
    assert err.count("refused") == FAILURES_SHOWN
    assert err.count("more failures") == 1
    assert "\x1b" not in err


def test_bar_shows_how_it_stands(capfd: pytest.CaptureFixture[str]) -> None:
    """On a terminal: a bar with the same words."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    with BarProgress(console, Clock(1.0)) as progress:
        progress.counted(tally(failed=2))
        progress._bar.refresh()
    assert "10 of 100 done, 2 failed" in screen.getvalue()


def test_batch_without_a_model_says_so(summarizer: Terminal, tmp_path: Path) -> None:
    """As ``brief`` does: nobody should take selected sentences for a model's work."""
    documents(tmp_path / "in", "a")
    run = summarizer("batch", "in", "--out", "out")
    assert run.status == 0
    assert run.err.startswith("summarizer: no key and no model given: ")
    assert index(tmp_path) == ["a"]
