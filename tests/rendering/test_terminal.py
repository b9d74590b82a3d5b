"""The brief in a terminal: at 80 columns, in colour and without."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console, RenderableType

from summarizer.rendering.outline import outline
from summarizer.rendering.terminal import item_screen, screen
from summarizer.rendering.words import words
from tests.rendering.arvenia import arvenia
from tests.rendering.hostile import hostile
from tests.rendering.merged import merged
from tests.test_snapshot import made


def printed(content: RenderableType, width: int = 80, *, colour: bool = False) -> str:
    """What a terminal of this width gets."""
    file = io.StringIO()
    Console(file=file, width=width, force_terminal=colour, highlight=False).print(content)
    return file.getvalue()


@pytest.mark.parametrize("width", [80, 60, 120])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    """And nothing is cut: long words fold."""
    for brief in (made(), merged(), hostile()):
        lines = printed(screen(outline(brief)), width).splitlines()
        assert max(map(len, lines)) <= width
    text = printed(screen(outline(made())), width)
    assert text.count("…") == 1  # of the hash, which is cut on purpose
    for line in outline(made()).lines:
        assert re.search(rf"\b{line.name} ", text), line.name


def test_tags_say_in_words_what_colours_say() -> None:
    """Without colour nothing is lost."""
    text = " ".join(printed(screen(outline(arvenia()))).split())
    assert "O3 Kor Front → Arvenia ⚠ second-hand ≠ disputed" in text
    assert "◐ partly supported" in text
    assert "✕ not supported" in text
    assert "N2 possible ≈ hedged" in text


def test_item_is_shown_with_its_sentences_in_context() -> None:
    """Two sentences before and after, the cited ones marked, gaps shown."""
    shown = outline(arvenia())
    line = shown.find("R2")
    assert line is not None
    text = printed(item_screen(shown, line))
    assert "▶ [5] The Front has always refused foreign soldiers on its soil." in text
    assert re.findall(r"^[ ▶] \[(\d+)\]", text, re.M) == ["3", "4", "5", "6", "7"]
    assert line.id in text
    bottom = shown.find("O1")
    assert bottom is not None
    assert "Kor Front: accepts in part [2]" in printed(item_screen(shown, bottom))


def test_item_of_several_documents_shows_each_with_its_page() -> None:
    """Under the title of each."""
    shown = outline(merged())
    line = shown.find("D1")
    assert line is not None
    text = printed(item_screen(shown, line))
    assert "Source d1 Valley for a road" in text
    assert "Source d2 Thirty days, says Teth" in text
    assert "said.  p. 1" in text


def test_find_knows_names_and_ids() -> None:
    """O1, its id, the beginning of its id; nothing for what is not there or not one."""
    shown = outline(arvenia())
    first = shown.find("O1")
    assert first is not None
    assert shown.find("o1") is shown.find(first.id) is shown.find(first.id[:8]) is first
    assert shown.find("X1") is None
    assert shown.find("o-") is None


def test_hostile_text_is_neither_markup_nor_control_code() -> None:
    """Square brackets are no styles; an escape sequence is shown as a sign."""
    brief = arvenia().model_copy(update={"title": "[bold red]T[/] \x1b[2J\u202e"})
    text = printed(screen(outline(brief)), colour=True)
    assert "[bold red]T[/] ␛[2J" in text
    assert "\x1b[2J" not in text
    assert "\u202e" not in text


def test_labels_are_in_the_language_asked_for() -> None:
    """Headings and tags in French, statements as they are."""
    text = printed(screen(outline(arvenia(), words("fr"))))
    assert "Lignes rouges (4)" in text
    assert "⚠ de seconde main" in text
    assert "The Kor Front will not accept foreign troops." in text
