"""Recording from one endpoint, replaying without it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.testing import (
    FAULTS,
    ModelServer,
    Recorder,
    Recording,
    Replay,
    Request,
    Usage,
    answer,
    completion,
    refused_url,
    request_key,
    status,
    tool_call,
)

from .clients import KEY, ask, chat, content
from .samples import GOOD

FENCE = r"FENCE-[0-9a-f]{8}"
PAYLOAD: dict[str, Any] = {
    "model": "m",
    "messages": [{"role": "user", "content": "Hello"}],
    "temperature": 0,
    "response_format": {"type": "json_object"},
}


@contextlib.contextmanager
def recording(
    folder: Path, play: Any, **settings: Any
) -> Iterator[tuple[ModelServer, ModelServer]]:
    """A recorder and the endpoint behind it."""
    with ModelServer(play) as upstream:
        recorder = Recorder(folder, upstream.base_url, **settings)
        with ModelServer(recorder) as server:
            yield server, upstream


def recorded(folder: Path, play: Any, *, calls: int = 1, **parameters: Any) -> ModelServer:
    """Record ``calls`` equal calls of an endpoint that plays ``play``; the endpoint."""
    with recording(folder, play, fence=FENCE) as (recorder, upstream):
        for _ in range(calls):
            chat(recorder.base_url, **parameters)
    return upstream


def replayed(folder: Path, **parameters: Any) -> Any:
    """What a client gets from the recordings."""
    with ModelServer(Replay(folder, fence=FENCE)) as server:
        return chat(server.base_url, **parameters)


def test_answer_is_the_same_when_replayed_offline(tmp_path: Path) -> None:
    """Content, finish reason, model and usage come back without the endpoint."""
    real = answer("Grüße", usage=Usage(70, 9, cached=5), finish_reason="length", model="real-1")
    recorded(tmp_path, real)
    found = replayed(tmp_path)
    assert found.choices[0].message.content == "Grüße"
    assert (found.choices[0].finish_reason, found.model) == ("length", "real-1")
    assert (found.usage.prompt_tokens, found.usage.completion_tokens) == (70, 9)
    assert found.usage.total_tokens == 79
    assert found.usage.prompt_tokens_details.cached_tokens == 5


def test_recording_run_equals_the_replay_when_both_are_compared(tmp_path: Path) -> None:
    """While recording a client already gets what it will get from the recording."""
    with recording(tmp_path, answer(GOOD)) as (server, _):
        first = chat(server.base_url)
    with ModelServer(Replay(tmp_path)) as server:
        assert chat(server.base_url) == first


@pytest.mark.parametrize(
    "real",
    [
        answer(None, refusal="No."),
        answer(None, tool_calls=[tool_call("draft", '{"a": 1}')], finish_reason="tool_calls"),
        answer("x", usage=None),
        answer("half \ud83d"),
    ],
    ids=["refusal", "tool_calls", "no_usage", "surrogate"],
)
def test_unusual_answer_is_the_same_when_replayed(tmp_path: Path, real: Any) -> None:
    """Refusals, tool calls, missing usage and broken Unicode survive the disk."""
    with ModelServer(real) as upstream:
        direct = chat(upstream.base_url)
    recorded(tmp_path, real)
    found = replayed(tmp_path)
    assert found.choices == direct.choices
    assert (found.usage is None) == (direct.usage is None)


def test_file_holds_the_essentials_when_written(tmp_path: Path) -> None:
    """One small file per call, named by its key, with nothing of request, headers or ids."""
    upstream = recorded(tmp_path, answer("yes", usage=Usage(7, 1), request_id="req-secret"))
    (path,) = tmp_path.iterdir()
    fields = json.loads(path.read_text())
    seconds = fields.pop("seconds")
    assert 0 <= seconds < 10
    assert fields == {
        "key": path.stem,
        "model": "asked-model",
        "content": "yes",
        "finish_reason": "stop",
        "usage": {"prompt_tokens": 7, "completion_tokens": 1, "cached_tokens": 0},
    }
    assert path.stem == request_key(upstream.requests[0].payload, FENCE)


def test_key_is_passed_on_and_not_kept_when_recording(tmp_path: Path) -> None:
    """The endpoint gets the client's key; no file has it."""
    upstream = recorded(tmp_path, answer("yes"))
    assert upstream.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert all(KEY not in path.read_text() for path in tmp_path.rglob("*"))


def test_folder_of_a_local_model_is_not_kept_when_recorded(tmp_path: Path) -> None:
    """A model named by its path loses the folders, one named by owner and name keeps both."""
    for model, expected in (
        ("/home/ada/models/q4.gguf", "q4.gguf"),
        (r"C:\models\q4.gguf", "q4.gguf"),
        ("Qwen/Qwen2.5-1.5B", "Qwen/Qwen2.5-1.5B"),
    ):
        assert Recording.of("k", completion("x", model=model), 0.1).model == expected
    assert list(tmp_path.iterdir()) == []


def test_file_is_the_same_when_saved_again(tmp_path: Path) -> None:
    """The same recording gives the same bytes, and leaves nothing beside them."""
    recording = Recording("k" * 64, "m", "ü", "stop", {"prompt_tokens": 1}, 0.125)
    recording.save(tmp_path / "new")
    first = (tmp_path / "new" / f"{'k' * 64}.json").read_bytes()
    Recording.load(tmp_path / "new" / f"{'k' * 64}.json").save(tmp_path / "new")
    assert [path.read_bytes() for path in (tmp_path / "new").iterdir()] == [first]
    assert "ü".encode() in first
    assert first.endswith(b"}\n")


def test_time_is_told_when_replayed(tmp_path: Path) -> None:
    """The seconds that the real call took are a header, as OpenAI's servers send it."""
    Recording("k", "m", "x", "stop", None, 1.25).save(tmp_path)
    reply = Recording.load(tmp_path / "k.json").answer()(Request("POST", "/"))
    assert reply.headers["openai-processing-ms"] == "1250"


@pytest.mark.parametrize(
    "changed",
    [
        {"model": "other"},
        {"messages": [{"role": "user", "content": "Hello "}]},
        {"messages": [{"role": "system", "content": "Hello"}]},
        {"temperature": 0.1},
        {"seed": 1},
        {"max_tokens": 5},
        {"response_format": {"type": "text"}},
        {"tools": [tool_call("x", "{}")]},
        {"tool_choice": "required"},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_key_differs_when_what_is_asked_differs(changed: dict[str, Any]) -> None:
    """Model, messages, schema and every parameter are part of the key."""
    assert request_key({**PAYLOAD, **changed}) != request_key(PAYLOAD)


def test_key_is_the_same_when_only_the_spelling_differs() -> None:
    """Order of keys, 0 or 0.0 and who asks are not part of what is asked."""
    other = dict(reversed(list(PAYLOAD.items()))) | {"temperature": 0.0, "user": "ada"}
    assert request_key(other) == request_key(PAYLOAD)
    assert len(request_key(PAYLOAD)) == 64


@given(st.text(alphabet="0123456789abcdef", min_size=8, max_size=8), st.text(max_size=20))
def test_key_is_the_same_when_only_the_fence_differs(fence: str, text: str) -> None:
    """What the pattern matches does not count, in plain messages and in parts; all else does."""

    def key(delimiter: str, inside: str) -> str:
        shown = f"FENCE-{delimiter}\n{inside}\nFENCE-{delimiter}"
        parts = [{"type": "text", "text": shown}]
        messages = [{"role": "system", "content": shown}, {"role": "user", "content": parts}]
        return request_key({"messages": messages}, FENCE)

    assert key(fence, text) == key("00000000", text)
    assert key(fence, text) != key(fence, text + "!")


@pytest.mark.parametrize("change", [{"prompt": "Hello?"}, {"model": "m2"}, {"seed": 7}])
def test_stale_recording_is_named_when_the_request_changed(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    """A changed request is never given the old answer, but a 422 that says what to do."""
    recorded(tmp_path, answer("old"))
    with pytest.raises(openai.UnprocessableEntityError, match="record again") as caught:
        replayed(tmp_path, **change)
    assert caught.value.code == "stale_recording"
    assert caught.value.type == "recording"


def test_stale_recording_is_named_when_there_is_no_folder(tmp_path: Path) -> None:
    """An empty or missing folder is the same as no recording, and is not made."""
    with pytest.raises(openai.UnprocessableEntityError):
        replayed(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": "x"}', '{"surprise": 1}', "null"])
def test_broken_recording_is_named_when_a_file_is_damaged(tmp_path: Path, damage: str) -> None:
    """A file that is cut, empty or something else is not taken for an answer."""
    recorded(tmp_path, answer("x"))
    (path,) = tmp_path.iterdir()
    path.write_text(damage)
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        replayed(tmp_path)
    assert caught.value.code == "broken_recording"


def test_broken_recording_is_named_when_a_file_was_renamed(tmp_path: Path) -> None:
    """An answer copied under the name of another question is refused."""
    recorded(tmp_path, answer("x"), prompt="one")
    (path,) = tmp_path.iterdir()
    recorded(tmp_path, answer("y"), prompt="two")
    (other,) = set(tmp_path.iterdir()) - {path}
    other.write_bytes(path.read_bytes())
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        replayed(tmp_path, prompt="two")
    assert caught.value.code == "broken_recording"


def test_broken_recording_is_replaced_when_recording(tmp_path: Path) -> None:
    """Recording again mends a damaged file."""
    recorded(tmp_path, answer("x"))
    (path,) = tmp_path.iterdir()
    path.write_text("{")
    recorded(tmp_path, answer("y"))
    assert replayed(tmp_path).choices[0].message.content == "y"


def test_unused_files_are_listed_when_a_run_is_over(tmp_path: Path) -> None:
    """What answered nothing can be deleted; what answered is not listed."""
    recorded(tmp_path, answer("x"), prompt="one")
    (used,) = tmp_path.iterdir()
    recorded(tmp_path, answer("x"), prompt="two")
    replay = Replay(tmp_path, fence=FENCE)
    with ModelServer(replay) as server:
        content(server.base_url, "one")
    assert replay.unused() == sorted(set(tmp_path.iterdir()) - {used})


def test_endpoint_is_asked_once_when_a_recording_exists(tmp_path: Path) -> None:
    """Equal calls, also of a later run, are answered from the disk and not paid twice."""
    assert recorded(tmp_path, answer("x"), calls=3).request_count == 1
    assert recorded(tmp_path, answer("y")).request_count == 0


def test_endpoint_is_asked_once_when_equal_calls_come_together(tmp_path: Path) -> None:
    """Ten equal calls at the same time are one call to the endpoint."""

    async def run(base_url: str) -> set[str | None]:
        answers = await asyncio.gather(*(ask(base_url) for _ in range(10)))
        return {found.choices[0].message.content for found in answers}

    with recording(tmp_path, answer("x")) as (server, upstream):
        assert asyncio.run(run(server.base_url)) == {"x"}
    assert upstream.request_count == 1


def test_endpoint_is_asked_again_when_a_refresh_is_wanted(tmp_path: Path) -> None:
    """``refresh`` replaces an old recording, once per run."""
    recorded(tmp_path, answer("old"))
    with recording(tmp_path, answer("new"), fence=FENCE, refresh=True) as (server, upstream):
        assert [content(server.base_url) for _ in range(2)] == ["new", "new"]
    assert upstream.request_count == 1
    assert replayed(tmp_path).choices[0].message.content == "new"


def test_nothing_is_kept_when_the_endpoint_fails(tmp_path: Path) -> None:
    """Errors are passed back with their body and Retry-After, and are not recorded."""
    limited = status(429, {"error": {"code": "slow"}}, {"retry-after": "9", "set-cookie": "a=b"})
    with pytest.raises(openai.RateLimitError) as caught:
        recorded(tmp_path, limited)
    assert caught.value.code == "slow"
    assert caught.value.response.headers["retry-after"] == "9"
    assert "set-cookie" not in caught.value.response.headers
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fault", ["choices_empty", "choices_null", "error_with_200"])
def test_nothing_is_kept_when_the_answer_is_no_completion(tmp_path: Path, fault: str) -> None:
    """A 200 without a choice is passed back as it is, and is not recorded."""
    recorded(tmp_path, FAULTS[fault].behaviour(GOOD))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_kept_when_the_answer_is_not_utf8(tmp_path: Path) -> None:
    """Bytes that are no JSON are passed back as they are."""
    with pytest.raises(UnicodeDecodeError):
        recorded(tmp_path, FAULTS["invalid_utf8"].behaviour(GOOD))
    assert list(tmp_path.iterdir()) == []


def test_redirect_is_passed_back_when_the_endpoint_sends_one(tmp_path: Path) -> None:
    """The recorder does not carry the key to another host."""
    with FAULTS["redirect"].serve(GOOD) as stage:
        recorder = Recorder(tmp_path, stage.base_url)
        with ModelServer(recorder) as server, pytest.raises(openai.APIStatusError) as caught:
            chat(server.base_url)
        assert stage.elsewhere.request_count == 0
    assert caught.value.status_code == 307


def test_endpoint_is_named_unreachable_when_nobody_listens(tmp_path: Path) -> None:
    """No endpoint is a 502 with a code, not a crash of the recorder."""
    with refused_url() as nobody:
        recorder = Recorder(tmp_path, f"{nobody}/")
        with ModelServer(recorder) as server, pytest.raises(openai.InternalServerError) as caught:
            chat(server.base_url)
    assert caught.value.code == "upstream_unreachable"
