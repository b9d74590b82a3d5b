"""Who is a party, and what part it plays."""

from __future__ import annotations

from dataclasses import replace

from summarizer.documents import from_text
from summarizer.selection import roles, standing
from summarizer.selection.reading import Reading, read, settled, unsettled
from summarizer.selection.rolecues import cued
from summarizer.vocabulary import PartyRole

NEWS = """Ethiopia and Eritrea signed a truce on Sunday after talks mediated by Algeria and Norway.

The Ethiopian government said it would withdraw its troops. Eritrea said it would do the same. \
United Nations observers would monitor the border. Ethiopia and Eritrea had fought for two years.

A brewery owned by a Dutch company stayed open.
"""


def _unsettled(text: str, language: str = "en") -> Reading:
    return unsettled(replace(from_text(text), language=language))


def _shown(text: str, role: PartyRole, how: str) -> set[str]:
    return {cue.party for cue in cued(_unsettled(text)) if cue.role == role and cue.how == how}


def test_cue_is_everybodys_when_names_stand_in_a_list() -> None:
    """ "Mediated by Algeria and Norway" shows the part of both."""
    assert _shown(NEWS, PartyRole.MEDIATOR, "close") == {"Algeria", "Norway"}


def test_cue_is_the_subjects_when_it_is_a_verb() -> None:
    """Who chairs is told by the grammar, not by what stands nearest."""
    text = "Oman, which borders Yemen, chaired the session with the Houthis."
    assert _shown(text, PartyRole.MEDIATOR, "verb") == {"Oman"}


def test_roles_when_a_report_names_them() -> None:
    """The two that fight, those who mediated, the one that watches; not the owner of a brewery."""
    reading = read(replace(from_text(NEWS), language="en"))
    assert set(reading.roles.primary[:2]) == {"Ethiopia", "Eritrea"}
    assert PartyRole.MONITOR in reading.roles.of["United Nations"]
    assert "Netherlands" not in reading.roles.chosen


def test_everyone_chosen_is_shown_when_it_is_listed() -> None:
    """Each party cites a sentence in which it is named."""
    reading = read(replace(from_text(NEWS), language="en"))
    for name in reading.roles.chosen:
        number = reading.roles.shown[name][0]
        assert name in reading.line(number).parties


def test_one_unlikely_is_nobodys_holder_when_settled() -> None:
    """Who is hardly a party is not named in any line."""
    reading = _unsettled(NEWS)
    found = roles.Roles(chance={name: 0.0 for name in reading.actors.found})
    assert not any(line.mentions for line in settled(reading, found).lines)


def test_weights_fit_what_is_described() -> None:
    """The shipped layer has a weight for every number and a row for every answer."""
    layer = roles.load()
    assert layer.weights.shape == (len(roles.OUTPUTS), len(standing.names()))
    described = roles.evidence(_unsettled(NEWS)).described
    assert {len(numbers) for numbers in described.values()} == {len(standing.names())}


def test_nobody_is_a_party_when_nobody_is_named() -> None:
    """A text without names has no parties."""
    assert read(replace(from_text("it rained all day."), language="en")).roles.chosen == []


def test_name_tells_what_it_is_when_it_has_such_a_noun() -> None:
    """An assembly is an organ, a joint commission is joint, an unknown acronym is guessed."""
    text = (
        "Peru met. The National Assembly and the Joint Commission heard the BQP, and the BQP left."
    )
    described = roles.evidence(_unsettled(text)).described
    seen = {who: dict(zip(standing.names(), row, strict=True)) for who, row in described.items()}
    assert seen["National Assembly"]["named:organ"] == seen["Joint Commission"]["named:joint"] == 1
    assert seen["BQP"]["named:acronym"] == seen["BQP"]["guessed"] == 1
    assert not any(seen["Peru"][f"named:{what}"] for what in ("organ", "joint", "acronym"))
