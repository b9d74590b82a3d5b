"""What a batch would take: documents, tokens and cost, without a single call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from summarizer.documents import load_for
from summarizer.endpoints import Endpoint, names_embedded
from summarizer.errors import SummarizerError
from summarizer.prompts import LARGE, SMALL, make_prompt
from summarizer.settings import Settings
from summarizer.spending import Usage, expected


@dataclass
class Plan:
    """The documents, and what they are expected to take; ``unreadable``: name and reason."""

    documents: int = 0
    words: int = 0
    usage: Usage = field(default_factory=Usage)
    unreadable: list[tuple[str, SummarizerError]] = field(default_factory=list)


def plan(names: Iterable[str], settings: Settings, endpoint: Endpoint) -> Plan:
    """Read every document, one at a time, and add up; estimated high, as one call each."""
    made = Plan()
    system = SMALL if names_embedded(endpoint.name) else LARGE
    for name in names:
        try:
            document = load_for(name, settings)
        except SummarizerError as error:
            made.unreadable.append((name, error))
            continue
        made.documents += 1
        made.words += document.word_count
        made.usage += expected(make_prompt(document, system=system), endpoint)
    return made
