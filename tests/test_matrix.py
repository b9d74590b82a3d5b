"""docs/faults.md: every fault ends well, and the page says how. Over real sockets."""

from __future__ import annotations

import asyncio
import pickle
import time
import traceback
from contextlib import aclosing, suppress
from functools import cache

import pytest

from summarizer.attempts import Ledger, Policy
from summarizer.budget import Budget
from summarizer.errors import BudgetExceeded, DeadlineExceeded, ModelError
from summarizer.pipeline import brief_document
from summarizer.progress import Progress
from summarizer.testing import FAULTS
from tests import matrix, runs
from tests.runs import GOOD, KEY, TEXT, Clock

STALLS = [name for name, fault in FAULTS.items() if matrix.stalls(fault)]
WAITS = ["http_503", "http_429_seconds", "http_429_absent", "connect_refused"]


@cache
def played() -> list[matrix.Row]:
    """Every row, once; not a fixture, since it has to be played behind the guards of a test."""
    return matrix.rows()


def endings() -> list[tuple[str, matrix.Ending]]:
    """Every ending of every run, with the fault's name."""
    return [
        (row.fault.name, ending)
        for row in played()
        for ending in (row.always, row.once, row.later)
        if ending is not None
    ]


def test_page_is_what_the_faults_make() -> None:
    """To accept a change: python -m tests.matrix, and read the difference."""
    assert matrix.page(played()).splitlines() == matrix.PAGE.read_text("utf-8").splitlines()


def test_no_fault_ends_in_a_traceback() -> None:
    """A brief, or an error of ours with an exit status of its own."""
    assert [name for name, ending in endings() if ending.status == "traceback"] == []
    assert {ending.status for _, ending in endings()} == {"0", "3", "4"}
    assert "traceback" not in matrix.PAGE.read_text("utf-8").split("| --- |")[1]


def test_no_fault_loses_a_finished_part() -> None:
    """What was answered well before is in the brief, or beside the error."""
    lost = [
        row.fault.name
        for row in played()
        if row.later is not None and matrix.parts_kept(row.later) < len(matrix.PARTS)
    ]
    assert lost == []


def test_fault_that_passes_is_got_over() -> None:
    """Whatever may pass by itself costs a call, and no brief."""
    lasting = {"BadRequest", "Unauthorised", "EndpointError", "Refused", "ContentFiltered"}
    for row in played():
        fault = row.fault
        given_up = fault.outcome in lasting | {"ContextTooSmall"} and fault.name != "http_409"
        given_up |= fault.name in {"http_429_absurd", "http_429_quota"}
        if row.once is not None:
            assert (row.once.status == "0") != given_up, fault.name


def test_every_error_carries_its_ledger() -> None:
    """Every call is in it, and a caller needs nothing else to know what happened."""
    for name, ending in endings():
        if isinstance(ending.error, ModelError):
            assert ending.error.attempts == ending.ledger.attempts, name
            assert ending.error.attempts, name


@pytest.mark.parametrize(
    "name",
    [
        "http_400", "http_401", "http_404", "http_503", "http_429_quota", "html_page", "redirect",
        "refusal", "content_filter", "tool_call_instead", "wrong_types", "prompt_cut",
        "invalid_utf8", "content_length_short", "context_length_exceeded",
    ],
)  # fmt: skip
def test_error_carries_what_the_endpoint_said(name: str) -> None:
    """Body, page or answer: it can be looked at, and is not printed."""
    (row,) = (row for row in played() if row.fault.name == name)
    error = row.always.error
    assert isinstance(error, ModelError)
    assert (error.raw_answer is not None) == (name != "redirect")


def test_no_error_prints_the_document_the_answer_or_the_key() -> None:
    """Not by itself, not in a traceback with all that it came from, not as a warning."""
    secrets = [KEY, "can't help with that", "Please log in", *TEXT.splitlines()]
    for name, ending in endings():
        if ending.error is not None:
            told = "".join(traceback.format_exception(ending.error)) + repr(ending.error)
            told += "".join(attempt.message or "" for attempt in ending.ledger.attempts)
            assert not any(secret in told for secret in secrets), name
            assert KEY not in pickle.dumps(ending.error).decode("latin-1"), name


def test_no_error_has_a_foreign_one_behind_it() -> None:
    """The client's own errors hold the request: its key, its document."""
    for name, ending in endings():
        error: BaseException | None = ending.error
        while error is not None:
            assert type(error).__module__.startswith("summarizer."), (name, error)
            error = error.__cause__ or error.__context__


@pytest.mark.parametrize("name", [*STALLS, *WAITS])
def test_deadline_holds_within_half_a_second(name: str) -> None:
    """During a call and between calls, by a real clock; the better of two runs, since the
    machine of the tests may be busy."""
    deadline = 0.4
    late = min(_late(name, deadline), _late(name, deadline))
    assert -deadline < late < 0.5


def _late(name: str, deadline: float) -> float:
    async def asked(base_url: str) -> float:
        async with aclosing(runs.model(base_url)) as model:
            model._client()  # imports and certificates: the start of the program
            began = time.monotonic()
            with pytest.raises(DeadlineExceeded):
                await brief_document(
                    runs.document(), model, runs.settings(base_url), Progress(),
                    ledger=Ledger(model, Policy(deadline=deadline)),
                )  # fmt: skip
            return time.monotonic() - began - deadline

    with FAULTS[name].serve(GOOD, interval=0.05) as stage:
        return asyncio.run(asked(stage.base_url))


CHARGED = [
    "slow_loris", "stall_after_headers", "reset_in_body", "reset_before_headers", "http_504",
    "content_length_long", "content_length_short", "chunked_garbage", "html_page", "invalid_utf8",
    "null_content", "refusal", "length", "truncated_unsaid", "tool_call_instead", "wrong_types",
    "unknown_enum", "unknown_sentence", "nan", "wrong_usage", "no_usage", "prompt_cut",
]  # fmt: skip


def test_every_fault_that_may_cost_is_in_the_list() -> None:
    """The test below leaves none out: answers that come are like one of its rows."""
    alike = {"reset_in_headers", "closed_before_headers", "not_http", "stall_before_headers"}
    alike |= {"stall_in_body", "content_filter", "blank_content", "empty_body", "big_answer"}
    alike |= {"deep_nesting", "two_objects", "missing_field", "duplicate_keys", "lone_surrogate"}
    good = {"fenced_json", "prose_around", "think_before", "tools_refused", "json_schema_refused"}
    good |= {"temperature_refused", "temperature_value_refused", "max_tokens_refused"}
    charged = {row.fault.name for row in played() if row.always.charges}
    assert charged == {*CHARGED, *alike, *good}


@pytest.mark.parametrize("name", CHARGED)
def test_budget_is_overshot_by_no_more_than_one_answer(name: str) -> None:
    """By the count of the endpoint, which bills every answer it made, also those that got lost."""
    limit, clock = 21_000, Clock()

    async def asked(base_url: str) -> None:
        timeout = 0.2 if name in STALLS else 60.0
        async with aclosing(runs.model(base_url, timeout=timeout)) as model:
            ledger = Ledger(model, Policy(), clock=clock, sleep=clock.sleep)
            ledger.budget = Budget(limit)
            settings = runs.settings(base_url, max_reasks=9, max_output_tokens=2_000)
            with suppress(ModelError):
                await brief_document(runs.document(), model, settings, Progress(), ledger=ledger)

    with FAULTS[name].serve(GOOD, interval=0.05) as stage:
        asyncio.run(asked(stage.base_url))
        billed = stage.server.billed
    answer = billed.completion // max(1, billed.calls)
    assert billed.prompt + billed.completion <= limit + answer


def test_budget_ends_a_run_that_would_go_on() -> None:
    """The bound above does bind: with nine re-asks of 7,000 tokens there would be ten calls."""

    async def asked(base_url: str) -> Ledger:
        async with aclosing(runs.model(base_url)) as model:
            ledger = Ledger(model, Policy(max_total_tokens=21_000))
            settings = runs.settings(base_url, max_reasks=9, max_output_tokens=2_000)
            with pytest.raises(BudgetExceeded):
                await brief_document(runs.document(), model, settings, Progress(), ledger=ledger)
            return ledger

    with FAULTS["wrong_types"].serve(GOOD) as stage:
        ledger = asyncio.run(asked(stage.base_url))
        assert 1 < stage.server.request_count < 4
    assert ledger.budget.used <= 21_000
