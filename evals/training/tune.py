"""Tune the upper layers of the sentence encoder, and write ``summarizer/selection/tuned.npz``.

    python evals/training/tune.py              # on all documents, and write what is shipped
    python evals/training/tune.py --folds 3    # opinions on documents unseen, for measure.py

English documents about peace talks. Needs PyTorch (dependency group ``tune``) and the encoder's
weights (``summarizer models pull all-minilm-l6-v2``); a round over 16,000 lines takes eight
minutes of one core. The layers below the tuned ones do not change: their states are kept.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import Example, cases, examples, main
from measure import KEPT
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from summarizer import weights
from summarizer.selection import questions, status
from summarizer.selection.heads import LABELS
from summarizer.selection.shown import Shown, show
from summarizer.selection.transformer import EPSILON, HEADS, MATRICES
from summarizer.selection.tuned import FILE, LANGUAGE
from summarizer.settings import default_cache_dir
from summarizer.vocabulary import OfferKind

LOW, LAYERS, WIDTH = 3, 6, 384
"""The first layer that is tuned, of how many, and the size of a state."""
EPOCHS, BATCH, RATE, HEAD_RATE = 3, 32, 2e-4, 1e-3
"""By one fold of 176 documents: four rounds at half the rate gave the same."""
DROPPED, FIELDS = 0.1, 0.3
"""Share of states dropped in fitting, and the weight of the fields beside the lines."""
RANK = 64
"""Of the differences as stored: all of them rank lines 0.005 better by themselves."""
KINDS = {
    "status": len(status.STATUSES), "reason": len(questions.REASONS), "kind": len(OfferKind),
}  # fmt: skip
"""Fields that are read off a line, and how many values each has."""
TARGET = Path(__file__).parents[2] / "summarizer" / "selection" / FILE


@dataclass(frozen=True)
class Row:
    """A line as the encoder is shown it, and what it carries."""

    case: str
    index: int
    shown: Shown
    labels: np.ndarray
    weights: np.ndarray
    fields: dict[str, int]


def rows(e: Example) -> Iterator[Row]:
    """The lines of a document."""
    fields: list[dict[str, int]] = [{} for _ in e.reading.lines]
    for item in e.case.offers:
        if (row := main(e.case, item, e.reading)) is not None:
            fields[row]["status"] = status.STATUSES.index(item.status)
            fields[row]["kind"] = tuple(OfferKind).index(item.kind)
    for item in e.case.open_questions:
        if (row := main(e.case, item, e.reading)) is not None:
            fields[row]["reason"] = questions.REASONS.index(item.reason)
    for index, shown in enumerate(show(e.reading.lines)):
        yield Row(e.case.id, index, shown, e.labels[index], e.weights[index], fields[index])


class Layer(nn.Module):
    """A layer of BERT of which the six matrices may be tuned."""

    def __init__(self, stored: dict[str, Tensor], number: int, tuned: bool) -> None:
        super().__init__()
        at = f"encoder.layer.{number}"
        for name, bert in MATRICES.items():
            matrix = stored[f"{at}.{bert}.weight"].clone()
            setattr(self, name, nn.Parameter(matrix, requires_grad=tuned))
            self.register_buffer(f"{name}_bias", stored[f"{at}.{bert}.bias"])
        for name, bert in (("one", "attention.output"), ("two", "output")):
            for part in ("weight", "bias"):
                self.register_buffer(f"{name}_{part}", stored[f"{at}.{bert}.LayerNorm.{part}"])

    def _linear(self, name: str, x: Tensor) -> Tensor:
        return F.linear(x, getattr(self, name), getattr(self, f"{name}_bias"))

    def _norm(self, name: str, x: Tensor) -> Tensor:
        scale, shift = getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias")
        return F.layer_norm(x, (WIDTH,), scale, shift, EPSILON)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        count, length, _ = x.shape
        asked = (
            self._linear(name, x).view(count, length, HEADS, -1).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        found = F.scaled_dot_product_attention(*asked, attn_mask=there)
        found = self._linear("attention", found.transpose(1, 2).reshape(x.shape))
        x = self._norm("one", x + F.dropout(found, DROPPED, self.training))
        inner = self._linear("outer", F.gelu(self._linear("inner", x)))
        return self._norm("two", x + F.dropout(inner, DROPPED, self.training))


class Below:
    """The layers that stay as they are, and their states for every row."""

    def __init__(self, stored: dict[str, Tensor], found: Sequence[Row]) -> None:
        self.rows = found
        layers = [Layer(stored, number, False).eval() for number in range(LOW)]
        self.states: list[Tensor] = [torch.empty(0)] * len(found)
        with torch.no_grad():
            for batch in batches(found, range(len(found)), 2 * BATCH, mixed=False):
                x, there = _embedded(stored, [found[i].shown.ids for i in batch])
                for layer in layers:
                    x = layer(x, there[:, None, None, :])
                for place, i in enumerate(batch):
                    self.states[i] = x[place, : len(found[i].shown.ids)].half()

    def batch(self, chosen: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """States, which of them are there, and which are the lines' own."""
        length = max(len(self.states[i]) for i in chosen)
        x = torch.zeros(len(chosen), length, WIDTH)
        there = torch.zeros(len(chosen), length, dtype=torch.bool)
        own = torch.zeros(len(chosen), length, dtype=torch.bool)
        for place, i in enumerate(chosen):
            x[place, : len(self.states[i])] = self.states[i].float()
            there[place, : len(self.states[i])] = True
            own[place, self.rows[i].shown.own] = True
        return x, there[:, None, None, :], own


def _embedded(stored: dict[str, Tensor], ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    length = max(map(len, ids))
    filled = torch.tensor([[*one, *[0] * (length - len(one))] for one in ids])
    there = torch.arange(length) < torch.tensor([len(one) for one in ids])[:, None]
    x = stored["embeddings.word_embeddings.weight"][filled]
    x = x + stored["embeddings.position_embeddings.weight"][:length]
    x = x + stored["embeddings.token_type_embeddings.weight"][0]
    norm = (stored[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias"))
    return F.layer_norm(x, (WIDTH,), *norm, EPSILON), there


class Net(nn.Module):
    """The tuned layers and what is read off them."""

    def __init__(self, stored: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(stored, n, True) for n in range(LOW, LAYERS))
        sizes = {"lines": len(LABELS), **KINDS}
        self.heads = nn.ModuleDict({k: nn.Linear(2 * WIDTH, n) for k, n in sizes.items()})
        for head in self.heads.values():
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, x: Tensor, there: Tensor, own: Tensor) -> Tensor:
        """A vector per line: mean and largest of its own states."""
        for layer in self.layers:
            x = layer(x, there)
        mean = (x * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        return torch.cat([mean, x.masked_fill(~own[..., None], -1e4).max(1).values], 1)


def loss(net: Net, below: Below, batch: Sequence[int]) -> Tensor:
    """Of the labels of the lines, and of the fields of those that carry an item."""
    found = [below.rows[i] for i in batch]
    vectors = net(*below.batch(batch))
    labels, shares = (
        torch.tensor(np.array([getattr(row, part) for row in found]), dtype=torch.float32)
        for part in ("labels", "weights")
    )
    each = F.binary_cross_entropy_with_logits(net.heads["lines"](vectors), labels, reduction="none")
    total = (each * shares).sum(1).mean()
    for name in KINDS:
        some = [place for place, row in enumerate(found) if name in row.fields]
        if some:
            right = torch.tensor([found[place].fields[name] for place in some])
            said = net.heads[name](vectors[some])
            total = total + FIELDS * F.cross_entropy(said, right, reduction="sum") / len(batch)
    return total


def batches(
    found: Sequence[Row], chosen: Sequence[int], size: int, *, mixed: bool = True
) -> list[list[int]]:
    """Rows of like length together."""
    order = list(chosen)
    if mixed:
        random.shuffle(order)
    made = []
    for at in range(0, len(order), 20 * size):
        near = sorted(order[at : at + 20 * size], key=lambda i: len(found[i].shown.ids))
        made += [near[one : one + size] for one in range(0, len(near), size)]
    if mixed:
        random.shuffle(made)
    return made


def fit(stored: dict[str, Tensor], below: Below, chosen: Sequence[int], seed: int) -> Net:
    """The layers tuned on some rows."""
    torch.manual_seed(seed)
    random.seed(seed)
    net = Net(stored)
    options = torch.optim.AdamW(
        [{"params": net.layers.parameters(), "lr": RATE},
         {"params": net.heads.parameters(), "lr": HEAD_RATE}], weight_decay=0.01,
    )  # fmt: skip
    steps = EPOCHS * len(batches(below.rows, chosen, BATCH))
    pace = torch.optim.lr_scheduler.LambdaLR(
        options, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0.001, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
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
    return net.eval()


def opinions(net: Net, below: Below, chosen: Sequence[int]) -> dict[str, dict[str, np.ndarray]]:
    """Log-odds by document and head, a row per line."""
    found: dict[str, dict[int, dict[str, np.ndarray]]] = {}
    with torch.no_grad():
        for batch in batches(below.rows, chosen, 2 * BATCH, mixed=False):
            vectors = net(*below.batch(batch))
            said = {name: head(vectors).numpy() for name, head in net.heads.items()}
            for place, i in enumerate(batch):
                row = below.rows[i]
                found.setdefault(row.case, {})[row.index] = {k: v[place] for k, v in said.items()}
    return {
        case: {k: np.stack([by[i][k] for i in sorted(by)]) for k in ("lines", *KINDS)}
        for case, by in found.items()
    }


def write(net: Net, stored: dict[str, Tensor], target: Path) -> None:
    """The differences at low rank and the heads, as half-precision numbers."""
    parts: dict[str, Any] = {}
    for number, layer in enumerate(net.layers, LOW):
        for name, bert in MATRICES.items():
            change = getattr(layer, name).detach() - stored[f"encoder.layer.{number}.{bert}.weight"]
            up, size, down = torch.linalg.svd(change, full_matrices=False)
            root = size[:RANK].sqrt()
            parts[f"layers.{number}.{name}.up"] = up[:, :RANK] * root
            parts[f"layers.{number}.{name}.down"] = root[:, None] * down[:RANK]
    for name, head in net.heads.items():
        parts[f"heads.{name}.weights"], parts[f"heads.{name}.bias"] = head.weight, head.bias
    np.savez_compressed(
        target, **{name: part.detach().numpy().astype(np.float16) for name, part in parts.items()}
    )


def fold(case: str, count: int) -> int:
    """The fold of a document, by its name: it stays when others are added."""
    return int(hashlib.sha256(case.encode()).hexdigest(), 16) % count


def run(read: Sequence[Example], folds: int) -> None:
    """Tune on all, or fold by fold."""
    file = weights.path("all-minilm-l6-v2", default_cache_dir() / "models")
    if file is None:
        raise SystemExit("needs weights: summarizer models pull all-minilm-l6-v2")
    stored = load_file(file)
    own = [e for e in read if e.about and e.case.language == LANGUAGE]
    below = Below(stored, [row for e in own for row in rows(e)])
    every = range(len(below.rows))
    print(f"{len(own)} documents, {len(below.rows)} lines", flush=True)
    if not folds:
        write(fit(stored, below, every, 0), stored, TARGET)
        return
    found: dict[str, dict[str, np.ndarray]] = {}
    for number in range(folds):
        held = [i for i in every if fold(below.rows[i].case, folds) == number]
        others = sorted(set(every) - set(held))
        found |= opinions(fit(stored, below, others, number), below, held)
        KEPT.write_bytes(pickle.dumps(found))
        print(f"fold {number + 1} of {folds}: {KEPT}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    asked = parser.parse_args()
    run(examples(cases()), asked.folds)
