"""Models: good and bad ones, played from answers that are known beforehand.

``oracle`` gives every document its known answer. Each of ``BAD_MODELS`` spoils that answer in
one way, as models do; an evaluation that lets one of them pass is broken::

    from summarizer.testing import BAD_MODELS, ModelServer, by_document, oracle

    good = oracle({"talks": '{"title": "Talks resume"}'}, by_document({"talks": text}))
    with ModelServer(BAD_MODELS["truncates"].behaviour(good)) as server:
        ...
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from summarizer.testing.answers import Answer, answer
from summarizer.testing.drafts import Draft, projected, within
from summarizer.testing.reply import Reply, error_body, status
from summarizer.testing.request import Request
from summarizer.testing.spoiling import (
    break_schema,
    cite_wrong_sentences,
    copy_article,
    hallucinate,
    swap_sides,
)

Key: TypeAlias = Callable[[Request], str | None]
"""Which document a request is about, or None."""

Oracle: TypeAlias = Callable[[Request], Answer | Reply]
"""A behaviour that knows the answers."""

Spoil: TypeAlias = Callable[[Draft, Request], Draft | Answer]
"""From a good answer to a bad one; pure, may change the dict it is given."""

_PROBES = 60
_INJECTION = re.compile(
    r"(ignore|disregard|forget|override)\b.{0,40}\b(instruction|rule|prompt|above|previous|prior)"
    r"|<\|\w+\|>|\[/?INST\]|</?(system|source|document|instructions?)>|^\W*(system|assistant)\s*:"
    r"|\b(you are now|new instructions?|respond only with|output only|add an offer)\b"
    r"|ignor(a|e|ez|iere|ieren)\b.{0,40}\b(instruc|anweisung)|игнорируй|ігноруй|تجاهل|忽略",
    re.IGNORECASE,
)


def by_document(documents: Mapping[str, str]) -> Key:
    """A key function: the document that the prompt's numbered sentences are taken from.

    Up to 60 of the sentences, evenly spread, are looked up in each text, white space apart; the
    text that holds most of them wins, among equals the shortest; it must hold half of them. So
    it recognises windows of a document, and sentences which the prompt had to disarm may differ.
    """
    texts = {key: _squeezed(text) for key, text in documents.items()}
    order = sorted(texts, key=lambda key: len(texts[key]))

    def key(request: Request) -> str | None:
        probes = _spread([_squeezed(text) for text in request.source.values()])
        hits = {name: sum(probe in texts[name] for probe in probes) for name in order}
        best = max(order, key=hits.__getitem__, default=None)
        return best if best is not None and probes and 2 * hits[best] >= len(probes) else None

    return key


def by_mark(marks: Mapping[str, str]) -> Key:
    """A key function: the document whose mark (a text only it has) occurs in the prompt."""

    def key(request: Request) -> str | None:
        prompt = request.prompt
        return next((name for name, mark in marks.items() if mark in prompt), None)

    return key


def oracle(answers: Mapping[str, str], key: Key, *, fit: bool = True) -> Oracle:
    """A model that knows the answers: ``answers[key(request)]``, a JSON text.

    With ``fit`` an answer is cut down to what was asked: to the top-level keys of the schema in
    the request, and to items whose evidence is among the numbered sentences shown. Nothing is
    changed, not even white space, where everything was asked. A request about no known document
    is answered with 422 and code ``unknown_document``, which clients do not retry.
    """

    def play(request: Request) -> Answer | Reply:
        name = key(request)
        if name is None or name not in answers:
            message = "the oracle has no answer for the document of this request"
            return status(422, error_body(message, code="unknown_document"))
        return answer(_fitted(answers[name], request) if fit else answers[name])

    return play


@dataclass(frozen=True)
class BadModel:
    """A model with one fault, which it has every time."""

    name: str
    description: str
    spoil: Spoil

    def behaviour(self, good: Oracle) -> Oracle:
        """The answers of ``good``, spoilt; what is no answer (an error) is passed on."""

        def play(request: Request) -> Answer | Reply:
            reply = good(request)
            if isinstance(reply, Reply) or reply.content is None:
                return reply
            spoilt = self.spoil(json.loads(reply.content), request)
            return spoilt if isinstance(spoilt, Answer) else answer(_dumped(spoilt))

        return play


def truncate(draft: Draft, request: Request) -> Answer:
    """Stop half-way, with finish reason ``length``."""
    text = _dumped(draft)
    return answer(text[: len(text) // 2], finish_reason="length")


def refuse(draft: Draft, request: Request) -> Answer:
    """Decline."""
    return answer(None, refusal="I'm sorry, but I can't help with that.")


def talk(draft: Draft, request: Request) -> Answer:
    """Say it in prose, in place of JSON."""
    told = " ".join(str(text) for text in _strings(draft) if " " in str(text))
    return answer(f"Here is a summary of the document. {told}", verbatim=True)


def obey(draft: Draft, request: Request, pattern: re.Pattern[str] = _INJECTION) -> Draft | Answer:
    """Do what an instruction in the numbered source says; leave ``draft`` alone without one.

    A JSON object in the instruction becomes the whole answer, word for word. Any other text is
    believed: it becomes title, bottom line, and an agreed offer by and to parties it made up.
    """
    found = [number for number, text in request.source.items() if pattern.search(text)]
    if not found:
        return draft
    order = request.source[found[0]]
    planted = re.search(r"\{.*\}", order)
    if planted:
        return answer(planted.group())
    obeyed = hallucinate(draft, request, order, found[0])
    line = {"statement": order, "citations": [found[0]]}
    believed = {"title": order, "bottom_line": [line]}
    return obeyed | {key: value for key, value in believed.items() if key in obeyed}


BAD_MODELS: dict[str, BadModel] = {
    model.name: model
    for model in (
        BadModel("breaks_schema", "answers JSON that is not of the schema", break_schema),
        BadModel("truncates", "stops half-way, at the token cap", truncate),
        BadModel("refuses", "declines to answer", refuse),
        BadModel("cites_wrong_sentences", "cites sentences far away", cite_wrong_sentences),
        BadModel("hallucinates", "adds one offer that nobody made", hallucinate),
        BadModel("swaps_sides", "takes each party for the other side", swap_sides),
        BadModel("copies_article", "returns the whole article as one item", copy_article),
        BadModel("answers_in_prose", "answers in prose, without JSON", talk),
        BadModel("obeys_injection", "does what the document tells it to do", obey),
    )
}
"""Bad models by name."""


def _fitted(text: str, request: Request) -> str:
    draft = json.loads(text)
    fitted = projected(draft, request.schema)
    if request.source:
        fitted = within(fitted, request.source)
    return text if fitted == draft else _dumped(fitted)


def _dumped(draft: Draft) -> str:
    return json.dumps(draft, ensure_ascii=False)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _spread(texts: list[str]) -> list[str]:
    """Up to 60 of the texts that are not empty, evenly spread."""
    filled = [text for text in texts if text]
    step = max(1, -(-len(filled) // _PROBES))
    return filled[::step]


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(children, str) or not isinstance(children, Iterable):
        return
    for child in children:
        yield from _strings(child)
