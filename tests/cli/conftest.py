"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.runs import KEY, TEXT


@pytest.fixture
def summarizer(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Terminal:
    """The program, in an empty folder, with a key for scripted servers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    return Terminal(monkeypatch, capfd)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The document that the good answer belongs to."""
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
