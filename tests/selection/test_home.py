"""Which state's government is meant by "the government"."""

from __future__ import annotations

from dataclasses import replace

from summarizer.documents import from_text
from summarizer.selection.reading import Reading, unsettled
from summarizer.vocabulary import PartyKind

MEDIATED = (
    "President Otu of Burundi met the rebels. Norway sent word. Norwegian mediators and Norwegian "
    "diplomats asked Norway for more time, and Norway gave it. The government of Burundi agreed. "
    "The government will answer on Monday."
)
UNNAMED = (
    "The government has offered the herders a truce. The herders' council asked the government for "
    "seed. Swedish monks carried the letters. The government will answer on Monday."
)


def _read(text: str) -> Reading:
    return unsettled(replace(from_text(text), language="en"))


def test_government_is_not_the_mediators_when_the_mediator_is_named_most() -> None:
    """A state whose people mediate has no government in the talks."""
    reading = _read(MEDIATED)
    assert reading.actors.home == "Burundi"
    assert [m.party for m in reading.actors.mentions[len(reading.lines)]] == ["Burundi"]


def test_government_is_nobody_named_when_none_fits() -> None:
    """Better "Government" than a state that only carries letters."""
    reading = _read(UNNAMED)
    assert reading.actors.home is None
    assert reading.actors.found["Government"].kind == PartyKind.STATE
    assert [m.party for m in reading.actors.mentions[1]] == ["Government"]


def test_rebels_are_a_party_when_no_group_is_named() -> None:
    """Rebels without a name act all the same."""
    reading = _read("The rebels refused. France asked the rebels to wait. The rebels said no.")
    assert reading.actors.found["Rebels"].kind == PartyKind.ARMED_GROUP
