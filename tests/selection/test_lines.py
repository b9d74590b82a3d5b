"""What a line carries, by the shipped weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from summarizer.documents import from_text
from summarizer.selection import lines
from summarizer.selection.heads import LABELS, load
from summarizer.selection.reading import read

TEXT = """Government and rebels met in the capital on Tuesday.

The government offered to free two hundred prisoners if the rebels keep to the ceasefire.

“We will never lay down our arms,” the rebel leader said.

It is not clear who would monitor the truce.

The two delegations will meet again in Geneva on 14 May.
"""
CARRIED = {1: "offers", 2: "red_lines", 3: "open_questions", 4: "next_steps"}


@pytest.fixture(scope="module")
def seen() -> lines.Seen:
    return lines.see(read(replace(from_text(TEXT), language="en")))


@pytest.mark.parametrize(("row", "label"), CARRIED.items())
def test_line_is_likeliest_when_it_carries_the_label(
    seen: lines.Seen, row: int, label: str
) -> None:
    """Of five plain sentences the offer is the likeliest offer, and so on."""
    chances = load().lines.chances(seen)
    assert int(chances[:, LABELS.index(label)].argmax()) == row


def test_chances_are_the_same_when_lines_are_weighed_in_blocks(
    seen: lines.Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long document costs no more memory than a block of it, and nothing else."""
    whole = load().lines.chances(seen)
    monkeypatch.setattr(lines, "BLOCK", 2)
    assert np.allclose(load().lines.chances(seen), whole, atol=1e-6)
