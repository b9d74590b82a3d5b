"""A document, its prompt and its answer, for the tests of the mock models."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from summarizer.draft import BriefDraft

SENTENCES = [
    "Norland's foreign minister Ada Berg met envoys of the Sud Front in Lowen on Monday.",
    "Berg offered to release 200 prisoners if the front opens the river road.",
    "The front's spokesman Ivo Kral said it would “never” give up the eastern bank.",
    "He called the offer a step, without saying yes.",
    "Who would watch the road was left open.",
    "The two sides meet again on Friday.",
    "“Both are playing for time,” said Eva Lind, an analyst.",
    "Rain fell all day.",
]
TEXT = "\n".join(SENTENCES)
OTHER_TEXT = "The dockers of Port Ansel and their employers agreed on pay.\nThe strike is over."


def prompt(sentences: Iterable[str] = SENTENCES, first: int = 1) -> str:
    """The numbered source as a prompt shows it."""
    return "\n".join(f"[{number}] {text}" for number, text in enumerate(sentences, start=first))


def _item(citations: list[int], statement: str, **more: Any) -> dict[str, Any]:
    common = {"citations": citations, "speaker": None, "speaks_for": None, "basis": "on_record"}
    return {**common, "topics": ["process"], "statement": statement, **more}


def _party(name: str, citations: list[int], kind: str) -> dict[str, Any]:
    fixed = {"aliases": [], "roles": ["primary_party"], "people": []}
    return {"name": name, "kind": kind, "citations": citations, **fixed}


def draft() -> dict[str, Any]:
    """The right answer to the document, with an entry in every section."""
    question = _item([5], "", reason="verification", parties=["Norland"], certainty="asserted")
    del question["statement"]
    answer = {
        "about_peace_talks": True,
        "not_about": None,
        "title": "Norland and the Sud Front: an offer on prisoners",
        "parties": [_party("Norland", [1], "state"), _party("Sud Front", [1, 3], "armed_group")],
        "offers": [
            _item(
                [2],
                "Norland offers to release 200 prisoners if the Sud Front opens the river road.",
                kind="offer",
                by=["Norland"],
                to=["Sud Front"],
                conditions=["the front opens the river road"],
                deadline=None,
                status="floated",
                certainty="asserted",
                responses=[
                    {"party": "Sud Front", "response": "noncommittal", "citations": [4]},
                ],
            )
        ],
        "red_lines": [
            _item(
                [3],
                "The Sud Front says it will “never” give up the eastern bank.",
                held_by="Sud Front",
                kind="refusal",
                firmness="categorical",
                certainty="asserted",
            )
        ],
        "open_questions": [{**question, "question": "Who would watch the river road?"}],
        "next_steps": [
            _item(
                [6],
                "The two sides meet again on Friday.",
                parties=["Norland", "Sud Front"],
                when="Friday",
                date=None,
                certainty="planned",
            )
        ],
        "outside_voices": [
            {
                "citations": [7],
                "speaker": "Eva Lind, an analyst",
                "statement": "Eva Lind says both are playing for time.",
                "topics": ["process"],
            }
        ],
        "bottom_line": [{"statement": "Norland has made an offer.", "citations": [2]}],
    }
    BriefDraft.model_validate(answer)
    return answer


def negative() -> dict[str, Any]:
    """The right answer to a document that is not about peace talks."""
    empty: dict[str, Any] = {key: [] for key, value in draft().items() if isinstance(value, list)}
    about = {"about_peace_talks": False, "not_about": "A strike of dockers.", "title": "Dockers"}
    return {**about, **empty}


GOOD = json.dumps(draft(), ensure_ascii=False)
NEGATIVE = json.dumps(negative())
