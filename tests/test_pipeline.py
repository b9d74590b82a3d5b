"""summarizer.pipeline: from a document to a brief, over a real wire, whatever the endpoint does."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from summarizer.brief import PeaceTalksBrief
from summarizer.documents import from_text
from summarizer.endpoints import choose_endpoint
from summarizer.errors import (
    BudgetExceeded,
    ContextTooSmall,
    EmptyDocument,
    InvalidOutput,
    ModelError,
    Refused,
    SettingsError,
    SummarizerError,
    Unauthorised,
    UnreadableDocument,
)
from summarizer.pipeline import asummarize, brief_from_answer, losses, summarize
from summarizer.prompts import LARGE, SMALL, prompt_version
from summarizer.rendering.machine import to_json
from summarizer.rendering.markdown import to_markdown
from summarizer.sessions import context_for, estimated_tokens
from summarizer.settings import Settings
from summarizer.storage import parse_brief
from summarizer.testing import FAULTS, ModelServer, Usage, answer, by_document, oracle, status
from summarizer.testing.answers import Answer
from summarizer.testing.fault import OK
from summarizer.testing.request import Request
from summarizer.weights import default
from tests import runs
from tests.runs import GOOD, KEY, TEXT
from tests.testing import samples


def check(brief: PeaceTalksBrief) -> None:
    """A brief can be stored, read back and printed, and its quotes are the text's."""
    assert parse_brief(json.loads(to_json(brief))) == brief
    assert to_markdown(brief).encode()
    source = brief.sources[0]
    for item in brief.items():
        for citation in item.citations:
            assert (source.text or "")[citation.start : citation.end] == citation.quote


def test_good_answer_becomes_a_grounded_brief() -> None:
    """Every item of the answer, with exact quotes, and how it was made."""
    with ModelServer(answer(GOOD, usage=Usage(300, 200))) as server:
        brief = runs.brief(server.base_url)
    check(brief)
    assert [item.statement for item in brief.offers] == [
        "Norland offers to release 200 prisoners if the Sud Front opens the river road."
    ]
    assert {party.name for party in brief.parties} == {"Norland", "Sud Front"}
    made = brief.provenance
    assert (made.model, made.endpoint, made.mode, made.strategy) == (
        "scripted", "self-hosted", "json_schema", "single",
    )  # fmt: skip
    assert made.prompt_version == prompt_version(LARGE)
    assert (made.tokens_in, made.tokens_out) == (300, 200)
    assert losses(brief) == []
    assert brief.sources[0].text == TEXT


def test_document_that_is_not_about_peace_talks_is_said_to_be_none() -> None:
    """A strike of dockers gives a brief that says so, and invents nothing."""
    with ModelServer(answer(samples.NEGATIVE)) as server:
        brief = summarize(text=samples.OTHER_TEXT, settings=runs.settings(server.base_url))
    check(brief)
    assert brief.about_peace_talks is False
    assert brief.not_about == "A strike of dockers."
    assert list(brief.items()) == []
    assert losses(brief) == []


def played(name: str, **changes: Any) -> PeaceTalksBrief | SummarizerError:
    """A brief, or the error, of a run against one of FAULTS."""
    with FAULTS[name].serve(GOOD, interval=0.01) as stage:
        try:
            return runs.brief(stage.base_url, **{"timeout": 20.0, **changes})
        except SummarizerError as error:
            return error
        finally:
            assert stage.elsewhere.request_count == 0


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_in_our_own_error_or_a_brief(name: str) -> None:
    """Never a foreign exception; one line without the text, the answer or the key; all attempts."""
    # A short limit only where it is what is tested: a busy machine answers late.
    changes = {"timeout": 0.4} if FAULTS[name].outcome == "TimedOut" else {}
    found = played(name, **changes)
    if isinstance(found, PeaceTalksBrief):
        check(found)
        # What could be saved of an answer that is none is said to be only that.
        saved = "truncated" in {warning.kind for warning in found.provenance.warnings}
        assert found.provenance.attempts[-1].outcome == "ok" or saved
        return
    assert FAULTS[name].outcome != OK
    assert isinstance(found, ModelError)
    assert found.exit_status in {3, 4}
    assert found.attempts
    assert "\n" not in str(found)
    shown = [str(found), repr(found), *(str(one) for one in found.attempts)]
    for secret in (KEY, "Norland", "prisoners", "I'm sorry", "log in"):
        assert not any(secret in text for text in shown)


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name, fault in FAULTS.items()
        if fault.outcome == OK and name not in {"unknown_sentence", "lone_surrogate"}
    ),
)
def test_harmless_fault_costs_nothing_of_the_answer(name: str) -> None:
    """Where a usable answer can be had, all of it is in the brief."""
    brief = played(name)
    assert isinstance(brief, PeaceTalksBrief)
    assert len(list(brief.items())) == 4
    assert losses(brief) == []


@pytest.mark.parametrize("name", ["unknown_sentence", "unknown_enum", "length"])
def test_loss_is_named_in_a_warning(name: str) -> None:
    """What could not be kept is counted, for ``--strict`` and for readers."""
    brief = played(name)
    assert isinstance(brief, PeaceTalksBrief)
    assert losses(brief)


def test_half_a_character_does_not_make_a_brief_unwritable() -> None:
    """A lone surrogate in an answer is replaced, or no file could hold the brief."""
    brief = played("lone_surrogate")
    assert isinstance(brief, PeaceTalksBrief)
    assert brief.title.endswith("�")
    again = brief_from_answer(runs.document(), GOOD.replace("an offer", "\\ud83d offer"))
    assert "� offer" in again.title
    check(again)


def test_fallback_is_recorded_in_provenance() -> None:
    """The mode that was used, and a warning that says which one was refused."""
    brief = played("json_schema_refused")
    assert isinstance(brief, PeaceTalksBrief)
    assert brief.provenance.mode == "tools"
    (note,) = (w for w in brief.provenance.warnings if w.kind == "fallback")
    assert "json_schema" in note.message
    assert [a.outcome for a in brief.provenance.attempts] == ["adapted", "ok"]


@pytest.mark.parametrize("fault", ["temperature_refused", "json_schema_refused"])
def test_refusal_is_learned_once_for_all_documents_of_a_run(fault: str, tmp_path: Path) -> None:
    """The second document is not refused again, and its brief says how it was made all the same."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(TEXT, encoding="utf-8")
    with FAULTS[fault].serve(GOOD) as stage:
        first, second = summarize(paths, each=True, settings=runs.settings(stage.base_url))
        assert stage.server.request_count == 3
    assert [len(b.provenance.attempts) for b in (first, second)] == [2, 1]
    assert {b.provenance.mode for b in (first, second)} == {first.provenance.mode}
    assert [w.kind for w in second.provenance.warnings] == ["fallback"]


def test_faults_of_an_answer_go_back_to_the_model() -> None:
    """A re-ask mends the answer; both calls are in the ledger with their own tokens."""
    bad = FAULTS["unknown_enum"].behaviour(GOOD)
    with ModelServer([bad, answer(GOOD, usage=Usage(10, 5))]) as server:
        brief = runs.brief(server.base_url, max_reasks=2)
        first, second = server.requests
    assert len(brief.offers) == 1
    assert losses(brief) == []
    assert (brief.provenance.attempts[1].tokens_in, len(brief.provenance.attempts)) == (10, 2)
    assert second.messages[:2] == first.messages
    assert len(second.prompt) < len(first.prompt) + len(GOOD)


def test_unusable_answer_is_marked_in_the_ledger() -> None:
    """Prose three times is three attempts that were not ok."""
    with (
        ModelServer(answer("I would rather talk.", verbatim=True)) as server,
        pytest.raises(InvalidOutput) as caught,
    ):
        runs.brief(server.base_url, max_reasks=2)
    assert [a.outcome for a in caught.value.attempts] == ["invalid_output"] * 3
    assert caught.value.raw_answer == "I would rather talk."


def test_stepwise_asks_section_by_section() -> None:
    """The same brief by a call per section, under the name of each step."""
    good = oracle({"talks": GOOD}, by_document({"talks": TEXT}))
    with ModelServer(good) as server:
        brief = runs.brief(server.base_url, strategy="stepwise")
        prompts = [request.messages[0]["content"] for request in server.requests]
    check(brief)
    assert len(list(brief.items())) == 4
    steps = [attempt.step for attempt in brief.provenance.attempts]
    assert steps[0] == "parties"
    assert len(steps) == len(set(steps)) == 7
    assert len(set(prompts)) == 1


def test_budget_is_one_for_all_steps() -> None:
    """A brief does not begin the call that lies beyond its budget."""
    usage = answer(GOOD, usage=Usage(6_000, 2_000))
    with ModelServer(usage) as server:
        with pytest.raises(BudgetExceeded) as caught:
            runs.brief(server.base_url, strategy="stepwise", max_total_tokens=22_000)
        assert server.request_count == 2
    # What was paid for can be had from the error, and says what is missing.
    partial = caught.value.partial
    assert partial is not None
    assert [party.name for party in partial.parties] == ["Norland", "Sud Front"]
    assert partial.offers
    assert "red_lines" in {warning.where for warning in losses(partial)}
    assert partial.provenance.attempts == caught.value.attempts


def test_documents_before_a_failing_one_are_not_lost(tmp_path: Path) -> None:
    """A list of documents ends with an error that has the briefs made so far."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT}\nThis is {name}.")
    with ModelServer([answer(GOOD), status(401)]) as server:
        with pytest.raises(Unauthorised) as caught:
            summarize(
                [tmp_path / "a.txt", tmp_path / "b.txt"], settings=runs.settings(server.base_url)
            )
        assert server.request_count == 2
    (made,) = caught.value.finished
    assert made.offers


def test_cap_that_somebody_chose_is_kept_to() -> None:
    """``--max-output-tokens`` is not doubled behind anybody's back."""
    with FAULTS["length"].serve(GOOD) as stage:
        runs.brief(stage.base_url, max_output_tokens=50)
        assert [r.payload["max_tokens"] for r in stage.server.requests] == [50]


def test_running_loop_is_no_obstacle() -> None:
    """A notebook may call ``summarize``; errors come through as they are."""

    async def notebook(base_url: str) -> PeaceTalksBrief:
        return runs.brief(base_url)

    with ModelServer(answer(GOOD)) as server:
        assert len(asyncio.run(notebook(server.base_url)).offers) == 1
    with FAULTS["http_401"].serve(GOOD) as stage, pytest.raises(Unauthorised):
        asyncio.run(notebook(stage.base_url))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("summarize")]


def test_list_of_paths_gives_a_brief_each_when_asked(tmp_path: Path) -> None:
    """In order, of any kind of path, with one model for all; none for none."""
    paths: list[str | os.PathLike[str]] = [tmp_path / "a.txt", str(tmp_path / "b.txt")]
    for path in paths:
        Path(path).write_text(TEXT, encoding="utf-8")
    with ModelServer(answer(GOOD)) as server:
        chosen = runs.settings(server.base_url)
        briefs = summarize(paths, each=True, settings=chosen)
        assert [brief.sources[0].origin for brief in briefs] == ["a.txt", "b.txt"]
        assert len({request.connection for request in server.requests}) == 1
        assert len(summarize(tuple(paths), each=True, settings=chosen)) == 2
        assert summarize([], each=True, settings=chosen) == []


def told(folder: Path) -> list[Path]:
    """Three texts: two about the talks of the good answer, a day apart, and one about a strike."""
    texts = {
        "a.txt": TEXT,
        "b.txt": f"{TEXT}\n\nIt was said again a day later.",
        "c.txt": samples.OTHER_TEXT,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def by_text(request: Request) -> Answer:
    """The good answer to the texts about talks, and that the other is not about any."""
    talks = any("prisoners" in text for text in request.source.values())
    return answer(GOOD if talks else samples.NEGATIVE)


def test_list_of_paths_gives_one_brief_of_all(tmp_path: Path) -> None:
    """Items joined with the sentences of both documents, the strike set aside by name."""
    paths = told(tmp_path)
    with ModelServer(by_text) as server:
        brief = summarize(paths, settings=runs.settings(server.base_url))
        assert server.request_count == 3
        again = summarize(tmp_path, settings=runs.settings(server.base_url))
    check(brief)
    assert [len({c.document for c in item.citations}) for item in brief.offers] == [2]
    (aside,) = brief.set_aside
    origin = {source.id: source.origin for source in brief.sources}
    assert origin[aside.document] == "c.txt"
    assert len(brief.parts) == len(brief.sources) == 3
    assert again.offers == brief.offers  # a folder is the documents in it


def test_document_that_the_model_fails_on_is_named_and_the_others_stand(tmp_path: Path) -> None:
    """One refusal does not cost the brief; what is missing is said, and counts as a loss."""
    paths = told(tmp_path)[:2]

    def play(request: Request) -> Any:
        later = any("a day later" in text for text in request.source.values())
        return answer(None, refusal="No.") if later else answer(GOOD)

    with ModelServer(play) as server:
        brief = summarize(paths, settings=runs.settings(server.base_url))
    assert len(brief.offers) == 1
    (loss,) = losses(brief)
    assert loss.message.startswith("b.txt is not in the brief")
    with ModelServer(answer(None, refusal="No.")) as server, pytest.raises(Refused):
        summarize(paths, settings=runs.settings(server.base_url))


def test_no_document_at_all_is_an_error() -> None:
    """A brief of nothing is not made."""
    with pytest.raises(SettingsError, match="no document"):
        summarize([], settings=Settings())


def test_nothing_is_sent_when_one_of_the_paths_cannot_be_read(tmp_path: Path) -> None:
    """The mistake is found before anything is paid."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with ModelServer(answer(GOOD)) as server:
        with pytest.raises(UnreadableDocument):
            summarize(
                [tmp_path / "a.txt", tmp_path / "none"], settings=runs.settings(server.base_url)
            )
        assert server.request_count == 0


def test_coroutine_gives_the_same() -> None:
    """``asummarize`` is the core, ``summarize`` its face."""
    with ModelServer(answer(GOOD)) as server:
        chosen = runs.settings(server.base_url)
        brief = asyncio.run(asummarize(text=TEXT, settings=chosen))
        assert brief.offers == summarize(text=TEXT, settings=chosen).offers


def test_keywords_go_over_settings() -> None:
    """A keyword beside ``settings=`` is not lost."""
    with ModelServer(answer(GOOD)) as server:
        summarize(text=TEXT, settings=runs.settings(server.base_url), model="other")
        assert server.requests[0].model == "other"


def test_keywords_go_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ``settings=`` environment and config count, and keywords over them."""
    with ModelServer(answer(GOOD)) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_MODEL", "of-environment")
        monkeypatch.setenv("SUMMARIZER_API_KEY", f"{KEY}\n")
        summarize(text=TEXT)
        summarize(text=TEXT, model="of-keyword")
        assert [r.model for r in server.requests] == ["of-environment", "of-keyword"]
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, SettingsError, "either a source or text="),
        ({"source": "a.txt", "text": "b"}, SettingsError, "either a source or text="),
        ({"source": 5}, SettingsError, "not int"),
        ({"source": b"a.txt"}, SettingsError, "not bytes"),
        ({"source": [5]}, SettingsError, "not int"),
        ({"text": TEXT, "modle": "x"}, SettingsError, "did you mean 'model'"),
        ({"text": TEXT, "timeout": -1}, SettingsError, "'timeout'"),
        ({"text": " \n"}, EmptyDocument, "white space"),
        ({"source": "/none/x.txt"}, UnreadableDocument, "does not exist"),
    ],
)
def test_mistake_of_the_caller_is_one_line(
    arguments: dict[str, Any], error: type[SummarizerError], message: str
) -> None:
    """What is wrong with the arguments is said in our own words."""
    with pytest.raises(error, match=message):
        summarize(**arguments)


def test_answer_from_elsewhere_is_treated_as_any_other() -> None:
    """The same items and the same checks, and no attempts."""
    brief = brief_from_answer(runs.document(), f"```json\n{GOOD}\n```")
    check(brief)
    assert len(list(brief.items())) == 4
    assert (brief.provenance.endpoint, brief.provenance.attempts) == ("answer", [])
    assert brief.provenance.prompt_version == prompt_version(LARGE)
    small = brief_from_answer(runs.document(), GOOD, system=SMALL)
    assert small.provenance.prompt_version == prompt_version(SMALL)


@pytest.mark.parametrize("text", ["", "prose", "[]", '{"a": 1}', "[" * 100_000, "{" * 1000])
def test_answer_from_elsewhere_is_refused_when_it_is_none(text: str) -> None:
    """Exit status 4, one line, and nothing of the answer in it."""
    with pytest.raises(InvalidOutput) as caught:
        brief_from_answer(runs.document(), text)
    assert "\n" not in str(caught.value)


def test_answer_to_another_document_is_recognised() -> None:
    """Unknown sentence numbers are named, and what they may mean."""
    with pytest.raises(InvalidOutput, match=r"has sentences 1 to 2: is it an answer to this"):
        brief_from_answer(from_text("They met. They parted."), GOOD)


def test_context_of_the_embedded_model_fits_the_longest_window() -> None:
    """A longer document gets more, in steps, up to a window; what cannot fit is refused."""
    endpoint, chosen = choose_endpoint(Settings(model="embedded")), Settings()
    text = "They met again in Doha. "
    short, long, longer = (runs.document(text * times) for times in (5, 300, 9_000))
    sizes = [context_for(endpoint, chosen, [one]) for one in (short, long, longer)]
    assert sizes[0] < sizes[1] <= sizes[2] == context_for(endpoint, chosen, [short, longer])
    assert all(size % 1024 == 0 and size <= default().context for size in sizes)
    assert estimated_tokens(long) < sizes[1] < estimated_tokens(longer)
    with pytest.raises(ContextTooSmall, match="shorter document"):
        context_for(endpoint, Settings(window=90_000), [longer])
