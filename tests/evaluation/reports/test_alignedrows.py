"""Reference and output side by side: every item once, in the row where it belongs."""

from __future__ import annotations

import pytest

from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.reports.alignedrows import Row, side_by_side
from summarizer.evaluation.reports.places import item_label
from tests import factories as make
from tests.evaluation.reports.runs import crashed, lake_case, scored
from tests.evaluation.samples import MUTANTS, edit, sample, without


def _rows(*args: object, **changes: object) -> list[Row]:
    case = changes.pop("case", None) or lake_case()
    outcome = scored(case, *args, **changes)  # type: ignore[arg-type]
    return [row for view in side_by_side(case, outcome) for row in view.rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("penalty", sorted(PENALTIES))
def test_every_charged_field_is_visible_in_its_row(penalty: str) -> None:
    """Nothing is charged for that the two items, side by side, do not show."""
    rows = _rows(MUTANTS[penalty](sample()))
    charged = [row for row in rows if row.points > 0]
    assert charged
    for row in charged:
        seen = [fault.finding for view in row.differing for fault in view.findings]
        seen += [fault.finding for fault in row.faults("statement")] + row.aside
        assert {id(finding) for finding in row.findings} <= {id(finding) for finding in seen}


def test_points_of_the_rows_are_those_of_the_ledger() -> None:
    """No line is shown in two rows, and none is left out."""
    case = lake_case()
    brief = without(MUTANTS["holder"](MUTANTS["topic"](sample())), "next_steps", 0)
    brief = brief.model_copy(
        update={"offers": [*brief.offers, make.offer("Nobody said it.").model_copy(
            update={"citations": []})]}
    )  # fmt: skip
    outcome = scored(case, brief)
    rows = [row for view in side_by_side(case, outcome) for row in view.rows]
    assert sum(row.points for row in rows) == pytest.approx(1 - (outcome.score.score or 0))


def test_every_item_of_both_briefs_has_one_row() -> None:
    """Missing and spurious ones included."""
    case, brief = lake_case(), without(sample(), "red_lines", 0)
    extra = brief.red_lines[0].model_copy(update={"statement": "Snow must be removed by cats."})
    brief = brief.model_copy(update={"red_lines": [*brief.red_lines, extra]})
    (view,) = [v for v in side_by_side(case, scored(case, brief)) if v.section == "red_lines"]
    wanted = [row.reference.label for row in view.rows if row.reference]
    got = [row.output.label for row in view.rows if row.output]
    assert wanted == [item_label("red_lines", n) for n in range(2)]
    assert sorted(got) == [item_label("red_lines", n) for n in range(2)]


def test_right_pair_is_settled_and_has_nothing_to_show() -> None:
    """A brief like the reference: every row is right, no field differs."""
    rows = _rows()
    assert {row.word for row in rows} == {"right"}
    assert all(row.settled and not row.differing for row in rows)


def test_difference_that_costs_nothing_is_shown_as_let_pass() -> None:
    """An alias more is a difference, but no fault."""
    rows = _rows(edit(sample(), "parties", 0, aliases=["the Lakers", "Lakes"]))
    (view,) = rows[0].differing
    assert (view.name, view.got, list(view.findings)) == ("aliases", "the Lakers, Lakes", [])


def test_exchanged_sides_show_their_points_once() -> None:
    """An error that touches two fields is not shown as if it were charged twice."""
    row = next(row for row in _rows(MUTANTS["swapped"](sample())) if row.word == "sides swapped")
    shown = {view.name: [f.lost for f in view.findings] for view in row.differing}
    assert shown["by"][0].startswith("−")
    assert shown["to"] == [""]


def test_optional_items_are_no_faults() -> None:
    """Left out or wrong, an optional item is told as optional."""
    case = lake_case(optional=[("red_lines", 1)])
    rows = _rows(without(sample(), "red_lines", 1), case=case)
    assert [row.word for row in rows if row.group == "optional"] == ["optional, not listed"]
    wrong = _rows(edit(sample(), "red_lines", 1, held_by="Switzerland"), case=case)
    assert [row.word for row in wrong if row.group == "optional"] == ["optional item"]


def test_items_of_a_crash_are_listed_but_not_compared() -> None:
    """The reference can be read although there is nothing beside it."""
    case = lake_case()
    rows = [row for view in side_by_side(case, crashed(case)) for row in view.rows]
    assert {row.word for row in rows} == {"not compared"}
    assert all(row.output is None for row in rows)


def test_finding_of_the_support_check_is_told() -> None:
    """Unsupported items say so, with what is missing."""
    doubted = make.unsupported("the figure 1,200")
    row = next(
        r for r in _rows(edit(sample(), "offers", 0, support=doubted)) if r.section == "offers"
    )
    assert row.output is not None
    assert row.output.support == "unsupported: the figure 1,200"
    assert row.reference is not None
    assert row.reference.support == ""


def test_other_values_that_the_reference_allows_are_beside_its_own() -> None:
    """``also`` of the case is shown, so that a let-pass difference explains itself."""
    base = lake_case()
    allowed = base.offers[0].model_copy(update={"also": {"status": ["under_negotiation"]}})
    case = base.model_copy(update={"offers": [allowed]})
    rows = _rows(edit(sample(), "offers", 0, status="under_negotiation"), case=case)
    (view,) = next(row for row in rows if row.section == "offers").differing
    assert (view.also, view.got) == ("under negotiation", "under negotiation")
    assert not view.findings


def test_lone_item_says_where_its_counterpart_is() -> None:
    """A duplicate names what it repeats, a missing item that it is not listed."""
    brief = sample()
    again = brief.model_copy(update={"red_lines": [*brief.red_lines, brief.red_lines[0]]})
    (row,) = [row for row in _rows(again) if row.reference is None]
    assert row.absence == ("Told before, for", "R1")
    (lone,) = [row for row in _rows(without(brief, "next_steps", 0)) if row.output is None]
    assert lone.absence == ("Not listed.", None)
