"""A document ─▶ draft, without a language model."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from summarizer.documents import Document
from summarizer.draft import BriefDraft, empty_draft
from summarizer.selection import cues, heads, subject, tuned
from summarizer.selection.compose import compose
from summarizer.selection.heads import Judgement
from summarizer.selection.reading import Reading, read
from summarizer.selection.stating import heading
from summarizer.selection.tuned import Files

ABOUT, DOUBTFUL = 0.66, 0.6
"""Probabilities from which a document is about peace talks, and from which it may be: a brief of
something else is worse than none. By weights that have not seen them none of 71 documents on
other subjects passes; 656 of 663 that are about peace talks do, and nine in ten of their parts of six
to ten lines."""
NOTICE = (
    "made offline by sentence selection; statements are the source's own words; "
    "holders marked ? are to be confirmed"
)
_FILES = ("heads.npz", "parties.npz", "cues.toml", "parties.toml")


@dataclass(frozen=True)
class Selected:
    """A draft, what a reader must know of it, and the items whose holder is to be confirmed."""

    draft: BriefDraft
    notices: tuple[str, ...]
    to_confirm: frozenset[tuple[str, int]] = frozenset()
    encoders: frozenset[str] = frozenset()
    """Which tuned encoders had a part in it: ``small``, ``large``."""


def select(document: Document, encoders: Files | None = None) -> Selected:
    """The draft of a document, by the shipped weights and the encoders that are here.

    Raises MissingExtra without the packages of the extra ``embedded``.
    """
    reading = read(document)
    if document.language not in cues.LANGUAGES:
        head = {"title": heading(reading)}
        return Selected(empty_draft().model_copy(update=head), (NOTICE, *_unsupported(document)))
    judged, notices = heads.load().judge(reading), (NOTICE,)
    if not is_about(judged):
        return Selected(_not_about(reading), notices)
    judged = heard(judged, encoders or {})
    opinions = {"small": judged.opinion, "large": judged.large}
    by = frozenset(name for name, opinion in opinions.items() if opinion is not None)
    composed = compose(judged)
    return Selected(composed.draft, notices, composed.to_confirm, by)


def heard(judged: Judgement, encoders: Files) -> Judgement:
    """The judgement with what the encoders say: the large one sees what the small one left."""
    reading = judged.reading
    small = tuned.opinion(reading, encoders, "small", judged.open)
    large = tuned.opinion(reading, encoders, "large", judged.heard(small).likely)
    return judged.heard(small, large)


def is_about(judged: Judgement) -> bool:
    """Whether a document is about peace talks; a doubtful one goes by its words.

    Of the words that tell, more than half are of war and its end, not of trade, work or sport.
    """
    if not DOUBTFUL <= judged.about < ABOUT:
        return judged.about >= ABOUT
    return subject.share_of_war(judged.reading) > 0.5


def _not_about(reading: Reading) -> BriefDraft:
    said = "its words are those of another subject than an armed conflict and its settlement"
    update = {"about_peace_talks": False, "not_about": said, "title": heading(reading)}
    return empty_draft().model_copy(update=update)


def _unsupported(document: Document) -> list[str]:
    known = ", ".join(cues.LANGUAGES)
    return [
        f"the document's language ({document.language or 'not recognised'}) is not supported "
        f"offline ({known} are): nothing was selected; use a language model for it"
    ]


@cache
def version(encoders: frozenset[str] = frozenset()) -> str:
    """A digest of the weights and word lists that a draft depends on, and whose they are.

    ``encoders``: those of the tuned ones, ``small`` and ``large``, as well.
    """
    folder = resources.files("summarizer.selection")
    digest = hashlib.sha256()
    more = [tuned.FITTED[name].file for name in sorted(encoders, reverse=True)]
    for name in (*_FILES, *more, *(["wordpieces.txt"] if encoders else [])):
        digest.update(folder.joinpath(name).read_bytes())
    return f"{_BY[encoders]} {digest.hexdigest()[:12]}"


_BY = {
    frozenset(): "selection",
    frozenset({"small"}): "selection and encoder",
    frozenset({"large"}): "selection and large encoder",
    frozenset({"small", "large"}): "selection and two encoders",
}
