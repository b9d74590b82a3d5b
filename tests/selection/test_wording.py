"""Lines as bags of words and of what their verbs do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import from_text
from summarizer.selection.reading import Line, Reading, read
from summarizer.selection.wording import PARTY, Vocabulary, verbs, vocabulary, words

TEXT = """Israel will not withdraw its 300 soldiers from Gaza. Hamas said on Sunday it had accepted.

“They won’t sign,” the minister said.
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(replace(from_text(TEXT), language="en"))


def _line(reading: Reading, start: str) -> Line:
    return next(line for line in reading.lines if line.text.startswith(start))


def test_parties_and_figures_are_left_out_when_words_are_taken(reading: Reading) -> None:
    """Which side it is and how many are no words that could be learned by heart."""
    found = words(_line(reading, "Israel"))
    assert f"{PARTY} will" in found
    assert "000" in found
    assert "israel" not in found


def test_negation_is_one_word_when_it_is_contracted(reading: Reading) -> None:
    """Both apostrophes are read alike."""
    assert "won't sign" in words(_line(reading, "“They"))


def test_verb_says_who_and_whether_when_sentence_is_parsed(reading: Reading) -> None:
    """A refusal by a party is seen as one."""
    found = verbs(_line(reading, "Israel"), reading)
    assert {"withdraw", "root withdraw", f"will by {PARTY}", "not withdraw", "a soldier"} <= {
        *found
    }


def test_verbs_are_none_when_language_has_no_parser() -> None:
    """The words alone tell then."""
    spoken = read(replace(from_text("Hamas no ha contestado."), language="es"))
    assert verbs(spoken.lines[0], spoken) == []
    assert words(spoken.lines[0])


def test_rare_terms_weigh_more_when_lines_are_weighed() -> None:
    """Rows are of unit length; unknown terms are left out; a line of none is all zeros."""
    made = vocabulary([["a", "b"], ["a"], ["a", "b", "c"]], least=2)
    assert made.terms == ("a", "b")
    both, none = made.weigh([["a", "b", "z"], ["z"]])
    assert both[0] < both[1]
    assert float(np.linalg.norm(both)) == pytest.approx(1)
    assert not none.any()


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=8), min_size=1, max_size=6))
def test_order_of_terms_is_nothing_when_lines_are_weighed(lines: list[list[str]]) -> None:
    """A bag has no order."""
    made = Vocabulary(("a", "b", "c"), np.array([1, 2, 3], dtype=np.float32))
    turned = made.weigh([line[::-1] for line in lines])
    assert np.allclose(made.weigh(lines), turned)
