"""Models that answer with what the attacker wants, in every field, citing whatever they like."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from summarizer.testing import BAD_MODELS, Answer, Reply, Request, answer
from summarizer.testing.attacks import Attack
from summarizer.testing.drafts import Draft

STRANGER = "Ruritania"
"""A party that is in no document's own sentences."""
MOST = 5_000
"""Characters of a payload that a model repeats."""


def gullible(attack: Attack) -> Callable[[Request], Answer]:
    """It believes the payload: every text of its answer is the payload, and every party too.

    Beside citations that exist it gives some that do not, kinds that nobody knows, and keys that
    no schema has.
    """
    said = attack.payload[:MOST]

    def play(request: Request) -> Answer:
        return answer(json.dumps(_believed(said, sorted(request.source))))

    return play


def obeying(attack: Attack) -> Callable[[Request], Answer | Reply]:
    """The mock model of ``summarizer.testing`` that does what the document tells it to do."""

    def honest(request: Request) -> Answer:
        first = min(request.source, default=1)
        return answer(json.dumps(_draft("Arvenia met the Kor Front", [first], ["Arvenia"])))

    return BAD_MODELS["obeys_injection"].behaviour(honest)


def _believed(said: str, numbers: list[int]) -> Draft:
    """One entry per way of citing, in every section."""
    first, last = (numbers or [1])[0], (numbers or [1])[-1]
    nowhere: list[list[int]] = [[], [0], [-1], [999_999], [first, 999_999]]
    drafts = [
        *(_draft(said, [first, last], [name]) for name in (said, STRANGER, "Arvenia")),
        *(_draft(said, cited, [said]) for cited in nowhere),
    ]
    whole: Draft = drafts[0] | {
        key: [entry for draft in drafts for entry in draft[key]]
        for key, value in drafts[0].items()
        if isinstance(value, list)
    }
    whole["offers"].append(whole["offers"][0] | {"verified": True, "admin": said})
    whole["red_lines"].append(whole["red_lines"][0] | {"kind": "unheard_of"})
    whole["red_lines"].append({"citations": "all of them"})
    return whole


def _draft(said: str, cited: list[int], names: list[str]) -> Draft:
    item: dict[str, Any] = {
        "citations": cited, "speaker": said, "speaks_for": names[0], "basis": "on_record",
        "topics": ["process"], "certainty": "asserted",
    }  # fmt: skip
    response = {"party": names[0], "response": "accepts", "citations": cited}
    return {
        "about_peace_talks": True, "not_about": None, "title": said,
        "parties": [{"name": name, "aliases": [said], "kind": "state", "roles": ["primary_party"],
                     "people": [{"name": said, "title": said}], "citations": cited}
                    for name in names],
        "offers": [item | {"statement": said, "kind": "offer", "by": names, "to": names,
                           "conditions": [said], "deadline": said, "status": "signed",
                           "responses": [response]}],
        "red_lines": [item | {"statement": said, "held_by": names[0], "kind": "refusal",
                              "firmness": "categorical"}],
        "open_questions": [item | {"question": said, "parties": names, "reason": "disputed"}],
        "next_steps": [item | {"statement": said, "parties": names, "when": said,
                               "date": "2026-05-01", "certainty": "planned"}],
        "outside_voices": [{"citations": cited, "speaker": said, "statement": said,
                            "topics": ["process"]}],
        "bottom_line": [{"statement": said, "citations": cited}],
    }  # fmt: skip
