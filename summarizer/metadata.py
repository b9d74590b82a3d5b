"""What a text states about itself: headline, publisher, date, language (pure).

Precision over recall: what the text does not clearly state is None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from typing import Any

from summarizer.dates import document_date, mentions_date
from summarizer.paragraphs import CLOSERS, TERMINAL, Paragraph, split

# A document says what it is in its first lines, or in its last.
_HEAD, _TAIL = 6_000, 3_000
_HEAD_PARAGRAPHS, _TAIL_PARAGRAPHS = 10, 12

_LABELLED = re.compile(r"(?:title|headline|subject)\s?[:：]\s*(?P<title>\S.*)", re.IGNORECASE)
_BREADCRUMB = re.compile(r"<[^<>]*\baria-current=[\"']page[\"'][^<>]*>(?P<title>[^<>]+)<")
_TAG = re.compile(r"<[^<>]{1,200}>")
_GENRE = re.compile(
    r"(?:(?:Joint|Final|Press|Media|Official|Trilateral|Framework|General|Background|Local|Peace"
    r"|Ceasefire|On-the-Record)\s)*"
    r"(?:Statement|Communiqué|Communique|Declaration|Agreement|Readout|Remarks|Transcript"
    r"|Summary|Highlights|Minutes|Briefing|Conference|Accord|Protocol|Memorandum|Call|Gaggle|Comunicado|Declaración|Acuerdo"
    r"|Déclaration|Заявление|Коммюнике|Соглашение|Заява|Комюніке|Угода|بيان|اتفاق)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:via\s|published\b|posted\b|updated\b|last updated\b|for immediate release|share\b"
    r"|(?:press|news|media) (?:release|summary)$|note to correspondents|information note"
    r"|comunicado de prensa$|communiqué de presse$|сводка для прессы|пресс-релиз$|пресреліз$"
    r"|skip to\b|advertisement|home$|menu\b|subscribe|sign in|listen\b|read more|photo|image"
    r"|file photo|https?:|www\.|from:|to:|cc:|embargoed|unclassified|\d+ min"
    r"|.*\b\d(?:st|nd|rd|th) lead$)",
    re.IGNORECASE,
)
# Breadcrumbs, mastheads, menus and accounts: "Home > News", "THE POST | World", "@name".
_SECTIONS = re.compile(r"\s[>›»→|·•/]\s|@\w")
_BYLINE = re.compile(r"(?:by|por|par|von|від|автор:?)\s+(?:our\b|the\b)?\s*", re.IGNORECASE)
_CREDIT = re.compile(
    r"©|\((?:photo|image|foto|ap|afp|reuters)\b|\b(?:photo|image|credit):"
    r"|\b(?:photos?|photographs?|pictures?|images?|fotos?)\W*$|\bgetty\b",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"(?:The\s)?(?:Ministry|Office|Embassy|Department|Permanent Mission|Government|Republic|Bureau"
    r"|Delegation|Presidency|Secretariat|White House|Kremlin|United Nations|African Union"
    r"|European Union|High-Level|Ministère|Ministerio|Centro|Centre|Gobierno|Presidencia|Embajada"
    r"|Présidence|Ambassade|République|República|Nations [Uu]nies|Naciones|Service|Организация"
    r"|Министерство|Міністерство|Офіс|الأمم|وزارة)\b"
    r"|.*\b(?:Service|Agency|Office|Secretariat|Newsroom|Committee|Commission|Council|Observatory"
    r"|Ministry|Embassy|Bureau|Section)$",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r".*\b(?:Room|Auditorium|Lawn|Garden|Hall|Hotel|Palace|Centre|Center|Airport|House|Office)$"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\s*(?:[AaPp]\.?[Mm]\.?)?\s*[A-Z]{0,4}$")
# Columns of a masthead; not the two spaces some put after a full stop.
_WIDE_GAP = re.compile(r"(?<=[^.!?:…\s])(?: {2,}|[ ]?\t+[ ]?)(?=\S)")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_NAME = r"(?P<name>[^\W\d_][^|;:()\[\]<>©\n]{1,60}?\.?)"
_NAME_END = (
    r"(?=\.?\s+(?:All|Visit|Distributed|Licen[sc]ed|Reprinted|Published|Todos|Tous|Все|No part)\b"
    r"|,\s*all rights|\s*\||\.?$|\.\s)"
)
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|Copyright(?:\s*©|\s*\(c\))?)\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?\d{{2,4}})?),?\s+"
    rf"(?:by\s+)?{_NAME}{_NAME_END}",
    re.IGNORECASE,
)
_STATED_BY = re.compile(
    rf"(?:Distributed by|Publisher:|Source:|Fuente:|Источник:|Джерело:|المصدر:)\s*"
    rf"{_NAME}{_NAME_END}"
)
_AGENCY = re.compile(
    r"(?P<place>[^()\[\]:;.!?]{0,60}?(?:\.\s?\d{1,2}[^()]{0,8})?)\s?"
    r"\((?P<name>[^\W\d_][^()\d]{1,30})\)\s*\.?\s*(?:--|[-–—])"
)
_SLASHED_AGENCY = re.compile(r"(?P<place>[^/()]{3,60}?)\.?\s?/(?P<name>[^\W\d_][^/\d]{1,20})/\.?\s")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\s+(?:de\s+)?[^\W\d_]+")
_SMALL_WORD = re.compile(r"(?:^|\s)[a-zа-яёіїєґ]{5,}")
_KEEPS_DOT = re.compile(r"(?:\b\w\.\w|\b(?:Inc|Ltd|Co|Corp|Bros))\.$")

_UNLIKE_HEADLINES = frozenset(TERMINAL + ",—–") - frozenset("?!")

# Varieties that py3langid tells apart and ISO 639-1 does not.
_MACRO = {"arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh"}
_SAMPLE, _SAMPLES = 400, 12
_FEWEST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text states about itself; None where it does not."""

    title: str | None
    publisher: str | None
    date: Date | None
    language: str | None


def recognise(text: str) -> Metadata:
    """Headline, publisher, date and language of ``text``, in time linear in its length."""
    head = text[:_HEAD]
    opening = split(head)[:_HEAD_PARAGRAPHS]
    first = [_collapsed(head[p.start : p.end]) for p in opening]
    tail = text[-_TAIL:]
    last = [_collapsed(tail[p.start : p.end]) for p in split(tail)[-_TAIL_PARAGRAPHS:]]
    return Metadata(
        title=_title(first, opening),
        publisher=_publisher(first, last),
        date=document_date(first, last),
        language=language(text),
    )


def _collapsed(paragraph: str) -> str:
    """One line without control and direction characters; a wide gap becomes a bar."""
    line = " ".join(_WIDE_GAP.sub(" | ", paragraph).split())
    return "".join(c for c in line if c.isprintable() or c in "\u200c\u200d")


def _title(lines: Sequence[str], paragraphs: Sequence[Paragraph]) -> str | None:
    """The headline: a label, a Markdown heading, or short lines above the first sentence."""
    for line in lines:
        stated = _LABELLED.fullmatch(line) or _BREADCRUMB.search(line)
        if stated:
            return _plain(stated["title"])
    headlines: list[str] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else ""
        if re.match(r"#{1,2}\s", line) or re.fullmatch(r"=+", after):
            return _plain(line)
        if _passed_over(line, after) or (index and _is_byline(line)):
            continue
        if _is_prose(line) or _is_item(line, paragraphs[index]):
            return _chosen(headlines)
        if _says_enough(line):
            headlines.append(line)
    return None  # nothing but short lines: no text that they could be the headline of


def _plain(title: str) -> str | None:
    """Without Markdown, tags and the quotes of a front matter; None if nothing is left."""
    title = _TAG.sub("", title).strip("#*_ ").strip()
    if title[:1] == title[-1:] and title[:1] in ("'", '"'):
        title = title[1:-1].strip()
    return title[:200] or None


def _passed_over(line: str, after: str) -> bool:
    """Site furniture, times, dates, accounts and venues above a text."""
    if _FURNITURE.match(line) or _CREDIT.search(line) or _CLOCK.fullmatch(line):
        return True
    if _SECTIONS.search(line) or after.startswith("@") or not any(map(str.isalpha, line)):
        return True
    if len(line) < 40 and re.match(r"\d{1,2}[.)] ", line):
        return True  # "1. Home"
    if re.fullmatch(r"(?:\*[^*]|[_(\[]).*[*_)\]]", line):
        return True  # a standfirst or a stage direction
    if len(line) <= 90 and mentions_date(line) and not _GENRE.match(line):
        return True
    return bool(_VENUE.fullmatch(line)) and bool(_CLOCK.fullmatch(after))


def _is_byline(line: str) -> bool:
    byline = _BYLINE.match(line)
    return byline is not None and not line[byline.end() : byline.end() + 1].islower()


def _is_prose(line: str) -> bool:
    """A sentence, or the cut-off part of one."""
    bare = line.rstrip(CLOSERS + " ")
    if len(line) > 200 or line[0].islower():
        return True
    return bare[-1:] in _UNLIKE_HEADLINES


def _is_item(line: str, paragraph: Paragraph) -> bool:
    """A list item or a "Q  …" turn; "UKRAINE: talks resume" may be a headline."""
    lead = paragraph.lead - paragraph.start
    return lead > 0 and line[:lead].rstrip()[-1:] not in (":", "：")


def _says_enough(line: str) -> bool:
    """A headline says something; one or two words name a section, or a kind of document."""
    needed = 2 if _GENRE.match(line) else 3
    return len(line.split("(")[0].split()) >= needed or len(_HAN.findall(line)) >= 6


def _chosen(headlines: Sequence[str]) -> str | None:
    """Of the lines above a text the one that names its kind, else the first; no letterhead."""
    stated = [line for line in headlines if _GENRE.match(line) or not _ISSUER.match(line)]
    titles = [line for line in stated if _GENRE.match(line)] or stated
    return _plain(titles[0]) if titles else None


def _publisher(head: Sequence[str], tail: Sequence[str]) -> str | None:
    """A copyright notice, the agency of the dateline, or a line that names the source."""
    for line in [*tail, *head]:
        notice = _COPYRIGHT.search(line)
        if notice and not _CREDIT.search(line[: notice.start()]):
            return _name(notice["name"])
    for line in head:
        agency = _AGENCY.match(line) or _SLASHED_AGENCY.match(line)
        if agency and not _SMALL_WORD.search(_DAY_AND_MONTH.sub("", agency["place"])):
            return _name(agency["name"])
    for line in [*tail, *head]:
        stated = _STATED_BY.search(line)
        if stated:
            return _name(stated["name"])
    return None


def _name(name: str) -> str:
    name = name.strip(" ,*_")
    return name if _KEEPS_DOT.search(name) else name.rstrip(".")


def language(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``; None if it is too short or mixed.

    py3langid (140 languages) judges up to twelve samples spread over the text; most of
    them have to agree.
    """
    samples = [sample for sample in _samples(text) if _letters(sample) >= _FEWEST_LETTERS]
    votes = Counter(filter(None, map(_judged, samples)))
    if not votes:
        return None
    code, count = votes.most_common(1)[0]
    return code if count >= len(samples) * 0.7 else None


def _samples(text: str) -> list[str]:
    if len(text) <= _SAMPLE * 2:
        return [text]
    step = max(_SAMPLE, len(text) // _SAMPLES)
    return [text[start : start + _SAMPLE] for start in range(0, len(text) - _SAMPLE // 2, step)]


def _letters(sample: str) -> int:
    """Letters, with a character of Chinese, Japanese or Korean as four."""
    return sum(map(str.isalpha, sample)) + 3 * len(_HAN.findall(sample))


def _judged(sample: str) -> str | None:
    code, probability = guess_language(sample)
    return code if probability >= 0.7 and len(code) == 2 else None


def guess_language(sample: str) -> tuple[str, float]:
    """The likeliest language (ISO 639) of a short text, and how likely it is."""
    ranking: dict[str, float] = {}
    for code, probability in _identifier().rank(sample):
        code = _MACRO.get(code, code)
        ranking[code] = ranking.get(code, 0.0) + probability
    return max(ranking.items(), key=lambda entry: entry[1])


@cache
def _identifier() -> Any:
    from py3langid.langid import (  # type: ignore[import-untyped]
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
