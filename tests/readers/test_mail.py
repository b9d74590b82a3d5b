"""Mail: its body, what is attached, and what cannot be read of it."""

from __future__ import annotations

import sys
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from summarizer.documents import load, load_all
from summarizer.errors import EmptyDocument, UnreadableDocument
from summarizer.readers.mail import MOST_PARTS, read
from tests.readers import letters


def test_mail_and_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    """Each with an id, its name, its pages and what it states."""
    path = tmp_path / "talks.eml"
    path.write_bytes(letters.with_attachments())
    mail, paper, draft = load_all(path, id="d3")
    assert [each.id for each in (mail, paper, draft)] == ["d3", "d3.1", "d3.2"]
    assert (mail.title, mail.publisher, mail.date) == (
        letters.SUBJECT, "Press Office of Varda", date(2025, 12, 16),
    )  # fmt: skip
    assert paper.origin == "talks.eml › communique.pdf"
    assert paper.pages == ((0, len(paper.text)),)
    assert draft.title == "Framework Agreement on the Ostrel Road"


def test_mail_as_one_document_keeps_the_pages_of_its_one_paper(tmp_path: Path) -> None:
    """The offsets of the pages are those of the whole text."""
    path = tmp_path / "talks.eml"
    path.write_bytes(letters.with_attachments())
    whole, paper = load(path), load_all(path)[1]
    start, end = whole.pages[0]
    assert whole.text[start:end] == paper.text
    assert "Attachment: communique.pdf" in whole.text[:start]


def test_forwarded_mail_is_read_with_what_it_forwards() -> None:
    """Lines that flow are one; the mail inside is a part of its own."""
    mail, inner = read(letters.flowed(), max_chars=1000)
    assert "The League said that it stays.\n\n-- \nPress Office" in mail.text
    assert inner.title == "Answer of the League"


def test_attachment_without_its_reader_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail is read all the same, and says what to install."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    mail, draft = read(letters.with_attachments(), max_chars=10_000)
    assert "communique.pdf not read: pip install 'summarizer[documents]'" in mail.notes[0]
    assert draft.name == "draft.docx"


@pytest.mark.parametrize("data", [b"", b"\n\nno header", b"%PDF-1.7"])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    """Whatever it is called."""
    with pytest.raises(UnreadableDocument, match="is no mail"):
        read(data, max_chars=100)


def test_mail_without_anything_to_read_is_refused() -> None:
    """An empty body and nothing attached."""
    with pytest.raises(EmptyDocument):
        read(b"X-Mailer: x\n\n", max_chars=100)


def test_mail_of_endless_parts_is_refused() -> None:
    """A mail can hold mails that hold mails."""
    mail = EmailMessage()
    mail["Subject"] = "Parts"
    mail.set_content("x")
    for _ in range(MOST_PARTS + 1):
        mail.add_attachment("y", filename="y.txt")
    with pytest.raises(UnreadableDocument, match="more than 200 parts"):
        read(mail.as_bytes(), max_chars=100)


def test_broken_headers_do_not_matter() -> None:
    """Dates and names that nobody can parse are left out."""
    data = b"From: =?utf-8?q?a?=@@,,\nDate: soon\nSubject: \xff\xfe\n\nThe envoys met.\n"
    [mail] = read(data, max_chars=100)
    assert mail.date is None
    assert "The envoys met." in mail.text
