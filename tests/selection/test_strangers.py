"""States that no gazetteer knows, found by where their names stand."""

from __future__ import annotations

from summarizer.selection.strangers import Stranger, strangers


def _found(text: str) -> dict[str, Stranger]:
    return {one.name: one for one in strangers(text)}


def test_name_and_its_inhabitants_are_one_when_of_one_stem() -> None:
    """ "Rumeliyan" and "Rumeliya" are one state, called by the shorter name."""
    found = _found("A Rumeliyan official spoke. In the hall Rumeliya's prime minister waited.")
    assert found["Rumeliya"].forms == ["Rumeliya", "Rumeliyan"]
    assert found["Rumeliya"].count == 2


def test_name_stands_as_a_state_when_it_has_a_king() -> None:
    """A king "of" it says what it is."""
    assert _found("A letter came from King Slimane of Maghdar.")["Maghdar"].owning == 1


def test_name_stands_as_a_state_when_it_has_a_prime_minister() -> None:
    """So does its prime minister, at the beginning of a sentence too."""
    found = _found("Zagora's prime minister answered.")["Zagora"]
    assert (found.owning, found.inside) == (1, 0)


def test_name_stands_for_nobody_when_it_is_a_place() -> None:
    """A town that something happens in is no party."""
    assert not _found("The talks were held in Pelovo. Nobody in Pelovo minded.")["Pelovo"].shown
