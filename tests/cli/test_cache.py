"""summarizer cache: what was kept can be seen and removed."""

from __future__ import annotations

import os
import time
from pathlib import Path

from summarizer.testing import ModelServer, answer
from tests.cli.terminal import Terminal, at
from tests.runs import GOOD


def test_kept_answers_are_shown_and_removed(summarizer: Terminal, document: Path) -> None:
    """After which they are paid for again."""
    assert "answers     0, 0.0 MB\n" in summarizer("cache", "show").out
    with ModelServer(answer(GOOD)) as server:
        summarizer("brief", document, *at(server.base_url))
        shown = summarizer("cache", "show")
        assert "answers     1, 0.0 MB\n" in shown.out
        assert f"from        {time.strftime('%Y-%m-%d')} to " in shown.out
        cleared = summarizer("cache", "clear")
        assert (cleared.status, cleared.out, cleared.err) == (
            0, "", "summarizer: removed 1 answer\n"
        )  # fmt: skip
        summarizer("brief", document, *at(server.base_url))
    assert server.request_count == 2


def test_only_old_answers_are_removed_on_request(
    summarizer: Terminal, document: Path, own_environment: Path
) -> None:
    """By days since they came."""
    with ModelServer(answer(GOOD)) as server:
        summarizer("brief", document, *at(server.base_url))
        assert "removed 0" in summarizer("cache", "clear", "--older-than", "7").err
        (kept,) = (own_environment / "cache").rglob("*.json")
        os.utime(kept, (0, time.time() - 8 * 86_400))
        assert "removed 1" in summarizer("cache", "clear", "--older-than", "7").err
    assert not kept.exists()
