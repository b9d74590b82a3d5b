"""The proof: the diagonal, paraphrases, damage, and the table that shows them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from summarizer.evaluation.corruptions import CORRUPTIONS, corrupt
from summarizer.evaluation.entries import Leniency, Reference
from summarizer.evaluation.panel import ERRORS
from summarizer.evaluation.paraphrases import Paraphrase, load_paraphrases, paraphrased
from summarizer.evaluation.peers import peer_versions, peers
from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.proof import (
    corruption_row,
    damage_correlation,
    damaged_in_steps,
    our_score,
    paraphrase_result,
    prove,
)
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.scoring import score_brief
from tests.evaluation.samples import PARAPHRASES, dev_case, dev_cases, reference, sample

#: Two examples per case and corruption keep this to seconds.
PER_CASE = 2


@pytest.fixture(scope="module")
def references() -> list[Reference]:
    """The references of all cases of the split ``dev``."""
    return [reference_of(case) for case in dev_cases()]


@pytest.fixture(scope="module")
def rewritten() -> Mapping[str, list[Paraphrase]]:
    """The frozen paraphrases."""
    return load_paraphrases(PARAPHRASES)


def test_every_error_of_the_panel_has_its_corruption() -> None:
    """Fifteen counters, fifteen corruptions."""
    assert set(CORRUPTIONS) == set(ERRORS)
    assert len(ERRORS) == 15


@pytest.mark.parametrize("name", ERRORS)
def test_corruption_moves_its_own_counter_and_no_other(
    name: str, references: list[Reference]
) -> None:
    """The diagonal, on every reference it applies to, of at least three conflicts."""
    row = corruption_row(name, references, per_case=PER_CASE)
    assert row.cases >= 3
    assert row.clean, dict(row.moved)
    assert min(row.drops) > 0


@pytest.mark.parametrize("name", ERRORS)
def test_corruption_moves_its_counter_on_the_sample(name: str) -> None:
    """The same on a reference that is small enough to read."""
    damaged = corrupt(name, reference())
    if damaged is None:
        assert name in {"merge", "split"}  # its two red lines differ, its statements are short
        return
    errors = score_brief(reference(), damaged).panel.errors
    assert {key: hits for key, hits in errors.items() if hits} == {name: 1}


def test_corruption_is_none_when_no_candidate_is_left() -> None:
    """An exhausted corruption says so, and never touches what is optional."""
    assert corrupt("status", reference(), 0) is not None
    assert corrupt("status", reference(), 1) is None
    assert corrupt("status", reference(None, offers_0=Leniency(optional=True))) is None


def test_identity_scores_one_on_every_reference(references: list[Reference]) -> None:
    """Every reference of the project scores 1 against itself, in every section it has."""
    for case in references:
        result = score_brief(case, case.brief)
        assert result.score == 1.0, case.case_id
        assert {s.f for s in result.sections.values()} <= {1.0, None}
        assert not any(result.panel.errors.values())


def test_clean_paraphrase_scores_nearly_one_and_above_every_critical_error(
    rewritten: Mapping[str, list[Paraphrase]],
) -> None:
    """Other words cost at most 0.03, and less than any single critical error."""
    assert len(rewritten) >= 3
    for case_id, paraphrases in rewritten.items():
        case = reference_of(dev_case(case_id))
        brief = paraphrased(case.brief, paraphrases)
        found = paraphrase_result(case, brief, our_score)
        assert found.score >= 0.97, case_id
        assert found.above == found.of >= 4, case_id


def test_score_follows_the_amount_of_damage(references: list[Reference]) -> None:
    """Rank correlation with the number of injected errors: at least 0.90 on every reference."""
    for case in references:
        damaged = damaged_in_steps(case, 15)
        assert len(damaged) >= 6, case.case_id
        found = damage_correlation(case, damaged)
        assert found is not None
        assert found >= 0.90, case.case_id


def test_damage_correlation_uses_the_score_it_is_given() -> None:
    """A score that ignores the brief has no rank correlation with anything."""
    damaged = damaged_in_steps(reference(), 4)
    assert [amount for amount, _ in damaged] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert damage_correlation(reference(), damaged, score=lambda *_: 0.5) is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("swapped", "swapped"),
        ("polarity", "polarity"),
        ("number", "number"),
        ("status", "status"),
        ("condition", "conditions"),
        ("evidence", "evidence.disjoint"),
        ("topic", "topic"),
        ("self_stated", "self_stated"),
    ],
)
def test_corruption_goes_unpunished_when_its_penalty_is_zero(
    name: str, key: str, references: list[Reference]
) -> None:
    """Mutation: without its penalty the corruption is free, so the table is what punishes it."""
    disarmed = {**PENALTIES, key: 0.0}
    row = corruption_row(name, references, penalties=disarmed, per_case=1)
    armed = corruption_row(name, references, per_case=1)
    assert max(row.drops) < 0.001 < min(armed.drops)


def test_table_shows_every_corruption_and_says_what_is_not_installed() -> None:
    """The Markdown has a line per corruption; without peers no column of theirs."""
    case = dev_case("sudan-jeddah-2023")
    table = prove([case], with_peers=False, per_case=1)
    for name in ERRORS:
        assert f"| {name} |" in table
    assert "ROUGE-L" not in table
    assert "| NO |" not in table
    assert "Rank correlation" in table


INSTALLED = [name for name, version in peer_versions().items() if version != "not installed"]


@pytest.mark.parametrize("name", INSTALLED)
def test_peer_scores_identity_one_and_damage_less(name: str) -> None:
    """A peer that is installed gives 1 for the reference itself and less for a damaged one."""
    metric = peers()[name]
    assert metric is not None
    assert metric(sample(), sample()) == pytest.approx(1.0)
    damaged = corrupt("missing", reference())
    assert damaged is not None
    assert metric(sample(), damaged) < 0.99
