"""summarizer.meaning: the same said in two languages is close; without the encoder nothing is."""

from __future__ import annotations

import pytest

from summarizer import meaning
from summarizer.meaning import closeness, is_available, learn

ENGLISH = "Palmar will not release the captain of the Garza."
SPANISH = "Palmar no liberará al capitán del Garza."
OTHER = "El Gobierno propone una tregua de diez días en la costa."


def test_same_in_two_languages_is_closer_than_two_things_in_one() -> None:
    """By far."""
    assert closeness(ENGLISH, SPANISH) > 0.9
    assert closeness(OTHER, SPANISH) < 0.5
    assert closeness(SPANISH, SPANISH) == 1.0


def test_closeness_does_not_depend_on_what_is_encoded_with_it() -> None:
    """Neither on the order nor on the company."""
    alone = closeness(ENGLISH, SPANISH)
    meaning._known.clear()
    learn([OTHER, SPANISH, ENGLISH, "Short.", OTHER * 10])
    assert closeness(SPANISH, ENGLISH) == alone


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known is forgotten before there is too much of it."""
    monkeypatch.setattr(meaning, "REMEMBERED", 3)
    closeness(ENGLISH, SPANISH)
    closeness(OTHER, SPANISH)
    closeness(ENGLISH, "Nobody came.")
    assert len(meaning._known) <= 3


@pytest.mark.usefixtures("without_encoder")
def test_nothing_is_close_without_the_encoder() -> None:
    """Callers go by words then."""
    assert not is_available()
    assert closeness(SPANISH, SPANISH) == 0.0
