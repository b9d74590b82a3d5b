"""What sort of text it is, and whose turn it is in a transcript (pure).

A transcript gives every paragraph after a label ("MR. TARN:", "Q") to that voice until the next
label; an interview in which the questions stand in bold gives the answers to the one asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from summarizer.documents import Document

_LABEL = re.compile(
    r"^[*_]{0,2}(?P<who>(?:[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]+(?:[ ,]+|(?=\s?[*_]*:))){1,8}(?:\([^)]{1,60}\) ?)?|"
    r"(?:[A-ZÀ-Þ][\w.’'\-]+ ){1,3}[A-ZÀ-Þ][\w.’'\-]+ ?|Q|A|[A-ZÀ-Þ][a-zà-ÿ]+ ?|"
    r"\[[^\]]{3,60}\] ?)[*_]{0,2}\s?:[*_]{0,2}\s"
)
_Q = re.compile(r"^[*_]{0,2}(?:Q(?::|\.|\s{1,4})|Question\s?:|Reporter\s?:|QUESTION\s?:|"
                r"Pregunta\s?:|P\.\s|Journaliste\s?:)\s*")  # fmt: skip
_ASKING = re.compile(r"question|reporter|journalist|^q$|pregunta|périodista|periodista|the press",
                     re.IGNORECASE)  # fmt: skip
_HOSTING = re.compile(r"moderator|operator|moderador|modérat|host|staff", re.IGNORECASE)
_BOLD = re.compile(r"^\*\*.*\?\*\*$|^\*\*.*\*\*$", re.DOTALL)
_TREATY = re.compile(
    r"^(?:article|section|chapter|art[íi]culo|cap[íi]tulo|annex)\s+\w+|\bthe parties "
    r"(?:hereby|agree|shall|undertake|reaffirm|commit)|\blas partes (?:acuerdan|se comprometen)|"
    r"\bles parties (?:conviennent|s['’]engagent)|\b(?:done|signed) (?:in|at) [A-Z]|\bfait à|"
    r"\bhecho en|joint (?:statement|communiqu|declaration)|comunicado conjunto|"
    r"communiqué (?:conjoint|final)|déclaration conjointe|declaración conjunta",
    re.IGNORECASE | re.MULTILINE,
)
_JOINT = re.compile(
    r"joint (?:statement|communiqu|declaration)|agreement|accord|communiqué (?:conjoint|final)|"
    r"comunicado conjunto|déclaration|declaración|acuerdo|protocol",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:said|says|told|according to|dijo|según|a déclaré|selon)\b", re.IGNORECASE)
_OPINION = re.compile(r"\b(?:opinion|op-ed|commentary|analysis|análisis|analyse|column|tribune)\b",
                      re.IGNORECASE)  # fmt: skip
MANY_TURNS = 4


class Genre(str, Enum):
    """What rules a text asks for."""

    NEWS = "news"
    TRANSCRIPT = "transcript"
    TEXT = "text"
    OPINION = "opinion"


@dataclass(frozen=True)
class Turn:
    """Who has the floor: the label as written, and whether it asks or only leads the talk."""

    label: str | None = None
    asks: bool = False
    hosts: bool = False


def turns(document: Document) -> list[Turn]:
    """The turn of every sentence; empty turns where the text is no transcript."""
    labels = [_label(document.quote(s.number)) for s in document.sentences]
    paragraphs = [s.paragraph for s in document.sentences]
    if sum(label is not None for label in labels) < MANY_TURNS:
        return [Turn() for _ in labels]
    found, current, last = [], Turn(), -1
    for label, paragraph in zip(labels, paragraphs, strict=True):
        if label is not None:
            current = label
        elif current.label == "**" and paragraph != last:
            current = Turn()  # a bold question is over with its paragraph
        found.append(current)
        last = paragraph
    return found


def _label(sentence: str) -> Turn | None:
    if _Q.match(sentence):
        return Turn("Q", asks=True)
    if _BOLD.match(sentence) and sentence.rstrip("*").endswith("?"):
        return Turn("**", asks=True)
    match = _LABEL.match(sentence)
    if match is None:
        return None
    who = match["who"].strip(" *_")
    if not (who.isupper() or " " in who or len(who) <= 2):
        return None
    return Turn(who, asks=bool(_ASKING.search(who)), hosts=bool(_HOSTING.search(who)))


def without_label(sentence: str) -> str:
    """A sentence without the label of its turn, "MR. TARN: ", "Q    "."""
    match = _Q.match(sentence) or _LABEL.match(sentence)
    if match is None:
        return sentence
    who = match.groupdict().get("who", "Q").strip(" *_")
    return sentence[match.end() :] if who.isupper() or " " in who or len(who) <= 2 else sentence


def genre(document: Document, found: list[Turn]) -> Genre:
    """The genre by turns, by the words of agreements, by the word "analysis" at the head."""
    if any(turn.label for turn in found):
        return Genre.TRANSCRIPT
    head = document.text[:600]
    hits = len(_TREATY.findall(document.text))
    told = len(_TOLD.findall(document.text))
    titled = _JOINT.search(document.text[:250]) is not None
    if (hits >= 3 and told <= hits) or (titled and told <= 3):
        return Genre.TEXT
    return Genre.OPINION if _OPINION.search(head) else Genre.NEWS
