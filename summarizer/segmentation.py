"""Text to sentences: ``[start, end)`` slices that cover every non-blank character (pure).

sentencex (rules of Wikimedia, about 300 languages) finds the sentences inside a paragraph;
it sees a copy of the same length in which every white space character is a plain space, so
its offsets are those of the text. A few rules then mend what it gets wrong on documents of
this kind; each says what it is for. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.paragraphs import CLOSERS, Paragraph, split

# sentencex is quadratic in the unbalanced quotes and brackets of what it is given (1 s for
# 50,000 of them): longer paragraphs go through it window by window.
_WINDOW = 4_000
# How much of the text on either side of a boundary the mending rules look at.
_VIEW = 60


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SPACE = re.compile(r"\s")
_VISIBLE = re.compile(r"\S")
_WORD = re.compile(r"[^\W_]")
_QUOTED_MAIL = re.compile(r"(?<=[\n\r])[ \t]*>+")

# sentencex leaves a closing bracket, a note mark or a second quote mark to the next
# sentence, and takes an opening quote mark along that has no partner in the paragraph.
_LEADING_CLOSERS = re.compile(rf"(?:[{re.escape(CLOSERS)}]+|[¹²³⁰-⁹]+|\[\d{{1,3}}\])(?=\s|$)")
_TRAILING_OPENERS = re.compile(r"(?<=\s)[“«‹(\[{『「（【„¿¡]+\s*$")

# Boundaries that sentencex misses: after "No." as an answer, which it takes for "number",
# and after the Khmer full stop.
_MISSED = re.compile(r"(?<!\w)[Nn]o\. +(?=[“‘\"(]?(?![IVXLC]{2})(?:I\b|[^\W\d_][\w’']))|[។៕]")

_NOT_A_START = re.compile(r"[,;:%º°ª)\]}»”]|[-‐‑]\w")
_DASH = re.compile(r"[–—-]\s*")
_SMALL_NAME = re.compile(r"(?:al|el|as|ad|ar|an|ash|de|di|da|van|von)[- ‐‑][^\W\d_]")
_ENUMERATOR = re.compile(r"\(?(?:[A-Za-z]|[ivxlIVXL]{1,6}|\d{1,3})[.)]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-‐]?){1,2}")
_LETTERED = re.compile(
    r"\b(?:Annex|Appendix|Area|Group|Option|Part|Phase|Plan|Schedule|War|Zone)\s\w\.$"
)
_CLOCK = re.compile(r"\b[ap]\.?\s?m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"[A-Z]{1,4}T\b|UTC\b|MSK\b|Local\b|Eastern\b|Moscow\b|Kyiv\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.? [^\W\d_]{3,5}\.$")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_DAY_DOT = re.compile(r"(?:^|\s)\d{1,2}\.$")
_MONTH_AND_YEAR = re.compile(r"[^\W\d_]{3,9}\.? (?:19|20)\d\d\b")
_NUMERAL = re.compile(r"\d|[IVXLC]{2,}\b|№")
# 「…」と述べた and "…"라고: the quote is the object of the verb that follows it.
_QUOTE_TAIL = re.compile(r"と|って|라고|이라고|고 ")
# “…。”他说: the verb of saying comes last; after ：“…。” a new sentence starts.
_CHINESE_TAIL = re.compile(r"[^，。；：“”]{1,12}(?:说|表示|称|指出|强调|說|稱|強調)")

# Dotted names that often end a sentence: here the decision of sentencex stands.
_DOTTED = _words("U.S. U.N. U.K. E.U. A.U. D.C. L.A. N.Y. P.M. A.M. B.C. A.D. L.P.")
# After initials or a title these words start a sentence; others go on with the name.
_STARTERS = _words(
    "A All Also An And As At Both But By Earlier For From He Her His However I If In It Its Later"
    " Many Meanwhile Most My No Not Now On Our She Since So Some Still Such That The Their Then"
    " There These They This Those To Today Two Under We What When While Who Why With Yes You"
    " El Ella Ellos En Y Pero Los Las Un Una Il Elle Ils Elles Mais Les Une Et Dans"
    " Он Она Они Это Но В На По И Мы Я Вона Він Вони Це Але У І Ми"
)
# Titles and the like, for the languages in which sentencex does not know them.
_TITLES = _words(
    "Amb Ambs Atty Cmdr Cnel Col Dep Det Dkt Dr Dra Fr Gen Gov Gral Gén Hon Ing Lic Lt MM Maj"
    " Mgr Mhe Mlle Mme Mons Mr Mrs Ms Mx Prof Rep Ret Secy Sen Sgt Sn Spc Sr Sra St Ste Supt"
    " gén lt Ген ген Акад акад Проф проф Им им ім тов гр св ул вул пос डॉ श्री ड"
)
# Before a numeral only: "para. 7", "ст. 5".
_NUMBERED = _words(
    "approx arts ca ch chap fig no nos nr núm para paras pág págs pp res rés sec vol al art n p"
    " ст п пп ч рис стр dec nov oct sept sep aug jul jun apr mar feb jan"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``: no white space at either end, numbered from 1.

    ``paragraph`` counts from 0; every paragraph of a transcript turn has its own.
    """

    number: int
    start: int
    end: int
    paragraph: int


def segment(text: str, language: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of ``text``, in order; ``language`` is an ISO 639-1 code.

    They do not overlap and hold every character that is not white space. A list marker or
    the label of a transcript turn stays with its first sentence. Without a language the
    rules for English are used: sentencex knows no abbreviations where it knows no language.
    A text with lone surrogates raises ``UnicodeEncodeError``; ``documents`` refuses it.
    """
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(split(text)):
        for start, end in _slices(text, paragraph, language or "en"):
            sentences.append(Sentence(len(sentences) + 1, start, end, index))
    return tuple(sentences)


def _slices(text: str, paragraph: Paragraph, language: str) -> Iterator[tuple[int, int]]:
    """``[start, end)`` of each sentence of one paragraph."""
    copy = _blanked(text[paragraph.lead : paragraph.end])
    start = paragraph.start
    for cut in _cuts(copy, language):
        yield start, paragraph.lead + _end_before(copy, cut)
        start = paragraph.lead + cut
    yield start, paragraph.end


def _blanked(paragraph: str) -> str:
    """A copy of equal length with plain spaces for line breaks and the ">" of quoted mail."""
    unquoted = _QUOTED_MAIL.sub(lambda found: " " * len(found[0]), paragraph)
    return _SPACE.sub(" ", unquoted)


def _end_before(copy: str, cut: int) -> int:
    while copy[cut - 1] == " ":
        cut -= 1
    return cut


def _cuts(copy: str, language: str) -> Iterator[int]:
    """Where the second and every later sentence of a paragraph starts."""
    if copy.replace(" ", "").isalnum():
        return
    last_word = _last_word(copy)
    start, seen, worded = 0, 0, False
    for found in _candidates(copy, language):
        cut = _moved(copy, found)
        if not seen < cut <= last_word:
            continue
        # Marks without a letter or digit are no sentence: they stay with their neighbour.
        worded = worded or _WORD.search(copy, seen, cut) is not None
        seen = cut
        if worded and not _goes_on(copy, start, cut, language):
            yield cut
            start, worded = cut, False


def _last_word(copy: str) -> int:
    """Where the last letter or digit stands; -1 if there is none."""
    position = len(copy) - 1
    while position >= 0 and not copy[position].isalnum():
        position -= 1
    return position


def _candidates(copy: str, language: str) -> Iterator[int]:
    """Ends of sentences as sentencex sees them, and those it misses, in order."""
    missed = [found.end() for found in _MISSED.finditer(copy)]
    yield from sorted({*_windowed(copy, language), *missed})


def _windowed(copy: str, language: str) -> Iterator[int]:
    """What sentencex finds, window by window; a window starts where a sentence does.

    Unless the sentence fills half a window: then the next window starts inside it, and no
    boundary is made of that.
    """
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    start = 0
    while start < len(copy):
        window = copy[start : start + _WINDOW]
        ends = [int(found["end_index"]) for found in get_sentence_boundaries(language, window)]
        yield from (start + end for end in ends[:-1])
        if start + _WINDOW >= len(copy):
            return
        start += ends[-2] if len(ends) > 1 and ends[-2] * 2 > _WINDOW else _WINDOW


def _moved(copy: str, cut: int) -> int:
    """The start of the next sentence: white space, closing and opening marks put right."""
    if copy[cut - 1] != " ":
        closers = _LEADING_CLOSERS.match(copy, cut)
        cut = closers.end() if closers else cut
    view = max(0, cut - 12)
    openers = _TRAILING_OPENERS.search(copy[view:cut])
    if openers:
        return view + openers.start()
    visible = _VISIBLE.search(copy, cut)
    return visible.start() if visible else len(copy)


def _goes_on(copy: str, start: int, cut: int, language: str) -> bool:
    """Whether the sentence that sentencex ends at ``cut`` goes on after it."""
    before, after = copy[max(start, cut - _VIEW) : cut].rstrip(), copy[cut : cut + _VIEW]
    return (
        _NOT_A_START.match(after) is not None
        # "A.", "iv." and "3)" alone are the marker of what follows
        or (cut - start < 12 and _ENUMERATOR.fullmatch(before) is not None)
        # A text in small letters only tells nothing by them.
        or (not copy[0].islower() and _small_after(before, after))
        or _inside_name(before, after, language)
        or _inside_date(before, after, language)
        or _after_quote(before, after, language)
    )


def _small_after(before: str, after: str) -> bool:
    """A small letter: "3.5.2024. was a date", «Нет!» — сказал он; but not "al-Sisi said"."""
    if _SMALL_NAME.match(after):
        return False
    dash = _DASH.match(after)
    if not after[dash.end() if dash else 0 :][:1].islower():
        return False
    return dash is not None or before[-1] in CLOSERS + ".…"


def _inside_name(before: str, after: str, language: str) -> bool:
    """Initials, titles and numbered parts: "J.D. Vance", "M. Macron", "Gen. X", "ст. 5"."""
    token = re.split(r"[’'(\[«“\"]", before.rsplit(None, 1)[-1])[-1]
    if not token.endswith("."):
        return False
    if token[:-1].casefold() in _NUMBERED and _NUMERAL.match(after):
        return True
    if language == "fr" and token == "M.":
        return True  # Monsieur, also before "Le Drian"
    if re.split(r"[\s,]", after, maxsplit=1)[0] in _STARTERS:
        return False
    return token[:-1] in _TITLES or _is_initial(token, before)


def _is_initial(token: str, before: str) -> bool:
    if token in _DOTTED or not _INITIALS.fullmatch(token) or _LETTERED.search(before):
        return False
    return not token[0].islower()


def _inside_date(before: str, after: str, language: str) -> bool:
    """Times and dates: "11:04 A.M. EDT", "16 окт. 2025", "16. Okt. 2025", "das 4. Treffen"."""
    if _CLOCK.search(before):
        return _AFTER_CLOCK.match(after) is not None
    if _DAY_DOT.search(before):
        return language == "de" or _MONTH_AND_YEAR.match(after) is not None
    return _DAY_AND_MONTH.search(before) is not None and _YEAR.match(after) is not None


def _after_quote(before: str, after: str, language: str) -> bool:
    """A quote and its verb of saying are one sentence, in the languages where it trails."""
    if before[-1] not in CLOSERS:
        return False
    if language == "zh":
        return "：" not in before and _CHINESE_TAIL.match(after) is not None
    return language in ("ja", "ko") and _QUOTE_TAIL.match(after) is not None
