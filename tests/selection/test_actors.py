"""Who is named in a document, and who is meant by a noun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.documents import from_text
from summarizer.selection import phrases
from summarizer.selection.reading import Reading, unsettled
from summarizer.vocabulary import PartyKind


def _read(text: str, language: str = "en") -> Reading:
    return unsettled(replace(from_text(text), language=language))


def _named(text: str, language: str = "en") -> set[str]:
    return set(_read(text, language).actors.found)


def test_name_is_found_when_its_acronym_spells_it() -> None:
    """French and Spanish names have one capital; the acronym in brackets says where they begin."""
    reading = _read("Le Front populaire pour la paix (FPP) a refusé. Le FPP attend.", "fr")
    assert reading.actors.found["Front populaire pour la paix"].forms["FPP"] == 2


def test_title_is_no_part_of_a_name_when_it_stands_before_it() -> None:
    """The group is the Harbour Party, not its leader or "Her Harbour Party"."""
    text = "The Leader of the Harbour Party spoke. Her Harbour Party would talk, she said."
    assert "Harbour Party" in _named(text)
    assert not {"Leader of the Harbour Party", "Her Harbour Party"} & _named(text)


def test_minister_is_no_group_when_the_title_has_a_noun_of_groups() -> None:
    """ "Defence" is the office here."""
    assert not any("Defence" in name for name in _named("Defence Minister Odo Karrel spoke."))


def test_two_parties_stay_two_when_joined() -> None:
    """ "The United States and the European Union" is no party."""
    named = _named("The United States and the European Union sent envoys.")
    assert {"United States", "European Union"} <= named
    assert not any(" and " in name for name in named)


def test_liberation_army_is_not_the_state_when_it_has_its_name() -> None:
    """The Kosovo Liberation Army is a group; the Sudanese Armed Forces are Sudan."""
    named = _named("The Kosovo Liberation Army waited. The Sudanese Armed Forces moved.")
    assert {"Kosovo Liberation Army", "Sudan"} <= named
    assert "Sudanese Armed Forces" not in named


def test_government_is_the_most_named_state_when_a_capital_hosts_the_talks() -> None:
    """A city that only lends its name to the place has no government in the talks."""
    text = (
        "Talks went on in Mexico City. In Mexico City the government of Guatemala met the rebels. "
        "Guatemala's delegation came late to Mexico City. The government said it would sign."
    )
    reading = _read(text)
    assert reading.actors.home == "Guatemala"
    assert "Guatemala" in [m.party for m in reading.actors.mentions[4]]


def test_government_is_the_state_named_last_when_two_are_at_war() -> None:
    """Of two states named as often, the sentence before says whose government it is."""
    text = (
        "Ethiopia and Eritrea fought on. Eritrea asked Ethiopia for time. "
        "Ethiopia wanted an answer from Eritrea. The government said it had none."
    )
    assert [m.party for m in _read(text).actors.mentions[4]] == ["Eritrea"]


def test_demonym_is_the_largest_state_when_several_share_it() -> None:
    """ "Indian" is of India, not of the British Indian Ocean Territory."""
    assert _named("An Indian diplomat listened.") == {"India"}


def test_article_is_no_part_of_a_name_when_it_has_run_into_it() -> None:
    """ "L'Union africaine" is the African Union."""
    assert _named("L’Union africaine a salué l’accord.", "fr") == {"African Union"}


def test_capital_is_no_place_when_written_small() -> None:
    """In Spanish and French adjectives of states are written small, capitals are not."""
    assert "Bolivia" not in _named("Pagó con un sucre.", "es")


def test_body_without_a_name_is_found_when_it_acts() -> None:
    """ "The donors" can be a party."""
    reading = _read("Ghana met the rebels. The donors promised money for Ghana.")
    assert reading.actors.found["Donors"].kind == PartyKind.BLOC


def test_group_of_one_noun_is_the_longer_name_when_there_is_one() -> None:
    """ "The Movement" is the Upper Valleys Movement."""
    text = "The Upper Valleys Movement came. The Movement would not sign, the Movement said."
    assert _named(text) == {"Upper Valleys Movement"}


def test_dateline_is_no_group_when_written_in_capitals() -> None:
    """The place that a report was sent from is no acronym."""
    assert "OSTHAVN" not in _named("OSTHAVN, Feb 8 (Nordic News) - Norway and Sweden agreed.")


def test_word_is_no_group_when_it_is_also_written_small() -> None:
    """A word in capitals is no acronym."""
    assert "RELATED" not in _named("RELATED to this: Norway spoke on related matters.")


def test_acronym_is_the_name_that_it_is_made_of_when_no_bracket_says_so() -> None:
    """Its letters are the first ones of the words."""
    reading = _read("The Upper Valleys Liberation Front met. The UVLF and the UVLF's men left.")
    assert reading.actors.found["Upper Valleys Liberation Front"].forms["UVLF"] == 2


def test_french_are_france_when_they_act() -> None:
    """The adjective is no mere language."""
    assert "France" in _named("A French official said so.")


def test_unknown_state_is_found_when_taken_for_a_person() -> None:
    """That it has a prime minister counts more than what a recogniser of names says."""
    text = "Zagora's prime minister spoke on Monday. Officials said that Zagora would wait."
    assert "Zagora" in _named(text)


def test_person_is_no_part_of_a_name_when_of_a_body() -> None:
    """ "Bektan of the Upland Council" is one of the Upland Council."""
    named = _named("Bektan of the Upland Council spoke. The Upland Council met.")
    assert "Upland Council" in named
    assert not any("Bektan" in name for name in named)


def test_acronym_is_known_when_written_as_a_word() -> None:
    """British papers write "Nato"."""
    assert "NATO" in _named("Nato sent observers.")


def test_body_is_found_when_its_name_has_several_small_words() -> None:
    """ "six world powers" act as one."""
    assert "Six powers" in _named("Iran met the six world powers. The six powers offered relief.")


def test_noun_is_a_group_when_it_has_a_capital_and_no_longer_name() -> None:
    """ "the Alliance" is called nothing else."""
    assert "Alliance" in _named("He leads the Alliance. Power goes to the Alliance, he said.")


def test_noun_is_the_known_group_when_its_name_has_it() -> None:
    """ "the Front" is the Polisario Front, under its name in the gazetteer."""
    reading = _read("The Polisario Front refused. He leads the Front. Power goes to the Front.")
    assert "Front" not in reading.actors.found
    assert reading.actors.found["Polisario Front"].count == 3


@pytest.mark.parametrize(
    ("text", "name", "junk"),
    [
        ("The Third Meeting of the Joint Commission ended.", "Joint Commission", "Third Meeting"),
        ("Thanking the African Union they left.", "African Union", "Thanking"),
        ("Hauge's Harbour Movement came.", "Harbour Movement", "Hauge"),
        ("The Harbour Movement of Colonel Odo Karrel came.", "Harbour Movement", "Colonel"),
        ("United Nations Mediator Odo Karrel came.", "United Nations", "Mediator"),
    ],
)
def test_name_is_only_who_is_named_when_an_event_or_a_title_is_beside(
    text: str, name: str, junk: str
) -> None:
    """Neither a meeting nor a title is part of a party's name."""
    assert name in _named(text)
    assert not any(junk in other for other in _named(text))


def test_paper_is_no_party_when_it_has_a_noun_of_groups() -> None:
    """Who reports on talks takes no part in them."""
    assert not _named("The Coastal Union News and the Crisis Group of Tarsk wrote it.")
    assert not _named("The Defence Industries System sold it to Tarsk General Trading.")


def test_town_is_no_state_when_it_shares_a_name() -> None:
    """ "Island" is not Iceland, Hamilton not Bermuda."""
    assert not _named("Lee Hamilton went to Tamoro Island.") & {"Iceland", "Bermuda"}


def test_serbs_of_bosnia_are_their_own_when_named() -> None:
    """Bosnian Serbs are neither Bosnia nor Serbia; the French are France."""
    assert _named("The Bosnian Serbs refused. The French waited.") == {"Bosnian Serbs", "France"}


def test_body_is_found_when_an_article_belongs_to_it() -> None:
    """ "the opposition" is a body, "opposition to the plan" is none."""
    assert "Opposition" in _named("Peru met the opposition in Lima.")
    assert "Opposition" not in _named("Peru met with opposition in Lima.")


@pytest.mark.parametrize("name", ["Board of Peace", "Joint Monitoring Committee"])
def test_body_of_the_talks_is_no_armed_group(name: str) -> None:
    """A board or a committee is a body of its own kind."""
    assert phrases.kind_of(name) == PartyKind.OTHER
