"""Each penalty of the table matters, and the order of severity is the one that was meant."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.scoring import score_brief
from summarizer.vocabulary import OfferStatus, Topic
from tests.evaluation.samples import MUTANTS, cite, edit, points, reference, sample


def test_mutants_cover_the_table_when_a_penalty_is_added() -> None:
    """No penalty is in the table without an error that shows it."""
    assert set(MUTANTS) == set(PENALTIES)


@pytest.mark.parametrize("key", PENALTIES)
def test_score_drops_when_the_error_of_a_penalty_is_made(key: str) -> None:
    """Every penalty costs something, as much as its share of the item says."""
    result = score_brief(reference(), MUTANTS[key](sample()))
    assert result.score is not None
    assert result.score < 1
    assert len(result.ledger) == 1
    assert 0 < result.ledger[0].penalty <= PENALTIES[key] + 1e-12


@pytest.mark.parametrize("key", PENALTIES)
def test_error_goes_unpunished_when_its_penalty_is_zero(key: str) -> None:
    """Without its penalty the error costs nothing: nothing else punishes it in its place."""
    disarmed = {**PENALTIES, key: 0.0}
    assert score_brief(reference(), MUTANTS[key](sample()), penalties=disarmed).score == 1.0


def test_severity_is_ordered_when_one_item_has_one_error() -> None:
    """polarity ≥ holder ≥ number ≈ status > condition > evidence > topic > wording."""
    offer = sample().offers[0]
    statement = offer.statement
    errors: dict[str, dict[str, Any]] = {
        "polarity": {"statement": statement.replace("would free", "would not free")},
        "holder": {"by": ["Switzerland"]},
        "number": {"statement": statement.replace("1,200", "200")},
        "status": {"status": OfferStatus.AGREED},
        "condition": {"conditions": []},
        "evidence": {"citations": cite(7)},
        "topic": {"topics": [Topic.HUMANITARIAN]},
        "wording": {
            "statement": "If Ostmark's guns leave the river, Lakeland will let 1,200 captives go "
            "in 30 days."
        },
    }
    lost = {name: 1 - points(edit(sample(), "offers", 0, **e)) for name, e in errors.items()}
    assert lost["polarity"] >= lost["holder"] >= lost["number"]
    assert lost["number"] == pytest.approx(lost["status"])
    assert lost["status"] > lost["condition"] > lost["evidence"] > lost["topic"] > lost["wording"]
    assert lost["wording"] == 0
