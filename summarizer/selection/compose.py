"""Chosen lines ─▶ draft: statements in the source's own words, attributed by rule (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.draft import (
    BriefDraft,
    DraftLine,
    DraftOffer,
    DraftParty,
    DraftPerson,
    DraftQuestion,
    DraftRedLine,
    DraftStep,
    DraftVoice,
    empty_draft,
)
from summarizer.selection import (
    fields,
    grounds,
    meetings,
    questions,
    sides,
    status,
    steps,
)
from summarizer.selection.choosing import HELD, THRESHOLDS, Chosen, chosen_lines, joined
from summarizer.selection.conditions import conditions
from summarizer.selection.heads import Judgement
from summarizer.selection.holders import Holding, holding, making, together
from summarizer.selection.reading import Line, Reading
from summarizer.selection.several import least_wrong
from summarizer.selection.stating import statement, title
from summarizer.vocabulary import (
    Basis,
    OfferKind,
    OfferStatus,
    PartyKind,
    RedLineKind,
)

SURE: Mapping[str, float] = {"offers": 0.4, "red_lines": 0.15}
"""From these on a holder is not marked "to confirm": by cross-validation, a third at most marked."""


@dataclass(frozen=True)
class Composed:
    """A draft, and by section and position the items whose holder is to be confirmed."""

    draft: BriefDraft
    to_confirm: frozenset[tuple[str, int]]


def compose(
    judged: Judgement,
    thresholds: Mapping[str, float] = THRESHOLDS,
    sure: Mapping[str, float] = SURE,
) -> Composed:
    """The draft of a document about peace talks."""
    reading = judged.reading
    draft = empty_draft()
    chosen = {
        section: chosen_lines(judged, section, least) for section, least in thresholds.items()
    }
    chosen["open_questions"] = joined(chosen["open_questions"])
    held = {
        section: [(c, h) for c in chosen[section] if (h := _holding(c, judged, sure[section]))]
        for section in HELD
    }
    draft.offers = [_offer(c, h, judged) for c, h in held["offers"]]
    draft.red_lines = [_red_line(c, h, judged) for c, h in held["red_lines"]]
    draft.open_questions = [_question(c, judged) for c in chosen["open_questions"]]
    draft.next_steps = meetings.once([s for c in chosen["next_steps"] if (s := _step(c, judged))])
    draft.outside_voices = [v for c in chosen["outside_voices"] if (v := _voice(c, judged))]
    draft.parties = _parties(draft, reading)
    draft.bottom_line = _bottom_line(draft, chosen)
    draft.title = title(reading)
    doubted = {
        (section, index)
        for section in held
        for index, (_, holder) in enumerate(held[section])
        if not holder.sure
    }
    return Composed(draft, frozenset(doubted))


def _holding(chosen: Chosen, judged: Judgement, sure: float) -> Holding | None:
    """Who makes an offer, by the fitted weights for several; who holds a line."""
    line, reading = chosen.line, judged.reading
    if chosen.section == "offers":
        chances = judged.makers(line.number, sides.describe(line, reading, "offers"))
        if chances:
            several = judged.together(line.number, together(line, reading))
            return making(chances, several, sure)
    return holding(line, reading, chosen.section, judged.holders, sure)


def _common(chosen: Chosen, judged: Judgement, holders: Sequence[str] = ()) -> dict[str, object]:
    """What every item has."""
    line, voice, reading = chosen.line, chosen.line.voice, judged.reading
    basis = judged.basis(line.number, chosen.section, fields.basis(line, reading))
    speaker = voice.speaker if basis not in {Basis.NARRATION, Basis.OFFICIAL_TEXT} else None
    # Who is named as speaking for a holder does not tell of it at second hand.
    own = not holders or (speaker and voice.party in holders)
    return {
        "citations": list(chosen.citations),
        "speaker": speaker,
        "speaks_for": voice.party if own else _speaks_for(chosen, judged, holders),
        "basis": basis,
        "topics": judged.topics(line.number, chosen.section),
    }


def _speaks_for(chosen: Chosen, judged: Judgement, holders: Sequence[str]) -> str | None:
    """Whose word an offer or a line is: the holder's, nobody's, or that of another who speaks."""
    line, reading = chosen.line, judged.reading
    own = line.voice.party if line.voice.party in holders else holders[0]
    another = line.voice.party if line.voice.party not in holders else None
    section = HELD.index(chosen.section)
    chances = judged.word(line.number, grounds.describe_word(line, reading, holders, section))
    said = {grounds.Word.OWN: own, grounds.Word.ANOTHER: another, grounds.Word.NOBODY: None}
    return said[grounds.least_wrong(chances, another is not None)]


def _offer(chosen: Chosen, held: Holding, judged: Judgement) -> DraftOffer:
    reading, line = judged.reading, chosen.line
    kind = judged.offer_kind(line.number, fields.offer_kind(line, reading))
    common = _common(chosen, judged, held.parties)
    return DraftOffer.model_validate({
        **common,
        "statement": statement(chosen.line, reading),
        "kind": kind,
        "by": list(held.parties),
        "to": _to(line, held, judged),
        "conditions": conditions(line.text, reading.grammar(line.number)),
        "deadline": None,
        "status": _status(line, judged, kind, len(held.parties), Basis(str(common["basis"]))),
        "certainty": fields.certainty(chosen.line, reading),
        "responses": [],
    })  # fmt: skip


def _status(
    line: Line, judged: Judgement, kind: OfferKind, count: int, basis: Basis
) -> OfferStatus:
    """By the fitted weights, among what the support check carries."""
    guess = fields.offer_status(line, judged.reading, kind, count)
    allowed = fields.carried(line, judged.reading, basis)
    return status.least_wrong(judged.status(line.number, guess), allowed)


def _to(line: Line, held: Holding, judged: Judgement) -> list[str]:
    described = sides.describe(line, judged.reading, "offers", held.parties)
    return least_wrong(judged.sides("receivers", described))


def _red_line(chosen: Chosen, held: Holding, judged: Judgement) -> DraftRedLine:
    reading, line = judged.reading, chosen.line
    holder = held.parties[0]
    return DraftRedLine.model_validate(
        {
            **_common(chosen, judged, [holder]),
            "statement": statement(chosen.line, reading),
            "held_by": holder,
            "kind": _line_kind(line, judged),
            "firmness": fields.firmness(chosen.line),
            "certainty": fields.certainty(chosen.line, reading),
        }
    )


def _line_kind(line: Line, judged: Judgement) -> RedLineKind:
    guess = fields.red_line_kind(line, judged.reading)
    return judged.line_kind(line.number, guess, fields.carried_kinds(line, judged.reading))


def _question(chosen: Chosen, judged: Judgement) -> DraftQuestion:
    why, reading = judged.reason(chosen.line.number), judged.reading
    before = _leant_on(chosen.line, reading)
    grammar = reading.grammar(chosen.line.number)
    return DraftQuestion.model_validate({
        **_common(chosen, judged),
        **({"citations": sorted({before.number, *chosen.citations})} if before else {}),
        "question": questions.question(chosen.line, why, grammar, before),
        "parties": _concerned(chosen, judged, "concerned"),
        "reason": why,
        "certainty": "asserted",
    })  # fmt: skip


def _leant_on(line: Line, reading: Reading) -> Line | None:
    """The line before one that only says that no more is told."""
    before = reading.before(line.number)
    return before[0] if before and questions.leans(line.text) else None


def _step(chosen: Chosen, judged: Judgement) -> DraftStep | None:
    reading = judged.reading
    if steps.is_past(chosen.line.text, reading.document.date):
        return None
    written, day = steps.when(chosen.line.text, reading.document.date)
    return DraftStep.model_validate({
        **_common(chosen, judged),
        "statement": statement(chosen.line, reading),
        "parties": _concerned(chosen, judged, "acting"),
        "when": written,
        "date": day.isoformat() if day else None,
        "certainty": fields.step_certainty(chosen.line, reading),
    })  # fmt: skip


def _concerned(chosen: Chosen, judged: Judgement, layer: str) -> list[str]:
    described = sides.describe(chosen.line, judged.reading, chosen.section)
    return least_wrong(judged.sides(layer, described))


def _voice(chosen: Chosen, judged: Judgement) -> DraftVoice | None:
    if not chosen.line.voice.speaker or chosen.line.voice.party:
        return None
    return DraftVoice(
        citations=list(chosen.citations),
        speaker=chosen.line.voice.speaker,
        statement=statement(chosen.line, judged.reading),
        topics=judged.topics(chosen.line.number, chosen.section),
    )


def _parties(draft: BriefDraft, reading: Reading) -> list[DraftParty]:
    used = [name for o in draft.offers for name in (*o.by, *o.to)]
    used += [r.held_by for r in draft.red_lines]
    used += [name for q in draft.open_questions for name in q.parties]
    used += [name for s in draft.next_steps for name in s.parties]
    used += [i.speaks_for for i in (*draft.offers, *draft.red_lines, *draft.open_questions, *draft.next_steps)
             if i.speaks_for]  # fmt: skip
    names = dict.fromkeys([*reading.roles.primary, *reading.roles.chosen, *used])
    return [_party(name, reading) for name in names if name in reading.actors.found]


def _party(name: str, reading: Reading) -> DraftParty:
    actor = reading.actors.found[name]
    people = [p for p in reading.actors.people.values() if p.listed_under == name]
    return DraftParty(
        name=name,
        aliases=[form for form in actor.forms if form != name][:8],
        kind=PartyKind(actor.kind),
        roles=reading.roles.of[name],
        people=[DraftPerson(name=p.name, title=p.title) for p in people],
        citations=reading.roles.shown[name][:2],
    )


def _bottom_line(draft: BriefDraft, chosen: Mapping[str, Sequence[Chosen]]) -> list[DraftLine]:
    by_number = {c.line.number: c.chance for s in ("offers", "red_lines") for c in chosen[s]}
    items: list[DraftOffer | DraftRedLine] = [*draft.offers, *draft.red_lines]
    ranked = sorted(items, key=lambda item: -by_number.get(item.citations[0], 0.0))
    return [DraftLine(statement=i.statement, citations=i.citations) for i in ranked[:2]]
