"""What changed between two briefs: every kind, what is no change, and the laws it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.changes import Comparison
from summarizer.comparison import compare
from summarizer.vocabulary import (
    Certainty,
    ChangeKind,
    Firmness,
    OfferStatus,
    QuestionReason,
    RedLineKind,
    Response,
    StepCertainty,
    Topic,
)
from tests import factories as make

K = ChangeKind
OLD_DAY, NEW_DAY = date(2031, 5, 12), date(2031, 6, 10)
MANY = [f"Sentence {number} of the text." for number in range(1, 9)]
MIRRORED = {
    K.NEW: {K.GONE, K.STEP_DONE, K.STEP_OVERDUE},
    K.QUESTION_OPENED: {K.GONE, K.QUESTION_ANSWERED},
    K.HARDENED: {K.SOFTENED},
    K.SOFTENED: {K.HARDENED},
    K.STATUS_MOVED: {K.STATUS_MOVED},
    K.NUMBER_CHANGED: {K.NUMBER_CHANGED},
    K.HOLDER_CHANGED: {K.HOLDER_CHANGED},
    K.GONE: {K.NEW, K.QUESTION_OPENED},
    K.STEP_DONE: {K.NEW},
    K.QUESTION_ANSWERED: {K.QUESTION_OPENED},
}


def brief(
    *items: Any, on: date = OLD_DAY, text: Sequence[str] = MANY, parties: Sequence[Any] = ()
) -> PeaceTalksBrief:
    """A brief of a document of that day, its items sorted into their sections."""
    kinds = ("Offer", "RedLine", "OpenQuestion", "NextStep")
    offers, lines, questions, steps = (
        [item for item in items if type(item).__name__ == kind] for kind in kinds
    )
    return make.make_brief(
        parties=parties,
        offers=offers,
        red_lines=lines,
        open_questions=questions,
        next_steps=steps,
        sources=[make.make_source(text, on=on)],
    )


def later(*items: Any, **more: Any) -> PeaceTalksBrief:
    """A brief of another, later text."""
    return brief(*items, on=NEW_DAY, text=[f"Later: {line}" for line in MANY], **more)


def kinds(found: Comparison) -> list[str]:
    """The kinds of all changes, in their order."""
    return [str(change.kind) for change in found.changes]


def prisoners(number: int = 40, **more: Any) -> Any:
    return make.offer(
        f"Arvenia would free {number} prisoners of the Kor Front.",
        topics=[Topic.DETAINEES_HOSTAGES],
        **more,
    )


def monitors(text: str = "The Kor Front will not accept foreign monitors.", **more: Any) -> Any:
    return make.red_line(text, topics=[Topic.MONITORING_VERIFICATION], **more)


PAIRS: list[tuple[Any, Any, list[ChangeKind]]] = [
    (prisoners(), prisoners(60), [K.NUMBER_CHANGED]),
    (prisoners(), prisoners(deadline="by 3 June 2031"), []),
    (
        prisoners(deadline="by 3 June 2031"),
        prisoners(deadline="by 9 June 2031"),
        [K.NUMBER_CHANGED],
    ),
    (prisoners(), prisoners(status=OfferStatus.AGREED), [K.STATUS_MOVED]),
    (prisoners(), prisoners(status=OfferStatus.UNSTATED), []),
    (
        prisoners(),
        prisoners(responses=[make.response("Kor Front", Response.REJECTS)]),
        [K.STATUS_MOVED],
    ),
    (prisoners(), prisoners(certainty=Certainty.DISPUTED), [K.STATUS_MOVED]),
    (prisoners(), prisoners(conditions=["the road is opened"]), [K.HARDENED]),
    (prisoners(conditions=["the road is opened"]), prisoners(), [K.SOFTENED]),
    (
        prisoners(conditions=["the road is opened"]),
        prisoners(conditions=["the opening of the road"]),
        [],
    ),
    (prisoners(), prisoners(by=["Lakeland"]), [K.HOLDER_CHANGED]),
    (monitors(), monitors(firmness=Firmness.SOFTENING), [K.SOFTENED]),
    (monitors(firmness=Firmness.QUALIFIED), monitors(), [K.HARDENED]),
    (monitors(), monitors(certainty=Certainty.HEDGED), [K.SOFTENED]),
    (
        monitors("The Kor Front demands foreign monitors.", kind=RedLineKind.DEMAND),
        monitors("The Kor Front demands foreign monitors.", kind=RedLineKind.PRECONDITION),
        [K.HARDENED],
    ),
    (monitors(), monitors("The Kor Front refuses to accept foreign monitors."), []),
    (
        make.step("Talks resume in Lund.", when="20 May", on=date(2031, 7, 20)),
        make.step("Talks resume in Lund.", when="27 May", on=date(2031, 7, 27)),
        [K.NUMBER_CHANGED],
    ),
    (
        make.step("Talks resume in Lund."),
        make.step("Talks resume in Lund.", certainty=StepCertainty.HEDGED),
        [K.STATUS_MOVED],
    ),
    (
        make.step("Talks resume in Lund."),
        make.step("Talks resume in Lund.", certainty=StepCertainty.ASSERTED),
        [],
    ),
    (make.question("Who would monitor?"), make.question("Who would monitor it?"), []),
]


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS)
def test_movement_of_an_item_between_two_documents(
    old: Any, new: Any, expected: list[ChangeKind]
) -> None:
    """Typed fields, figures, conditions and denials count; other words for the same do not."""
    found = compare(brief(old), later(new))
    assert kinds(found) == expected
    assert len(found.unchanged) == (not expected)


def test_refusal_that_becomes_consent_is_softened() -> None:
    """The same words without the "not"; and the reverse is hardened."""
    yes = monitors("The Kor Front will accept foreign monitors.")
    assert kinds(compare(brief(monitors()), later(yes))) == ["softened"]
    assert kinds(compare(brief(yes), later(monitors()))) == ["hardened"]


def test_refusal_that_becomes_an_offer_is_softened() -> None:
    """Though the one is a red line and the other an offer; the reverse is hardened."""
    refuses = make.red_line("Arvenia will not free prisoners of the war.", held_by="Arvenia")
    offers = make.offer("Arvenia offers to free prisoners of the war.")
    assert kinds(compare(brief(refuses), later(offers))) == ["softened"]
    assert kinds(compare(brief(offers), later(refuses))) == ["hardened"]
    other = make.offer("Lakeland offers to free prisoners of the war.", by=["Lakeland"])
    assert sorted(kinds(compare(brief(refuses), later(other)))) == ["gone", "new"]


def test_change_cites_both_sides() -> None:
    """What each brief says, with the sentences, and what exactly is different."""
    found = compare(brief(prisoners(40, cites=[2])), later(prisoners(60, cites=[3])))
    (change,) = found.changes
    assert change.old is not None
    assert change.new is not None
    assert change.old.citations[0].quote == MANY[1]
    assert change.new.citations[0].quote == f"Later: {MANY[2]}"
    assert (change.details[0].was, change.details[0].now) == ("40", "60")
    assert change.parties == ["Arvenia"]
    assert change.topic == Topic.DETAINEES_HOSTAGES


def test_parties_are_one_under_other_names() -> None:
    """Spellings and scripts of one name are no other holder."""
    old = brief(
        prisoners(by=["Ukraine"]),
        parties=[make.party("Ukraine", aliases=["Kyiv"])],
    )
    new = later(prisoners(by=["Україна"]), parties=[make.party("Україна")])
    assert kinds(compare(old, new)) == []


def test_reworded_answer_to_the_same_document_is_no_change() -> None:
    """The same id and the same sentences: no word in common is needed."""
    old = brief(prisoners(id="O-00000001", cites=[1]))
    words = make.offer(
        "Captives held by Arvenia may go home.",
        id="O-00000001",
        cites=[1, 2],
        topics=[Topic.DETAINEES_HOSTAGES],
    )
    assert kinds(compare(old, brief(words))) == []


def test_number_of_an_item_in_a_list_is_no_id() -> None:
    """Briefs of other systems may call their first offers alike."""
    old = brief(prisoners(id="O1"), make.offer("Arvenia will open the Marn road.", id="O2"))
    new = later(make.offer("Arvenia will open the Marn road.", id="O1"), prisoners(id="O2"))
    assert kinds(compare(old, new)) == []


def test_two_items_of_one_sentence_find_their_own_partner() -> None:
    """Whatever order they come in."""
    refuses = monitors("The Kor Front will not accept monitors from abroad.", cites=[1])
    demands = monitors("The Kor Front will not accept a truce in winter.", cites=[1])
    found = compare(brief(refuses, demands), brief(demands, refuses))
    assert kinds(found) == []
    assert {(same.old, same.new) for same in found.unchanged} == {
        (refuses.id, refuses.id),
        (demands.id, demands.id),
    }


def test_figure_that_one_side_leaves_out_is_no_change() -> None:
    """It says less, not something else."""
    vague = make.offer(
        "Arvenia would free prisoners of the Kor Front.", topics=[Topic.DETAINEES_HOSTAGES]
    )
    assert kinds(compare(brief(prisoners()), later(vague))) == []


def test_unlike_items_are_new_and_gone() -> None:
    """Another subject of the same holder is no movement of the first."""
    found = compare(brief(prisoners()), later(make.offer("Arvenia will open the Marn road.")))
    assert sorted(kinds(found)) == ["gone", "new"]


def test_question_that_an_item_answers() -> None:
    """Only an item that says what was asked; otherwise the question is merely gone."""
    asked = make.question("Who would keep the Marn road open after a release?")
    answer = make.offer("The police would keep the Marn road open after the release.")
    found = compare(brief(asked), later(answer))
    assert kinds(found) == ["question_answered", "new"]
    other = make.offer("The police would guard the bridge.")
    assert sorted(kinds(compare(brief(asked), later(other)))) == ["gone", "new"]


def test_question_of_consent_is_answered_by_an_answer_alone() -> None:
    """That the plan is still on the table does not settle whether it will be accepted."""
    asked = make.question(
        "Will the Kor Front accept the truce of 30 days?",
        parties=["Kor Front"],
        reason=QuestionReason.AWAITING_RESPONSE,
    )
    plan = make.offer("Arvenia proposes a truce of 30 days.")
    more = make.offer("Arvenia proposes a second truce of 30 days.")
    yes = make.offer(
        "Arvenia proposes a truce of 30 days.",
        responses=[make.response("Kor Front", Response.ACCEPTS)],
    )
    assert "question_answered" not in kinds(compare(brief(asked, plan), later(plan, more)))
    assert "question_answered" in kinds(compare(brief(asked, plan), later(yes)))


def test_question_that_comes_up_is_opened() -> None:
    """It is no new item like another."""
    assert kinds(compare(brief(), later(make.question()))) == ["question_opened"]


def test_answer_that_was_awaited_is_a_step_done() -> None:
    """Yes or no: the party has answered."""
    step = make.step("The Kor Front is to answer the truce plan.", parties=["Kor Front"])
    no = make.offer(
        "The Kor Front rejected the truce plan of Arvenia.",
        status=OfferStatus.REJECTED,
        responses=[make.response("Kor Front", Response.REJECTS)],
    )
    assert sorted(kinds(compare(brief(step), later(no)))) == ["new", "step_done"]


def test_answer_that_another_was_to_carry_is_a_step_done() -> None:
    """Who travels with an answer is not who gives it."""
    step = make.step("The bishop travels with the answer of the Kor Front.", parties=["Diocese"])
    yes = make.offer(
        "The Kor Front accepted the truce; the bishop carried its answer.",
        responses=[make.response("Kor Front", Response.ACCEPTS)],
    )
    parties = [make.party("Kor Front"), make.party("Diocese"), make.party("Arvenia")]
    old = brief(step).model_copy(update={"parties": parties})
    assert sorted(kinds(compare(old, later(yes)))) == ["new", "step_done"]


def test_question_about_a_party_is_answered_by_an_item_of_it() -> None:
    """Under whatever topic; an item of another party under another topic does not answer it."""
    asked = make.question(
        "Will Norland bring a second draft?", parties=["Norland"], topics=[Topic.PROCESS]
    )
    says = "A second draft for the bridge was accepted."
    answer = make.offer(says, by=["Norland"], topics=[Topic.GOVERNANCE])
    assert kinds(compare(brief(asked), later(answer))) == ["question_answered", "new"]
    other = make.offer(says, by=["Lakeland"], topics=[Topic.GOVERNANCE])
    assert sorted(kinds(compare(brief(asked), later(other)))) == ["gone", "new"]


def test_item_that_tells_of_the_day_of_a_step_says_that_it_was_taken() -> None:
    """If a party to it is involved; else its day has merely passed."""
    step = make.step(
        "The ministers meet.", parties=["Arvenia"], when="27 May", on=date(2031, 5, 27)
    )
    plan = "A plan was accepted after a meeting on 27 May."
    assert "step_done" in kinds(compare(brief(step), later(make.offer(plan))))
    other = compare(brief(step), later(make.offer(plan, by=["Lakeland"])))
    assert "step_overdue" in kinds(other)


def test_answer_in_the_statement_of_an_offer_is_no_reversal() -> None:
    """ "Tabled" and "rejected" are told by the status; the giver did not harden."""
    plan = make.offer("Norland has presented a plan for the bridge.", by=["Norland"])
    no = make.offer(
        "Arvenia rejected the plan of Norland for the bridge.",
        by=["Norland"],
        status=OfferStatus.REJECTED,
        responses=[make.response("Arvenia", Response.REJECTS)],
    )
    assert kinds(compare(brief(plan), later(no))) == ["status_moved"]


def test_two_questions_with_one_word_in_common_are_two() -> None:
    """A single subject is too little to tell that they ask the same."""
    one, other = make.question("Will they accept the truce?"), make.question("Who pays the truce?")
    assert sorted(kinds(compare(brief(one), later(other)))) == ["gone", "question_opened"]


def test_step_that_was_taken_is_done() -> None:
    """An agreed, signed or enacted offer says so."""
    step = make.step("The sides sign the Lund protocol on prisoners.", on=date(2031, 5, 20))
    signed = make.offer(
        "The sides signed the Lund protocol on prisoners.", status=OfferStatus.SIGNED
    )
    assert kinds(compare(brief(step), later(signed))) == ["step_done", "new"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2031, 5, 20), "step_overdue"),
        (date(2031, 5, 2), "gone"),
        (date(2031, 7, 2), "gone"),
        (None, "gone"),
    ],
)
def test_step_is_overdue_when_its_day_has_passed_in_between(
    day: date | None, expected: str
) -> None:
    """Not when it was past before, nor when it is still to come."""
    step = make.step("Talks resume in Lund.", on=day)
    assert kinds(compare(brief(step), later())) == [expected]
    if expected == "step_overdue":
        assert kinds(compare(brief(step), later(step))) == ["step_overdue"]


def test_new_brief_of_an_earlier_day_is_noted() -> None:
    """The sides may have been given the wrong way round."""
    assert compare(later(), brief()).notes == [
        "the new brief is of 2031-05-12, before the old one of 2031-06-10"
    ]


def test_brief_in_another_language_is_noted() -> None:
    """Words are compared in English: what is paired by them alone is missed."""
    other = later(prisoners()).model_copy(update={"language": "fr"})
    assert any("fr" in note for note in compare(brief(prisoners()), other).notes)


def test_sets_of_briefs_are_merged_first() -> None:
    """What the old side says in two documents is one item, and so unchanged."""
    again = brief(prisoners(), text=[f"Again: {line}" for line in MANY])
    assert kinds(compare([brief(prisoners()), again], [later(prisoners())])) == []
    with pytest.raises(ValueError, match="no brief"):
        compare([], later())


SUBJECTS = ["free {n} prisoners", "open the Marn road", "pull back {n} guns", "sign the protocol"]
_item = st.builds(
    lambda subject, number, holder, no, status, firm, cite, section: (
        make.offer(
            f"{holder} will {'not ' if no else ''}{subject.format(n=number)}.",
            by=[holder],
            status=status,
            cites=[cite],
        )
        if section == 0
        else make.red_line(
            f"{holder} will not {subject.format(n=number)}.",
            held_by=holder,
            firmness=firm,
            cites=[cite],
        )
        if section == 1
        else make.question(f"Who would {subject.format(n=number)}?", cites=[cite])
        if section == 2
        else make.step(f"{holder} to {subject.format(n=number)}.", parties=[holder], cites=[cite])
    ),
    st.sampled_from(SUBJECTS),
    st.integers(2, 60),
    st.sampled_from(["Arvenia", "Kor Front"]),
    st.booleans(),
    st.sampled_from(list(OfferStatus)),
    st.sampled_from(list(Firmness)),
    st.integers(1, 8),
    st.integers(0, 3),
)
_items = st.lists(_item, max_size=7, unique_by=lambda item: item.id)


@given(_items)
@settings(deadline=None, max_examples=60)
def test_brief_compared_with_itself_shows_nothing(items: list[Any]) -> None:
    """And every item is told to be unchanged."""
    made = brief(*items)
    found = compare(made, made)
    assert found.changes == []
    assert len(found.unchanged) == len(items)


@given(_items, _items)
@settings(deadline=None, max_examples=80)
def test_comparison_the_other_way_round_is_the_mirror_image(old: list[Any], new: list[Any]) -> None:
    """The same pairs; what is new is gone, what hardened softened; steps have no day here."""
    there, back = (
        compare(brief(*old), later(*new)),
        compare(later(*new), brief(*old)),
    )
    assert {(s.old, s.new) for s in there.unchanged} == {(s.new, s.old) for s in back.unchanged}
    mirrored = {(_id(c.new), _id(c.old), str(c.kind)) for c in back.changes}
    for change in there.changes:
        old_id, new_id = _id(change.old), _id(change.new)
        if change.kind in {K.QUESTION_ANSWERED, K.STEP_DONE}:
            new_id = None  # the other way round the question or step is opened or new by itself
        kinds = {str(kind) for kind in MIRRORED[change.kind]}
        assert any(
            one == old_id and kind in kinds and (other == new_id or old_id is None)
            if new_id is None
            else kind in kinds and other == new_id and (one == old_id or old_id is None)
            for one, other, kind in mirrored
        ), (change, mirrored)


def _id(told: Any) -> str | None:
    return told.id if told else None


@given(_items, _items, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_order_of_items_makes_no_difference(old: list[Any], new: list[Any], random: Any) -> None:
    """Neither to what changed nor to how it is listed."""
    shuffled = [*new]
    random.shuffle(shuffled)
    first, second = compare(brief(*old), later(*new)), compare(brief(*old), later(*shuffled))
    assert first.changes == second.changes
    assert {(s.old, s.new) for s in first.unchanged} == {(s.old, s.new) for s in second.unchanged}


@given(_items, _items)
@settings(deadline=None, max_examples=40)
def test_every_item_is_accounted_for(old: list[Any], new: list[Any]) -> None:
    """Each is in a change or unchanged; none vanishes."""
    found = compare(brief(*old), later(*new))
    told_old = {c.old.id for c in found.changes if c.old} | {s.old for s in found.unchanged}
    told_new = {c.new.id for c in found.changes if c.new} | {s.new for s in found.unchanged}
    assert told_old == {item.id for item in old}
    assert told_new == {item.id for item in new}
