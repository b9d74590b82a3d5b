"""A brief as a mail that is not sent yet: plain text and HTML, the page attached (pure)."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.escaping import clean
from summarizer.rendering.html import to_html, to_mail_html
from summarizer.rendering.text import to_text
from summarizer.rendering.words import ENGLISH, Words


def to_eml(brief: PeaceTalksBrief, words: Words = ENGLISH, *, handling: str = "") -> bytes:
    """``brief`` as a message (RFC 5322) without sender and recipients.

    Mail clients open it as a draft (``X-Unsent``) or to read. The page with the documents is
    attached, for readers who want to check a line against its sentences.
    """
    message = EmailMessage(policy=SMTP)
    marked = f"[{clean(handling)}] " if handling else ""
    message["Subject"] = f"{marked}{clean(brief.title) or words('untitled')}"
    message["Date"] = format_datetime(brief.provenance.created)
    message["X-Unsent"] = "1"
    message["Content-Language"] = words.code
    message.set_content(to_text(brief, words, handling=handling), cte="quoted-printable")
    message.add_alternative(
        to_mail_html(brief, words, handling=handling), subtype="html", cte="quoted-printable"
    )
    page = to_html(brief, words, handling=handling).encode(errors="replace")
    message.add_attachment(
        page, maintype="text", subtype="html", filename="brief.html", params={"charset": "utf-8"}
    )
    # The bodies are encoded by now; a subject of one line is what clients show best.
    return message.as_bytes(policy=SMTP.clone(max_line_length=998))
