"""The matrix of positions: what stands where, and what silence is."""

from __future__ import annotations

from summarizer.positioning import Positions, positions
from summarizer.vocabulary import OfferKind, PartyRole, RedLineKind, Response, Topic
from tests import factories as make


def matrix() -> Positions:
    """Two primary parties, a mediator, a host without any position."""
    return positions(
        make.make_brief(
            parties=[
                make.party("Norland", roles=[PartyRole.MEDIATOR]),
                make.party("Seat", roles=[PartyRole.HOST]),
                make.party("Arvenia"),
                make.party("Kor Front"),
            ],
            offers=[
                make.offer(
                    "Norland proposes a truce.",
                    by=["Norland"],
                    kind=OfferKind.PROPOSAL,
                    topics=[Topic.CEASEFIRE, Topic.PROCESS],
                    responses=[make.response("Arvenia", Response.REJECTS, cites=[2])],
                )
            ],
            red_lines=[
                make.red_line(
                    "No monitors.",
                    topics=[Topic.MONITORING_VERIFICATION],
                    speaker="Jan Verk",
                    speaks_for="Arvenia",
                ),
                make.red_line(
                    "Talks in the valley.",
                    kind=RedLineKind.PRECONDITION,
                    topics=[Topic.PROCESS],
                    support=make.unsupported("no word of it"),
                ),
            ],
        )
    )


def test_rows_are_topics_and_columns_parties() -> None:
    """Primary parties first, then who else holds something; a host without a position is none."""
    made = matrix()
    assert made.parties == ["Arvenia", "Kor Front", "Norland"]
    assert [row.topic for row in made.rows] == [
        Topic.CEASEFIRE,
        Topic.MONITORING_VERIFICATION,
        Topic.PROCESS,
    ]


def test_cell_says_what_is_offered_refused_and_answered() -> None:
    """With the item behind it, and who tells it."""
    cells = {(row.topic, cell.party): cell for row in matrix().rows for cell in row.cells}
    (proposed,) = cells[Topic.CEASEFIRE, "Norland"].positions
    (answered,) = cells[Topic.CEASEFIRE, "Arvenia"].positions
    assert (proposed.stance, answered.stance) == ("proposes", "rejects")
    assert answered.item == proposed.item
    assert answered.citations != proposed.citations
    (refused,) = cells[Topic.MONITORING_VERIFICATION, "Kor Front"].positions
    assert (refused.stance, refused.second_hand, refused.supported) == ("refuses", True, True)
    (required,) = cells[Topic.PROCESS, "Kor Front"].positions
    assert (required.stance, required.supported) == ("requires first", False)


def test_silence_is_a_cell_without_any_word() -> None:
    """An item that touches on a topic is no silence on it: the cell says where it stands."""
    cells = {(row.topic, cell.party): cell for row in matrix().rows for cell in row.cells}
    assert cells[Topic.CEASEFIRE, "Kor Front"].is_silent
    assert cells[Topic.PROCESS, "Norland"].see == [Topic.CEASEFIRE]
    assert not cells[Topic.PROCESS, "Norland"].is_silent


def test_brief_without_positions_has_no_rows() -> None:
    """Its primary parties are there all the same."""
    made = positions(make.make_brief(parties=[make.party("Arvenia")]))
    assert (made.parties, made.rows) == (["Arvenia"], [])
