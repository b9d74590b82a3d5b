"""Which item is which in two briefs: names, ids, and what keeps items apart."""

from __future__ import annotations

import pytest

from summarizer.pairing import paired
from summarizer.partynames import unified
from tests import factories as make


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Serrano Front", "Frente Serrano", True),
        ("Movement for the Highlands", "Movimiento de los Highlands", True),
        ("Serrano Front", "Serrano Movement", False),
        ("Kor Front", "Frente Serrano", False),
    ],
)
def test_names_of_movements_are_one_in_any_language(one: str, other: str, same: bool) -> None:
    """Whatever order the language puts the words in; other words stay apart."""
    first, second = unified([[make.party(one)], [make.party(other)]])
    assert (first[one] == second[other]) is same


def test_each_item_has_one_partner_the_best() -> None:
    """What is left over is new or gone."""
    close = make.offer("Arvenia will open the Marn road in May.")
    far = make.offer("Arvenia will open the Marn road and the Soren road.")
    old = make.make_brief("Old text.", offers=[make.offer("Arvenia will open the Marn road.")])
    found = paired(old, make.make_brief("New text.", offers=[far, close]))
    assert [(one.item.id, other.item.id) for one, other in found.pairs] == [
        (old.offers[0].id, close.id)
    ]
    assert [face.item.id for face in found.come] == [far.id]


def test_place_that_only_one_names_keeps_items_apart() -> None:
    """The Marn road is not the Soren road, however alike the sentences are."""
    old = make.make_brief("Old text.", offers=[make.offer("Arvenia will open the road to Marn.")])
    new = make.make_brief("New text.", offers=[make.offer("Arvenia will open the road to Soren.")])
    assert paired(old, new).pairs == []
