"""summarizer.attempts: retries, deadline, budget and the ledger, over a real wire."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from summarizer.attempts import MAX_ADAPTATIONS, Ledger, Policy, outcome_name
from summarizer.brief import Attempt
from summarizer.capacity import tokens_of
from summarizer.circuit import Circuit
from summarizer.errors import (
    BadRequest,
    BudgetExceeded,
    ContextTooSmall,
    DeadlineExceeded,
    InvalidOutput,
    ModelError,
    RateLimited,
    Refused,
    SettingsError,
    TimedOut,
    Truncated,
    Unauthorised,
    Unreachable,
)
from summarizer.model import Adapted, RawAnswer
from summarizer.probe import Ready
from summarizer.prompts import Prompt
from summarizer.testing import FAULTS, ModelServer, Usage, answer, status
from summarizer.testing.behaviour import Behaviour
from summarizer.tokens import estimated
from summarizer.translation import retry_after
from tests import runs
from tests.runs import GOOD, Clock, a_prompt

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def play(
    behaviour: Behaviour, policy: Policy | None = None, *, cap: int = 500
) -> tuple[Ledger, Clock, RawAnswer | ModelError]:
    """One question to a scripted server: the ledger, the clock, and the answer or the error."""
    with ModelServer(behaviour) as server:
        return over(server.base_url, policy, cap=cap)


def over(
    base_url: str, policy: Policy | None = None, *, cap: int = 500, **model: Any
) -> tuple[Ledger, Clock, RawAnswer | ModelError]:
    """The same to any address."""
    clock = Clock()

    async def asked() -> tuple[Ledger, RawAnswer | ModelError]:
        asked_model = runs.model(base_url, **model)
        circuit = Circuit(clock=clock)
        ledger = Ledger(
            asked_model,
            policy or Policy(),
            circuit,
            clock=clock,
            now=lambda: NOW,
            sleep=clock.sleep,
        )
        try:
            return ledger, await ledger.ask(a_prompt(), step="draft", cap=cap)
        except ModelError as error:
            return ledger, error
        finally:
            await asked_model.aclose()

    ledger, result = asyncio.run(asked())
    return ledger, clock, result


def outcomes(ledger: Ledger) -> list[str]:
    """How each attempt ended."""
    return [attempt.outcome for attempt in ledger.attempts]


@pytest.mark.parametrize(
    ("fault", "error", "outcome"),
    [
        ("http_408", TimedOut, "timed_out"),
        ("http_409", Unreachable, "unreachable"),
        ("http_429_absent", RateLimited, "rate_limited"),
        ("http_429_nonsense", RateLimited, "rate_limited"),
        ("http_500", Unreachable, "unreachable"),
        ("http_502", Unreachable, "unreachable"),
        ("http_503", Unreachable, "unreachable"),
        ("http_504", Unreachable, "unreachable"),
        ("error_with_200", Unreachable, "unreachable"),
        ("connect_refused", Unreachable, "unreachable"),
        ("name_unknown", Unreachable, "unreachable"),
        ("reset_before_headers", Unreachable, "unreachable"),
        ("reset_in_body", Unreachable, "unreachable"),
    ],
)
def test_passing_fault_is_retried_to_the_last(
    fault: str, error: type[ModelError], outcome: str
) -> None:
    """Two retries are three attempts, with a wait of at most 1 and 2 seconds between them."""
    with FAULTS[fault].serve(GOOD) as stage:
        ledger, clock, result = over(stage.base_url, Policy(max_retries=2))
    assert type(result) is error
    assert outcomes(ledger) == [outcome] * 3
    assert isinstance(result, ModelError)
    assert result.attempts == ledger.attempts
    assert len(clock.slept) == 2
    assert all(0 <= wait <= most for wait, most in zip(clock.slept, (1, 2), strict=True))


@pytest.mark.parametrize("fault", ["http_503", "http_429_seconds", "reset_in_headers", "http_408"])
def test_passing_fault_is_got_over_when_it_passes(fault: str) -> None:
    """The answer after two failures is the answer; the failures stay in the ledger."""
    with FAULTS[fault].serve(GOOD, times=2) as stage:
        ledger, _clock, result = over(stage.base_url)
    assert isinstance(result, RawAnswer)
    assert result.text == GOOD
    assert [attempt.number for attempt in ledger.attempts] == [1, 2, 3]
    assert outcomes(ledger)[-1] == "ok"
    assert all(a.message and a.tokens_in is None for a in ledger.attempts[:-1])


@pytest.mark.parametrize("fault", ["stall_before_headers", "stall_in_body", "slow_loris"])
def test_call_that_takes_too_long_is_retried(fault: str) -> None:
    """A time limit ends a call, not the run."""
    with FAULTS[fault].serve(GOOD, times=1, interval=0.02) as stage:
        ledger, _, result = over(stage.base_url, timeout=0.3)
    assert isinstance(result, RawAnswer)
    assert outcomes(ledger) == ["timed_out", "ok"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("http_401", Unauthorised),
        ("http_403", Unauthorised),
        ("http_400", BadRequest),
        ("http_404", BadRequest),
        ("http_413", BadRequest),
        ("http_422", BadRequest),
        ("http_429_quota", RateLimited),
        ("refusal", Refused),
        ("null_content", InvalidOutput),
        ("redirect", BadRequest),
    ],
)
def test_lasting_fault_is_not_retried(fault: str, error: type[ModelError]) -> None:
    """What will not change is asked once."""
    with FAULTS[fault].serve(GOOD) as stage:
        ledger, clock, result = over(stage.base_url)
        assert stage.server.request_count == 1
    assert type(result) is error
    assert len(ledger.attempts) == 1
    assert clock.slept == []


def test_retry_after_in_seconds_is_waited() -> None:
    """The endpoint knows best how long."""
    _, clock, result = play([FAULTS["http_429_seconds"].behaviour(GOOD), answer(GOOD)])
    assert isinstance(result, RawAnswer)
    assert clock.slept == [2.0]


def test_retry_after_as_a_date_is_waited() -> None:
    """The other form of the header, counted from now."""
    _, clock, result = play([FAULTS["http_429_date"].behaviour(GOOD), answer(GOOD)])
    assert isinstance(result, RawAnswer)
    assert 1 < clock.slept[0] <= 3


def test_retry_after_of_a_year_is_not_waited() -> None:
    """Nobody is kept for a year: the run ends at once and says why."""
    ledger, clock, result = play(FAULTS["http_429_absurd"].behaviour(GOOD))
    assert isinstance(result, RateLimited)
    assert clock.slept == []
    assert len(ledger.attempts) == 1


@pytest.mark.parametrize("value", ["inf", "1e999", "nan", "-inf", "9" * 400])
@pytest.mark.parametrize("deadline", [None, 60.0])
def test_retry_after_beyond_numbers_does_no_harm(value: str, deadline: float | None) -> None:
    """A header that Python would read as infinity is no time at all."""
    refusal = status(429, headers={"retry-after": value})
    _, clock, result = play([refusal, answer(GOOD)], Policy(deadline=deadline))
    assert isinstance(result, RawAnswer)
    assert clock.slept[0] <= 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("-1e999, soon", None),
        ("Mon, 23 Nov 2026 06:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 05:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 06:00:30", 30.0),
        ("Mon, 99 Nov 2026 06:00:30 GMT", None),
        ("Mon, 23 Nov 99999999 06:00:30 GMT", None),
        (format_datetime(NOW + timedelta(hours=2)), 7200.0),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    """RFC 9110, section 10.2.3: seconds, or a date; anything else is nothing."""
    assert retry_after(value, now=NOW) == seconds


def test_wait_is_not_begun_when_it_ends_after_the_deadline() -> None:
    """Where Retry-After leads past the deadline, the run ends now, with what is known."""
    ledger, clock, result = play(FAULTS["http_429_seconds"].behaviour(GOOD), Policy(deadline=1.5))
    assert isinstance(result, DeadlineExceeded)
    assert clock.slept == []
    assert result.attempts == ledger.attempts
    assert outcomes(ledger) == ["rate_limited"]


def test_deadline_ends_a_call_that_stalls() -> None:
    """The deadline holds during a call too."""
    with FAULTS["stall_after_headers"].serve(GOOD) as stage:
        ledger, _, result = over(stage.base_url, Policy(deadline=0.2))
    assert isinstance(result, DeadlineExceeded)
    assert "0.2 s" in str(result)
    assert outcomes(ledger) == ["deadline_exceeded"]


def test_nothing_is_started_after_the_deadline() -> None:
    """With no time left no request is made."""
    with ModelServer(answer(GOOD)) as server:
        clock = Clock()
        ledger = Ledger(runs.model(server.base_url), Policy(deadline=1), clock=clock)
        clock.time = 1.0
        with pytest.raises(DeadlineExceeded):
            asyncio.run(ledger.ask(a_prompt(), step="draft", cap=9))
        assert server.request_count == 0
    assert ledger.attempts == []


SHORT = Prompt([{"role": "user", "content": "word " * 350}], Ready, "short-1", ())
"""A prompt that is estimated at 500 tokens."""


def ask_often(behaviour: Behaviour, policy: Policy, times: int) -> tuple[Ledger, int]:
    """Several questions with one ledger; how many requests were made until the budget was up."""

    async def asked(base_url: str) -> Ledger:
        async with aclosing(runs.model(base_url)) as model:
            ledger = Ledger(model, policy)
            with suppress(BudgetExceeded):
                for _ in range(times):
                    await ledger.ask(SHORT, step="draft", cap=300)
            return ledger

    with ModelServer(behaviour) as server:
        return asyncio.run(asked(server.base_url)), server.request_count


def test_budget_is_overshot_by_one_answer_at_most() -> None:
    """The call that would lead beyond the budget is not made."""
    _, calls = ask_often(answer(GOOD, usage=Usage(500, 300)), Policy(max_total_tokens=2_000), 9)
    assert calls == 2


def test_budget_holds_where_nobody_counts() -> None:
    """An endpoint that reports no usage is charged by an estimate."""
    ledger, calls = ask_often(answer(GOOD, usage=None), Policy(max_total_tokens=2_000), 9)
    assert calls == 2
    assert 2_000 < ledger.budget.used < 2_000 + estimated(GOOD)


def test_budget_message_names_the_option() -> None:
    """What is used, what is needed, and what to raise."""
    usage = answer(GOOD, usage=Usage(500, 300))

    async def asked(base_url: str) -> None:
        async with aclosing(runs.model(base_url)) as model:
            ledger = Ledger(model, Policy(max_total_tokens=1_200))
            for _ in range(2):
                await ledger.ask(SHORT, step="draft", cap=300)

    with (
        ModelServer(usage) as server,
        pytest.raises(BudgetExceeded, match=r"1,200 .*800 .*500 .*--max-total-tokens") as caught,
    ):
        asyncio.run(asked(server.base_url))
    assert len(caught.value.attempts) == 1


def test_cap_is_what_the_budget_leaves() -> None:
    """The budget holds during a call too: the endpoint is told how much it may still write."""
    with ModelServer(answer(GOOD, usage=Usage(500, 300))) as server:

        async def asked() -> None:
            async with aclosing(runs.model(server.base_url)) as model:
                ledger = Ledger(model, Policy(max_total_tokens=1_800))
                for _ in range(2):
                    await ledger.ask(SHORT, step="draft", cap=900)

        asyncio.run(asked())
        assert [request.payload["max_tokens"] for request in server.requests] == [900, 500]


def test_budget_holds_for_calls_at_the_same_time() -> None:
    """Ten windows at once do not overshoot ten times: a call waits for what others leave."""
    with ModelServer(answer(GOOD, usage=Usage(500, 300), delay=0.02)) as server:

        async def asked() -> list[Any]:
            async with aclosing(runs.model(server.base_url)) as model:
                ledger = Ledger(model, Policy(max_total_tokens=3_400))
                asks = (ledger.ask(SHORT, step="draft", cap=900) for _ in range(10))
                return await asyncio.gather(*asks, return_exceptions=True)

        ended = asyncio.run(asked())
        answered = [outcome for outcome in ended if isinstance(outcome, RawAnswer)]
        assert len(answered) == server.request_count == 4
        assert server.billed.prompt + server.billed.completion <= 3_400
    assert sum(isinstance(outcome, BudgetExceeded) for outcome in ended) == 6


@pytest.mark.parametrize(
    ("fault", "charged"),
    [
        ("stall_before_headers", True),
        ("reset_in_body", True),
        ("http_504", True),
        ("html_page", True),
        ("http_503", False),
        ("http_429_absent", False),
        ("http_401", False),
        ("connect_refused", False),
        ("name_unknown", False),
    ],
)
def test_prompt_of_a_lost_answer_is_charged(fault: str, charged: bool) -> None:
    """What an endpoint may send a bill for counts, though it reported nothing: all it may be."""
    with FAULTS[fault].serve(GOOD) as stage:
        ledger, _, _ = over(stage.base_url, Policy(max_retries=0), timeout=0.2)
    assert ledger.budget.used == (tokens_of(a_prompt()) + 500 if charged else 0)
    assert ledger.attempts[0].tokens_in is None


def test_prompt_that_was_cut_in_silence_is_named() -> None:
    """A server that reads a part of the prompt only is found out by its own count."""
    ledger, _, result = play(FAULTS["prompt_cut"].behaviour(GOOD))
    assert isinstance(result, ContextTooSmall)
    assert "OLLAMA_CONTEXT_LENGTH" in str(result)
    assert result.raw_answer == GOOD
    assert outcomes(ledger) == ["context_too_small"]


def test_longer_answer_of_two_that_were_cut_is_kept() -> None:
    """A larger cap that brings less does no harm."""
    script = [answer(GOOD[:n], finish_reason="length") for n in (400, 60)]
    _, _, result = play(script)
    assert isinstance(result, Truncated)
    assert result.raw_answer == GOOD[:400]


def test_cap_is_raised_once_when_an_answer_is_cut() -> None:
    """Twice the cap, one time; both answers are in the ledger with their own tokens."""
    cut = answer(GOOD[:50], finish_reason="length", usage=Usage(100, 10))
    with ModelServer([cut, answer(GOOD, usage=Usage(100, 30))]) as server:
        ledger, _, result = over(server.base_url, cap=10)
        caps = [request.payload["max_tokens"] for request in server.requests]
    assert caps == [10, 20]
    assert isinstance(result, RawAnswer)
    assert [(a.outcome, a.tokens_in, a.tokens_out) for a in ledger.attempts] == [
        ("truncated", 100, 10),
        ("ok", 100, 30),
    ]
    assert [a.finish_reason for a in ledger.attempts] == ["length", "stop"]


def test_answer_that_stays_cut_is_truncated_with_what_there_is() -> None:
    """The salvage needs the text."""
    ledger, _, result = play(FAULTS["length"].behaviour(GOOD))
    assert isinstance(result, Truncated)
    assert result.raw_answer == GOOD[: len(GOOD) // 2]
    assert outcomes(ledger) == ["truncated", "truncated"]


@pytest.mark.parametrize("second", ["http_401", "http_400", "refusal", "http_503"])
def test_cut_answer_survives_a_failure_of_the_second_call(second: str) -> None:
    """What was paid for is not lost because the larger cap was refused."""
    cut = answer(GOOD[:50], finish_reason="length")
    script = [cut, FAULTS[second].behaviour(GOOD)]
    ledger, _, result = play(script, Policy(max_retries=0))
    assert isinstance(result, Truncated)
    assert result.raw_answer == GOOD[:50]
    assert len(ledger.attempts) == 2


def test_cap_is_kept_when_the_policy_says_so() -> None:
    """A small model that rambles on is not let ramble on."""
    ledger, _, result = play(FAULTS["length"].behaviour(GOOD), Policy(raise_cap=False))
    assert isinstance(result, Truncated)
    assert outcomes(ledger) == ["truncated"]


def test_adaptation_is_not_counted_as_a_retry() -> None:
    """A refused parameter is left out at once, without a wait, even without any retries."""
    with FAULTS["temperature_refused"].serve(GOOD) as stage:
        ledger, clock, result = over(stage.base_url, Policy(max_retries=0))
    assert isinstance(result, RawAnswer)
    assert outcomes(ledger) == ["adapted", "ok"]
    assert "temperature" in (ledger.attempts[0].message or "")
    assert clock.slept == []


class Scripted:
    """A model that does what it is told, for what no server can make it do."""

    def __init__(self, script: Sequence[RawAnswer | BaseException]) -> None:
        self.script = list(script)
        self.calls = 0

    def recall(self, prompt: Prompt, *, cap: int) -> None:
        """Nothing is remembered."""

    async def complete(self, prompt: Prompt, *, cap: int, most: int | None = None) -> RawAnswer:
        """The next of the script; the last repeats."""
        step = self.script[min(self.calls, len(self.script) - 1)]
        self.calls += 1
        if isinstance(step, BaseException):
            raise step
        return step


def test_adaptations_are_bounded() -> None:
    """A model that goes on learning nothing is stopped."""
    model = Scripted([Adapted("the endpoint refuses everything")])
    with pytest.raises(BadRequest, match="every way"):
        asyncio.run(Ledger(model).ask(a_prompt(), step="draft", cap=9))
    assert model.calls == MAX_ADAPTATIONS


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(SettingsError("no package"), "settings_error"), (asyncio.CancelledError(), "cancelled")],
)
def test_attempt_that_never_was_is_not_called_ok(error: BaseException, outcome: str) -> None:
    """Whatever ends a call, the ledger does not call it a success."""
    ledger = Ledger(Scripted([error]))
    with pytest.raises(type(error)):
        asyncio.run(ledger.ask(a_prompt(), step="draft", cap=9))
    assert outcomes(ledger) == [outcome]


def test_every_attempt_is_told_as_it_ends() -> None:
    """Progress hears of failures too; times are those of the clocks that were given."""
    told: list[Attempt] = []

    async def asked(base_url: str) -> None:
        clock = Clock()
        model = runs.model(base_url)
        ledger = Ledger(
            model, on_attempt=told.append, clock=clock, now=lambda: NOW, sleep=clock.sleep
        )
        await ledger.ask(a_prompt(), step="parties", cap=9)
        await model.aclose()
        assert told == ledger.attempts

    with FAULTS["http_503"].serve(GOOD, times=1) as stage:
        asyncio.run(asked(stage.base_url))
    assert [(a.step, a.started, a.seconds) for a in told] == [("parties", NOW, 0.0)] * 2
    assert told[1].request_id == "req-000002"


def test_ledger_counts_each_attempt_by_itself() -> None:
    """Tokens in the ledger are per attempt: their sum is what the endpoint charged."""
    script = [answer(GOOD[:9], finish_reason="length", usage=Usage(10, 5)), answer(GOOD)]
    with ModelServer(script) as server:
        ledger, _, _ = over(server.base_url)
        billed = server.billed
    assert sum(a.tokens_in or 0 for a in ledger.attempts) == billed.prompt
    assert sum(a.tokens_out or 0 for a in ledger.attempts) == billed.completion


def test_last_attempt_can_be_marked_unusable() -> None:
    """A whole answer of which nothing could be made is not ok."""
    ledger, _, _ = play(answer("prose"))
    ledger.mark_last(InvalidOutput("no JSON"))
    assert outcomes(ledger) == ["invalid_output"]
    assert ledger.attempts[0].message == "no JSON"


def test_outcomes_are_named_after_our_errors() -> None:
    """``RateLimited`` is rate_limited, none is ok."""
    assert outcome_name(RateLimited("x")) == "rate_limited"
    assert outcome_name(None) == "ok"
