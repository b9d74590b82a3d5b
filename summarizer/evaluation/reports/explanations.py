"""A line of the ledger in words: what kind of error, where, and what was expected (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.reports.differences import both_shortened, shortened
from summarizer.evaluation.reports.places import TITLES, Place, place_of
from summarizer.evaluation.results import LedgerLine
from summarizer.rendering.escaping import clean

#: What colours stand for; each error also has a word, so that colour is never alone.
Group = Literal["right", "critical", "wrong", "missing", "extra", "minor", "optional"]

_WORDS: Mapping[str, tuple[str, Group]] = {
    "polarity": ("turned round", "critical"),
    "swapped": ("sides swapped", "critical"),
    "holder": ("wrong holder", "critical"),
    "self_stated": ("wrong voice", "critical"),
    "number": ("wrong number", "wrong"),
    "status": ("wrong status", "wrong"),
    "condition": ("wrong conditions", "wrong"),
    "evidence": ("wrong evidence", "wrong"),
    "topic": ("wrong topic", "minor"),
    "missing": ("missing", "missing"),
    "merge": ("merged", "missing"),
    "spurious": ("not in reference", "extra"),
    "duplicate": ("duplicate", "extra"),
    "split": ("split", "extra"),
    "wrong_section": ("wrong section", "extra"),
    "about_peace_talks": ("wrong subject", "critical"),
    "crash": ("no brief", "critical"),
}
#: Errors without a counter of their own, by field; any other is "wrong" and its field.
_FIELD_WORDS: Mapping[str, tuple[str, Group]] = {
    "evidence": ("other evidence", "minor"),
    "statement": ("other wording", "minor"),
    "conditions": ("conditions in part", "minor"),
}
_SEVERE = 0.2  # of an item's credit: from here on an error is not a minor one

#: Fields that hold text of the document or the model: shown between quotation marks.
_TEXTS = frozenset({"statement", "evidence", "conditions", "kind and statement"})
#: Fields that hold values of a vocabulary, which are told with spaces.
_TERMS = frozenset("kind status certainty basis reason roles topics firmness responses".split())


@dataclass(frozen=True)
class Explanation:
    """One line of the ledger for people. ``points`` is its share of the brief score."""

    word: str
    group: Group
    place: Place
    text: str
    points: float
    line: LedgerLine

    @property
    def lost(self) -> str:
        """``−0.034``; ``0`` where nothing is lost."""
        return lost(self.points)


def lost(points: float) -> str:
    """Lost points as a number with a sign.

    >>> lost(0.0341), lost(0.0), lost(0.0001)
    ('−0.034', '0', '−0.0001')
    """
    if points <= 0:
        return "0"
    return f"−{points:.3f}" if points >= 0.001 else f"−{points:.1g}"


def explain(line: LedgerLine, brief: PeaceTalksBrief | None) -> Explanation:
    """A line in words; ``brief`` is the output that it is about."""
    place = place_of(line, brief)
    word, group = word_of(line)
    text = clean(_TELL[line.kind](line, place))
    return Explanation(word, group, place, text, line.points, line)


def word_of(line: LedgerLine) -> tuple[str, Group]:
    """The word for an error and the group that gives its colour."""
    known = _WORDS.get(line.error or "") or _WORDS.get(line.kind)
    if known:
        return known
    name = field_name(line.field)
    fallback: tuple[str, Group] = (f"wrong {name}", "wrong" if line.penalty >= _SEVERE else "minor")
    return _FIELD_WORDS.get(line.field or "", fallback)


def field_name(field: str | None) -> str:
    """A field in words."""
    return {"to": "receiver", "by": "giver", "held_by": "holder"}.get(
        field or "", clean((field or "").replace("_", " "))
    )


def _quoted(text: str) -> str:
    return f"“{shortened(text)}”"


def _of_field(line: LedgerLine, place: Place) -> str:
    if line.field == "number":
        return _of_number(line)
    if line.error == "swapped":
        return f"giver and receiver exchanged: giver should be {_between(line)}"
    lead = {"polarity": "turned round: ", "self_stated": "another voice: "}.get(
        line.error or "", ""
    )
    return f"{lead}{field_name(line.field)} should be {_between(line)}"


def _between(line: LedgerLine) -> str:
    """``agreed; is floated``: what was expected and what there is, as much as fits a line."""
    if line.field in _TEXTS:
        wanted, got = both_shortened(line.expected, line.got)
        shown = [_none(text) or f"“{text}”" for text in (wanted, got)]
    else:
        words = [
            t.replace("_", " ") if line.field in _TERMS else t for t in (line.expected, line.got)
        ]
        shown = [shortened(text or "none") for text in words]
    return f"{shown[0]}; is {shown[1]}"


def _of_number(line: LedgerLine) -> str:
    if _none(line.got):
        return f"leaves out {shortened(line.expected)}"
    if _none(line.expected):
        return f"has {shortened(line.got)}, which the reference and its evidence do not"
    return f"number should be {shortened(line.expected)}; is {shortened(line.got)}"


def _none(text: str) -> str:
    return "none" if text in {"", "none"} else ""


def _of_missing(line: LedgerLine, place: Place) -> str:
    optional = "" if line.penalty else " (optional: nothing is lost)"
    return f"not in the output: {_quoted(line.expected)}{optional}"


def _of_merge(line: LedgerLine, place: Place) -> str:
    return f"told only as a part of another item: {_quoted(line.expected)}"


def _of_wrong_section(line: LedgerLine, place: Place) -> str:
    turned = ", which turns it round" if line.error == "polarity" else ""
    if place.side == "output":
        home = TITLES[place.reference_section].lower() if place.reference_section else "elsewhere"
        return f"belongs to the {home}{turned}: {_quoted(line.got)}"
    found = TITLES[place.prediction_section].lower() if place.prediction_section else "elsewhere"
    return f"stands among the {found} instead{turned}: {_quoted(line.expected)}"


def _of_spurious(line: LedgerLine, place: Place) -> str:
    return f"nothing like it in the reference: {_quoted(line.got)}"


def _of_duplicate(line: LedgerLine, place: Place) -> str:
    return f"says a second time what the reference has once: {_quoted(line.got)}"


def _of_split(line: LedgerLine, place: Place) -> str:
    return f"a part of one item, told on its own: {_quoted(line.got)}"


def _of_subject(line: LedgerLine, place: Place) -> str:
    return f"about peace talks should be {line.expected}; is {line.got}: all or nothing"


def _of_crash(line: LedgerLine, place: Place) -> str:
    return "no brief came: the whole case counts as a zero"


_TELL: Mapping[str, Callable[[LedgerLine, Place], str]] = {
    "field": _of_field,
    "missing": _of_missing,
    "merge": _of_merge,
    "wrong_section": _of_wrong_section,
    "spurious": _of_spurious,
    "duplicate": _of_duplicate,
    "split": _of_split,
    "about_peace_talks": _of_subject,
    "crash": _of_crash,
}
