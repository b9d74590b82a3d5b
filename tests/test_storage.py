"""summarizer.storage: briefs are written whole or not at all, and read safely."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.brief import SCHEMA_VERSION
from summarizer.errors import BriefVersionError, OutputError, UnreadableDocument
from summarizer.rendering.machine import to_json
from summarizer.storage import check_writable, load_brief, parse_brief, read_text, write_atomically
from tests.factories import make_brief, offer

LONG = "n" * 300


def test_brief_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    """What is written is what is read."""
    made = make_brief(offers=[offer("Arvenia “will” withdraw — Київ.")])
    write_atomically(tmp_path / "b.json", to_json(made))
    assert load_brief(tmp_path / "b.json") == made
    assert load_brief(str(tmp_path / "b.json")) == made


@pytest.mark.parametrize(
    "text", ["", "no", "{", "[" * 100_000, "9" * 5000, "null", "[]", "{}",
             '{"schema_version": "1"}', '{"schema_version": true}',
             '{"schema_version": 0}', '{"schema_version": -1}',
             '{"schema_version": 1}', '{"schema_version": 1, "title": "secret words"}'],
)  # fmt: skip
def test_what_is_no_brief_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    """Whatever the file holds, the error is ours, names the file, and repeats nothing of it."""
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(UnreadableDocument, match=r"b\.json is not") as caught:
        load_brief(path)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_json_is_a_brief_or_refused(data: Any) -> None:
    """No JSON value raises anything foreign."""
    for candidate in (data, {"schema_version": SCHEMA_VERSION, "offers": data}):
        with pytest.raises(UnreadableDocument):
            parse_brief(candidate)


def test_brief_of_version_1_is_read_as_one_of_today() -> None:
    """What version 2 added is empty in it; everything else is as it was."""
    made = make_brief(offers=[offer("Arvenia will withdraw.")])
    data = json.loads(to_json(made))
    new = {"contradictions", "collisions", "convergence", "copies", "set_aside", "parts"}
    old = {key: value for key, value in data.items() if key not in new} | {"schema_version": 1}
    del old["offers"][0]["history"]
    assert parse_brief(old) == made


def test_source_of_version_1_has_no_pages_and_was_not_retrieved() -> None:
    """Pages and time of retrieval came with version 2."""
    data = json.loads(to_json(make_brief()))
    del data["sources"][0]["retrieved"], data["sources"][0]["pages"]
    source = parse_brief(data | {"schema_version": 1}).sources[0]
    assert (source.retrieved, source.pages, source.page(0)) == (None, [], None)


def test_newer_version_asks_for_an_upgrade() -> None:
    """An older program does not guess at a newer brief."""
    with pytest.raises(BriefVersionError, match="upgrade"):
        parse_brief({"schema_version": SCHEMA_VERSION + 1})


def test_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    """Missing, a folder, not text, not a name."""
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none", tmp_path, binary, tmp_path / LONG, "a\0b"):
        with pytest.raises(UnreadableDocument, match="cannot read") as caught:
            read_text(path)
        assert "\n" not in str(caught.value)


def test_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    """Answers saved by an editor on Windows are read."""
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf{}")
    assert read_text(tmp_path / "a") == "{}"


def test_file_is_replaced_whole_and_for_its_owner(tmp_path: Path) -> None:
    """The old content goes in one step; nobody else may read the new; nothing is left beside."""
    path = tmp_path / "b.md"
    path.write_text("old")
    write_atomically(path, "nëw")
    assert path.read_text(encoding="utf-8") == "nëw"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    write_atomically(path, b"bytes")
    assert path.read_bytes() == b"bytes"


def test_old_file_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or an interrupt leaves what was there, and no half file."""
    path = tmp_path / "b.md"
    path.write_text("old")

    def fail(error: BaseException) -> None:
        def raising(*_: object) -> None:
            raise error

        monkeypatch.setattr(os, "fsync", raising)

    fail(OSError(28, "No space left on device"))
    with pytest.raises(OutputError, match=r"b\.md: No space left"):
        write_atomically(path, "new")
    fail(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_link_is_followed(tmp_path: Path) -> None:
    """A link stays a link; the file that it leads to is written."""
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    write_atomically(tmp_path / "link.md", "new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new"


def test_device_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    """``-o /dev/null`` must not replace /dev/null by a file, not even for root."""
    before = os.stat(os.devnull).st_mode
    check_writable(os.devnull)
    write_atomically(os.devnull, "x")
    assert stat.S_ISCHR(before)
    assert os.stat(os.devnull).st_mode == before


def test_long_name_is_written_when_the_system_can(tmp_path: Path) -> None:
    """The temporary file has a name of its own: 255 bytes are for the user."""
    path = tmp_path / ("n" * 255)
    check_writable(path)
    write_atomically(path, "x")
    assert path.read_text() == "x"


def test_half_a_character_does_not_stop_a_write(tmp_path: Path) -> None:
    """A lone surrogate becomes a question mark."""
    write_atomically(tmp_path / "a", "x\ud83dy")
    assert (tmp_path / "a").read_text() == "x?y"


@pytest.mark.parametrize("name", ["none/b.md", "", ".", "file/b.md", LONG, "loop", "a\0b"])
def test_path_that_cannot_be_written_is_refused_before_and_after_the_work(
    name: str, tmp_path: Path
) -> None:
    """A missing folder, a folder, a file as a folder, a name too long, a link in a circle."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = sorted(tmp_path.iterdir())
    for write in (check_writable, lambda path: write_atomically(path, "x")):
        with pytest.raises(OutputError, match="cannot write") as caught:
            write(str(tmp_path / name) if name else str(tmp_path))
        assert "\n" not in str(caught.value)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_refused(tmp_path: Path) -> None:
    """Said before the work begins."""
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="no permission"):
        check_writable(tmp_path / "b.md")


def test_stored_json_is_plain_json(tmp_path: Path) -> None:
    """Any program can read it."""
    write_atomically(tmp_path / "b.json", to_json(make_brief()))
    assert json.loads((tmp_path / "b.json").read_bytes())["schema_version"] == SCHEMA_VERSION
