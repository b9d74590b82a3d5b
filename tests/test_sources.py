"""Sources: what folders and patterns stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summarizer.errors import UnreadableDocument
from summarizer.sources import expand, is_address


def files(folder: Path, *names: str) -> None:
    """Empty files of these names; folders as needed."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_expand_keeps_what_is_no_folder_and_no_pattern(tmp_path: Path) -> None:
    """Addresses, standard input, files and names that do not exist stand for themselves."""
    files(tmp_path, "a.txt", "b[1].txt")
    given = ["-", "https://example.org/?q=*", str(tmp_path / "b[1].txt"), "gone.txt"]
    assert expand([*given, tmp_path / "a.txt"]) == [*given, str(tmp_path / "a.txt")]


def test_expand_lists_a_folder_in_order(tmp_path: Path) -> None:
    """Documents by name, subfolders too; what is no document is told, hidden files are not."""
    files(tmp_path, "b.PDF", "a.txt", "sub/c.docx", "photo.png", ".hidden.txt", ".git/d.txt")
    skipped: list[str] = []
    found = expand([tmp_path], on_skip=lambda name, why: skipped.append(f"{name}: {why}"))
    assert found == [str(tmp_path / name) for name in ("a.txt", "b.PDF", "sub/c.docx")]
    assert len(skipped) == 1
    assert "photo.png: its ending" in skipped[0]


def test_expand_matches_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quoted pattern does what a shell would, "**" included; a file is named once."""
    monkeypatch.chdir(tmp_path)
    files(tmp_path, "a.txt", "b.pdf", "sub/c.txt", "sub/d.news")
    assert expand(["*.txt"]) == ["a.txt"]
    assert expand(["**/*.txt", "a.txt"]) == ["a.txt", os.path.join("sub", "c.txt")]
    assert expand(["sub/*.news"]) == [os.path.join("sub", "d.news")]
    assert expand(["s*"]) == [os.path.join("sub", "c.txt")]


@pytest.mark.parametrize("name", ["", "*.txt", "*"])
def test_expand_refuses_what_stands_for_nothing(tmp_path: Path, name: str) -> None:
    """An empty folder or a pattern without a match is an error, not an empty list."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnreadableDocument, match="document"):
        expand([str(tmp_path / "folder" / name)])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list all")
def test_expand_refuses_a_folder_that_may_not_be_listed(tmp_path: Path) -> None:
    """What cannot be looked into is not passed over in silence."""
    files(tmp_path, "sub/a.txt")
    (tmp_path / "sub").chmod(0)
    with pytest.raises(UnreadableDocument, match="cannot be listed"):
        expand([tmp_path])
    (tmp_path / "sub").chmod(0o700)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://x.org", True),
        ("HTTP://x.org", True),
        ("ftp://x", False),
        (Path("http://x"), False),
    ],
)
def test_is_address_knows_the_web_only(source: str | Path, expected: bool) -> None:
    """http and https; a path object is always a file."""
    assert is_address(source) is expected
