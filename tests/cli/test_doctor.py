"""summarizer doctor: one screen, whatever is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.testing import FAULTS, ModelServer, answer
from tests.cli.terminal import Terminal, at
from tests.runs import KEY

READY = answer('{"ready": true}')
OPTIONS = slice(0, 4)


def test_doctor_says_everything_on_one_screen(summarizer: Terminal) -> None:
    """Model, reason, address, key, extras, config, cache, and whether it answers."""
    with ModelServer(READY) as server:
        run = summarizer("doctor", *at(server.base_url)[OPTIONS])
        assert server.request_count == 1
    assert (run.status, run.err) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in run.out.splitlines())
    assert rows["model"] == "scripted (self-hosted)"
    assert rows["because"] == "--base-url is given"
    assert rows["address"] == server.base_url
    assert rows["key"] == "set"
    assert rows["answers"].startswith("yes, in ")
    assert rows["answers"].endswith("structured output by json_schema")
    assert {"[embedded]", "[eval]", "config", "cache"} <= set(rows)
    assert len(run.out.splitlines()) <= 24
    assert KEY not in run.out


def test_doctor_tells_which_fallback_a_server_needs(summarizer: Terminal) -> None:
    """The mode that works is shown."""
    with FAULTS["json_schema_refused"].serve('{"ready": true}') as stage:
        run = summarizer("doctor", *at(stage.base_url)[OPTIONS])
    assert "structured output by tools" in run.out


def test_doctor_does_not_call_prose_a_structured_answer(summarizer: Terminal) -> None:
    """A server that ignores the schema answers, but not as it was asked to."""
    with ModelServer(answer("Yes, I am!", verbatim=True)) as server:
        run = summarizer("doctor", *at(server.base_url)[OPTIONS])
    assert "not with the JSON" in run.out


def test_doctor_fails_as_the_model_does(summarizer: Terminal) -> None:
    """A wrong key is a row, and the exit status of a brief."""
    with FAULTS["http_401"].serve("{}") as stage:
        run = summarizer("doctor", *at(stage.base_url)[OPTIONS])
    assert run.status == 3
    assert "answers     no: " in run.out
    assert run.err.count("\n") == 1


def test_doctor_asks_nothing_when_told_so(summarizer: Terminal) -> None:
    """``--no-ask`` looks, and does not call."""
    with ModelServer(READY) as server:
        run = summarizer("doctor", *at(server.base_url)[OPTIONS], "--no-ask")
        assert server.request_count == 0
    assert run.status == 0
    assert "answers" not in run.out


def test_doctor_shows_the_rest_when_there_is_no_model(summarizer: Terminal) -> None:
    """A missing key does not hide where the config and the cache are."""
    run = summarizer("doctor", "--model", "azure_openai/gpt")
    assert run.status == 2
    assert "none: azure_openai/gpt needs AZURE_OPENAI_API_KEY" in run.out
    assert "config" in run.out
    assert "cache" in run.out


def test_doctor_names_the_default_and_how_to_get_its_weights(
    summarizer: Terminal, own_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without key and weights nothing is downloaded: the command that would is shown."""
    monkeypatch.delenv("SUMMARIZER_API_KEY")
    run = summarizer("doctor")
    assert run.status == 0
    assert "no model is named and OPENAI_API_KEY is not set" in run.out
    assert "not here: summarizer models pull qwen" in run.out
    assert not list(own_environment.rglob("*.gguf"))
