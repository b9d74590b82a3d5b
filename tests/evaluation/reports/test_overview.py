"""What all reports say of a run: rates with intervals, effort, slices, order."""

from __future__ import annotations

import pytest

from summarizer.evaluation.panel import RATES
from summarizer.evaluation.reports.overview import (
    DETAIL,
    HEADLINE,
    between,
    cases_line,
    cost,
    effort,
    facts,
    measures,
    sliced,
    worst_first,
)
from summarizer.evaluation.statistics import Interval
from tests.evaluation.reports.runs import crashed, lake_case, run_of, scored
from tests.evaluation.samples import MUTANTS, sample, without


def test_every_rate_of_the_panel_is_reported_once() -> None:
    """No counter of the scorer is without a place in the reports."""
    assert sorted(key for key, _, _ in (*HEADLINE, *DETAIL)) == sorted(RATES)


def test_rate_without_events_says_what_it_cannot_exclude() -> None:
    """Zero of N is "at most 3/N", never a bare zero; of nothing it is a dash."""
    case = lake_case()
    by_name = {one.name: one for one in measures(run_of(scored(case)))}
    assert by_name["polarity errors"].between.startswith("at most")
    assert by_name["attribution accuracy"].share == "100.0 %"
    empty = measures(run_of())[0]
    assert (empty.share, empty.between) == ("–", "–")


def test_worst_case_comes_first_and_the_unscored_last() -> None:
    """A crash is at the top; a case with nothing to score is not the worst."""
    case = lake_case()
    good, bad = scored(case), scored(case, without(sample(), "offers", 0), repeat=2)
    nothing = good.model_copy(
        update={"score": good.score.model_copy(update={"score": None}), "repeat": 4}
    )
    ordered = worst_first(run_of(nothing, good, bad, crashed(case, repeat=3)))
    assert [outcome.repeat for outcome in ordered] == [3, 2, 1, 4]


@pytest.mark.parametrize(
    ("costs", "shown"),
    [
        (["0.5", "$0.25"], "$0.7500"),
        (["0.5", "unpriced"], "$0.5000 (1 of 2 unpriced)"),
        (["unpriced", "NaN"], "unpriced"),
        ([], "unpriced"),
    ],
)
def test_cost_adds_up_and_says_what_is_unpriced(costs: list[str], shown: str) -> None:
    """A sum that leaves outputs out says how many."""
    case = lake_case()
    assert cost([scored(case, cost=price) for price in costs]) == shown


def test_effort_has_crashes_with_their_denominator() -> None:
    """A crash without its denominator says nothing."""
    case = lake_case()
    known = dict(effort(run_of(scored(case, schema_failures=2), crashed(case, repeat=2))))
    assert known["crashes"] == "1 of 2 outputs, each a zero"
    assert known["schema failures"] == "2 entries in 1 of 2"
    assert known["tokens"] == "6,000 in, 1,000 out"


def test_slices_have_readable_names_and_count_articles() -> None:
    """Languages by name, genres without hyphens, repeats of an article counted once."""
    case = lake_case(tags=["lang:ar", "genre:un-briefing"])
    run = run_of(scored(case), scored(case, repeat=2))
    ((language, interval),) = sliced(run, "lang")
    assert (language, interval.n) == ("Arabic", 1)
    assert sliced(run, "genre")[0][0] == "UN briefing"


def test_facts_name_what_a_figure_depends_on() -> None:
    """Model, prompt, scorer, similarity and cases are all there; empty ones are left out."""
    known = dict(facts(run_of(scored(lake_case()), params={"temperature": "0"}, seed=7)))
    assert known["prompt"] == "3f9a1c20"
    assert "chrF" in known["scorer"]
    assert (known["seed"], known["temperature"]) == ("7", "0")
    assert "note" not in known


def test_cases_line_names_splits_repeats_and_what_was_not_scored() -> None:
    """Which cases a mean is over is part of the figure."""
    case = lake_case()
    one, two = scored(case), scored(case, repeat=2)
    assert cases_line(run_of(one, two)) == "1 of split dev, 2 repeats"
    nothing = one.model_copy(update={"score": one.score.model_copy(update={"score": None})})
    assert cases_line(run_of(nothing)) == "1 of split dev, 1 with nothing to score"
    assert cases_line(run_of()) == "none"


def test_interval_of_one_article_is_too_small_to_say() -> None:
    """One article has no interval, and none is made up."""
    assert between(Interval(mean=0.5, low=None, high=None, n=1, method="none")) == "n too small"
    assert between(Interval(mean=0.5, low=0.4, high=0.6, n=9, method="t")) == "0.40 to 0.60"
    assert between(None) == "–"


def test_measures_show_what_a_mutant_moves() -> None:
    """A wrong holder is in attribution accuracy and in its own rate."""
    run = run_of(scored(lake_case(), MUTANTS["holder"](sample())))
    headline = {one.name: one for one in measures(run)}
    detail = {one.name: one for one in measures(run, DETAIL)}
    assert (
        headline["attribution accuracy"].rate.hits == headline["attribution accuracy"].rate.of - 1
    )
    assert detail["wrong holder"].rate.hits == 1
