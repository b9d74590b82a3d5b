"""Small runs made by hand: the sample of ``tests.evaluation.samples`` as a case, and outputs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console, RenderableType

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.cases import Case, Reading
from summarizer.evaluation.damage import MODELS, Section
from summarizer.evaluation.references import reference_brief, reference_of
from summarizer.evaluation.results import SCORER_VERSION
from summarizer.evaluation.runs import Outcome, Run
from summarizer.evaluation.scoring import failed_score, score_brief
from summarizer.segmentation import Sentence
from tests import factories as make
from tests.evaluation.samples import SENTENCES, sample

TAGS = ["genre:wire-brief", "lang:en", "conflict:lakeland", "rule:3", "rule:7"]
HOSTILE = "</script><script>alert(1)</script><img src=http://evil.example/x> \u202eevil\u202c [red]"
CREATED = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


def reading(text: str | Sequence[str] = SENTENCES, path: str = "documents/lake.txt") -> Reading:
    """A document of a case; a sequence of strings is taken as its sentences."""
    source = make.make_source(text)
    sentences = tuple(Sentence(n, *span, 0) for n, span in enumerate(source.sentences, 1))
    return Reading(path=path, text=source.text or "", sentences=sentences)


def lake_case(
    brief: PeaceTalksBrief | None = None,
    text: Sequence[str] = SENTENCES,
    optional: Sequence[tuple[str, int]] = (),
    **changes: Any,
) -> Case:
    """The sample brief (or another one of the same text) as a case file would have it."""
    brief = brief or sample()
    lists: tuple[Section, ...] = ("parties", "offers", "red_lines", "open_questions", "next_steps")
    parts: dict[str, Any] = {
        section: [
            _part(section, item) | {"optional": (section, index) in optional}
            for index, item in enumerate(getattr(brief, section))
        ]
        for section in lists
    }
    usual: dict[str, Any] = {
        "id": "lake",
        "split": "dev",
        "author": "tester",
        "documents": ["documents/lake.txt"],
        "date": None,
        "tags": TAGS,
        "about_peace_talks": brief.about_peace_talks,
        "not_about": brief.not_about,
        "outside_voices": [],
        "readings": (reading(text),),
    }
    return Case(**(usual | parts | changes))


def _part(section: Section, item: Any) -> dict[str, Any]:
    """An item of a brief as a part of a case: quotes for citations, names for people."""
    values: dict[str, Any] = item.model_dump(include=set(MODELS[section].model_fields))
    values["evidence"] = [citation.quote for citation in item.citations]
    if "people" in values:
        values["people"] = [person.name for person in item.people]
    for stored, answer in zip(
        values.get("responses", []), getattr(item, "responses", []), strict=True
    ):
        stored.pop("citations")
        stored["evidence"] = [citation.quote for citation in answer.citations]
    return values


def scored(case: Case, brief: PeaceTalksBrief | None = None, **changes: Any) -> Outcome:
    """An outcome as the runner makes it, its brief without the text; the reference by default."""
    brief = brief or reference_brief(case)
    sources = [source.model_copy(update={"text": None}) for source in brief.sources]
    usual: dict[str, Any] = {
        "case_id": case.id,
        "split": case.split,
        "tags": case.tags,
        "words": 120,
        "score": score_brief(reference_of(case), brief),
        "brief": brief.model_copy(update={"sources": sources}),
        "seconds": 12.5,
        "tokens_in": 3000,
        "tokens_out": 500,
        "calls": 1,
        "cost": "0.0125",
    }
    return Outcome(**(usual | changes))


def crashed(case: Case, error: str = "OutputTruncated: too long", **changes: Any) -> Outcome:
    """An outcome without a brief."""
    failed = failed_score(reference_of(case))
    whole = scored(case, score=failed, error=error, cost="unpriced", **changes)
    return whole.model_copy(update={"brief": None})


def run_of(*outcomes: Outcome, **changes: Any) -> Run:
    """A run of these outcomes."""
    usual: dict[str, Any] = {
        "label": "a small run",
        "model": "openai/gpt-5",
        "strategy": "single",
        "prompt_version": "3f9a1c20",
        "scorer_version": SCORER_VERSION,
        "similarity": outcomes[0].score.similarity if outcomes else "none",
        "created": CREATED,
        "ceiling": 0.912,
        "outcomes": list(outcomes),
    }
    return Run(**(usual | changes))


def printed(renderable: RenderableType, width: int = 100) -> list[str]:
    """What a terminal of this width shows, without colours, a line each."""
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(renderable)
    return stream.getvalue().splitlines()
