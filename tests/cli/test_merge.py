"""Several documents on the command line: one brief of all, one of each, and stored briefs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.testing import ModelServer, answer
from tests.cli.terminal import Terminal, at
from tests.runs import GOOD, TEXT


@pytest.fixture
def documents(tmp_path: Path) -> list[Path]:
    """Two documents about the same talks."""
    for name, more in (("a.txt", "It was said on Monday."), ("b.txt", "It was said on Tuesday.")):
        (tmp_path / name).write_text(f"{TEXT}\n\n{more}", encoding="utf-8")
    return [tmp_path / "a.txt", tmp_path / "b.txt"]


def test_several_documents_make_one_brief(summarizer: Terminal, documents: list[Path]) -> None:
    """One offer, cited in both of them."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", *documents, *at(server.base_url), "--format", "json")
    made = json.loads(run.out)
    assert (run.status, run.err) == (0, "")
    assert {c["document"] for c in made["offers"][0]["citations"]} == {"d1", "d2"}
    assert len(made["offers"]) == 1


def test_each_gives_a_brief_of_every_document(summarizer: Terminal, documents: list[Path]) -> None:
    """One after the other, in the order given; files are the business of another command."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", "--each", *documents, *at(server.base_url))
        refused = summarizer("brief", "--each", *documents, *at(server.base_url), "-o", "b.md")
    assert run.out.count("# Norland and the Sud Front") == 2
    assert refused.status == 2
    assert "summarizer batch" in refused.err


@pytest.mark.parametrize("option", [("--title", "x"), ("--answer", "a.json")])
def test_what_is_of_one_document_is_refused_for_several(
    option: tuple[str, str], summarizer: Terminal, documents: list[Path], tmp_path: Path
) -> None:
    """A title or an answer cannot be that of two documents."""
    (tmp_path / "a.json").write_text(GOOD, encoding="utf-8")
    run = summarizer("brief", *documents, *option)
    assert run.status == 2
    assert "of one document" in run.err


def test_stored_briefs_are_merged_without_a_model(
    summarizer: Terminal, documents: list[Path], tmp_path: Path
) -> None:
    """The same brief as at once, whatever the order, and in stages."""
    with ModelServer(answer(GOOD)) as server:
        for path in documents:
            output = path.with_suffix(".json").name
            assert summarizer("brief", path, *at(server.base_url), "-o", output).status == 0
    merged = summarizer("merge", "a.json", "b.json", "-o", "ab.json")
    assert (merged.status, merged.out, merged.err) == (0, "", "")
    assert summarizer("merge", "b.json", "ab.json", "-o", "again.json").status == 0
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "ab.json").read_bytes()
    shown = summarizer("merge", "a.json", "b.json")
    assert ": 2 documents\n" in shown.out


def test_what_is_no_brief_is_one_line(summarizer: Terminal, documents: list[Path]) -> None:
    """A text where a stored brief should be."""
    run = summarizer("merge", documents[0])
    assert run.status == 2
    assert run.out == ""
    assert run.err.count("\n") == 1
