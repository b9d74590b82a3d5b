"""PDF files as ministries and agencies publish them, made with reportlab for the tests."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

PARAGRAPHS = (
    "OSTREL, 16 December 2025 - Envoys of Varda and the League met for a third day in the port "
    "of Ostrel to settle the terms of a ceasefire. The delegation of Varda offered to withdraw "
    "its heavy guns from the eastern bank if the League opened the road to Kessen by 1 March.",
    "Ilse Marrow, who leads the League's team, said that no foreign troops would be accepted on "
    "the islands. She called the question of monitoring unresolved and asked the mediators for a "
    "written proposal on verification before the next session of the long-term working group.",
    "The mediators expect negotiations to resume on 4 January in Ostrel. Both delegations agreed "
    "that the exchange of detainees would go ahead, whatever the outcome of the talks on the "
    "buffer zone, and that humanitarian convoys would not be stopped on the road.",
)
SHORTEST = 3
"""Letters of a broken word that stay on each line, at least."""


@dataclass
class Paper:
    """A canvas with a pen: text is set in lines of a given width, words broken at line ends."""

    title: str | None = None
    password: str | None = None
    size: float = 10
    font: str = "Helvetica"
    broken: list[str] = field(default_factory=list)  # the words broken at the end of a line

    def __post_init__(self) -> None:
        self._bytes = io.BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=A4, encrypt=self.password)
        if self.title:
            self.canvas.setTitle(self.title)
        self.width, self.height = A4

    def lines(self, text: str, width: float, indent: float = 0) -> list[str]:
        """``text`` wrapped at ``width`` points, long words broken at the end of a line."""
        lines: list[str] = []
        line, room = "", width - indent
        for word in text.split():
            candidate = f"{line} {word}".strip()
            if self._fits(candidate, room):
                line = candidate
                continue
            line, rest = self._broken(line, word, room)
            lines.append(line)
            line, room = rest, width
        return [*lines, line]

    def _fits(self, text: str, width: float) -> bool:
        return bool(self.canvas.stringWidth(text, self.font, self.size) <= width)

    def _broken(self, line: str, word: str, room: float) -> tuple[str, str]:
        """The line with as much of the word as fits, and the rest of the word."""
        for cut in range(len(word) - SHORTEST, SHORTEST - 1, -1):
            head, tail = word[:cut], word[cut:]
            at_hyphen = head[-1] == "-"
            if not at_hyphen and not (word.isalpha() and word.islower() and len(word) > 6):
                continue
            head = head if at_hyphen else f"{head}-"
            if self._fits(f"{line} {head}", room):
                self.broken.append(word)
                return f"{line} {head}", tail
        return line, word

    def write(
        self, paragraphs: Iterable[str], x: float, top: float, width: float, indent: float = 0
    ) -> float:
        """Set paragraphs from ``top`` downwards; returns where the next line would stand."""
        y = top
        for paragraph in paragraphs:
            for number, line in enumerate(self.lines(paragraph, width, indent)):
                self.put(x + (indent if number == 0 else 0), y, line)
                y -= self.size * 1.2
            y -= 0 if indent else self.size * 0.8
        return y

    def put(self, x: float, y: float, text: str, size: float | None = None) -> None:
        """One line at a place."""
        self.canvas.setFont(self.font, size or self.size)
        self.canvas.drawString(x, y, text)

    def turn(self) -> None:
        """The next page."""
        self.canvas.showPage()

    def picture(self) -> None:
        """A page that is a scan: one image, no text."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

        image = ImageReader(Image.new("L", (60, 80), 200))
        self.canvas.drawImage(image, 0, 0, self.width, self.height)

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._bytes.getvalue()


def two_columns(pages: int = 3, header: str = "JOINT OFFICE - PRESS SERVICE") -> Paper:
    """Two columns a page, a running header, a footer with the page number."""
    paper = Paper(title="Communique", size=9)
    for page in range(1, pages + 1):
        paper.put(60, 800, header, 8)
        paper.put(60, 40, f"Communique No. 12/2025    Page {page} of {pages}", 8)
        paper.put(60, 770, f"Third round of talks, part {page}", 14)
        paper.write(column(page, 0), 60, 740, 220)
        paper.write(column(page, 1), 315, 740, 220)
        paper.turn()
    return paper


def column(page: int, side: int) -> list[str]:
    """The paragraphs of one column, no two columns alike."""
    order = PARAGRAPHS[(page + side) % 3 :] + PARAGRAPHS[: (page + side) % 3]
    return [f"Report {page * 10 + side * 3 + n}. {text}" for n, text in enumerate(order)]


def plain(paragraphs: Sequence[str] = PARAGRAPHS, title: str | None = None) -> Paper:
    """One page, one column."""
    paper = Paper(title=title)
    paper.write(paragraphs, 70, 770, 450)
    paper.turn()
    return paper


def by_rows() -> Paper:
    """Two columns whose lines alternate in the file, as some programs write them."""
    paper = Paper(size=9)
    columns = [
        [line for text in column(1, side) for line in paper.lines(text, 220)] for side in (0, 1)
    ]
    for row in range(max(map(len, columns))):
        for side, lines in enumerate(columns):
            if row < len(lines):
                paper.put(60 + side * 255, 740 - row * 10.8, lines[row])
    paper.turn()
    return paper


def across_pages() -> Paper:
    """A sentence that a page break, a foot, a head and a footnote interrupt."""
    paper = Paper()
    first = "The League said that it would open the road to Kessen only after the guns had left"
    paper.put(70, 810, "RESTRICTED DRAFT", 8)
    paper.write([PARAGRAPHS[0]], 70, 770, 450)
    paper.write([first], 70, 200, paper.canvas.stringWidth(first, paper.font, paper.size))
    paper.put(70, 120, "1 The road was closed in May.", 7)
    paper.put(280, 30, "- 1 -", 8)
    paper.turn()
    paper.put(70, 810, "RESTRICTED DRAFT", 8)
    paper.write(
        ["the eastern bank. Varda answered that both could happen on one day."], 70, 770, 450
    )
    paper.put(280, 30, "- 2 -", 8)
    paper.turn()
    return paper


def numbered() -> Paper:
    """A draft whose lines are numbered in the margin, with a watermark across the page."""
    paper = Paper()
    lines = [line for text in PARAGRAPHS for line in paper.lines(text, 420)]
    for number, line in enumerate(lines, start=1):
        paper.put(40, 770 - number * 12, str(number))
        paper.put(80, 770 - number * 12, line)
    paper.canvas.saveState()
    paper.canvas.translate(200, 300)
    paper.canvas.rotate(45)
    paper.put(0, 0, "DRAFT", 80)
    paper.canvas.restoreState()
    paper.turn()
    return paper


def table() -> Paper:
    """A heading, a table of three columns, a paragraph."""
    paper = Paper()
    paper.put(70, 770, "Detainees to be released", 14)
    rows = [("Side", "Number", "By"), ("Varda", "140", "4 January"), ("League", "96", "8 January"),
            ("Kessen militia", "12", "unstated"), ("Total", "248", "")]  # fmt: skip
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            paper.put(70 + column * 150, 740 - number * 16, cell)
    paper.write([PARAGRAPHS[2]], 70, 640, 450)
    paper.turn()
    return paper


def scan(pages: int = 3, text_on: int = 0) -> Paper:
    """Pages that are pictures; ``text_on`` of them, the first ones, have text."""
    paper = Paper()
    for page in range(pages):
        if page < text_on:
            paper.write(PARAGRAPHS, 70, 770, 450)
        else:
            paper.picture()
        paper.turn()
    return paper


def sealed() -> bytes:
    """A file that asks for a password."""
    paper = Paper(password="secret")
    paper.write(PARAGRAPHS, 70, 770, 450)
    paper.turn()
    return paper.done()


def write_long(path: Path, pages: int) -> None:
    """A file of so many pages, written object by object."""
    offsets: list[int] = []
    with path.open("wb") as file:

        def add(body: bytes) -> None:
            offsets.append(file.tell())
            file.write(b"%d 0 obj\n%s\nendobj\n" % (len(offsets), body))

        file.write(b"%PDF-1.4\n")
        add(b"<< /Type /Catalog /Pages 2 0 R >>")
        kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
        add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids))
        add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        words = b"BT /F1 10 Tf 70 700 Td (The envoys met again.) Tj ET"
        add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        for _ in range(pages):
            add(page + b"/Resources << /Font << /F1 3 0 R >> >> >>")
        _finish(file, offsets)


def write_bomb(path: Path, megabytes: int) -> None:
    """A page whose drawing unpacks to so many megabytes."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b"q Q " * (1 << 18)) for _ in range(megabytes))
    packed += packer.flush()
    offsets: list[int] = []
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        for body in (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        ):
            offsets.append(file.tell())
            file.write(b"%d 0 obj\n%s\nendobj\n" % (len(offsets), body))
        _finish(file, offsets)


def _finish(file: BinaryIO, offsets: Sequence[int]) -> None:
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    file.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start)
    )
