"""One aligned pair, field by field: what is right, what is wrong, what it costs.

A rule is a function of a ``Pair`` that yields a ``Finding`` per error and nothing for what is
right. An ``also`` value of the reference is as right as its own; in a field that is a set it may
stand beside or instead of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from summarizer.evaluation.entries import Entry, Section
from summarizer.evaluation.matching import best_assignment
from summarizer.evaluation.pairs import (
    FieldError,
    Finding,
    Pair,
    accepted,
    distance,
    holder_of,
    none_is_right,
)
from summarizer.evaluation.penalties import (
    CONDITION_FLOOR,
    CONDITION_NOTHING,
    WORDING_FLOOR,
    WORDING_NOTHING,
)
from summarizer.evaluation.similarity import Similarity
from summarizer.evaluation.spans import jaccard
from summarizer.figures import compare_figures, figures_of
from summarizer.folding import fold
from summarizer.partykeys import name_key
from summarizer.polarity import looks_english, polarity

_SETTLED = frozenset({"agreed", "signed", "in_force"})
_REFUSED = frozenset({"rejected", "withdrawn"})
#: Statuses next to each other; anything settled and anything refused are opposites.
_NEIGHBOURS = frozenset(
    frozenset(pair.split())
    for pair in (
        "floated tabled", "tabled under_negotiation", "under_negotiation accepted_in_part",
        "accepted_in_part agreed", "agreed signed", "signed in_force", "rejected withdrawn",
        "unstated floated", "unstated tabled", "unstated under_negotiation",
    )
)  # fmt: skip


#: Under 1 - F1 of this a condition is only worded otherwise; one of two left out is 0.33.
_CONDITIONS_WRONG = 0.3


Rule = Callable[[Pair], Iterator[Finding]]


def _shown(value: str | frozenset[str] | Sequence[str] | None) -> str:
    if value is None or isinstance(value, str):
        return value if value else "none"
    return ", ".join(sorted(value)) or "none"


def _holder(pair: Pair) -> Iterator[Finding]:
    verdict = holder_of(pair)
    key = "held_by" if pair.section == "red_lines" else "by"
    wanted, got = _shown(pair.reference.holders), _shown(pair.prediction.holders)
    if verdict == "swapped":
        yield Finding("by and to", wanted, got, pair.cost("swapped"), "swapped")
    elif verdict == "wrong":
        share = distance(pair.reference, pair.prediction, "by") if key == "by" else 1.0
        yield Finding(key, wanted, got, pair.cost("holder", share), "holder")


def _to(pair: Pair) -> Iterator[Finding]:
    if holder_of(pair) != "swapped":
        yield from _set_rule("to", "to")(pair)


def _set_rule(name: str, key: str) -> Rule:
    """A rule for a set of names or terms: the penalty times 1 - J."""

    def rule(pair: Pair) -> Iterator[Finding]:
        share = distance(pair.reference, pair.prediction, name)
        if share:
            wanted, got = pair.reference.names(name), pair.prediction.names(name)
            yield Finding(name, _shown(wanted), _shown(got), pair.cost(key, share))

    return rule


def _term_rule(name: str, key: str) -> Rule:
    """A rule for a field with one fixed value: right or wrong."""

    def rule(pair: Pair) -> Iterator[Finding]:
        wanted, got = accepted(pair.reference, name), pair.prediction.one(name)
        if got not in wanted:
            yield Finding(name, _shown(wanted[0]), _shown(got), pair.cost(key))

    return rule


def _opposites(pair: Pair) -> Iterator[tuple[str, str, str]]:
    """Field, expected and got of everything that turns the item round."""
    kinds, kind = accepted(pair.reference, "kind"), pair.prediction.one("kind")
    if pair.section == "red_lines" and kind not in kinds and "refusal" in {kinds[0], kind}:
        yield "kind", _shown(kinds[0]), _shown(kind)
    states, state = accepted(pair.reference, "status"), pair.prediction.one("status")
    for here, there in ((_SETTLED, _REFUSED), (_REFUSED, _SETTLED)):
        if states[0] in here and state in there and state not in states:
            yield "status", _shown(states[0]), _shown(state)
    if polarity(pair.reference.text, pair.prediction.text) == "opposite":
        yield "statement", pair.reference.raw, pair.prediction.raw


def _polarity(pair: Pair) -> Iterator[Finding]:
    found = list(_opposites(pair))
    if found:
        names, wanted, got = zip(*found, strict=True)
        penalty = pair.cost("polarity")
        yield Finding(" and ".join(names), "; ".join(wanted), "; ".join(got), penalty, "polarity")


def _turned_round(pair: Pair, name: str) -> bool:
    return any(found == name for found, _, _ in _opposites(pair))


def _kind(pair: Pair) -> Iterator[Finding]:
    if not _turned_round(pair, "kind"):
        yield from _term_rule("kind", "kind")(pair)


def _status(pair: Pair) -> Iterator[Finding]:
    wanted, got = accepted(pair.reference, "status"), pair.prediction.one("status")
    if got in wanted or _turned_round(pair, "status"):
        return
    near = any(frozenset((value, got)) in _NEIGHBOURS for value in wanted)
    cost = pair.cost("status.neighbour" if near else "status")
    yield Finding("status", _shown(wanted[0]), _shown(got), cost, "status")


def _number(pair: Pair) -> Iterator[Finding]:
    wanted, got = pair.reference, pair.prediction
    check = compare_figures(
        wanted.figures(),
        got.figures(),
        elsewhere=got.other_figures(),
        excused=(*wanted.cited_figures(), *wanted.other_figures()),
    )
    if check.verdict != "right":
        key = {"close": "number.close", "missing": "number.missing"}.get(check.verdict, "number")
        expected, shown = _shown(check.expected), _shown(check.got)
        yield Finding("number", expected, shown, pair.cost(key), "number")


def agreement(pair: Pair, one: str, other: str) -> float:
    """How far two conditions say the same, 0 to 1: never with other figures or the opposite."""
    spoken = "en" if looks_english(one + " " + other) else pair.reference.language
    excused = pair.reference.cited_figures()
    check = compare_figures(figures_of(one, spoken), figures_of(other, spoken), excused=excused)
    if check.verdict not in {"right", "missing"} or polarity(one, other) == "opposite":
        return 0.0
    return reads_like(pair.similarity(one, other), CONDITION_FLOOR, CONDITION_NOTHING)


def reads_like(
    similarity: float, floor: float = WORDING_FLOOR, nothing: float = WORDING_NOTHING
) -> float:
    """1 where two texts can be paraphrases of each other, 0 where they cannot, linear between."""
    share = (similarity - nothing) / (floor - nothing)
    return min(1.0, max(0.0, share))


def soft_f1(agreements: Sequence[Sequence[float]], wanted: int, got: int) -> float:
    """F1 of the best one-to-one assignment; 1 when there is nothing on either side."""
    if not wanted + got:
        return 1.0
    total = sum(agreements[i][j] for i, j in best_assignment(agreements))
    return 2 * total / (wanted + got)


def _conditions(pair: Pair) -> Iterator[Finding]:
    wanted, got = pair.reference.strings("conditions"), pair.prediction.strings("conditions")
    if not got and none_is_right(pair.reference, "conditions"):
        return
    table = [[agreement(pair, one, other) for other in got] for one in wanted]
    share = 1 - soft_f1(table, len(wanted), len(got))
    if share > 1e-9:
        cost = pair.cost("conditions", share)
        error: FieldError | None = "condition" if share > _CONDITIONS_WRONG else None
        shown = (_shown("; ".join(wanted)), _shown("; ".join(got)))
        yield Finding("conditions", *shown, cost, error)


def _responses(pair: Pair) -> Iterator[Finding]:
    wanted, got = pair.reference.names("responses"), pair.prediction.names("responses")
    if wanted != got:
        share = 1 - 2 * len(wanted & got) / (len(wanted) + len(got))
        yield Finding("responses", _shown(wanted), _shown(got), pair.cost("responses", share))


def self_stated(entry: Entry, speaks_for: str | None) -> bool:
    """Whether the one spoken for is a holder of the item."""
    return speaks_for is not None and speaks_for in entry.holders


def _speaks_for(pair: Pair) -> Iterator[Finding]:
    """Judged against the reference's holders; a wrong holder is charged as that alone."""
    wanted, got = accepted(pair.reference, "speaks_for"), pair.prediction.one("speaks_for")
    verdict = holder_of(pair)
    if got in wanted or verdict in {"wrong", "swapped"}:
        return
    ways = {self_stated(pair.reference, value) for value in wanted}
    now = self_stated(pair.reference, got)
    if verdict is None or now not in ways:
        key = "speaks_for" if verdict is None else "self_stated"
        error: FieldError | None = None if verdict is None else "self_stated"
        yield Finding("speaks_for", _shown(wanted[0]), _shown(got), pair.cost(key), error)
    elif not now:  # a joint text speaks for each of its signatories
        yield Finding("speaks_for", _shown(wanted[0]), _shown(got), pair.cost("speaks_for"))


def _speaker(pair: Pair) -> Iterator[Finding]:
    wanted, got = accepted(pair.reference, "speaker"), pair.prediction.one("speaker")
    if any(_same_person(pair.similarity, value, got) for value in wanted):
        return
    key = "speaker" if got and wanted[0] else "speaker.missing"
    yield Finding("speaker", _shown(wanted[0]), _shown(got), pair.cost(key))


def _same_person(similarity: Similarity, one: str | None, other: str | None) -> bool:
    """Whether two names or descriptions can be one voice; other scripts are not judged."""
    if not one or not other:
        return not one and not other
    if name_key(one).isascii() != name_key(other).isascii():
        return True
    shared = _name_words(one) & _name_words(other)
    return bool(shared) or similarity(one, other) >= 0.4


def _name_words(name: str) -> set[str]:
    common = {"the", "minister", "president", "foreign", "prime", "spokesman", "spokesperson"}
    return {word for word in name_key(name).split() if len(word) > 2} - common


def _certainty(pair: Pair) -> Iterator[Finding]:
    wanted, got = accepted(pair.reference, "certainty"), pair.prediction.one("certainty")
    if got not in wanted:
        near = {wanted[0], got} == {"planned", "asserted"}
        cost = pair.cost("certainty.neighbour" if near else "certainty")
        yield Finding("certainty", _shown(wanted[0]), _shown(got), cost)


def _time_rule(name: str) -> Rule:
    """A rule for a time as written: other figures, or another text without any, is wrong."""

    def rule(pair: Pair) -> Iterator[Finding]:
        wanted, got = accepted(pair.reference, name), pair.prediction.one(name)
        if not any(_same_time(pair, value, got) for value in wanted):
            key = "time" if got and wanted[0] else "time.missing"
            yield Finding(name, _shown(wanted[0]), _shown(got), pair.cost(key))

    return rule


def _same_time(pair: Pair, one: str | None, other: str | None) -> bool:
    if not one or not other:
        return not one and not other
    first, second = (figures_of(text, pair.reference.language) for text in (one, other))
    if first and second:
        return compare_figures(first, second).verdict in {"right", "close", "missing", "invented"}
    inside = fold(one) in fold(other) or fold(other) in fold(one)
    return inside or pair.similarity(one, other) >= WORDING_FLOOR


def _date(pair: Pair) -> Iterator[Finding]:
    """The resolved date; without one on either side, ``when`` is compared."""
    wanted, got = accepted(pair.reference, "date"), pair.prediction.one("date")
    if wanted[0] is None and got is None:
        yield from _time_rule("when")(pair)
    elif got not in wanted:
        key = "date" if got and wanted[0] else "date.missing"
        yield Finding("date", _shown(wanted[0]), _shown(got), pair.cost(key))


def _topics(pair: Pair) -> Iterator[Finding]:
    wanted, got = pair.reference.strings("topics"), pair.prediction.strings("topics")
    also = pair.reference.also.get("topics", ())
    right = {*wanted, *also}
    main = got and got[0] in right and (wanted[0] in got or got[0] in also)
    if not main:
        share = 1 - len({*wanted} & {*got}) / len({*wanted, *got})
        yield Finding("topics", _shown(wanted), _shown(got), pair.cost("topic", share), "topic")


def _evidence(pair: Pair) -> Iterator[Finding]:
    wanted, got = pair.reference.spans, pair.prediction.spans
    share = jaccard(wanted, got)
    shown = (_shown(" … ".join(pair.reference.quotes)), _shown(" … ".join(pair.prediction.quotes)))
    if share == 0 and (wanted or got):
        yield Finding("evidence", *shown, pair.cost("evidence.disjoint"), "evidence")
    elif 0 < share < 1:
        yield Finding("evidence", *shown, pair.cost("evidence.partial", 1 - share))


def _wording(pair: Pair) -> Iterator[Finding]:
    """Not judged in another language than English: there the similarity says nothing."""
    share = 1 - reads_like(pair.alike())
    if share and looks_english(pair.prediction.raw):
        cost = pair.cost("wording", share)
        yield Finding("statement", pair.reference.raw, pair.prediction.raw, cost)


def _people(pair: Pair) -> Iterator[Finding]:
    wanted, got = pair.reference.strings("people"), pair.prediction.strings("people")
    table = [[float(_same_person(pair.similarity, a, b)) for b in got] for a in wanted]
    share = 1 - soft_f1(table, len(wanted), len(got))
    if share > 1e-9:
        yield Finding("people", _shown(wanted), _shown(got), pair.cost("people", share))


_COMMON: tuple[Rule, ...] = (
    _number, _speaks_for, _speaker, _term_rule("basis", "basis"), _certainty, _topics, _evidence,
    _wording,
)  # fmt: skip

#: Which rules judge an item of a section, in the order of the ledger.
RULES: Mapping[Section, tuple[Rule, ...]] = {
    "parties": (
        _term_rule("kind", "kind.parties"),
        _set_rule("roles", "roles"),
        _people,
    ),  # no evidence: many sentences show a party's role, the reference quotes one or two
    "offers": (
        _polarity, _holder, _to, _kind, _status, _conditions, _time_rule("deadline"), _responses,
        *_COMMON,
    ),
    "red_lines": (_polarity, _holder, _kind, _term_rule("firmness", "firmness"), *_COMMON),
    "open_questions": (
        _set_rule("parties", "parties.open_questions"), _term_rule("reason", "reason"), *_COMMON,
    ),
    "next_steps": (_polarity, _set_rule("parties", "parties.next_steps"), _date, *_COMMON),
}  # fmt: skip


def classify(pair: Pair) -> list[Finding]:
    """Every error of a pair that costs something, in the order of the rules."""
    return [finding for rule in RULES[pair.section] for finding in rule(pair)]


def unclear_polarity(pair: Pair) -> bool:
    """Whether the negations of two statements differ in a way that only a person can judge."""
    return polarity(pair.reference.text, pair.prediction.text) == "unclear"
