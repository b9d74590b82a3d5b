"""The draft's schema keeps to OpenAI's strict mode and to what llama.cpp converts."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.draft import (
    MAX_CITATIONS,
    MOST_CHARACTERS,
    MOST_ENTRIES,
    SECTIONS,
    BriefDraft,
    DraftOffer,
    DraftStep,
    bounded,
    draft_schema,
    empty_draft,
)
from summarizer.extraction import step_answer
from tests.drafts import full_draft, offer, step

# https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
SUPPORTED = {
    "$defs", "$ref", "additionalProperties", "anyOf", "description", "enum", "items",
    "properties", "required", "type",
}  # fmt: skip
MAX_DEPTH, MAX_PROPERTIES, MAX_ENUM_VALUES, MAX_CHARACTERS = 10, 5_000, 1_000, 120_000

SCHEMAS = {"draft": draft_schema()} | {s: draft_schema(step_answer(s)) for s in SECTIONS}


def violations(schema: dict[str, Any]) -> list[str]:
    """Every documented rule of strict mode that a schema breaks."""
    found = [] if schema.get("type") == "object" and "anyOf" not in schema else ["root"]
    for path, node in _nodes(schema, "#"):
        found += [f"{path}: {rule}" for rule in _broken(node)]
    objects = [node for _, node in _nodes(schema, "#") if "properties" in node]
    enums = [value for _, node in _nodes(schema, "#") for value in node.get("enum", [])]
    names = [name for node in objects for name in node["properties"]]
    if len(names) > MAX_PROPERTIES:
        found.append("too many properties")
    if len(enums) > MAX_ENUM_VALUES:
        found.append("too many enum values")
    if sum(map(len, [*names, *enums, *schema.get("$defs", {})])) > MAX_CHARACTERS:
        found.append("too many characters")
    if _depth(schema, schema) > MAX_DEPTH:
        found.append("nested too deeply")
    return found


def _broken(node: dict[str, Any]) -> Iterator[str]:
    if unknown := set(node) - SUPPORTED:
        yield f"unsupported {sorted(unknown)}"
    if "$ref" in node and set(node) != {"$ref"}:
        yield "a $ref with siblings"
    if node.get("type") == "object":
        if node.get("additionalProperties") is not False:
            yield "additionalProperties"
        if node.get("required") != list(node.get("properties", {})):
            yield "required"
    if isinstance(node.get("type"), list):
        yield "a list of types"


def _nodes(node: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema in a schema; names of properties are no keywords."""
    yield path, node
    for key in ("properties", "$defs"):
        for name, child in node.get(key, {}).items():
            yield from _nodes(child, f"{path}/{key}/{name}")
    for index, child in enumerate(node.get("anyOf", [])):
        yield from _nodes(child, f"{path}/anyOf/{index}")
    if "items" in node:
        yield from _nodes(node["items"], f"{path}/items")


def _depth(node: dict[str, Any], root: dict[str, Any]) -> int:
    if "$ref" in node:
        return _depth(root["$defs"][node["$ref"].rsplit("/", 1)[1]], root)
    children = [*node.get("properties", {}).values(), *node.get("anyOf", [])]
    children += [node["items"]] if "items" in node else []
    below = max((_depth(child, root) for child in children), default=0)
    return below + (node.get("type") in ("object", "array"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_when_held_against_strict_mode(name: str) -> None:
    """The schemas of the draft and of every step break no rule of OpenAI's strict mode."""
    assert violations(SCHEMAS[name]) == []


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda s: s["required"].remove("title"), "required"),
        (lambda s: s.pop("additionalProperties"), "additionalProperties"),
        (lambda s: s["$defs"]["DraftOffer"].update(additionalProperties=True), "Offer"),
        (lambda s: s["properties"]["title"].update(maxLength=120), "maxLength"),
        (lambda s: s["properties"]["title"].update(default=""), "default"),
        (lambda s: s["properties"]["title"].update(type=["string", "null"]), "list of types"),
        (lambda s: s["$defs"]["DraftOffer"]["properties"]["kind"].update(description="x"), "$ref"),
        (lambda s: s.update(anyOf=[{"type": "object"}]), "root"),
        (lambda s: s["$defs"]["Topic"].update(enum=[f"t{i}" for i in range(1001)]), "enum values"),
        (lambda s: s["properties"].update(title=_deep(11)), "nested too deeply"),
        (lambda s: s["properties"].update({f"p{i}": {} for i in range(5001)}), "properties"),
    ],
)
def test_check_when_schema_is_spoilt(spoil: Any, rule: str) -> None:
    """The check of the test above sees each kind of violation."""
    schema = copy.deepcopy(SCHEMAS["draft"])
    spoil(schema)
    assert any(rule in violation for violation in violations(schema))


def _deep(levels: int) -> dict[str, Any]:
    return {"type": "array", "items": _deep(levels - 1)} if levels else {"type": "string"}


def test_schema_when_a_property_is_called_title() -> None:
    """The properties named title, of a draft and of a person, survive the removal of titles."""
    assert SCHEMAS["draft"]["properties"]["title"]["type"] == "string"
    assert "title" in SCHEMAS["draft"]["$defs"]["DraftPerson"]["properties"]


def test_schema_when_held_against_an_answer() -> None:
    """A full answer has exactly the keys that the schema requires, at every level."""
    definitions = SCHEMAS["draft"]["$defs"]
    good = full_draft()
    assert SCHEMAS["draft"]["required"] == list(good)
    assert BriefDraft.model_validate(good).model_dump(mode="json") == good
    for section, part in SECTIONS.items():
        assert set(definitions[part.__name__]["required"]) == set(good[section][0])


def test_schema_when_made_twice() -> None:
    """Each caller gets a copy of its own, and bounding changes no one else's."""
    first = draft_schema()
    first["properties"].clear()
    assert draft_schema() == SCHEMAS["draft"]
    bounded(SCHEMAS["draft"])
    assert violations(SCHEMAS["draft"]) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_bounded_when_walked(name: str) -> None:
    """Every list and every free string of a bounded schema has a limit; enums need none."""
    for path, node in _nodes(bounded(SCHEMAS[name]), "#"):
        if node.get("type") == "array":
            assert 1 <= node["maxItems"] <= max(MOST_ENTRIES.values()), path
        if node.get("type") == "string" and "enum" not in node and not path.endswith("/items"):
            assert node["maxLength"] == MOST_CHARACTERS, path


@pytest.mark.parametrize("name", SCHEMAS)
def test_bounded_when_converted_to_a_grammar(name: str) -> None:
    """llama.cpp converts the bounded schema of the draft and of every step to a grammar."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="the extra [embedded] is not installed")
    grammar = xllamacpp.json_schema_to_grammar(bounded(SCHEMAS[name]))
    for section in ["about_peace_talks", "title"] if name == "draft" else [name]:
        assert section in grammar
    assert "root ::=" in grammar or grammar.startswith("%llguidance")


def test_fields_when_in_order() -> None:
    """Evidence comes before the statement, and the bottom line last: as a model should think."""
    for part in (DraftOffer, DraftStep):
        assert next(iter(part.model_fields)) == "citations"
    assert list(BriefDraft.model_fields)[-1] == "bottom_line"
    assert list(BriefDraft.model_fields)[3:] == list(SECTIONS)
    assert list(json.loads(json.dumps(SCHEMAS["draft"]))["properties"])[3:] == list(SECTIONS)


@pytest.mark.parametrize("blank", ["", "  ", "null", "None", "N/A", None])
def test_nullable_when_blank(blank: str | None) -> None:
    """What small models write for null is null."""
    made = DraftStep.model_validate(step(when=blank, speaker=blank))
    assert made.when is None
    assert made.speaker is None


def test_part_when_key_is_unknown() -> None:
    """An unknown key is refused, not swallowed."""
    with pytest.raises(ValidationError, match="Extra inputs"):
        DraftOffer.model_validate(offer(colour="blue"))


def test_empty_draft_when_made() -> None:
    """It says nothing, and every call gives lists of its own."""
    made = empty_draft()
    assert not any(getattr(made, section) for section in SECTIONS)
    made.parties.append(made.parties)  # type: ignore[arg-type]
    assert empty_draft().parties == []
    assert MAX_CITATIONS == 4
