"""summarizer.planning: what a batch would take, without a call."""

from __future__ import annotations

from pathlib import Path

from summarizer.endpoints import Endpoint
from summarizer.planning import plan
from tests import batches, runs

PRICED = Endpoint("openai/gpt-4o", "openai", "gpt-4o", "hosted", "a test")


def test_plan_counts_what_can_be_read_and_names_what_cannot(tmp_path: Path) -> None:
    """Documents, words, tokens and dollars; the unreadable with their reason."""
    batches.documents(tmp_path, ["a", "b", "c"])
    (tmp_path / "b.txt").write_text(" ")
    names = sorted(map(str, tmp_path.iterdir()))
    made = plan(names, runs.settings("http://127.0.0.1:9/v1"), PRICED)
    assert made.documents == 2
    assert made.words == 2 * (runs.document().word_count + 2)
    assert made.usage.tokens_in > 2_000
    assert made.usage.cost is not None
    assert made.usage.cost > 0
    ((name, error),) = made.unreadable
    assert name.endswith("b.txt")
    assert "white space" in str(error)


def test_plan_of_the_embedded_model_counts_its_shorter_prompt(tmp_path: Path) -> None:
    """Each model is sent its own prompt."""
    batches.documents(tmp_path, ["a"])
    small = Endpoint("embedded/x", "embedded", "x", "embedded", "a test")
    settings = runs.settings("http://127.0.0.1:9/v1")
    names = [str(tmp_path / "a.txt")]
    assert (
        plan(names, settings, small).usage.tokens_in < plan(names, settings, PRICED).usage.tokens_in
    )
    assert plan(names, settings, small).usage.cost is None
