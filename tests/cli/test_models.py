"""summarizer models: the weights of embedded models, with a cache of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer import weights
from summarizer.weights import catalogue, default
from tests.cli.terminal import Terminal


def test_list_shows_every_name_in_full(summarizer: Terminal) -> None:
    """Names are there to be copied into ``pull``: none is cut to fit a table."""
    run = summarizer("models", "list")
    assert run.status == 0
    for entry in catalogue():
        (line,) = [line for line in run.out.splitlines() if line.startswith(f"{entry.name} ")]
        assert entry.licence in line
        assert ("not run here" in line) is not entry.tested
    assert f"default: {default().name}" in run.out
    assert "all-minilm-l6-v2: small encoder of sentence selection" in run.out
    assert "all-mpnet-base-v2: large encoder of sentence selection" in run.out
    assert "…" not in run.out
    assert max(map(len, run.out.splitlines())) <= 80


def test_path_and_remove_know_what_is_here(
    summarizer: Terminal, own_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights that are here have a path, and can be removed once."""
    name = default().name
    folder = own_environment / "cache" / "summarizer" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / default().file_name
    file.write_bytes(b"GGUF")
    monkeypatch.setattr(weights, "_is_verified", lambda path, *_: path.exists())
    assert summarizer("models", "path", name).out == f"{file}\n"
    assert "yes" in summarizer("models", "list").out.splitlines()[1].split()[-1]
    removed = summarizer("models", "remove", name)
    assert (removed.status, removed.out, removed.err) == (0, "", f"removed {name}\n")
    assert not file.exists()


@pytest.mark.parametrize("command", ["path", "remove"])
def test_weights_that_are_not_here_are_status_3(command: str, summarizer: Terminal) -> None:
    """One line; ``path`` says how to get them."""
    run = summarizer("models", command, default().name)
    assert (run.status, run.out) == (3, "")
    assert run.err.startswith(f"summarizer: {default().name} is not here: ")
    assert run.err.count("\n") == 1


@pytest.mark.parametrize("command", ["path", "remove", "pull"])
def test_unknown_weights_are_refused_with_the_nearest(command: str, summarizer: Terminal) -> None:
    """A typing error is answered with the name that was meant, before any network."""
    run = summarizer("models", command, "qwen2.5-coder-1.5")
    assert run.status == 2
    assert "nearest: qwen2.5-coder-1.5b-instruct" in run.err


def test_pull_prints_where_the_weights_are(
    summarizer: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The path alone on stdout, notices on stderr."""

    def pulled(item: weights.WeightsEntry, folder: Path, **tell: object) -> Path:
        notice = tell["notice"]
        assert callable(notice)
        notice("the first source failed")
        return folder / item.file_name

    monkeypatch.setattr(weights, "pull", pulled)
    names = "all-minilm-l6-v2", "all-mpnet-base-v2"
    run = summarizer("models", "pull", *names)
    assert [Path(line).name for line in run.out.splitlines()] == [
        weights.entry(name).file_name for name in names
    ]
    assert run.err == "summarizer: the first source failed\n" * 2
    assert summarizer("models", "pull", names[0], "--quiet").err == ""


def test_nothing_is_pulled_when_one_of_the_names_is_unknown(
    summarizer: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for the first to hear that the second was mistyped."""
    monkeypatch.setattr(weights, "pull", lambda *_, **__: pytest.fail("pulled"))
    assert summarizer("models", "pull", "all-minilm-l6-v2", "all-mpnet-base").status == 2
