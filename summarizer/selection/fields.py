"""Kind, status, certainty and the other fields by cue, the least claim where none is seen (pure)."""

from __future__ import annotations

import re

from summarizer.lexicon import has_polarity
from summarizer.selection import cues
from summarizer.selection.genre import Genre
from summarizer.selection.reading import Line, Reading
from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    RedLineKind,
    StepCertainty,
)

_CONCESSION = re.compile(r"conced|dropped (?:its|their|his)|gave up|gives up|no longer (?:demand|insist)|"
                         r"backed (?:down|away) from|softened|cedi[óo]|renonc|retire sa", re.I)  # fmt: skip
_PROPOSAL = re.compile(r"propos|tabled|draft|plan\b|bridging|put forward|presented|blueprint|roadmap|"
                       r"suggest|initiative|formula|propu|borrador|projet|feuille de route|hoja de ruta", re.I)  # fmt: skip
_COMMITMENT = re.compile(r"commit|pledg|promis|undertak|undertook|agree|sign|shall|accept|guarantee|vow|"
                         r"reaffirm|compromet|comprom|acord|acuerd|engag|accord|convenu|conviennent|garanti|"
                         r"will (?:continue|sustain|maintain|ensure)|resolve to", re.I)  # fmt: skip
_READY = re.compile(r"ready|willing|prepared|open to|would (?:be|consider|accept)|offer|could|dispuest|"
                    r"ofrec|prêt|offr|in exchange|in return|if ", re.I)  # fmt: skip
_SIGNED = re.compile(
    r"\bsign(?:s|ed|ing|atories)?\b|signator|firmaron|firmado|suscri|signé|paraph", re.I
)
_FORCE = re.compile(r"in force|took effect|came into force|has (?:begun|started)|holding|still in effect|"
                    r"en vigor|en vigueur|is in effect|have been (?:released|freed|withdrawn)", re.I)  # fmt: skip
_AGREED = re.compile(r"agree|accept(?!.{0,15}part)|settled|adopted|committed|accord|acord|convenu|"
                     r"conviennent|engag|aceptó|approuv|undertake", re.I)  # fmt: skip
_FLOATED = re.compile(
    r"could look|idea|hint|float|might|may\b|could\b|sondeo|podría|pourrait|piste|consider", re.I
)
_TABLED = re.compile(r"propos|tabled|plan|text|draft|ready|willing|prepared|pledg|promis|offer|will\b|"
                     r"propu|texto|dispuest|promet|texte|prêt|offr|put forward|presented", re.I)  # fmt: skip
_TALKED = re.compile(r"negotiat|being (?:worked|discussed)|discuss|on the table|under discussion|still talking|"
                     r"in talks|negocia|négoci|discut", re.I)  # fmt: skip
_FIRST = re.compile(
    r"\bbefore (?:any|the|it|they|talks|we|negotiat|a |further|there)|until|unless|"
    r"\b(?:must|should|has to|have to|had to|would) (?:\w+ ){0,6}first\b|(?:,|:) first\b|\bfirst[,.]|"
    r"precondition|only (?:if|after|when|once)|prior to|condition for|"
    r"hasta que|antes de|primero|tant que|avant (?:que|toute|de)|d['’]abord|préalable|"
    r"sin que antes|sans quoi|no .{0,40} without",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:no|nobody|none|not|never|nothing|neither|nor|cannot|nunca|jamás|ningun\w*|nadie|tampoco|ni|"
    r"pas|jamais|aucun\w*|rien|personne|point|plus)\b|n['’]t\b",
    re.I,
)
_SOFT = re.compile(
    r"no longer|softened|for the first time|hinted|flexib|moved away|ya no|assoupl", re.I
)


def offer_kind(line: Line, reading: Reading) -> OfferKind:
    """Concession, proposal, offer or commitment, by the first cue that is seen."""
    text = line.text
    if _CONCESSION.search(text):
        return OfferKind.CONCESSION
    if reading.genre == Genre.TEXT:
        return OfferKind.COMMITMENT
    if _PROPOSAL.search(text):
        return OfferKind.PROPOSAL
    if _COMMITMENT.search(text):
        return OfferKind.COMMITMENT
    return OfferKind.OFFER if _READY.search(text) else OfferKind.COMMITMENT


def _claimed_status(line: Line, reading: Reading, kind: OfferKind, count: int) -> OfferStatus:
    """How far it has got, as far as the line itself shows; ``unstated`` is near most others."""
    text = line.text
    if reading.genre == Genre.TEXT:
        signed = _SIGNED.search(reading.document.text)
        return OfferStatus.SIGNED if signed else OfferStatus.AGREED
    if _FORCE.search(text):
        return OfferStatus.IN_FORCE
    if _SIGNED.search(text) and count > 1:
        return OfferStatus.SIGNED
    if kind in {OfferKind.COMMITMENT} and _AGREED.search(text):
        return OfferStatus.AGREED if count > 1 else OfferStatus.TABLED
    if _FLOATED.search(text) and not _PROPOSAL.search(text):
        return OfferStatus.FLOATED
    if _TALKED.search(text):
        return OfferStatus.UNDER_NEGOTIATION
    return OfferStatus.TABLED if _TABLED.search(text) else OfferStatus.UNSTATED


def offer_status(line: Line, reading: Reading, kind: OfferKind, count: int) -> OfferStatus:
    """How far it has got, by rule; agreed and signed only on a word of agreement."""
    status = _claimed_status(line, reading, kind, count)
    return status if status in carried(line, reading, basis(line, reading)) else OfferStatus.TABLED


def carried(line: Line, reading: Reading, ground: Basis) -> set[OfferStatus]:
    """Statuses that the support check finds words for: of an official text, anywhere in it."""
    everywhere = reading.genre == Genre.TEXT and ground == Basis.OFFICIAL_TEXT
    text = reading.document.text if everywhere else line.text
    found = set(OfferStatus)
    if not has_polarity(text, reading.language, "agreement"):
        found -= {OfferStatus.AGREED, OfferStatus.SIGNED}
    if reading.genre != Genre.TEXT and not _SIGNED.search(line.text):
        found.discard(OfferStatus.SIGNED)  # a report that says so: the least claim else
    if not has_polarity(line.text, reading.language, "refusal"):
        found -= {OfferStatus.REJECTED}
    return found


def basis(line: Line, reading: Reading) -> Basis:
    """The ground: the voice's; of a joint or signed text the text itself."""
    if reading.genre == Genre.TEXT and line.voice.basis == Basis.NARRATION:
        return Basis.OFFICIAL_TEXT
    return line.voice.basis


def red_line_kind(line: Line, reading: Reading) -> RedLineKind:
    """Precondition, refusal on a word of refusal, or demand."""
    text = line.text
    said = cues.has("refuse", text, reading.language) or _NEGATED.search(text)
    refusal = has_polarity(text, reading.language, "refusal") and bool(said)
    if _FIRST.search(text) and not re.search(r"rul(?:e|ed|es|ing) out", text):
        return RedLineKind.PRECONDITION
    if refusal:
        return RedLineKind.REFUSAL
    return RedLineKind.DEMAND


def carried_kinds(line: Line, reading: Reading) -> list[RedLineKind]:
    """Kinds that the support check finds words for."""
    refusal = has_polarity(line.text, reading.language, "refusal")
    return [kind for kind in RedLineKind if refusal or kind != RedLineKind.REFUSAL]


_IMPOSED = re.compile(
    r"\bwould have (?:the )?[A-ZÀ-Þ][\w’'-]+ (?:hand|give|cede|withdraw|pull|leave|let|surrender|accept)\b|"
    r"\b(?:must|has to|have to) (?:\w+ ){1,12}?before \w+"
)


def is_imposed(text: str) -> bool:
    """A demand on another or a thing to come first: "they would have Kyiv hand over"."""
    return _IMPOSED.search(text) is not None


def firmness(line: Line) -> Firmness:
    """Softening and qualified by cue, else categorical."""
    if _SOFT.search(line.text):
        return Firmness.SOFTENING
    return Firmness.CATEGORICAL


def certainty(line: Line, reading: Reading) -> Certainty:
    """Hedged where the line has a hedge outside a refusal."""
    hedge = re.search(r"\b(?:may|might|reportedly|believed|appears?|suggested|hinted|could|podría|pourrait|"
                      r"al parecer|semble)\b", line.text, re.I)  # fmt: skip
    return (
        Certainty.HEDGED
        if hedge and line.voice.basis.value in {"anonymous", "other_media", "narration"}
        else Certainty.ASSERTED
    )


def step_certainty(line: Line, reading: Reading) -> StepCertainty:
    """Hedged, planned or asserted."""
    if re.search(r"\b(?:may|might|could|expected|hopes?|likely|possibly|should|podría|espera|pourrait|devrait|"
                 r"attendu)\b", line.text, re.I):  # fmt: skip
        return StepCertainty.HEDGED
    return StepCertainty.PLANNED
