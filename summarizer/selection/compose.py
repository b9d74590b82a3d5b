"""Chosen lines ─▶ draft: statements in the source's own words, attributed by rule (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.draft import (
    MAX_TITLE_CHARACTERS,
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
from summarizer.selection import fields, questions, steps
from summarizer.selection.features import PRONOUN_START
from summarizer.selection.genre import Genre
from summarizer.selection.holders import Holding, holding
from summarizer.selection.reading import Line, Reading
from summarizer.vocabulary import (
    Basis,
    OfferStatus,
    PartyKind,
    PartyRole,
    RedLineKind,
)

Chances = Sequence[Mapping[str, float]]
THRESHOLDS: Mapping[str, float] = {
    "offers": 0.3, "red_lines": 0.3, "open_questions": 0.3, "next_steps": 0.3, "outside_voices": 0.5,
}  # fmt: skip
_LEADING = re.compile(
    r"^(?:But|And|Meanwhile|However|Also|Still|Yet|So|Now|Well|Look|Then|In addition|Moreover|Finally|"
    r"Instead|For (?:his|her|its) part|Mais|Pero|Y|Et)\b,?\s+(?=[\w“])",
)
_ENUMERATOR = re.compile(r"^\W*(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[•*–-])\s+")
MOST = 40
"""Words of a statement."""


@dataclass(frozen=True)
class Chosen:
    """A line chosen for a section, with the ones it needs beside it."""

    line: Line
    chance: float
    citations: tuple[int, ...]


def compose(
    reading: Reading, chances: Chances, thresholds: Mapping[str, float] = THRESHOLDS
) -> BriefDraft:
    """The draft of a document about peace talks."""
    draft = empty_draft()
    chosen = {
        section: _chosen(reading, chances, section, thresholds[section]) for section in thresholds
    }
    draft.offers = [o for c in chosen["offers"] if (o := _offer(c, reading))]
    draft.red_lines = [r for c in chosen["red_lines"] for r in _red_lines(c, reading)]
    draft.open_questions = [_question(c, reading) for c in chosen["open_questions"]]
    draft.next_steps = [s for c in chosen["next_steps"] if (s := _step(c, reading))]
    draft.outside_voices = [v for c in chosen["outside_voices"] if (v := _voice(c, reading))]
    draft.parties = _parties(draft, reading)
    draft.bottom_line = _bottom_line(draft, chosen)
    draft.title = title(reading)
    return draft


def _chosen(reading: Reading, chances: Chances, section: str, threshold: float) -> list[Chosen]:
    found: list[Chosen] = []
    seen: set[str] = set()
    for line, chance in zip(reading.lines, chances, strict=True):
        own = chance[section]
        key = re.sub(r"\W+", " ", line.text).casefold()
        if own < threshold or line.heading or key in seen:
            continue
        if line.turn.asks and section != "open_questions":
            continue
        seen.add(key)
        found.append(Chosen(line, own, (line.number,)))
    return found


def statement(line: Line, reading: Reading) -> str:
    """The sentence itself, without connective, numbering and white space."""
    text = _ENUMERATOR.sub("", " ".join(line.text.split()))
    bare = _LEADING.sub("", text)
    text = bare[:1].upper() + bare[1:]
    if PRONOUN_START.match(text) and line.voice.speaker and line.voice.pronoun:
        text = re.sub(r"^(?:He|She|They|Él|Ella|Il|Elle|Ils)\b", line.voice.speaker, text)
    words = text.split()
    return text if len(words) <= MOST else " ".join(words[:MOST]).rstrip(",;:") + " …"


def _common(chosen: Chosen, reading: Reading, holders: Sequence[str] = ()) -> dict[str, object]:
    line = chosen.line
    voice = line.voice
    official = reading.genre == Genre.TEXT
    basis = Basis.OFFICIAL_TEXT if official and voice.basis == Basis.NARRATION else voice.basis
    party = voice.party
    if official and not voice.speaker and holders:
        party = holders[0]
    speaker = voice.speaker if basis not in {Basis.NARRATION, Basis.OFFICIAL_TEXT} else None
    if basis == Basis.NARRATION:
        party = None
    return {
        "citations": list(chosen.citations),
        "speaker": speaker,
        "speaks_for": party,
        "basis": basis,
        "topics": fields.topics(line.text),
    }


def _offer(chosen: Chosen, reading: Reading) -> DraftOffer | None:
    held = holding(chosen.line, reading, ("give", "will", "agree", "act"))
    if held is None:
        return None
    kind = fields.offer_kind(chosen.line, reading)
    common = _common(chosen, reading, held.parties)
    return DraftOffer.model_validate({
        **common,
        "statement": statement(chosen.line, reading),
        "kind": kind,
        "by": list(held.parties),
        "to": [],
        "conditions": _conditions(chosen.line),
        "deadline": None,
        "status": fields.offer_status(chosen.line, reading, kind, len(held.parties)),
        "certainty": fields.certainty(chosen.line, reading),
        "responses": [],
    })  # fmt: skip


_CONDITION = re.compile(
    r"\b(?:if|provided(?: that)?|once|on condition(?: that)?|in exchange for|in return for|as long as|only after|as soon as|"
    r"subject to|à condition (?:que|de)|a condición de que|siempre que|a cambio de|en échange d['’e]|si)\s+(?P<what>[^,;.“”]{6,110})",
    re.IGNORECASE,
)


def _conditions(line: Line) -> list[str]:
    found = _CONDITION.search(line.text)
    return [" ".join(found["what"].split())] if found else []


def _red_lines(chosen: Chosen, reading: Reading) -> list[DraftRedLine]:
    held = holding(chosen.line, reading, ("refuse", "demand"))
    if held is None:
        return []
    holders = held.parties[:2] if len(held.parties) <= 2 else held.parties[:1]
    return [
        DraftRedLine.model_validate({
            **_common(chosen, reading, [holder]),
            "statement": statement(chosen.line, reading),
            "held_by": holder,
            "kind": fields.red_line_kind(chosen.line, reading),
            "firmness": fields.firmness(chosen.line),
            "certainty": fields.certainty(chosen.line, reading),
        })
        for holder in holders[:1]
    ]  # fmt: skip


def _question(chosen: Chosen, reading: Reading) -> DraftQuestion:
    why = questions.reason(chosen.line.text)
    return DraftQuestion.model_validate({
        **_common(chosen, reading),
        "question": questions.question(chosen.line, why),
        "parties": chosen.line.parties[:2] or reading.roles.primary[:2],
        "reason": why,
        "certainty": "asserted",
    })  # fmt: skip


def _step(chosen: Chosen, reading: Reading) -> DraftStep | None:
    if steps.is_past(chosen.line.text, reading.document.date):
        return None
    written, day = steps.when(chosen.line.text, reading.document.date)
    return DraftStep.model_validate({
        **_common(chosen, reading),
        "statement": statement(chosen.line, reading),
        "parties": chosen.line.parties[:2] or reading.roles.primary[:2],
        "when": written,
        "date": day.isoformat() if day else None,
        "certainty": fields.step_certainty(chosen.line, reading),
    })  # fmt: skip


def _voice(chosen: Chosen, reading: Reading) -> DraftVoice | None:
    if not chosen.line.voice.speaker or chosen.line.voice.party:
        return None
    return DraftVoice(
        citations=list(chosen.citations),
        speaker=chosen.line.voice.speaker,
        statement=statement(chosen.line, reading),
        topics=fields.topics(chosen.line.text),
    )


def _parties(draft: BriefDraft, reading: Reading) -> list[DraftParty]:
    used = [name for o in draft.offers for name in (*o.by, *o.to)]
    used += [r.held_by for r in draft.red_lines]
    used += [name for q in draft.open_questions for name in q.parties]
    used += [name for s in draft.next_steps for name in s.parties]
    used += [i.speaks_for for i in (*draft.offers, *draft.red_lines, *draft.open_questions, *draft.next_steps)
             if i.speaks_for]  # fmt: skip
    names = dict.fromkeys([*reading.roles.primary, *used])
    for name, roles in reading.roles.of.items():
        actor = reading.actors.found[name]
        if (
            roles[0] in {PartyRole.MEDIATOR, PartyRole.HOST, PartyRole.MONITOR, PartyRole.GUARANTOR}
            and actor.count > 1
        ):
            names.setdefault(name)
    return [_party(name, reading) for name in names if name in reading.actors.found]


def _party(name: str, reading: Reading) -> DraftParty:
    actor = reading.actors.found[name]
    people = [p for p in reading.actors.people.values() if p.party == name]
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


def title(reading: Reading) -> str:
    """The document's own title, or its first line."""
    stated = reading.document.title or reading.lines[0].text
    words = " ".join(stated.split())
    return words if len(words) <= MAX_TITLE_CHARACTERS else words[: MAX_TITLE_CHARACTERS - 1] + "…"


__all__ = ["THRESHOLDS", "Chosen", "Holding", "OfferStatus", "RedLineKind", "compose", "statement"]
