"""What an encoder is shown of a line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import from_text
from summarizer.selection.actors import Mention
from summarizer.selection.reading import Line, read
from summarizer.selection.shown import CUT, Window, show
from summarizer.selection.tokens import COUNT, END, START, pieces
from summarizer.selection.tuned import FITTED

SMALL, LARGE = FITTED["small"].window, FITTED["large"].window
TEXT = """Norway and Sudan met in Geneva on Tuesday.

Sudan offered to free two hundred prisoners if Norway keeps its word, and Sudan would wait.

“We will never lay down our arms,” the rebel leader said.

It is not clear who would monitor the truce.
"""


def lines_of(text: str) -> list[Line]:
    return read(replace(from_text(text), language="en")).lines


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return lines_of(TEXT)


def test_line_is_shown_between_its_neighbours_when_there_are_any(lines: list[Line]) -> None:
    """Control tokens part the line before, the line and the line after, also across paragraphs."""
    cut = [pieces(line.text).ids for line in lines]
    shown = show(lines, SMALL)
    assert shown[0].ids == [START, END, *cut[0], END, *cut[1][: SMALL.after]]
    assert shown[1].ids == [START, *cut[0], END, *cut[1], END, *cut[2][: SMALL.after]]
    assert shown[-1].ids == [START, *cut[-2], END, *cut[-1], END]
    assert [one.ids[one.own] for one in shown] == cut


def test_a_long_line_is_cut_when_it_is_shown() -> None:
    """The last of the line before, the first of the line and of the line after."""
    long = [" ".join(f"{word}{n}" for n in range(400)) + "." for word in ("a", "b", "c")]
    lines = lines_of("\n\n".join(long))
    cut = [pieces(line.text[:CUT]).ids for line in lines]
    for window in (SMALL, LARGE):
        middle = show(lines, window)[1]
        assert middle.ids == [
            START, *cut[0][-window.before :], END, *cut[1][: window.own], END,
            *cut[2][: window.after],
        ]  # fmt: skip
        assert len(middle.ids) == 3 + window.before + window.own + window.after


def test_two_lines_before_are_shown_when_the_nearer_is_short(lines: list[Line]) -> None:
    """As far as there is room: the end of the farther one, then the nearer one."""
    cut = [pieces(line.text).ids for line in lines]
    shown = show(lines, Window(before=len(cut[1]) + 3, own=100, after=0, lines=2))
    assert shown[2].ids == [START, *cut[0][-3:], *cut[1], END, *cut[2], END]
    assert shown[1].ids == [START, *cut[0], END, *cut[1], END]
    whole = show(lines, Window(before=400, own=100, after=0, lines=2))
    assert whole[3].ids == [START, *cut[1], *cut[2], END, *cut[3], END]


def test_mentions_are_where_the_parties_are_named(lines: list[Line]) -> None:
    """In the line and around it, each as often as it is named; the pieces spell the name."""
    shown = show(lines, LARGE)[1]
    named = [
        (party, [shown.ids[place] for place in range(COUNT)[found]])
        for party, found in shown.mentions
    ]
    norway, sudan = pieces("Norway").ids, pieces("Sudan").ids
    assert named == [
        ("Norway", norway), ("Sudan", sudan), ("Sudan", sudan), ("Norway", norway),
        ("Sudan", sudan),
    ]  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(["peace", "Sudanese", "untransferable", "-", "é"]),
                      max_size=12), min_size=1, max_size=6),
    st.tuples(*[st.integers(0, 9)] * 3), st.integers(1, 3), st.data(),
)  # fmt: skip
def test_mentions_are_the_pieces_that_touch_them_whatever_is_cut_off(
    words: list[list[str]], sizes: tuple[int, int, int], back: int, data: st.DataObject
) -> None:
    """By the slow way: every piece shown with its line and place, those that touch a mention."""
    plain = lines_of("Talks began.")[0]
    lines = []
    for number, found in enumerate(words, 1):
        text = " ".join(found)
        start = data.draw(st.integers(0, len(text)))
        mention = Mention(start, data.draw(st.integers(start, len(text))), f"P{number}", "")
        lines.append(replace(plain, number=number, text=text, mentions=(mention,)))
    window = Window(*sizes, lines=back)
    for index, shown in enumerate(show(lines, window)):
        tokens = _tokens(lines, index, window)
        assert shown.ids == [piece for piece, *_ in tokens]
        wanted = []
        for near in range(max(0, index - back), min(len(lines), index + 2)):
            mention = lines[near].mentions[0]
            at = [
                k
                for k, (_, line, start, end) in enumerate(tokens)
                if line == near and end > mention.start and start < mention.end
            ]
            wanted += [(mention.party, slice(at[0], at[-1] + 1))] if at else []
        assert list(shown.mentions) == wanted


def _tokens(lines: list[Line], index: int, window: Window) -> list[tuple[int, int, int, int]]:
    """Each piece with its line and place there; control tokens are of no line."""

    def of(number: int) -> list[tuple[int, int, int, int]]:
        cut = pieces(lines[number].text)
        return [(i, number, *place) for i, place in zip(cut.ids, cut.places, strict=True)]

    before = [t for number in range(max(0, index - window.lines), index) for t in of(number)]
    after = of(index + 1)[: window.after] if index + 1 < len(lines) else []
    end = (END, -1, 0, 0)
    return [
        (START, -1, 0, 0), *before[max(0, len(before) - window.before) :], end,
        *of(index)[: window.own], end, *after,
    ]  # fmt: skip
