"""Answers and re-asks are joined: nothing good is lost, nothing comes twice, losses are named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.answers import Fault
from summarizer.attempts import Ledger
from summarizer.dialogue import Dialogue, as_warning
from summarizer.draft import SECTIONS, BriefDraft, empty_draft
from summarizer.errors import ContentFiltered, InvalidOutput, Truncated, Unreachable
from tests.drafts import draft, full_draft, offer, party, question, red_line, whole_draft


def _dialogue(
    sections: Sequence[str] = tuple(SECTIONS), before: BriefDraft | None = None
) -> Dialogue:
    return Dialogue(6, sections, before or empty_draft())


def _after(*answers: Any) -> Dialogue:
    """A dialogue that has taken these answers."""
    dialogue = _dialogue()
    for answer in answers:
        dialogue.take(json.dumps(answer))
    return dialogue


def _found(dialogue: Dialogue) -> BriefDraft:
    return dialogue.result(Ledger(None))  # type: ignore[arg-type]


def _said(dialogue: Dialogue) -> str:
    return "\n".join(f"{w.kind} {w.where} {w.message}" for w in dialogue.warnings())


CORRECTIONS = {"parties": [], "title": ""}


def test_answer_when_right() -> None:
    """A right answer leaves nothing to ask and nothing to warn of."""
    dialogue = _dialogue()
    assert dialogue.take(json.dumps(full_draft())) == []
    assert _found(dialogue) == BriefDraft.model_validate(full_draft())
    assert dialogue.warnings() == []


def test_correction_when_it_comes() -> None:
    """The corrected entry joins the good ones, and its fault is no longer named."""
    wrong = offer("Second offer, of a truce.", by=["Atlantis"])
    dialogue = _after(
        full_draft() | {"offers": [offer(), wrong]},
        whole_draft(**CORRECTIONS, offers=[offer("Second offer, of a truce.", by=["Qatar"])]),
    )
    found = _found(dialogue)
    assert [entry.by for entry in found.offers] == [["Arvenia"], ["Qatar"]]
    assert found.title == "Arvenia: talks go on"
    assert len(found.red_lines) == len(found.bottom_line) == 1
    assert dialogue.warnings() == []


def test_repaired_item_when_the_correction_brings_another_only() -> None:
    """One entry was mended, one dropped; only the dropped one comes back: both are there."""
    mended = offer("Arvenia offered a truce of ten days.", citations=[2, 99])
    dropped = {"statement": "Qatar proposed a list of guards."}
    dialogue = _after(
        whole_draft(offers=[mended, dropped]),
        whole_draft(
            **CORRECTIONS, offers=[offer("Qatar proposed a list of guards.", by=["Qatar"])]
        ),
    )
    statements = {entry.statement: entry.citations for entry in _found(dialogue).offers}
    assert statements == {
        "Arvenia offered a truce of ten days.": [2],
        "Qatar proposed a list of guards.": [2],
    }
    assert _said(dialogue).startswith("repaired offers[0] cites 99")


def test_repaired_item_when_its_correction_cites_other_sentences() -> None:
    """The correction takes its place, though it cites more: the item is there once."""
    dialogue = _after(
        whole_draft(red_lines=[red_line(citations=[3, 99])]),
        whole_draft(**CORRECTIONS, red_lines=[red_line(citations=[3, 4])]),
    )
    (only,) = _found(dialogue).red_lines
    assert only.citations == [3, 4]
    assert dialogue.warnings() == []


def test_repaired_party_when_corrected() -> None:
    """A corrected party takes the place of the repaired one; what items say of it still holds."""
    listed = [party(citations=[1, 70]), party("Kor Front")]
    dialogue = _after(
        whole_draft(parties=listed, offers=[offer()]),
        whole_draft(parties=[party(citations=[1, 2])]),
    )
    found = _found(dialogue)
    assert sorted(entry.name for entry in found.parties) == ["Arvenia", "Kor Front"]
    assert next(p.citations for p in found.parties if p.name == "Arvenia") == [1, 2]
    assert len(found.offers) == 1
    assert dialogue.warnings() == []


def test_repaired_party_when_not_corrected() -> None:
    """The party stays as it was mended, and items that name it stay with it."""
    listed = [party(citations=[1, 70]), party("Kor Front")]
    dialogue = _after(whole_draft(parties=listed, offers=[offer()]), whole_draft(**CORRECTIONS))
    found = _found(dialogue)
    assert len(found.parties) == 2
    assert len(found.offers) == 1
    assert "cites 70" in _said(dialogue)


def test_dropped_item_when_not_corrected() -> None:
    """An entry that the model leaves out when asked to mend it stays named."""
    dialogue = _after(
        whole_draft(offers=[offer(), offer("Lost.", by=[])]), whole_draft(**CORRECTIONS)
    )
    assert len(_found(dialogue).offers) == 1
    assert _said(dialogue) == (
        "dropped offers[1] is held by no listed party: name one of `parties`"
    )


def test_everything_when_sent_again() -> None:
    """A model that sends its whole answer again, corrected, does not double its good items."""
    wrong = red_line("The Kor Front wants no observers.", held_by="Atlantis")
    right = red_line("The Kor Front wants no observers.")
    reworded = offer("Arvenia offered to free 40 prisoners if the shelling stops, it said.")
    dialogue = _after(
        full_draft() | {"red_lines": [red_line(), wrong]},
        full_draft() | {"offers": [reworded], "red_lines": [red_line(), right]},
    )
    found = _found(dialogue)
    assert [len(getattr(found, section)) for section in SECTIONS] == [3, 1, 2, 1, 1, 1, 1]
    assert dialogue.warnings() == []


def test_settled_faults_when_asked_again() -> None:
    """What was repaired without asking stays named after a re-ask."""
    first = whole_draft(title="x" * 200, offers=[offer(), offer(), offer("Lost.", by=[])])
    dialogue = _after(first, whole_draft(**CORRECTIONS, offers=[offer("Lost.")]))
    assert "title has 200 characters" in _said(dialogue)
    assert "offers[1] the same item twice" in _said(dialogue)
    assert len(_found(dialogue).offers) == 2


def test_lists_when_left_out_of_a_correction() -> None:
    """A correction may leave out the lists in which nothing was wrong."""
    dialogue = _after(full_draft() | {"offers": [offer(by=[])]})
    assert dialogue.take(json.dumps({"offers": [offer()]})) == []
    assert dialogue.warnings() == []


def test_correction_when_unusable() -> None:
    """The same is asked for again, and the next correction is joined, not taken for the whole."""
    dialogue = _dialogue()
    dialogue.take(json.dumps(full_draft() | {"offers": [offer(by=[])]}))
    faults = dialogue.fail(InvalidOutput("no JSON"))
    assert [fault.where for fault in faults] == ["answer", "offers[0]"]
    dialogue.take(json.dumps(whole_draft(**CORRECTIONS, offers=[offer()])))
    found = _found(dialogue)
    assert [len(getattr(found, section)) for section in SECTIONS] == [3, 1, 1, 1, 1, 1, 1]


def test_first_answer_when_unusable() -> None:
    """All of it is asked for again; without any answer the failure is raised, with its attempts."""
    dialogue = _dialogue()
    assert [fault.where for fault in dialogue.fail(InvalidOutput("no JSON"))] == [""]
    with pytest.raises(InvalidOutput, match="no JSON"):
        _found(dialogue)


def test_contradiction_when_asked_again() -> None:
    """Negative and yet full of items: the new answer replaces all of the old one."""
    dialogue = _dialogue()
    faults = dialogue.take(json.dumps(full_draft() | {"about_peace_talks": False}))
    assert "about_peace_talks" in {fault.where for fault in faults}
    assert dialogue.take(json.dumps(full_draft())) == []
    assert _found(dialogue) == BriefDraft.model_validate(full_draft())


def test_correction_when_it_says_negative() -> None:
    """A correction does not turn a brief with good items into a negative."""
    correction = whole_draft(parties=[], about_peace_talks=False, title="")
    dialogue = _after(full_draft() | {"offers": [offer(by=[])]}, correction)
    assert _found(dialogue).about_peace_talks
    assert len(_found(dialogue).red_lines) == 1


def test_cut_answer_when_first() -> None:
    """Complete items are kept, and the cut is named, once, and not as a missing list."""
    text = json.dumps(full_draft())
    dialogue = _dialogue()
    dialogue.salvage(Truncated("cut", raw_answer=text[: text.index('"open_questions"')]))
    found = _found(dialogue)
    assert (len(found.parties), len(found.offers), len(found.open_questions)) == (3, 1, 0)
    (warning,) = dialogue.warnings()
    assert warning.kind == "truncated"
    assert warning.message == (
        "the answer was cut off: 5 complete entries are kept, nothing came for open_questions, "
        "next_steps, outside_voices, bottom_line"
    )


def test_cut_answer_when_cut_in_an_entry() -> None:
    """It is counted as lost."""
    text = json.dumps(full_draft())
    dialogue = _dialogue()
    dialogue.salvage(Truncated("cut", raw_answer=text[: text.index('"held_by"')]))
    (warning,) = dialogue.warnings()
    assert "4 complete entries are kept, 1 was cut in two and is lost, nothing" in warning.message


def test_cut_answer_when_nothing_is_complete() -> None:
    """With nothing usable before the cut the truncation is raised."""
    dialogue = _dialogue()
    dialogue.salvage(Truncated("cut", raw_answer='{"about_peace_talks": tr'))
    with pytest.raises(Truncated):
        _found(dialogue)


def test_broken_answer_when_nobody_says_that_it_was_cut() -> None:
    """Half an answer is asked for again; if that is no better, what is whole of it is kept."""
    text = json.dumps(full_draft())
    dialogue = _dialogue()
    for half in (text[: text.index('"held_by"')], "I would rather not.", '{"offers": [{"cit'):
        with pytest.raises(InvalidOutput) as caught:
            dialogue.take(half)
        assert dialogue.fail(caught.value)
    found = _found(dialogue)
    assert (len(found.parties), len(found.offers)) == (3, 1)
    assert [warning.kind for warning in dialogue.warnings()] == ["truncated"]


def test_cut_correction_when_nothing_is_complete() -> None:
    """The good items of the first answer stay; the cut and the uncorrected fault are named."""
    dialogue = _after(full_draft() | {"offers": [offer(by=[])]})
    dialogue.salvage(Truncated("cut", raw_answer='{"offers": [{"cit'))
    assert len(_found(dialogue).red_lines) == 1
    assert {w.kind for w in dialogue.warnings()} == {"truncated", "dropped"}


def test_failed_call_when_asking_again() -> None:
    """A failing endpoint loses nothing of the first answer, and is named."""
    dialogue = _after(full_draft() | {"offers": [offer(citations=[2, 99])]})
    dialogue.stop(Unreachable("down"))
    found = _found(dialogue)
    assert [len(getattr(found, section)) for section in SECTIONS] == [3, 1, 1, 1, 1, 1, 1]
    assert "notice draft asking again failed: down" in _said(dialogue)
    assert "repaired offers[0] cites 99" in _said(dialogue)


@pytest.mark.parametrize("error", [InvalidOutput("no JSON"), ContentFiltered("filtered")])
def test_later_step_when_unusable(error: Any) -> None:
    """A later step without a usable answer is lost by name; what came before is kept."""
    before = draft(offers=[offer()])
    dialogue = _dialogue(["red_lines"], before)
    dialogue.stop(error)
    assert _found(dialogue) == before
    assert _said(dialogue).startswith("dropped red_lines no usable answer")


def test_later_step_when_the_endpoint_is_down() -> None:
    """An endpoint that fails in a later step is an error all the same: it can be tried again."""
    dialogue = _dialogue(["red_lines"], draft())
    dialogue.stop(Unreachable("down"))
    with pytest.raises(Unreachable):
        _found(dialogue)


def test_step_when_it_adds_to_earlier_ones() -> None:
    """A step adds its list, knows the earlier parties, and repeats no fault of theirs."""
    dialogue = _dialogue(["red_lines"], draft(title=""))
    assert dialogue.take(json.dumps({"red_lines": [red_line()]})) == []
    assert len(_found(dialogue).parties) == 3
    assert _found(dialogue).about_peace_talks
    assert dialogue.warnings() == []


def test_warning_when_made_of_a_fault() -> None:
    """A fault that cost the entry is "dropped", one that was mended "repaired"."""
    assert as_warning(Fault("offers[0]", "m")).kind == "dropped"
    assert as_warning(Fault("", "m", dropped=False)).kind == "repaired"
    assert as_warning(Fault("", "m")).where is None


STATEMENTS = [
    "Arvenia offered to free forty prisoners.",
    "Qatar proposed a joint commission of guards.",
    "Both sides would open the northern road.",
    "The Front pledged to clear mines near schools.",
]
broken = st.sampled_from(
    [{}, {"citations": [2, 99]}, {"by": ["Mu"]}, {"citations": []}, {"to": ["Mu"]}]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(broken, min_size=4, max_size=4),
    st.sets(st.integers(0, 3)),
    st.booleans(),
)
def test_items_when_any_are_broken_and_any_corrected(
    faults: list[dict[str, Any]], corrected: set[int], everything: bool
) -> None:
    """Each item is in the result at most once; if it is not, a warning names its loss."""
    first = [offer(text, **fault) for text, fault in zip(STATEMENTS, faults, strict=True)]
    wrong = {index for index, fault in enumerate(faults) if fault}
    sent = corrected if everything else corrected & wrong
    dialogue = _after(
        whole_draft(offers=first),
        whole_draft(**CORRECTIONS, offers=[offer(STATEMENTS[index]) for index in sorted(sent)]),
    )
    kept = [entry.statement for entry in _found(dialogue).offers]
    assert len(kept) == len(set(kept))
    lost = [index for index, text in enumerate(STATEMENTS) if text not in kept]
    assert not set(lost) & (set(range(4)) - wrong), "a good item is lost"
    assert not set(lost) & sent, "a corrected item is lost"
    named = {warning.where for warning in dialogue.warnings()}
    assert {f"offers[{index}]" for index in lost} <= named
    assert {f"offers[{index}]" for index in wrong - sent} <= named


def test_loss_when_the_part_says_nothing() -> None:
    """An entry without words may be corrected by any that is left over."""
    dialogue = _after(
        whole_draft(open_questions=["?"]),
        whole_draft(**CORRECTIONS, open_questions=[question()]),
    )
    assert len(_found(dialogue).open_questions) == 1
    assert dialogue.warnings() == []
    silent = _after(whole_draft(bottom_line=[7]), whole_draft(**CORRECTIONS, offers=[offer()]))
    assert "dropped bottom_line[0]" in _said(silent)
