"""The table of the terminal: within 100 columns, with every denominator."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from summarizer.evaluation.reports.terminal import to_table
from tests.evaluation.reports.runs import HOSTILE, crashed, lake_case, printed, run_of, scored
from tests.evaluation.samples import MUTANTS, sample, without

LONG = "the-case-with-a-name-that-somebody-wrote-while-thinking-of-something-else-entirely-2026"


@pytest.mark.parametrize("width", [100, 160])
def test_table_fits_100_columns_whatever_the_terminal(width: int) -> None:
    """Long names, tags and errors wrap; a wider terminal does not widen the table."""
    case = lake_case(id=LONG, tags=["lang:en", f"genre:{LONG}", "lang:ar"])
    run = run_of(
        scored(case, MUTANTS["holder"](sample())),
        crashed(case, error="العربية 汉字 " * 30, repeat=2),
        label="汉" * 80,
        model=LONG * 2,
        note="long " * 60,
    )
    assert max(cell_len(line.rstrip()) for line in printed(to_table(run), width)) <= 100


def test_table_has_the_whole_panel() -> None:
    """Score, interval, n, ceiling, crashes, sections, rates, effort, slices and worst cases."""
    one, two = lake_case(), lake_case(id="river")
    run = run_of(
        scored(one), scored(two, without(sample(), "offers", 0)), crashed(lake_case(id="sea"))
    )
    text = "\n".join(printed(to_table(run)))
    for wanted in (
        "brief score", "n = 3 articles", "crashes 1 of 3", "ceiling 0.912", "red lines",
        "attribution accuracy", "polarity errors", "unsupported", "supported but unlisted",
        "evidence precision", "evidence recall", "number errors", "duplicates",
        "schema failures", "9,000 in", "$0.0250 (1 of 3 unpriced)", "By language", "English",
        "By genre", "wire brief", "By length", "By subject", "Worst cases", "OutputTruncated",
        "missing, O1 ↔ –",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_worst_cases_are_as_many_as_asked_for() -> None:
    """``worst`` bounds the list, worst first; 0 leaves it out."""
    outcomes = [scored(lake_case(id=f"case-{n}")) for n in range(4)]
    text = "\n".join(printed(to_table(run_of(*outcomes, crashed(lake_case(id="bad"))), worst=2)))
    assert text.index("bad") < text.index("case-0")
    assert "case-1" not in text
    assert "Worst" not in "\n".join(printed(to_table(run_of(*outcomes), worst=0)))


def test_empty_run_is_a_table_with_dashes() -> None:
    """Nothing was scored: said so, without a zero that nobody earned."""
    text = "\n".join(printed(to_table(run_of(ceiling=None))))
    assert "brief score –" in text
    assert "ceiling unknown" in text
    assert "0.000" not in text


def test_hostile_names_are_neither_markup_nor_control_codes() -> None:
    """Brackets stay brackets, and escape sequences are shown."""
    run = run_of(
        crashed(lake_case(), error=f"{HOSTILE} \x1b[31m"), label="[bold]label[/bold]", note=HOSTILE
    )
    text = "\n".join(printed(to_table(run)))
    assert "[bold]label[/bold]" in text
    assert "[red]" in text
    assert not set("\x1b\u202e\u202c") & set(text)
