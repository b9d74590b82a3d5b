"""Bytes to text: byte order marks, UTF-8, then the encodings that charset-normalizer names.

Nothing is normalised: only a byte order mark at the start is dropped. What is not a text is
refused rather than guessed at.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from summarizer.errors import UnreadableDocument
from summarizer.metadata import guess_language

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# charset-normalizer offers these for bytes that are something else; EBCDIC and UTF-7 files
# do not reach a newsroom. Thai is credible only as its first choice: its code page has a
# letter for nearly every byte.
_UNLIKELY = [
    *("utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"),
    *("cp037", "cp273", "cp424", "cp500", "cp875", "cp1006", "cp1026", "cp1140"),
]
_THAI = ("cp874", "tis_620", "iso8859_11")
# Common ones that it passes over when the text is short.
_COMMON = ("cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r")

# Above these shares of control characters, and of what no alphabet uses, nothing is a text.
_MOST_CONTROLS, _MOST_ODD = 0.02, 0.05
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CUT = re.compile(rb"[ \t\r\n,]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f]")
# A guess from a word or two, or one that reads as no language, is refused.
_FEWEST_BYTES, _SAMPLE_BYTES, _LEAST_CREDIBLE = 16, 4_000, 0.5
_ODD_CATEGORIES = frozenset(("Cn", "Co", "Cs", "Cc", "So", "Sk"))

# Windows-1252, the most common encoding that names itself nowhere: letters with accents
# among plain ones, and typographic marks that do not stand inside a word.
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ]")
_WESTERN_MARKS = frozenset("€‚„…†‡‰‹‘’“”•–—™›\xa0¡¢£§©ª«®°±²³´·¹º»¼½¾¿\xad")
_INSIDE_WORD = re.compile(r"[^\W\d_][¡¢£§©«®°±²³´¹»¼½¾¿€†‡‰™][^\W\d_]|[a-zà-öø-ÿ][À-ÖØ-ÞŠŽŒŸ]")


def decode(data: bytes, name: str) -> str:
    """The text of ``data``; ``name`` is what an error calls it.

    Raises ``UnreadableDocument`` for anything but a text in an encoding that can be told.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableDocument(
                f"{name} looks like {kind} and not like a text: save it as plain text"
            )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    text = _unmarked(data)
    if text is not None and _is_text(text):
        return text
    raise UnreadableDocument(
        f"{name} is no text that can be read (binary, or an unknown encoding): "
        "save it as plain text in UTF-8"
    )


def is_plausible(text: str, encoding: str) -> bool:
    """Whether ``text``, decoded as ``encoding``, is no other encoding misread."""
    if encoding in ("cp1252", "iso8859-15", "latin-1") and not _is_western(text):
        return False
    return _is_text(text)


def _marked(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableDocument(
            f"{name} starts with the mark of {encoding.upper()} but is not valid {encoding.upper()}"
        ) from None


def _unmarked(data: bytes) -> str | None:
    """The likeliest text of bytes that do not start with a mark."""
    if b"\0" in data:
        wide = [_strictly(data, encoding) for encoding in _WIDE]
        # Read the wrong way round, spaces and line breaks are letters of some script.
        return max(filter(None, wide), key=_plainness, default=None)
    if b"\x1b$" in data:
        return _strictly(data, "iso2022_jp")  # the one that is made of ASCII
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    encoding = _likeliest(_sample(data))
    return _strictly(data, encoding) if encoding else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plainness(text: str) -> int:
    return sum(map(text.count, (" ", "\n", "\r", ".", ","))) - len(_CONTROL.findall(text))


def _sample(data: bytes) -> bytes:
    """Some kilobytes from the lines that are not plain ASCII: those tell encodings apart."""
    sample = b""
    for line in data.splitlines(keepends=True):
        high = _HIGH_BYTE.search(line)
        if high:
            start = line.rfind(b" ", 0, max(0, high.start() - _SAMPLE_BYTES // 2)) + 1
            # Cut where no encoding has the second half of a character.
            end = _CUT.search(line, start + _SAMPLE_BYTES)
            sample += line[start : end.end() if end else len(line)]
        if len(sample) >= _SAMPLE_BYTES:
            break
    return sample


def _likeliest(sample: bytes) -> str | None:
    """The encoding in which the sample reads most like a language; None if in none."""
    scored = [
        (round(guess_language(text[:_SAMPLE_BYTES])[1], 4), text, encoding)
        for text, encoding in _guesses(sample).items()
        if _is_text(text)
    ]
    western = [score for score, text, _ in scored if text == _western(sample)]
    scored.sort(key=lambda entry: (entry[0], entry[2] in _COMMON), reverse=True)
    if not scored:
        return None
    best, _, encoding = scored[0]
    if western and (best < _LEAST_CREDIBLE or western[0] >= best - 0.01):
        return "cp1252"
    credible = best >= _LEAST_CREDIBLE and len(sample) >= _FEWEST_BYTES
    return encoding if credible else None


def _guesses(sample: bytes) -> dict[str, str]:
    """Text and encoding of everything that charset-normalizer thinks possible, best first."""
    import charset_normalizer

    matches = charset_normalizer.from_bytes(sample, cp_exclusion=_UNLIKELY)
    named = [alike.encoding for match in matches for alike in (match, *match.submatch)]
    first = named[:1]
    texts: dict[str, str] = {}
    for encoding in [*first, *(name for name in named[1:] if name not in _THAI), *_COMMON]:
        text = _strictly(sample, encoding)
        if text is not None:
            texts.setdefault(text, encoding)
    return texts


def _western(sample: bytes) -> str | None:
    """The text in Windows-1252, if it makes sense in it."""
    text = _strictly(sample, "cp1252")
    return text if text is not None and _is_western(text) else None


def _is_western(text: str) -> bool:
    """Whether every character above ASCII is where a Western European text has it."""
    high = [character for character in text if character > "\x7f"]
    letters = sum(map(str.isalpha, text))
    accented = sum(1 for character in high if _ACCENTED.match(character))
    if accented > letters * 0.25 or _INSIDE_WORD.search(text):
        return False
    return all(c in _WESTERN_MARKS or _ACCENTED.match(c) or c == "ß" for c in high)


def _is_text(text: str) -> bool:
    """Whether it reads as something that people wrote."""
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) * _MOST_CONTROLS:
        return False
    odd = sum(count for c, count in Counter(text).items() if c > "\x7f" and _is_odd(c))
    return odd <= max(1, len(text) * _MOST_ODD)


def _is_odd(character: str) -> bool:
    """No letter or mark of a living text; half-width katakana stand for misread bytes."""
    if "｡" <= character <= "ﾟ":
        return True
    return unicodedata.category(character) in _ODD_CATEGORIES
