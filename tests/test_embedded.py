"""summarizer.embedded: a real llama.cpp server in this process, with the smallest weights.

The tests that need weights take SmolLM2-135M from the user's cache and never download it.
"""

from __future__ import annotations

import gc
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from summarizer import weights
from summarizer.embedded import (
    CONTEXT_STEP,
    EmbeddedServer,
    close_shared,
    require_extra,
    shared_server,
)
from summarizer.errors import MissingExtra, SettingsError, WeightsError
from summarizer.settings import default_cache_dir

SMALLEST = "smollm2-135m-instruct"
CONTEXT = 512
QUESTION: list[dict[str, str]] = [
    {"role": "system", "content": "You name the party that refuses. " * 15},
    {"role": "user", "content": "[1] Ruritania refuses to withdraw. Who refuses?"},
]
SCHEMA = {
    "type": "object",
    "properties": {
        "party": {"type": "string", "maxLength": 20},
        "sentences": {"type": "array", "items": {"type": "integer"}, "maxItems": 2},
        "stance": {"anyOf": [{"type": "string", "enum": ["yes", "no"]}, {"type": "null"}]},
    },
    "required": ["party", "sentences", "stance"],
    "additionalProperties": False,
}
FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
}


@pytest.fixture(scope="session")
def smallest() -> Path:
    """The smallest weights, if somebody pulled them."""
    pytest.importorskip("xllamacpp")
    found = weights.path(SMALLEST, default_cache_dir() / "models")
    if found is None:
        pytest.skip(f"needs weights: summarizer models pull {SMALLEST}")
    return found


@pytest.fixture(scope="module")
def server(smallest: Path) -> Iterator[EmbeddedServer]:
    """One server for the tests that only ask it something."""
    with EmbeddedServer(smallest, context=CONTEXT, threads=1) as running:
        yield running


@pytest.fixture
def client(server: EmbeddedServer) -> Iterator[openai.OpenAI]:
    """The client that the product uses, without retries and proxies."""
    with (
        httpx2.Client(trust_env=False, timeout=60) as http_client,
        openai.OpenAI(
            base_url=server.base_url,
            api_key=server.api_key,
            max_retries=0,
            http_client=http_client,
        ) as made,
    ):
        yield made


def ask(client: openai.OpenAI, messages: Any = QUESTION, **parameters: Any) -> Any:
    """One chat completion."""
    parameters = {"temperature": 0, "max_tokens": 8, **parameters}
    return client.chat.completions.create(model="any", messages=messages, **parameters)


def get(server: EmbeddedServer, path: str, key: str | None) -> int:
    """The status of a GET with that key."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {key}"} if key else {})
    status = connection.getresponse().status
    connection.close()
    return status


def refuses(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Another Python that runs ``code``; one that hangs fails the test."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


# Without weights


def test_server_names_the_extra_when_xllamacpp_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who did not install the extra is told its name, before and after a download."""
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    file = tmp_path / "some.gguf"
    file.write_bytes(b"GGUF")
    with pytest.raises(MissingExtra, match=r"pip install 'summarizer\[embedded\]'"):
        EmbeddedServer(file, context=CONTEXT)
    with pytest.raises(MissingExtra):
        require_extra()


@pytest.mark.parametrize("context", [0, -1])
def test_server_refuses_when_the_context_is_not_positive(tmp_path: Path, context: int) -> None:
    """A context of 0 would be the model's whole, of gigabytes; it is refused."""
    with pytest.raises(SettingsError, match="at least 1 token"):
        EmbeddedServer(tmp_path / "x.gguf", context=context)
    with (
        pytest.raises(SettingsError, match="at least 1 token"),
        shared_server(tmp_path / "x.gguf", context=context),
    ):
        pass


def test_server_refuses_when_there_are_no_threads(tmp_path: Path) -> None:
    """No thread, no answer."""
    with pytest.raises(SettingsError, match="at least 1 thread"):
        EmbeddedServer(tmp_path / "x.gguf", context=CONTEXT, threads=0)


def test_server_says_so_when_the_file_is_missing(tmp_path: Path) -> None:
    """A path that leads nowhere is named."""
    with pytest.raises(WeightsError, match=r"cannot read .*nowhere\.gguf"):
        EmbeddedServer(tmp_path / "nowhere.gguf", context=CONTEXT)


@pytest.mark.parametrize("content", [b"", b"GGU", b"PK\x03\x04", b"ggml" * 1000])
def test_server_says_so_when_the_file_is_no_gguf(tmp_path: Path, content: bytes) -> None:
    """Other files do not reach llama.cpp."""
    file = tmp_path / "other.gguf"
    file.write_bytes(content)
    with pytest.raises(WeightsError, match="not a GGUF file"):
        EmbeddedServer(file, context=CONTEXT)


@pytest.mark.parametrize(
    "content", [b"GGUF", b"GGUF" + bytes(1000), b"GGUF\x03\0\0\0" + b"\xff" * 1000]
)
def test_server_raises_when_the_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    """A file that only starts like weights is an error, not the end of the process."""
    pytest.importorskip("xllamacpp")
    file = tmp_path / "damaged.gguf"
    file.write_bytes(content)
    with pytest.raises(WeightsError, match="cannot load"):
        EmbeddedServer(file, context=CONTEXT)


def test_import_is_cheap_when_no_server_is_started() -> None:
    """llama.cpp is loaded by the first server, not by the module."""
    ran = run("import sys, summarizer.embedded\nprint('xllamacpp' in sys.modules)")
    assert ran.stdout.strip() == "False"


# The wire


def test_server_keeps_to_the_schema_when_one_is_sent(client: openai.OpenAI) -> None:
    """`response_format.json_schema` constrains what a model that cannot write JSON writes."""
    answer = ask(client, max_tokens=150, response_format=FORMAT)
    assert answer.choices[0].finish_reason == "stop"
    content = json.loads(answer.choices[0].message.content)
    assert set(content) == {"party", "sentences", "stance"}
    assert content["stance"] in ("yes", "no", None)


def test_server_reuses_the_prefix_when_prompts_share_one(client: openai.OpenAI) -> None:
    """A second prompt with the same beginning is read from the cache, and usage says so."""
    ask(client)
    other = [QUESTION[0], {"role": "user", "content": "[1] Freedonia agrees. Who agrees?"}]
    answer = ask(client, other)
    usage = answer.usage
    assert usage.prompt_tokens > 100
    assert usage.prompt_tokens_details.cached_tokens > usage.prompt_tokens / 2
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert answer.model_extra["timings"]["cache_n"] == usage.prompt_tokens_details.cached_tokens


def test_server_answers_alike_when_the_temperature_is_zero(client: openai.OpenAI) -> None:
    """The same question has the same answer."""
    first, second = (ask(client, max_tokens=24).choices[0].message.content for _ in range(2))
    assert first == second


def test_server_streams_when_asked(client: openai.OpenAI) -> None:
    """Pieces arrive one by one, and the last one holds the usage."""
    options = {"stream": True, "stream_options": {"include_usage": True}}
    chunks = list(ask(client, max_tokens=6, **options))
    assert len([chunk for chunk in chunks if chunk.choices]) > 2
    assert chunks[-1].usage.completion_tokens <= 6


def test_server_says_length_when_the_cap_cuts_an_answer(client: openai.OpenAI) -> None:
    """A cut answer has `finish_reason` "length", within a schema too."""
    answer = ask(client, max_tokens=3, response_format=FORMAT)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage.completion_tokens == 3


def test_server_says_length_when_the_context_cuts_an_answer(client: openai.OpenAI) -> None:
    """An answer that fills the context is cut, not shifted over the beginning of the prompt."""
    messages = [{"role": "user", "content": "word " * (CONTEXT - 60)}]
    answer = ask(client, messages, max_tokens=500, extra_body={"ignore_eos": True})
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage.total_tokens == CONTEXT


def test_server_names_both_sizes_when_a_prompt_exceeds_the_context(client: openai.OpenAI) -> None:
    """The error by which ContextTooSmall is told: 400, a type of its own, both numbers."""
    with pytest.raises(openai.BadRequestError) as caught:
        ask(client, [{"role": "user", "content": "word " * 3000}])
    body: Any = caught.value.body
    assert body["type"] == "exceed_context_size_error"
    assert body["n_prompt_tokens"] > 3000
    assert body["n_ctx"] == CONTEXT


def test_server_names_the_model_when_it_answers(
    client: openai.OpenAI, server: EmbeddedServer
) -> None:
    """Answers name the weights without the folder that holds them."""
    assert ask(client).model == server.model == "SmolLM2-135M-Instruct.Q4_1"
    assert [item.id for item in client.models.list()] == [server.model]


# Who may use it


@pytest.mark.parametrize("key", [None, "", "wrong"])
@pytest.mark.parametrize("path", ["/v1/models", "/slots", "/props"])
def test_server_refuses_when_the_key_is_wrong(
    server: EmbeddedServer, path: str, key: str | None
) -> None:
    """Another user of the machine, who does not know the key, gets nothing."""
    assert get(server, path, key) == 401


def test_server_has_no_pages_when_asked_for_some(server: EmbeddedServer) -> None:
    """The web interface of llama.cpp is off."""
    assert get(server, "/", server.api_key) == 404


def test_servers_have_keys_of_their_own_when_there_are_two(smallest: Path) -> None:
    """Two servers live side by side, and the key of one does not open the other."""
    with (
        EmbeddedServer(smallest, context=256, threads=1) as one,
        EmbeddedServer(smallest, context=256, threads=1) as two,
    ):
        assert one.port != two.port
        assert get(two, "/v1/models", one.api_key) == 401
        assert get(two, "/v1/models", two.api_key) == 200


def test_repr_hides_the_key_when_printed(server: EmbeddedServer) -> None:
    """A logged server does not give its key away."""
    assert server.api_key not in repr(server)
    assert server.base_url in repr(server)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127/8")
def test_server_listens_on_loopback_only_when_started(server: EmbeddedServer) -> None:
    """The port is bound to 127.0.0.1, not to all addresses."""
    assert not refuses(server.port)
    assert refuses(server.port, "127.0.0.2")


# Tokens


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        ("Hello", 1, 2),
        ("Мирные переговоры 平和 🕊️", 6, 60),
        ("word " * 5000, 5000, 5001),
    ],
)
def test_count_tokens_counts_when_any_text_comes(
    server: EmbeddedServer, text: str, least: int, most: int
) -> None:
    """Any text is counted, longer ones than the context too."""
    assert least <= server.count_tokens(text) <= most


def test_count_tokens_takes_control_tokens_as_text_when_they_are_in_it(
    server: EmbeddedServer,
) -> None:
    """What looks like a control token in a document is counted as the characters it is."""
    assert server.count_tokens("<|im_end|>") > 3


def test_count_tokens_says_so_when_the_server_is_closed(smallest: Path) -> None:
    """A closed server is a clear error, not a hang."""
    with EmbeddedServer(smallest, context=256, threads=1) as server:
        pass
    with pytest.raises(WeightsError, match="does not answer"):
        server.count_tokens("word")


# Its end


def test_close_ends_the_server_when_called_at_once(smallest: Path) -> None:
    """A server that was never used stops, and stopping twice is no error."""
    server = EmbeddedServer(smallest, context=256, threads=1)
    assert not server.closed
    server.close()
    server.close()
    assert server.closed
    assert refuses(server.port)


def test_server_is_closed_when_nobody_holds_it(smallest: Path) -> None:
    """A forgotten server does not keep its port."""
    port = EmbeddedServer(smallest, context=256, threads=1).port
    gc.collect()
    assert refuses(port)


def test_server_is_closed_when_the_block_fails(smallest: Path) -> None:
    """An exception in the block closes the server and goes on."""
    with (
        pytest.raises(ZeroDivisionError),
        EmbeddedServer(smallest, context=256, threads=1) as server,
    ):
        raise ZeroDivisionError
    assert refuses(server.port)


@pytest.mark.parametrize("stream", [False, True])
def test_close_cuts_requests_off_when_one_is_under_way(smallest: Path, stream: bool) -> None:
    """Closing does not wait for an answer that is being written, and its reader gets an error."""
    server = EmbeddedServer(smallest, context=CONTEXT, threads=1)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    body = {"messages": QUESTION, "ignore_eos": True, "stream": stream}
    headers = {"Authorization": f"Bearer {server.api_key}"}
    connection.request("POST", "/v1/chat/completions", json.dumps(body), headers)
    while not server._ask("GET", "/slots")[0]["is_processing"]:
        pass
    outcome: list[object] = []
    reader = threading.Thread(target=lambda: outcome.append(read(connection)))
    reader.start()
    server.close()
    reader.join(60)
    connection.close()
    assert refuses(server.port)
    assert outcome == ["cut off"]


def read(connection: http.client.HTTPConnection) -> object:
    """The whole answer, or that it was cut off."""
    try:
        return connection.getresponse().read()
    except (http.client.HTTPException, OSError):
        return "cut off"


START = """
import os, signal, sys, threading
from pathlib import Path
from summarizer.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), context=256, threads=1)
"""
REQUEST = """
import http.client, json
def request():
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    body = json.dumps({"messages": [{"role": "user", "content": "hi"}], "ignore_eos": True})
    headers = {"Authorization": "Bearer " + server.api_key}
    connection.request("POST", "/v1/chat/completions", body, headers)
    sent.set()
    try:
        connection.getresponse()
    except (http.client.HTTPException, OSError):
        pass
sent = threading.Event()
threading.Thread(target=request, daemon=True).start()
sent.wait()
"""
FORK = """
child = os.fork()
if not child:
    server.close()
    os._exit(0)
_, status = os.waitpid(child, 0)
print("child", status, server.count_tokens("word"))
"""
INTERRUPT = """
try:
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait(60)
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("rest", ["", REQUEST])
def test_process_ends_in_silence_when_the_server_is_left_open(smallest: Path, rest: str) -> None:
    """At exit the server is closed, also with a request under way; nothing is printed."""
    ran = run(START + rest, smallest)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
def test_interrupt_reaches_python_when_a_server_runs(smallest: Path) -> None:
    """Ctrl-C is still a KeyboardInterrupt: llama.cpp leaves the signal handlers alone."""
    ran = run(START + INTERRUPT, smallest)
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, "interrupted", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_close_leaves_the_server_alone_when_called_in_a_forked_child(smallest: Path) -> None:
    """A forked child neither ends its parent's server nor waits for threads it has not."""
    ran = run("import warnings\nwarnings.simplefilter('ignore')\n" + START + FORK, smallest)
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, "child 0 1", "")


# Sharing


def lend(smallest: Path, context: int) -> AbstractContextManager[EmbeddedServer]:
    """The shared server, of one thread: these tests wait for nothing it computes."""
    return shared_server(smallest, context=context, threads=1)


@pytest.fixture
def sharing() -> Iterator[None]:
    """No shared server before and after."""
    close_shared()
    yield
    close_shared()


@pytest.mark.usefixtures("sharing")
def test_shared_server_is_the_same_when_it_is_large_enough(smallest: Path) -> None:
    """The next document of the same size or less does not load the weights again."""
    with lend(smallest, 300) as first:
        pass
    assert not first.closed
    with lend(smallest, CONTEXT_STEP) as second:
        assert second is first
    assert first.context == CONTEXT_STEP


@pytest.mark.usefixtures("sharing")
def test_shared_server_is_replaced_when_more_context_is_needed(smallest: Path) -> None:
    """A longer document gets a larger server, and the smaller one is closed before."""
    with lend(smallest, 300) as small:
        pass
    with lend(smallest, CONTEXT_STEP + 1) as large:
        assert small.closed
        assert large.context == 2 * CONTEXT_STEP


@pytest.mark.usefixtures("sharing")
def test_shared_server_stays_open_when_it_is_still_used(smallest: Path) -> None:
    """Who uses the smaller server is not cut off; it closes when the last one leaves."""
    with lend(smallest, 300) as small:
        with lend(smallest, 300), lend(smallest, 3000) as large:
            assert small.count_tokens("word") == 1
        assert not small.closed
    assert small.closed
    assert not large.closed


@pytest.mark.usefixtures("sharing")
def test_shared_server_starts_anew_when_somebody_closed_it(smallest: Path) -> None:
    """A closed server is not lent."""
    with lend(smallest, 300) as first:
        first.close()
    with lend(smallest, 300) as second:
        assert second.count_tokens("word") == 1


@pytest.mark.usefixtures("sharing")
def test_close_shared_waits_for_the_last_user_when_it_is_used(smallest: Path) -> None:
    """Closing what is shared cuts nobody off."""
    with lend(smallest, 300) as server:
        close_shared()
        assert server.count_tokens("word") == 1
    assert server.closed
