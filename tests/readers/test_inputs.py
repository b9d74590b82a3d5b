"""The table of inputs: what each gives, or the one line that refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.documents import load
from summarizer.errors import InputError
from tests.readers.inputs import INPUTS, Input
from tests.readers.network import serving, web


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The server of the small internet."""
    with serving() as port:
        yield port


def collapsed(text: str) -> str:
    """Without line breaks: how a text is broken is another test's matter."""
    return " ".join(text.split())


PAGE = Path(__file__).parents[2] / "docs" / "inputs.md"
READ = [each for each in INPUTS if each.refused is None]
REFUSED = [each for each in INPUTS if each.refused is not None]


@pytest.mark.parametrize("case", READ, ids=[case.name for case in READ])
def test_input_gives_its_text(case: Input, tmp_path: Path, port: int) -> None:
    """What belongs to the document is there, what does not is not, and that is told."""
    document = load(case.make(tmp_path), web=web(port))
    text = collapsed(document.text)
    for words in case.has:
        assert words in text
    for words in case.lacks:
        assert words not in text
    for words in case.notes:
        assert any(words in note for note in document.notes), document.notes
    assert len(document.pages) == case.pages
    assert all(document.quote(s.number) in document.text for s in document.sentences[:50])


@pytest.mark.parametrize("case", REFUSED, ids=[case.name for case in REFUSED])
def test_input_is_refused_in_one_line(case: Input, tmp_path: Path, port: int) -> None:
    """The line names the source and says what to do; nothing foreign is raised."""
    source = case.make(tmp_path)
    with pytest.raises(InputError) as caught:
        load(source, web=web(port))
    message = str(caught.value)
    assert source in message
    assert str(case.refused) in message
    assert "\n" not in message


def test_page_shows_every_input_as_it_is() -> None:
    """docs/inputs.md is made of these inputs: python benchmarks/inputs.py --write."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = {line.split(" | ")[0].strip("| "): line for line in lines if line.startswith("| ")}
    assert set(rows) - {"input", "---"} == {case.name for case in INPUTS}
    for case in INPUTS:
        assert ("**refused**" in rows[case.name]) is (case.refused is not None)
        assert (case.refused or "words: ") in rows[case.name]
        for words in case.notes:
            assert words in rows[case.name]


def test_table_has_what_was_asked_for() -> None:
    """At least thirty inputs, each under a name of its own."""
    assert len({case.name for case in INPUTS}) == len(INPUTS) >= 30
