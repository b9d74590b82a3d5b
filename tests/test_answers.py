"""Raw answers are read item by item; nothing but InvalidOutput is ever raised."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.answers import read_answer
from summarizer.draft import SECTIONS
from summarizer.errors import InvalidOutput
from tests.drafts import full_draft, line, offer, party, red_line, step, whole_draft

GOOD = json.dumps(full_draft())


def _counts(text: str, **how: Any) -> dict[str, int]:
    draft = read_answer(text, **how).draft
    return {section: len(getattr(draft, section)) for section in SECTIONS}


FULL = {section: 3 if section == "parties" else 1 for section in SECTIONS}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\ufeff  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Here is {{the brief}} you asked for:\n\n{GOOD}\n\nLet me know if {{anything}} is amiss.",
        f'<think>Is it {{"offers": []}}? {GOOD[:200]}</think>{GOOD}',
        f"The template ate the opening tag. {{}}</think>\n{GOOD}",
        f"<think>unfinished {GOOD}",
        json.dumps({"brief_draft": full_draft()}),
        json.dumps({"name": "BriefDraft", "arguments": full_draft()}),
        json.dumps([full_draft()]),
        GOOD.replace("talks go on", "talks </think> go on"),
        GOOD.replace("talks go on", "talks\\u2028go on").replace("truce", "tru\nce"),
    ],
)
def test_answer_when_wrapped(text: str) -> None:
    """Fences, prose, reasoning and wrappers around a draft cost nothing of it."""
    answer = read_answer(text)
    assert _counts(text) == FULL
    assert answer.faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON at all",
        "{}",
        "[]",
        "null",
        '{"answer": 42}',
        '{"properties": {"offers": {"type": "array"}, "about_peace_talks": {"type": "boolean"}}}',
        GOOD[:-40],
        "{" * 200_000,
        "[" * 200_000,
        '{"offers": ' + "[" * 200_000,
        '{"a":' * 5_000,
        "<think>" * 200_000,
        '"{"' * 100_000,
        json.dumps(step()),
    ],
)
def test_answer_when_there_is_no_draft(text: str) -> None:
    """Anything without a draft is InvalidOutput, soon, with the raw answer and one clean line."""
    started = time.monotonic()
    with pytest.raises(InvalidOutput) as caught:
        read_answer(text)
    assert time.monotonic() - started < 5
    assert "\n" not in str(caught.value)
    assert caught.value.raw_answer == text


def test_answer_when_broken_off_before_an_entry_that_looks_like_a_draft() -> None:
    """A question or a step has a key ``parties`` too: it is not taken for the draft."""
    cut = json.dumps(whole_draft(next_steps=[step(), step("Another.")]))
    cut = cut[: cut.index("outside_voices")]
    with pytest.raises(InvalidOutput):
        read_answer(cut)
    kept = read_answer(cut, partial=True).draft
    assert [party.name for party in kept.parties] == ["Arvenia", "Kor Front", "Qatar"]
    assert len(kept.next_steps) == 2


def test_answer_when_there_are_two_drafts() -> None:
    """The fullest is taken, and that there were two is said."""
    empty = json.dumps(whole_draft(parties=[]))
    for text in (f"{empty} or rather {GOOD}", f"{GOOD}\n{empty}"):
        answer = read_answer(text)
        assert _counts(text) == FULL
        assert ["2 briefs" in fault.message for fault in answer.faults] == [True]
        assert not answer.faults[0].lossy


@pytest.mark.parametrize(
    ("broken", "hint"),
    [
        (offer(citations=[float("nan")]), "finite"),
        (offer(statement=float("inf")), "valid string"),
        (offer(kind="gift"), "'offer', 'proposal'"),
        ({k: v for k, v in offer().items() if k != "by"}, "by: Field required"),
        (offer(colour="blue"), "colour: Extra inputs"),
        (offer(citations="seven"), "citations"),
        ("an offer", "dictionary"),
        (None, "dictionary"),
        ([], "dictionary"),
        (offer(statement={"text": "x"}), "valid string"),
        ({"x" * 100_000: 1}, "Field required"),
    ],
)
def test_entry_when_broken(broken: Any, hint: str) -> None:
    """One broken entry is one fault that says what is wrong; the others are kept."""
    text = json.dumps(full_draft() | {"offers": [offer("First."), broken, offer("Last.")]})
    answer = read_answer(text)
    assert [kept.statement for kept in answer.draft.offers] == ["First.", "Last."]
    assert _counts(text) == FULL | {"offers": 2}
    (fault,) = answer.faults
    assert fault.where == "offers[1]"
    assert hint in fault.message
    assert "Draft" not in fault.message
    assert len(fault.message) < 700
    assert fault.lossy
    assert fault.dropped


def test_entry_when_a_number_has_thousands_of_digits() -> None:
    """A number that Python refuses to read costs its entry only."""
    text = GOOD.replace('"citations": [6]', f'"citations": [{"9" * 5000}]')
    answer = read_answer(text)
    assert _counts(text) == FULL | {"outside_voices": 0}
    assert [fault.where for fault in answer.faults] == ["outside_voices[0]"]


def test_entry_when_nested_deeply() -> None:
    """Nesting that can still be parsed costs its entry only."""
    nested: Any = "x"
    for _ in range(100):
        nested = [nested]
    text = json.dumps(full_draft() | {"red_lines": [red_line(statement=nested), red_line()]})
    assert _counts(text) == FULL


def test_key_when_given_twice() -> None:
    """Two lists under one key are joined; of two other values the second is named as lost."""
    twice = GOOD[:-1] + f', "offers": [{json.dumps(offer("Second."))}]}}'
    assert _counts(twice) == FULL | {"offers": 2}
    answer = read_answer(GOOD.replace('"title": "A', '"title": "B", "title": "A', 1))
    assert answer.draft.title == "B"
    (fault,) = answer.faults
    assert "'title' is given twice" in fault.message
    assert fault.part == {"title": "Arvenia: talks go on"}


def test_answer_when_it_is_five_megabytes() -> None:
    """Five megabytes are read in seconds, whole and cut."""
    big = json.dumps(whole_draft(bottom_line=[line("word " * 20)] * 37_000))
    assert len(big) > 5_000_000
    started = time.monotonic()
    assert _counts(big)["bottom_line"] == 37_000
    assert _counts(big[:-30], partial=True)["bottom_line"] == 36_999
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("cut", range(60, len(GOOD), 41))
def test_answer_when_cut_off(cut: int) -> None:
    """Wherever it is cut, exactly the complete entries are kept, each as it was."""
    try:
        draft = read_answer(GOOD[:cut], partial=True).draft
    except InvalidOutput as error:
        assert "cut off" in str(error)  # noqa: PT017
        assert cut < GOOD.index('"Kor Front"')
        return
    whole = read_answer(GOOD).draft
    for section in SECTIONS:
        kept = getattr(draft, section)
        assert kept == getattr(whole, section)[: len(kept)]
    kept = sum(len(getattr(draft, section)) for section in SECTIONS)
    assert kept == _complete_entries(GOOD[:cut])


def _complete_entries(text: str) -> int:
    """Entries whose closing brace is there, counted by the depth of braces and brackets."""
    depth, complete, quoted = 0, 0, False
    for before, character in zip(" " + text, text, strict=False):
        if character == '"' and before != "\\":
            quoted = not quoted
        elif not quoted and character in "{[":
            depth += 1
        elif not quoted and character in "}]":
            depth -= 1
            complete += depth == 2 and character == "}"
    return complete


def test_answer_when_a_number_is_cut() -> None:
    """``[1`` may be the beginning of ``[12``: the entry is not complete, nor is its number."""
    text = json.dumps(whole_draft(bottom_line=[line(), line("Cut.", citations=[12])]))
    kept = read_answer(text[: text.index("12") + 1], partial=True).draft
    assert len(kept.bottom_line) == 1


def test_answer_when_cut_off_and_no_list_was_reached() -> None:
    """Lists after the cut are not said to be missing: the cut itself is named elsewhere."""
    text = GOOD[: GOOD.index('"red_lines"')]
    assert read_answer(text, partial=True).faults == ()


@pytest.mark.parametrize(
    ("value", "told", "lossy"),
    [("true", True, None), ("False", False, None), ("maybe", True, False), (None, True, False)],
)
def test_about_when_it_is_no_boolean(value: Any, told: bool, lossy: bool | None) -> None:
    """Words for true and false are understood; else entries decide, without asking again."""
    answer = read_answer(json.dumps(full_draft() | {"about_peace_talks": value}))
    assert answer.draft.about_peace_talks is told
    assert [fault.lossy for fault in answer.faults] == ([] if lossy is None else [lossy])


def test_about_when_it_is_missing_and_nothing_is_listed() -> None:
    """Without entries it cannot be guessed: it is asked for again."""
    data = whole_draft(parties=[])
    del data["about_peace_talks"]
    (fault,) = read_answer(json.dumps(data)).faults
    assert fault.where == "about_peace_talks"
    assert fault.lossy


def test_list_when_missing() -> None:
    """A list that was asked for and is missing is a fault; else it is empty, and so is null."""
    data = full_draft()
    del data["offers"]
    (fault,) = read_answer(json.dumps(data)).faults
    assert fault.where == "offers"
    assert "give a list" in fault.message
    assert read_answer(json.dumps(data), sections=["red_lines"]).faults == ()
    assert read_answer(json.dumps(data | {"offers": None}), sections=[]).faults == ()
    assert read_answer(json.dumps({"next_steps": [step()]}), sections=["next_steps"]).faults == ()


def test_keys_when_unknown() -> None:
    """Unknown keys are one fault, however many and long they are."""
    data = full_draft() | {f"{'k' * 500}{n}": n for n in range(1000)}
    (fault,) = read_answer(json.dumps(data)).faults
    assert "and 997 more" in fault.message
    assert len(fault.message) < 300
    assert not fault.lossy


def test_text_when_it_holds_lone_surrogates() -> None:
    """No lone surrogate, which nothing can print or store, gets into a draft."""
    data = full_draft() | {"title": "a\ud800b", "bottom_line": [line("x\udfff")]}
    draft = read_answer(json.dumps(data)).draft
    draft.title.encode()
    draft.bottom_line[0].statement.encode()
    assert draft.title == "a�b"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[key], (*path, key))


PLACES = list(_places(full_draft()))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), JSON, st.integers(0, 4000))
def test_answer_when_any_value_stands_in_any_place(
    place: tuple[Any, ...], value: Any, cut: int
) -> None:
    """Whatever a model puts wherever, whole or cut, nothing but InvalidOutput is raised."""
    data: Any = copy.deepcopy(full_draft())
    if place:
        holder = data
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = value
    else:
        data = value
    text = json.dumps(data)
    for given_text, partial in ((text, False), (text[: max(0, len(text) - cut)], True)):
        try:
            answer = read_answer(given_text, partial=partial)
        except InvalidOutput:
            continue
        if not partial and len(place) > 1 and place[0] in SECTIONS:
            others = [section for section in SECTIONS if section != place[0]]
            assert {s: len(getattr(answer.draft, s)) for s in others} == {
                s: FULL[s] for s in others
            }


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_answer_when_it_is_any_text(text: str, partial: bool) -> None:
    """Any text is read or refused."""
    try:
        read_answer(text, partial=partial)
    except InvalidOutput as error:
        assert "\n" not in str(error)  # noqa: PT017


def test_party_when_fields_are_of_loose_types() -> None:
    """Numbers in quotation marks are numbers."""
    text = json.dumps(whole_draft(parties=[party(citations=["1", 2.0])]))
    assert read_answer(text).draft.parties[0].citations == [1, 2]
