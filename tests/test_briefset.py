"""Sets of briefs: what files, folders and patterns stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.briefset import brief_files, load_all, load_set
from summarizer.errors import UnreadableDocument
from summarizer.rendering.machine import to_json
from tests import factories as make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two briefs and a note."""
    for name in ("b", "a"):
        made = make.make_brief(f"Text {name}. It goes on.", offers=[make.offer(cites=[1])])
        (tmp_path / f"{name}.json").write_text(to_json(made), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no brief", encoding="utf-8")
    return tmp_path


def test_folder_and_pattern_stand_for_their_briefs(folder: Path) -> None:
    """Sorted by name, each once, other files left out."""
    files = [str(folder / "a.json"), str(folder / "b.json")]
    assert brief_files([str(folder)]) == files
    assert brief_files([str(folder / "*.json"), files[1]]) == files
    assert len(load_all([str(folder)])) == 2


def test_set_is_one_brief(folder: Path) -> None:
    """Merged, with the sources of all."""
    assert len(load_set([str(folder)]).sources) == 2


def test_nothing_to_load_is_one_line(folder: Path, tmp_path: Path) -> None:
    """A folder or a pattern without a brief, and a name that does not exist."""
    (tmp_path / "empty").mkdir()
    for source, said in (
        (str(tmp_path / "empty"), "holds no brief"),
        (str(folder / "*.yaml"), "matches no file"),
        (str(folder / "c.json"), "cannot read"),
    ):
        with pytest.raises(UnreadableDocument, match=said):
            load_set([source])
