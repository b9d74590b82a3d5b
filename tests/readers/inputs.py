"""Inputs as users meet them and as attackers make them, and what each has to give.

The tests hold the outcomes; ``python -m benchmarks.inputs --write`` measures each in a process
of its own and writes the table of ``docs/inputs.md``.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.readers import letters, papers, sites, words

SITE = "http://news.example"


@dataclass(frozen=True)
class Input:
    """One input: how it is made, and what reading it gives.

    ``has`` must stand in the text, ``lacks`` must not; ``notes`` must stand in what a reader of
    the brief is told. ``refused`` is what the one line of the error says; then there is no text.
    """

    name: str
    what: str
    make: Callable[[Path], str]
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pages: int = 0
    refused: str | None = None


def _file(name: str, data: Callable[[], bytes | str]) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        made, path = data(), folder / name
        path.write_bytes(made.encode() if isinstance(made, str) else made)
        return str(path)

    return make


def _written(name: str, write: Callable[[Path], None]) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        write(folder / name)
        return str(folder / name)

    return make


def _at(path: str, site: str = SITE) -> Callable[[Path], str]:
    return lambda _: f"{site}{path}"


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"<!DOCTYPE html><html><body><p>The envoys met.</p>")
        file.truncate(300 << 20)


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "The envoys met.")
    return made.getvalue()


def _deep() -> str:
    depth = 100_000
    return "<html><body>" + "<div>" * depth + sites.ARTICLE[1] + "</div>" * depth


_PDF_TEXT = ("The delegation of Varda offered to withdraw its heavy guns from the eastern bank",)
_HEAD, _FOOT = "JOINT OFFICE - PRESS SERVICE", "Communique No."


def _article(name: str, what: str, make: Callable[[Path], str]) -> Input:
    notes = ("furniture of the site",)
    return Input(name, what, make, has=sites.ARTICLE, lacks=sites.FURNITURE, notes=notes)


INPUTS: tuple[Input, ...] = (
    Input("text", "Plain text in UTF-8", _file("a.txt", lambda: "The envoys met.\n"),
          has=("The envoys met.",)),
    Input("text-cp1251", "Plain text in Windows-1251, which nothing says",
          _file("a.txt", lambda: "\n".join(sites.RUSSIAN).encode("cp1251")), has=sites.RUSSIAN),
    Input("pdf", "PDF, one column", _file("a.pdf", lambda: papers.plain().done()),
          has=papers.PARAGRAPHS, pages=1),
    Input("pdf-columns", "PDF, two columns, running heads, page numbers, broken words",
          _file("a.pdf", lambda: papers.two_columns().done()),
          has=(*papers.column(2, 0), *papers.column(3, 1)), lacks=(_FOOT,),
          notes=("run from page to page", "broken at the end of a line"), pages=3),
    Input("pdf-by-rows", "PDF, two columns whose lines alternate in the file",
          _file("a.pdf", lambda: papers.by_rows().done()),
          has=(*papers.column(1, 0), *papers.column(1, 1)), pages=1),
    Input("pdf-across", "PDF, a sentence over a page break, a footnote in between",
          _file("a.pdf", lambda: papers.across_pages().done()),
          has=("only after the guns had left the eastern bank.", "1 The road was closed in May."),
          lacks=("- 1 -", "- 2 -"), pages=2),
    Input("pdf-numbered", "PDF, a draft with line numbers and a watermark",
          _file("a.pdf", lambda: papers.numbered().done()), has=papers.PARAGRAPHS,
          lacks=("DRAFT", "12 "), notes=("numbers of lines", "watermark"), pages=1),
    Input("pdf-table", "PDF, a table", _file("a.pdf", lambda: papers.table().done()),
          has=("Varda | 140 | 4 January", "Kessen militia | 12 | unstated"), pages=1),
    Input("pdf-scan", "PDF, a scan without a text layer",
          _file("a.pdf", lambda: papers.scan().done()), refused="scan without a text layer"),
    Input("pdf-mixed", "PDF, two of three pages are pictures",
          _file("a.pdf", lambda: papers.scan(3, 1).done()), has=_PDF_TEXT,
          notes=("not in the brief: 2, 3",), pages=3),
    Input("pdf-sealed", "PDF with a password", _file("a.pdf", papers.sealed),
          refused="is encrypted"),
    Input("pdf-damaged", "PDF cut off in the middle",
          _file("a.pdf", lambda: papers.plain().done()[:300]), refused="is damaged"),
    Input("pdf-10000", "PDF of 10,000 pages",
          _written("a.pdf", lambda path: papers.write_long(path, 10_000)),
          refused="has 10,000 pages, more than 2,000"),
    Input("pdf-2000", "PDF of 2,000 pages",
          _written("a.pdf", lambda path: papers.write_long(path, 2_000)),
          has=("The envoys met again.",), pages=2_000),
    Input("pdf-bomb", "PDF whose page unpacks to 40 MB of drawing",
          _written("a.pdf", lambda path: papers.write_bomb(path, 40)), refused="has no text"),
    Input("docx", "Word, headings, numbered clauses, bullets, a table",
          _file("a.docx", words.agreement),
          has=("1. Varda withdraws", "2. The League opens", "• Neither side",
               "Side | Detainees | By", "Varda | 140 | 4 January")),
    Input("docx-tracked", "Word, tracked changes, a comment, hidden text",
          _file("a.docx", words.tracked),
          has=("The League will not accept foreign troops on the islands.",),
          lacks=("may accept", "Ask the minister", "fall-back"),
          notes=("tracked deletions left out: 1", "comments left out: 1", "hidden")),
    Input("docx-bomb", "Word, a zip bomb of 300 MB", _file("a.docx", words.bomb),
          refused="unpacks to more than"),
    Input("docx-entities", "Word, an XML entity bomb", _file("a.docx", words.entities),
          refused="declares entities"),
    Input("docx-sealed", "Word with a password", _file("a.docx", words.sealed),
          refused="is encrypted"),
    Input("doc", "Old Word file", _file("a.doc", lambda: b"\xd0\xcf\x11\xe0" + bytes(999)),
          refused="an old Word file"),
    Input("xlsx", "Excel file under the name of a Word file",
          _file("a.docx", lambda: _zip("xl/workbook.xml")), refused="is an Excel file"),
    Input("mail", "Mail with a PDF, a Word file, a picture, a sealed PDF",
          _file("a.eml", letters.with_attachments),
          has=("Subject: Ostrel talks", "Please find attached", *_PDF_TEXT,
               "2. The League opens the road"),
          notes=("crest.png not read", "annex.pdf not read: it is encrypted"), pages=1),
    Input("mail-html", "Mail in HTML only, KOI8-R, laid out by a table",
          _file("a.eml", letters.only_html),
          has=("Лига заявила, что не примет иностранные войска на островах.",)),
    Input("mail-flowed", "Mail with flowed lines that forwards another",
          _file("a.eml", letters.flowed),
          has=("The League said that it stays.", "No foreign troops on the islands.")),
    Input("mail-sealed", "Mail encrypted with S/MIME", _file("a.eml", letters.sealed),
          refused="is encrypted"),
    Input("feed", "RSS feed given as a document",
          _file("a.xml", lambda: sites.feed(SITE)), refused="summarizer batch --feed"),
    _article("page-agency", "Web page of a news agency", _file("a.html", sites.agency)),
    Input("page-ministry", "Web page of a ministry, laid out by tables",
          _file("a.html", sites.ministry),
          has=(*sites.ARTICLE, "1. to exchange 140 detainees by 4 January;"),
          lacks=sites.FURNITURE, notes=("furniture",)),
    Input("page-blog", "Web page of a blog with comments", _file("a.html", sites.blog),
          has=(*sites.ARTICLE, "We stay until the road is open."),
          lacks=(*sites.FURNITURE, "I do not believe"), notes=("furniture",)),
    Input("page-arabic", "Web page from right to left", _file("a.html", sites.arabic),
          has=("لن تقبل وجود قوات أجنبية في الجزر",), lacks=("جميع الحقوق", "رياضة")),
    Input("page-soup", "Web page of div elements only", _file("a.html", sites.soup),
          has=sites.ARTICLE, lacks=sites.FURNITURE),
    Input("page-paywall", "Web page that is not free to read", _file("a.html", sites.paywalled),
          has=sites.ARTICLE[:2], lacks=sites.ARTICLE[2:], notes=("not free to read",)),
    Input("page-script", "Web page that a script fills", _file("a.html", sites.scripted),
          refused="a script may fill it"),
    Input("page-charset", "Web page that says UTF-8 and is Windows-1251",
          _file("a.html", lambda: sites.russian("utf-8").encode("cp1251")), has=sites.RUSSIAN,
          notes=("says its encoding is utf-8",)),
    Input("page-300mb", "Web page of 300 MB", _written("a.html", _sparse),
          refused="has 300 MB, more than the 32 MB"),
    Input("page-deep", "Web page with 100,000 nested elements", _file("a.html", _deep),
          refused="has no text that can be told"),
    Input("zip", "Zip archive", _file("a.zip", lambda: _zip("a.txt")), refused="an archive (zip)"),
    Input("gzip", "Gzip archive", _file("a.txt.gz", lambda: gzip.compress(b"The envoys met.")),
          refused="an archive (gzip)"),
    _article("address", "Address of an article", _at("/article")),
    _article("address-gzip", "Address of an article sent compressed", _at("/gzipped")),
    Input("address-pdf", "Address of a PDF", _at("/paper.pdf"), has=tuple(papers.column(2, 0)),
          lacks=(_FOOT,), pages=3),
    Input("address-charset", "Article whose server says Latin-1 and which is UTF-8", _at("/wrong"),
          has=sites.ARTICLE, notes=("says its encoding is iso-8859-1",)),
    Input("address-moved", "Redirect to another site", _at("/away"),
          has=("Asked as plain.example",), notes=("redirected to http://plain.example/named",)),
    Input("address-loop", "Redirect loop", _at("/loop"), refused="redirects more than 5 times"),
    Input("address-inwards", "Redirect to 127.0.0.1", _at("/inwards"),
          refused="leads to 127.0.0.1"),
    Input("address-metadata", "Redirect to the metadata service of a cloud", _at("/metadata"),
          refused="leads to 169.254.169.254"),
    Input("address-private", "DNS name of a private address",
          _at("/article", "http://inside.example"), refused="leads to 10.0.0.7"),
    Input("address-both", "DNS name of a public and a private address",
          _at("/article", "http://both.example"), refused="leads to 192.168.1.1"),
    Input("address-file", "Redirect to a file of this machine", _at("/file"),
          refused="is no address of a page"),
    Input("address-300mb", "Page of 300 MB without a stated length", _at("/huge"),
          refused="is larger than 64 MB"),
    Input("address-announced", "Page that announces 300 MB", _at("/announced"),
          refused="is larger than 64 MB"),
    Input("address-bomb", "Gzip bomb of 100 MB", _at("/bomb"), refused="is larger than 64 MB"),
    Input("address-robots", "Page that robots.txt closes",
          _at("/private/article", "http://closed.example"), refused="by its robots.txt"),
    Input("address-members", "Page for subscribers (401)", _at("/members"),
          refused="asks for a password (401)"),
    Input("address-forbidden", "Page not given to programs (403)", _at("/forbidden"),
          refused="is not given to programs (403)"),
    Input("address-gone", "Page that does not exist (404)", _at("/gone"),
          refused="does not exist (404)"),
    Input("address-picture", "Address of a picture", _at("/picture"),
          refused="is no document (image/png)"),
    Input("address-nowhere", "Name that no host has", _at("/", "http://none.example"),
          refused="there is no host 'none.example'"),
)  # fmt: skip
