"""Documents: loading, limits, refusals, and a text that stays as it is."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import time
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.documents import (
    DEFAULT_MAX_CHARS,
    Document,
    from_bytes,
    from_text,
    load,
)
from summarizer.errors import (
    DocumentTooLong,
    EmptyDocument,
    InputError,
    SettingsError,
    UnreadableDocument,
)

TEXT = (
    "League walks out of talks\n"
    "\n"
    "OSTREL, Dec. 16, 2025 (Harbour News) — Envoys of Varda and the League met for a third\r\n"
    "day in the port. “We stay,” said Mr. Vant.\n"
)


def refused(error: type[InputError], source: Path | str, max_chars: int = DEFAULT_MAX_CHARS) -> str:
    """The message with which ``load`` refuses: one line."""
    with pytest.raises(error) as caught:
        load(source, max_chars=max_chars)
    message = str(caught.value)
    assert "\n" not in message
    assert caught.value.exit_status == 2
    return message


@pytest.mark.parametrize("name", ["report.txt", "report.md", "REPORT.TXT", "report", "report.news"])
def test_load_reads_a_text_whatever_its_suffix(tmp_path: Path, name: str) -> None:
    """Known and unknown suffixes are read as text; the origin is the name of the file."""
    path = tmp_path / name
    path.write_bytes(TEXT.encode())
    document = load(path)
    assert document.text == TEXT
    assert document.origin == name
    assert document.id == "d1"
    assert load(str(path)) == document


def test_load_recognises_what_the_text_states(tmp_path: Path) -> None:
    """Headline, publisher, date and language come from the text."""
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    document = load(path)
    assert document.title == "League walks out of talks"
    assert document.publisher == "Harbour News"
    assert document.date == date(2025, 12, 16)
    assert document.language == "en"


def test_load_lets_the_caller_override_what_the_text_states(tmp_path: Path) -> None:
    """What the caller gives wins over what the text states."""
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    document = load(path, title="T", publisher="P", date=date(2020, 1, 2), id="d7")
    assert (document.title, document.publisher, document.date, document.id) == (
        "T",
        "P",
        date(2020, 1, 2),
        "d7",
    )


def test_load_reads_standard_input_when_the_source_is_a_dash() -> None:
    """ "-" reads the bytes of the stream that is passed in."""
    document = load("-", stdin=io.BytesIO(b"\xef\xbb\xbf" + TEXT.encode()))
    assert document.text == TEXT
    assert document.origin == "standard input"


def test_load_reads_the_standard_input_of_the_process_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a stream the bytes of ``sys.stdin`` are read, whatever its encoding."""
    stream = io.TextIOWrapper(io.BytesIO("Señor Vant stays.".encode("cp1252")), encoding="ascii")
    monkeypatch.setattr("sys.stdin", stream)
    assert load("-").text == "Señor Vant stays."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_load_normalises_nothing(
    tmp_path: Path, encoding: str, form: Literal["NFC", "NFD"]
) -> None:
    """CRLF, no-break spaces and the form of the letters stay; only the mark goes."""
    text = "Le\u00a0président\r\nse tait.\rLes délégués s’en vont.\n"
    text = unicodedata.normalize("NFC" if encoding == "cp1252" else form, text)
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert load(path).text == text


def test_quote_is_the_slice_of_the_text() -> None:
    """A sentence is quoted verbatim, line breaks and all."""
    document = from_text(TEXT)
    assert [document.quote(number) for number in (1, 2, 3)] == [
        "League walks out of talks",
        "OSTREL, Dec. 16, 2025 (Harbour News) — Envoys of Varda and the League met for a third\r\n"
        "day in the port.",
        "“We stay,” said Mr. Vant.",
    ]


@pytest.mark.parametrize("number", [0, -1, 4, 10**9])
def test_quote_refuses_a_number_that_is_none(number: int) -> None:
    """There is no sentence 0, and none is counted from the end."""
    with pytest.raises(IndexError, match="they run from 1 to 3"):
        from_text(TEXT).quote(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. envoy’s well-known list.", 5),
        ("One — two, three…", 3),
        ("双方签署了协议。", 7),
        ("Обе стороны подписали", 3),
        ("Cafe\u0301 talks", 2),
        ("3,500 people", 2),
    ],
)
def test_word_count_counts_words(text: str, words: int) -> None:
    """Marks are no words; a Chinese character counts as one."""
    assert from_text(text).word_count == words


def test_sha256_is_of_the_text_in_utf8() -> None:
    """The digest does not depend on the encoding of the file."""
    expected = hashlib.sha256("Señor Vant.".encode()).hexdigest()
    assert from_text("Señor Vant.").sha256 == expected
    assert from_bytes("Señor Vant.".encode("utf-16")).sha256 == expected


def test_document_cannot_be_changed() -> None:
    """A document is a value."""
    document = from_text("The envoys met.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.text = "They did not."  # type: ignore[misc]
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b" \r\n\t\n", "nothing but white space"),
        ("\u00a0\u2028\u3000".encode(), "nothing but white space"),
        (b"--- \n ... \n ***", "no sentence"),
        ("🕊️ — …".encode(), "no sentence"),
    ],
)
def test_load_refuses_an_empty_document(tmp_path: Path, data: bytes, message: str) -> None:
    """Nothing, white space, and marks without a letter each say so."""
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    assert message in refused(EmptyDocument, path)
    with pytest.raises(EmptyDocument, match=message):
        load("-", stdin=io.BytesIO(data))


def test_load_refuses_a_missing_file(tmp_path: Path) -> None:
    """The line names the file."""
    assert "gone.txt' does not exist" in refused(UnreadableDocument, tmp_path / "gone.txt")


def test_load_refuses_a_folder(tmp_path: Path) -> None:
    """A folder is not read file by file behind the user's back."""
    assert "is a folder" in refused(UnreadableDocument, tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_load_refuses_a_file_without_permission(tmp_path: Path) -> None:
    """A file that may not be read says so."""
    path = tmp_path / "secret.txt"
    path.write_text("The envoys met.")
    path.chmod(0)
    assert "permission denied" in refused(UnreadableDocument, path)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_load_says_why_when_the_system_cannot_read_a_file() -> None:
    """Any other failure of the operating system becomes one line with its reason."""
    assert "cannot be read: " in refused(UnreadableDocument, "/proc/self/mem")


@pytest.mark.parametrize("source", ["a\0b.txt", "x" * 5_000, "/dev/null/a.txt"])
def test_load_refuses_what_is_no_path(source: str) -> None:
    """Names that no file can have are refused in the same way."""
    refused(UnreadableDocument, source)


def test_load_names_a_file_on_one_line_whatever_it_is_called(tmp_path: Path) -> None:
    """Line breaks and escape sequences of a file name do not reach the terminal."""
    message = refused(UnreadableDocument, tmp_path / "a\n\x1b[31mb.txt")
    assert "\x1b" not in message


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a.rtf", "a.MSG", "a.xlsx", "a.epub"])
def test_load_says_which_kinds_cannot_be_read(tmp_path: Path, name: str) -> None:
    """Kinds without a reader are named, with what to do instead."""
    path = tmp_path / name
    path.write_text("The envoys met.")
    message = refused(UnreadableDocument, path)
    assert "which cannot be read" in message
    assert "save it as" in message


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(50), bytes(90)])
def test_load_refuses_binary_data_behind_a_text_suffix(tmp_path: Path, data: bytes) -> None:
    """A wrong suffix does not make a text."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert "save it as plain text" in refused(UnreadableDocument, path)


def test_load_refuses_a_huge_file_without_reading_it_all(tmp_path: Path) -> None:
    """50 MB are refused at once, with the limit and the option that raises it."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    started = time.process_time()
    message = refused(DocumentTooLong, path)
    assert time.process_time() - started < 1
    assert f"{DEFAULT_MAX_CHARS:,}" in message
    assert "--max-chars" in message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_load_refuses_a_file_without_an_end() -> None:
    """A device that never ends is read up to the limit only."""
    refused(DocumentTooLong, "/dev/zero", max_chars=1_000)


def test_load_counts_characters_not_bytes() -> None:
    """The limit is exact in characters, in any encoding."""
    text = "语" * 99 + "。"
    for encoding in ("utf-8", "utf-16", "utf-32"):
        assert from_bytes(text.encode(encoding), max_chars=100).text == text
        with pytest.raises(DocumentTooLong, match="longer than 99 characters"):
            from_bytes(text.encode(encoding), max_chars=99)
    with pytest.raises(DocumentTooLong):
        from_text(text, max_chars=99)
    with pytest.raises(DocumentTooLong):
        load("-", stdin=io.BytesIO(text.encode()), max_chars=5)


@pytest.mark.parametrize("limit", [0, -1])
def test_load_refuses_a_limit_that_lets_nothing_through(limit: int) -> None:
    """A limit below one is a mistake in the settings."""
    with pytest.raises(SettingsError, match="at least 1"):
        from_text("a", max_chars=limit)
    with pytest.raises(SettingsError, match="at least 1"):
        load("-", max_chars=limit)


def test_from_text_refuses_lone_surrogates() -> None:
    """Half a character cannot be stored or sent."""
    with pytest.raises(UnreadableDocument, match="surrogates"):
        from_text("The envoys\ud800 met.")


def test_from_text_keeps_a_mark_that_the_caller_left_in() -> None:
    """A string is not touched: its offsets are the caller's."""
    text = "\ufeffThe envoys met."
    document = from_text(text, origin="chat")
    assert document.text == text
    assert document.origin == "chat"


def test_no_message_holds_document_text() -> None:
    """What a document says stays out of errors and logs."""
    secret = "Confidential"
    for data in (f"{secret}\0{secret}".encode(), b"\xff\xfe" + secret.encode() + b"\0"):
        with pytest.raises(UnreadableDocument) as caught:
            from_bytes(data)
        assert secret not in str(caught.value)
        assert caught.value.__cause__ is None
    with pytest.raises(DocumentTooLong) as too_long:
        from_text(secret, max_chars=3)
    assert secret not in str(too_long.value)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["The envoys met. ", "Q  Why?\r\n", "MR. X: No.\n\n", "- a\n", "۔", "。"]
            ),
            st.text(st.characters(codec="utf-8"), max_size=12),
        ),
        max_size=12,
    ).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_from_text_slices_any_text_into_sentences(text: str) -> None:
    """For any text, sentences are in order, apart, and cover every visible character."""
    try:
        document = from_text(text)
    except EmptyDocument:
        assert not any(map(str.isalnum, text))
        return
    covered = [False] * len(text)
    for number, sentence in enumerate(document.sentences, start=1):
        assert sentence.number == number
        assert document.quote(number) == text[sentence.start : sentence.end]
        assert document.quote(number) == document.quote(number).strip() != ""
        for position in range(sentence.start, sentence.end):
            assert not covered[position]
            covered[position] = True
    assert all(seen or c.isspace() for seen, c in zip(covered, text, strict=True))


def test_from_text_takes_seconds_when_the_text_is_as_long_as_allowed() -> None:
    """Two million characters of ordinary text load in seconds."""
    text = (TEXT * (DEFAULT_MAX_CHARS // len(TEXT)))[:DEFAULT_MAX_CHARS]
    started = time.process_time()
    document = from_text(text)
    assert len(document.sentences) > 10_000
    assert document.word_count > 100_000
    assert time.process_time() - started < 15
