"""Tune the upper layers of an encoder, and write what is fitted to it beside the selection.

    python evals/training/tune.py                            # the small one, on all documents
    python evals/training/tune.py --encoder base             # the large one
    python evals/training/tune.py --encoder base --held 150  # measured on conflicts left out
    python evals/training/tune.py --folds 3                  # opinions on unseen, for measure.py
    python evals/training/tune.py --encoder base --write X.pt --rank 128   # of an earlier run

English documents about peace talks. Needs PyTorch (dependency group ``tune``) and the encoder's
weights (``summarizer models pull``). A round over 16,000 lines takes eight minutes of one core with
the small encoder, over 12,000 some forty of two with the large one. The layers below the tuned ones
do not change: their states are kept. After every round the whole state is saved (``--out``).
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import Example, cases, examples
from heldout import opinions, report, said
from measure import KEPT, event, out_of_fold, unseen
from net import BATCH, Below, Net, batches, loss
from rows import FIELDS, Choice, Row, rows
from safetensors.torch import load_file
from torch import Tensor, nn

from summarizer import weights
from summarizer.encoder import NAMES
from summarizer.selection.architectures import architecture
from summarizer.selection.heads import UNLIKELY
from summarizer.selection.tuned import FITTED, LANGUAGE
from summarizer.settings import default_cache_dir

HEAD_RATE = 1e-3
CHANCES = default_cache_dir() / "chances.pkl"
"""The largest chance of every line by weights that have not seen its document, by document."""
FOLDER = Path(__file__).parents[2] / "summarizer" / "selection"


@dataclass(frozen=True)
class Plan:
    """How an encoder is tuned."""

    size: str
    low: int
    """The first layer that is tuned, of how many."""
    layers: int
    rate: float
    choice: Choice
    rank: int = 64
    """Of the differences as stored: of the small one all of them rank lines 0.005 better."""
    epochs: int = 3


PLANS = {
    "small": Plan("small", 3, 6, 2e-4, Choice()),
    "base": Plan("large", 9, 12, 1e-4, Choice(least=UNLIKELY, rare=0.1)),
}
"""Rates by one fold: of the small one four rounds at half the rate gave the same."""


def fit(stored: Mapping[str, Tensor], below: Below, plan: Plan, chosen: Sequence[int],
        held: Sequence[int], out: Path) -> Net:  # fmt: skip
    """The layers tuned on some rows, measured after every round on those held out."""
    torch.manual_seed(0)
    random.seed(0)
    net = Net(stored, plan.low, plan.layers)
    heads = [*net.heads.parameters(), *net.mentions.parameters()]
    options = torch.optim.AdamW(
        [{"params": net.layers.parameters(), "lr": plan.rate}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = plan.epochs * len(batches(below.rows, chosen, BATCH))
    pace = torch.optim.lr_scheduler.LambdaLR(
        options, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0.001, 1 - step / steps)
    )
    for epoch in range(plan.epochs):
        net.train()
        seen = []
        for batch in batches(below.rows, chosen, BATCH):
            cost = loss(net, below, batch)
            options.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(net.layers.parameters(), 1.0)
            options.step()
            pace.step()
            seen.append(cost.item())
        print(f"round {epoch + 1}: loss {np.mean(seen):.4f}", flush=True)
        torch.save(net.state_dict(), out)
        if held:
            report(below, held, said(net.eval(), below, held))
    return net.eval()


def write(state: Mapping[str, Tensor], stored: Mapping[str, Tensor], plan: Plan) -> None:
    """The differences at low rank and the heads of a net's state, as half-precision numbers."""
    parts: dict[str, Any] = {}
    for layer in range(plan.low, plan.layers):
        for name, theirs in architecture(stored).matrices.items():
            before = stored[f"encoder.layer.{layer}.{theirs}.weight"]
            change = state[f"layers.{layer - plan.low}.{name}"] - before
            up, size, down = torch.linalg.svd(change, full_matrices=False)
            root = size[: plan.rank].sqrt()
            parts[f"layers.{layer}.{name}.up"] = up[:, : plan.rank] * root
            parts[f"layers.{layer}.{name}.down"] = root[:, None] * down[: plan.rank]
    heads = {name: f"heads.{name}" for name in ("lines", *FIELDS)} | {"mentions": "mentions"}
    for name, own in heads.items():
        parts[f"heads.{name}.weights"] = state[f"{own}.weight"]
        parts[f"heads.{name}.bias"] = state[f"{own}.bias"]
    target = FOLDER / FITTED[plan.size].file
    np.savez_compressed(
        target, **{name: part.numpy().astype(np.float16) for name, part in parts.items()}
    )
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def chances(read: Sequence[Example]) -> dict[str, np.ndarray]:
    """The largest chance of every line, made once: takes as long as ``measure.py``."""
    if not CHANCES.exists():
        made = out_of_fold(read)
        own = {e.case.id: m.chances.max(axis=1) for e, m in zip(read, made, strict=True)}
        CHANCES.write_bytes(pickle.dumps(own))
    found: dict[str, np.ndarray] = pickle.loads(CHANCES.read_bytes())
    return found


def fold(e: Example, count: int) -> int:
    """The fold of a document's conflict, by its name: it stays when others are added."""
    return int(hashlib.sha256(event(e).encode()).hexdigest(), 16) % count


def left_out(read: Sequence[Example], count: int) -> frozenset[str]:
    """Documents of whole conflicts, those first that the small encoder has not seen either."""
    told: dict[str, list[str]] = {}
    for e in read:
        told.setdefault(event(e), []).append(e.case.id)
    known = unseen("small")
    order = sorted(
        told,
        key=lambda name: (
            -np.mean([case in known for case in told[name]]),
            hashlib.sha256(name.encode()).hexdigest(),
        ),
    )
    found: list[str] = []
    for name in order:
        if len(found) < count:
            found += told[name]
    return frozenset(found)


@dataclass(frozen=True)
class Tuner:
    """An encoder's own weights, the documents, and what was asked for."""

    stored: Mapping[str, Tensor]
    plan: Plan
    read: Sequence[Example]
    out: Path

    def below(self, held: frozenset[str]) -> tuple[Below, list[int], list[int]]:
        """The rows, and which of them are fitted on and which are held out."""
        known = chances(self.read) if self.plan.choice.rare else {}
        found: list[Row] = []
        for e in self.read:
            own, unfit = known.get(e.case.id), e.case.id in held
            window = FITTED[self.plan.size].window
            found += rows(e, window, self.plan.choice, own, held=unfit)
        sides: tuple[list[int], list[int]] = ([], [])
        for i, row in enumerate(found):
            sides[row.case in held].append(i)
        print(f"{len(self.read)} documents, {len(found)} lines, {len(sides[1])} held", flush=True)
        return Below(self.stored, self.plan.low, found), *sides

    def once(self, held: frozenset[str]) -> Net:
        """Tuned on all documents but those held out."""
        below, own, others = self.below(held)
        return fit(self.stored, below, self.plan, own, others, self.out)

    def by_fold(self, count: int) -> None:
        """Opinions on every document by a net that has seen nothing of its conflict."""
        found: dict[str, Any] = {}
        counts = {e.case.id: len(e.reading.lines) for e in self.read}
        for number in range(count):
            held = frozenset(e.case.id for e in self.read if fold(e, count) == number)
            below, own, others = self.below(held)
            net = fit(self.stored, below, self.plan, own, others, self.out)
            found |= opinions(below, said(net, below, others), counts)
            KEPT[self.plan.size].write_bytes(pickle.dumps(found))
            print(f"fold {number + 1} of {count}: {KEPT[self.plan.size]}", flush=True)


def run(asked: argparse.Namespace) -> None:
    """Do what the options ask for."""
    plan = PLANS[asked.encoder]
    plan = replace(plan, rank=asked.rank or plan.rank)
    file = weights.path(NAMES[plan.size], default_cache_dir() / "models")
    if file is None:
        raise SystemExit(f"needs weights: summarizer models pull {NAMES[plan.size]}")
    stored = load_file(file)
    if asked.write:
        write(torch.load(asked.write, weights_only=True), stored, plan)
        return
    chosen = [case for case in cases() if case.about_peace_talks and case.language == LANGUAGE]
    tuner = Tuner(stored, plan, examples(chosen[: asked.limit]), asked.out)
    if asked.folds:
        tuner.by_fold(asked.folds)
    elif asked.held:
        tuner.once(left_out(tuner.read, asked.held))
    else:
        write(tuner.once(frozenset()).state_dict(), stored, plan)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", choices=PLANS, default="small")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument(
        "--held", type=int, default=0, help="documents held out; nothing is written"
    )
    parser.add_argument("--rank", type=int, default=0)
    parser.add_argument("--write", type=Path, help="only write what an earlier run has saved")
    parser.add_argument("--out", type=Path, default=default_cache_dir() / "tuned.pt")
    parser.add_argument("--limit", type=int, default=None, help="so many documents, to try it out")
    run(parser.parse_args())
