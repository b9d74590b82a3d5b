"""Fifteen ways to damage a brief, each moving one counter of the panel and no other.

A corruption takes a reference and the number of the candidate to damage (0 is the first item it
applies to) and gives the damaged brief, or None when there are not that many candidates. They
only touch required items, and only put in values that the reference does not let pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from summarizer.brief import Citation, PeaceTalksBrief, Source, Support
from summarizer.evaluation.entries import ITEM_SECTIONS, Reference
from summarizer.figures import compare_figures, figures_of
from summarizer.polarity import content_words, polarity
from summarizer.vocabulary import OfferStatus, RedLineKind, SupportStatus, Topic

Candidates = Callable[[Reference], Iterator[PeaceTalksBrief]]
Placed = tuple[str, int, Any]

_HELD = ("offers", "red_lines")
#: A status that is neither right, nor a neighbour, nor the opposite.
_FAR_STATUS: Mapping[str, tuple[OfferStatus, ...]] = {
    status: tuple(OfferStatus[value.upper()] for value in far.split())
    for status, far in {
        "floated": "accepted_in_part agreed signed disputed",
        "tabled": "agreed signed accepted_in_part disputed",
        "under_negotiation": "agreed signed floated disputed",
        "accepted_in_part": "floated signed tabled disputed",
        "agreed": "floated tabled under_negotiation disputed",
        "signed": "floated tabled under_negotiation disputed",
        "in_force": "floated tabled under_negotiation disputed",
        "rejected": "under_negotiation floated tabled disputed",
        "withdrawn": "under_negotiation floated tabled disputed",
        "disputed": "agreed floated tabled signed",
        "unstated": "agreed signed disputed accepted_in_part",
    }.items()
}


def _required(reference: Reference, sections: Sequence[str] = ITEM_SECTIONS) -> Iterator[Placed]:
    for section in sections:
        for index, item in enumerate(getattr(reference.brief, section)):
            if not reference.leniency(section, index).optional:
                yield section, index, item


def _also(reference: Reference, placed: Placed, field: str) -> set[str | None]:
    return set(reference.leniency(placed[0], placed[1]).also.get(field, ()))


def _with(brief: PeaceTalksBrief, section: str, items: Sequence[Any]) -> PeaceTalksBrief:
    return brief.model_copy(update={section: list(items)})


def _changed(brief: PeaceTalksBrief, placed: Placed, **update: Any) -> PeaceTalksBrief:
    section, index, item = placed
    items = list(getattr(brief, section))
    items[index] = item.model_copy(update=update)
    return _with(brief, section, items)


def _without(brief: PeaceTalksBrief, section: str, index: int) -> PeaceTalksBrief:
    items = getattr(brief, section)
    return _with(brief, section, [*items[:index], *items[index + 1 :]])


def _added(brief: PeaceTalksBrief, section: str, item: Any) -> PeaceTalksBrief:
    return _with(brief, section, [*getattr(brief, section), item])


def _text_field(section: str) -> str:
    return "question" if section == "open_questions" else "statement"


def _uncited(reference: Reference) -> Iterator[Citation]:
    """Sentences that no item of the reference cites, the longest first."""
    brief = reference.brief
    cited = {(c.document, c.sentence) for c in brief.citations()}
    free = [
        _citation(source, number)
        for source in brief.sources
        for number in range(1, len(source.sentences) + 1)
        if (source.id, number) not in cited
    ]
    yield from sorted(free, key=lambda c: (-len(c.quote), c.start))


def _citation(source: Source, number: int) -> Citation:
    start, end = source.sentences[number - 1]
    quote = (source.text or "")[start:end]
    return Citation(document=source.id, sentence=number, start=start, end=end, quote=quote)


def drop(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An item is left out."""
    for section, index, _ in _required(reference):
        yield _without(reference.brief, section, index)


def duplicate(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An item stands twice."""
    for section, _, item in _required(reference):
        again = item.model_copy(update={"id": f"{item.id}-again"})
        yield _added(reference.brief, section, again)


#: What no document of the cases is about.
_INVENTED = (
    "{party} would lend its museum of lighthouse lamps to an orchestra of beekeepers.",
    "{party} pledged to repaint every tramway kiosk in turquoise before the regatta.",
    "{party} will breed ponies for a travelling circus and its jugglers.",
)


def hallucinate(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An item of which the document says nothing."""
    for _, _, offer in _required(reference, ("offers",)):
        for text, citation in zip(_INVENTED, _uncited(reference), strict=False):
            update = {
                "id": "invented",
                "statement": text.format(party=offer.by[0]),
                "conditions": [],
                "responses": [],
                "citations": [citation],
                "support": Support(status=SupportStatus.UNSUPPORTED, missing=["everything"]),
            }
            yield _added(reference.brief, "offers", offer.model_copy(update=update))


def swap(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """Giver and receiver change places."""
    for placed in _required(reference, ("offers",)):
        _, _, offer = placed
        lenient = _also(reference, placed, "by") | _also(reference, placed, "to")
        if offer.to and not set(offer.by) & set(offer.to) and not lenient:
            yield _changed(reference.brief, placed, by=offer.to, to=offer.by)


def wrong_holder(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An offer or red line is put into another party's mouth."""
    for placed in _required(reference, _HELD):
        section, _, item = placed
        key = "by" if section == "offers" else "held_by"
        taken = {*(item.by if section == "offers" else [item.held_by]), *getattr(item, "to", [])}
        taken |= {name for name in _also(reference, placed, key) if name}
        for party in reference.brief.parties:
            if party.name not in taken:
                value = [party.name] if section == "offers" else party.name
                yield _changed(reference.brief, placed, **{key: value})
                break


def flip(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """A refusal becomes a demand; what a party would do becomes what it would not do."""
    for placed in _required(reference, _HELD):
        section, _, item = placed
        statement = _negated(item.statement)
        also = _also(reference, placed, "kind")
        if section == "red_lines":
            kind = RedLineKind.DEMAND if item.kind == "refusal" else RedLineKind.REFUSAL
            if str(kind) not in also:
                changed = {"kind": kind} | ({"statement": statement} if statement else {})
                yield _changed(reference.brief, placed, **changed)
        elif statement:
            yield _changed(reference.brief, placed, statement=statement)


def _negated(statement: str) -> str | None:
    """The statement turned round where that is easy: "will not" to "will", "would" the reverse."""
    for pattern, new in (
        (r"\b(will|would|must|can|could|should) not\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\b(will|would|must|can|could|should)\b", r"\1 not"),
    ):
        turned = re.sub(pattern, new, statement, count=1)
        if turned != statement:
            return turned if polarity(statement, turned) == "opposite" else None
    return None


def change_number(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """A figure of the statement is another one."""
    for placed in _required(reference):
        section, _, item = placed
        key = _text_field(section)
        changed = _other_number(item, reference.brief.sources[0].language)
        if changed:
            yield _changed(reference.brief, placed, **{key: changed})


def _other_number(item: Any, language: str | None) -> str | None:
    held = [f for citation in item.citations for f in figures_of(citation.quote, language)]
    times = [getattr(item, key, None) for key in ("deadline", "when", "date")]
    elsewhere = [f for time in times if time for f in figures_of(str(time), language)]
    elsewhere += [f for text in getattr(item, "conditions", []) for f in figures_of(text)]
    for match in re.finditer(r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})*(?![\w.,:/]*\d)", item.statement):
        value = int(match[0].replace(",", ""))
        for other in (value + 7, value * 3 + 1, value - 7):
            if other <= 2:
                continue
            new = f"{item.statement[: match.start()]}{other:,}{item.statement[match.end() :]}"
            wanted, got = figures_of(item.statement), figures_of(new)
            check = compare_figures(wanted, got, elsewhere=elsewhere, excused=[*held, *elsewhere])
            if check.verdict in {"wrong", "invented"}:
                return new
    return None


def change_status(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An offer has got further, or less far, than the document says."""
    for placed in _required(reference, ("offers",)):
        near = {str(placed[2].status), *_also(reference, placed, "status")}
        far = [set(map(str, _FAR_STATUS[status])) for status in near if status]
        common = [s for s in _FAR_STATUS[str(placed[2].status)] if all(str(s) in f for f in far)]
        for status in common[:1]:
            yield _changed(reference.brief, placed, status=status)


def drop_conditions(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """A conditional offer is told as an unconditional one."""
    for placed in _required(reference, ("offers",)):
        may_be_empty = reference.leniency(placed[0], placed[1]).also.get("conditions") == ()
        if placed[2].conditions and not may_be_empty:
            yield _changed(reference.brief, placed, conditions=[])


def merge(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """Two items are told as one."""
    placed = list(_required(reference, _HELD))
    for one in placed:
        for two in placed:
            if one[0] == two[0] and one[1] < two[1] and _mergeable(one[2], two[2]):
                brief = _changed(reference.brief, one, **_merged(one[2], two[2]))
                yield _without(brief, two[0], two[1])


def _mergeable(one: Any, two: Any) -> bool:
    same = ("by", "to", "held_by", "kind", "status", "certainty", "basis", "speaks_for")
    own = content_words(two.statement) - content_words(one.statement)
    return own.total() >= 3 and all(getattr(one, f, 0) == getattr(two, f, 0) for f in same)


def _merged(one: Any, two: Any) -> dict[str, Any]:
    update = {
        "statement": f"{one.statement.rstrip('.')}, and {two.statement}",
        "citations": list(
            {(c.document, c.start): c for c in (*one.citations, *two.citations)}.values()
        ),
        "topics": list(dict.fromkeys((*one.topics, *two.topics)))[:3],
    }
    if hasattr(one, "conditions"):
        update["conditions"] = list(dict.fromkeys((*one.conditions, *two.conditions)))
        update["responses"] = [
            *one.responses,
            *(r for r in two.responses if r not in one.responses),
        ]
    return update


def split(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """One item is told as two halves."""
    for placed in _required(reference, _HELD):
        section, _, item = placed
        words = item.statement.rstrip(".").split()
        if len(words) < 14 or figures_of(item.statement):
            continue
        middle = len(words) // 2
        first, second = " ".join(words[:middle]), " ".join(words[middle:])
        brief = _changed(reference.brief, placed, statement=f"{first}.")
        rest = {"id": f"{item.id}-rest", "statement": f"And {second}."}
        yield _added(brief, section, item.model_copy(update=rest))


def wrong_section(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """A next step is listed as an open question, or an open question as a next step."""
    brief = reference.brief
    for section, index, item in _required(reference, ("next_steps", "open_questions")):
        shared = {
            key: getattr(item, key)
            for key in (
                "id",
                "topics",
                "citations",
                "speaker",
                "speaks_for",
                "basis",
                "support",
                "parties",
            )
        }
        if section == "next_steps":
            to = "open_questions"
            asked = {"question": f"{item.statement.rstrip('.')}?", "reason": "awaiting_decision"}
            moved: dict[str, Any] = shared | asked | {"certainty": "asserted"}
        else:
            to = "next_steps"
            moved = shared | {"statement": item.question, "certainty": "planned"}
        model = {"open_questions": "OpenQuestion", "next_steps": "NextStep"}[to]
        yield _added(_without(brief, section, index), to, _build(model, moved))


def _build(model: str, values: Mapping[str, Any]) -> Any:
    from summarizer import brief

    return getattr(brief, model).model_validate(values)


def wrong_evidence(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An item cites a sentence that has nothing to do with it."""
    for placed in _required(reference):
        for citation in islice(_uncited(reference), 1):
            yield _changed(reference.brief, placed, citations=[citation])


def wrong_topic(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """An item is filed under another topic."""
    for placed in _required(reference):
        right = {*map(str, placed[2].topics), *_also(reference, placed, "topics")}
        other = next(topic for topic in Topic if str(topic) not in right)
        yield _changed(reference.brief, placed, topics=[other])


def make_self_stated(reference: Reference) -> Iterator[PeaceTalksBrief]:
    """What another says of a party is told as its own word."""
    for placed in _required(reference, _HELD):
        section, _, item = placed
        holders = item.by if section == "offers" else [item.held_by]
        told_by = {item.speaks_for, *_also(reference, placed, "speaks_for")}
        if not told_by & set(holders):
            yield _changed(reference.brief, placed, speaks_for=holders[0])


#: By the counter of the panel that it moves.
CORRUPTIONS: Mapping[str, Candidates] = MappingProxyType(
    {
        "missing": drop,
        "duplicate": duplicate,
        "spurious": hallucinate,
        "swapped": swap,
        "holder": wrong_holder,
        "polarity": flip,
        "number": change_number,
        "status": change_status,
        "condition": drop_conditions,
        "merge": merge,
        "split": split,
        "wrong_section": wrong_section,
        "evidence": wrong_evidence,
        "topic": wrong_topic,
        "self_stated": make_self_stated,
    }
)


def corrupt(name: str, reference: Reference, candidate: int = 0) -> PeaceTalksBrief | None:
    """The reference's brief with one corruption; None when it has no such candidate."""
    return next(islice(CORRUPTIONS[name](reference), candidate, None), None)
