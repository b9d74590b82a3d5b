"""Files as LibreOffice opens them, turned into PDF: what a colleague without Python sees."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

import pytest

from summarizer.rendering.docx import to_docx
from summarizer.rendering.tables import to_csv
from summarizer.rendering.words import words
from summarizer.rendering.xlsx import to_xlsx
from tests.rendering import programs
from tests.rendering.merged import merged
from tests.rendering.test_docx import template
from tests.rendering.test_tables import FORMULAS, injected
from tests.test_snapshot import made


def opened(content: bytes, path: Path) -> str:
    """The text of the PDF that LibreOffice makes of a file."""
    path.write_bytes(content)
    return programs.pdf_text(programs.to_pdf(path))


def test_word_document_opens_with_all_lines_and_footnotes(tmp_path: Path) -> None:
    """Every statement and every quote is on the paper."""
    brief = made()
    text = opened(to_docx(brief, handling="INTERNAL"), tmp_path / "brief.docx")
    assert brief.title[:30] in text
    for heading in ("Bottom line", "Offers (9)", "Red lines (5)", "What happens next (3)"):
        assert heading in text
    assert "“U.S. Congress is" not in text
    for name in ("O1", "O9", "R5", "Q9", "N3", "V3"):
        assert f" {name} " in text
    assert "[18] “President Volodymyr Zelenskyy told Ukrainian reporters" in text
    assert text.count("INTERNAL") >= 4


def test_word_template_is_applied(tmp_path: Path) -> None:
    """Its header is on the paper, and its text around the brief."""
    file = template(tmp_path / "office.docx", "Dear colleagues,", "{{brief}}", "Yours faithfully")
    text = opened(to_docx(made(), template=file), tmp_path / "brief.docx")
    assert text.index("Ministry of Examples") < text.index("Dear colleagues") < text.index("Offers")
    assert text.rindex("Yours faithfully") > text.index("Open questions")


@pytest.mark.parametrize("code", ["ar", "ru"])
def test_word_document_opens_in_other_scripts(code: str, tmp_path: Path) -> None:
    """With the labels of the language."""
    text = opened(to_docx(merged(), words(code)), tmp_path / "brief.docx")
    assert "Sel valley" in text
    assert (words(code)("bottom line") in text) or code == "ar"  # its letters are shaped in a PDF


def test_workbook_opens_with_formulas_as_text(tmp_path: Path) -> None:
    """What begins like a formula is shown as it is written, and nothing was computed."""
    text = opened(to_xlsx(injected()), tmp_path / "brief.xlsx")
    for formula in ("=cmd|' /C calc'!A0", "=1+1;=2+2", "-2+3+cmd|' /C calc'!A0"):
        assert formula in text
    assert "#NAME?" not in text
    assert "Err:" not in text


def test_csv_injection_stays_text(tmp_path: Path) -> None:
    """Read by LibreOffice and written again, no cell has become the result of a formula."""
    file = tmp_path / "brief.csv"
    file.write_text(to_csv(injected()), encoding="utf-8-sig")
    text = programs.pdf_text(programs.to_pdf(file))
    assert "#NAME?" not in text
    assert "Err:" not in text
    calc = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert calc.returncode == 0
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "brief.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    read = {str(cell.value).lstrip("'").strip() for cell in cells}
    assert {formula for formula in FORMULAS if formula.strip()[0] in "=@"} - {
        "\r=1+1", "\t=1+1", " =1+1"
    } <= read  # fmt: skip
    assert len(list(csv.reader(io.StringIO(to_csv(injected()))))) == sheet.max_row
