"""summarizer.batching: many documents over a real wire; none lost, none twice, none paid twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from summarizer.batchfolder import FAILURES, INDEX, name_of
from summarizer.batching import GIVE_UP, SOME_FAILED, BatchProgress, Tally, abatch, documents_of
from summarizer.errors import (
    BudgetExceeded,
    OutputError,
    SettingsError,
    Unauthorised,
    UnreadableDocument,
)
from summarizer.rendering.markdown import to_markdown
from summarizer.storage import load_brief
from summarizer.testing import FAULTS, ModelServer, Request, Usage, answer, status
from tests import batches, runs
from tests.batches import by_name, documents, failures, index, made
from tests.cli.terminal import command
from tests.runs import GOOD, KEY

NAMES = [f"d{number:02}" for number in range(12)]
ANSWER = answer(GOOD, usage=Usage(300, 200))


def test_every_document_becomes_a_brief(tmp_path: Path) -> None:
    """A JSON file each, that loads; a line each in the index, in order; no failure."""
    documents(tmp_path / "in", NAMES)
    with ModelServer(ANSWER) as server:
        tally = made(server.base_url, tmp_path, concurrency=4)
    assert (tally.total, tally.done, tally.failed, tally.left) == (12, 12, 0, 0)
    assert (tally.exit_status, server.request_count) == (0, 12)
    assert tally.spending.used.tokens == 12 * 500
    assert index(tmp_path) == NAMES
    assert failures(tmp_path) == {}
    for line in batches.lines(tmp_path, INDEX):
        brief = load_brief(tmp_path / "out" / line["brief"])
        assert (brief.title, len(brief.offers)) == (line["title"], line["offers"])
        assert (brief.sources[0].text or "").endswith(f"Mark {Path(line['source']).stem}.")


def test_failing_document_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each ends as a brief or among the failures, with its reason and its attempts."""
    documents(tmp_path / "in", NAMES)
    (tmp_path / "in" / "empty.txt").write_text("")
    faults: dict[str, Any] = {
        "d03": answer(None, refusal="No."),
        "d05": status(400),
        "d07": answer("no JSON at all", verbatim=True),
    }
    with ModelServer(by_name(faults, ANSWER)) as server:
        tally = made(server.base_url, tmp_path)
    assert (tally.done, tally.failed, tally.exit_status) == (9, 4, SOME_FAILED)
    assert failures(tmp_path) == {
        "d03": "refused", "d05": "bad_request", "d07": "invalid_output", "empty": "empty_document",
    }  # fmt: skip
    assert index(tmp_path) == [name for name in NAMES if name not in faults]
    refused = batches.lines(tmp_path, FAILURES)[0]
    assert [attempt["outcome"] for attempt in refused["attempts"]] == ["refused"]
    assert "Norland" not in (tmp_path / "out" / FAILURES).read_text()


def test_same_command_again_makes_the_same_files_for_nothing(tmp_path: Path) -> None:
    """All of it out of the cache; what is told of attempts is all that differs."""
    documents(tmp_path / "in", NAMES)
    with ModelServer(ANSWER) as server:
        made(server.base_url, tmp_path)
        first = contents(tmp_path / "out")
        tally = made(server.base_url, tmp_path)
        again = contents(tmp_path / "out")
        made(server.base_url, tmp_path)
    assert server.request_count == 12
    assert tally.spending.used.tokens == 0
    assert without_attempts(first) == without_attempts(again)
    assert again == contents(tmp_path / "out")


def contents(folder: Path) -> dict[str, str]:
    """Every file of a batch's folder."""
    return {path.name: path.read_text() for path in folder.iterdir() if path.name != ".lock"}


def without_attempts(files: dict[str, str]) -> dict[str, Any]:
    """The files without what a run tells about its own calls."""
    found: dict[str, Any] = {}
    for name, text in files.items():
        found[name] = [json.loads(line) for line in text.splitlines()] if "jsonl" in name else text
        if name.endswith(".json"):
            found[name] = json.loads(text)
            for key in ("attempts", "cost"):
                del found[name]["provenance"][key]
    return found


def test_resume_does_what_is_left(tmp_path: Path) -> None:
    """Done ones are not touched, failed ones are tried again, new and changed ones are made."""
    documents(tmp_path / "in", NAMES[:4])
    with ModelServer(by_name({"d01": status(500)}, ANSWER)) as server:
        made(server.base_url, tmp_path)
        kept = (tmp_path / "out" / batches.lines(tmp_path, INDEX)[0]["brief"]).stat().st_mtime_ns
        assert failures(tmp_path) == {"d01": "unreachable"}
        url = server.base_url
        documents(tmp_path / "in", NAMES[4:6])
        (tmp_path / "in" / "d02.txt").write_text(runs.TEXT + "\nMark d02. More.")
        tally = made(url, tmp_path, resume=True)
        assert (tally.skipped, tally.done, tally.failed) == (2, 3, 1)
    assert index(tmp_path) == ["d00", "d02", "d03", "d04", "d05"]
    brief = tmp_path / "out" / batches.lines(tmp_path, INDEX)[0]["brief"]
    assert brief.stat().st_mtime_ns == kept


def test_resume_makes_anew_what_other_settings_made(tmp_path: Path) -> None:
    """Another model, another brief: it is not taken for done."""
    documents(tmp_path / "in", NAMES[:2])
    with ModelServer(ANSWER) as server:
        made(server.base_url, tmp_path)
        tally = made(server.base_url, tmp_path, resume=True, model="another")
    assert (tally.skipped, tally.done) == (0, 2)


def test_failure_that_is_mended_leaves_the_failures(tmp_path: Path) -> None:
    """A document is in one of the two lists, never in both."""
    documents(tmp_path / "in", NAMES[:3])
    with ModelServer([status(500), ANSWER]) as server:
        made(server.base_url, tmp_path, concurrency=1)
        assert len(failures(tmp_path)) == 1
        made(server.base_url, tmp_path, resume=True)
    assert (index(tmp_path), failures(tmp_path)) == (NAMES[:3], {})


def test_line_cut_by_a_kill_costs_no_other_line(tmp_path: Path) -> None:
    """The half line goes, its document is made again, the next line stands on its own."""
    documents(tmp_path / "in", NAMES[:3])
    with ModelServer(ANSWER) as server:
        made(server.base_url, tmp_path)
        path = tmp_path / "out" / INDEX
        path.write_text(path.read_text()[:-40])
        tally = made(server.base_url, tmp_path, resume=True)
    assert (tally.skipped, tally.done, server.request_count) == (2, 1, 3)
    assert index(tmp_path) == NAMES[:3]


def test_same_text_in_two_files_is_paid_once_and_briefed_twice(tmp_path: Path) -> None:
    """Two names, two briefs, one call."""
    folder = documents(tmp_path / "in", ["d00"])
    (folder / "copy.txt").write_text((folder / "d00.txt").read_text())
    with ModelServer(ANSWER, latency=0.02) as server:
        tally = made(server.base_url, tmp_path, concurrency=2)
    assert (tally.done, server.request_count) == (2, 1)


def test_document_named_twice_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its folder, by its name, by another way to its name."""
    documents(tmp_path / "in", ["d00"])
    monkeypatch.chdir(tmp_path)
    names = documents_of(["in", "in/d00.txt", "./in/../in/d00.txt", tmp_path / "in"], "out")
    assert names == ["in/d00.txt"]


def test_document_that_has_gone_is_a_failure_of_its_own(tmp_path: Path) -> None:
    """One of a list that is no longer there; if none is, that is a mistake of the list."""
    documents(tmp_path / "in", ["d00"])
    names = [str(tmp_path / "in" / "d00.txt"), str(tmp_path / "gone.txt")]
    assert documents_of(names, tmp_path / "out") == names
    with pytest.raises(UnreadableDocument, match="does not exist"):
        documents_of(names[1:], tmp_path / "out")


def test_briefs_of_the_batch_are_no_documents_of_it(tmp_path: Path) -> None:
    """``--out`` inside the folder of the documents."""
    folder = documents(tmp_path / "in", ["d00"])
    documents(folder / "out", ["brief"])
    assert documents_of([folder], folder / "out") == [str(folder / "d00.txt")]


@pytest.mark.parametrize("name", ["a/b.txt", "ü " * 300, "../..", "=cmd|x", "\x1b[31m", "-rf", "…"])
def test_name_of_a_brief_is_harmless_and_its_own(name: str) -> None:
    """Letters, digits and dashes, short, the same again, and another for another place."""
    found = name_of(name)
    assert found == name_of(name)
    assert found != name_of(name + "x")
    assert found.replace("-", "").replace("_", "").isalnum()
    assert not found.startswith("-")
    assert len(found.encode()) < 200


def test_two_batches_in_one_folder_are_one_too_many(tmp_path: Path) -> None:
    """The second is refused in one line; the first is not disturbed."""
    documents(tmp_path / "in", NAMES)
    answered = threading.Event()

    def noted(request: Request) -> Any:
        answered.set()
        return ANSWER

    with ModelServer(noted, latency=0.3) as server:
        first = threading.Thread(target=made, args=(server.base_url, tmp_path))
        first.start()
        assert answered.wait(30)
        with pytest.raises(OutputError, match="another batch is at work"):
            made(server.base_url, tmp_path)
        first.join()
    assert index(tmp_path) == NAMES


def test_dead_endpoint_stops_the_batch(tmp_path: Path) -> None:
    """A wrong key is not tried on five thousand documents."""
    documents(tmp_path / "in", range(GIVE_UP + 20))
    with ModelServer(status(401)) as server:
        tally = made(server.base_url, tmp_path, concurrency=1)
    assert isinstance(tally.stopped, Unauthorised)
    assert (tally.failed, tally.left, tally.exit_status) == (GIVE_UP, 20, 3)
    assert server.request_count == GIVE_UP


def test_limit_stops_before_it_is_overshot(tmp_path: Path) -> None:
    """What was begun comes to its end, what was not waits for another day, and costs nothing."""
    documents(tmp_path / "in", NAMES)
    with ModelServer(answer(GOOD, usage=Usage(6_000, 1_000))) as server:
        tally = made(server.base_url, tmp_path, concurrency=3, limit_tokens=40_000)
        assert isinstance(tally.stopped, BudgetExceeded)
        assert tally.exit_status == 5
        assert 4 <= tally.done <= 5
        assert tally.spending.used.tokens <= 40_000
        assert (tally.failed, failures(tmp_path)) == (0, {})
        again = made(server.base_url, tmp_path, resume=True)
    assert (again.skipped, again.done) == (tally.done, 12 - tally.done)
    assert index(tmp_path) == NAMES


def test_kept_answers_need_no_room_in_the_limit(tmp_path: Path) -> None:
    """The limit is on what is paid in this run."""
    documents(tmp_path / "in", NAMES)
    with ModelServer(ANSWER) as server:
        made(server.base_url, tmp_path)
        tally = made(server.base_url, tmp_path, limit_tokens=1)
    assert (tally.done, tally.stopped) == (12, None)


def test_cost_limit_without_a_price_is_refused(tmp_path: Path) -> None:
    """A limit that nobody could keep is no limit."""
    documents(tmp_path / "in", NAMES[:1])
    with ModelServer(ANSWER) as server, pytest.raises(SettingsError, match="--limit-tokens"):
        made(server.base_url, tmp_path, limit_cost=1)
    assert server.request_count == 0


def test_bad_concurrency_is_refused(tmp_path: Path) -> None:
    """Nought at a time would wait for ever."""
    documents(tmp_path / "in", NAMES[:1])
    with pytest.raises(SettingsError, match="--concurrency"):
        made("http://127.0.0.1:9/v1", tmp_path, concurrency=0)


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    """An empty folder is a mistake, not a batch of none."""
    (tmp_path / "in").mkdir()
    with pytest.raises(UnreadableDocument, match="without a document"):
        made("http://127.0.0.1:9/v1", tmp_path)


def test_other_forms_are_written_beside_the_json(tmp_path: Path) -> None:
    """And a brief without one of them is not done."""
    documents(tmp_path / "in", NAMES[:2])
    with ModelServer(ANSWER) as server:
        made(server.base_url, tmp_path)
        tally = made(server.base_url, tmp_path, resume=True, forms={"md": to_markdown})
    assert tally.done == 2
    written = sorted(path.suffix for path in (tmp_path / "out").iterdir() if path.name[0] == "d")
    assert written == [".json", ".json", ".md", ".md"]


def test_files_are_for_their_owner_and_hold_no_key(tmp_path: Path) -> None:
    """Briefs and failures tell as much as the documents."""
    documents(tmp_path / "in", NAMES[:3])
    with ModelServer(by_name({"d01": status(500)}, ANSWER)) as server:
        made(server.base_url, tmp_path)
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
        assert KEY not in path.read_text()
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_internal_error_is_the_failure_of_one_document(tmp_path: Path) -> None:
    """A fault of ours in one brief is named, without a word of the text, and the others go on."""
    documents(tmp_path / "in", NAMES[:3])

    def broken(brief: Any) -> str:
        if "Mark d01" in brief.sources[0].text:
            raise ZeroDivisionError("secret words of the document")
        return "fine"

    with ModelServer(ANSWER) as server:
        tally = made(server.base_url, tmp_path, forms={"txt": broken})
    assert (tally.done, failures(tmp_path)) == (2, {"d01": "internal_error"})
    assert "secret" not in (tmp_path / "out" / FAILURES).read_text()


def test_folder_that_cannot_be_written_stops_the_batch(tmp_path: Path) -> None:
    """A disk that is full is full for all; what was paid for is kept."""
    documents(tmp_path / "in", NAMES)

    def full(brief: Any) -> str:
        raise OutputError("cannot write: no space left on device")

    with ModelServer(ANSWER) as server:
        tally = made(server.base_url, tmp_path, concurrency=1, forms={"txt": full})
        assert (tally.done, tally.left, tally.exit_status) == (0, 12, 2)
        assert made(server.base_url, tmp_path).done == 12
    assert server.request_count == 12


def test_progress_is_told_of_every_document(tmp_path: Path) -> None:
    """Done and failed, as they come."""
    told: list[tuple[int, int]] = []
    failed: list[str] = []

    class Told(BatchProgress):
        def counted(self, tally: Tally) -> None:
            told.append((tally.done, tally.failed))

        def failed(self, name: str, error: Any) -> None:
            failed.append(Path(name).stem)

    documents(tmp_path / "in", NAMES[:3])
    with ModelServer(by_name({"d01": status(500)}, ANSWER)) as server:
        made(server.base_url, tmp_path, concurrency=1, progress=Told())
    assert told == [(0, 0), (1, 0), (1, 1), (2, 1)]
    assert failed == ["d01"]


def test_no_more_calls_at_a_time_than_asked_for(tmp_path: Path) -> None:
    """``concurrency`` holds at the server."""
    documents(tmp_path / "in", NAMES)
    busy = most = 0

    async def counted(request: Request) -> Any:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.02)
        busy -= 1
        return ANSWER

    with ModelServer(counted) as server:
        made(server.base_url, tmp_path, concurrency=3)
    assert most == 3


def test_cancelled_batch_keeps_what_is_done(tmp_path: Path) -> None:
    """In Python too: the folder is in order, the lock is free, the tally tells."""
    documents(tmp_path / "in", NAMES)
    seen = 0

    def first_four(request: Request) -> Any:
        nonlocal seen
        seen += 1
        return ANSWER if seen <= 4 else FAULTS["stall_after_headers"].behaviour(GOOD)

    async def cancelled(base_url: str) -> Tally:
        tally = Tally()
        settings = runs.settings(base_url, cache=True, cache_dir=tmp_path / "cache")
        work = asyncio.create_task(
            abatch([tmp_path / "in"], tmp_path / "out", settings=settings, tally=tally)
        )
        async with asyncio.timeout(30):
            while tally.done < 4:
                await asyncio.sleep(0.01)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        return tally

    with ModelServer(first_four) as server:
        tally = asyncio.run(cancelled(server.base_url))
    assert (tally.done, tally.failed, len(index(tmp_path))) == (4, 0, 4)
    with ModelServer(ANSWER) as server:
        assert made(server.base_url, tmp_path, resume=True, model="scripted").total == 12


def spawned(base_url: str, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """The same batch as a process of its own."""
    line = command(
        "batch", folder / "in", "--out", folder / "out", "--base-url", base_url, "--model",
        "scripted", "--max-retries", "0", "--max-reasks", "0", "--concurrency", "4", *options,
    )  # fmt: skip
    environment = {**os.environ, "SUMMARIZER_CACHE_DIR": str(folder / "cache")}
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def waited_for(condition: Any) -> None:
    """Wait until something is so, 30 seconds at most."""
    for _ in range(3_000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")


def test_ctrl_c_ends_within_two_seconds_and_keeps_what_is_done(tmp_path: Path) -> None:
    """With every call stalled, too."""
    documents(tmp_path / "in", NAMES)
    stall = FAULTS["stall_after_headers"].behaviour(GOOD)
    with ModelServer([ANSWER] * 5 + [stall]) as server:
        process = spawned(server.base_url, tmp_path)
        waited_for(lambda: server.request_count >= 9)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=30)[1]
        assert time.monotonic() - began < 2
    assert process.returncode == 130
    assert b"5 done" in err
    assert b"--resume" in err
    assert b"Traceback" not in err
    assert len(index(tmp_path)) == 5


def test_killed_batch_pays_for_nothing_twice(tmp_path: Path) -> None:
    """``kill -9``, then the same command: every answer that came is used, every brief is there."""
    documents(tmp_path / "in", NAMES)
    stall = FAULTS["stall_after_headers"].behaviour(GOOD)
    with ModelServer([ANSWER] * 6 + [stall] * 4 + [ANSWER]) as server:
        process = spawned(server.base_url, tmp_path)
        waited_for(lambda: server.request_count >= 10)
        process.kill()
        process.communicate()
        in_flight = server.request_count - 6
        process = spawned(server.base_url, tmp_path)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert server.request_count == 12 + in_flight
    assert (index(tmp_path), failures(tmp_path)) == (NAMES, {})
    left = [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]
    assert left == [".lock"]
