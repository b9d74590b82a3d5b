"""Numbers of list items in a Word file, as Word shows them: "2.", "(b)", "Article IV" (pure).

What a paragraph says of its list is a pair: the list, and the level in it. How a level is
counted and written stands in the numbering part of the file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

BULLET = "•"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DEEPEST = 9


@dataclass(frozen=True)
class Level:
    """How one level is counted and written: ``text`` has %1 for the count of level 0, …"""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Numbering:
    """Counts list items in document order."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)  # by list and level
    shared: dict[str, str] = field(default_factory=dict)  # lists that count together
    counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, depth: int) -> str:
        """What stands before the next item of list ``number`` at level ``depth``."""
        counts = self.counts[self.shared.get(number, number)]
        level = self.levels.get((number, depth), Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            counts.pop(deeper, None)
        if level.form == "bullet":
            return BULLET
        text = level.text
        for above in range(depth + 1):
            of = self.levels.get((number, above), Level())
            text = text.replace(f"%{above + 1}", written(counts.get(above, of.start), of.form))
        return text.strip()


def written(count: int, form: str) -> str:
    """A count in one of Word's forms; those of other scripts are written as plain numbers."""
    if form in ("lowerLetter", "upperLetter"):
        made = _letters(count)
    elif form in ("lowerRoman", "upperRoman"):
        made = _roman(count)
    else:
        return "" if form == "none" else f"{count:02}" if form == "decimalZero" else str(count)
    return made.upper() if form.startswith("upper") else made


def _letters(count: int) -> str:
    """a … z, aa, bb, … as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 780 else "?"


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    made = ""
    for value, letters in _ROMAN:
        made += letters * (count // value)
        count %= value
    return made


def numbering_of(root: Any) -> Numbering:
    """The lists that a numbering part describes; ``root`` is its element, or None."""
    made = Numbering()
    if root is None:
        return made
    kinds = {_value(kind, "abstractNumId"): kind for kind in root.findall(f"{W}abstractNum")}
    for number in root.findall(f"{W}num"):
        name = _value(number, "numId")
        link = number.find(f"{W}abstractNumId")
        kind = kinds.get(_value(link, "val")) if link is not None else None
        for level in kind.findall(f"{W}lvl") if kind is not None else ():
            made.levels[name, int(_value(level, "ilvl") or 0)] = _level(level)
        overrides = number.findall(f"{W}lvlOverride")
        for override in overrides:
            _override(made, name, override)
        made.shared[name] = name if overrides else f"kind {_value(link, 'val')}"
    return made


def _override(made: Numbering, name: str, override: Any) -> None:
    depth = int(_value(override, "ilvl") or 0)
    level = override.find(f"{W}lvl")
    made.levels[name, depth] = (
        _level(level) if level is not None else made.levels.get((name, depth), Level())
    )
    start = override.find(f"{W}startOverride")
    if start is not None:
        old = made.levels[name, depth]
        made.levels[name, depth] = Level(int(_value(start, "val") or 1), old.form, old.text)


def _level(element: Any) -> Level:
    start, form, text = (element.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText"))
    return Level(
        int(_value(start, "val") or 1), _value(form, "val") or "decimal", _value(text, "val")
    )


def _value(element: Any, name: str) -> str:
    return "" if element is None else str(element.get(f"{W}{name}") or "")
