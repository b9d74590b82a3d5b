"""Groups and states that no gazetteer knows, found by how a document names them (pure).

Capitalised phrases with the noun of a group ("Upper Valleys Movement"), names that their acronym
spells, bodies in general ("the donors"), acronyms, and single names that stand where a state
stands or that the recogniser of names takes for one. Whether any is a party is weighed later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from summarizer.names import LATIN_ENDINGS
from summarizer.selection import gazetteer
from summarizer.selection.acronyms import lone_acronyms
from summarizer.selection.gazetteer import Known
from summarizer.selection.introduced import is_person
from summarizer.selection.people import is_titled
from summarizer.selection.phrases import (
    CAP,
    OFFICE,
    OFTEN,
    STOP,
    Discovered,
    cleaned,
    kind_of,
    phrases,
    spelled,
    state_army,
)
from summarizer.selection.strangers import Stranger, strangers
from summarizer.selection.titles import is_title
from summarizer.vocabulary import PartyKind

_OF_STATE = re.compile(
    rf"\b(?:[Gg]overnment|[Rr]epublic|Kingdom|State|[Gg]obierno|Rep[úu]blica|Reino|[Gg]ouvernement|R[ée]publique|Royaume)"
    rf" (?:of|de|du|del) (?:the |la |los )?({CAP}(?: {CAP})?)"
)  # fmt: skip
_BLOC = re.compile(
    r"\b(?P<region>European|Western|Arab|African|Gulf|Nordic|Baltic|Latin American|Regional|regional) "
    r"(?P<who>leaders|states|governments|countries|nations|allies|partners|powers|mediators)\b"
)

_GOVERNMENT = re.compile(
    r"\bGovernment$|^(?:National|Federal|Transitional) (?:Government|Parliament)"
)
_NOTHING: Counter[str] = Counter()


def discover(
    text: str, known: Mapping[str, Known], named: Mapping[str, Counter[str]], labels: Iterable[str]
) -> Iterator[Discovered]:
    """Everyone named that may be a party; later ones with a form already taken are to be ignored.

    ``named`` are entities with the labels that the recogniser gives them, ``labels`` those of turns.
    """
    lines, text = text, " ".join(text.split())
    shorts: set[str] = set()
    long: dict[str, Discovered] = {}
    for found in (*spelled(text, known), *phrases(text, known)):
        shorts |= {form for form in found.forms[1:] if form.isupper()}
        long.setdefault(found.name, found)
        yield found
    yield from _blocs(text)
    yield from _bodies(text)
    yield from lone_acronyms(lines, known, shorts.union(labels), named, long.values())
    yield from _states(text, known)
    yield from _lone_names(text, known, named)
    yield from _long_names(known, named)


def _blocs(text: str) -> Iterator[Discovered]:
    """ "European leaders", "leaders of ten European states": one bloc per region."""
    forms: dict[str, Counter[str]] = {}
    for match in _BLOC.finditer(text):
        forms.setdefault(match["region"], Counter())[f"{match['region']} {match['who']}"] += 1
    for region, counted in forms.items():
        name = counted.most_common(1)[0][0]
        yield Discovered(
            name[:1].upper() + name[1:], PartyKind.BLOC, (name, *counted, f"{region}s")
        )


def _bodies(text: str) -> Iterator[Discovered]:
    """Bodies in general: "donors", "the mediators", "la Iglesia"."""
    for name, (kind, pattern) in gazetteer.bodies().items():
        forms = tuple(dict.fromkeys(match[0] for match in pattern.finditer(text)))
        if forms:
            yield Discovered(name, kind, forms)


def _states(text: str, known: Mapping[str, Known]) -> Iterator[Discovered]:
    """ "the Republic of Halden", "el gobierno de Corvera"."""
    for match in _OF_STATE.finditer(text):
        name = re.sub(r"['’]s$", "", match[1])
        if name.split()[0] not in STOP and gazetteer.key(name) not in known and not kind_of(name):
            yield Discovered(name, PartyKind.STATE, (name, *_latin(name)))


def _lone_names(
    text: str, known: Mapping[str, Known], named: Mapping[str, Counter[str]]
) -> Iterator[Discovered]:
    """Unknown single names that stand where only a party stands, or are taken for one."""
    persons = {_bare(name).split()[-1] for name, counted in named.items() if counted["PERSON"]
               and " " in name}  # fmt: skip
    for one in strangers(text):
        labels = sum((named.get(form, _NOTHING) for form in one.forms), Counter[str]())
        word, label = one.name, named.get(one.name, _NOTHING).most_common(1)
        grouped = bool(label) and label[0][0] in {"ORG", "NORP"} and label[0][1] >= OFTEN
        if (
            (_is_shown(one, labels) or (grouped and one.inside >= OFTEN))
            and word not in persons
            and _is_free(word, text, known)
        ):
            kind = PartyKind.ARMED_GROUP if grouped and not one.shown else PartyKind.STATE
            kind = PartyKind.POLITICAL_MOVEMENT if word.endswith("ists") else kind
            yield Discovered(word, kind, (*one.forms, *_latin(word)), guessed=True)


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _is_shown(one: Stranger, labels: Mapping[str, int]) -> bool:
    """Whether a name stands often enough where a party stands, and is not taken for a person's.

    What only begins sentences may be any word.
    """
    place = labels.get("GPE", 0) + labels.get("NORP", 0) + labels.get("LOC", 0)
    person = labels.get("PERSON", 0) > place + labels.get("ORG", 0)
    if one.count < OFTEN or (not one.inside and not one.owning) or (person and not one.owning):
        return False
    inhabited = len(one.forms) > 1 and place >= OFTEN
    return one.shown >= OFTEN or one.owning > 0 or inhabited or (
        one.shown > 0 and one.count > OFTEN
    )  # fmt: skip


def _is_free(bare: str, text: str, known: Mapping[str, Known]) -> bool:
    """Whether a word is no title, no group noun, nobody's first or last name and nothing known."""
    if is_title(bare) or bare in STOP or gazetteer.key(bare) in known:
        return False
    if is_titled(bare, text) or is_person(bare, text):
        return False
    if len(bare) > gazetteer.SHORTEST and bare.upper() in known:
        return False  # "Nato"
    if bare in gazetteer.group_nouns() or bare.rstrip("s") in gazetteer.group_nouns():
        return False
    behind = re.findall(rf"\b{re.escape(bare)} ([A-Z][a-z]+)", text)
    before = [word for word in behind if not is_title(word)]
    first_name = 2 * len(before) > len(re.findall(rf"\b{re.escape(bare)}\b", text))
    return not first_name or re.search(rf"(?:of|in) {re.escape(bare)}\b", text) is not None


def _long_names(
    known: Mapping[str, Known], named: Mapping[str, Counter[str]]
) -> Iterator[Discovered]:
    """Names of several words that the recogniser takes for a group, more often than for anything else."""
    for name, counted in named.items():
        label, count = counted.most_common(1)[0]
        bare = cleaned(re.sub(r"['’]s?$", "", name), known)
        if label not in {"ORG", "NORP"} or count < OFTEN or " " not in bare or OFFICE.match(bare):
            continue
        state = state_army(bare, known)
        if state is not None:
            yield Discovered(state.name, state.kind, (bare,))
        elif gazetteer.key(bare) not in known and not _GOVERNMENT.search(bare):
            yield Discovered(bare, kind_of(bare) or PartyKind.ARMED_GROUP, (bare,), guessed=True)


def _latin(name: str) -> list[str]:
    stem = name.rstrip("aeiouy") if len(name) > 4 else name
    return [f"{part}{ending}" for part in {name, stem} for ending in LATIN_ENDINGS
            if len(part) > 3]  # fmt: skip
