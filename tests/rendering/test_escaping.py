"""Untrusted text: what is shown of it, and that Markdown does not interpret it."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.rendering.escaping import cell, clean, heading, inline, quotation
from tests.rendering.commonmark import kinds, lines, row_lengths, tokens

# Hardly any random text has two special characters in a row: these pieces make them meet.
PIECES = st.sampled_from(
    [
        *"\\`*_~[]()<>&!|#@/:.-+=$^\"'“”«» \n\tab1é字😀\u200f\u200c\u200d",
        *["](", "![", "<b>", "</p>", "<!--", "&lt;", "&#60;", "***", "~~", "``", "[x]: /u"],
        *["https://a.example", "www.a.example", "a@b.example", "\r\n\r\n# ", "| --- |"],
        *["\x1b[31m", "\u202e", "\u200b", "\x00", "\U000e0041"],
    ]
)
HOSTILE = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=30))
TEXT_ONLY = {"paragraph_open", "paragraph_close", "inline", "text"}


def as_shown(text: str) -> str:
    """What ``inline`` promises to show: clean, and no brackets like those of a citation."""
    return re.sub(r"\[(\s*(?:\w{1,16}:)?\d[\w\s,;:–-]{0,60})\]", r"(\1)", clean(text))


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
@example("a\\")
@example("\\\\*x\\")
@example("* a * b*")
def test_inline_shows_the_clean_text_and_nothing_else_when_hostile(text: str) -> None:
    """Whatever the text, a viewer shows it literally and makes nothing of it."""
    line = f"- begin {inline(text)} end"
    assert kinds(line) - {"bullet_list_open", "bullet_list_close"} <= TEXT_ONLY | {
        "list_item_open",
        "list_item_close",
    }
    assert " ".join(lines(line)[0].split()) == f"begin {as_shown(text)} end".replace("  ", " ")


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_inline_stays_bold_when_set_in_bold(text: str) -> None:
    """Emphasis of ours around hostile text begins and ends where we put it."""
    line = f"- **{inline('x' + text)}**: after"
    found = [token.type for token in tokens(line) if token.type.startswith(("strong", "em"))]
    assert found == ["strong_open", "strong_close"]
    assert lines(line)[0].endswith(": after")


@settings(max_examples=200, deadline=None)
@given(st.lists(HOSTILE, min_size=3, max_size=3))
def test_cell_keeps_its_column_when_hostile(texts: list[str]) -> None:
    """No cell adds or eats a column, and each shows its own text."""
    row = " | ".join(cell(inline(text)) for text in texts)
    table = f"| a | b | c |\n| --- | --- | --- |\n| {row} |"
    assert row_lengths(table) == [3, 3]
    assert lines(table)[3:] == [as_shown(text) or "–" for text in texts]


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_heading_is_one_heading_when_hostile(text: str) -> None:
    """A title is shown whole in one heading of level 1, its own hashes included."""
    page = f"# x{heading(text)}\n\nnext"
    assert [token.tag for token in tokens(page) if token.type == "heading_open"] == ["h1"]
    assert lines(page)[0] == "x" + as_shown(text)


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_clean_holds_nothing_that_acts_or_hides_when_hostile(text: str) -> None:
    """No control, line break, override of direction or zero-width character is left."""
    shown = clean(text)
    kept_joiners = re.sub("[\u200c\u200d]", "", shown)
    assert not [c for c in kept_joiners if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"}]
    assert not re.search(
        "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", kept_joiners
    )
    assert clean(shown) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("hard\n  wrapped\r\n\tline", "hard wrapped line"),
        ("\x1b[2Jgone\x07", "␛[2Jgone␇"),
        ("\x9b31mred\x7f", "\ufffd31mred␡"),
        ("agreed\u202eton\u202c", "agreedton"),
        ("ze\u200bro\ufeff wi\u2060dth\u00ad", "zero width"),
        ("Rus\U000e0041\U000e0042sia", "Russia"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        ("a\u200cb", "ab"),
        ("ක\u200dෂ", "ක\u200dෂ"),
        ("10\u00a0000\u202f€", "10 000 €"),
        ("half\ud800pair", "half\ufffdpair"),
        (" \u200b \n", ""),
    ],
)
def test_clean_shows_what_a_reader_should_see_when_given(raw: str, shown: str) -> None:
    """Wraps become spaces, tampering shows or goes, joiners of living scripts stay."""
    assert clean(raw) == shown


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. – and NATO's “Article 5-like” guarantee (vague); 800,000 troops!",
        "R&D for ~500 men at < 5 km, > 3 km, 50% + $3 billion = enough",
        "foo_bar and 5 * 3, C:\\temp, @zelenskyy #peace",
        "- 1. not a list; [sic] [the] plan | option",
        "«Oui», a-t-il dit. „Ja.“ 「はい」 نعم",
    ],
)
def test_inline_changes_nothing_when_nothing_would_be_interpreted(text: str) -> None:
    """Ordinary prose reads in a terminal as it was written."""
    assert inline(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[click](http://evil.example)", r"[click\](http:/\/evil.example)"),
        ("![x](y)", r"![x\](y)"),
        ("<img src=x>", r"\<img src=x>"),
        ("<https://evil.example>", r"\<https:/\/evil.example>"),
        ("www.evil.example a@b.example", r"www\.evil.example a\@b.example"),
        ("&lt;b&gt; &#x3c;", r"\&lt;b\&gt; \&#x3c;"),
        ("**bold** _it_ `code` ~~gone~~", r"\*\*bold\*\* \_it\_ \`code\` \~\~gone\~\~"),
        (r"\*", r"\\\*"),
    ],
)
def test_inline_escapes_only_what_acts_when_something_would(text: str, escaped: str) -> None:
    """One backslash where Markdown would begin to act, also for GitHub's bare addresses."""
    assert inline(text) == escaped


@pytest.mark.parametrize(
    "piece", ["#", "*", "_", "a_", "~", "[1", "&#", "\u200b", "//", "\x1b", "`"]
)
def test_escaping_is_linear_when_a_sentence_is_huge(piece: str) -> None:
    """300,000 characters that a backtracking pattern would chew on for minutes."""
    text = piece * (300_000 // len(piece)) + "x"
    started = time.process_time()
    assert heading(text)
    assert quotation(text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("mark", ["[12]", "[3, 4]", "[d2:3]", "[ 7 ]", "[3–5]"])
def test_inline_changes_the_brackets_when_text_looks_like_a_citation(mark: str) -> None:
    """A statement cannot bring a citation of its own."""
    assert inline(f"Agreed {mark}.") == f"Agreed ({mark[1:-1]})."


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_quotation_cannot_be_closed_from_inside_when_hostile(text: str) -> None:
    """The closing mark occurs once, at the end, unless the text has every kind of mark."""
    quoted = quotation(text)
    opening, closing = quoted[0], quoted[-1]
    inside = clean(text)
    assert lines(f"- {quoted}")[0] == f"{opening}{inside}{closing}"
    assert not {opening, closing} & set(inside)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He left.", "“He left.”"),
        ("“No,” he said.", '"“No,” he said."'),
        ('“No,” he said, "never".', '«“No,” he said, "never".»'),
        ("As note [12] says", "“As note [12] says”"),
    ],
)
def test_quotation_takes_marks_that_do_not_occur_when_quoting_quotes(
    text: str, quoted: str
) -> None:
    """The words stay verbatim; the marks around them are chosen to be unlike."""
    assert quotation(text) == quoted
