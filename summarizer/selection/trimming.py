"""A sentence without what does not belong to what it says: numbering, dateline, connectives (pure)."""

from __future__ import annotations

import re

_LEADING = re.compile(
    r"^(?:But|And|Meanwhile|However|Also|Still|Yet(?! (?:to|another)\b)|"
    r"So(?! (?:long|far|much|many|few|soon|that)\b)|Now(?! that\b)|Well|Look|Then|In addition|Moreover|Finally|"
    r"Instead|For (?:his|her|its) part|Mais|Pero|Y|Et)\b,?\s+(?=[\w“])",
)
_ENUMERATOR = re.compile(r"^\W*(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[•*–-])\s+")
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)*)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?:,? \d{4})?\s*(?:\([^)]{2,40}\))?\s*[—–-]\s+"
)


def bare(text: str) -> str:
    """The sentence without numbering, dateline and connective, white space made plain."""
    text = _DATELINE.sub("", _ENUMERATOR.sub("", " ".join(text.split())))
    text = _LEADING.sub("", text)
    return text[:1].upper() + text[1:]


def cut(text: str, most: int) -> str:
    """A text of so many words at most, up to the end of a clause where one is near; then "…"."""
    words = text.split()
    if len(words) <= most:
        return text
    near = [at for at in range(most // 2, most) if words[at].endswith((",", ";", ":", ",”", ';"'))]
    return " ".join(words[: near[-1] + 1 if near else most]).rstrip(",;:") + " …"
