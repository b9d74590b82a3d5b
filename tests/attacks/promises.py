"""What code promises of every brief, whatever the document says and the model answers."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from email import message_from_bytes, policy

from openpyxl import load_workbook
from rich.console import Console

from summarizer.brief import PeaceTalksBrief
from summarizer.names import mentions
from summarizer.rendering.escaping import clean
from summarizer.rendering.formats import Format, render
from summarizer.rendering.outline import outline
from summarizer.rendering.terminal import screen
from summarizer.storage import parse_text
from summarizer.vocabulary import SupportStatus
from tests.attacks.models import STRANGER
from tests.rendering.commonmark import kinds
from tests.rendering.test_html import OURS, Page

ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff"
    "\U000e0000-\U000e0fff]"
)
"""What a terminal obeys, or a reader cannot see: new line and tab apart."""
_BARE_ADDRESS = re.compile(r"https?://\w|\bwww\.\w|\w@\w")
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def keeps_to_the_schema(brief: PeaceTalksBrief) -> None:
    """What is stored is read back as the same brief: no unknown key, kind or type."""
    stored = render(brief, Format.JSON)
    assert isinstance(stored, str)
    assert parse_text(stored) == brief


def cites_the_document(brief: PeaceTalksBrief, text: str) -> None:
    """Everything is cited, and every citation is a sentence of the document, to the letter."""
    (source,) = brief.sources
    assert source.text == text
    cited = [*brief.bottom_line, *brief.parties, *brief.items(), *brief.outside_voices]
    for part in [*cited, *(answer for offer in brief.offers for answer in offer.responses)]:
        assert part.citations, part
    for citation in brief.citations():
        assert citation.document == source.id
        assert source.sentences[citation.sentence - 1] == (citation.start, citation.end)
        assert text[citation.start : citation.end] == citation.quote


def owns_up_to_strangers(brief: PeaceTalksBrief) -> None:
    """Whoever holds something is a listed party, and one that the document does not name is shown
    as such: by the check, or by a warning."""
    (source,) = brief.sources
    text = f"{source.title}\n{source.text}"
    listed = {party.name: party for party in brief.parties}
    for item in brief.items():
        assert set(_holders(item)) <= set(listed)
    for name, party in listed.items():
        told = any(clean(name) in one.message for one in brief.provenance.warnings)
        if not mentions(text, [name]) and not told:
            assert party.support.status != SupportStatus.SUPPORTED, name
    if STRANGER in listed and STRANGER not in text:
        assert listed[STRANGER].support.missing == [f"no name of {STRANGER} is in the document"]


def _holders(item: object) -> list[str]:
    held = [getattr(item, "held_by", None), *getattr(item, "by", ())]
    return [name for name in [*held, *getattr(item, "parties", ())] if name]


def renders_harmlessly(brief: PeaceTalksBrief, *, office: bool = True) -> None:
    """No format, and no terminal, gets anything that acts; ``office``: DOCX, XLSX and mail too."""
    shows_in_a_terminal(brief)
    for form, check in _CHECKS.items():
        if office or form not in {Format.DOCX, Format.XLSX, Format.EML}:
            check(render(brief, form))


def shows_in_a_terminal(brief: PeaceTalksBrief) -> None:
    """With colours, which are ours, and without."""
    for colour in (False, True):
        file = io.StringIO()
        Console(file=file, width=80, force_terminal=colour, highlight=False).print(
            screen(outline(brief))
        )
        shown = file.getvalue()
        inert(_COLOUR.sub("", shown) if colour else shown)


def inert(text: str) -> None:
    """Nothing in it is obeyed by a terminal or hidden from a reader."""
    found = ACTS.search(text.replace("\r\n", "\n"))
    assert found is None, text[max(0, found.start() - 80) : found.end() + 40]


def _plain(content: str | bytes) -> None:
    inert(str(content))


def _markdown(content: str | bytes) -> None:
    text = str(content)
    inert(text)
    assert not {"link_open", "image", "html_inline", "html_block", "fence"} & kinds(text)
    assert not _BARE_ADDRESS.search(text), _BARE_ADDRESS.search(text)


def _page(content: str | bytes) -> None:
    text = str(content)
    page = Page(text)
    assert set(page.tags) <= OURS
    assert page.tags.count("script") <= 1
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert not page.values("src")
    assert all(value.startswith(("#", "data:,")) for value in page.values("href"))
    inert(html.unescape(text))


def _csv(content: str | bytes) -> None:
    inert(str(content))
    cells = [cell.strip() for row in csv.reader(io.StringIO(str(content))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(_FORMULA)]


def _xlsx(content: str | bytes) -> None:
    assert isinstance(content, bytes)
    book = load_workbook(io.BytesIO(content))
    filled = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in filled} <= {"s"}
    assert not [cell for cell in filled if cell.hyperlink]
    _package(content)


def _package(content: str | bytes) -> None:
    """No part of an office file leads out of it."""
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert not (name.endswith(".rels") and b'TargetMode="External"' in part), name
            if name.endswith(".xml"):
                inert(html.unescape(part.decode()))


def _mail(content: str | bytes) -> None:
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert set(message.keys()) <= {
        "Subject", "Date", "MIME-Version", "Content-Type", "X-Unsent", "Message-ID"
    }  # fmt: skip
    for part in message.walk():
        if part.get_content_maintype() == "text":
            checked = _page if part.get_content_subtype() == "html" else _plain
            checked(part.get_content())


_CHECKS = {
    Format.MD: _markdown, Format.JSON: _plain, Format.HTML: _page, Format.DOCX: _package,
    Format.XLSX: _xlsx, Format.CSV: _csv, Format.EML: _mail, Format.TXT: _plain,
}  # fmt: skip
