"""summarizer.headline: the bottom line of several documents states nothing that is in dispute."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.brief import Contradiction, Side
from summarizer.headline import Contested, bottom_line
from summarizer.vocabulary import ContradictionKind, SupportStatus, Topic
from tests.factories import make_brief, offer, partial, statement

TEXT = "Ardania would free 40. The road stays shut. Talks go on in Lund. Ardania would free 25."
SAYS = ("Ardania offers to free 40 prisoners.", "Ardania offers to free 25 prisoners.")


def brief(*lines: Any) -> Any:
    """One document with these lines, and the two offers that contradict each other."""
    offers = [
        offer(SAYS[0], cites=[1], id="o-1"),
        offer(SAYS[1], cites=[4], id="o-2", support=partial("25")),
    ]
    return make_brief(TEXT, bottom_line=list(lines), offers=offers)


def contested(language: str = "en") -> Contested:
    """40 in one account, 25 in another."""
    made = brief()
    found = Contradiction(
        kind=ContradictionKind.NUMBER,
        holders=["Ardania"],
        topic=Topic.DETAINEES_HOSTAGES,
        sides=[
            Side(says=item.statement, items=[item.id], documents=["d1"], citations=item.citations)
            for item in made.offers
        ],
        rule="a rule",
    )
    return Contested.of(found, {item.id: item for item in made.items()}, language)


@pytest.mark.parametrize(
    "line",
    [
        statement("The prisoners come home.", cites=[1]),
        statement("Ardania is to free 25 prisoners of the Front.", cites=[2]),
        statement("Ardania offers to free prisoners.", cites=[3]),
    ],
    ids=["rests on its sentence", "has its figure", "says it in words"],
)
def test_line_of_one_side_gives_way_to_all_sides(line: Any) -> None:
    """Whatever it cites: a headline repeats what stands elsewhere."""
    (told,) = bottom_line([brief(line)], [], [contested()])
    assert told.statement == f"Accounts differ: {SAYS[0]} / {SAYS[1]}"
    assert [c.sentence for c in told.citations] == [1, 4]
    assert told.support.status == SupportStatus.PARTIAL
    assert told.support.missing == ["25"]


@pytest.mark.parametrize(
    "text", ["The road stays shut.", "25 trucks wait at the border.", "Talks go on in Lund."]
)
def test_line_about_something_else_stands(text: str) -> None:
    """The same figure of another thing is none of the dispute."""
    (told,) = bottom_line([brief(statement(text, cites=[2]))], [], [contested()])
    assert told.statement == text


def test_accounts_stand_once() -> None:
    """Two lines of two sides are one line of both."""
    lines = [statement(SAYS[0], cites=[1]), statement(SAYS[1], cites=[4])]
    assert len(bottom_line([brief(*lines)], [], [contested()])) == 1


def test_accounts_differ_in_the_language_of_the_brief() -> None:
    """The words around the accounts are ours."""
    (told,) = bottom_line([brief(statement(SAYS[0], cites=[1]))], [], [contested("fr")])
    assert told.statement.startswith("Les récits divergent")
