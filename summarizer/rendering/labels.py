"""Words for people: vocabulary values, languages, and the short labels of items (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from summarizer.brief import RedLine, Support
from summarizer.vocabulary import RedLineKind, StepCertainty, SupportStatus, Term


class Checked(Protocol):
    """Anything that the support check looked at."""

    @property
    def support(self) -> Support: ...


T = TypeVar("T", bound=Checked)

# A step is no surer in the brief than in the document: "is expected to" is coded as hedged,
# but so is "may", and the weaker word has to fit both.
_STEP_CERTAINTY = {
    StepCertainty.PLANNED: "planned",
    StepCertainty.ASSERTED: "expected",
    StepCertainty.HEDGED: "possible",
    StepCertainty.DISPUTED: "⚠ disputed",
}
_RED_LINE_ORDER = [RedLineKind.REFUSAL, RedLineKind.PRECONDITION, RedLineKind.DEMAND]

# The languages that documents about peace talks come in; others keep their code.
_LANGUAGES = {
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "km": "Khmer",
    "ko": "Korean",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ms": "Malay",
    "my": "Burmese",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def label(term: Term) -> str:
    """A value of a vocabulary in words: ``under_negotiation`` is "under negotiation"."""
    return str(term).replace("_", " ")


def step_label(certainty: StepCertainty) -> str:
    """How sure the document is of a next step, in one word."""
    return _STEP_CERTAINTY[certainty]


def language(code: str | None) -> str:
    """The English name of an ISO 639-1 code."""
    return _LANGUAGES.get(code, code) if code else "language unknown"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 call``, ``3,412 tokens``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


@dataclass(frozen=True)
class Section(Generic[T]):
    """The items of one section with their labels, in reading order."""

    in_place: list[tuple[str, T]]
    unsupported: list[tuple[str, T]]


def sectioned(prefix: str, items: Iterable[T]) -> Section[T]:
    """Items apart by support, labelled ``O1``, ``O2`` …; the unsupported ones come last.

    Without a prefix the labels are empty.
    """
    ordered = sorted(items, key=_is_unsupported)
    labelled = [(f"{prefix}{i}" if prefix else "", item) for i, item in enumerate(ordered, 1)]
    kept = sum(not _is_unsupported(item) for item in ordered)
    return Section(labelled[:kept], labelled[kept:])


def in_reading_order(red_lines: Sequence[RedLine]) -> list[RedLine]:
    """Refusals and preconditions first, then demands; a demand is no refusal."""
    return sorted(red_lines, key=lambda line: _RED_LINE_ORDER.index(line.kind))


def _is_unsupported(item: Checked) -> bool:
    return item.support.status is SupportStatus.UNSUPPORTED
