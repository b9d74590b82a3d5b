"""Which lines are chosen, by made-up probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.documents import from_text
from summarizer.selection import heads
from summarizer.selection.choosing import HELD, THRESHOLDS, Chosen, chosen_lines, joined
from summarizer.selection.heads import LABELS, Judgement
from summarizer.selection.reading import read

TEXT = "Armenia will free all prisoners within ten days if the truce with Azerbaijan holds."


def _judged(text: str = TEXT, **chances: float) -> Judgement:
    """One line with these probabilities."""
    reading = read(from_text(text))
    row = np.array([[chances.get(label, 0.0) for label in LABELS]], dtype=np.float32)
    empty = np.zeros((1, 1), dtype=np.float32)
    return Judgement(reading, 1.0, row, empty, empty, heads.load())


def _sections(judged: Judgement) -> set[str]:
    return {s for s, least in THRESHOLDS.items() if chosen_lines(judged, s, least)}


ONE_SIDED = "Armenia will free all prisoners within ten days of the truce with Azerbaijan."


@pytest.mark.parametrize(("offers", "red_lines"), [(0.8, 0.4), (0.4, 0.8), (0.99, 0.9)])
def test_line_is_filed_once_when_one_side_is_clearly_likelier(
    offers: float, red_lines: float
) -> None:
    """The likelier of the two: an offer among the red lines is worse than none."""
    likelier = "offers" if offers > red_lines else "red_lines"
    judged = _judged(ONE_SIDED, offers=offers, red_lines=red_lines)
    assert _sections(judged) & set(HELD) == {likelier}


@pytest.mark.parametrize(("offers", "red_lines"), [(0.6, 0.5), (0.5, 0.6), (0.5, 0.5)])
def test_line_is_not_filed_when_neither_side_is_clear(offers: float, red_lines: float) -> None:
    """A toss-up that says one thing alone is neither."""
    judged = _judged(ONE_SIDED, offers=offers, red_lines=red_lines)
    assert not _sections(judged) & set(HELD)


def test_line_is_filed_twice_when_it_says_both_and_both_are_likely() -> None:
    """An offer that depends on something is a limit too."""
    assert _sections(_judged(offers=0.6, red_lines=0.5)) & set(HELD) == set(HELD)
    assert _sections(_judged(offers=0.9, red_lines=0.2)) & set(HELD) == {"offers"}


def test_line_is_filed_as_offer_when_it_gives_up_a_demand() -> None:
    """What a toss-up leans to decides it."""
    text = "Armenia dropped its demand for a corridor through Azerbaijan on the first day of talks."
    assert _sections(_judged(text, offers=0.5, red_lines=0.5)) & set(HELD) == {"offers"}


def test_line_is_no_question_when_it_is_rather_a_step() -> None:
    """A likely step that might be a question is a step alone."""
    assert _sections(_judged(open_questions=0.22, next_steps=0.7)) == {"next_steps"}
    assert _sections(_judged(open_questions=0.3, next_steps=0.7)) == {
        "open_questions",
        "next_steps",
    }


@pytest.mark.parametrize("other", ["open_questions", "next_steps"])
def test_line_is_no_offer_when_it_is_rather_a_step_or_a_question(other: str) -> None:
    """Where the other is clearly likelier; an offer that is as likely stays one."""
    assert _sections(_judged(ONE_SIDED, offers=0.5, **{other: 0.7})) == {other}
    assert "offers" in _sections(_judged(ONE_SIDED, offers=0.6, **{other: 0.7}))


def test_nothing_is_chosen_when_nothing_is_likely() -> None:
    """Under every threshold: no item."""
    assert _sections(_judged(offers=0.1, red_lines=0.1, open_questions=0.1)) == set()


def test_questions_of_neighbouring_lines_are_one() -> None:
    """The likelier asks it, both are cited; another paragraph is another question."""
    text = "How is it watched? Nobody says so. It is far away now.\n\nWho will pay for all this?"
    lines = read(from_text(text)).lines
    chosen = [
        Chosen(lines[at], "open_questions", chance, (at + 1,))
        for at, chance in ((0, 0.3), (1, 0.6), (3, 0.4))
    ]
    found = [(one.line.number, one.citations) for one in joined(chosen)]
    assert found == [(2, (2, 1)), (4, (4,))]
