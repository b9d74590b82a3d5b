"""What our layer adds to the libraries that read files, in figures: docs/readers.md.

    python benchmarks/readers.py [--write]

The files are those of ``tests/readers``, whose text is known: a paragraph counts as kept if it
is there whole and in one piece, white space apart. "plain" is the library used as its own
documentation shows first.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import io
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from summarizer.readers import docx, html, mail, pdf
from summarizer.readers.extracted import Extracted
from tests.readers import letters, papers, sites, words

PAGE = Path(__file__).parent.parent / "docs" / "readers.md"
MOST = 2_000_000
HEAD = """# What the readers add to the libraries they use

Made by `python benchmarks/readers.py --write`, on files that the tests make and whose text is
known. "Plain" is the library used as its documentation shows first. A paragraph counts if it is
there whole, in one piece and in its place, white space apart.
"""

Reader = Callable[[bytes], str]


@dataclass(frozen=True)
class Truth:
    """A file, the paragraphs that are its text, and what must not be in it."""

    data: bytes
    paragraphs: Sequence[str]
    furniture: Sequence[str] = ()


def _pdfs() -> list[Truth]:
    feet = [f"Page {page} of 12" for page in range(1, 13)]
    columns = [
        text for page in range(1, 13) for side in (0, 1) for text in papers.column(page, side)
    ]
    rows = [text for side in (0, 1) for text in papers.column(1, side)]
    across = ["The League said that it would open the road to Kessen only after the guns had left "
              "the eastern bank.", *papers.PARAGRAPHS[:1]]  # fmt: skip
    return [
        Truth(papers.two_columns(12).done(), columns, feet),
        Truth(papers.by_rows().done(), rows),
        Truth(papers.across_pages().done(), across, ["- 1 -", "- 2 -"]),
        Truth(papers.numbered().done(), papers.PARAGRAPHS, ["DRAFT"]),
        Truth(papers.plain().done(), papers.PARAGRAPHS),
    ]


def _pages() -> list[Truth]:
    clauses = ["to exchange 140 detainees by 4 January;", "to keep the road to Kessen open."]
    layouts = [
        (sites.agency, (sites.HEADLINE, *sites.ARTICLE)),
        (sites.ministry, ("Statement on the third round", *sites.ARTICLE, *clauses)),
        (sites.blog, (sites.HEADLINE, *sites.ARTICLE)),
        (sites.soup, (sites.HEADLINE, *sites.ARTICLE)),
    ]
    return [Truth(make().encode(), texts, sites.FURNITURE) for make, texts in layouts]


def _ours_pdf(data: bytes) -> str:
    return pdf.read(io.BytesIO(data), max_chars=MOST).text


def _pypdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _pdfium(data: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _trafilatura(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data) or ""


def _python_docx(data: bytes) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def _email(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return str(body.get_content()) if body else ""


def collapsed(text: str) -> str:
    """White space apart."""
    return " ".join(text.split())


def kept(reader: Reader, truths: Iterable[Truth]) -> str:
    """Paragraphs that are whole, of all."""
    found = total = 0
    for truth in truths:
        text = collapsed(reader(truth.data))
        found += sum(collapsed(paragraph) in text for paragraph in truth.paragraphs)
        total += len(truth.paragraphs)
    return f"{found} of {total}"


def left(reader: Reader, truths: Iterable[Truth]) -> str:
    """Lines of furniture that are still there, of all."""
    found = total = 0
    for truth in truths:
        text = collapsed(reader(truth.data))
        found += sum(text.count(words) for words in truth.furniture)
        total += len(truth.furniture)
    return f"{found} of {total}"


def broken(reader: Reader) -> str:
    """Words broken at the end of a line that are not whole again, of all."""
    paper = papers.two_columns(12)
    text = reader(paper.done())
    count = sum(
        text.count(f"{word[:cut]}{hyphen}") for word in set(paper.broken)
        for cut in range(3, len(word) - 2) for hyphen in ("-\n", "-\r\n", "\x02", "\ufffe", "- ")
    )  # fmt: skip
    return f"{count} of {len(paper.broken)}"


def placed() -> str:
    """Paragraphs whose offset tells the right page, and whose slice of the text is exact."""
    made = pdf.read(io.BytesIO(papers.two_columns(12).done()), max_chars=MOST)
    right = total = 0
    for page in range(1, 13):
        for side in (0, 1):
            for text in papers.column(page, side):
                start = made.text.find(text)
                right += start >= 0 and _page_of(made, start) == page
                total += 1
    return f"{right} of {total}"


def _page_of(made: Extracted, offset: int) -> int | None:
    return next((n for n, (a, b) in enumerate(made.pages, 1) if a <= offset < b), None)


def per_page(reader: Reader, pages: int = 40, repeats: int = 5) -> str:
    """Median milliseconds for one page of two columns."""
    data = papers.two_columns(pages).done()
    times = []
    for _ in range(repeats):
        began = time.process_time()
        reader(data)
        times.append(time.process_time() - began)
    return f"{statistics.median(times) / pages * 1e3:.1f}"


def pdf_table() -> str:
    """PDF: ours beside pypdf and PDFium used plainly."""
    readers = (_ours_pdf, _pypdf, _pdfium)
    rows = [
        ("paragraphs whole", [kept(reader, _pdfs()) for reader in readers]),
        ("heads and feet left in", [left(reader, _pdfs()) for reader in readers]),
        ("words left broken", [broken(reader) for reader in readers]),
        ("paragraphs with exact offsets and page", [placed(), "–", "–"]),
        ("ms per page (processor)", [per_page(reader) for reader in readers]),
    ]
    return table("PDF", ("ours", "pypdf", "pypdfium2"), rows)


def html_table() -> str:
    """Web pages: ours beside trafilatura used plainly."""
    readers: tuple[Reader, ...] = (lambda data: html.read(data).text, _trafilatura)
    rows = [
        ("paragraphs, headlines and clauses kept", [kept(reader, _pages()) for reader in readers]),
        ("lines of furniture left in", [left(reader, _pages()) for reader in readers]),
        ("says how much was left out", ["yes", "no"]),
    ]
    return table("Web pages (four layouts)", ("ours", "trafilatura"), rows)


def word_table() -> str:
    """Word: ours beside python-docx used plainly."""
    agreed = Truth(
        words.agreement(),
        ("1. Varda withdraws", "2. The League opens", "Varda | 140 | 4 January", "• Neither side"),
    )
    draft = Truth(words.tracked(), ("will not accept foreign troops",), ("fall-back", "may accept"))
    readers: tuple[Reader, ...] = (
        lambda data: docx.read(io.BytesIO(data), max_chars=MOST).text,
        _python_docx,
    )
    rows = [
        ("clauses with their number, rows of tables", [kept(each, [agreed]) for each in readers]),
        ("tracked insertions read", [kept(reader, [draft]) for reader in readers]),
        ("deleted or hidden text left in", [left(reader, [draft]) for reader in readers]),
    ]
    return table("Word", ("ours", "python-docx"), rows)


def mail_table() -> str:
    """Mail: ours beside the standard library's ``get_body``."""
    attached = [
        Truth(letters.with_attachments(), ("Please find attached", papers.PARAGRAPHS[0],
                                           "Varda withdraws its heavy guns")),
        Truth(letters.flowed(), ("The League said that it stays.", "No foreign troops")),
    ]  # fmt: skip
    readers: tuple[Reader, ...] = (
        lambda data: "\n".join(part.text for part in mail.read(data, max_chars=MOST)),
        _email,
    )
    rows = [("passages of bodies and attachments", [kept(each, attached) for each in readers])]
    return table("Mail", ("ours", "email.message"), rows)


def table(title: str, names: Sequence[str], rows: Sequence[tuple[str, list[str]]]) -> str:
    """A table in Markdown."""
    lines = [f"\n## {title}\n", f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    page = HEAD + pdf_table() + html_table() + word_table() + mail_table()
    print(page)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
