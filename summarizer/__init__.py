"""Typed, cited and checkable briefs of documents about peace negotiations.

>>> from summarizer import summarize
>>> brief = summarize("article.txt")            # doctest: +SKIP
>>> brief.offers[0].citations[0].quote          # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.batching import abatch, batch
    from summarizer.brief import PeaceTalksBrief
    from summarizer.changes import Comparison
    from summarizer.chronology import timeline
    from summarizer.comparison import compare
    from summarizer.errors import SummarizerError
    from summarizer.merging import merge
    from summarizer.pipeline import asummarize, summarize
    from summarizer.positioning import positions
    from summarizer.rendering.formats import Format, Look, render
    from summarizer.rendering.markdown import to_markdown
    from summarizer.settings import Settings, load_settings
    from summarizer.storage import load_brief

_HOMES = {
    "Comparison": "summarizer.changes",
    "Format": "summarizer.rendering.formats",
    "Look": "summarizer.rendering.formats",
    "PeaceTalksBrief": "summarizer.brief",
    "Settings": "summarizer.settings",
    "SummarizerError": "summarizer.errors",
    "abatch": "summarizer.batching",
    "asummarize": "summarizer.pipeline",
    "batch": "summarizer.batching",
    "compare": "summarizer.comparison",
    "load_brief": "summarizer.storage",
    "load_settings": "summarizer.settings",
    "merge": "summarizer.merging",
    "positions": "summarizer.positioning",
    "render": "summarizer.rendering.formats",
    "summarize": "summarizer.pipeline",
    "timeline": "summarizer.chronology",
    "to_markdown": "summarizer.rendering.markdown",
}

__all__ = [
    "Comparison",
    "Format",
    "Look",
    "PeaceTalksBrief",
    "Settings",
    "SummarizerError",
    "__version__",
    "abatch",
    "asummarize",
    "batch",
    "compare",
    "load_brief",
    "load_settings",
    "merge",
    "positions",
    "render",
    "summarize",
    "timeline",
    "to_markdown",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: openai and instructor take most of a second."""
    if name not in _HOMES:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names: without this, a prompt would complete none of the lazy ones."""
    return sorted({*globals(), *__all__})
