"""Drafts for tests: a document about invented talks, and entries that cite its sentences.

>>> whole_draft(offers=[offer()])["offers"][0]["by"]
['Arvenia']
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from summarizer.brief import Provenance
from summarizer.documents import Document, from_text
from summarizer.draft import SECTIONS, BriefDraft

SENTENCES = (
    "Arvenia and the Kor Front ended a third day of talks in Doha on 4 March 2026.",
    "Arvenia's foreign minister, Mara Tolen, offered to free 40 prisoners if the shelling stops.",
    "The Kor Front will not accept foreign patrols on the river, its spokesman Ivo Brand said.",
    "He offered no details on the truce.",
    "Qatar, which mediates, may call both sides back next week.",
    "“A gesture, no more,” said Lena Fisk, a former envoy.",
)
TEXT = "\n\n".join(SENTENCES)


def document(text: str = TEXT) -> Document:
    """A document of the six sentences above, or of another text."""
    return from_text(text)


def entry(**changes: Any) -> dict[str, Any]:
    """What all items have."""
    common = {"citations": [2], "speaker": None, "speaks_for": None, "basis": "narration"}
    return {**common, "topics": ["process"], **changes}


def party(name: str = "Arvenia", **changes: Any) -> dict[str, Any]:
    """A party."""
    usual = {"aliases": [], "kind": "state", "roles": ["primary_party"], "people": []}
    return {"name": name, **usual, "citations": [1], **changes}


def offer(
    statement: Any = "Arvenia offered to free 40 prisoners if the shelling stops.", **changes: Any
) -> dict[str, Any]:
    """An offer of Arvenia."""
    usual = {"kind": "offer", "by": ["Arvenia"], "to": ["Kor Front"], "conditions": []}
    rest: dict[str, Any] = {
        "deadline": None,
        "status": "floated",
        "certainty": "asserted",
        "responses": [],
    }
    return {**entry(statement=statement), **usual, **rest, **changes}


def red_line(
    statement: Any = "The Kor Front will not accept foreign patrols on the river.", **changes: Any
) -> dict[str, Any]:
    """A refusal of the Kor Front."""
    usual = {"held_by": "Kor Front", "kind": "refusal", "firmness": "categorical"}
    return {
        **entry(statement=statement, citations=[3]),
        **usual,
        "certainty": "asserted",
        **changes,
    }


def question(text: str = "What would the truce hold?", **changes: Any) -> dict[str, Any]:
    """An open question."""
    usual = {"parties": ["Kor Front"], "reason": "details_withheld", "certainty": "asserted"}
    return {**entry(question=text, citations=[4]), **usual, **changes}


def step(
    statement: str = "Qatar may call both sides back next week.", **changes: Any
) -> dict[str, Any]:
    """A next step."""
    usual = {"parties": ["Qatar"], "when": "next week", "date": None, "certainty": "hedged"}
    return {**entry(statement=statement, citations=[5]), **usual, **changes}


def voice(statement: str = "The offer is “a gesture, no more”.", **changes: Any) -> dict[str, Any]:
    """A view from outside."""
    usual = {"citations": [6], "speaker": "Lena Fisk, a former envoy", "topics": ["process"]}
    return {**usual, "statement": statement, **changes}


def line(
    statement: str = "Arvenia offered to free 40 prisoners.", **changes: Any
) -> dict[str, Any]:
    """A line of the bottom line."""
    return {"statement": statement, "citations": [2], **changes}


def parties() -> list[dict[str, Any]]:
    """The three parties of the document."""
    people = [{"name": "Ivo Brand", "title": "spokesman"}]
    front = party("Kor Front", kind="armed_group", people=people, citations=[3])
    return [party(), front, party("Qatar", roles=["mediator"], citations=[5])]


def whole_draft(**changes: Any) -> dict[str, Any]:
    """A draft with the three parties and nothing else, but for the changes."""
    lists: dict[str, Any] = {section: [] for section in SECTIONS}
    head = {"about_peace_talks": True, "not_about": None, "title": "Arvenia: talks go on"}
    return {**head, **lists, "parties": parties(), **changes}


def full_draft() -> dict[str, Any]:
    """A right answer with an entry in every section."""
    return whole_draft(
        offers=[offer()],
        red_lines=[red_line()],
        open_questions=[question()],
        next_steps=[step()],
        outside_voices=[voice()],
        bottom_line=[line()],
    )


def draft(**changes: Any) -> BriefDraft:
    """``whole_draft`` as a model."""
    return BriefDraft.model_validate(whole_draft(**changes))


def provenance() -> Provenance:
    """How a brief was made, as far as grounding must know."""
    return Provenance(
        model="m",
        endpoint="answer",
        strategy="answer",
        prompt_version="p",
        tool_version="0",
        created=datetime(2026, 3, 5, tzinfo=UTC),
    )
