"""summarizer.cache: an answer that came in is never paid for again, whatever became of it."""

from __future__ import annotations

import asyncio
import stat
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.attempts import Ledger, Policy
from summarizer.brief import PeaceTalksBrief
from summarizer.cache import AnswerCache, CachedModel, Kept, question_key
from summarizer.documents import from_text
from summarizer.errors import (
    InvalidOutput,
    ModelError,
    OutputError,
    Refused,
    Truncated,
    Unreachable,
)
from summarizer.pipeline import brief_document
from summarizer.progress import Progress
from summarizer.prompts import SMALL, Prompt, make_prompt
from summarizer.rendering.machine import to_json
from summarizer.response import RawAnswer
from summarizer.testing import FAULTS, ModelServer, Usage, answer, status
from tests import runs
from tests.runs import GOOD, KEY, TEXT, Clock, a_prompt

EARLIER = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def test_answer_is_not_paid_for_twice() -> None:
    """The second run makes the same brief of the same answer, and says that it was kept."""
    with ModelServer(answer(GOOD, usage=Usage(300, 200))) as server:
        first, second, third = (runs.brief(server.base_url, cache=True) for _ in range(3))
    assert server.request_count == 1
    assert [attempt.kept for attempt in first.provenance.attempts] == [False]
    assert [attempt.kept for attempt in second.provenance.attempts] == [True]
    assert second.provenance.tokens_in == second.provenance.tokens_out == 0
    assert first.provenance.tokens_in == 300
    assert without_attempts(first) == without_attempts(second)
    assert to_json(second) == to_json(third)


def without_attempts(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    """The brief without what differs between paying and having paid."""
    update: dict[str, Any] = {"attempts": [], "cost": ""}
    return brief.model_copy(update={"provenance": brief.provenance.model_copy(update=update)})


def test_no_cache_asks_again_and_keeps_nothing(own_environment: Path) -> None:
    """For those who want another answer, or no trace."""
    with ModelServer(answer(GOOD)) as server:
        for _ in range(2):
            runs.brief(server.base_url, cache=False)
    assert server.request_count == 2
    assert not list((own_environment / "cache").rglob("*.json"))


def test_answer_is_kept_before_it_is_read() -> None:
    """What nobody can make anything of was paid for all the same."""
    with ModelServer([answer("no JSON at all", verbatim=True), answer(GOOD)]) as server:
        for _ in range(2):
            with pytest.raises(InvalidOutput):
                runs.brief(server.base_url, cache=True)
    assert server.request_count == 1


def test_refusal_is_an_answer() -> None:
    """It was paid for; asking the same again would be paid again."""
    with ModelServer(answer(None, refusal="I'd rather not.")) as server:
        for _ in range(2):
            with pytest.raises(Refused):
                runs.brief(server.base_url, cache=True)
    assert server.request_count == 1


@pytest.mark.parametrize("nothing", [status(503), status(400), answer("")], ids=["503", "400", "-"])
def test_what_is_no_answer_is_asked_for_again(nothing: Any) -> None:
    """An endpoint that has recovered is not held to its failure."""
    with ModelServer([nothing, answer(GOOD)]) as server:
        with pytest.raises(ModelError):
            runs.brief(server.base_url, cache=True)
        assert runs.brief(server.base_url, cache=True).offers


def test_same_question_within_a_brief_is_another_one() -> None:
    """Two useless answers in a row make the same re-ask: it must reach the model."""
    useless = answer("no JSON at all", verbatim=True)
    with ModelServer([useless, useless, answer(GOOD)]) as server:
        made = runs.brief(server.base_url, cache=True, max_reasks=2)
        assert (server.request_count, len(made.offers)) == (3, 1)
        again = runs.brief(server.base_url, cache=True, max_reasks=2)
    assert server.request_count == 3
    assert [a.outcome for a in again.provenance.attempts] == [
        a.outcome for a in made.provenance.attempts
    ]


def test_two_who_ask_at_once_pay_once(tmp_path: Path) -> None:
    """The same text twice in a batch is one call."""

    async def both(base_url: str) -> list[PeaceTalksBrief]:
        model, cache = runs.model(base_url), AnswerCache.open(tmp_path)
        briefs = await asyncio.gather(
            *(
                brief_document(
                    runs.document(), CachedModel(model, cache), runs.settings(base_url), Progress()
                )
                for _ in range(2)
            )
        )
        await model.aclose()
        return briefs

    with ModelServer(answer(GOOD), latency=0.05) as server:
        briefs = asyncio.run(both(server.base_url))
    assert server.request_count == 1
    assert without_attempts(briefs[0]) == without_attempts(briefs[1])


def test_failure_of_the_first_is_not_that_of_the_second(tmp_path: Path) -> None:
    """Who waits for an answer that does not come asks for it."""

    async def both(base_url: str) -> list[RawAnswer | BaseException]:
        model, cache = runs.model(base_url), AnswerCache.open(tmp_path)
        asked = [CachedModel(model, cache).complete(a_prompt(), cap=9) for _ in range(2)]
        results = await asyncio.gather(*asked, return_exceptions=True)
        await model.aclose()
        return results

    with ModelServer([status(500), answer(GOOD)], latency=0.05) as server:
        failed, answered = asyncio.run(both(server.base_url))
    assert isinstance(failed, ModelError)
    assert isinstance(answered, RawAnswer)
    assert answered.text == GOOD


def key(prompt: Prompt | None = None, *, url: str = "http://localhost:1/v1", **changes: Any) -> str:
    """The key of a question."""
    cap, params = changes.pop("cap", 100), changes.pop("params", {})
    return question_key(prompt or a_prompt(), runs.endpoint(url, **changes), params, cap)


def test_key_does_not_know_the_fence() -> None:
    """The fence is another one in every prompt; the question is the same."""
    one, other = a_prompt(), a_prompt()
    assert one.messages != other.messages
    assert key(one) == key(other)


def test_key_knows_everything_that_bears_on_the_answer() -> None:
    """Document, prompt, schema, model, address, parameters and cap; each makes another key."""
    prompt = a_prompt()
    dated = replace(runs.document(), date=EARLIER.date())
    keys = [
        key(prompt),
        key(make_prompt(from_text(TEXT + "\nMore."))),
        key(make_prompt(dated)),
        key(make_prompt(runs.document(), system=SMALL)),
        key(replace(prompt, small=True)),
        key(replace(prompt, version="extract-99")),
        key(model="another"),
        key(url="http://localhost:2/v1"),
        key(params={"seed": 7}),
        key(params={"seed": 8}),
        key(cap=101),
    ]
    assert len(set(keys)) == len(keys)


def test_embedded_model_is_known_by_its_name_and_not_by_its_port() -> None:
    """Its server listens on another port in every run."""
    embedded = replace(runs.endpoint("http://localhost:1/v1"), kind="embedded")
    moved = replace(embedded, base_url="http://localhost:2/v1")
    assert question_key(a_prompt(), embedded, {}, 1) == question_key(a_prompt(), moved, {}, 1)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        RawAnswer,
        text=TEXTS,
        finish_reason=st.none() | TEXTS,
        refusal=st.none() | TEXTS,
        request_id=st.none() | TEXTS,
        tokens_in=st.none() | st.integers(0),
        tokens_out=st.none() | st.integers(0),
        tokens_cached=st.none() | st.integers(0),
    ),
    st.lists(TEXTS),
)
def test_what_is_kept_comes_back(raw: RawAnswer, notes: list[str]) -> None:
    """To the last character, whatever a model writes."""
    kept = Kept(raw, EARLIER, "tools", tuple(notes))
    assert Kept.from_json(kept.as_json()) == kept


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}", '{"form": 1}', "[" * 100_000])
def test_damaged_file_counts_as_none(content: str, own_environment: Path) -> None:
    """The disk was full, or somebody edited it: the question is asked again, the file mended."""
    with ModelServer(answer(GOOD)) as server:
        first = runs.brief(server.base_url, cache=True)
        (file,) = (own_environment / "cache").rglob("*.json")
        file.write_text(content)
        again = runs.brief(server.base_url, cache=True)
        runs.brief(server.base_url, cache=True)
    assert server.request_count == 2
    assert again.offers == first.offers


def test_answers_are_for_their_owner_and_hold_no_key(own_environment: Path) -> None:
    """An answer tells as much as the document; the question is not kept at all."""
    with ModelServer(answer(GOOD)) as server:
        runs.brief(server.base_url, cache=True)
    answers = own_environment / "cache" / "summarizer" / "answers"
    files = [path for path in answers.rglob("*") if path.is_file()]
    folders = [answers, *(path for path in answers.rglob("*") if path.is_dir())]
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    told = files[0].read_text()
    assert KEY not in told
    assert "Rain fell all day" not in told


def test_cache_that_cannot_be_is_an_error_before_anything_is_paid(tmp_path: Path) -> None:
    """One line that says what to do."""
    (tmp_path / "answers").write_text("")
    with ModelServer(answer(GOOD)) as server:
        with pytest.raises(OutputError, match="--no-cache"):
            runs.brief(server.base_url, cache=True, cache_dir=tmp_path)
        assert server.request_count == 0
        assert runs.brief(server.base_url, cache=False, cache_dir=tmp_path).offers


def test_answer_that_cannot_be_kept_is_used_and_the_brief_says_so(tmp_path: Path) -> None:
    """A full disk costs the cache, not the brief."""

    async def made(base_url: str) -> PeaceTalksBrief:
        model, cache = runs.model(base_url), AnswerCache.open(tmp_path / "cache")
        (tmp_path / "cache").rmdir()
        (tmp_path / "cache").write_text("in the way")
        asked = CachedModel(model, cache)
        try:
            return await brief_document(runs.document(), asked, runs.settings(base_url), Progress())
        finally:
            await model.aclose()

    with ModelServer(answer(GOOD)) as server:
        brief = asyncio.run(made(server.base_url))
    assert brief.offers
    assert "could not be kept" in brief.provenance.warnings[0].message


def test_kept_answer_needs_neither_endpoint_nor_budget(tmp_path: Path) -> None:
    """With the endpoint away and the budget used up there is still what was paid for."""
    with ModelServer(answer(GOOD, usage=Usage(300, 200))) as server:
        url = server.base_url
        runs.brief(url, cache=True, cache_dir=tmp_path)

    async def asked() -> tuple[Ledger, RawAnswer]:
        model = CachedModel(runs.model(url), AnswerCache.open(tmp_path / "answers"))
        for _ in range(99):
            with pytest.raises(ModelError), model.circuit.call():
                raise Unreachable("away")
        policy = Policy(max_total_tokens=1, deadline=1.0)
        ledger = Ledger(model, policy, model.circuit, clock=Clock(), sleep=Clock().sleep)
        return ledger, await ledger.ask(a_prompt(), step="draft", cap=8_000)

    ledger, raw = asyncio.run(asked())
    assert (raw.text, raw.kept, ledger.attempts[0].tokens_in) == (GOOD, True, 0)


def test_fallbacks_are_told_in_the_second_run_as_in_the_first() -> None:
    """How the endpoint had to be asked is part of how the brief was made."""
    with FAULTS["json_schema_refused"].serve(GOOD) as stage:
        first = runs.brief(stage.base_url, cache=True)
        second = runs.brief(stage.base_url, cache=True)
    assert first.provenance.mode == "tools"
    assert without_attempts(first) == without_attempts(second)


def test_brief_is_dated_by_its_answer(tmp_path: Path) -> None:
    """Made again of the same answer it is the same brief, to the second."""
    cache = AnswerCache.open(tmp_path / "answers")
    endpoint = runs.endpoint("http://127.0.0.1:9/v1")
    asked = question_key(a_prompt(), endpoint, {}, 8_000)

    async def made() -> PeaceTalksBrief:
        model = CachedModel(runs.model("http://127.0.0.1:9/v1"), cache)
        cache.put(model._key(asked), Kept(RawAnswer(GOOD, "stop"), EARLIER, "json_schema"))
        return await brief_document(
            runs.document(), model, runs.settings("http://127.0.0.1:9/v1"), Progress()
        )

    brief = asyncio.run(made())
    assert brief.provenance.created == EARLIER
    assert brief.provenance.attempts[0].started == EARLIER
    assert brief.provenance.created < datetime.now(UTC) - timedelta(hours=1)


def test_answer_under_a_budget_is_kept_for_a_run_with_more(tmp_path: Path) -> None:
    """A budget that leaves less than the cap makes no other question; what it cut is asked anew."""

    def asked(url: str, budget: int | None) -> str:
        async def ask() -> str:
            async with aclosing(runs.model(url)) as model:
                cached = CachedModel(model, AnswerCache.open(tmp_path / "answers"))
                ledger = Ledger(cached, Policy(max_total_tokens=budget, raise_cap=False))
                return (await ledger.ask(a_prompt(), step="draft", cap=16_000)).text

        return asyncio.run(ask())

    cut = answer(GOOD[:50], finish_reason="length")
    with ModelServer([cut, answer(GOOD)]) as server:
        with pytest.raises(Truncated):
            asked(server.base_url, 9_000)
        assert [asked(server.base_url, budget) for budget in (9_000, None)] == [GOOD, GOOD]
        caps = [request.payload["max_tokens"] for request in server.requests]
    assert len(caps) == 2
    assert max(caps) < 9_000
