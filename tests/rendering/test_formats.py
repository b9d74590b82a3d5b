"""The same brief in every format: the same items, chosen by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.brief import PeaceTalksBrief
from summarizer.errors import OutputError
from summarizer.rendering.formats import Format, Look, by_ending, render
from summarizer.rendering.outline import outline
from tests.factories import make_brief
from tests.rendering.arvenia import arvenia
from tests.rendering.counting import counted
from tests.rendering.merged import merged
from tests.test_snapshot import made


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("brief", [arvenia, merged, made])
def test_every_format_holds_the_same_items(
    brief: Callable[[], PeaceTalksBrief], form: Format
) -> None:
    """Counted in the files themselves: nothing is lost in any of them, nothing is there twice."""
    shown = brief()
    names = [line.name for line in outline(shown).lines]
    wanted = {letter: sum(name[0] == letter for name in names) for letter in "BPORQNVDXC"}
    found = counted(form, render(shown, form))
    assert {letter: found[letter] for letter in wanted} == wanted


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("language", ["fr", "ar", "uk"])
def test_every_format_can_be_labelled_in_other_languages(form: Format, language: str) -> None:
    """A brief in any language of ours can be written in any format."""
    assert render(merged(), form, Look(language=language, handling="INTERNE"))


@pytest.mark.parametrize("form", Format)
def test_every_format_says_what_a_document_is_about_when_it_is_not_about_talks(
    form: Format,
) -> None:
    """No chapter, but the one sentence."""
    negative = make_brief(title="A trade truce", not_about="It is about tariffs.")
    content = render(negative, form)
    assert not counted(form, content)
    if isinstance(content, str):
        assert "It is about tariffs." in content


@pytest.mark.parametrize("form", [Format.JSON, Format.HTML, Format.EML])
def test_text_is_left_out_on_request(form: Format) -> None:
    """Sentences that are not cited are in no format then."""
    content = render(arvenia(), form, Look(text=False))
    plain = content.decode() if isinstance(content, bytes) else content
    assert "The war began in 2021." not in plain


@pytest.mark.parametrize(
    ("name", "form"),
    [("b.md", Format.MD), ("b.HTML", Format.HTML), ("b.htm", Format.HTML), ("b", Format.MD),
     ("b.docx", Format.DOCX), ("b.tar.csv", Format.CSV), ("b.markdown", Format.MD)],
)  # fmt: skip
def test_ending_chooses_the_format(name: str, form: Format) -> None:
    """Whatever its case."""
    assert by_ending(Path(name)) is form


@pytest.mark.parametrize("name", ["b.pdf", "b.doc", "b.odt"])
def test_ending_of_another_format_is_refused(name: str) -> None:
    """No Markdown under a name that promises something else."""
    with pytest.raises(OutputError, match=r"there are \.md, \.json"):
        by_ending(Path(name))
