"""A case as the draft answer that a perfect model would give (pure)."""

from __future__ import annotations

import json
from typing import Any

from summarizer.brief import Citation, PeaceTalksBrief
from summarizer.draft import MAX_CITATIONS
from summarizer.evaluation.cases import Case
from summarizer.evaluation.references import reference_brief

_ITEM = ("speaker", "speaks_for", "basis", "topics")
_FIELDS: dict[str, tuple[str, ...]] = {
    "offers": (*_ITEM, "statement", "kind", "by", "to", "conditions", "deadline", "status",
               "certainty"),
    "red_lines": (*_ITEM, "statement", "held_by", "kind", "firmness", "certainty"),
    "open_questions": (*_ITEM, "question", "parties", "reason", "certainty"),
    "next_steps": (*_ITEM, "statement", "parties", "when", "date", "certainty"),
    "outside_voices": ("speaker", "statement", "topics"),
}  # fmt: skip


def oracle_answer(case: Case) -> str:
    """The answer as JSON text; citations are the sentences that hold the evidence."""
    brief = reference_brief(case)
    draft: dict[str, Any] = {
        "about_peace_talks": brief.about_peace_talks,
        "not_about": brief.not_about,
        "title": f"{case.id}: the reference",
        "parties": [_party(party) for party in brief.parties],
    }
    for section, fields in _FIELDS.items():
        draft[section] = [_item(item, fields) for item in getattr(brief, section)]
    draft["bottom_line"] = _bottom_line(brief)
    return json.dumps(draft, ensure_ascii=False)


def _party(party: Any) -> dict[str, Any]:
    data = party.model_dump(mode="json", include={"name", "aliases", "kind", "roles", "people"})
    return {**data, "citations": _numbers(party.citations)}


def _item(item: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    data = item.model_dump(mode="json", include=set(fields))
    data["citations"] = _numbers(item.citations)
    if "conditions" in fields:
        data["responses"] = [
            {
                "party": response.party,
                "response": str(response.response),
                "citations": _numbers(response.citations),
            }
            for response in item.responses
        ]
    return dict(data)


def _numbers(citations: list[Citation]) -> list[int]:
    return [citation.sentence for citation in citations][:MAX_CITATIONS]


def _bottom_line(brief: PeaceTalksBrief) -> list[dict[str, Any]]:
    return [
        {"statement": line.statement, "citations": _numbers(line.citations)}
        for line in brief.bottom_line[:1]
    ]
