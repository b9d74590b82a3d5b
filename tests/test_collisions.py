"""Collisions and convergence: what each rule finds, and what must not be taken for one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.collisions import RULES, collisions, with_findings
from summarizer.convergence import convergence
from summarizer.vocabulary import (
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyRole,
    RedLineKind,
    Response,
    Topic,
)
from tests import factories as make

ARVENIA, FRONT = "Arvenia", "Kor Front"


def demand(text: str, held_by: str = FRONT, **more: Any) -> Any:
    return make.red_line(text, held_by=held_by, kind=RedLineKind.DEMAND, **more)


def refusal(text: str, held_by: str = ARVENIA, **more: Any) -> Any:
    return make.red_line(text, held_by=held_by, **more)


def offer(text: str, by: str = FRONT, **more: Any) -> Any:
    return make.offer(text, by=[by], **more)


def brief(*items: Any, parties: Any = ()) -> PeaceTalksBrief:
    """A brief of these offers and red lines."""
    offers = [item for item in items if type(item).__name__ == "Offer"]
    lines = [item for item in items if type(item).__name__ == "RedLine"]
    return make.make_brief(offers=offers, red_lines=lines, parties=parties)


NO = Response.REJECTS
COLLISIONS: list[tuple[str, Any, Any]] = [
    (
        "C1",
        offer("The Kor Front offers to bring foreign observers into the valley."),
        refusal("Arvenia will not accept foreign monitors."),
    ),
    (
        "C1",
        demand("The Kor Front demands a vote on independence in the valley."),
        refusal("Arvenia rules out a vote on independence, as a minister put it."),
    ),
    (
        "C1",
        demand("The Kor Front wants an amnesty for all who have signed."),
        refusal("Arvenia will not grant an amnesty, saying that it has no mandate for it."),
    ),
    (
        "C2",
        demand("The Kor Front demands that the army withdraw from the Soren Pass."),
        refusal("Arvenia's army will not leave the Soren Pass."),
    ),
    (
        "C2",
        offer(
            "Norland proposes that troops be pulled out of the valley, with an evacuation in May.",
            by="Norland",
            kind=OfferKind.PROPOSAL,
        ),
        refusal("Arvenia will not withdraw its troops."),
    ),
    (
        "C3",
        demand("The Kor Front demands that the sanctions on the valley be lifted."),
        demand("Arvenia demands that the sanctions on the valley not be lifted.", held_by=ARVENIA),
    ),
    (
        "C4",
        demand("The Kor Front wants prisoners out before the guns go quiet."),
        demand("Arvenia wants the guns quiet before prisoners are released.", held_by=ARVENIA),
    ),
    (
        "C5",
        offer(
            "A force of 28,000 led by the alliance would watch over the plan in the valley.",
            responses=[make.response(ARVENIA, NO)],
        ),
        refusal("Arvenia will have no foreign soldier on its soil."),
    ),
]


@pytest.mark.parametrize(("rule", "item", "line"), COLLISIONS)
def test_collision_is_found_and_names_its_rule(rule: str, item: Any, line: Any) -> None:
    """Once, with both items, whatever order they stand in."""
    found = collisions(brief(item, line))
    assert [one.rule for one in found] == [RULES[rule]]
    assert {found[0].item, found[0].red_line} == {item.id, line.id}
    assert collisions(brief(line, item))[0].rule == RULES[rule]


WANTED = "The Kor Front demands that foreign monitors come into the valley."
REFUSED = "Arvenia will not accept foreign monitors."
NO_COLLISION: list[tuple[str, Any, Any]] = [
    ("another topic", demand(WANTED, topics=[Topic.CEASEFIRE]), refusal(REFUSED)),
    ("the same holder", demand(WANTED, held_by=ARVENIA), refusal(REFUSED)),
    ("other substance", demand("The Kor Front demands foreign aid."), refusal(REFUSED)),
    (
        "an exception",
        demand(WANTED),
        refusal("Arvenia will not accept foreign monitors unless Norland sends them."),
    ),
    ("softening", demand(WANTED), refusal(REFUSED, firmness=Firmness.SOFTENING)),
    (
        "a figure",
        demand("The Kor Front demands 10 foreign monitors."),
        refusal("Arvenia will not accept more than 30 foreign monitors."),
    ),
    (
        "two negations",
        demand(WANTED),
        refusal("Arvenia will not accept a deal without foreign monitors in the valley."),
    ),
    (
        "both against",
        demand("The Kor Front demands that no foreign monitors come."),
        refusal(REFUSED),
    ),
    ("a demand, not a refusal", demand(WANTED), demand(REFUSED.replace("not ", ""), ARVENIA)),
    (
        "not supported",
        demand(WANTED, support=make.unsupported("no word of it")),
        refusal(REFUSED),
    ),
    ("disputed", demand(WANTED, certainty=Certainty.DISPUTED), refusal(REFUSED)),
    (
        "withdrawn",
        offer("The Kor Front offered foreign monitors.", status=OfferStatus.WITHDRAWN),
        refusal(REFUSED),
    ),
    (
        "accepted all the same",
        offer(
            "The Kor Front offers to let foreign monitors in.",
            responses=[make.response(ARVENIA, Response.ACCEPTS)],
        ),
        refusal(REFUSED),
    ),
    (
        "each its own act",
        offer("The Kor Front will withdraw its troops from the valley."),
        refusal("Arvenia will not withdraw its troops."),
    ),
    (
        "another place",
        demand("The Kor Front demands that the army leave the pass at Marn."),
        refusal("Arvenia's army will not leave the pass at Soren."),
    ),
    (
        "rejected, but in another matter",
        offer("The Kor Front offers prisoners.", responses=[make.response(ARVENIA, NO)]),
        refusal("Arvenia will not open its roads."),
    ),
]


@pytest.mark.parametrize(("why", "item", "line"), NO_COLLISION)
def test_what_leaves_room_for_doubt_is_no_collision(why: str, item: Any, line: Any) -> None:
    """Precision before recall."""
    assert collisions(brief(item, line)) == [], why


CONVERGENCE: list[tuple[str, Any, Any]] = [
    (
        "V1",
        refusal("Arvenia will not accept foreign troops in the valley."),
        refusal("The Kor Front rejects foreign soldiers in the valley.", held_by=FRONT),
    ),
    (
        "V2",
        demand("The Kor Front demands an inquiry into the shelling."),
        demand("Arvenia demands an inquiry into the shelling.", held_by=ARVENIA),
    ),
    (
        "V3",
        demand("The Kor Front demands the release of prisoners."),
        offer("Arvenia offers to free 40 prisoners if the road is opened.", by=ARVENIA),
    ),
]


@pytest.mark.parametrize(("rule", "one", "other"), CONVERGENCE)
def test_convergence_is_found_and_names_its_rule(rule: str, one: Any, other: Any) -> None:
    """With an item of each side."""
    (found,) = convergence(brief(one, other))
    assert found.rule == RULES[rule]
    assert set(found.items) == {one.id, other.id}
    assert found.parties == [ARVENIA, FRONT]


NO_CONVERGENCE: list[tuple[str, Any, Any]] = [
    ("figures differ", demand("Free 40 prisoners."), demand("Free 60 prisoners.", ARVENIA)),
    (
        "each wants the other to act",
        demand("The Kor Front demands that Arvenia hand over the bodies."),
        demand("Arvenia demands that the Kor Front hand over the bodies.", ARVENIA),
    ),
    (
        "an order in time",
        demand("Prisoners home before the truce."),
        demand("A truce before prisoners come home.", ARVENIA),
    ),
    (
        "neither will act",
        refusal("Arvenia will not withdraw its guns."),
        refusal("The Kor Front will not withdraw its guns.", held_by=FRONT),
    ),
    (
        "offered, and rejected",
        demand("The Kor Front demands the release of prisoners."),
        offer(
            "Arvenia offers to release prisoners one by one.",
            by=ARVENIA,
            responses=[make.response(FRONT, NO)],
        ),
    ),
]


@pytest.mark.parametrize(("why", "one", "other"), NO_CONVERGENCE)
def test_alike_words_alone_are_no_convergence(why: str, one: Any, other: Any) -> None:
    """It must be one thing that both sides want, or will not have."""
    assert convergence(brief(one, other)) == [], why


def test_mediators_are_no_sides() -> None:
    """That they say alike is their trade."""
    one = refusal("Arvenia will not accept foreign troops in the valley.")
    other = refusal("Norland will not accept foreign troops in the valley.", held_by="Norland")
    parties = [make.party("Norland", roles=[PartyRole.MEDIATOR])]
    assert convergence(brief(one, other, parties=parties)) == []


def test_statements_in_another_language_are_left_alone() -> None:
    """The rules read English."""
    _, item, line = COLLISIONS[0]
    made = brief(item, line)
    assert with_findings(made).collisions
    assert with_findings(made.model_copy(update={"language": "fr"})).collisions == []


ITEMS = [item for _, *pair in COLLISIONS for item in pair]


@given(st.lists(st.integers(0, len(ITEMS) - 1), unique=True))
@settings(deadline=None, max_examples=30)
def test_findings_do_not_depend_on_order(numbers: list[int]) -> None:
    """And none sets an item against one of its own holder."""
    items = [ITEMS[number] for number in numbers]
    found = with_findings(brief(*items))
    other = with_findings(brief(*items[::-1]))
    assert {_pair(one) for one in found.collisions} == {_pair(one) for one in other.collisions}
    by_id = {item.id: item for item in found.items()}
    for one in found.collisions:
        line = by_id[one.red_line]
        assert getattr(line, "held_by", None) not in getattr(by_id[one.item], "by", [])


def _pair(found: Any) -> tuple[str, frozenset[str]]:
    return found.rule, frozenset({found.item, found.red_line})


def test_place_counts_with_or_without_a_capital() -> None:
    """ "the Sarrow Islands" and "the islands", where the Sarrow Assembly is a party."""
    wanted = demand(
        "The Sarrow Assembly demands that independence of the islands be discussed.",
        held_by="Sarrow Assembly",
    )
    line = refusal("Arvenia refuses to discuss the independence of the Sarrow Islands.")
    assert len(collisions(brief(wanted, line))) == 1


def test_party_that_the_red_line_names_must_be_the_one_that_wants_it() -> None:
    """An engineer from Ostrand is refused, not one from a third country."""
    line = refusal("Arvenia will not accept an engineer from Ostrand as the first administrator.")
    wants = "{} wants an engineer of its own as the first administrator."
    parties = [make.party("Ostrand")]
    own = demand(wants.format("Ostrand"), held_by="Ostrand")
    other = demand(wants.format("Norland"), held_by="Norland")
    assert len(collisions(brief(own, line, parties=parties))) == 1
    assert collisions(brief(other, line, parties=parties)) == []


def test_both_refusing_a_common_act_is_convergence() -> None:
    """Neither will move the talks; nothing here is "its" own."""
    one = refusal("Arvenia will not move the conference abroad.")
    other = refusal("The Kor Front refuses to move the conference abroad.", held_by=FRONT)
    assert [found.rule for found in convergence(brief(one, other))] == [RULES["V1"]]
