"""Faulty answers: faults that arrive as a well-formed HTTP response with status 200."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from summarizer.testing.answers import Usage, answer, completion, tokens, tool_call
from summarizer.testing.behaviour import Play
from summarizer.testing.fault import OK, Faults, Scene
from summarizer.testing.reply import Billed, Reply, error_body, status
from summarizer.testing.request import Request

FAULTY_ANSWERS = Faults()

NESTING = 100_000
BIG_ANSWER_BYTES = 20_000_000
UNKNOWN_SENTENCE = 999_999

_ITEM_SECTIONS = ("offers", "red_lines", "open_questions", "next_steps")
_ENUMS = ("kind", "basis", "status", "certainty", "response", "reason", "firmness")


@FAULTY_ANSWERS.add("200 with an HTML page", "InvalidOutput")
def html_page(scene: Scene) -> Play:
    page = "<!doctype html><html><body><h1>Please log in to the network</h1></body></html>"
    return status(200, page, {"content-type": "text/html; charset=utf-8"})


@FAULTY_ANSWERS.add("200 with an empty body", "InvalidOutput")
def empty_body(scene: Scene) -> Play:
    return status(200, b"")


@FAULTY_ANSWERS.add("200 with an error object and no choices", "Unreachable")
def error_with_200(scene: Scene) -> Play:
    return status(200, error_body("the upstream provider failed", kind="upstream", code="502"))


@FAULTY_ANSWERS.add("no choices: an empty list", "InvalidOutput")
def choices_empty(scene: Scene) -> Play:
    return status(200, completion(scene.good) | {"choices": []})


@FAULTY_ANSWERS.add("no choices: null", "InvalidOutput")
def choices_null(scene: Scene) -> Play:
    return status(200, completion(scene.good) | {"choices": None})


@FAULTY_ANSWERS.add("a body that is not UTF-8", "InvalidOutput")
def invalid_utf8(scene: Scene) -> Play:
    def play(request: Request) -> Play:
        reply = answer(scene.good)(request)
        spoilt = reply.body.replace(b'"content": ', b'"content": "\xc3\x28\xff", "was": ', 1)
        return replace(reply, body=spoilt)

    return play


@FAULTY_ANSWERS.add("content is null, and there is nothing in its place", "InvalidOutput")
def null_content(scene: Scene) -> Play:
    return answer(None)


@FAULTY_ANSWERS.add("content is an empty string", "InvalidOutput")
def blank_content(scene: Scene) -> Play:
    return answer("", verbatim=True)


@FAULTY_ANSWERS.add("the model declines", "Refused")
def refusal(scene: Scene) -> Play:
    return answer(None, refusal="I'm sorry, I can't help with that.")


@FAULTY_ANSWERS.add("the provider's filter stops the answer half-way", "ContentFiltered")
def content_filter(scene: Scene) -> Play:
    return answer(_half(scene.good), finish_reason="content_filter")


@FAULTY_ANSWERS.add("the answer hits the token cap half-way", "Truncated")
def length(scene: Scene) -> Play:
    return answer(_half(scene.good), finish_reason="length")


@FAULTY_ANSWERS.add("half of the answer, and finish_reason says stop", "InvalidOutput")
def truncated_unsaid(scene: Scene) -> Play:
    return answer(_half(scene.good))


@FAULTY_ANSWERS.add("a call of a tool that nobody offered, in place of content", "InvalidOutput")
def tool_call_instead(scene: Scene) -> Play:
    call = tool_call("web_search", '{"query": "peace talks"}')
    return answer(None, tool_calls=[call], finish_reason="tool_calls")


@FAULTY_ANSWERS.add("JSON in a Markdown fence", OK)
def fenced_json(scene: Scene) -> Play:
    return answer(f"```json\n{scene.good}\n```")


@FAULTY_ANSWERS.add("prose around the JSON", OK)
def prose_around(scene: Scene) -> Play:
    return answer(f"Sure! Here is the brief:\n\n{scene.good}\n\nLet me know if you need more.")


@FAULTY_ANSWERS.add("<think> before the JSON, with braces in the thoughts", OK)
def think_before(scene: Scene) -> Play:
    return answer(f'<think>\nMaybe {{"title": "no"}}? Better not.\n</think>\n\n{scene.good}')


@FAULTY_ANSWERS.add("two JSON objects that differ", "InvalidOutput")
def two_objects(scene: Scene) -> Play:
    draft = scene.draft()
    key, value = _first_text(draft)
    return answer(f"{scene.good}\n{json.dumps(draft | {key: f'{value}, or not'})}")


@FAULTY_ANSWERS.add("every field has a value of the wrong type", "InvalidOutput")
def wrong_types(scene: Scene) -> Play:
    wrong = {key: _of_wrong_type(value) for key, value in scene.draft().items()}
    return answer(json.dumps(wrong))


@FAULTY_ANSWERS.add("a required field is missing", "InvalidOutput")
def missing_field(scene: Scene) -> Play:
    draft = scene.draft()
    del draft[next(iter(draft))]
    return answer(json.dumps(draft, ensure_ascii=False))


@FAULTY_ANSWERS.add("a value that is in no vocabulary", "InvalidOutput")
def unknown_enum(scene: Scene) -> Play:
    return answer(_spoilt_at(scene, _ENUMS, "unheard_of"))


@FAULTY_ANSWERS.add("an item cites a sentence that does not exist", OK)
def unknown_sentence(scene: Scene) -> Play:
    return answer(_spoilt_at(scene, ("citations",), [UNKNOWN_SENTENCE]))


@FAULTY_ANSWERS.add("NaN and Infinity, which Python's parser takes for numbers", "InvalidOutput")
def nan(scene: Scene) -> Play:
    return answer(_spoilt_at(scene, ("citations",), [float("nan"), float("inf")]))


@FAULTY_ANSWERS.add("a key twice, the second time with another value", "InvalidOutput")
def duplicate_keys(scene: Scene) -> Play:
    draft = scene.draft()
    lists = [key for key, value in draft.items() if value and isinstance(value, list)]
    key = lists[0] if lists else _first_text(draft)[0]
    again = json.dumps({key: [] if lists else None})
    return answer(f"{scene.good.rstrip()[:-1]}, {again[1:]}")


@FAULTY_ANSWERS.add("brackets 100,000 deep, where parsers recurse", "InvalidOutput")
def deep_nesting(scene: Scene) -> Play:
    key = json.dumps(next(iter(scene.draft())))
    return answer(f"{{{key}: {'[' * NESTING}{']' * NESTING}}}")


@FAULTY_ANSWERS.add("an answer of 20 MB", "InvalidOutput")
def big_answer(scene: Scene) -> Play:
    scene.draft()
    padding = "x" * BIG_ANSWER_BYTES
    return answer(f'{{"padding": "{padding}", {scene.good.lstrip()[1:]}')


@FAULTY_ANSWERS.add("half a surrogate pair, which no UTF-8 file can hold", OK)
def lone_surrogate(scene: Scene) -> Play:
    draft = scene.draft()
    key, value = _first_text(draft)
    return answer(json.dumps(draft | {key: f"{value} \ud83d"}))


@FAULTY_ANSWERS.add("usage with impossible numbers", OK)
def wrong_usage(scene: Scene) -> Play:
    numbers = {"prompt_tokens": -7, "completion_tokens": 10**15, "total_tokens": 3}
    return answer(scene.good, usage=numbers)


@FAULTY_ANSWERS.add("no usage", OK)
def no_usage(scene: Scene) -> Play:
    return answer(scene.good, usage=None)


@FAULTY_ANSWERS.add("usage tells that most of the prompt was cut off in silence", "ContextTooSmall")
def prompt_cut(scene: Scene) -> Play:
    def play(request: Request) -> Play:
        seen = tokens(request.prompt) // 4
        reply: Reply = answer(scene.good, usage=Usage(seen, tokens(scene.good)))(request)
        return replace(reply, billed=Billed(seen, tokens(scene.good), calls=1))

    return play


def _half(text: str) -> str:
    return text[: len(text) // 2]


def _first_text(draft: dict[str, Any]) -> tuple[str, Any]:
    """The first key whose value is a string, or else the first, with its value."""
    found = (entry for entry in draft.items() if isinstance(entry[1], str))
    return next(found, next(iter(draft.items())))


def _of_wrong_type(value: Any) -> Any:
    """A value of another type, which no lenient parser can turn into the right one."""
    if isinstance(value, str | None):
        return [3.5]
    return {"value": None} if isinstance(value, list) else "perhaps"


def _spoilt_at(scene: Scene, keys: Sequence[str], value: Any) -> str:
    """The good answer with ``value`` at the first of ``keys`` in an item, or anywhere, or at the
    first key of all."""
    draft = scene.draft()
    items = {key: draft[key] for key in _ITEM_SECTIONS if key in draft}
    if not (_put(items, keys, value) or _put(draft, keys, value)):
        draft[next(iter(draft))] = value
    return json.dumps(draft, ensure_ascii=False)


def _put(node: Any, keys: Sequence[str], value: Any) -> bool:
    """Put ``value`` at the first of ``keys`` anywhere in ``node``; False where there is none."""
    if isinstance(node, dict):
        for key in keys:
            if node.get(key):
                node[key] = value
                return True
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return any(_put(child, keys, value) for child in children)
