"""People of a document, and whom they speak for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.documents import from_text
from summarizer.selection.people import Person
from summarizer.selection.reading import unsettled


def _people(text: str, language: str = "en") -> dict[str, Person]:
    return unsettled(replace(from_text(text), language=language)).actors.people


def test_person_is_found_when_only_the_recogniser_knows() -> None:
    """No title and no verb of saying is near, but it is a name."""
    people = _people("In the hall Joseph Kony sat among the Ugandan officers.")
    assert people["kony"].name == "Joseph Kony"


@pytest.mark.parametrize(
    ("text", "key", "party"),
    [
        ("Eritrea said its foreign minister, Haile Woldense, had left.", "woldense", "Eritrea"),
        ("The Hamas team, led by Khalil Hayya, arrived.", "hayya", "Hamas"),
        ("Khalil Hayya of Hamas said no.", "hayya", "Hamas"),
        ("Hamas waited. Rebel commander Tesh Morran of late said no to Peru.", "morran", "Hamas"),
    ],
)
def test_party_of_a_person_when_the_construction_tells(text: str, key: str, party: str) -> None:
    """ "Its minister", "led by", "of", and the kind of party that has such a title."""
    person = _people(text)[key]
    assert (person.party or person.guess) == party


def test_president_is_of_a_state_when_no_party_is_named() -> None:
    """A title of state takes the state among those near, not the group."""
    text = "Burundi met the FNL. The FNL spoke, FNL men listened. President Odo Karrel said no."
    assert _people(text)["karrel"].guess == "Burundi"


def test_title_has_no_words_of_the_sentence_when_they_stand_before_it() -> None:
    """Only the title is the title."""
    person = _people("Sudan waited, said the army chief of staff, General Odo Karrel.")["karrel"]
    assert person.title is not None
    assert "said" not in person.title


def test_name_has_no_possessive_when_it_owns_something() -> None:
    """ "President Hadi's" is Hadi."""
    assert _people("President Hadi's men in Yemen waited.")["hadi"].name == "Hadi"


def test_presidents_are_of_two_states_when_both_are_named_without_one() -> None:
    """A state has one president: the one named nearer to it, and the other is of the next."""
    people = _people(
        "The United States and Peru met. President Donald Trump of the United States spoke first. "
        "President Mira Okello told Peruvian reporters that the U.S. had agreed. "
        "The U.S. had offered much, President Okello said."
    )
    assert people["trump"].party == "United States"
    assert people["okello"].guess == "Peru"


@pytest.mark.parametrize(
    "text",
    [
        "Peru waited. The Minister of Lands, Odo Karrel, said no.",
        "Peru waited. In Tarsk Odo Karrel said no, the leader told them at the Grand Hotel.",
        "Peru waited. The chairman said that Odo Karrel of the Portside Gazette was late.",
    ],
)
def test_person_is_nothing_else_when_a_name_stands_where_persons_do(text: str) -> None:
    """What a minister is of, a town and a hotel are no people."""
    assert set(_people(text)) == {"karrel"}


def test_title_is_none_when_only_polite() -> None:
    """ "Mr" tells nothing."""
    assert _people("Peru waited, said Mr Odo Karrel.")["karrel"].title is None


def test_person_known_everywhere_speaks_for_their_state_when_no_title_says_so() -> None:
    """A surname alone is enough, where the state is named."""
    text = "Iran made an offer to Russia. Mr Putin said he would think about Iran's offer."
    reading = unsettled(replace(from_text(text), language="en"))
    assert reading.actors.people["putin"].party == "Russia"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Iran's envoy to France, Ali Kord, said so.", "Iran"),
        ("ECOWAS Secretary-General Abena Otu said so to the United Nations.", "ECOWAS"),
    ],
)
def test_person_does_not_speak_for_where_they_are_sent(text: str, party: str) -> None:
    """A place is no party of theirs; not every secretary-general is the United Nations'."""
    reading = unsettled(replace(from_text(text), language="en"))
    assert [person.party for person in reading.actors.people.values()] == [party]
