"""summarizer.wire: no redirects, no packed or endless answers."""

from __future__ import annotations

import asyncio
import gzip
from contextlib import aclosing

import pytest

from summarizer.errors import InvalidOutput
from summarizer.testing import FAULTS, ModelServer, Reply, answer
from summarizer.testing.request import Request
from summarizer.wire import MAX_ANSWER_BYTES, is_local
from tests import runs
from tests.runs import GOOD, a_prompt


def complete(base_url: str) -> str:
    """The text of one answer."""

    async def asked() -> str:
        async with aclosing(runs.model(base_url)) as model:
            return (await model.complete(a_prompt(), cap=500)).text

    return asyncio.run(asked())


def test_endless_answer_is_not_read_to_its_end() -> None:
    """Of an answer of 20 MB no more is read than an answer can be."""
    with (
        FAULTS["big_answer"].serve(GOOD) as stage,
        pytest.raises(InvalidOutput, match="more than any answer can be"),
    ):
        complete(stage.base_url)


def test_long_answer_is_read_to_its_end() -> None:
    """Half of the bound is no trouble."""
    long = "x" * (MAX_ANSWER_BYTES // 2)
    with ModelServer(answer(long)) as server:
        assert complete(server.base_url) == long


def test_packed_answer_is_neither_asked_for_nor_unpacked() -> None:
    """A few kilobytes on the wire could be gigabytes in memory."""
    bomb = gzip.compress(b" " * 5_000_000)
    with ModelServer(Reply(body=bomb, headers={"content-encoding": "gzip"})) as server:
        with pytest.raises(InvalidOutput, match="packed"):
            complete(server.base_url)
        (request,) = server.requests
    assert request.headers["accept-encoding"] == "identity"


def test_connection_is_kept_between_answers() -> None:
    """The bound does not cost a new connection for every call."""
    seen: list[int] = []

    def play(request: Request) -> object:
        seen.append(request.connection)
        return answer(GOOD)

    async def asked(base_url: str) -> None:
        async with aclosing(runs.model(base_url)) as model:
            for _ in range(3):
                await model.complete(a_prompt(), cap=500)

    with ModelServer(play) as server:  # type: ignore[arg-type]
        asyncio.run(asked(server.base_url))
    assert seen == [1, 1, 1]


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8000/v1", True), ("http://localhost/v1", True),
        ("http://[::1]:80/v1", True), ("https://api.openai.com/v1", False),
        ("http://127.0.0.1.example.org", False), ("http://localhost.example.org", False),
    ],
)  # fmt: skip
def test_local_is_this_machine_only(address: str, local: bool) -> None:
    """No name that merely begins like it."""
    assert is_local(address) == local
