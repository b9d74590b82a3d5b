"""Titles of people: which words are titles, and the title in the words around a name (pure)."""

from __future__ import annotations

import re

TITLES = (
    r"president|vice[- ]president|prime minister|premier|foreign minister|minister|secretary|"
    r"under-?secretary|secretary[- ]general|special representative|special envoy|envoy|ambassador|"
    r"(?:major|lieutenant|brigadier)[- ]general|general|gen\.|lieutenant|lt\.|colonel|col\.|major|brigadier|marshal|admiral|captain|"
    r"spokesman|spokesperson|spokeswoman|press secretary|chief negotiator|chief|negotiators?|"
    r"leader|commander|chair|chairman|chairwoman|chairperson|mediator|facilitator|adviser|advisor|aide|"
    r"sheikh|king|emir|crown prince|deputy|head|director|official|diplomat|delegate|delegation|"
    r"representative|coordinator|governor|mayor|senator|bishop|archbishop|cardinal|pope|"
    r"chancellor|high representative|commissioner|speaker|doctor|dr\.?|mr\.?|mrs\.?|ms\.?|hon\.?|"
    r"presidente|presidenta|vicepresidente|ministro|ministra|canciller|portavoz|vocero|vocera|"
    r"jefe|jefa|comandante|coronel|embajador|embajadora|enviado|enviada|secretario|secretaria|"
    r"alto comisionado|negociador|negociadora|delegado|director|mediador|líder|"
    r"président|présidente|premier ministre|ministre|porte-parole|chef|cheffe|général|colonel|"
    r"ambassadeur|ambassadrice|envoyé|envoyée|secrétaire|négociateur|négociatrice|médiateur|"
    r"médiatrice|représentant|représentante|représentant spécial|commandant|directeur|conseiller"
)
TITLE = re.compile(rf"(?<![\w-])(?:{TITLES})(?![\w-])", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:^|(?<=[\s,(\"“”]))(?:Mr|Mrs|Ms|Miss|Dr|Hon|H\.E|M|Mme|Sr|Sra|[Hh](?:is|er) Excellency|[Tt]he Honourable|Señora?|"
    r"Monsieur|Madame|Don|Doña|Sir)\.?[\s,(\"“”]*$"
)
_OPENING = (
    r"(?:The|An?|At|As|For|To|Between|Among|In|On|But|And|When|While|After|Before|Last|This|That|His|Her|Its|Their|Your|Our|My|From|By|With|"
    r"What|Will|If|Present|Since|Under|El|La|Los|Las|Le|Les|Un|Una|Une)\b"
)
_QUALIFIER = (
    rf"(?:(?!{_OPENING})[A-ZÀ-Þ][\w.'’-]*|[\w-]+['’]s|deputy|vice|chief|foreign|prime|special|senior|former|acting|interim|"
    r"national|presidential|government|military|army|rebel|guerrilla|opposition|party|press|state|defen[cs]e|interior|home|"
    r"finance|justice|energy|transport|security|political|peace|main|lead|head|top|joint|permanent|resident|regional|armed|"
    r"negotiating|council|parliamentary|religious|separatist|movement|front|policy|affairs|council)"
)
_OFFICE = rf"(?:{_QUALIFIER}|staff|and|(?!say|was|has)[a-zà-ÿ]{{3,}}s)(?![\w-])"
_AT_END = re.compile(
    rf"(?<![\w’'-])(?:{_QUALIFIER} )*(?i:{TITLES})(?![\w-])(?:(?:,| and) (?:{_QUALIFIER} )*(?i:{TITLES})(?![\w-]))*"
    rf"(?: (?:of|for|to|de|del|du|des) (?:the |an? |its |la |l['’])?{_OFFICE}(?:,? {_OFFICE}){{0,6}})*$"
)
_RELATIVE = re.compile(
    r"^(?:who|which|whose|that|and|or|is|was|has|had|said|says|told|where|when|qui|que)\b"
)
_ARTICLE = re.compile(
    r"^(?:(?:the|an?|his|her|its|their|our|el|la|le|un|une|una) |l['’])+", re.IGNORECASE
)
_AT_START = re.compile(rf"(?:[\w’'.-]+ ){{0,5}}?(?i:{TITLES}|members?|founder)(?![\w-])")
_END = re.compile(
    r"[,;:()—]| (?:who|which|that|whose|said|says|told|has|had|will|when|while|where|was|is)\b.*"
)
REACH = 150
"""Characters before a name that are looked at."""
_ANOTHER = re.compile(rf"(?:.* )?(?i:{TITLES}) (?!(?i:{TITLES})(?![\w-]))[A-ZÀ-Þ][\w’'-]+$")
"""Someone else with a title: "Secretary Marsh"."""
LONGEST = 12
"""Words of a title behind a name."""


def is_title(word: str) -> bool:
    """Whether a word is itself a title: "Ambassador"."""
    return TITLE.fullmatch(word) is not None


def before(text: str) -> str | None:
    """The title at the end of the words before a name, without the sentence that has run into it.

    "Mr" and the like are no title.
    """
    text, was = text[-REACH:].rstrip(" ,:;“”\"'’("), ""
    while text != was:
        was, text = text, _POLITE.sub("", text).rstrip(" ,:;“”\"'’(")
    found = _AT_END.search(text)
    return found[0] if found else None


def behind(text: str) -> str | None:
    """The title at the head of the words behind a name: "a spokesman for the RSF"."""
    text = text.strip(" ,:;“”\"'’")
    if _RELATIVE.match(text) or _ANOTHER.match(text):
        return None
    bare = _END.split(_ARTICLE.sub("", text), maxsplit=1)[0].strip()
    return " ".join(bare.split()[:LONGEST]) if _AT_START.match(bare) else None
