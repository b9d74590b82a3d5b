"""summarizer.windows: long documents are cut where a reader would cut them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import Document, from_text
from summarizer.windows import MARGIN, SLACK, Window, halves, spans, whole, windows_of

PARAGRAPH = "Arvenia spoke of the truce. The Front listened to it. Nothing was signed that day."
TURNS = "\n\n".join(f"MS. TOLEN:  {PARAGRAPH}\n\nQ  And what of the prisoners?" for _ in range(40))


def length(document: Document, window: Window) -> int:
    """Characters of a window, as they are counted."""
    own = document.sentences[window.first - 1 : window.last]
    return sum(sentence.end - sentence.start + MARGIN for sentence in own)


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=60),
    st.integers(200, 5_000),
)
def test_every_sentence_is_in_one_window_whatever_the_sizes(counts: list[int], size: int) -> None:
    """Nothing is left out, nothing is read twice, no window is too long."""
    text = "\n\n".join(" ".join(["They met again in Doha."] * count) for count in counts)
    document = from_text(text)
    windows = windows_of(document, size)
    own = [number for w in windows for number in range(w.first, w.last + 1)]
    assert own == list(range(1, len(document.sentences) + 1))
    long = [window for window in windows if length(document, window) > size]
    assert all(window.first == window.last for window in long)
    assert all(max(w.context, default=0) < w.first for w in windows)


def test_short_document_is_one_window() -> None:
    """As it always was; and so is a long one where no size is given."""
    document = from_text(TURNS)
    assert windows_of(document, None) == [whole(document)] == windows_of(document, 10**9)
    assert whole(document).context == ()


def test_windows_begin_with_a_turn_when_one_is_near() -> None:
    """In a transcript nobody is cut off in mid-sentence, or in mid-answer."""
    document = from_text(TURNS)
    windows = windows_of(document, 1_500)
    assert len(windows) > 2
    assert all(document.quote(w.first).startswith(("MS. TOLEN", "Q")) for w in windows)
    lengths = [length(document, window) for window in windows]
    assert min(lengths) > max(lengths) * (1 - 3 * SLACK)


def test_later_window_is_shown_what_it_needs_to_be_understood() -> None:
    """The head of the document, of the turn, and the sentences just before, with their numbers."""
    speech = "\n\n".join([PARAGRAPH] * 20)
    document = from_text(f"Talks in Doha\n\nDoha, 4 March 2026\n\nMS. TOLEN: {speech}")
    second = windows_of(document, 900)[1]
    turn = next(s.number for s in document.sentences if "TOLEN" in document.quote(s.number))
    assert {1, 2, turn, second.first - 1} <= set(second.context)
    assert len(second.context) < 10
    assert second.shown == [*second.context, *range(second.first, second.last + 1)]


def test_halves_cover_the_window_and_one_sentence_is_not_cut() -> None:
    """What does not fit is cut in two; a sentence stays whole."""
    document = from_text(TURNS)
    first, second = halves(document, whole(document))
    assert (first.first, second.last) == (1, len(document.sentences))
    assert second.first == first.last + 1
    one = Window(5, 5, (1,))
    assert halves(document, one) == [one]


def test_cutting_is_linear_in_the_length() -> None:
    """Ten times the sentences are ten times the windows, of the same length."""
    short, long = (from_text("\n\n".join([PARAGRAPH] * times)) for times in (100, 1_000))
    few, many = len(windows_of(short, 2_000)), len(windows_of(long, 2_000))
    assert few * 9 <= many <= few * 11


def test_spans_say_numbers_in_words() -> None:
    """For prompts and warnings."""
    assert spans([1, 2, 7, 9, 10, 11]) == "1 to 2, 7, 9 to 11"
    assert Window(12, 60).name == "sentences 12 to 60"
