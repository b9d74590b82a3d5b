"""Sets of parties: the least wrong one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.selection.several import least_wrong, makers

CHANCES = st.dictionaries(st.sampled_from("ABCDEF"), st.floats(0.01, 0.99), min_size=1)


def test_nobody_is_named_when_nobody_is_likely() -> None:
    """A set may be empty: an offer to nobody in particular."""
    assert least_wrong({"Egypt": 0.1, "Israel": 0.2}) == []


def test_all_likely_parties_are_named_when_each_is_likely() -> None:
    """The likeliest comes first, the unlikely one is left out."""
    assert least_wrong({"Egypt": 0.8, "Israel": 0.9, "Qatar": 0.1}) == ["Israel", "Egypt"]


def test_one_party_is_named_when_one_makes_the_offer() -> None:
    """Two that are near each other are not both named where the line speaks of one."""
    near = {"Egypt": 0.45, "Israel": 0.44}
    assert makers(near, 0.05) == ["Egypt"]
    assert makers(near, 0.9) == ["Egypt", "Israel"]


@given(CHANCES, st.floats(0, 1))
def test_an_offer_has_a_maker_whatever_the_chances(
    chances: dict[str, float], several: float
) -> None:
    """Never nobody, never one who is no candidate."""
    found = makers(chances, several)
    assert found
    assert set(found) <= set(chances)
