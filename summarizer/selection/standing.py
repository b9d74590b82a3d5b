"""How each one named stands in its document, as numbers: is it a party, and what part has it?

One pass over the lines: where a name stands (subject, behind "in", before "officials"), what the
parser and its recogniser of names say of it, which cues of a role are near, who speaks for it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.selection import gazetteer
from summarizer.selection.genre import Genre
from summarizer.selection.rolecues import HOW
from summarizer.vocabulary import PartyKind, PartyRole

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summarizer.selection.actors import Actor, Mention
    from summarizer.selection.reading import Line, Reading

_BEFORE = {
    "in": r"in|at|near|across|inside|outside|en|à|au|dans",
    "of": r"of|del?|du|des|d['’]",
    "by": r"by|por|par",
    "with": r"with|between|and|con|entre|avec|y|et",
    "to": r"to|from|for|on|against|a|para|contra|vers|pour|contre|into|toward",
}
_BEFORE_NAME = {
    place: re.compile(
        rf"(?<!\w)(?:{words})\s?(?:the |la |le |el |los |las |les |l['’])?$", re.IGNORECASE
    )
    for place, words in _BEFORE.items()
}
_AFTER_NAME = {
    "acts": re.compile(
        r"^(?: (?:and|y|et) (?:the )?[A-Z]\w+)?,? (?:will|would|has|have|had|is|are|was|were|says?|said|can|could|must|may|"
        r"offer(?:s|ed)|agree[sd]?|reject(?:s|ed)|demand(?:s|ed)|insist(?:s|ed)|wants?|refuse[sd]?|accept(?:s|ed)|"
        r"pledge[sd]?|promise[sd]?|propose[sd]?|sign(?:s|ed)|shall|ha|han|se|está|a|ont|est|sont|deberán?|doi(?:t|vent))\b"
    ),
    "official": re.compile(
        r"^(?:['’]s?)? (?:\w+ ){0,2}?(?:officials?|government|president|prime|foreign|minister|ministry|delegation|"
        r"side|envoys?|diplomats?|leaders?|leadership|negotiators?|spokes\w+|army|military|team|authorities)\b",
        re.IGNORECASE,
    ),
    "owns": re.compile(r"^['’]s?\b"),
    "listed": re.compile(r"^(?:,| and| y| et) (?:the )?[A-ZÀ-Þ]"),
    "titled": re.compile(r"^ [A-ZÀ-Þ]"),
}  # fmt: skip
_SAYING = frozenset(
    "say tell add warn insist declare announce confirm argue stress deny claim call urge repeat".split()
)
_DEALING = frozenset(
    "agree sign reject refuse accept demand offer propose want pledge promise commit release withdraw "
    "meet negotiate resume suspend hold seek return recognise recognize allow ask send keep stop".split()
)
_HELPING = frozenset(
    "mediate host broker facilitate chair convene monitor verify observe invite".split()
)
_LABELS = ("ORG", "GPE", "NORP", "LOC", "FAC", "PERSON", "EVENT", "LAW", "DATE")
_GRAMMAR = (
    "subject", "subject says", "subject deals", "subject helps", "agent", "object", "in place",
    "modifier", "owner", "joined", "apposed",
)  # fmt: skip
_PLACES = (*_BEFORE, *_AFTER_NAME, "start", "heading", "demonym", "shouted")
_TALLIES = (
    *(f"place:{p}" for p in _PLACES), *(f"grammar:{g}" for g in _GRAMMAR),
    *(f"name:{label}" for label in (*_LABELS, "none")), "speaks", "person", "analyst",
)  # fmt: skip
_NAMED = {
    "organ": re.compile(r"\b(?:Assembly|Parliament|Senate|House|Court|Guard|Police|Cabinet|Command|Academy|Executive)\b"),
    "joint": re.compile(r"\b(?:Joint|Committee|Commission|Mechanism|Mission|Centre|Center|Conference|Meeting|Programme|"
                        r"Fund|Agency|Dialogue|Task Force|Team)\b"),
    "acronym": re.compile(r"^[A-Z0-9/\-]+$"),
    "single": re.compile(r"^\w+$"),
}  # fmt: skip
"""What a name looks like."""
_CUED = tuple((role, how) for role in PartyRole for how in HOW)
_GROUPS = {PartyKind.ARMED_GROUP, PartyKind.POLITICAL_MOVEMENT}
HEAD = 5
"""Lines at the head, where those whom a report is about are named."""


def names() -> list[str]:
    """What each number of ``describe`` is."""
    listed = [f"share {tally}" for tally in _TALLIES] + [f"any {tally}" for tally in _TALLIES]
    cues = [f"{role.value} {how}" for role, how in _CUED]
    listed += [f"cue:{cue}" for cue in cues] + [f"any cue:{cue}" for cue in cues]
    listed += [f"cue share:{role.value}" for role in PartyRole]
    listed += ["count", "share of most", "sentences", "first", "last", "head", "most", "second", "third", "fourth",
               "most of kind", "second of kind", "home", "home beside groups", "abroad beside groups", "abroad", "often mediates", "once", "twice", "capital only", "parsed", "known", "words of name", "candidates"]  # fmt: skip
    listed += [f"named:{what}" for what in _NAMED] + [
        "guessed",
        "guessed and single",
        "body",
        "share of capital",
    ]
    listed += [f"kind:{kind.value}" for kind in PartyKind] + [
        f"genre:{genre.value}" for genre in Genre
    ]
    listed += [
        f"{genre.value} and {what}" for genre in Genre for what in ("share of most", "once", "head")
    ]
    listed += [
        f"{kind.value} and {what}"
        for kind in PartyKind
        for what in ("share of most", "monitor", "mediator")
    ]
    return listed


def describe(
    reading: Reading, cued: Mapping[str, Counter[tuple[PartyRole, str]]]
) -> dict[str, list[float]]:
    """Everyone named, with their numbers; ``cued`` counts the cues of each role near them."""
    tallied, field = _tallied(reading), _Field.of(reading)
    return {name: _numbers(reading, name, tallied[name], cued[name], field) for name in field.rank}


@dataclass(frozen=True)
class _Field:
    """All those named, beside whom each one stands."""

    rank: Mapping[str, int]
    rank_of_kind: Mapping[str, int]
    most: int
    """Mentions of the most named one."""
    faced: bool
    """Whether the state that the document is about faces groups."""

    @classmethod
    def of(cls, reading: Reading) -> _Field:
        ranked = sorted(reading.actors.found.values(), key=lambda a: (-a.count, a.name))
        seen: Counter[PartyKind] = Counter()
        rank_of_kind = {}
        for actor in ranked:
            rank_of_kind[actor.name] = seen[actor.kind]
            seen[actor.kind] += 1
        most = max((actor.count for actor in ranked), default=1)
        faced = any(a.kind in _GROUPS and a.count >= max(3, 0.25 * most) for a in ranked)
        return cls({a.name: i for i, a in enumerate(ranked)}, rank_of_kind, most, faced)


def _numbers(
    reading: Reading,
    name: str,
    tally: Counter[str],
    cued: Counter[tuple[PartyRole, str]],
    field: _Field,
) -> list[float]:
    actor = reading.actors.found[name]
    count, lines = max(1, actor.count), len(reading.lines)
    share = actor.count / max(1, field.most)
    cues_of = [float(cued[key]) for key in _CUED]
    by_role = [sum(float(cued[role, how]) for how in HOW) for role in PartyRole]
    seen = sorted(actor.sentences)
    once, head = float(actor.count == 1), float(any(n <= HEAD for n in seen))
    kinds = [float(actor.kind == kind) for kind in PartyKind]
    genres = [float(reading.genre == genre) for genre in Genre]
    row = [min(1.0, tally[key] / count) for key in _TALLIES] + [
        float(tally[key] > 0) for key in _TALLIES
    ]
    row += [math.log1p(n) for n in cues_of] + [float(n > 0) for n in cues_of]
    row += [n / max(1.0, sum(by_role)) for n in by_role]
    row += [
        math.log1p(actor.count), share, math.log1p(len(seen)), seen[0] / lines if seen else 1.0,
        seen[-1] / lines if seen else 1.0, head, *(float(field.rank[name] == place) for place in range(4)),
        *(float(field.rank_of_kind[name] == place) for place in range(2)),
        *_abroad(reading, name, field.faced),
        float(name in gazetteer.often_mediate()), once, float(actor.count == 2),
        float(actor.capital is not None and set(actor.forms) <= {actor.capital}),
        float(reading.parsed is not None), float(actor.known), len(name.split()) / 4, math.log1p(len(field.rank)),
    ]  # fmt: skip
    row += _looks(actor)
    row += [*kinds, *genres, *(g * n for g in genres for n in (share, once, head))]
    part = dict(zip(PartyRole, by_role, strict=True))
    monitor, mediator = (math.log1p(part[r]) for r in (PartyRole.MONITOR, PartyRole.MEDIATOR))
    return [*row, *(k * n for k in kinds for n in (share, monitor, mediator))]


def _looks(actor: Actor) -> list[float]:
    """What its name looks like, and how sure it is what it names."""
    looks = [float(pattern.search(actor.name) is not None) for pattern in _NAMED.values()]
    capital = actor.forms[actor.capital or ""] / max(1, actor.count)
    single = float(actor.guessed and " " not in actor.name)
    return [*looks, float(actor.guessed), single, float(actor.name in gazetteer.bodies()), capital]


def _abroad(reading: Reading, name: str, faced: bool) -> list[float]:
    """Is it the state that the document is about, or another; and does that state face groups?"""
    home = name == reading.actors.home
    abroad = reading.actors.found[name].kind == PartyKind.STATE and not home
    return [float(home), float(home and faced), float(abroad and faced), float(abroad)]


def _tallied(reading: Reading) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in reading.lines:
        doc = reading.grammar(line.number)
        for mention in line.mentions:
            found[mention.party].update(_seen(line, mention, doc))
        if line.voice.party:
            found[line.voice.party]["speaks"] += 1
    for person in reading.actors.people.values():
        if person.party or person.guess:
            found[person.party or person.guess or ""][
                "analyst" if person.analyst else "person"
            ] += 1
    return found


def _seen(line: Line, mention: Mention, doc: Doc | None) -> Iterator[str]:
    before, after = (
        line.text[max(0, mention.start - 20) : mention.start],
        line.text[mention.end : mention.end + 60],
    )
    yield from (
        f"place:{place}" for place, pattern in _BEFORE_NAME.items() if pattern.search(before)
    )
    yield from (f"place:{place}" for place, pattern in _AFTER_NAME.items() if pattern.search(after))
    if mention.start < 6:
        yield "place:start"
    if line.heading:
        yield "place:heading"
    if mention.form.endswith(("an", "ian", "ish", "ese", "i")):
        yield "place:demonym"
    if mention.form.isupper() and len(mention.form) > 5:
        yield "place:shouted"
    if doc is not None:
        yield from _parsed(mention, doc)


def _parsed(mention: Mention, doc: Doc) -> Iterator[str]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return
    labels = {token.ent_type_ for token in span if token.ent_type_ in _LABELS}
    yield from (f"name:{label}" for label in labels)
    if not labels:
        yield "name:none"
    yield from (f"grammar:{part}" for part in _part(span.root))


def _part(word: Token) -> Iterator[str]:
    """What part a name plays in its clause; one that is joined to another, that other's."""
    if word.dep_ == "conj":
        yield "joined"
    while word.dep_ == "conj":
        word = word.head
    head, verb = word.head, word.head.lemma_.lower()
    if word.dep_ in {"compound", "amod", "nmod"}:
        yield "modifier"
        word, verb = head, head.head.lemma_.lower()
    if word.dep_ in {"nsubj", "nsubjpass"}:
        yield "subject"
        kinds = {"subject says": _SAYING, "subject deals": _DEALING, "subject helps": _HELPING}
        yield from (part for part, verbs in kinds.items() if verb in verbs)
    elif word.dep_ == "pobj":
        if word.head.dep_ == "agent":
            yield "agent"
        if word.head.lower_ in {"in", "at", "near"}:
            yield "in place"
    elif word.dep_ in {"dobj", "poss", "appos"}:
        yield {"dobj": "object", "poss": "owner", "appos": "apposed"}[word.dep_]
