"""A brief as JSON for programs (pure)."""

from __future__ import annotations

import re

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.escaping import UNSAFE_IN_JSON

# A JSON string holds no line break, so this only ever meets the sentences' [start, end).
_PAIR = re.compile(r"\[\n +(\d+),\n +(\d+)\n +\]")


def to_json(brief: PeaceTalksBrief, *, text: bool = True) -> str:
    """``brief`` as indented JSON in UTF-8, ending in a line break.

    ``text=False`` leaves the source texts out (null); quotes and offsets stay. Invisible
    characters and those that a terminal may obey are written as ``\\uXXXX``, which every
    JSON reader turns back, so that ``PeaceTalksBrief.model_validate_json`` gives an equal
    brief and printing the JSON is safe.
    """
    kept = brief if text else _without_text(brief)
    dumped = _PAIR.sub(r"[\1, \2]", kept.model_dump_json(indent=2))
    return UNSAFE_IN_JSON.sub(_escape, dumped) + "\n"


def _without_text(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    sources = [source.model_copy(update={"text": None}) for source in brief.sources]
    return brief.model_copy(update={"sources": sources})


def _escape(found: re.Match[str]) -> str:
    """``\\uXXXX``; beyond the basic plane the surrogate pair that JSON asks for."""
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
