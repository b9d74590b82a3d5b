"""Acronyms that no gazetteer knows, and the longer names of the text that they are short for (pure).

Capitals are no acronym where they are a place ("GENEVA, 3 May"), a heading, the label of a turn,
or a word that the text also writes small.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from summarizer.names import folded
from summarizer.selection import gazetteer
from summarizer.selection.gazetteer import Known
from summarizer.selection.phrases import CAP, OFTEN, Discovered, kind_of, spells
from summarizer.vocabulary import PartyKind

_ACRONYM = re.compile(
    r"(?<![\w.])(?=[A-ZÀ-Þ0-9/\-]*[A-ZÀ-Þ]{2})[A-ZÀ-Þ][A-ZÀ-Þ0-9/\-]{1,8}(?![\w])|\b[A-Z]-?\d{2}\b"
)
_SHOUTED = re.compile(r"(?:\b[A-Z][A-Z’'.-]+[ ,/]+){1,}[A-Z][A-Z’'.-]{2,}\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    r"^[\W_]*[A-ZÀ-Þ][A-ZÀ-Þ’'./ \-]{2,40}(?=[,( ])"
    rf"(?=(?:,[^.:;—–]{{0,45}}?)?,? ?(?:{_MONTH} \d|\d+ {_MONTH}|\([^)]{{3,45}}\)[^.:;—–]{{0,25}} ?[—–-]))"
)
"""The place that a report was sent from, at its beginning: "SUVA, July 9 —", "BERN (ANA) —"."""
_NO_ACRONYM = frozenset(
    "AM PM GMT EDT EST UTC EST CET BST Q A I II III IV V VI VII VIII IX X OK TV FAQ PDF AFP AP MR MS"
    " MRS DR JEDDAH GENEVA NEWS BREAKING READ MORE LIVE UPDATE PHOTO ISO ANNEX PS ARTICLE KM CEO VIP DNA SMS GPS USD"
    " EUR FAA NTSB BBC CNN NPR ABC CBS NBC PBS RFI RFE VOA TASS DPA EFE ANSA RTE SABC NHK CCTV CGTN NYT MP MPS ID AK-47 HIV TNT GDP CCTV NGO NGOS IDP IDPS DDR IRNA SANA WAFA PTI END ENDS"
    " ATACMS HIMARS NASAMS THAAD MANPADS GLSDB UAV UAVS ICBM IRBM RPG IED IEDS APC APCS WMD".split()
)
_LABEL = re.compile(r"(?m)(?:^|(?<=[.?!”\"] ))([A-Z][A-Z0-9/\-]{1,8})(?: \([^)\n]*\))?:(?=\s)")
_PERSON = re.compile(rf"({CAP}(?: {CAP}){{1,3}}) \(([A-Z]{{2,3}})\)")
_CALLED = re.compile(
    r"\b(?i:yeah|sorry|thanks|thank you|hi|hey|go ahead), ([A-Z]{2,4})\b(?! [a-z])"
)
"""Who is called. Not behind "yes" or "no": these may answer about a party."""
_NEAR = 40
"""Characters around an acronym in which words tell of what kind it is."""
_TELLING = {
    PartyKind.ARMED_GROUP: re.compile(
        r"rebel|guerr?ill|fighters?\b|militia|armed wing|command(?:er|ant)|insurgent|combatants?\b|rebeld"
    ),
    PartyKind.POLITICAL_MOVEMENT: re.compile(
        r"\bpart(?:y|ies|ido)\b|\bMPs?\b|\bseats?\b|\bvot(?:e|ers)|elect|opposition|parliament|congress\b"
    ),
    PartyKind.INTERNATIONAL_ORGANISATION: re.compile(
        r"member (?:states|countries)|secretary[- ]general|summit|agency|regional (?:body|bloc)|heads of state"
    ),
}


def lone_acronyms(
    text: str,
    known: Mapping[str, Known],
    taken: Collection[str],
    named: Mapping[str, Counter[str]],
    long: Iterable[Discovered],
) -> Iterator[Discovered]:
    """Acronyms of a text with its line breaks; ``long`` are the names found in it."""
    read = _SHOUTED.sub(" ", _without_headings(text))
    counts = Counter(match[0] for match in _ACRONYM.finditer(read))
    no_group = _labels(text) | _initials(text, named)
    spelled = [(form, found) for found in long for form in found.forms if " " in form]
    for acronym, count in counts.items():
        if acronym in taken or acronym in no_group or not _is_acronym(acronym, count, text, known):
            continue
        whole = next((found for form, found in spelled if spells(form, acronym)), None)
        if whole is not None:
            yield Discovered(whole.name, whole.kind, (acronym,))
        else:
            kind = _kind(acronym, text)
            yield Discovered(
                acronym, kind or PartyKind.ARMED_GROUP, (acronym,), guessed=kind is None
            )


def _without_headings(text: str) -> str:
    """The text without the places of datelines and without lines of capitals alone."""
    lines = (_DATELINE.sub("", line) for line in text.splitlines())
    return " ".join(line for line in lines if any(map(str.islower, line)))


def _is_acronym(acronym: str, count: int, text: str, known: Mapping[str, Known]) -> bool:
    if acronym in _NO_ACRONYM or acronym.isdigit() or (count < OFTEN and len(acronym) < 3):
        return False
    if gazetteer.key(acronym) in known or folded(acronym) in known:
        return False
    return not any(
        len(re.findall(rf"\b{re.escape(word)}\b", text)) >= count
        for word in (acronym.capitalize(), acronym.lower())
    )


def _labels(text: str) -> set[str]:
    """Who speaks in a transcript or minutes, or is called: "TL: We may …", "Yeah, TL."."""
    return {*_LABEL.findall(text), *_CALLED.findall(text)}


def _initials(text: str, named: Mapping[str, Counter[str]]) -> set[str]:
    """Initials of people: "Ada Marsh (AM)"."""
    return {
        match[2]
        for match in _PERSON.finditer(text)
        if not kind_of(match[1])
        and (_is_person(match[1], named) or [w[0] for w in match[1].split()] == [*match[2]])
    }


def _is_person(name: str, named: Mapping[str, Counter[str]]) -> bool:
    return named.get(name, Counter[str]())["PERSON"] > 0


def _kind(acronym: str, text: str) -> PartyKind | None:
    """Of what kind it is by the words around it, where they tell."""
    if re.fullmatch(r"UN[A-Z]{2,}|MIN[A-Z]+|O[A-Z]U|AU[A-Z]+", acronym):
        return PartyKind.INTERNATIONAL_ORGANISATION
    around = " ".join(
        text[max(0, m.start() - _NEAR) : m.end() + _NEAR]
        for m in re.finditer(rf"\b{re.escape(acronym)}\b", text)
    )
    told = {kind: len(words.findall(around)) for kind, words in _TELLING.items()}
    best = max(told, key=lambda kind: told[kind])
    return best if told[best] else None
