"""The date of a document, where the document states day, month and year (pure).

A year is never guessed, and a date inside the narrative is not the document's: only a line
that holds nothing but a date (and a place), a dateline, the end of a heading or the closing
formula of an agreement ("Done in …, this 4th day of …") counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date as Date

_MONTH = r"[^\W\d_]{3,12}"
_DATE = re.compile(
    rf"""
    (?<![\w/.–—-])(?:
      (?P<iso>(?:19|20)\d\d-\d\d-\d\d)
    | (?P<numeric>\d{{1,2}}(?P<mark>[./])\d{{1,2}}(?P=mark)(?:19|20)\d\d)
    | (?P<y0>(?:19|20)\d\d)\s?年\s?(?P<m0>\d{{1,2}})\s?月\s?(?P<d0>\d{{1,2}})\s?日
    | (?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|re|º|°|-?го|-?е)?\.?\s+(?:day\sof\s+|of\s+|de\s+)?
      (?P<m1>{_MONTH}(?:\s(?:الأول|الثاني|الاول|الثاني))?)(?:/[^\W\d_]+(?:\s[^\W\d_]+)?)?\.?,?\s+
      (?:del?\s+|of\s+)?(?P<y1>(?:19|20)\d\d)
    | (?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)
    )(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = {
    ord(digit): str(value)
    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, digit in enumerate(digits)
}
# Month names of Syria, Lebanon, Iraq, Jordan and Palestine, which dateparser does not know.
_LEVANTINE = dict(
    zip(
        "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,"
        "كانون الأول".split(","),
        range(1, 13),
        strict=True,
    )
)
_LANGUAGES = ["en", "es", "fr", "ar", "ru", "uk", "de", "pt", "it"]

_STATED = re.compile(
    r"\b(?:published|posted|issued|released|date[d]?|press release|for immediate release|updated"
    r"|last updated|on|at|publicado|publicada|publié|le|fecha|el|дата|опубликовано|опубліковано"
    r"|года|року|год|г|р|التاريخ|تاريخ|نشر في"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|понеділок|середа|четвер|п.ятниця|субота|неділя"
    r"|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"
    r"|\d{1,2}[:.h]\d\d(?::\d\d)?|[ap]\.?m\.?|[a-z]{1,4}t|utc|gmt|local time|à|a las)(?!\w)",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"updated|modified|actualizad|mis à jour|обновлен|оновлен", re.IGNORECASE)
# "Geneva", "Addis Ababa", "Санкт-Петербург"; words in small letters are no place.
_PLACE = re.compile(
    r"(?:(?![a-zа-яёіїєґ])[^\W\d_][\w'’.-]*|de|la|del|al|of|the)"
    r"(?:,?\s(?:(?![a-zа-яёіїєґ])[^\W\d_][\w'’.-]*|de|la|del|al|of|the)){0,4}"
)
_AFTER_DATELINE = re.compile(
    r"(?:\s(?:года|року|г\.|р\.))?\)?[.,]?\s*(?:\([^()]{2,40}\)\s*)?[—–:/-]"
)
_CLOSING = re.compile(
    r"(?:(?:Done|Signed|Adopted|Issued|Given|Made)\s+(?:in|at|on|this)\b|Fait\s+à|Hech[oa]\s+en"
    r"|Dado\s+en|Firmado\s+en|Suscrito\s+en|Feito\s+em|Fatto\s+a|Geschehen\s+zu"
    r"|Совершено|Составлено|Подписано|Вчинено|Учинено|Складено|Підписано|حرر في|أبرم في)"
)
_AFTER_CLOSING = re.compile(r"\W*(?:(?:года|року|г|р)\b\W*)?(?:,?\s*(?:in|en|em|в|у)\s.*)?$")

_SEPARATOR = re.compile(r"\s*[|·•]\s*|\s[–—-]\s")
_BYLINE = re.compile(r"(?:by|por|par|von|автор:?)\s", re.IGNORECASE)
_APART = ",،|/–—·•-"

_LONGEST_LINE, _LONGEST_DATELINE, _LONGEST_HEADING = 160, 90, 200


def mentions_date(line: str) -> bool:
    """Whether a day, month and year seem to stand anywhere in ``line``."""
    return _DATE.search(line.translate(_DIGITS)) is not None


def document_date(head: Sequence[str], tail: Sequence[str]) -> Date | None:
    """The date that the first or the last paragraphs give for the document, or None.

    ``head`` and ``tail`` are paragraphs with their white space collapsed.
    """
    head = [paragraph.translate(_DIGITS) for paragraph in head]
    tail = [paragraph.translate(_DIGITS) for paragraph in tail]
    stated = [line for line in head if not _UPDATED.search(line)]
    finders = (
        (stated, _own_line),
        (stated, _dateline),
        (stated, _heading_end),
        ([*head, *tail], _closing),
        (head, _own_line),
        (tail, _own_line),
    )
    for paragraphs, finder in finders:
        found = _first(finder(paragraph) for paragraph in paragraphs)
        if found:
            return found
    return None


def _first(days: Iterable[Date | None]) -> Date | None:
    return next((day for day in days if day), None)


def _own_line(line: str) -> Date | None:
    """ "Published 16 December 2025, 10:30 GMT", "Geneva, 23 November 2025", "Analysis | …"."""
    if len(line) > _LONGEST_LINE:
        return None
    parts = _SEPARATOR.split(line)
    if len(parts) > 1 and line.endswith("."):
        return None  # a sentence with dashes
    return _first(map(_alone, parts))


def _alone(part: str) -> Date | None:
    """A date with nothing but a place, a byline or a time beside it."""
    found = _DATE.search(part)
    if found is None:
        return None
    rest = (part[: found.start()], part[found.end() :])
    before, after = (_STATED.sub(" ", side).strip(" \t.:()[]*_#") for side in rest)
    if _BYLINE.match(before):
        before = ""
    if _is_place(before, before[-1:]) and _is_place(after, after[:1]):
        return _day(found)
    return None


def _is_place(side: str, edge: str) -> bool:
    """Nothing, or a place that a comma or a dash sets apart from the date."""
    bare = side.strip(f" {_APART}")
    return not bare or (edge in _APART and _PLACE.fullmatch(bare) is not None)


def _dateline(paragraph: str) -> Date | None:
    """ "GENEVA, Nov. 23, 2025 (Reuters) — The two sides …"."""
    found = _DATE.search(paragraph[:_LONGEST_DATELINE])
    if found is None or not _AFTER_DATELINE.match(paragraph, found.end()):
        return None
    place = re.sub(r"\([^()]*\)?", " ", paragraph[: found.start()]).strip(f" {_APART}")
    return _day(found) if not place or _PLACE.fullmatch(place) else None


def _heading_end(line: str) -> Date | None:
    """ "Readout of the talks in Geneva, 23 November 2025" (a line without a full stop)."""
    found = _DATE.search(line) if len(line) <= _LONGEST_HEADING else None
    if found is None or line[found.end() :].strip(" )]*_") or found.start() == 0:
        return None
    return _day(found) if line[: found.start()].rstrip()[-1:] in ",(–—|-" else None


def _closing(paragraph: str) -> Date | None:
    """ "Done in Addis Ababa, this 4th day of February 2018."."""
    if not _CLOSING.match(paragraph):
        return None
    found = _DATE.search(paragraph, 0, 160)
    return _day(found) if found and _AFTER_CLOSING.match(paragraph, found.end()) else None


def _day(found: re.Match[str]) -> Date | None:
    """The calendar day that a match states; None if it is none or can be read two ways."""
    if found["m1"] or found["m2"]:
        return _named_month(found)
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
    elif found["y0"]:
        year, month, day = int(found["y0"]), int(found["m0"]), int(found["d0"])
    else:
        day, month, year = map(int, re.split(r"[./]", found["numeric"]))
        if found["mark"] == "/" and day <= 12 and month <= 12 and day != month:
            return None  # the United States write the month first
        if found["mark"] == "/" and month > 12:
            day, month = month, day
    return _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def _named_month(found: re.Match[str]) -> Date | None:
    month = found["m1"] or found["m2"]
    day, year = found["d1"] or found["d2"], found["y1"] or found["y2"]
    if month in _LEVANTINE:
        return _valid(int(year), _LEVANTINE[month], int(day))
    import dateparser

    moment = dateparser.parse(
        f"{int(day)} {month} {year}",
        languages=_LANGUAGES,
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
        },
    )
    if moment is None or (moment.day, moment.year) != (int(day), int(year)):
        return None
    return moment.date()
