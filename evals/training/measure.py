"""Measure sentence selection by cross-validation over documents: scores, ablation, learning curve.

    python evals/training/measure.py                 # folds over documents
    python evals/training/measure.py --by author     # nothing of a hand seen in fitting
    python evals/training/measure.py --curve         # with ever more documents
    python evals/training/measure.py --ablation      # each group of features left out in turn
    python evals/training/measure.py --thresholds    # from where on a line is chosen
    python evals/training/measure.py --folds 3       # fewer folds, in less time

The figures are the project's own scorer's, on briefs of documents that the weights have not seen.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from statistics import fmean
from typing import Any

import numpy as np
from data import Example, cases, examples
from fit import fit, fit_lines
from sklearn.metrics import average_precision_score

from summarizer.brief import PeaceTalksBrief, Provenance
from summarizer.draft import empty_draft
from summarizer.evaluation.panel import Panel
from summarizer.evaluation.references import reference_of
from summarizer.evaluation.results import BriefScore
from summarizer.evaluation.scoring import score_brief
from summarizer.grounding import ground, with_doubts
from summarizer.pipeline import finished
from summarizer.selection import features
from summarizer.selection.choosing import HELD, THRESHOLDS
from summarizer.selection.compose import compose
from summarizer.selection.heads import LABELS, Heads, Judgement
from summarizer.selection.lines import BAGS
from summarizer.selection.selecting import is_about
from summarizer.selection.tuned import Opinion
from summarizer.settings import default_cache_dir

FOLDS = 8
"""Unless ``--folds`` says otherwise."""
KEPT = {
    "small": default_cache_dir() / "tuned-folds.pkl",
    "large": default_cache_dir() / "tuned-folds-large.pkl",
}
"""Written by ``tune.py --folds``, by size of the encoder."""


def judged(heads: Heads, e: Example) -> Judgement:
    """What the weights say, from what is already described."""
    whole = e.parts[0]
    about = heads.subject.chance(whole.described, whole.mean, whole.words)
    chances = heads.lines.chances(e.seen)
    made = Judgement(e.reading, about, chances, e.described, e.vectors, heads)
    return made.heard(unseen("small").get(e.case.id), unseen("large").get(e.case.id))


@cache
def unseen(size: str) -> dict[str, Opinion]:
    """What encoders say that were tuned without the document (``tune.py --folds``), if there."""
    if not KEPT[size].exists():
        print(f"without the {size} encoder: first run tune.py --folds 3", flush=True)
        return {}
    return {case: _opinion(**kept) for case, kept in pickle.loads(KEPT[size].read_bytes()).items()}


def _opinion(*, asked: Any = None, mentions: Any = (), **heads: Any) -> Opinion:
    """What was kept: log-odds by head, which lines were shown (all by default), mentions."""
    shown = np.ones(len(heads["lines"]), dtype=bool) if asked is None else asked
    return Opinion(heads, shown, mentions)


def brief_of(made: Judgement, thresholds=THRESHOLDS) -> PeaceTalksBrief:
    """The finished brief."""
    composed = compose(made, thresholds)
    draft = composed.draft
    if not is_about(made):
        draft = empty_draft().model_copy(update={"about_peace_talks": False, "not_about": "other"})
    provenance = Provenance(
        model="none", endpoint="embedded", strategy="fast", prompt_version="", tool_version="",
        created=datetime.now(UTC),
    )  # fmt: skip
    grounded = ground(draft, made.reading.document, provenance)
    return finished(with_doubts(grounded, composed.to_confirm))


def folds(examples: Sequence[Example], by: str, count: int = FOLDS) -> list[list[int]]:
    """Documents of each fold, those of one conflict together; or those of one hand."""
    if by == "author":
        authors = sorted({e.case.author for e in examples})
        return [[i for i, e in enumerate(examples) if e.case.author == a] for a in authors]
    told: dict[str, list[int]] = {}
    for i, e in enumerate(examples):
        told.setdefault(event(e), []).append(i)
    order = sorted(told)
    random.Random(0).shuffle(order)
    return [[i for name in order[fold::count] for i in told[name]] for fold in range(count)]


def event(e: Example) -> str:
    """What a document tells of, as far as its tags say: several hands may tell of one conflict."""
    found = [tag for tag in e.case.tags if tag.startswith("conflict:")]
    vague = not found or found[0].split(":")[1] in {"none", "invented"}
    return e.case.id if vague else found[0]


def out_of_fold(
    examples: Sequence[Example], by: str = "document", count: int = FOLDS
) -> list[Judgement]:
    """A judgement of every document by weights that have not seen it."""
    found: dict[int, Judgement] = {}
    for held in folds(examples, by, count):
        heads = fit([e for i, e in enumerate(examples) if i not in held])
        found |= {i: judged(heads, examples[i]) for i in held}
    return [found[i] for i in range(len(examples))]


def scores(examples, judgements, thresholds=THRESHOLDS) -> list[BriefScore]:
    """The score of every document."""
    return [
        score_brief(reference_of(e.case), brief_of(j, thresholds))
        for e, j in zip(examples, judgements, strict=True)
    ]


def _of(score: BriefScore, section: str) -> float | None:
    return score.sections[section].f if section in score.sections else None


def show(name: str, examples: Sequence[Example], found: Sequence[BriefScore]) -> None:
    """A line: mean, sections, panel."""
    own = [s for e, s in zip(examples, found, strict=True) if e.about]
    negative = [s for e, s in zip(examples, found, strict=True) if not e.about]
    sections = {
        key: fmean(
            [s.sections[key].f for s in own if key in s.sections and s.sections[key].f is not None]
        )
        for key in ("parties", "offers", "red_lines", "open_questions", "next_steps")
    }
    panel = Panel.total(s.panel for s in own)
    rates = " ".join(
        f"{key} {getattr(panel, key).hits:.0f}/{getattr(panel, key).of:.0f}"
        for key in ("attribution", "polarity", "unsupported", "spurious", "duplicate")
    )
    shown = " ".join(f"{key} {value:.3f}" for key, value in sections.items())
    right = sum(s.score == 1 for s in negative)
    print(f"{name}: {fmean([s.score or 0 for s in own]):.3f} ({len(own)} documents; negatives "
          f"{right}/{len(negative)}) | {shown} | {rates}", flush=True)  # fmt: skip


def holders(
    examples: Sequence[Example], briefs: Sequence[PeaceTalksBrief], found: Sequence[BriefScore]
) -> None:
    """How many holders of aligned offers and red lines are right, unmarked and marked."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for e, brief, score in zip(examples, briefs, found, strict=True):
        wrong = {
            (line.section, line.prediction)
            for line in score.ledger
            if line.kind == "field" and line.field in {"by", "held_by", "by and to"}
        }
        for pair in score.pairs if e.about else ():
            if pair.section in HELD:
                item = getattr(brief, pair.section)[pair.prediction]
                right[item.holder_to_confirm].append((pair.section, pair.prediction) not in wrong)
    plain, marked = right[False], right[True]
    share = len(marked) / max(1, len(plain) + len(marked))
    rates = f"unmarked {sum(plain)}/{len(plain)}, marked {sum(marked)}/{len(marked)}"
    print(f"  holders right: {rates}; marked {share:.0%} of all")


def slices(examples, found) -> None:
    """Means by language, by genre and by hand."""
    for kind, key in (
        ("language", lambda e: e.case.language), ("genre", lambda e: e.reading.genre.value),
        ("author", lambda e: e.case.author),
    ):  # fmt: skip
        for value in sorted({key(e) for e in examples}):
            own = [
                s.score or 0
                for e, s in zip(examples, found, strict=True)
                if e.about and key(e) == value
            ]
            if own:
                print(f"  {kind} {value}: {fmean(own):.3f} ({len(own)})")


def precision(name: str, examples: Sequence[Example], count: int, share: float = 1.0) -> None:
    """Average precision of each section's lines, by weights that have not seen the document."""
    found: dict[int, np.ndarray] = {}
    used = []
    for held in folds(examples, "document", count):
        others = [i for i in range(len(examples)) if i not in held]
        random.Random(1).shuffle(others)
        few = [examples[i] for i in others[: max(4, round(share * len(others)))]]
        used.append(len(few))
        lines = fit_lines(few)
        found |= {i: lines.chances(examples[i].seen) for i in held}
    labels = np.vstack([e.labels for e in examples])
    chances = np.vstack([found[i] for i in range(len(examples))])
    each = [average_precision_score(labels[:, k], chances[:, k]) for k in range(4)]
    weighed = np.dot(each, [0.35, 0.30, 0.15, 0.08]) / 0.88
    shown = " ".join(f"{label} {value:.3f}" for label, value in zip(LABELS, each, strict=False))
    print(f"{name} ({fmean(used):.0f} documents): {weighed:.3f} | {shown}", flush=True)


def curve(examples: Sequence[Example], count: int) -> None:
    """Held-out documents by weights fitted on an eighth, a quarter, half, … of the others."""
    own = [e for e in examples if e.about]
    for share in (0.125, 0.25, 0.5, 0.75, 1.0):
        precision(f"fitted on {share:.0%}", own, count, share)


def ablation(examples: Sequence[Example], count: int) -> None:
    """Each group of what is seen of a line left out in turn, and some alone."""
    own = [e for e in examples if e.about]
    precision("all", own, count)
    for part in ("vectors", "words", "verbs"):
        precision(f"no {part}", [without(e, part) for e in own], count)
    precision("no words and verbs", [without(without(e, "words"), "verbs") for e in own], count)
    groups = [name.split(":")[0] for name in features.names()]
    for group in dict.fromkeys(groups):
        kept = np.array([float(other != group) for other in groups], dtype=np.float32)
        precision(f"no {group}", [without(e, "described", kept) for e in own], count)
    lexicon = np.array([float(g in {"cue", "pair"}) for g in groups], dtype=np.float32)
    bare = [without(without(without(e, "vectors"), "words"), "verbs") for e in own]
    precision("cue lexicon alone", [without(e, "described", lexicon) for e in bare], count)
    precision("numbers alone", bare, count)


def without(e: Example, part: str, kept: np.ndarray | float = 0.0) -> Example:
    """An example of whose lines a part is not seen, or only the columns kept."""
    whole = getattr(e.seen, part)
    less = [[] for _ in whole] if part in BAGS else whole * kept
    return replace(e, seen=replace(e.seen, **{part: less}))


def thresholds(examples: Sequence[Example], count: int) -> None:
    """Section by section the threshold of the best section score."""
    made = out_of_fold(examples, count=count)
    for section in ("offers", "red_lines", "open_questions", "next_steps"):
        for least in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
            found = scores(examples, made, {**THRESHOLDS, section: least})
            own = [score for s in found if (score := _of(s, section)) is not None]
            print(f"{section} {least}: {fmean(own):.3f}", flush=True)


def options() -> argparse.Namespace:
    """What is to be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--by", choices=["document", "author"], default="document")
    parser.add_argument("--folds", type=int, default=FOLDS)
    for name in JOBS:
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args()


JOBS: dict[str, Callable[[Sequence[Example], int], None]] = {
    "curve": curve, "ablation": ablation, "thresholds": thresholds,
}  # fmt: skip


if __name__ == "__main__":
    asked = options()
    read = examples(cases())
    for name in JOBS:
        if getattr(asked, name):
            JOBS[name](read, asked.folds)
    if any(getattr(asked, name) for name in JOBS):
        sys.exit()
    made = out_of_fold(read, asked.by, asked.folds)
    measured = scores(read, made)
    show(f"cross-validated by {asked.by}", read, measured)
    holders(read, [brief_of(m) for m in made], measured)
    slices(read, measured)
