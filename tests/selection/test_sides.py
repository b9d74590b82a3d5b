"""Candidates for the fields of several parties."""

from __future__ import annotations

from summarizer.documents import from_text
from summarizer.selection import holders, relations, sides
from summarizer.selection.reading import Reading, read

TEXT = (
    "Egypt and Israel held talks in Cairo on Monday about a truce in Gaza. "
    "Egypt offered Israel a truce of sixty days, the government said. "
    "Israel has not answered Egypt. The talks will resume on Thursday."
)


def _reading() -> Reading:
    return read(from_text(TEXT))


def test_every_candidate_has_a_number_for_every_name() -> None:
    """With the names of what is told of candidates for holders before them."""
    reading = _reading()
    own = 2 * len(holders.FEATURES) + len(relations.NAMES) + len(sides.NAMES)
    described = sides.describe(reading.line(2), reading, "offers")
    assert {"Egypt", "Israel"} <= set(described)
    assert {len(numbers) for numbers in described.values()} == {own}


def test_a_holder_is_no_receiver_when_it_is_given() -> None:
    """And the others are described by what the holders tell of them as well."""
    reading = _reading()
    own = 2 * len(holders.FEATURES) + len(relations.NAMES) + len(sides.NAMES)
    described = sides.describe(reading.line(2), reading, "offers", ["Egypt"])
    assert "Egypt" not in described
    assert len(described["Israel"]) == own + len(sides.HELD_NAMES)


def test_two_named_parties_act_by_rule_or_the_primary_ones_when_none_is() -> None:
    """What the rules say is among the numbers that are weighed."""
    reading = _reading()
    assert sides.by_rule(reading.line(3), reading) == ["Israel", "Egypt"]
    assert sides.by_rule(reading.line(4), reading) == reading.roles.primary[:2]
