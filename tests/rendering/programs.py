"""Programs that some tests drive: skipped by name where they are absent, failed where CI is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

AXE = Path(__file__).parent.parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"


def chromium() -> tuple[str, str]:
    """Browser and driver."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        absent("Chromium", "apt-get install chromium chromium-driver")
    return browser, driver


def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        absent("axe-core", "npm ci --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")


def to_pdf(file: Path) -> Path:
    """What LibreOffice makes of an office file."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        absent("LibreOffice", "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{file.parent}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(file.parent), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return file.with_suffix(".pdf")


def pdf_text(file: Path) -> str:
    """The text of a PDF, as poppler reads it, on one line."""
    tool = shutil.which("pdftotext")
    if not tool:
        absent("pdftotext", "apt-get install poppler-utils")
    run = subprocess.run([tool, str(file), "-"], check=True, capture_output=True, timeout=60)
    return " ".join(run.stdout.decode().split())


def absent(program: str, command: str) -> NoReturn:
    """Skip, and say how to get it; in CI, which installs it, that is a failure."""
    message = f"{program} is not installed: {command}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
