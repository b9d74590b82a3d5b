"""The mail: what a mail client gets, by Python's own parser."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.html import to_html, to_mail_html
from summarizer.rendering.mail import to_eml
from summarizer.rendering.text import to_text
from summarizer.rendering.words import words
from tests.rendering.arvenia import arvenia
from tests.rendering.hostile import hostile


def parsed(brief: PeaceTalksBrief, handling: str = "") -> EmailMessage:
    """The message as a client reads it; no defect is let pass."""
    message = message_from_bytes(to_eml(brief, handling=handling), policy=policy.strict)
    assert isinstance(message, EmailMessage)
    return message


def test_mail_has_text_html_and_the_page() -> None:
    """Text for who reads no HTML, HTML for who does, the page for who checks."""
    message = parsed(arvenia(), handling="INTERNAL")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == to_text(arvenia(), handling="INTERNAL").splitlines()
    assert (
        html.get_content().splitlines() == to_mail_html(arvenia(), handling="INTERNAL").splitlines()
    )
    (page,) = message.iter_attachments()
    assert page.get_filename() == "brief.html"
    assert page.get_content() == to_html(arvenia(), handling="INTERNAL")


def test_mail_is_a_draft_with_subject_and_date() -> None:
    """No sender and no recipient; the title as subject, the handling line before it."""
    message = parsed(arvenia(), handling="INTERNAL")
    assert message["Subject"] == (
        "[INTERNAL] Arvenia: the army would leave the Sel valley for an open road"
    )
    assert message["X-Unsent"] == "1"
    assert message["Date"].datetime == arvenia().provenance.created
    assert message["From"] is None
    assert message["To"] is None


def test_mail_cannot_be_given_headers_by_a_document() -> None:
    """A title with line breaks stays one subject."""
    brief = arvenia().model_copy(update={"title": "Talks\r\nBcc: all@attacker.example\r\n\r\n<b>"})
    message = parsed(brief, handling="A\nTo: b@attacker.example")
    assert message["Bcc"] is None
    assert message["To"] is None
    assert message["Subject"].startswith("[A To: b@attacker.example] Talks Bcc: all@")


def test_mail_of_a_hostile_brief_is_well_formed() -> None:
    """Strict parsing finds no defect; other scripts are kept."""
    assert parsed(hostile()).get_body(("plain",)) is not None
    arabic = message_from_bytes(to_eml(arvenia(), words("ar")), policy=policy.strict)
    assert isinstance(arabic, EmailMessage)
    body = arabic.get_body(("plain",))
    assert body is not None
    assert "الخلاصة" in body.get_content()
