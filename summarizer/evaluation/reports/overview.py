"""What every report says of a whole run, as plain values: rates, effort, slices, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from statistics import median

from summarizer.evaluation.panel import Rate
from summarizer.evaluation.runs import Outcome, Run
from summarizer.evaluation.statistics import Interval, rate_interval
from summarizer.rendering.escaping import clean
from summarizer.rendering.labels import counted, language

#: Counter of the panel, its name, and what it counts. The first are the headline of a report.
HEADLINE: tuple[tuple[str, str, str], ...] = (
    ("attribution", "attribution accuracy", "holder right, of offers and red lines"),
    ("polarity", "polarity errors", "turned round, of aligned items with a yes or no"),
    ("unsupported", "unsupported", "not carried by what it cites, of output items"),
    ("unlisted", "supported but unlisted", "a gap in our reference, perhaps"),
    ("evidence_precision", "evidence precision", "right, of the sentences cited"),
    ("evidence_recall", "evidence recall", "cited, of the reference's sentences"),
    ("number", "number errors", "of aligned items with a figure"),
    ("duplicate", "duplicates", "of output items"),
)
DETAIL: tuple[tuple[str, str, str], ...] = (
    ("missing", "missing", "of required reference items"),
    ("spurious", "not in reference", "of output items"),
    ("holder", "wrong holder", "of aligned offers and red lines"),
    ("swapped", "sides swapped", "giver and receiver exchanged, of aligned offers"),
    ("self_stated", "wrong voice", "second-hand as own words or the reverse, of right holders"),
    ("status", "wrong status", "of aligned offers"),
    ("condition", "wrong conditions", "of aligned offers with conditions on either side"),
    ("evidence", "wrong evidence", "no cited sentence in common, of aligned items"),
    ("topic", "wrong topic", "of aligned items"),
    ("merge", "merged", "told only as a part of another, of required reference items"),
    ("split", "split", "one item told as several, of output items"),
    ("wrong_section", "wrong section", "of output items"),
    ("partial", "partly supported", "cited sentences miss a part, of output items"),
    ("negation_unclear", "negation unclear", "for a person to look at, of aligned items"),
    ("evidence_precision_near", "evidence precision ± 1", "a sentence before or after counts"),
    ("evidence_recall_near", "evidence recall ± 1", "a sentence before or after counts"),
)
#: Tag kinds that a run is sliced by, and how a report calls them.
SLICES: tuple[tuple[str, str], ...] = (
    ("lang", "language"), ("genre", "genre"), ("length", "length"), ("subject", "subject"),
)  # fmt: skip
MORE_SLICES: tuple[tuple[str, str], ...] = (("conflict", "conflict"), ("rule", "hard case"))


@dataclass(frozen=True)
class Measure:
    """One rate of the panel with its denominator and interval."""

    name: str
    meaning: str
    rate: Rate
    interval: Interval | None

    @property
    def share(self) -> str:
        """The rate in per cent."""
        return NONE if self.rate.share is None else f"{100 * self.rate.share:.1f} %"

    @property
    def counts(self) -> str:
        """``3 of 120``."""
        return f"{self.rate.hits:g} of {self.rate.of:g}"

    @property
    def between(self) -> str:
        """The interval in per cent; ``at most …`` where nothing occurred."""
        interval = self.interval
        if interval is None or interval.low is None or interval.high is None:
            return NONE
        if interval.method == "rule of three":
            return f"at most {100 * interval.high:.1f} %"
        return f"{100 * interval.low:.0f} to {100 * interval.high:.0f} %"


NONE = "–"


def measures(run: Run, wanted: Sequence[tuple[str, str, str]] = HEADLINE) -> list[Measure]:
    """Rates of the whole run."""
    panel = run.panel
    rates = [(getattr(panel, key), name, meaning) for key, name, meaning in wanted]
    return [Measure(name, meaning, rate, _interval(rate)) for rate, name, meaning in rates]


def _interval(rate: Rate) -> Interval | None:
    return rate_interval(rate.hits, rate.of) if 0 <= rate.hits <= rate.of else None


def between(interval: Interval | None) -> str:
    """Where a mean may lie: ``0.81 to 0.90``, or why that cannot be said."""
    if interval is None:
        return NONE
    if interval.low is None or interval.high is None:
        return "n too small"
    return f"{interval.low:.2f} to {interval.high:.2f}"


def figure(score: float | None) -> str:
    """A score with three decimals; a dash where there is nothing to score."""
    return NONE if score is None else f"{score:.3f}"


def effort(run: Run) -> list[tuple[str, str]]:
    """Crashes, schema failures, tokens, time and cost, each with its denominator."""
    outcomes = run.outcomes
    bad = sum(outcome.schema_failures for outcome in outcomes)
    touched = sum(outcome.schema_failures > 0 for outcome in outcomes)
    read, written = (sum(getattr(o, key) for o in outcomes) for key in ("tokens_in", "tokens_out"))
    n = len(outcomes)
    return [
        ("crashes", f"{len(run.crashes)} of {counted(n, 'output')}, each a zero"),
        ("schema failures", f"{counted(bad, 'entry', 'entries')} in {touched} of {n}"),
        ("tokens", f"{read:,} in, {written:,} out"),
        ("seconds", _seconds([outcome.seconds for outcome in outcomes])),
        ("cost", cost(outcomes)),
    ]


def _seconds(seconds: Sequence[float]) -> str:
    if not seconds:
        return NONE
    return f"{sum(seconds):,.0f}; an output {median(seconds):,.1f} (median)"


def cost(outcomes: Sequence[Outcome]) -> str:
    """The sum of all prices in US dollars, and how many outputs have none."""
    prices = [_dollars(outcome.cost) for outcome in outcomes]
    known = [price for price in prices if price is not None]
    if not known:
        return "unpriced"
    without = len(prices) - len(known)
    return f"${sum(known):.4f}" + (f" ({without} of {len(prices)} unpriced)" if without else "")


def _dollars(text: str) -> Decimal | None:
    try:
        price = Decimal(text.removeprefix("$").strip())
    except InvalidOperation:
        return None
    return price if price.is_finite() else None


def sliced(run: Run, kind: str) -> list[tuple[str, Interval]]:
    """Slices by a kind of tag, those with most articles first; languages by their names."""
    slices = sorted(run.slices(kind).items(), key=lambda one: (-one[1].n, one[0]))
    return [(slice_name(kind, value), interval) for value, interval in slices]


def slice_name(kind: str, value: str) -> str:
    """A tag's value in words."""
    if kind == "lang":
        return clean(language(value))
    words = clean(value).split("-" if kind == "genre" else None)
    return " ".join("UN" if word == "un" else word for word in words)


def worst_first(run: Run) -> list[Outcome]:
    """Every outcome; those with nothing to score come last."""
    return sorted(run.outcomes, key=lambda o: (_rank(o), o.case_id, o.repeat))


def _rank(outcome: Outcome) -> float:
    return 2.0 if outcome.score.score is None else outcome.score.score


def facts(run: Run) -> list[tuple[str, str]]:
    """What the run was: everything that a figure depends on."""
    known = {
        "model": run.model,
        "strategy": run.strategy,
        "prompt": run.prompt_version,
        "scorer": f"version {run.scorer_version}, similarity {run.similarity}",
        "seed": "" if run.seed is None else str(run.seed),
        **run.params,
        "cases": cases_line(run),
        "made": f"{run.created:%d %B %Y, %H:%M} {run.created.tzname() or ''}",
        "note": run.note,
    }
    return [(clean(name), clean(text)) for name, text in known.items() if text.strip()]


def cases_line(run: Run) -> str:
    """``24 of split dev, 3 repeats``: how many cases of which split."""
    by_case = {outcome.case_id: outcome.split for outcome in run.outcomes}
    splits = sorted(set(by_case.values()))
    parts = [f"{list(by_case.values()).count(split)} of split {split}" for split in splits]
    repeats = max((outcome.repeat for outcome in run.outcomes), default=1)
    more = f", {repeats} repeats" if repeats > 1 else ""
    unscored = len(by_case) - len(run.scores)
    nothing = f", {unscored} with nothing to score" if unscored else ""
    return (", ".join(parts) or "none") + more + nothing
