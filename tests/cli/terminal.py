"""The command line as a user meets it: arguments in; status, output and errors out."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarizer.cli import main
from tests.runs import KEY


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    status: int
    out: str
    err: str


class Terminal:
    """Runs commands in this process, through the same ``main`` as the installed program."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capfd = capfd

    def __call__(self, *arguments: str | Path) -> Run:
        """Run ``summarizer ARGUMENTS``."""
        self._monkeypatch.setattr(sys, "argv", ["summarizer", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        out, err = self._capfd.readouterr()
        return Run(status, out, err)


def at(base_url: str) -> list[str]:
    """Options for a scripted server, without waits."""
    return ["--base-url", base_url, "--model", "scripted", "--max-retries", "0"]


def command(*arguments: str | Path) -> list[str]:
    """The same as a process of its own."""
    return [sys.executable, "-m", "summarizer", *map(str, arguments)]


def spawn(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run it as a process of its own; the environment is that of the test and ``environment``."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "SUMMARIZER_API_KEY": KEY, **environment},
        timeout=60,
        check=False,
    )
