"""Plain instructor: the draft schema in one call, as its documentation shows.

    python benchmarks/peers/instructor_brief.py --out runs/instructor

Instructor's own way to ask for a pydantic model of a server that enforces JSON Schema; no strategy,
example or re-ask of ours. The sentences are numbered, since the schema cites numbers; the prompt
says in a sentence each what the lists hold. Lists and strings have a greatest length, as pydantic
fields can: without one this model goes on until it is cut. Of an answer that is cut all the same
instructor gives nothing; it is read as far as it goes by our own reader, in the peer's favour.
"""

from __future__ import annotations

from typing import Any

import instructor
from briefing import CAP, Peer, run
from instructor.core.exceptions import IncompleteOutputException
from openai import OpenAI

from summarizer.answers import read_answer
from summarizer.documents import Document
from summarizer.draft import BriefDraft, bounded
from summarizer.embedded import EmbeddedServer

SYSTEM = """\
You extract a structured brief from a document about peace negotiations. Its sentences are \
numbered; cite the numbers of the sentences that carry an item, usually one or two.
- about_peace_talks: true if it is about ending a war or armed conflict; false only for trade, \
sport, labour, business or science (then say in not_about what it is about, leave all lists empty).
- parties: the states, groups and organisations that take part in the talks.
- offers: what a party (by) gives, would give, proposes or commits to, and on which conditions.
- red_lines: what one party (held_by) will not accept, insists on, or requires first.
- open_questions: what the document shows to be unsettled.
- next_steps: meetings, deadlines, votes still to come.
- outside_voices: analysts and former officials.
- bottom_line: the most important statement.
A list may be empty. List nothing twice."""
SECONDS = 3_600.0
"""For one answer: a busy machine is no fault of the library."""


class Bounded(BriefDraft):
    """A brief in short lists."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema that instructor sends."""
        return bounded(super().model_json_schema(*args, **kwargs))


def ask(document: Document, server: EmbeddedServer) -> str:
    """One call. What instructor refuses is kept with its reason, and is no brief; but if cut."""
    plain = OpenAI(base_url=server.base_url, api_key=server.api_key, timeout=SECONDS, max_retries=0)
    client = instructor.from_openai(plain, mode=instructor.Mode.JSON_SCHEMA)
    try:
        draft = client.chat.completions.create(
            model=server.model,
            response_model=Bounded,
            max_retries=0,
            max_tokens=CAP,
            temperature=0,
            messages=[
                {"role": "system", "content": SYSTEM},
                {"role": "user", "content": numbered(document)},
            ],
        )
    except IncompleteOutputException as error:
        cut: Any = error.last_completion
        return str(cut.choices[0].message.content)
    return draft.model_dump_json()


def numbered(document: Document) -> str:
    """The sentences, each with its number before it."""
    return "\n".join(f"[{s.number}] {document.quote(s.number)}" for s in document.sentences)


def read(text: str, document: Document) -> BriefDraft:
    """The draft that instructor validated, or as much as there is of it."""
    return read_answer(text, partial=True).draft


PEER = Peer("instructor", ask, read)

if __name__ == "__main__":
    run(PEER)
