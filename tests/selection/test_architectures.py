"""What the shapes of an encoder's weights do not tell."""

from __future__ import annotations

from itertools import pairwise

import pytest

from summarizer.selection.architectures import BERT, MPNET, RELATIVE, architecture, buckets
from summarizer.selection.tokens import COUNT, END, START
from tests.selection.encoders import tensors

# What transformers 5 makes of every distance (MPNetEncoder.relative_position_bucket): from each of
# these on it is the next bucket.
BORDERS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91)


def test_buckets_are_those_of_torch_at_every_distance() -> None:
    """To the left from 0 on, to the right from 16 on; the borders are where PyTorch has them."""
    found = buckets(512, 32)
    for number, (first, last) in enumerate(pairwise((*BORDERS, 512))):
        for away in range(first, last):
            assert found[511, 511 - away] == number
            assert found[0, away] == (number + 16 if away else 0)


def test_buckets_depend_on_distance_alone() -> None:
    """Wherever a pair stands, and however long the input is."""
    found = buckets(200, 32)
    assert (found[1:, 1:] == found[:-1, :-1]).all()
    assert (buckets(90, 32) == found[:90, :90]).all()


@pytest.mark.parametrize(("kind", "shift", "control"), [(BERT, 0, (101, 102)), (MPNET, 4, (0, 2))])
def test_pieces_have_the_rows_of_their_encoder(
    kind: object, shift: int, control: tuple[int, int]
) -> None:
    """The same pieces are numbered otherwise, and the control tokens stand elsewhere."""
    assert kind in (BERT, MPNET)
    rows = (BERT if kind == BERT else MPNET).rows()
    assert len(rows) == COUNT
    assert (rows[START], rows[END]) == control
    assert (rows[1996], rows[30_521]) == (1996 + shift, 30_521 + shift)
    assert len(set(rows)) == COUNT


def test_a_file_tells_its_kind_by_its_tensors() -> None:
    """Only MPNet has a bias by distance."""
    assert architecture(tensors(kind=BERT)) is BERT
    assert architecture(tensors(kind=MPNET)) is MPNET
    assert RELATIVE not in tensors()
