"""Numbers and dates of a text as values with units.

"ten days" equals "10 days"; a week equals 7 days; a month is not 30 days, but close; "29 July"
fits "29 July 2025". Number words by text2num (English, French, Spanish, German, Portuguese,
Italian, Dutch); in other languages (Russian, Ukrainian, Arabic) only digits count: a limit.
Names with digits in them (M23, E3, Article 5-like) hold no figure but the free-standing one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from typing import Literal

from text_to_num import alpha2digit  # type: ignore[import-untyped]

from summarizer.folding import fold

Dimension = Literal[
    "count", "ordinal", "days", "months", "percent", "money", "metres", "date", "clock"
]  # fmt: skip

#: Languages whose number words are read.
WORD_LANGUAGES = frozenset({"en", "fr", "es", "de", "pt", "it", "nl"})
#: Languages whose month names are read, from dateparser's locale data.
_MONTH_LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "ru", "uk", "ar")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()

#: What follows a number: dimension, the size in its base unit, how it begins in the languages of
#: the cases. Days and months are different bases: a month has no fixed number of days.
_UNITS: tuple[tuple[Dimension, Decimal, str], ...] = (
    ("days", Decimal(1) / 1440, r"minut\w*|минут\w*|хвилин\w*|دقيقة|دقائق"),
    ("days", Decimal(1) / 24, r"hours?|heures?|horas?|stunden?|час(?:а|ов)?|годин\w*|ساعة|ساعات"),
    ("days", Decimal(1), r"days?|jours?|d[ií]as?|tage?n?|день|дн\w+|يوم\w*|أيام"),
    ("days", Decimal(7), r"weeks?|semaines?|semanas?|wochen?|недел\w*|тижн\w*|أسبوع\w*|أسابيع"),
    ("months", Decimal(1), r"months?|mois|mes(?:es)?|monate?n?|месяц\w*|місяц\w*|شهر\w*|أشهر"),
    (
        "months",
        Decimal(12),
        r"years?|ans?|ann[eé]es?|a[nñ]os?|jahre?n?|лет|год\w*|рок\w*|سنة|سنوات|عام\w*",
    ),
    ("percent", Decimal(1), r"%|per ?cent|pour ?cent|por ?ciento|prozent|процент\w*|відсотк\w*|٪"),
    ("money", Decimal(1), r"[$€£₽₴]|dollars?|euros?|d[oó]lares|pounds|рубл\w*|долл\w*"),
    ("metres", Decimal(1000), r"km|kilomet\w+|kilómetr\w+|километр\w*|кілометр\w*"),
    ("metres", Decimal(1609), r"miles?"),
)
_SCALES = {
    "thousand": 3, "mille": 3, "mil": 3, "тысяч": 3, "тисяч": 3, "ألف": 3,
    "million": 6, "millón": 6, "millon": 6, "миллион": 6, "мільйон": 6, "مليون": 6, "mn": 6, "m": 6,
    "billion": 9, "milliard": 9, "миллиард": 9, "bn": 9, "مليار": 9, "trillion": 12,
}  # fmt: skip
_SCALE = r"|".join(sorted(_SCALES, key=len, reverse=True))
_UNIT = "|".join(f"(?P<u{index}>{pattern})" for index, (_, _, pattern) in enumerate(_UNITS))
_DIGITS = r"(?P<digits>\d{1,3}(?:[.,' ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
# "40 men" and "6 mes" are not millions.
_SCALED = re.compile(
    rf"(?<![\w.,/]){_DIGITS}[ -]?(?!m(?:s|en|es)(?!\w))(?P<scale>{_SCALE})"
    r"(?:s|en|es|ов|а|и|ів)?(?!\w)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?:(?P<money>[$€£]) ?)?{_DIGITS}"
    r"(?P<ordinal>(?:st|nd|rd|th|er|e|º|ª)(?!\w))?(?![\w/]|[.,]\d)"
    rf"(?:[ -](?:of )?(?:{_UNIT})(?!\w)|(?P<sign>[%٪€$]))?"
)
_A_UNIT = re.compile(rf"(?<!\w)(?:a|an|one|une?|un[oa]?) (?={_UNIT.replace('?P<u', '?P<v')})")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")


@dataclass(frozen=True)
class Figure:
    """One number or date; ``soft`` ones ("two sides", "third round") are never missed alone."""

    dimension: Literal[
        "count", "ordinal", "days", "months", "percent", "money", "metres", "date", "clock"
    ]
    value: Decimal = Decimal(0)
    year: int | None = None
    month: int | None = None
    day: int | None = None
    soft: bool = False

    def __str__(self) -> str:
        if self.dimension == "date":
            parts = (f"{self.year:04d}" if self.year else "", self.month, self.day)
            return "-".join(
                f"{part:02d}" if isinstance(part, int) else part for part in parts if part
            )
        value = format(self.value.normalize(), "f")
        return value if self.dimension == "count" else f"{value} {self.dimension}"

    def equals(self, other: Figure) -> bool:
        """The same value; a date equals one that leaves out its year."""
        if self.dimension == other.dimension == "date":
            same_day = (self.month, self.day) == (other.month, other.day)
            return same_day and self._fits(other)
        if {self.dimension, other.dimension} == {"count", "money"}:  # "5 million [dollars]"
            return self.value == other.value
        return self.dimension == other.dimension and self.value == other.value

    def _fits(self, other: Figure) -> bool:
        """Whether two dates agree in all that both of them state."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        known = [(one, two) for one, two in pairs if one is not None and two is not None]
        both_vague = self.month is None and other.month is None and not known
        return not both_vague and all(one == two for one, two in known)

    def is_close_to(self, other: Figure) -> bool:
        """A month and 30 days (lengths in other units, within 5 per cent); June 2026 and 2026."""
        if self.dimension == other.dimension == "date":
            shared = self.year is not None and self.year == other.year
            return (
                not self.equals(other) and self._fits(other) and (shared or self._same_month(other))
            )
        if {self.dimension, other.dimension} != {"days", "months"}:
            return False
        one, two = (self._in_days(), other._in_days())
        return abs(one - two) <= Decimal("0.05") * max(one, two)

    def _same_month(self, other: Figure) -> bool:
        return self.month is not None and self.month == other.month

    def _in_days(self) -> Decimal:
        return self.value * (Decimal("30.44") if self.dimension == "months" else 1)


@lru_cache(maxsize=50_000)
def figures_of(text: str, language: str | None = "en") -> tuple[Figure, ...]:
    """Every number and date of a text, in order, each once."""
    text = _in_digits(_arabic_digits(fold(text)), language)
    found: list[Figure] = []
    for pattern, make in ((_ISO, _iso), (_DOTTED, _dotted), (_CLOCK, _clock)):
        found += [figure for match in pattern.finditer(text) if (figure := make(match))]
        text = pattern.sub(" ", text)
    spoken = language or "en"
    for pattern in _named_dates(spoken):
        found += [figure for match in pattern.finditer(text) if (figure := _named(match, spoken))]
        text = pattern.sub(lambda match: " " if _named(match, spoken) else match[0], text)
    found += _numbers(text, language)
    return tuple(dict.fromkeys(found))


def _arabic_digits(text: str) -> str:
    """Digits of any script as ASCII; the Arabic decimal and thousands marks too."""
    text = text.replace("٫", ".").replace("٬", ",")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _in_digits(text: str, language: str | None) -> str:
    """Number words as digits; "1.5 million" is written out first, which text2num splits."""
    text = _SCALED.sub(lambda match: _scaled(match, language), text)
    if language not in WORD_LANGUAGES:
        return text
    text = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", text)
    return str(alpha2digit(_A_UNIT.sub("1 ", text), language, 0.0))


def _scaled(match: re.Match[str], language: str | None) -> str:
    value = _value(match["digits"], language)[0] * Decimal(10) ** _SCALES[match["scale"]]
    return format(value.quantize(Decimal(1)), "f")


def _date(year: int | None, month: int | None, day: int | None) -> Figure | None:
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    return Figure("date", year=year, month=month, day=day)


def _iso(match: re.Match[str]) -> Figure | None:
    return _date(int(match[1]), int(match[2]), int(match[3]))


def _dotted(match: re.Match[str]) -> Figure | None:
    return _date(int(match[3]), int(match[2]), int(match[1]))


def _clock(match: re.Match[str]) -> Figure:
    return Figure("clock", Decimal(int(match[1]) * 60 + int(match[2])))


@cache
def _month_names(language: str) -> dict[str, int]:
    """Of the language and of English; of no other: "set" and "out" are months in Portuguese."""
    names: dict[str, int] = {}
    for known in dict.fromkeys(("en", language if language in _MONTH_LANGUAGES else "en")):
        info = import_module(f"dateparser.data.date_translation_data.{known}").info
        for number, month in enumerate(_MONTHS, start=1):
            for name in info[month]:
                if len(name) >= 3:
                    names.setdefault(fold(name).rstrip("."), number)
    return names


@cache
def _named_dates(language: str) -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _month_names(language)), key=len, reverse=True))
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    named = rf"(?P<month>{month})(?!\w)\.?"
    return (
        re.compile(rf"(?<![\w.,]){day} (?:of |de |d')?{named}(?:,? (?:of |de )?{year})?"),
        re.compile(rf"(?<!\w){named} {day}(?![\w%])(?!,\d)(?:,? {year})?"),
        re.compile(rf"(?<!\w){named},? (?:of |de )?{year}"),
    )


def _named(match: re.Match[str], language: str) -> Figure | None:
    groups = match.groupdict()
    day, year = groups.get("day"), groups.get("year")
    month = _month_names(language)[groups["month"]]
    return _date(int(year) if year else None, month, int(day) if day else None)


def _value(digits: str, language: str | None) -> tuple[Decimal, bool]:
    """The value, and whether it was written without any separator."""
    grouped = re.fullmatch(r"(\d{1,3}(?:([.,' ])\d{3})+)(?:[.,](\d+))?", digits)
    english_decimal = grouped and grouped[2] == "." and language in {"en", None}
    if grouped and not english_decimal:
        whole = re.sub(r"\D", "", grouped[1])
        return Decimal(f"{whole}.{grouped[3] or 0}"), False
    if digits.count(".") + digits.count(",") > 1:
        return Decimal(re.sub(r"\D", "", digits)), False
    return Decimal(digits.replace(",", ".").replace(" ", "")), digits.isdigit()


def _numbers(text: str, language: str | None) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        value, plain = _value(match["digits"], language)
        figure = _typed(match, value, plain)
        if value != 1 or figure.dimension not in {"count", "ordinal"}:  # "one of them", "first"
            yield figure


def _typed(match: re.Match[str], value: Decimal, plain: bool) -> Figure:
    if match["ordinal"]:
        return Figure("ordinal", value, soft=True)
    if match["money"] or (match["sign"] or "") in {"€", "$"}:
        return Figure("money", value)
    if match["sign"]:
        return Figure("percent", value)
    for index, (dimension, size, _) in enumerate(_UNITS):
        if match[f"u{index}"]:
            exact = (value * size).quantize(Decimal("0.0001"))
            return Figure(dimension, exact, soft=value <= 1)
    if plain and 1900 <= value <= 2100:
        return Figure("date", year=int(value))
    return Figure("count", value, soft=value <= 2)


@dataclass(frozen=True)
class FigureCheck:
    """What came of comparing the figures of two statements."""

    verdict: Literal["right", "close", "missing", "wrong", "invented"]
    expected: str = ""
    got: str = ""


def compare_figures(
    expected: Iterable[Figure],
    got: Iterable[Figure],
    *,
    elsewhere: Iterable[Figure] = (),
    excused: Iterable[Figure] = (),
) -> FigureCheck:
    """Compare the figures of a reference's statement with those of a prediction.

    ``elsewhere``: figures in other fields of the prediction (a deadline): not missing then.
    ``excused``: figures of the sentences the reference cites: one more of them in the
    statement is a fuller statement, no error.
    """
    wanted, given = list(dict.fromkeys(expected)), list(dict.fromkeys(got))
    known = [*given, *elsewhere]
    missed = [figure for figure in wanted if not any(figure.equals(one) for one in known)]
    extra = [figure for figure in given if not any(figure.equals(one) for one in wanted)]
    invented = [figure for figure in extra if not any(figure.equals(one) for one in excused)]
    swapped = [(one, two) for one in missed for two in extra if _answers(one, two)]
    hard = [figure for figure in missed if not figure.soft]
    if swapped:
        one, two = min(swapped, key=lambda pair: not pair[0].is_close_to(pair[1]))
        return FigureCheck("close" if one.is_close_to(two) else "wrong", str(one), str(two))
    invented = [figure for figure in invented if not figure.soft]
    if invented:
        return FigureCheck("invented", "", ", ".join(map(str, invented)))
    if hard:
        return FigureCheck("missing", ", ".join(map(str, hard)), "")
    return FigureCheck("right")


def _answers(missed: Figure, extra: Figure) -> bool:
    """Whether an extra figure stands where the missed one should: same kind of figure."""
    time = {"days", "months"}
    if missed.soft and extra.soft and missed.dimension == "count":
        return False
    same = missed.dimension == extra.dimension
    return same or {missed.dimension, extra.dimension} <= time
