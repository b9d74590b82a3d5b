"""``summarizer merge``: stored briefs in, one brief of their process out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.output import (
    FormatOption,
    Handling,
    KeepText,
    OutputFiles,
    Template,
    destination,
)
from summarizer.rendering.formats import Look

BriefArguments = Annotated[
    list[Path], typer.Argument(metavar="BRIEF...", help="Briefs stored as JSON.")
]


def merge(
    briefs: BriefArguments,
    form: FormatOption = None,
    output: OutputFiles = None,
    handling: Handling = "",
    template: Template = None,
    text: KeepText = True,
) -> None:
    """Make one brief of stored BRIEFS, by code alone: no model is asked."""
    from summarizer.merging import merge as merged
    from summarizer.storage import load_brief

    look = Look(handling=handling, template=template, text=text)
    to = destination(output, form, look)
    to.write(merged([load_brief(path) for path in briefs]))
