"""summarizer prompt and schema: what is sent, and the shape of what comes back."""

from __future__ import annotations

import json
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.draft import draft_schema
from summarizer.prompts import FENCE
from summarizer.testing import ModelServer, answer
from tests.cli.terminal import Terminal, at
from tests.runs import GOOD


def unfenced(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Messages without the fence, which is a new one for every call."""
    return [{**one, "content": FENCE.sub("<fence>", one["content"])} for one in messages]


def test_what_is_printed_is_what_is_sent(summarizer: Terminal, document: Path) -> None:
    """Messages and response format, word for word but for the random fence."""
    printed = json.loads(summarizer("prompt", document, "--format", "json").out)
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, *at(server.base_url), "--format", "json")
        payload = server.requests[0].payload
    assert unfenced(payload["messages"]) == unfenced(printed["messages"])
    assert payload["response_format"] == printed["response_format"]
    assert payload["response_format"]["json_schema"]["strict"] is True
    assert json.loads(run.out)["provenance"]["prompt_version"] == printed["prompt_version"]


def test_embedded_model_gets_its_own_prompt(summarizer: Terminal, document: Path) -> None:
    """What would be sent depends on the model, and so does what is printed."""
    large = json.loads(summarizer("prompt", document, "--format", "json").out)
    small = json.loads(
        summarizer("prompt", document, "--format", "json", "--model", "embedded").out
    )
    assert small["prompt_version"] != large["prompt_version"]
    assert len(small["messages"][0]["content"]) < len(large["messages"][0]["content"])


def test_text_is_enough_for_a_chat_window(summarizer: Terminal, document: Path) -> None:
    """Rules, schema and the numbered document, the document last; no model is needed."""
    run = summarizer("prompt", document)
    assert (run.status, run.err) == (0, "")
    assert '"additionalProperties": false' in run.out
    assert run.out.index("JSON Schema") < run.out.index("[8] Rain fell all day.")


def test_prompt_and_answer_go_round(summarizer: Terminal, document: Path, tmp_path: Path) -> None:
    """What is printed, answered elsewhere, comes back as a brief of the same version."""
    version = json.loads(summarizer("prompt", document, "--format", "json").out)["prompt_version"]
    (tmp_path / "a.txt").write_text(f"Here you are:\n```json\n{GOOD}\n```\n", encoding="utf-8")
    run = summarizer("brief", document, "--answer", "a.txt", "--format", "json")
    assert json.loads(run.out)["provenance"]["prompt_version"] == version


def test_schema_is_that_of_the_brief_or_the_draft(summarizer: Terminal) -> None:
    """Both are JSON that other programs can use."""
    brief = json.loads(summarizer("schema").out)
    assert brief == PeaceTalksBrief.model_json_schema(mode="serialization")
    assert json.loads(summarizer("schema", "--draft").out) == draft_schema()
