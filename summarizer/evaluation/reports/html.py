"""A run as one HTML page that needs nothing else: no script, no request, no font (pure).

Everything from documents, models and case files goes through jinja2's autoescape and through
``clean``. The content security policy allows the page's own style sheet, by hash, and nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from summarizer.evaluation.cases import Case
from summarizer.evaluation.entries import SECTIONS
from summarizer.evaluation.reports import explanations, overview
from summarizer.evaluation.reports.casepage import CasePage, case_page
from summarizer.evaluation.reports.places import TITLES
from summarizer.evaluation.runs import Run
from summarizer.evaluation.scoring import SECTION_WEIGHTS
from summarizer.evaluation.statistics import Interval
from summarizer.rendering.escaping import clean


def to_html(run: Run, cases: Sequence[Case]) -> str:
    """The report: overview first, then every outcome, worst first.

    An outcome whose case is not among ``cases`` is shown without document and reference.
    """
    by_id = {case.id: case for case in cases}
    pages = [
        case_page(number, outcome, by_id.get(outcome.case_id))
        for number, outcome in enumerate(overview.worst_first(run), 1)
    ]
    style = _packaged("report.css")
    return (
        _environment()
        .from_string(_packaged("report.html.j2"))
        .render(
            run=run,
            label=clean(run.label),
            facts=overview.facts(run),
            mean=run.mean(),
            sections=_sections(run),
            headline=overview.measures(run),
            detail=overview.measures(run, overview.DETAIL),
            effort=overview.effort(run),
            slices=_slices(run, overview.SLICES),
            more_slices=_slices(run, overview.MORE_SLICES),
            pages=pages,
            costs=_costs(pages),
            style=Markup(style),  # ours, and the same text that the policy has the hash of
            policy=_policy(style),
        )
    )


def _sections(run: Run) -> list[tuple[str, float, float | None, int]]:
    """Title, weight, mean F and number of outcomes of each section."""
    means = run.section_means()
    return [
        (TITLES[section], SECTION_WEIGHTS[section], *means.get(section, (None, 0)))
        for section in SECTIONS
    ]


def _slices(
    run: Run, kinds: Sequence[tuple[str, str]]
) -> list[tuple[str, list[tuple[str, Interval]]]]:
    found = [(name, overview.sliced(run, kind)) for kind, name in kinds]
    return [(name, rows) for name, rows in found if rows]


def _costs(pages: Sequence[CasePage]) -> list[tuple[str, explanations.Group, int, float]]:
    """Word, group, count and mean points lost per outcome of each kind of error, dearest first."""
    totals: dict[tuple[str, explanations.Group], list[float]] = {}
    for page in pages:
        for finding in page.ledger:
            if finding.points > 0:
                totals.setdefault((finding.word, finding.group), []).append(finding.points)
    rows = [(*key, len(points), sum(points) / len(pages)) for key, points in totals.items()]
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _packaged(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "clean": clean,
        "figure": overview.figure,
        "between": overview.between,
        "lost": explanations.lost,
        "fieldname": explanations.field_name,
    }
    return environment
