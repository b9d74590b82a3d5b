"""summarizer compare: what changed, as text, Markdown and JSON, and the exit status of diff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.changes import Comparison
from summarizer.rendering.machine import to_json
from tests import factories as make
from tests.cli.terminal import Terminal

EVIL = "Arvenia\x1b[31m will | free `40` prisoners."


def stored(path: Path, *offers: Any) -> Path:
    """A brief with these offers, as ``summarizer brief -o`` leaves it."""
    path.write_text(to_json(make.make_brief(offers=list(offers))), encoding="utf-8")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return stored(tmp_path / "old.json", make.offer("Arvenia will free 40 prisoners."))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return stored(tmp_path / "new.json", make.offer("Arvenia will free 60 prisoners."))


def test_no_change_is_status_0(summarizer: Terminal, old: Path) -> None:
    """As diff has it; the report says so."""
    run = summarizer("compare", old, old)
    assert (run.status, run.err) == (0, "")
    assert "No change; 1 item unchanged." in run.out


def test_change_is_status_1_and_cites_both_sides(
    summarizer: Terminal, old: Path, new: Path
) -> None:
    """Markdown where nobody is looking: what moved, both statements, the sentences."""
    run = summarizer("compare", old, new)
    assert (run.status, run.err) == (1, "")
    assert "**number changed** (offer): 40 → 60" in run.out
    assert "  - old: Arvenia will free 40 prisoners. [old 1]" in run.out
    assert "  - new: Arvenia will free 60 prisoners. [new 1]" in run.out
    assert "- [new 1] “Arvenia said it would withdraw.”" in run.out


def test_labels_are_in_the_language_of_both_briefs(summarizer: Terminal, tmp_path: Path) -> None:
    """What documents and models wrote stays; two languages together are labelled in English."""
    paths = {}
    for code, number in (("fr", 40), ("es", 60), ("en", 60)):
        paths[code] = tmp_path / f"{code}-{number}.json"
        brief = make.make_brief(offers=[make.offer(f"Arvenia will free {number} prisoners.")])
        paths[code].write_text(to_json(brief.model_copy(update={"language": code})), "utf-8")
    later = tmp_path / "later.json"
    later.write_text(paths["es"].read_text("utf-8").replace('"es"', '"fr"'), "utf-8")
    french = summarizer("compare", paths["fr"], later).out
    assert "# Ce qui a changé" in french
    assert "**chiffre modifié** (offre): 40 → 60" in french
    assert "  - ancien: Arvenia will free 40 prisoners. [ancien 1]" in french
    assert "**number changed** (offer)" in summarizer("compare", paths["fr"], paths["es"]).out


def test_json_is_the_comparison(summarizer: Terminal, old: Path, new: Path) -> None:
    """For machines; the file is there whole, and nothing is printed."""
    run = summarizer("compare", old, new, "-o", "changes.json")
    assert (run.status, run.out) == (1, "")
    found = Comparison.model_validate_json(Path("changes.json").read_text(encoding="utf-8"))
    assert [str(change.kind) for change in found.changes] == ["number_changed"]
    printed = summarizer("compare", old, new, "--format", "json")
    assert json.loads(printed.out) == json.loads(found.model_dump_json())


def test_terminal_form_can_be_asked_for(summarizer: Terminal, old: Path, new: Path) -> None:
    """Without colours where there is no terminal, nor in a file."""
    run = summarizer("compare", old, new, "--format", "terminal")
    assert "number changed" in run.out
    assert "\x1b" not in run.out
    summarizer("compare", old, new, "-o", "changes.txt")
    assert "number changed" in Path("changes.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["md", "terminal"])
def test_statement_cannot_act(summarizer: Terminal, old: Path, tmp_path: Path, form: str) -> None:
    """Neither control characters nor Markdown of a model's words reach the reader as such."""
    evil = stored(tmp_path / "evil.json", make.offer(EVIL, by=["[red]Ar[/red]"]))
    run = summarizer("compare", old, evil, "--format", form)
    assert run.status == 1
    assert "\x1b" not in run.out
    assert form == "terminal" or r"\`40" in run.out
    assert form == "md" or "[red]Ar[/red]" in run.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.json", None, "cannot read missing.json"),
        ("text.json", "no JSON", "text.json is not JSON"),
        ("other.json", "{}", "other.json is not a brief: it has no schema_version"),
        ("next.json", '{"schema_version": 99}', "newer than"),
    ],
)
def test_what_is_no_brief_is_status_2(
    summarizer: Terminal, old: Path, name: str, content: str | None, said: str
) -> None:
    """One line, never mistaken for "changes"."""
    if content is not None:
        Path(name).write_text(content, encoding="utf-8")
    run = summarizer("compare", old, name)
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1


def test_output_is_checked_before_the_work(summarizer: Terminal, old: Path, new: Path) -> None:
    """An ending that means nothing here, and a brief that would be written over."""
    run = summarizer("compare", old, new, "-o", "changes.docx")
    assert (run.status, "a comparison is .md, .json or .txt" in run.err) == (2, True)
    run = summarizer("compare", old, new, "-o", old)
    assert (run.status, "it is the document itself" in run.err) == (2, True)
    assert json.loads(old.read_text(encoding="utf-8"))
