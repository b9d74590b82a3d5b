"""summarizer.partynames: one party and one person under many names, and no two under one."""

from __future__ import annotations

import pytest

from summarizer.brief import Party
from summarizer.partynames import mentioned, same_person, sounds_alike, state, unified
from tests.factories import party


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskyy", "Zelenski"), ("Zelenskyy", "Зеленський"), ("Lavrov", "Лавров"),
        ("Lavrov", "Lawrow"), ("Putin", "Poutine"), ("Netanyahu", "Нетаньяху"),
        ("Hezbollah", "Hizbullah"), ("Houthis", "Huthis"), ("Erdogan", "Erdoğan"),
        ("Khartoum", "Hartum"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    """Transliterations of several schools, and scripts."""
    assert sounds_alike(one, other)
    assert sounds_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eastern Front", "Western Front"), ("North", "South"), ("M23", "M22"), ("Berg", "Borg"),
        ("Iran", "Iraq"), ("Norland", "Nordland"), ("Hamas", "Houthis"), ("Mali", "Malawi"),
    ],
)  # fmt: skip
def test_other_names_do_not(one: str, other: str) -> None:
    """Near misses that would join two parties."""
    assert not sounds_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Zelenskyy", "Зеленський", True),
        ("Volodymyr Zelenskyy", "V. Zelensky", True),
        ("Vladimir Putin", "Владимир Путин", True),
        ("Ada Berg", "Ida Berg", False),
        ("Ada Berg", "Ada Brink", False),
        ("Olena Zelenska", "Volodymyr Zelenskyy", False),
    ],
)
def test_person_is_known_by_surname_and_first_name(one: str, other: str, same: bool) -> None:
    """One surname alone may be anybody's of that name; two first names tell people apart."""
    assert same_person(one, other) is same


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ukraine", "UA"), ("Ucrania", "UA"), ("Україна", "UA"), ("أوكرانيا", "UA"),
        ("the United States", "US"), ("U.S.", "US"), ("Estados Unidos", "US"),
        ("Republic of Sudan", "SD"), ("South Sudan", "SS"), ("Hamas", None), ("", None),
    ],
)  # fmt: skip
def test_state_is_known_in_many_languages(name: str, code: str | None) -> None:
    """By the names of Unicode's CLDR, and well-known short ones."""
    assert state(name) == code


def names(*documents: list[Party]) -> list[dict[str, str]]:
    """What parties are called in all documents together."""
    return unified(documents)


def test_alias_and_acronym_lead_to_the_party() -> None:
    """A name of one document that is an alias in another; a well-known acronym."""
    found = names(
        [party("United Nations"), party("Rapid Support Forces", aliases=["RSF"])],
        [party("UN"), party("RSF")],
    )
    assert found[1] == {"UN": "United Nations", "RSF": "RSF"}
    assert found[0] == {"United Nations": "United Nations", "Rapid Support Forces": "RSF"}


def test_shared_metonym_joins_but_a_common_noun_does_not() -> None:
    """The Kremlin is one house; "the government" is anybody's."""
    (first, second) = names(
        [party("Russia", aliases=["the Kremlin", "Kremlin"])],
        [party("Russian side", aliases=["Kremlin"])],
    )
    assert set(first.values()) == set(second.values())
    (first, second) = names(
        [party("Arvenia", aliases=["the government", "Front"])],
        [party("Norland", aliases=["the government", "Front"])],
    )
    assert set(first.values()) != set(second.values())


def test_what_one_document_keeps_apart_is_never_joined() -> None:
    """Not even by a third document that calls one by the name of the other."""
    found = names(
        [party("Kor Front"), party("Kor Front Council", aliases=["KFC"])],
        [party("Kor Front", aliases=["KFC"])],
    )
    assert found[0]["Kor Front"] != found[0]["Kor Front Council"]
    assert found[1]["Kor Front"] == "Kor Front"


def test_single_document_keeps_its_names() -> None:
    """Nothing to unify."""
    assert names([party("the Republic of Arvenia")]) == [
        {"the Republic of Arvenia": "the Republic of Arvenia"}
    ]


def test_parties_are_found_in_a_statement_by_any_telling_name() -> None:
    """Whole words; not by what could be anybody."""
    find = mentioned({"Kor Front": ["KFC", "the Front"], "Arvenia": ["Arven"]})
    assert find("Arven will talk to the KFC.") == {"Arvenia", "Kor Front"}
    assert find("The army will talk to the Front in Arvenland.") == frozenset()
    assert mentioned({})("Anything.") == frozenset()


def test_statement_can_be_read_without_the_names_of_parties() -> None:
    """Whatever they are called in it, and in the genitive."""
    find = mentioned({"Serrano Front": ["Frente Serrano", "the Front"], "US": ["Washington"]})
    text = "The Frente Serrano’s men told us that Washington and the Front had met the US."
    assert " ".join(find.without(text).split()) == "The men told us that and had met the ."
