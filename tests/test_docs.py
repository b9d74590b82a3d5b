"""The README and the docs cannot drift from the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer import vocabulary
from summarizer.cli import app
from summarizer.endpoints import PROVIDERS
from summarizer.settings import DEFAULT_OPENAI_MODEL

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("evals/*.md")])


def commands() -> set[str]:
    """Every ``summarizer COMMAND`` that the README and the eval page show."""
    text = README + (ROOT / "evals" / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"(?<!from )summarizer ((?:eval |models )?[a-z]+)(?= |$|`|\n)", text))


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_of_the_docs_exists(command: str) -> None:
    """What a page tells people to type is a command that has a help page."""
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0, result.output


def test_every_option_of_the_readme_exists() -> None:
    """Options that the README shows are options of a command that it shows."""
    runner = CliRunner()
    wide = {"COLUMNS": "200"}
    pages = [["eval", "run"], *(command.split() for command in sorted(commands()))]
    known = "".join(runner.invoke(app, [*page, "--help"], env=wide).output for page in pages)
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)):
        assert option in known, option


def test_readme_is_at_most_150_lines_and_names_the_default_model() -> None:
    """One page, with the default model that the code uses."""
    assert len(README.splitlines()) <= 150
    assert DEFAULT_OPENAI_MODEL in README


def test_models_of_the_readme_have_known_providers() -> None:
    """Each ``--model provider/NAME`` that is shown can be resolved."""
    for provider in re.findall(r"--model ([a-z_]+)/", README):
        assert provider in {*PROVIDERS, "provider"}, provider


def test_links_between_pages_lead_somewhere() -> None:
    """No page links to a file that is not there."""
    for page in PAGES:
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_decisions_are_at_most_forty_lines() -> None:
    """A decision is one screen."""
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 40, page.name


def test_every_vocabulary_value_has_a_definition() -> None:
    """The prompts are rendered from the definitions: none may be empty."""
    kinds = [kind for kind in vars(vocabulary).values() if isinstance(kind, type)]
    terms = [term for kind in kinds if issubclass(kind, vocabulary.Term) for term in kind]
    assert len(terms) > 70
    assert all(term.definition.strip() for term in terms)
