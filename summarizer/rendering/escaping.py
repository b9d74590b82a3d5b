"""Untrusted text made harmless: for any display, and for one place in Markdown (pure).

Statements, names, titles and quotes come from a document or a model. ``clean`` is what a
reader may see of them anywhere; ``inline``, ``heading`` and ``quotation`` put a backslash
before what CommonMark or GitHub's dialect (tables, strikethrough, bare addresses) would
interpret at that place, and before nothing else, so that the output also reads as plain
text. They are for places after other text of the line: block markers ("- ", "1. ") are left
alone, and callers never start a line with untrusted text.
"""

from __future__ import annotations

import re

# Characters without a shape of their own, which can hide or reorder what is shown: soft
# hyphen, joiners, fillers, marks, overrides and isolates of direction, variation selectors,
# interlinear and musical controls, the tags that smuggle ASCII. Source: Unicode 16,
# Default_Ignorable_Code_Point, and U+FFF9..FFFB.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Persian, Urdu and the scripts of India need joiners inside words: RFC 5892, appendix A.
_JOINING = "\u0620-\u06ff\u0750-\u077f\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
_HIDDEN = re.compile(
    rf"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])|(?P<hidden>[{_INVISIBLE}]+)"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# What JSON leaves as it is although a terminal may obey it, or a reader cannot see it.
UNSAFE_IN_JSON = re.compile(rf"[\x7f-\x9f\u2028\u2029{_INVISIBLE}]")

# "[12]" in a statement would pass for one of our citations.
_FORGED_CITATION = re.compile(r"\[(\s*(?:\w{1,16}:)?\d[\w\s,;:–-]{0,60})\]")

_SPECIAL = re.compile(
    r"""
      `                                  # code
    | \\(?=[!-/:-@\[-`{-~]|$)            # a backslash that would escape, or eat what follows
    | (?<!\ )\*+ | \*+(?!\ )             # emphasis, unless it stands between spaces
    | (?<![^\W_])_+ | _+(?![^\W_])       # the same, but never inside a word
    | (?<=\S)~ | ~(?!\w)              # strikethrough; "~500" cannot close one
    | \](?=\()                           # link, image
    | <(?=[a-zA-Z/!?])                   # HTML, <address>
    | &(?=\#?\w{1,40};)                  # entity
    | (?<=/)/(?=\w)                      # bare address: https://…
    | (?<=\bwww)\.                       # bare address: www.…
    | (?<=[\w.+-])@(?=\w)                # bare mail address
    """,
    re.VERBOSE | re.IGNORECASE,
)

_QUOTE_MARKS = ("“”", '""', "«»", "‹›", "「」", "⟪⟫")


def clean(text: str) -> str:
    """``text`` as one line without anything that acts instead of being shown.

    White space, line breaks included, becomes one space; invisible characters go; control
    characters become visible signs (ESC is ␛), so that tampering shows.

    >>> clean("hard\\n   wrapped \\x1b[31mred\\u202e")
    'hard wrapped ␛[31mred'
    """
    line = " ".join(text.split())
    return " ".join(_CONTROL.sub(_sign, _HIDDEN.sub(_joiner_only, line)).split())


def inline(text: str) -> str:
    """``text`` for any place inside a line of Markdown.

    >>> inline("~5 * 3 [7] <b>*now*</b> [x](http://evil.example)")
    '~5 * 3 (7) \\\\<b>\\\\*now\\\\*\\\\</b> [x\\\\](http:/\\\\/evil.example)'
    """
    return _escaped(_FORGED_CITATION.sub(r"(\1)", clean(text)))


def cell(line: str) -> str:
    """A finished line of Markdown as a cell of a table; an empty one is a dash."""
    return line.replace("|", r"\|") or "–"


def heading(text: str) -> str:
    """``text`` for a heading, whose trailing ``#`` would be taken for a closing sequence."""
    line = inline(text)
    body = line.rstrip("#")
    return body + r"\#" * (len(line) - len(body))


def quoted(text: str) -> str:
    """``text`` between quotation marks that do not occur in it, so that none can be forged.

    >>> quoted("“Yes,” he said.")
    '"“Yes,” he said."'
    """
    shown = clean(text)
    free = (marks for marks in _QUOTE_MARKS if not set(marks) & set(shown))
    marks = next(free, _QUOTE_MARKS[0])
    return f"{marks[0]}{shown}{marks[1]}"


def quotation(text: str) -> str:
    """``quoted`` for Markdown.

    Unlike ``inline`` it leaves "[12]" as it is: between the marks it is the source's own.
    """
    said = quoted(text)
    return f"{said[0]}{_escaped(said[1:-1])}{said[-1]}"


def _escaped(line: str) -> str:
    return _SPECIAL.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), line)


def _joiner_only(found: re.Match[str]) -> str:
    return "" if found["hidden"] else found[0]


def _sign(found: re.Match[str]) -> str:
    """The control picture of a control character (Unicode block U+2400), else U+FFFD."""
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"
