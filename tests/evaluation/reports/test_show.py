"""One case in the terminal: both briefs side by side, with the ledger."""

from __future__ import annotations

from rich.cells import cell_len

from summarizer.evaluation.reports.show import to_side_by_side
from tests.evaluation.reports.runs import HOSTILE, crashed, lake_case, printed, scored
from tests.evaluation.samples import MUTANTS, edit, sample, without


def _shown(*args: object, width: int = 120, **changes: object) -> str:
    case = lake_case()
    return "\n".join(printed(to_side_by_side(case, scored(case, *args, **changes)), width))  # type: ignore[arg-type]


def test_both_sides_and_the_ledger_are_shown() -> None:
    """Statement left and right, the error's word, what was expected, and the points."""
    text = _shown(MUTANTS["status"](sample()))
    assert text.count("Lakeland would free 1,200 prisoners") == 2
    for wanted in ("wrong status", "tabled", "agreed", "Where the points went", "O1 ↔ O1", "−0."):
        assert wanted in text


def test_missing_item_faces_a_dash() -> None:
    """What the output lacks stands alone on the left."""
    text = _shown(without(sample(), "next_steps", 0))
    assert "missing" in text
    assert "N1 ↔ –" in text


def test_perfect_brief_says_that_nothing_is_lost() -> None:
    """No empty ledger."""
    text = _shown()
    assert "Nothing is lost." in text
    assert "Where the points went" not in text


def test_crash_shows_its_reason_and_the_reference() -> None:
    """The reference can be read, and why there is nothing beside it."""
    case = lake_case()
    text = "\n".join(printed(to_side_by_side(case, crashed(case))))
    assert "no brief: OutputTruncated: too long" in text
    assert "not compared" in text


def test_subject_is_told_where_the_two_disagree() -> None:
    """A brief that takes talks for chess says so beside the reference."""
    brief = sample().model_copy(update={"about_peace_talks": False, "not_about": "chess"})
    text = _shown(brief)
    assert "output: not about peace talks: chess" in text
    assert "reference: about peace talks" in text


def test_nothing_is_wider_than_the_terminal() -> None:
    """Long words are cut or wrapped at 100 columns too."""
    brief = edit(sample(), "offers", 0, statement="word" * 80)
    assert max(cell_len(line.rstrip()) for line in _shown(brief, width=100).splitlines()) <= 100


def test_hostile_statement_is_neither_markup_nor_control_code() -> None:
    """What a model wrote is shown, not obeyed."""
    text = _shown(edit(sample(), "offers", 0, statement=f"{HOSTILE}\x1b[2J"))
    assert "[red]" in text
    assert not set("\x1b\u202e") & set(text)
