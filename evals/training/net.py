"""An encoder in PyTorch: the layers that stay, those that are tuned, and what is read off them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from rows import FIELDS, Row
from torch import Tensor, nn
from torch.nn import functional as F

from summarizer.selection.architectures import (
    HEADS,
    RELATIVE,
    Architecture,
    architecture,
    buckets,
)
from summarizer.selection.heads import LABELS
from summarizer.selection.tuned import MENTIONED

BATCH = 32
DROPPED = 0.1
"""Share of states dropped in fitting."""
FIELD, MENTION = 0.3, 0.5
"""Weights of a field and of a mention beside the labels of the lines."""


class Layer(nn.Module):
    """A layer of which the six matrices may be tuned."""

    def __init__(
        self, stored: Mapping[str, Tensor], kind: Architecture, number: int, tuned: bool
    ) -> None:
        super().__init__()
        self.epsilon, at = kind.epsilon, f"encoder.layer.{number}"
        for name, theirs in kind.matrices.items():
            matrix = stored[f"{at}.{theirs}.weight"].clone()
            setattr(self, name, nn.Parameter(matrix, requires_grad=tuned))
            self.register_buffer(f"{name}_bias", stored[f"{at}.{theirs}.bias"])
        for name, theirs in (("one", kind.attended), ("two", "output")):
            for part in ("weight", "bias"):
                self.register_buffer(f"{name}_{part}", stored[f"{at}.{theirs}.LayerNorm.{part}"])

    def _linear(self, name: str, x: Tensor) -> Tensor:
        return F.linear(x, getattr(self, name), getattr(self, f"{name}_bias"))

    def _norm(self, name: str, x: Tensor) -> Tensor:
        scale, shift = getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias")
        return F.layer_norm(x, x.shape[-1:], scale, shift, self.epsilon)

    def forward(self, x: Tensor, added: Tensor) -> Tensor:
        count, length, _ = x.shape
        asked = (
            self._linear(name, x).view(count, length, HEADS, -1).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        found = F.scaled_dot_product_attention(*asked, attn_mask=added)
        found = self._linear("attention", found.transpose(1, 2).reshape(x.shape))
        x = self._norm("one", x + F.dropout(found, DROPPED, self.training))
        inner = self._linear("outer", F.gelu(self._linear("inner", x)))
        return self._norm("two", x + F.dropout(inner, DROPPED, self.training))


class Below:
    """The layers that stay as they are, and their states for every row."""

    def __init__(self, stored: Mapping[str, Tensor], low: int, found: Sequence[Row]) -> None:
        self.stored, self.kind, self.rows = stored, architecture(stored), found
        layers = [Layer(stored, self.kind, number, False).eval() for number in range(low)]
        self.states: list[Tensor] = [torch.empty(0)] * len(found)
        with torch.no_grad():
            for batch in batches(found, range(len(found)), 2 * BATCH, mixed=False):
                sizes = [len(found[i].shown.ids) for i in batch]
                x, added = self._embedded([found[i].shown.ids for i in batch]), self._added(sizes)
                for layer in layers:
                    x = layer(x, added)
                for place, i in enumerate(batch):
                    self.states[i] = x[place, : sizes[place]].half().clone()

    def _embedded(self, ids: Sequence[Sequence[int]]) -> Tensor:
        length, numbers = max(map(len, ids)), torch.from_numpy(self.kind.rows())
        filled = numbers[torch.tensor([[*one, *[0] * (length - len(one))] for one in ids])]
        first = self.kind.first
        x = self.stored["embeddings.word_embeddings.weight"][filled]
        x = x + self.stored["embeddings.position_embeddings.weight"][first : first + length]
        if (types := "embeddings.token_type_embeddings.weight") in self.stored:
            x = x + self.stored[types][0]
        norm = (self.stored[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias"))
        return F.layer_norm(x, x.shape[-1:], *norm, self.kind.epsilon)

    def _added(self, sizes: Sequence[int]) -> Tensor:
        """What is added to the scores: nothing can be seen where nothing is, and distance."""
        length = max(sizes)
        absent = torch.arange(length) >= torch.tensor(sizes)[:, None]
        added = torch.zeros(len(sizes), 1, 1, length)
        if RELATIVE in self.stored:
            bias = self.stored[RELATIVE]
            added = bias[torch.from_numpy(buckets(length, len(bias)))].permute(2, 0, 1)[None]
        return added.masked_fill(absent[:, None, None, :], -1e9)

    def batch(self, chosen: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """States, what is added to their scores, and which are the lines' own."""
        sizes = [len(self.states[i]) for i in chosen]
        x = torch.zeros(len(chosen), max(sizes), self.states[chosen[0]].shape[-1])
        own = torch.zeros(len(chosen), max(sizes), dtype=torch.bool)
        for place, i in enumerate(chosen):
            x[place, : sizes[place]] = self.states[i].float()
            own[place, self.rows[i].shown.own] = True
        return x, self._added(sizes), own


class Net(nn.Module):
    """The tuned layers and what is read off them."""

    def __init__(self, stored: Mapping[str, Tensor], low: int, layers: int) -> None:
        super().__init__()
        kind, width = architecture(stored), stored["embeddings.LayerNorm.bias"].shape[0]
        self.layers = nn.ModuleList(Layer(stored, kind, n, True) for n in range(low, layers))
        sizes = {"lines": len(LABELS), **FIELDS}
        self.heads = nn.ModuleDict({k: nn.Linear(2 * width, n) for k, n in sizes.items()})
        self.mentions = nn.Linear(3 * width, len(MENTIONED))
        for head in (*self.heads.values(), self.mentions):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, x: Tensor, added: Tensor, own: Tensor) -> tuple[Tensor, Tensor]:
        """The states, and a vector per line: mean and largest of its own states."""
        for layer in self.layers:
            x = layer(x, added)
        mean = (x * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        return x, torch.cat([mean, x.masked_fill(~own[..., None], -1e4).max(1).values], 1)

    def named(self, x: Tensor, vectors: Tensor, places: Sequence[tuple[int, slice]]) -> Tensor:
        """Log-odds of mentions: each is a row of the batch, and a place in it."""
        return self.mentions(
            torch.stack([torch.cat([x[p, place].mean(0), vectors[p]]) for p, place in places])
        )


def loss(net: Net, below: Below, batch: Sequence[int]) -> Tensor:
    """Of the labels of the lines, of the fields and of the mentions of those that carry an item."""
    found = [below.rows[i] for i in batch]
    x, vectors = net(*below.batch(batch))
    labels, shares = (
        torch.tensor(np.array([getattr(row, part) for row in found]), dtype=torch.float32)
        for part in ("labels", "weights")
    )
    each = F.binary_cross_entropy_with_logits(net.heads["lines"](vectors), labels, reduction="none")
    total = (each * shares).sum(1).mean()
    for name in FIELDS:
        some = [place for place, row in enumerate(found) if name in row.fields]
        if some:
            right = torch.tensor([found[place].fields[name] for place in some])
            said = net.heads[name](vectors[some])
            total = total + FIELD * F.cross_entropy(said, right, reduction="sum") / len(batch)
    return total + MENTION * _of_mentions(net, found, x, vectors) / len(batch)


def _of_mentions(net: Net, found: Sequence[Row], x: Tensor, vectors: Tensor) -> Tensor:
    """Summed over what the items of a line speak of."""
    places, right = [], []
    for number, row in enumerate(found):
        for (_, place), own in zip(row.shown.mentions, row.right, strict=True):
            if own:
                places.append((number, place))
                right.append([float(own[name]) if name in own else -1.0 for name in MENTIONED])
    if not places:
        return torch.zeros(())
    said, wanted = net.named(x, vectors, places), torch.tensor(right)
    each = F.binary_cross_entropy_with_logits(said, wanted.clamp(min=0), reduction="none")
    return (each * (wanted >= 0)).sum()


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
