"""summarizer.whereabouts: what stands where in a document."""

from __future__ import annotations

from summarizer.documents import from_text
from summarizer.whereabouts import Whereabouts

TEXT = "Arvenia freed 40 men. The Front said nothing. Arvenian buses came on 9 May 2031."


def test_names_and_figures_are_found_in_their_sentences() -> None:
    """Adjectives are names too; sentences without a figure have none."""
    where = Whereabouts(from_text(TEXT))
    assert where.naming(["Arvenia"]) == [1, 3]
    assert where.naming(("Norland", "Front")) == [2]
    assert where.naming(["Norland"]) == []
    assert [(number, [str(f) for f in found]) for number, found in where.figures] == [
        (1, ["40"]), (3, ["2031-05-09"]),
    ]  # fmt: skip


def test_same_names_are_looked_for_once() -> None:
    """The second time the answer is there."""
    where = Whereabouts(from_text(TEXT))
    assert where.naming(["Arvenia"]) is where.naming(("Arvenia",))
