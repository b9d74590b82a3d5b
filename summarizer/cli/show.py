"""``summarizer show``: a stored brief, in the terminal or in another format."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import OutputLanguage
from summarizer.cli.output import (
    FormatOption,
    Handling,
    KeepText,
    OutputFiles,
    Template,
    destination,
)
from summarizer.errors import SettingsError
from summarizer.rendering.formats import Look

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from summarizer.brief import PeaceTalksBrief
    from summarizer.rendering.outline import Outline


def show(
    brief: Annotated[
        str, typer.Argument(metavar="BRIEF", help='A brief in JSON (`brief -o b.json`), or "-".')
    ],
    item: Annotated[
        str | None,
        typer.Option(help="Only this item (O1, or its id), with its sentences in context."),
    ] = None,
    form: FormatOption = None,
    output: OutputFiles = None,
    language: OutputLanguage = None,
    handling: Handling = "",
    template: Template = None,
    text: KeepText = True,
    pager: Annotated[
        bool, typer.Option("--pager/--no-pager", help="A pager for what is longer than the screen.")
    ] = True,
) -> None:
    """Show a stored BRIEF, one item of it, or write it in other formats (-o)."""
    look = Look(language=language, handling=handling, template=template, text=text)
    if item is None and (output or form):
        to = destination(output, form, look, sources=[brief])
        to.write(_loaded(brief))
        return
    if output or form:
        raise SettingsError("--item is for the terminal: leave -o and --format out")
    _on_screen(_loaded(brief), item, language, pager=pager)


def _loaded(name: str) -> PeaceTalksBrief:
    from summarizer.storage import load_brief, parse_text

    if name == "-":
        return parse_text(sys.stdin.buffer.read().decode("utf-8-sig", "replace"), "standard input")
    return load_brief(name)


def _on_screen(
    made: PeaceTalksBrief, item: str | None, language: str | None, *, pager: bool
) -> None:
    from rich.console import Console

    from summarizer.rendering.outline import outline
    from summarizer.rendering.terminal import item_screen, screen
    from summarizer.rendering.words import words

    shown = outline(made, words(language or made.language))
    content = screen(shown) if item is None else item_screen(shown, _found(shown, item))
    _print(Console(highlight=False), content, pager=pager)


def _found(shown: Outline, name: str) -> Any:
    line = shown.find(name)
    if line is None:
        names = [line.name for line in shown.lines]
        listed = ", ".join(names[:40]) if names else "none"
        raise SettingsError(f"--item {name!r}: the brief has no such item; it has {listed}")
    return line


def _print(console: Console, content: RenderableType, *, pager: bool) -> None:
    """On the terminal; by way of the user's pager where it is longer than the screen."""
    if not (pager and console.is_terminal and _is_long(console, content)):
        console.print(content)
        return
    os.environ.setdefault("LESS", "-R")  # colours stay colours
    with console.pager(styles=True):
        console.print(content)


def _is_long(console: Console, content: RenderableType) -> bool:
    return len(console.render_lines(content, pad=False)) > console.height
