"""summarizer.reading: documents of any length, window by window, over the real wire."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from summarizer.attempts import Ledger, Policy
from summarizer.documents import Document, from_text
from summarizer.errors import ModelError, NoUsableAnswer, Refused, Unauthorised, Unreachable
from summarizer.extraction import Extraction, Options, single, stepwise
from summarizer.reading import MAX_HALVINGS, in_windows
from summarizer.testing import ModelServer, answer, error_body, status
from summarizer.testing.behaviour import Behaviour
from summarizer.testing.request import Request
from tests import runs
from tests.drafts import offer, party, whole_draft

LINES = (
    "Arvenia's foreign minister, Mara Tolen, offered to free {n} prisoners if the shelling stops.",
    "The Kor Front listened, and asked for the list of names that it has wanted since spring.",
    "Nobody spoke of the river, of the bridges, or of the roads that lead to the old capital.",
)
LONG = from_text("\n\n".join(" ".join(LINES).format(n=n) for n in range(30, 54)))
SIZE, MIDDLE = 1_800, 31


def drafted(request: Request) -> dict[str, Any]:
    """An offer for every number of prisoners that the model is shown, as a careful model would."""
    offers = []
    for number, text in request.source.items():
        if "prisoners" in text:
            count = text.split(" prisoners")[0].rsplit(" ", 1)[1]
            said = f"Arvenia offers to free {count} prisoners if the shelling stops."
            offers.append(offer(said, citations=[number], topics=["detainees_hostages"]))
    listed = [party(citations=[min(request.source)]), party("Kor Front", citations=[])]
    listed[0]["people"] = [{"name": "Mara Tolen", "title": "foreign minister"}]
    return whole_draft(parties=listed, offers=offers)


def careful(request: Request) -> Any:
    """A model that finds everything."""
    return answer(json.dumps(drafted(request)))


def run(
    behaviour: Behaviour, document: Document = LONG, **options: Any
) -> tuple[Extraction, list[Request], Ledger]:
    """The extraction in windows, and what the model was sent."""
    with ModelServer(behaviour) as server:

        async def read() -> tuple[Extraction, Ledger]:
            model = runs.model(server.base_url)
            ledger = Ledger(model, Policy(max_retries=0, raise_cap=False))
            chosen = Options(**{"window": SIZE, "max_reasks": 0, **options})
            try:
                return await in_windows(single, document, ledger, chosen), ledger
            finally:
                await model.aclose()

        made, ledger = asyncio.run(read())
        return made, server.requests, ledger


def prisoners(extraction: Extraction) -> list[int]:
    """The numbers in the offers, in their order."""
    return [int(o.statement.split("free ")[1].split()[0]) for o in extraction.draft.offers]


def test_nothing_is_lost_or_doubled_when_a_document_is_read_in_windows() -> None:
    """Every offer of the document once, with its own number and its own sentence."""
    made, sent, ledger = run(careful)
    assert len(sent) == len(ledger.attempts) > 3
    assert prisoners(made) == list(range(30, 54))
    for one, number in zip(made.draft.offers, prisoners(made), strict=True):
        assert [f" {number} " in LONG.quote(n) for n in one.citations] == [True]
    assert made.strategy == f"single in {len(sent)} windows"
    assert [p.name for p in made.draft.parties] == ["Arvenia", "Kor Front"]
    assert made.warnings == ()


def test_later_windows_are_told_of_the_parties_and_keep_the_numbers() -> None:
    """Who "the minister" is; sentence numbers are those of the document in every window."""
    _, sent, _ = run(careful)
    assert "Parties of the document so far" not in sent[0].prompt
    for request in sent[1:]:
        assert "Arvenia (Mara Tolen, foreign minister)" in request.prompt
        assert all(LONG.quote(n).split() == text.split() for n, text in request.source.items())
    assert {n for request in sent for n in request.source} == set(range(1, 73))


def test_failed_window_is_named_and_the_rest_stands() -> None:
    """A refusal costs the items of its sentences, and says which sentences those are."""

    def play(request: Request) -> Any:
        own = re.search(r"Work through sentences (\d+) to (\d+)", request.prompt)
        refused = own is not None and int(own[1]) <= MIDDLE <= int(own[2])
        return answer(None, refusal="I cannot help with that.") if refused else careful(request)

    made, _, ledger = run(play)
    lost = set(range(30, 54)) - set(prisoners(made))
    assert 30 + MIDDLE // 3 in lost
    assert len(lost) < 10
    (warning,) = made.warnings
    assert warning.kind == "dropped"
    assert (warning.where or "").startswith("sentences ")
    assert "refused" in warning.message
    assert [attempt.outcome for attempt in ledger.attempts].count("refused") == 1


def test_window_that_gives_the_example_back_is_named_as_failed() -> None:
    """Its sentences were not read, and the brief must not look as if they held nothing."""
    example = whole_draft(title="Veldra talks", parties=[party("Veldra")])

    def play(request: Request) -> Any:
        first = "Parties of the document so far" not in request.prompt
        return careful(request) if first else answer(json.dumps(example))

    made, sent, ledger = run(play)
    assert prisoners(made)
    assert len(made.warnings) == len(sent) - 1
    assert all("nothing else" in warning.message for warning in made.warnings)
    assert [attempt.outcome for attempt in ledger.attempts].count("invalid_output") > 2


def test_error_of_the_first_window_is_raised_when_all_fail() -> None:
    """Nothing was found: that is no brief with warnings, it is an error."""
    with pytest.raises(Refused) as caught:
        run(answer(None, refusal="No."))
    assert len(caught.value.attempts) > 3


def test_key_that_is_not_accepted_ends_the_run_at_once() -> None:
    """The other windows would fail alike."""
    with pytest.raises(Unauthorised) as caught:
        run(status(401, error_body("no")))
    assert len(caught.value.attempts) == 1


@pytest.mark.parametrize(("code", "error"), [(503, Unreachable), (401, Unauthorised)])
def test_windows_before_a_failing_endpoint_are_kept(code: int, error: type[ModelError]) -> None:
    """They are there beside the error, which is no matter of what the windows say."""
    seen: list[Request] = []

    def play(request: Request) -> Any:
        seen.append(request)
        return careful(request) if len(seen) == 1 else status(code)

    made, sent, _ = run(play, at_once=1)
    assert type(made.failure) is error
    assert prisoners(made)
    assert (len(sent) == 2) == (code == 401)  # with a key that is refused nobody goes on
    assert {warning.kind for warning in made.warnings} == {"dropped"}


def test_window_is_read_in_halves_when_it_does_not_fit() -> None:
    """A context that turns out too small costs calls, no items."""

    def play(request: Request) -> Any:
        if len(request.source) > 20:
            return status(400, error_body("maximum context length is 900"))
        return careful(request)

    made, _, _ = run(play, window=None)
    assert prisoners(made) == list(range(30, 54))
    assert made.warnings == ()


def test_window_is_read_in_halves_when_its_answer_is_cut_off() -> None:
    """Two halves are asked for before whole items are saved from a cut answer."""

    def play(request: Request) -> Any:
        text = json.dumps(drafted(request))
        cut = len(request.source) > 40
        return answer(text[: len(text) // 2], finish_reason="length") if cut else answer(text)

    made, _, _ = run(play, window=None)
    assert prisoners(made) == list(range(30, 54))
    saved, sent, _ = run(play, window=None, split_when_cut=False)
    assert len(sent) == 1
    assert 0 < len(saved.draft.offers) < 24
    assert [warning.kind for warning in saved.warnings] == ["truncated"]


def test_halving_ends_when_nothing_fits() -> None:
    """A model that never has room is asked a bounded number of times."""
    with pytest.raises(NoUsableAnswer) as caught:
        run(status(400, error_body("maximum context length is 900")), window=None)
    assert len(caught.value.attempts) <= 2 ** (MAX_HALVINGS + 1)


def test_citation_outside_of_the_window_is_refused() -> None:
    """A model cannot cite what it was not shown."""

    def play(request: Request) -> Any:
        draft = drafted(request)
        for entry in draft["offers"]:
            entry["citations"] = [next(n for n in range(1, 73) if n not in request.source)]
        return answer(json.dumps(draft))

    made, _, _ = run(play)
    assert made.draft.offers == []
    assert any("was shown in part" in warning.message for warning in made.warnings)


def test_window_that_is_about_something_else_does_not_hide_the_others() -> None:
    """A gaggle on many topics is about peace talks if a part of it is."""

    def play(request: Request) -> Any:
        if 1 in request.source and 3 in request.source:
            negative = {"about_peace_talks": False, "not_about": "It is about sports."}
            return answer(json.dumps({**whole_draft(parties=[], title="Sports"), **negative}))
        return careful(request)

    made, _, _ = run(play)
    assert made.draft.about_peace_talks
    assert made.draft.title == "Arvenia: talks go on"
    assert prisoners(made)[-1] == 53


def test_steps_can_be_read_in_windows_too() -> None:
    """The other strategy takes the same way."""

    def play(request: Request) -> Any:
        draft = drafted(request)
        return answer(json.dumps({k: draft[k] for k in request.schema["properties"]}))

    with ModelServer(play) as server:

        async def read() -> Extraction:
            model = runs.model(server.base_url)
            ledger = Ledger(model, Policy(max_retries=0, raise_cap=False))
            try:
                return await in_windows(stepwise, LONG, ledger, Options(window=SIZE, max_reasks=0))
            finally:
                await model.aclose()

        made = asyncio.run(read())
    assert prisoners(made) == list(range(30, 54))
    assert made.strategy.startswith("stepwise in ")
