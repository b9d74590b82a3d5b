"""Names are found as documents write them, and not in words that only begin alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.names import folded, mentions, names_it, surname_forms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russia refused.", "Russia"),
        ("RUSSIA REFUSED.", "Russia"),
        ("on Russia's side, Russia’s own", "Russia"),
        ("Russian and Malian envoys", "Russia"),
        ("Russian and Malian envoys", "Mali"),
        ("Iranian negotiators", "Iran"),
        ("an Iraqi plan", "Iraq"),
        ("Pakistani generals", "Pakistan"),
        ("Chadians and Cubans", "Chad"),
        ("French troops", "France"),
        ("Turkish drones", "Turkey"),
        ("Afghan women", "Afghanistan"),
        ("Serbs and Serbian police", "Serbia"),
        ("Lebanese army", "Lebanon"),
        ("Congolese troops", "Congo"),
        ("a Houthi official", "Houthis"),
        ("Kurdish forces", "Kurds"),
        ("the U.S. said", "US"),
        ("the US said", "U.S."),
        ("a U.S.-led plan", "US"),
        ("the Taliban's man", "the Taliban"),
        ("negociadores rusos", "Rusia"),
        ("colombianos e iraníes", "Irán"),
        ("colombianos e iraníes", "Colombia"),
        ("l'Ukraine et l’Iran", "Ukraine"),
        ("l'Ukraine et l’Iran", "Iran"),
        ("un plan d'Israël", "Israël"),
        ("les Ukrainiens", "Ukraine"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Zelenskyy’s plan", "Zelenskyy"),
        ("Sana’a agreed", "Sanaa"),
        ("российские войска", "Россия"),
        ("в России", "Россия"),
        ("слова Путина", "Путин"),
        ("из Соединенных Штатов", "Соединенные Штаты"),
        ("Українська делегація", "Україна"),
        ("والإيراني", "إيران"),
        ("الوفد القطري", "قطر"),
        ("中国表示拒绝", "中国"),
        ("북한은 거부했다", "북한"),
        ("fighters of the AFC/M23", "AFC/M23"),
        ("the E3 asked", "E3"),
    ],
)
def test_name_when_it_is_there(text: str, name: str) -> None:
    """A name, its adjective, its case endings and its elisions are found."""
    assert mentions(text, [name])
    assert mentions(text, ["Atlantis", name])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He indicated an industrial site.", "India"),
        ("The Congress met.", "Congo"),
        ("Frankly, the franc fell.", "France"),
        ("They greet the green party.", "Greece"),
        ("They told us: it is ours.", "US"),
        ("Quand on sait qui, un jour, au fond", "UN"),
        ("Quand on sait qui, un jour, au fond", "AU"),
        ("Who said that?", "WHO"),
        ("the town of Hama", "Hamas"),
        ("the macro outlook", "Macron"),
        ("по пути к миру", "Путин"),
        ("parity and parish", "Paris"),
        ("The states united.", "United States"),
        ("", "Russia"),
        ("Russia", ""),
        ("Russia", " … "),
    ],
)
def test_name_when_it_is_not_there(text: str, name: str) -> None:
    """Words that begin alike, pronouns that look like acronyms, and empty names are none."""
    assert not mentions(text, [name])


def test_names_it_when_possessive() -> None:
    """The name itself and its possessive count, an adjective does not."""
    assert names_it("Russia's plan", "Russia")
    assert names_it("“Russia”: no", "Russia")
    assert not names_it("a Russian plan", "Russia")
    assert not names_it("a plan", "")


@given(st.text(max_size=40))
def test_folded_when_folded_again(text: str) -> None:
    """Folding what is folded changes nothing but the case of what casefolding expands."""
    once = folded(text)
    assert once == " ".join(once.split())
    assert folded(folded(once)) == folded(once)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "us"),
        ("D’Ivoire", "d'ivoire"),
        ("Zürich", "Zurich"),
        ("“Article 5-like”", "article 5 like"),
        ("Cafe\u0301", "Café"),
        ("п'ять", "п’ять"),
    ],
)
def test_folded_when_written_differently(one: str, other: str) -> None:
    """Case, accents, quotes, dots of acronyms and apostrophes make no difference."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("3.5", "35"), ("end.Russia", "endrussia")])
def test_folded_when_meaning_differs(one: str, other: str) -> None:
    """A decimal point and a full stop without a space part what they stand between."""
    assert folded(one) != folded(other)


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=4))
def test_mentions_when_given_anything(text: str, names: list[str]) -> None:
    """No text and no name breaks the search; a name of letters is found in itself."""
    mentions(text, names)
    surname_forms(text)
    for name in names:
        if name.isalpha() and name.isascii() and name.casefold() not in {"the", "la", "le", "el"}:
            assert mentions(name, [name])


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Volodymyr Zelenskyy", ["Volodymyr Zelenskyy", "Zelenskyy"]),
        ("Putin", ["Putin"]),
        ("Kim Jong Un", ["Kim Jong Un"]),
        ("Mohammed bin", ["Mohammed bin"]),
        ("", [""]),
    ],
)
def test_surname_when_asked_for(name: str, forms: list[str]) -> None:
    """The last part stands for a person, unless it is too short to mean anyone."""
    assert surname_forms(name) == forms
