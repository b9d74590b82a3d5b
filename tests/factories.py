"""Briefs made by hand for tests: a text, and items that cite its sentences by number.

>>> brief = make_brief("Ada spoke. Bob refused.", offers=[offer("Ada will talk.", cites=[1])])
>>> brief.offers[0].citations[0].quote
'Ada spoke.'

``cites`` takes sentence numbers of the first source, or ``"d2:3"`` for another one.
``make_brief`` turns them into exact quotes and offsets, gives every party that an item names
and ``parties`` does not an entry of its own, and fills in sources and provenance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeAlias, TypedDict, TypeVar, Unpack

from summarizer.brief import (
    Attempt,
    Citation,
    CitedStatement,
    NextStep,
    Offer,
    OfferResponse,
    OpenQuestion,
    OutsideVoice,
    Part,
    Party,
    PeaceTalksBrief,
    Person,
    Provenance,
    RedLine,
    Source,
    Support,
)
from summarizer.segmentation import segment
from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    QuestionReason,
    RedLineKind,
    Response,
    StepCertainty,
    SupportStatus,
    Topic,
)

Cite: TypeAlias = "int | str"
P = TypeVar("P", bound=Part)

TEXT = "Arvenia said it would withdraw. The Kor Front refused. Talks go on in Doha on Monday."
CREATED = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)

SUPPORTED = Support(status=SupportStatus.SUPPORTED)


class Common(TypedDict, total=False):
    """What offers, red lines, open questions and next steps have in common."""

    cites: Sequence[Cite]
    speaker: str | None
    speaks_for: str | None
    basis: Basis
    topics: Sequence[Topic]
    support: Support
    id: str


def partial(*missing: str) -> Support:
    """A finding of the support check: something is missing."""
    return Support(status=SupportStatus.PARTIAL, missing=list(missing))


def unsupported(*missing: str) -> Support:
    """A finding of the support check: the cited sentences do not carry the statement."""
    return Support(status=SupportStatus.UNSUPPORTED, missing=list(missing))


def statement(
    text: str, *, cites: Sequence[Cite] = (1,), support: Support = SUPPORTED
) -> CitedStatement:
    """A sentence of the bottom line."""
    return CitedStatement(statement=text, citations=_unresolved(cites), support=support)


def party(
    name: str,
    *,
    aliases: Sequence[str] = (),
    kind: PartyKind = PartyKind.STATE,
    roles: Sequence[PartyRole] = (PartyRole.PRIMARY_PARTY,),
    people: Sequence[tuple[str, str | None]] = (),
    cites: Sequence[Cite] = (1,),
    support: Support = SUPPORTED,
) -> Party:
    """A party; ``people`` are pairs of name and title."""
    return Party(
        name=name,
        aliases=list(aliases),
        kind=kind,
        roles=list(roles),
        people=[Person(name=person, title=title) for person, title in people],
        citations=_unresolved(cites),
        support=support,
    )


def offer(
    text: str = "Arvenia will withdraw.",
    *,
    by: Sequence[str] = ("Arvenia",),
    to: Sequence[str] = (),
    kind: OfferKind = OfferKind.OFFER,
    status: OfferStatus = OfferStatus.TABLED,
    conditions: Sequence[str] = (),
    deadline: str | None = None,
    certainty: Certainty = Certainty.ASSERTED,
    responses: Sequence[OfferResponse] = (),
    **common: Unpack[Common],
) -> Offer:
    """An offer; ``common`` as in ``Common``."""
    return Offer(
        statement=text,
        by=list(by),
        to=list(to),
        kind=kind,
        status=status,
        conditions=list(conditions),
        deadline=deadline,
        certainty=certainty,
        responses=list(responses),
        **_common("o", text, **common),
    )


def response(name: str, answer: Response, *, cites: Sequence[Cite] = (1,)) -> OfferResponse:
    """How a party answers an offer."""
    return OfferResponse(party=name, response=answer, citations=_unresolved(cites))


def red_line(
    text: str = "No foreign troops.",
    *,
    held_by: str = "Kor Front",
    kind: RedLineKind = RedLineKind.REFUSAL,
    firmness: Firmness = Firmness.CATEGORICAL,
    certainty: Certainty = Certainty.ASSERTED,
    **common: Unpack[Common],
) -> RedLine:
    """A red line; ``common`` as in ``Common``."""
    return RedLine(
        statement=text,
        held_by=held_by,
        kind=kind,
        firmness=firmness,
        certainty=certainty,
        **_common("r", text, **common),
    )


def question(
    text: str = "Who would monitor the truce?",
    *,
    parties: Sequence[str] = (),
    reason: QuestionReason = QuestionReason.DETAILS_WITHHELD,
    certainty: Certainty = Certainty.ASSERTED,
    **common: Unpack[Common],
) -> OpenQuestion:
    """An open question; ``common`` as in ``Common``."""
    return OpenQuestion(
        question=text,
        parties=list(parties),
        reason=reason,
        certainty=certainty,
        **_common("q", text, **common),
    )


def step(
    text: str = "The sides meet in Doha.",
    *,
    parties: Sequence[str] = (),
    when: str | None = None,
    on: date | None = None,
    certainty: StepCertainty = StepCertainty.PLANNED,
    **common: Unpack[Common],
) -> NextStep:
    """A next step; ``common`` as in ``Common``."""
    return NextStep(
        statement=text,
        parties=list(parties),
        when=when,
        date=on,
        certainty=certainty,
        **_common("n", text, **common),
    )


def voice(
    text: str = "The plan is vague.",
    *,
    speaker: str = "Ines Calder (Peace Institute)",
    topics: Sequence[Topic] = (Topic.PROCESS,),
    cites: Sequence[Cite] = (1,),
    support: Support = SUPPORTED,
) -> OutsideVoice:
    """A view from outside the talks."""
    return OutsideVoice(
        id=_id("v", text),
        statement=text,
        speaker=speaker,
        topics=list(topics),
        citations=_unresolved(cites),
        support=support,
    )


def make_source(
    text: str | Sequence[str] = TEXT,
    *,
    id: str = "d1",
    origin: str | None = "talks.txt",
    title: str | None = "Talks go on",
    publisher: str | None = "Doha Wire",
    on: date | None = None,
    language: str | None = "en",
) -> Source:
    """A source; a sequence of strings is taken as its sentences, a string is segmented."""
    whole, spans = _segmented(text)
    return Source(
        id=id,
        origin=origin,
        title=title,
        publisher=publisher,
        date=on,
        language=language,
        word_count=len(whole.split()),
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        text=whole,
        sentences=spans,
    )


def attempt(number: int = 1, **changes: Any) -> Attempt:
    """A call that went well; ``changes`` are fields of ``Attempt``."""
    usual: dict[str, Any] = {
        "step": "draft",
        "started": CREATED,
        "seconds": 2.5,
        "outcome": "ok",
        "tokens_in": 3412,
        "tokens_out": 2870,
    }
    return Attempt(number=number, **(usual | changes))


def make_provenance(**changes: Any) -> Provenance:
    """How a brief was made, with one good call; ``changes`` are fields of ``Provenance``."""
    usual: dict[str, Any] = {
        "model": "openai/gpt-5",
        "endpoint": "hosted",
        "mode": "json_schema",
        "strategy": "single",
        "prompt_version": "3f9a1c20",
        "tool_version": "0.1.0",
        "created": CREATED,
        "attempts": [attempt()],
    }
    return Provenance(**(usual | changes))


def make_brief(
    text: str | Sequence[str] = TEXT,
    *,
    title: str = "Arvenia: talks go on",
    bottom_line: Sequence[CitedStatement] = (),
    parties: Sequence[Party] = (),
    offers: Sequence[Offer] = (),
    red_lines: Sequence[RedLine] = (),
    open_questions: Sequence[OpenQuestion] = (),
    next_steps: Sequence[NextStep] = (),
    outside_voices: Sequence[OutsideVoice] = (),
    sources: Sequence[Source] = (),
    provenance: Provenance | None = None,
    not_about: str | None = None,
) -> PeaceTalksBrief:
    """A consistent brief; ``sources`` stand in for ``text``; ``not_about`` makes a negative."""
    read = list(sources) or [make_source(text)]
    named = [*parties, *_unnamed(parties, [*offers, *red_lines, *open_questions, *next_steps])]
    return PeaceTalksBrief(
        about_peace_talks=not_about is None,
        not_about=not_about,
        title=title,
        bottom_line=_resolved(bottom_line, read),
        parties=_resolved(named, read),
        offers=[_answered(one, read) for one in _resolved(offers, read)],
        red_lines=_resolved(red_lines, read),
        open_questions=_resolved(open_questions, read),
        next_steps=_resolved(next_steps, read),
        outside_voices=_resolved(outside_voices, read),
        sources=read,
        provenance=provenance or make_provenance(),
    )


def _common(prefix: str, text: str, **given: Unpack[Common]) -> dict[str, Any]:
    """The fields of every item; a speaker is on record, without one the document narrates."""
    speaker = given.get("speaker")
    return {
        "id": given.get("id") or _id(prefix, text),
        "topics": list(given.get("topics", [Topic.PROCESS])),
        "citations": _unresolved(given.get("cites", [1])),
        "speaker": speaker,
        "speaks_for": given.get("speaks_for"),
        "basis": given.get("basis") or (Basis.ON_RECORD if speaker else Basis.NARRATION),
        "support": given.get("support", SUPPORTED),
    }


def _id(prefix: str, text: str) -> str:
    return f"{prefix}-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:8]}"


def _segmented(text: str | Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    if isinstance(text, str):
        return text, [(sentence.start, sentence.end) for sentence in segment(text)]
    spans: list[tuple[int, int]] = []
    for sentence in text:
        start = spans[-1][1] + 1 if spans else 0
        spans.append((start, start + len(sentence)))
    return " ".join(text), spans


def _unresolved(cites: Iterable[Cite]) -> list[Citation]:
    """Citations with a number only; ``make_brief`` finds offsets and quotes."""
    return [_placeholder(cite) for cite in cites]


def _placeholder(cite: Cite) -> Citation:
    document, _, number = (
        f"d1:{cite}".rpartition(":") if isinstance(cite, int) else cite.rpartition(":")
    )
    return Citation(document=document, sentence=int(number), start=0, end=1, quote="?")


def _resolved(parts: Iterable[P], sources: Sequence[Source]) -> list[P]:
    """Copies whose citations have the exact text of ``sources``."""
    return [_resolve(part, sources) for part in parts]


def _resolve(part: P, sources: Sequence[Source]) -> P:
    cited: list[Citation] = getattr(part, "citations")  # noqa: B009
    return part.model_copy(update={"citations": [_quoted(one, sources) for one in cited]})


def _answered(made: Offer, sources: Sequence[Source]) -> Offer:
    return made.model_copy(update={"responses": _resolved(made.responses, sources)})


def _quoted(citation: Citation, sources: Sequence[Source]) -> Citation:
    source = next(source for source in sources if source.id == citation.document)
    start, end = source.sentences[citation.sentence - 1]
    quote = (source.text or "")[start:end]
    return citation.model_copy(update={"start": start, "end": end, "quote": quote})


def _unnamed(
    parties: Sequence[Party], items: Iterable[Offer | RedLine | OpenQuestion | NextStep]
) -> Iterable[Party]:
    """A party for every name that items use and ``parties`` does not have."""
    known = {entry.name for entry in parties}
    used = dict.fromkeys(name for item in items for name in _names(item))
    return [party(name) for name in used if name not in known]


def _names(item: Offer | RedLine | OpenQuestion | NextStep) -> list[str]:
    speaking = [item.speaks_for] if item.speaks_for else []
    if isinstance(item, Offer):
        return [*item.by, *item.to, *(answer.party for answer in item.responses), *speaking]
    return [*([item.held_by] if isinstance(item, RedLine) else item.parties), *speaking]
