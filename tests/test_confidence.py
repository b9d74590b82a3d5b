"""summarizer.confidence: of briefs made offline only that is said which sentences show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.changes import Comparison
from summarizer.comparison import OFFLINE, compare
from summarizer.rendering.changes import summary, to_markdown
from tests.factories import make_brief, make_provenance, make_source, offer, party

FORTY = "Arvenia, its minister said, will let 40 prisoners go if the guns fall silent."
SIXTY = "The minister said that Arvenia is ready to let 60 prisoners go once the guns are silent."
SAME = "Arvenia will let 40 prisoners go when the guns fall silent, said the minister on Friday."
BRIDGE = "Arvenia would pay for a new bridge over the river at Lund."
ASIDE = "The hall was cold, and supper was late."


def selected(*sentences: str, items: int = 1, day: int = 1, **changes: Any) -> PeaceTalksBrief:
    """A brief of a document whose first sentences were selected as offers."""
    source = make_source(sentences, on=date(2031, 5, day))
    return make_brief(
        sources=[source],
        parties=[party("Arvenia")],
        offers=[offer(text, cites=[number], id=f"o-{number}{day}")
                for number, text in enumerate(sentences[:items], 1)],
        provenance=make_provenance(strategy="fast", endpoint="embedded", **changes),
    )  # fmt: skip


def kinds(found: Comparison) -> list[str]:
    """The kinds of changes, in their order."""
    return [str(change.kind) for change in found.changes]


def test_sentences_of_two_writers_are_one_item() -> None:
    """Other words in every place are no change, and their figures are compared."""
    assert kinds(compare(selected(FORTY), selected(SAME, day=9))) == []
    found = compare(selected(FORTY), selected(SIXTY, day=9))
    assert kinds(found) == ["number_changed"]
    assert (found.changes[0].details[0].was, found.changes[0].details[0].now) == ("40", "60")


def test_item_that_was_only_not_selected_is_not_gone() -> None:
    """The other document has the sentence: nobody can say that anything changed."""
    found = compare(selected(FORTY, ASIDE), selected(BRIDGE, SAME, day=9))
    assert "gone" not in kinds(found)
    assert [told.statement for told in found.not_compared] == [FORTY]
    assert found.notes[-1] == OFFLINE


def test_item_that_no_sentence_of_the_other_document_is_near_is_new() -> None:
    """It is far from all that was written before."""
    found = compare(selected(FORTY, ASIDE), selected(SAME, BRIDGE, items=2, day=9))
    assert [change.new.statement for change in found.changes if change.new] == [BRIDGE]


def test_nothing_is_new_or_gone_where_a_text_was_left_out() -> None:
    """What it says cannot be looked up."""
    old = selected(FORTY, ASIDE)
    bare = [source.model_copy(update={"text": None}) for source in old.sources]
    found = compare(old.model_copy(update={"sources": bare}), selected(BRIDGE, day=9))
    assert "new" not in kinds(found)
    assert BRIDGE in [told.statement for told in found.not_compared]


@pytest.mark.usefixtures("without_encoder")
def test_nothing_is_said_without_the_encoder() -> None:
    """All is counted as not comparable."""
    found = compare(selected(FORTY), selected(BRIDGE, day=9))
    assert (kinds(found), len(found.not_compared)) == ([], 2)


def test_what_is_not_comparable_is_counted_for_the_reader() -> None:
    """In the summary, with the note above the changes."""
    found = compare(selected(FORTY, ASIDE), selected(BRIDGE, SAME, day=9))
    assert summary(found).endswith("1 not comparable offline.")
    assert "⚠ made offline" in to_markdown(found)


def test_briefs_of_models_are_compared_as_ever() -> None:
    """Nothing is left out, and there is no note."""
    made = [
        brief.model_copy(update={"provenance": make_provenance()})
        for brief in (selected(FORTY), selected(BRIDGE, day=9))
    ]
    found = compare(made[0], made[1])
    assert sorted(kinds(found)) == ["gone", "new"]
    assert (found.not_compared, found.notes) == ([], [])


@settings(deadline=None, max_examples=20)
@given(st.permutations([FORTY, SIXTY, SAME, BRIDGE, ASIDE]), st.integers(1, 4), st.integers(1, 4))
def test_every_item_is_in_one_place_and_the_mirror_agrees(
    texts: list[str], some: int, others: int
) -> None:
    """A change, the same, or not comparable; seen from the other side as well."""
    old = selected(*texts, items=some)
    new = selected(*reversed(texts), items=others, day=9)
    found, mirror = compare(old, new), compare(new, old)
    listed = [told.id for change in found.changes for told in (change.old, change.new) if told]
    listed += [id for same in found.unchanged for id in (same.old, same.new)]
    listed += [told.id for told in found.not_compared]
    assert sorted({*listed}) == sorted({item.id for brief in (old, new) for item in brief.items()})
    assert len(found.changes) == len(mirror.changes)
    assert {t.id for t in found.not_compared} == {t.id for t in mirror.not_compared}
    assert compare(old, old).changes == []
