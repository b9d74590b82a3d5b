"""The support check: do the cited sentences carry the statement? By code, without a model (pure).

Checked are the figures and dates, the quoted phrases, the named parties and people, and the
polarity: a refusal rests on a word of refusal, "agreed" and "signed" on a word of agreement.
What is nowhere in the document was invented: unsupported. What is elsewhere in it is cited
wrongly: partial, and the finding says where it is. Source: ``docs/brief-guide.md``, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.brief import Support
from summarizer.documents import Document
from summarizer.figures import WORD_LANGUAGES, Figure, figures_of
from summarizer.lexicon import Polarity, has_polarity, polarity_languages
from summarizer.names import folded, mentions, surname_forms
from summarizer.turns import is_named_turn, is_turn
from summarizer.vocabulary import SupportStatus
from summarizer.whereabouts import Whereabouts

_QUOTED = re.compile(r"“([^“”]{2,})”|«([^«»]{2,})»|\"([^\"]{2,})\"")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COLLECTIVE = re.compile(
    r"\b(?:parties|sides|both|delegations|signator\w+|(?:the|two) leaders|the two|"
    r"two (?:countries|governments|nations|states)|(?:either|neither|each|any|no|other) "
    r"(?:party|side|one)|las partes|ambas|ambos|los dos|las dos|les parties|les deux|"
    r"сторон\w*|сторін|обе|оба|обидв\w+)\b|الطرف|الأطراف|الجانب",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(r"(?:an?|the|one|two|several|some|unnamed|senior)\s", re.IGNORECASE)
# “We will not,” he said, “accept this”: quoted as one phrase as often as not.
_SAID_BETWEEN = re.compile(r"[,.]?[”\"»]([^“”«»\"]{1,60})[“\"«]")
STEM = 5
"""Letters of a word that are compared when looking for any overlap at all."""
COMMON = (
    "about after also because been before being between could does down each every from have into "
    "made make more most must only other over said same says shall should some such than that "
    "their them then there these they this those through under until were what when where which "
    "while whom whose will with without would according accept agree demand insist offer pledge "
    "propose refuse reject require want"
)
"""Words that say nothing of what a statement is about."""
LOOK_BACK = 60
"""Sentences before a citation in which the head of its turn is looked for."""
NOT_LATIN = frozenset(
    {"ar", "bg", "el", "fa", "he", "hi", "hy", "ja", "ka", "ko", "ru", "uk", "ur", "zh"}
)
"""Languages in whose texts a name in Latin letters is not expected to occur."""
SMALL_NUMBER = 20
"""Up to here a number is as often as not a word, which text2num reads in few languages."""
SMALL = {"days": SMALL_NUMBER * 7, "months": SMALL_NUMBER * 12}
"""The same for lengths, which ``figures`` counts in days and months: weeks and years."""
BYLINE_WORDS = 14
"""Longest sentence at the head or the end of a document that counts as its byline."""
HEAD, TAIL = 8, 4
"""Sentences at the head and the end of a document among which a byline is looked for."""
_IN_QUOTES = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_FIRST_PERSON = re.compile(
    r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|[Jj]e|[Nn]ous|[Nn]otre|[Nn]osotros|[Nn]uestr\w+|[Яя]|[Мм]ы|"
    r"[Нн]аш\w*|[Мм]и)\b"
)


@dataclass(frozen=True)
class Claim:
    """What a statement says, as far as code can check it."""

    text: str
    parties: tuple[tuple[str, ...], ...] = ()
    """Names and aliases, and people, of each party that the item is about."""
    people: tuple[str, ...] = ()
    polarity: Polarity | None = None
    official: bool = False
    """A clause of an agreement or statement: who agrees, and that they do, stands at its head."""


class Evidence:
    """The cited sentences of one document, and what surrounds them.

    ``where`` is shared by all evidence of a document, if there is more.
    """

    def __init__(
        self, document: Document, numbers: Sequence[int], where: Whereabouts | None = None
    ) -> None:
        self.document = document
        self.where = where or Whereabouts(document)
        self.numbers = list(numbers)
        self.cited = " ".join(document.quote(number) for number in numbers)
        self.seen = self._scope()
        self.scope = " ".join(map(document.quote, self.seen))
        self.around = f"{self.scope} {self.cited}"
        # An interview or an opinion piece: "we" is who was named long before.
        self.own_voice = _FIRST_PERSON.search(_IN_QUOTES.sub("", self.around)) is not None
        # In a transcript it is who has the turn.
        self.turn_named = any(is_named_turn(document.quote(number)) for number in self.seen)

    def _scope(self) -> list[int]:
        """The paragraphs of the cited sentences up to them, the paragraphs before, and the turn.

        "He offered no details" stands in a paragraph of its own as often as not; in a
        transcript the speaker is named once, at the head of a turn.
        """
        numbers: set[int] = set()
        for number in self.numbers:
            numbers.update(self._before(number))
        return sorted(numbers)

    def _before(self, number: int) -> Iterator[int]:
        sentences = self.document.sentences
        own, turn = sentences[number - 1].paragraph, False
        for sentence in reversed(sentences[max(0, number - LOOK_BACK) : number]):
            head = not turn and is_turn(self.document.quote(sentence.number))
            turn = turn or head
            if head or sentence.paragraph >= own - 1:
                yield sentence.number
            elif turn:
                return

    def places(self, found: Iterable[int]) -> str:
        numbers = list(found)[:3]
        return f" (it is in {', '.join(f'[{n}]' for n in numbers)})" if numbers else ""


def check_support(claim: Claim, evidence: Evidence) -> Support:
    """The finding for one claim: supported, partial or unsupported, with what is missing."""
    missing = [
        *_figures(claim, evidence),
        *_quotes(claim, evidence),
        *_parties(claim, evidence),
        *_people(claim, evidence),
        *(_wrong_polarity(claim, evidence) or _no_overlap(claim, evidence)),
    ]
    if not missing:
        return Support(status=SupportStatus.SUPPORTED)
    invented = any(finding.invented for finding in missing)
    status = SupportStatus.UNSUPPORTED if invented else SupportStatus.PARTIAL
    said = [finding.message + evidence.places(finding.elsewhere) for finding in missing]
    return Support(status=status, missing=said)


@dataclass(frozen=True)
class Finding:
    """Something that the cited sentences lack, and which sentences have it.

    ``certain``: code can tell that a document which has it nowhere does not say it.
    """

    message: str
    elsewhere: list[int]
    certain: bool = True

    @property
    def invented(self) -> bool:
        """Whether it is nowhere in the document."""
        return self.certain and not self.elsewhere


def _figures(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    language = evidence.document.language
    if _is_verbatim(claim.text, evidence.cited):
        return  # "5 de enero" is a date in Spanish, and a bare number read as English
    # Figures inside names ("M23", "Article 5") count as any other: they are in the source too.
    cited = figures_of(evidence.cited, language)
    for figure in figures_of(claim.text, "en"):
        if figure.soft or _has(figure, cited):
            continue
        elsewhere = [number for number, others in evidence.where.figures if _has(figure, others)]
        small = figure.dimension != "date" and figure.value <= SMALL.get(
            figure.dimension, SMALL_NUMBER
        )
        if not elsewhere and language not in WORD_LANGUAGES and small:
            continue  # may well be there as a word that cannot be read
        yield Finding(f"figure {figure} is not in the cited sentences", elsewhere)


def _is_verbatim(text: str, cited: str) -> bool:
    """Whether a statement is words of the cited sentences, behind a lead-in with a colon or not."""
    said = f" {folded(cited)} "
    parts = (folded(part.rstrip(" …")) for part in (text, text.partition(": ")[2]))
    return any(part.count(" ") > 2 and f" {part} " in said for part in parts)


def _has(figure: Figure, others: Iterable[Figure]) -> bool:
    return any(
        figure.equals(other) or figure.is_close_to(other) or _is_bare(figure, other)
        for other in others
    )


def _is_bare(one: Figure, two: Figure) -> bool:
    """The same number where a unit was not written, or could not be read."""
    bare = {"count", "ordinal"} & {one.dimension, two.dimension}
    return bool(bare) and one.value == two.value != 0


def _quotes(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    for match in _QUOTED.finditer(claim.text):
        phrase = next(group for group in match.groups() if group)
        parts = [folded(part) for part in re.split(r"…|\.\.\.|\[[^\]]*\]", phrase)]
        if _says(evidence.cited, parts):
            continue
        elsewhere = [
            sentence.number
            for sentence in evidence.document.sentences
            if _says(evidence.document.quote(sentence.number), parts)
        ]
        # Elsewhere than in English it may be a translation, which the words alone do not show;
        # and it may run over sentences of which not all are cited.
        known = evidence.document.language in {"en", None}
        message = f"the words “{phrase}” are not in the cited sentences"
        certain = known and not _says(evidence.document.text, parts)
        yield Finding(message, elsewhere, certain)


def _says(text: str, parts: Iterable[str]) -> bool:
    """Whether the text has all the folded parts, with or without "he said" in between."""
    texts = [f" {folded(text)} ", f" {folded(_SAID_BETWEEN.sub(' ', text))} "]
    wanted = [f" {part} " if part.isascii() and part else part for part in parts]
    return any(all(part in said for part in wanted) for said in texts)


def _parties(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    implied = (
        claim.official or evidence.own_voice or _COLLECTIVE.search(evidence.around) is not None
    )
    for names in claim.parties:
        if mentions(evidence.around, names):
            continue
        elsewhere = evidence.where.naming(names)
        if elsewhere and implied:
            continue  # "the Parties agree", "we agree": who they are stands at the head
        if not elsewhere and not is_checkable(names, evidence.document):
            message = f"no name of {names[0]} in the script of the document is given"
            yield Finding(message, [], certain=False)
            continue
        message = f"{names[0]} is not named in the cited sentences or before them"
        yield Finding(message, elsewhere)


def _people(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    document = evidence.document
    for person in claim.people:
        name = re.split(r"[,(]", person)[0].strip()
        forms = surname_forms(name)
        if not name or mentions(evidence.around, forms) or not is_checkable([name], document):
            continue
        if not _is_name(name) and _shares_word(name, document.text):
            continue  # a description: "a senior U.S. official" for "the official"
        elsewhere = evidence.where.naming(forms)
        own = evidence.own_voice and not evidence.turn_named
        if elsewhere and (own or _is_author(elsewhere, document)):
            continue
        # Elsewhere than in English a description is translated: it cannot be looked for.
        certain = _is_name(name) and document.language in {"en", None}
        yield Finding(f"speaker {person} is not in the cited sentences", elsewhere, certain)


def _is_author(numbers: Iterable[int], document: Document) -> bool:
    """Whether one of the sentences is a byline: short, and first or last in the document."""
    count = len(document.sentences)
    ends = {*range(1, HEAD + 1), *range(count - TAIL + 1, count + 1)}
    quotes = [document.quote(number) for number in numbers if number in ends]
    return any(len(q.split()) <= BYLINE_WORDS and not is_named_turn(q) for q in quotes)


def _is_name(speaker: str) -> bool:
    """Whether this is the name of a person or body, and no description ("a U.S. official")."""
    return speaker.split()[-1][:1].isupper() and not _DESCRIPTION.match(speaker)


def _shares_word(description: str, text: str) -> bool:
    said = f" {folded(text)} "
    return any(f" {word} " in said for word in folded(description).split() if len(word) > 3)


def is_checkable(names: Iterable[str], document: Document) -> bool:
    """Whether a form of the name could occur in the document at all.

    A Latin spelling cannot in a Russian text; an English description cannot in a Spanish one.
    """
    language = document.language or "en"
    if language in NOT_LATIN:
        return any(not folded(name).isascii() for name in names)
    return language == "en" or any(not _DESCRIPTION.match(name) for name in names)


def _wrong_polarity(claim: Claim, evidence: Evidence) -> list[Finding]:
    # Of a short text the language is not always known; the usual one is tried then.
    language = evidence.document.language or ("en" if evidence.cited.isascii() else "")
    if claim.polarity is None or language not in polarity_languages():
        return []
    everywhere = claim.official and claim.polarity == "agreement"
    text = evidence.document.text if everywhere else evidence.cited
    if has_polarity(text, language, claim.polarity):
        return []
    return [Finding(f"no word of {claim.polarity} is in the cited sentences", [])]


def _no_overlap(claim: Claim, evidence: Evidence) -> list[Finding]:
    """Nothing but names in common; only where statement and source are in one language."""
    if evidence.document.language != "en":
        return []
    names = " ".join([*(name for names in claim.parties for name in names), *claim.people])
    stems = _stems(claim.text) - _stems(names) - _stems(COMMON)
    if not stems or stems & _stems(evidence.around):
        return []
    # A question puts into words what the document leaves out.
    certain = not claim.text.rstrip().endswith("?")
    return [Finding("the cited sentences have no word of the statement", [], certain)]


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(folded(text))}
