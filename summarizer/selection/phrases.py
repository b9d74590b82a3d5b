"""Capitalised phrases that name a group, and names that the acronym behind them spells (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summarizer.selection import gazetteer
from summarizer.selection.gazetteer import Known
from summarizer.selection.titles import is_title
from summarizer.vocabulary import PartyKind

CAP = r"[A-ZÀ-ÞŠŽĆČĐ][\w'’ʼ\-]*"
_LINK = r"(?:of|the|for|de|del|la|el|los|las|du|des|pour|para|d['’])"
_MINISTRY = re.compile(
    r"\b(?:Minist(?:ers?|ry|ro|ra|re|erio|ère)|Secretar(?:y|ies) (?:of|for)|Department)\b"
)
_OUTLET = re.compile(
    r"\b(?:News|Press|Times|Post|Herald|Tribune|Gazette|Radio|Television|Broadcasting|Daily|"
    r"Crisis Group|Research|Institute|Studies|University|Policy Group|Industr(?:y|ies)|Company|Holdings|Corporation)\b"
)
"""Who reports on talks, studies them or trades is no party."""
_OWNER = re.compile(
    r"^(?!People|Women|Worker|Farmer|Student|World|King|Lord|God)(\w+)['’]s (?=[A-Z])"
)
_CONTRACTED = re.compile(r"^(?:I|It|He|She|We|They|You|That|There|Who|What|Let)['’]\w+$")
_BEFORE_THE = re.compile(
    r"^(?P<head>(?:[A-Z][\w'’-]* ){1,3}?)(?:(?:of|for) (?:the )?|the )(?=[A-Z])"
)
_SKIPPED = r"(?:of|the|for|and|de|del|la|el|los|las|du|des|pour|para|y|et|d['’])"
_PHRASE = re.compile(rf"{CAP}(?: (?:{_LINK} ){{0,2}}{CAP}){{1,7}}")
_IN_BRACKETS = re.compile(
    r"\s*\((?:the |el |la |le )?[“\"]?([A-Z][A-Za-z0-9./’'\-]{1,9})[”\"]?[,)]"
)
_BRACKET = re.compile(r"\((?:the |el |la |le |les )?[“\"]?([A-Z][A-Z0-9/\-]{1,8})[”\"]?[,;)]")
_STATE_WORD = re.compile(
    r"^(?:army|armed|forces?|government|military|delegation|authorities|leadership|side|troops|"
    r"gobierno|ejército|gouvernement|armée|ministry|defence|defense|republic|kingdom|state|federal|"
    r"transitional|national|république|república|constitucional|of|the|de|del|la|du|des|democratic|islamic)$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(r"\b(?:National|Liberation|Free|Democratic)\b.*\b(?:Army|Forces|Front)\b")
STOP = frozenset(
    "The A An In On At By For From To He She It They We I You But And Or If When While As After"
    " Before Since This That These Those There Here What Who Why How Where His Her Its Their Our My"
    " Mr Mrs Ms Dr Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March"
    " April May June July August September October November December Yes No Not Both Neither Each"
    " All Any Some Many Most Other Another Under Until Asked Photo Article Section Chapter Annex"
    " Party Parties Prime Minister President Foreign Secretary General Council Government State"
    " States Nations Security North South East West Northern Southern Eastern Western Christmas"
    " Ramadan Islam Islamic Muslim Christian English Arabic Catholic European African Asian"
    " Presidents Cabinet Treasury Declaration Agreement Republic Kingdom Protocol Accord Treaty Constitution Parliament Opposition"
    " Moderator Chair Secretariat République República Panel Liberal Republican Democratic Royal Also With Then Only Even Has Have Is Was Will Nor So Yet Once"
    " El La Los Las Le Les Un Una Une Des De Du En Por Para Con Si Sin Se Su Al Il Elle Ils Dans"
    " Pour Sur Selon Mais Et Y O Ou Où Según Pero Una Cuando Aunque Tras Ni Cet Cette Ce Ces Son Sa Ses".split()
)
OFFICE = re.compile(
    r"^(?:President|Prime|Minister|General|Colonel|Foreign|Secretary|Mr|Ms|Gen|Army Chief|Vice|Deputy|"
    r"Ambassador|Captain|Commander|Chair|Envoy|Special|(?:Defen[cs]e|Interior|Security) (?:Minister|Secretar\w+|Adviser|Chief))\b"
)
_HEADED = re.compile(
    r"^(?:Rebels|Fighters|Guerrillas|Leaders?|Chair\w*|Members?|Heads?|Commission|Charter|Summit|Commanders?|Secretary|Spokes\w+|Delegation|Council|"
    r"Representatives?|Military Forces|Working Committee|Government|Embassy|Ministry of Foreign Affairs|[A-Z]\w+ [A-Z]\w+) "
    r"(?:of|de|del|du) (?:the |la |los |las )?(?=[A-Z])"
)
_ALONE = re.compile(rf"\bthe ({CAP})\b(?! {CAP}| of)")
_OF_BODY = re.compile(rf"^((?:{CAP} ){{1,2}})of the (?=[A-Z])")
OFTEN = 2
"""Times that an unknown name must stand where only a party can."""


@dataclass(frozen=True)
class Discovered:
    """Who is meant, and the forms that mean it."""

    name: str
    kind: PartyKind
    forms: tuple[str, ...]
    guessed: bool = False
    """Whether nothing says of what kind it is."""


def phrases(text: str, known: Mapping[str, Known]) -> Iterator[Discovered]:
    single: Counter[str] = Counter()
    long: Counter[str] = Counter()
    owners: dict[str, Known] = {}
    for match in _PHRASE.finditer(text):
        name = cleaned(match[0], known)
        kind = kind_of(name)
        left_out = _MINISTRY.search(match[0]) or _OUTLET.search(name)
        if kind is None or len(name.split()) > 7 or left_out:
            continue
        if " " not in name:
            single[name] += 1
            continue
        bracket = _IN_BRACKETS.match(text, match.end())
        short = [bracket[1]] if bracket and _is_short_for(bracket[1], name) else []
        own = _known(known, name, *short)
        if own is not None:
            if own.kind != PartyKind.STATE:
                long[name] += 1
                owners[name] = own
            yield Discovered(own.name, own.kind, (name, *short))
        elif not OFFICE.match(name):
            long[name] += 1
            yield Discovered(name, kind, (name, *short))
    single.update(noun for noun in _ALONE.findall(text) if kind_of(noun))
    yield from _short_forms(single, long, owners)


def _known(known: Mapping[str, Known], name: str, *short: str) -> Known | None:
    """Who has that name, that acronym, or that army."""
    keys = (gazetteer.key(form) for form in (name, *short))
    return next((known[key] for key in keys if key in known), None) or state_army(name, known)


def _short_forms(
    single: Counter[str], long: Counter[str], known: Mapping[str, Known]
) -> Iterator[Discovered]:
    """ "The Movement": the group whose name has that noun, or else a group of its own."""
    for name in single:
        whole = [phrase for phrase in long if name in phrase.split()]
        if whole:
            best = max(whole, key=lambda phrase: (long[phrase], phrase))
            own = known.get(best) or Known(best, kind_of(best) or PartyKind.OTHER, ())
            yield Discovered(own.name, own.kind, (name,))
        elif single[name] >= OFTEN and name not in STOP and (kind := kind_of(name)):
            yield Discovered(name, kind, (name,))


def cleaned(phrase: str, known: Mapping[str, Known]) -> str:
    """A phrase without what stands before the name: "In", "Her", "Leader of the", "Syria's"."""
    words = phrase.split()
    while len(words) > 1 and (
        (words[0] in STOP - {"Party", "National"} and words[0] not in _NAMING)
        or _CONTRACTED.match(words[0])
    ):
        words = words[1:]
    while len(words) > 1 and words[0].islower():
        words = words[1:]
    name = " ".join(words)
    owner = _OWNER.match(name)
    if owner and (gazetteer.key(owner[1]) in known or kind_of(name[owner.end() :])):
        name = name[owner.end() :]
    owned = _OF_BODY.match(name)
    if owned and kind_of(owned[1]) is None and kind_of(name[owned.end() :]):
        name = name[owned.end() :]  # "Bektan of the Upland Council"
    headed = _HEADED.match(name)
    if headed and (kind_of(name[headed.end() :]) or gazetteer.key(name[headed.end() :]) in known):
        name = name[headed.end() :]
    return _without_titles(_without_event(name, known), known)


def _without_event(name: str, known: Mapping[str, Known]) -> str:
    """ "Third Meeting of the Joint Commission", "Thanking the African Union": only who is named."""
    match = _BEFORE_THE.match(name)
    if match is None or kind_of(match["head"]):
        return name
    rest = name[match.end() :]
    meant = known.get(gazetteer.key(rest))
    group = meant is not None and meant.kind != PartyKind.STATE
    alone = " " not in rest and match[0].split()[-2] in {"of", "for"}
    return rest if group or (kind_of(rest) and not alone) else name


def _without_titles(name: str, known: Mapping[str, Known]) -> str:
    """ "United Nations Mediator", "… Mediator Odo Karrel": only whose mediator."""
    words = name.split()
    for place in range(1, len(words)):
        whose = re.sub(r"(?: (?:of|the|for))+$", "", " ".join(words[:place]))
        group = gazetteer.key(whose) in known or (" " in whose and kind_of(whose))
        if (is_title(words[place]) or words[place] == "Lord") and group:
            return whose
    while len(words) > 1 and is_title(words[-1]):
        words = words[:-1]
    return " ".join(words)


_NAMING = frozenset(
    "Security Council Government State States North South East West Northern Southern Eastern Western Islamic "
    "Muslim Christian Catholic European African Asian General Republic Kingdom Opposition Foreign All".split()
)


def kind_of(name: str) -> PartyKind | None:
    nouns = gazetteer.group_nouns()
    kinds = [nouns[word] for word in name.split() if word in nouns]
    if not kinds or name.isupper():
        return None
    for kind in (PartyKind.ARMED_GROUP, PartyKind.INTERNATIONAL_ORGANISATION):
        if kind in kinds:
            return kind
    return kinds[-1]


def state_army(name: str, known: Mapping[str, Known]) -> Known | None:
    """ "Sudanese Armed Forces", "Government of Sudan": the state, under another name."""
    words = name.split()
    if _NATIONAL.search(name):
        return None
    for size in (3, 2, 1):
        for part, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            found = known.get(gazetteer.key(" ".join(part)))
            if (
                found is not None
                and found.kind == PartyKind.STATE
                and rest
                and all(map(_STATE_WORD.match, rest))
            ):
                return found
    return None


def spelled(text: str, known: Mapping[str, Known]) -> Iterator[Discovered]:
    """Names that the acronym behind them spells: "Front populaire pour la renaissance (FPR)"."""
    for match in _BRACKET.finditer(text):
        words = text[max(0, match.start() - 120) : match.start()].split()
        for size in range(2, min(10, len(words)) + 1):
            name = " ".join(words[-size:])
            kind = kind_of(name)
            if name[:1].isupper() and kind and words[-size] not in STOP and spells(name, match[1]):
                own = _known(known, name, match[1])
                yield Discovered(
                    own.name if own else name, own.kind if own else kind, (name, match[1])
                )
                break


def spells(name: str, short: str) -> bool:
    """Whether the words of a name begin with the letters of an acronym."""
    letters = [c for c in short.casefold() if c.isalpha()]
    bare = re.sub(r"['’]s?(?= |$)", "", name.casefold())
    words = [w for w in re.split(r"[ \-’']", bare) if w and not re.fullmatch(_SKIPPED, w)]
    return len(letters) > 1 and [w[0] for w in words] == letters


def _is_short_for(short: str, name: str) -> bool:
    letters = [c for c in short if c.isalpha()]
    initials = "".join(word[0] for word in re.split(r"[ \-]", name) if word)
    return len(letters) >= 2 and (letters[0].casefold() == initials[:1].casefold()
                                  or short.upper()[:1] in initials.upper())  # fmt: skip
