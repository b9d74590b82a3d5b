"""When a next step is: as written, and as a date where the document states what it needs (pure)."""

from __future__ import annotations

import re
from datetime import date as Date
from datetime import timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january|enero|janvier", "february|febrero|février", "march|marzo|mars", "april|abril|avril",
         "may|mayo|mai", "june|junio|juin", "july|julio|juillet", "august|agosto|août",
         "september|septiembre|septembre", "october|octubre|octobre",
         "november|noviembre|novembre", "december|diciembre|décembre"),
        start=1,
    )
    for name in names.split("|")
}  # fmt: skip
_DAYS = {
    name: number
    for number, names in enumerate(
        ("monday|lunes|lundi", "tuesday|martes|mardi", "wednesday|miércoles|mercredi",
         "thursday|jueves|jeudi", "friday|viernes|vendredi", "saturday|sábado|samedi",
         "sunday|domingo|dimanche")
    )
    for name in names.split("|")
}  # fmt: skip
_M, _D = "|".join(_MONTHS), "|".join(_DAYS)
_DATE = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:(?:-|–| and | to | or )\d{{1,2}})?(?:st|nd|rd|th|er|º)? (?:of |de )?(?P<m1>{_M})|(?P<m2>{_M}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:[-–]\d{{1,2}}(?!\d))?)"
    rf"(?!\d)(?:,? (?:of |de )?(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"(?:on |next |this |el (?:próximo )?|le )?(?:{_D})(?: (?:morning|evening|afternoon|night|next|prochain))?",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"tomorrow|tonight|mañana|demain|(?:the )?(?:next|coming|following) (?:week|month|year|few days|days|weeks)|"
    r"(?:in|within) (?:the )?(?:coming|next|\w+) (?:days|weeks|months|hours|day|week|month)|"
    r"(?:before|by|at|after|until) (?:the )?(?:end of (?:the |next )?\w+(?: \w+)?|christmas|ramadan|eid|weekend|mid-\w+|summer|spring|autumn|winter)|"
    r"this (?:weekend|week|month|afternoon|evening|autumn|summer|spring|winter)|weekend|"
    r"(?:early|late|later|mid) (?:in |next |this )?(?:the |that )?(?!as\b)(?:\w+)|later (?:this|today)|\d+ (?:days|weeks|months) (?:after|from)[^,.;]{0,40}|"
    r"(?:la )?próxim[ao] (?:semana|mes|ronda)|(?:la semaine|le mois) prochaine?|d['’]ici (?:à |au )?[^,.;]{3,30}|"
    r"\b(?:in|en) (?:early |late |mid-)?(?:"
    + _M
    + r")(?: (?:19|20)\d\d)?|a más tardar[^,.;]{0,25}|"
    r"dentro de [^,.;]{3,25}|dans (?:les|un délai de) [^,.;]{3,25}",
    re.IGNORECASE,
)


_MONTH = re.compile(rf"\b(?:{_M})\b", re.IGNORECASE)
_END = re.compile(
    rf"(?:by |before |until )?(?:the )?end of (?P<month>{_M}),? (?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
"""The last day of a month whose year is stated."""
_SAID = r"(?:told|said|wrote|announced|added|warned|declared|posted|confirmed|dijo|anunció|declaró|a déclaré|a dit)"
_DAY = rf"(?:late |early )?(?:on |el |le )?(?:{_D})(?: (?:night|morning|evening|afternoon))?"
_WHEN_SAID = re.compile(
    rf"\b{_SAID} {_DAY}\b|\b{_SAID} [^,;:“”]{{0,70}}? {_DAY} (?=that |que )", re.IGNORECASE
)


def month(written: str) -> int | None:
    """The month that a time as written names, 1 to 12."""
    found = _MONTH.search(written)
    return _MONTHS[found[0].lower()] if found else None


def when(text: str, today: Date | None) -> tuple[str | None, Date | None]:
    """The time as written, and its date if the document's own date or a year gives it.

    A day on which something was said is not the day of what was said.
    """
    text = _WHEN_SAID.sub(" ", text)
    end = _END.search(text)
    if end:
        after = Date(int(end["year"]), _MONTHS[end["month"].lower()], 28) + timedelta(days=4)
        return end[0].strip(), after - timedelta(days=after.day)
    match = _DATE.search(text)
    if match:
        lead = re.search(
            r"(?:by|before|until|on|el|le|antes del?|avant le) $", text[: match.start()]
        )
        written = match[0].strip()
        day = _resolved(match, today)
        return (
            f"{lead[0].strip()} {written}"
            if lead and lead[0].strip() in {"by", "before", "until"}
            else written
        ), day
    match = _WEEKDAY.search(text)
    if match:
        return match[0].strip(), _weekday(match[0], today)
    match = _OTHER.search(text)
    if match is None:
        return None, None
    written = match[0].strip()
    if today and re.fullmatch(r"tomorrow|mañana|demain", written, re.I):
        return written, today + timedelta(days=1)
    return written, today if today and written.lower() in {"tonight", "later today"} else None


def _resolved(match: re.Match[str], today: Date | None) -> Date | None:
    month = _MONTHS[(match["m1"] or match["m2"]).lower()]
    day = int(match["d1"] or match["d2"])
    year = int(match["y"]) if match["y"] else None
    try:
        if year:
            return Date(year, month, day)
        if today is None:
            return None
        found = Date(today.year, month, day)
        return found if found >= today - timedelta(days=120) else Date(today.year + 1, month, day)
    except ValueError:
        return None


def _weekday(written: str, today: Date | None) -> Date | None:
    if today is None:
        return None
    name = next(d for d in _DAYS if d in written.lower())
    ahead = (_DAYS[name] - today.weekday()) % 7 or 7
    return today + timedelta(days=ahead)


def is_past(text: str, today: Date | None) -> bool:
    """Whether the only date of a line lies before the document's own."""
    match = _DATE.search(text)
    day = _resolved(match, today) if match else None
    return bool(day and today and day < today)
