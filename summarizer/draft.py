"""BriefDraft: what a model fills in. Compact; cites sentence numbers, never copies text.

The field descriptions below are part of the prompt: ``draft_schema`` publishes them and the
prompt template renders them. Every property is required and absent values are null or an
empty list, as OpenAI's strict mode asks
(https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
"""

from __future__ import annotations

import copy
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    QuestionReason,
    RedLineKind,
    Response,
    StepCertainty,
    Topic,
)

MAX_CITATIONS = 4
MAX_TOPICS = 3
MAX_TITLE_CHARACTERS = 120


def _blank_is_null(value: Any) -> Any:
    """Small models write "" or "null" where they mean null."""
    if isinstance(value, str) and value.strip().casefold() in {"", "null", "none", "n/a"}:
        return None
    return value


Nullable = Annotated[str | None, BeforeValidator(_blank_is_null)]
Numbers = Annotated[
    list[int],
    Field(description="numbers of the sentences that carry it: the smallest set, usually 1 or 2"),
]


class DraftPart(BaseModel):
    """Base of the draft: no unknown keys."""

    model_config = ConfigDict(extra="forbid")


class DraftPerson(DraftPart):
    """A person who speaks or acts for a party."""

    name: str
    title: Nullable = Field(description="title as written, or null")


class DraftParty(DraftPart):
    """A party, with the sentences that show its role."""

    name: str = Field(
        description="common short name in English; all other fields use exactly this name"
    )
    aliases: list[str] = Field(
        description="other ways the document names it: metonyms, acronyms, spellings"
    )
    kind: PartyKind
    roles: list[PartyRole] = Field(description="all that apply, at least one")
    people: list[DraftPerson] = Field(
        description="only people who speak or act for it in the document"
    )
    citations: Numbers = Field(description="one or two sentences that show the role")


class DraftItem(DraftPart):
    """What every item has, in the order in which a model should think: evidence first."""

    citations: Numbers
    speaker: Nullable = Field(
        description="who says it, as written; null when the document itself says it"
    )
    speaks_for: Nullable = Field(
        description="name of the party the speaker speaks for; null for analysts, ex-officials "
        "and the document itself"
    )
    basis: Basis
    topics: list[Topic] = Field(description="1 to 3, the main one first")


class DraftResponse(DraftPart):
    """How one party answers an offer."""

    party: str
    response: Response
    citations: Numbers


Statement = Annotated[
    str,
    Field(
        description="one plain sentence in English, at most 40 words, understandable alone, with "
        "the source's hedges, numbers, conditions, and vague terms in quotation marks"
    ),
]


class DraftOffer(DraftItem):
    """Something a party gives, would give, proposes or commits to."""

    statement: Statement
    kind: OfferKind
    by: list[str] = Field(description="names of the parties that give or propose, at least one")
    to: list[str] = Field(description="names of the parties it is made to; may be empty")
    conditions: list[str] = Field(description="each as a short clause; empty if none")
    deadline: Nullable = Field(
        description="latest time by which it must be done, as written, or null"
    )
    status: OfferStatus
    certainty: Certainty
    responses: list[DraftResponse] = Field(description="answers of parties, if reported")


class DraftRedLine(DraftItem):
    """What a party will not accept, or insists on."""

    statement: Statement
    held_by: str = Field(description="name of the one party that holds it")
    kind: RedLineKind
    firmness: Firmness
    certainty: Certainty


class DraftQuestion(DraftItem):
    """Something that the document itself shows to be unsettled."""

    question: str = Field(description='one direct question in English ("Who would enforce …?")')
    parties: list[str] = Field(
        description="names of the parties whose answer or agreement is missing; may be empty"
    )
    reason: QuestionReason
    certainty: Certainty


class DraftStep(DraftItem):
    """A meeting, deadline, vote, release, deployment or answer still to come."""

    statement: Statement
    parties: list[str] = Field(description="names of the parties that act")
    when: Nullable = Field(description='as written ("weekend", "by Christmas"), or null')
    date: Nullable = Field(
        description="YYYY-MM-DD, only if it can be resolved from a date, with its year, that the "
        "document states; else null"
    )
    certainty: StepCertainty


class DraftVoice(DraftPart):
    """A view on the talks by someone who speaks for no party."""

    citations: Numbers
    speaker: str = Field(description="who says it, as written, with what they are")
    statement: Statement
    topics: list[Topic] = Field(description="1 to 3, the main one first")


class DraftLine(DraftPart):
    """One statement of the bottom line."""

    statement: Statement
    citations: Numbers


class BriefDraft(DraftPart):
    """A brief as a model fills it in."""

    about_peace_talks: bool = Field(
        description="false when the document is not about ending, preventing or settling an armed "
        "conflict or its aftermath"
    )
    not_about: Nullable = Field(
        description="if about_peace_talks is false: one sentence what it is about; else null"
    )
    title: str = Field(description='"subject: what is new", at most 120 characters')
    parties: list[DraftParty]
    offers: list[DraftOffer]
    red_lines: list[DraftRedLine]
    open_questions: list[DraftQuestion]
    next_steps: list[DraftStep]
    outside_voices: list[DraftVoice]
    bottom_line: list[DraftLine] = Field(
        description="1 to 3 attributed statements; no name or figure that is in no item above"
    )


SECTIONS: dict[str, type[DraftPart]] = {
    "parties": DraftParty,
    "offers": DraftOffer,
    "red_lines": DraftRedLine,
    "open_questions": DraftQuestion,
    "next_steps": DraftStep,
    "outside_voices": DraftVoice,
    "bottom_line": DraftLine,
}
"""The lists of a draft and the class of their entries, in the order of the draft."""


def empty_draft() -> BriefDraft:
    """A draft that says nothing yet."""
    lists: dict[str, Any] = {section: [] for section in SECTIONS}
    return BriefDraft(about_peace_talks=True, not_about=None, title="", **lists)


def draft_schema(model: type[BaseModel] = BriefDraft) -> dict[str, Any]:
    """The JSON Schema of a draft (or a part of it) as OpenAI's strict mode accepts it."""
    schema = copy.deepcopy(model.model_json_schema())
    _make_strict(schema)
    return schema


def says_nothing(draft: BriefDraft) -> bool:
    """Whether a draft claims to be about peace talks, and has not one entry."""
    return draft.about_peace_talks and not any(getattr(draft, name) for name in SECTIONS)


MOST_ENTRIES = {
    "parties": 5, "offers": 4, "red_lines": 4, "open_questions": 3, "next_steps": 3,
    "outside_voices": 2, "bottom_line": 1, "citations": 2, "topics": 2, "roles": 2, "aliases": 3,
    "people": 2, "by": 3, "to": 3, "conditions": 2, "responses": 1,
}  # fmt: skip
"""List lengths that keep a small model from rambling on until its context is full: without them
Qwen2.5-Coder-1.5B lists the same item until it is cut."""
MOST_CHARACTERS = 250
"""Longest string of a bounded schema: 40 words of English."""


def bounded(schema: dict[str, Any]) -> dict[str, Any]:
    """A draft schema with ``maxItems`` and ``maxLength``, for grammars of small models.

    Not in OpenAI's strict subset everywhere, so never sent to a hosted endpoint.
    """
    schema = copy.deepcopy(schema)
    for part in [schema, *schema.get("$defs", {}).values()]:
        for name, field in part.get("properties", {}).items():
            for option in field.get("anyOf", [field]):
                if option.get("type") == "array":
                    option["maxItems"] = MOST_ENTRIES.get(name, 3)
                if option.get("type") == "string":
                    option["maxLength"] = MOST_CHARACTERS
    return schema


def _make_strict(node: Any) -> None:
    """Require every property, refuse others, and leave out what strict mode does not know."""
    if isinstance(node, list):
        for entry in node:
            _make_strict(entry)
    if not isinstance(node, dict):
        return
    if node.get("type") == "object":
        node["additionalProperties"] = False
        node["required"] = list(node["properties"])
        node.pop("description", None)  # class docstrings are for people
        properties: dict[str, Any] = node["properties"]
        for name, value in properties.items():
            properties[name] = _without_title(value)
    elif "enum" in node:
        node.pop("description", None)
    node.pop("title", None) if not _is_properties(node) else None
    for value in node.values():
        _make_strict(value)


def _without_title(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in {"title", "default"}}


def _is_properties(node: dict[str, Any]) -> bool:
    """Whether ``title`` is a property of that name, and not the schema keyword."""
    return isinstance(node.get("title"), dict)
