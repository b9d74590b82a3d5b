"""Bytes to text: every encoding that can be told, and nothing that is no text."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import os
import random
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.decoding import decode
from summarizer.errors import UnreadableDocument

ENGLISH = "The parties agreed — and left “soon”, the envoy said. Nobody knows when they return."
FRENCH = "Le président a déclaré que l’accord était « signé » à Genève. Les délégations partent."
SPANISH = "El señor presidió la negociación en España y volverá mañana."
GERMAN = "Die Außenminister trafen sich. Größere Übereinkünfte gab es nicht."
POLISH = "Zgoda na rozejm: żołnierze wycofają się z miasta, powiedział minister. Źródło: rząd."
CZECH = "Obě strany podepsaly příměří. Ministr řekl, že žádné jednotky nezůstanou."
TURKISH = "İki taraf ateşkes anlaşması imzaladı. Görüşmeler sürüyor."
GREEK = "Οι δύο πλευρές υπέγραψαν συμφωνία για την εκεχειρία."
RUSSIAN = "Обе стороны подписали соглашение о прекращении огня в Женеве."
UKRAINIAN = "Обидві сторони підписали угоду про припинення вогню."
ARABIC = "وقع الطرفان اتفاق وقف إطلاق النار في جنيف."
HEBREW = "הצדדים חתמו על הסכם הפסקת אש בעיר."
JAPANESE = "両者は停戦合意に署名した。次の会談は来週行われる。"
CHINESE = "双方在日内瓦签署了停火协议。下一轮会谈将于明天举行。"
TAIWANESE = "雙方在日內瓦簽署了停火協議。下一輪會談將於明天舉行。"
KOREAN = "양측은 휴전 협정에 서명했다. 다음 회담은 내일 열린다."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, ARABIC, CHINESE, "Cafe\u0301\u00a0é"])
def test_decode_changes_nothing_when_the_bytes_are_utf8(text: str, newline: str) -> None:
    """Line ends, no-break spaces and decomposed letters stay as they are."""
    text = f"{text}{newline}{text}{newline}"
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", [ENGLISH, CHINESE, "a"])
def test_decode_drops_the_mark_and_only_the_first_when_there_is_one(
    mark: bytes, encoding: str, text: str
) -> None:
    """A byte order mark names the encoding; a second one is a character of the text."""
    assert decode(mark + text.encode(encoding), "x") == text
    assert decode(mark * 2 + text.encode(encoding), "x") == "\ufeff" + text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [ENGLISH, GREEK, RUSSIAN, ARABIC, CHINESE + "\n" + CHINESE])
def test_decode_tells_wide_encodings_when_they_have_no_mark(encoding: str, text: str) -> None:
    """Spaces and line breaks show which way round the bytes are."""
    assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "latin-1"),
        (SPANISH, "latin-1"),
        (SPANISH, "cp850"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (TURKISH, "cp1254"),
        (GREEK, "cp1253"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (UKRAINIAN, "cp1251"),
        (ARABIC, "cp1256"),
        (HEBREW, "cp1255"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (KOREAN, "euc_kr"),
    ],
)
def test_decode_names_the_encoding_when_nothing_else_does(
    text: str, encoding: str, times: int
) -> None:
    """Texts in the encodings of before Unicode are read as they were written."""
    assert decode((text * times).encode(encoding), "x") == text * times


@pytest.mark.parametrize("end", ["\n", " "])
def test_decode_looks_at_what_tells_when_the_text_is_long(end: str) -> None:
    """A single accented word at the end of a long plain text, or line, is enough."""
    text = f"The envoys met again and agreed on nothing.{end}" * 2_000 + "Then came Mr. Señor.\n"
    assert decode(text.encode("cp1252"), "x") == text


def test_decode_reads_a_word_when_it_is_western() -> None:
    """The shortest texts are read as Windows-1252 if they make sense in it."""
    assert decode("café".encode("cp1252"), "x") == "café"


NOISE = random.Random(7)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + NOISE.randbytes(400), id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF" + NOISE.randbytes(400), id="jpeg"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(9) + NOISE.randbytes(400), id="elf"),
        pytest.param(gzip.compress(ENGLISH.encode() * 20), id="gzip"),
        pytest.param(zlib.compress(NOISE.randbytes(900)), id="zlib"),
        pytest.param(NOISE.randbytes(3_000), id="noise"),
        pytest.param(NOISE.randbytes(3_000).replace(b"\0", b"a"), id="noise without zeros"),
        pytest.param(bytes(1_000), id="zeros"),
        pytest.param(b"The envoys met.\0\0\0\0The envoys left.", id="text with zeros"),
        pytest.param(b"\x01\x02\x03abc\x04", id="control characters"),
        pytest.param(b"\xff", id="one byte"),
        pytest.param(b"\xff\xfea", id="half a character"),
        pytest.param(b"\xff\xfe\x00\xd8", id="a lone surrogate"),
        pytest.param(codecs.BOM_UTF8 + b"\xff\xff", id="not what the mark says"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE.randbytes(99), id="pdf"),
        pytest.param(b"%PDF-1.7\nplain", id="pdf of plain bytes"),
        pytest.param(b"PK\x03\x04" + bytes(30), id="docx"),
        pytest.param(b"{\\rtf1\\ansi The envoys met.}", id="rtf"),
    ],
)
def test_decode_refuses_what_is_no_text(data: bytes) -> None:
    """Binary data gets one line that names the document and says what to do."""
    with pytest.raises(UnreadableDocument) as caught:
        decode(data, "'notes.txt'")
    message = str(caught.value)
    assert message.startswith("'notes.txt' ")
    assert "\n" not in message


@given(st.binary(min_size=40, max_size=400))
@settings(max_examples=150, deadline=None)
def test_decode_gives_clean_text_or_refuses(data: bytes) -> None:
    """Whatever the bytes, the result has no zero and few control characters."""
    try:
        text = decode(data, "x")
    except UnreadableDocument:
        return
    assert "\0" not in text
    assert sum(c < " " and not c.isspace() for c in text) <= len(text) * 0.02


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"]), min_size=1))
@settings(max_examples=150, deadline=None)
def test_decode_gives_back_what_was_encoded(text: str) -> None:
    """A text of printable characters comes back from UTF-8, and from UTF-16 with its mark."""
    letters = text.lstrip("\ufeff") + " and the envoys met" * 10
    assert decode(letters.encode(), "x") == letters
    assert decode(letters.encode("utf-16"), "x") == letters


@pytest.mark.parametrize(
    "data",
    [
        (RUSSIAN * 30_000).encode("cp1251"),
        (RUSSIAN * 30_000).encode(),
        ((FRENCH + "\n") * 20_000).encode("cp1252"),
        os.urandom(4_000_000),
        os.urandom(4_000_000).replace(b"\0", b"a"),
    ],
    ids=["cp1251", "utf-8", "cp1252", "noise", "noise without zeros"],
)
def test_decode_takes_seconds_when_there_are_megabytes(data: bytes) -> None:
    """Encodings are told by a sample, not by all of a long text."""
    started = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        decode(data, "x")
    assert time.process_time() - started < 5
