"""The proof of the scorer as a table: what each corruption costs, and what it moves.

Beside ours: ROUGE-L, ANLS* and stickler on the very same pairs of briefs. ``prove`` gives the
Markdown that goes into ``evals/README.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean, median

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.cases import Case
from summarizer.evaluation.corruptions import CORRUPTIONS
from summarizer.evaluation.damage import Variant, damaged_cases
from summarizer.evaluation.entries import ITEM_SECTIONS, Leniency, Reference
from summarizer.evaluation.panel import ERRORS
from summarizer.evaluation.paraphrases import Paraphrase, paraphrased
from summarizer.evaluation.peers import Metric, peer_versions, peers
from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.references import reference_brief, reference_of
from summarizer.evaluation.scoring import SCORER_VERSION, score_brief
from summarizer.evaluation.similarity import ChrF, Similarity
from summarizer.evaluation.statistics import rank_correlation

#: Errors that a clean paraphrase must score above, each of them alone.
CRITICAL = ("polarity", "swapped", "holder", "number", "status", "self_stated", "condition")
#: How many damaged briefs a corruption is shown on, at most, per case.
PER_CASE = 2
#: Peers take a second or two per pair of briefs: they see the first damaged brief of so many cases.
PEER_CASES = 3


@dataclass
class Row:
    """One corruption over all references it applies to."""

    name: str
    drops: list[float] = field(default_factory=list)
    moved: Counter[str] = field(default_factory=Counter)
    peer_drops: dict[str, list[float]] = field(default_factory=dict)
    cases: int = 0

    @property
    def clean(self) -> bool:
        """Whether it moved its own counter, once per brief, and no other."""
        return set(self.moved) == {self.name} and self.moved[self.name] == len(self.drops)


Scorer = Callable[[Reference, PeaceTalksBrief], float]


def our_score(reference: Reference, brief: PeaceTalksBrief) -> float:
    """The brief score; 0 when there is nothing to score."""
    return score_brief(reference, brief).score or 0.0


def corruption_row(
    name: str,
    references: Sequence[Reference],
    *,
    metrics: Mapping[str, Metric] | None = None,
    similarity: Similarity | None = None,
    penalties: Mapping[str, float] = PENALTIES,
    per_case: int = PER_CASE,
    peer_cases: int = PEER_CASES,
) -> Row:
    """Damage every reference in one way, up to ``per_case`` times each, and score it.

    The peers see the first damaged brief of the first ``peer_cases`` references it applies to.
    """
    row = Row(name, peer_drops={metric: [] for metric in metrics or {}})
    similarity = similarity or ChrF()
    for reference in references:
        damaged = list(islice(CORRUPTIONS[name](reference), per_case))
        row.cases += bool(damaged)
        for brief in damaged:
            score = score_brief(reference, brief, similarity=similarity, penalties=penalties)
            row.drops.append(1 - (score.score or 0.0))
            row.moved.update({key: hits for key, hits in score.panel.errors.items() if hits})
        if damaged and row.cases <= peer_cases:
            for metric, compute in (metrics or {}).items():
                row.peer_drops[metric].append(1 - compute(reference.brief, damaged[0]))
    return row


def damaged_in_steps(reference: Reference, steps: int) -> list[tuple[float, PeaceTalksBrief]]:
    """The reference's brief with 0, 1, … ``steps`` errors in it, each in another item.

    One kind of error after the other; the series ends early when no item is left to damage.
    """
    series: list[tuple[float, PeaceTalksBrief]] = [(0.0, reference.brief)]
    for step in range(steps):
        current = _still_whole(reference, series[-1][1])
        names = (ERRORS[(step + offset) % len(ERRORS)] for offset in range(len(ERRORS)))
        found = (brief for name in names for brief in islice(CORRUPTIONS[name](current), 1))
        brief = next(found, None)
        if brief is None:
            break
        series.append((float(step + 1), brief))
    return series


def _still_whole(reference: Reference, brief: PeaceTalksBrief) -> Reference:
    """The damaged brief with every item that is not as it was marked so as to be left alone."""
    whole = {
        item.id: (item, reference.leniency(section, index))
        for section in ITEM_SECTIONS
        for index, item in enumerate(getattr(reference.brief, section))
    }
    leniencies: dict[tuple[str, int], Leniency] = {}
    for section in ITEM_SECTIONS:
        for index, item in enumerate(getattr(brief, section)):
            was, leniency = whole.get(item.id, (None, Leniency()))
            leniencies[section, index] = leniency if item == was else Leniency(optional=True)
    return Reference(reference.case_id, brief, leniencies)


def damage_correlation(
    reference: Reference,
    damaged: Sequence[tuple[float, PeaceTalksBrief]],
    *,
    score: Scorer = our_score,
) -> float | None:
    """Spearman's correlation of the damage put in with the score lost; 1 is perfect.

    ``damaged``: (amount of damage, brief). None when one of them does not vary.
    """
    lost = [1 - score(reference, brief) for _, brief in damaged]
    return rank_correlation([amount for amount, _ in damaged], lost)


@dataclass(frozen=True)
class ParaphraseResult:
    """How a clean paraphrase fares against every single critical error, in one metric."""

    score: float
    above: int
    """Critical errors that are scored below the paraphrase, as they should."""
    of: int


def paraphrase_result(
    reference: Reference, brief: PeaceTalksBrief, score: Scorer
) -> ParaphraseResult:
    """Score a paraphrase and every critical error (one per kind and case) with a metric."""
    clean = score(reference, brief)
    errors = [
        score(reference, damaged)
        for name in CRITICAL
        for damaged in islice(CORRUPTIONS[name](reference), 1)
    ]
    return ParaphraseResult(clean, sum(one < clean for one in errors), len(errors))


def prove(
    cases: Sequence[Case],
    *,
    paraphrases: Mapping[str, Sequence[Paraphrase]] | None = None,
    damage: Mapping[str, Sequence[Variant]] | None = None,
    similarity: Similarity | None = None,
    with_peers: bool = True,
    per_case: int = PER_CASE,
    peer_cases: int = PEER_CASES,
) -> str:
    """The proof over some cases as Markdown: corruptions, paraphrases, damage."""
    references = [reference_of(case) for case in cases if case.about_peace_talks]
    chosen = similarity or ChrF()
    installed = peers() if with_peers else {}
    metrics = {name: metric for name, metric in installed.items() if metric}
    rows = [
        corruption_row(
            name,
            references,
            metrics=metrics,
            similarity=chosen,
            per_case=per_case,
            peer_cases=peer_cases,
        )
        for name in ERRORS
    ]
    parts = [_heading(references, chosen, installed, peer_cases), _table(rows, installed)]
    if paraphrases:
        parts.append(_paraphrase_table(references, paraphrases, installed, peer_cases))
    parts.append(_damage_line(references))
    if damage and paraphrases:
        quick = {name: metric for name, metric in metrics.items() if name == "ROUGE-L"}
        parts.append(_hand_damage(cases, damage, paraphrases, quick))
    return "\n\n".join(parts) + "\n"


def _heading(
    references: Sequence[Reference],
    similarity: Similarity,
    installed: Mapping[str, object],
    peer_cases: int,
) -> str:
    versions = peer_versions()
    peers_used = ", ".join(f"{name} {versions[name]}" for name in installed) or "none"
    return (
        f"Scorer version {SCORER_VERSION}, similarity {similarity.name}, "
        f"{len(references)} references. Peers: {peers_used}.\n\n"
        "Each row: one kind of error put into a reference, one item at a time. *Drop*: mean loss "
        "of the score, which is 1 for the reference itself. *Moved*: the counters of the panel "
        "that moved; clean means its own, once per brief, and no other. The peers, which are slow, "
        f"see the first such brief of at most {peer_cases} references."
    )


def _table(rows: Sequence[Row], installed: Mapping[str, object]) -> str:
    head = ["corruption", "briefs", "cases", "moved", "clean", "our drop", *installed]
    lines = [head, ["---", "--:", "--:", "---", "---", "--:", *("--:" for _ in installed)]]
    for row in rows:
        moved = ", ".join(f"{name} {hits}" for name, hits in sorted(row.moved.items())) or "–"
        clean = "not applicable" if not row.drops else "yes" if row.clean else "NO"
        theirs = [_drop(row.peer_drops.get(name)) for name in installed]
        counts = [str(len(row.drops)), str(row.cases)]
        lines.append([row.name, *counts, moved, clean, _drop(row.drops), *theirs])
    return _markdown(lines)


def _drop(drops: Sequence[float] | None) -> str:
    if drops is None:
        return "not installed"
    return f"{fmean(drops):.4f}" if drops else "–"


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _paraphrase_table(
    references: Sequence[Reference],
    paraphrases: Mapping[str, Sequence[Paraphrase]],
    installed: Mapping[str, Metric | None],
    peer_cases: int,
) -> str:
    scorers: dict[str, Scorer | None] = {"ours": our_score}
    scorers |= {name: metric and _as_scorer(metric) for name, metric in installed.items()}
    pairs = [
        (reference, paraphrased(reference.brief, paraphrases[reference.case_id]))
        for reference in references
        if reference.case_id in paraphrases
    ]
    lines = [
        ["metric", "briefs", "clean paraphrase (mean, lowest)", "critical errors scored below it"],
        ["---", "--:", "--:", "--:"],
    ]
    for name, score in scorers.items():
        if score is None or not pairs:
            lines.append([name, str(len(pairs)), "not installed" if pairs else "–", "–"])
            continue
        shown_to = pairs if name == "ours" else pairs[:peer_cases]
        results = [paraphrase_result(reference, brief, score) for reference, brief in shown_to]
        scores = [result.score for result in results]
        below = f"{sum(r.above for r in results)} of {sum(r.of for r in results)}"
        shown = f"{fmean(scores):.3f}, {min(scores):.3f}"
        lines.append([name, str(len(results)), shown, below])
    return _markdown(lines)


def _as_scorer(metric: Metric) -> Scorer:
    return lambda reference, brief: metric(reference.brief, brief)


def _damage_line(references: Sequence[Reference], steps: int = 15) -> str:
    found = [
        value
        for reference in references
        if (value := damage_correlation(reference, damaged_in_steps(reference, steps))) is not None
    ]
    if not found:
        return "Rank correlation with injected damage: nothing to damage."
    return (
        f"Rank correlation with the amount of injected damage (0 to {steps} errors in one brief, "
        f"Spearman): median {median(found):.3f}, lowest {min(found):.3f} over {len(found)} cases."
    )


def _hand_damage(
    cases: Sequence[Case],
    damage: Mapping[str, Sequence[Variant]],
    paraphrases: Mapping[str, Sequence[Paraphrase]],
    metrics: Mapping[str, Metric],
) -> str:
    """Rank correlation with damage that another hand wrote and weighed, per case and metric."""
    scorers: dict[str, Scorer] = {"ours": our_score}
    scorers |= {name: _as_scorer(metric) for name, metric in metrics.items()}
    lines = [["case", "variants", *scorers], ["---"] * (2 + len(scorers))]
    for case in cases:
        if case.id in damage:
            made = damaged_cases(case, damage[case.id], paraphrases[case.id])
            briefs = [(amount, reference_brief(damaged)) for amount, damaged in made]
            found = [
                damage_correlation(reference_of(case), briefs, score=s) for s in scorers.values()
            ]
            shown = ["–" if value is None else f"{value:.3f}" for value in found]
            lines.append([case.id, str(len(briefs)), *shown])
    return (
        "Rank correlation (Spearman) with the weight of damage that another hand wrote and "
        "weighed, in paraphrased briefs:\n\n" + _markdown(lines)
    )
