"""Mails with and without attachments, made with the standard library for the tests."""

from __future__ import annotations

from email.message import EmailMessage

from tests.readers import papers, words

SUBJECT = "Ostrel talks: communiqué attached"
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def _mail(subject: str = SUBJECT) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Press Office of Varda <press@varda.example>"
    mail["To"] = "desk@news.example"
    mail["Date"] = "Tue, 16 Dec 2025 18:30:00 +0100"
    mail["Subject"] = subject
    return mail


def with_attachments() -> bytes:
    """A plain body, a PDF, a Word file, a picture that is no document, and a sealed PDF."""
    mail = _mail()
    mail.set_content("Please find attached the communiqué and the draft.\n\nThe Press Office\n")
    pdf = papers.plain().done()
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="communique.pdf")
    mail.add_attachment(
        words.agreement(), maintype="application", subtype=WORD, filename="draft.docx"
    )
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="crest.png")
    sealed = papers.sealed()
    mail.add_attachment(sealed, maintype="application", subtype="pdf", filename="annex.pdf")
    return mail.as_bytes()


def only_html() -> bytes:
    """A body in HTML only, in KOI8-R, laid out by a table."""
    mail = _mail("Переговоры в Острэле")
    mail.set_content(
        "<html><body><table><tr><td><p>Стороны переговоров встретились в третий раз.</p>"
        "<p>Лига заявила, что не примет иностранные войска на островах.</p>"
        "<p>Следующая встреча назначена на четвёртое января.</p></td></tr></table></body></html>",
        subtype="html",
        charset="koi8-r",
    )
    return mail.as_bytes()


def flowed() -> bytes:
    """A plain body whose lines flow, and a mail that it forwards."""
    mail = _mail()
    mail.set_content("The League said that \nit stays.\n\n-- \nPress Office\n")
    mail.set_param("format", "flowed")
    inner = _mail("Answer of the League")
    inner.set_content("No foreign troops on the islands.\n")
    mail.add_attachment(inner)
    return mail.as_bytes()


def sealed() -> bytes:
    """A mail that S/MIME encrypts."""
    mail = _mail()
    mail.set_content(b"0\x80", maintype="application", subtype="pkcs7-mime")
    mail.set_param("smime-type", "enveloped-data")
    return mail.as_bytes()
