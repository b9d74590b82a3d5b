"""Pictures of a finished brief for docs/: python -m tests.rendering.pictures

Needs Chromium, LibreOffice, poppler. The document is the shipped one of ``test_snapshot``.
"""

from __future__ import annotations

import base64
import io
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from selenium.webdriver import Chrome

from summarizer.rendering.docx import to_docx
from summarizer.rendering.html import to_html
from summarizer.rendering.outline import outline
from summarizer.rendering.terminal import screen
from tests.rendering import programs
from tests.rendering.test_browser import Browser, started
from tests.test_snapshot import made

HOME = Path(__file__).parent.parent.parent / "docs" / "pictures"
LINES = 44
"""Lines of the terminal's picture."""


def main() -> None:
    """Write every picture."""
    HOME.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        driver = started()
        try:
            page_pictures(Browser(driver, folder), driver)
            terminal_picture(driver, folder)
            printed = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27,
                                             "paperHeight": 11.69})  # fmt: skip
        finally:
            driver.quit()
        (folder / "print.pdf").write_bytes(base64.b64decode(printed["data"]))
        sheet(folder / "print.pdf", "brief-print")
        word = folder / "brief.docx"
        word.write_bytes(to_docx(made(), handling="INTERNAL"))
        sheet(programs.to_pdf(word), "brief-docx")


def page_pictures(browser: Browser, driver: Chrome) -> None:
    """Light and dark with an offer marked, and a phone."""
    page = to_html(made())
    for name, size, dark in [("light", (1280, 860), False), ("dark", (1280, 860), True),
                             ("phone", (390, 844), False)]:  # fmt: skip
        browser.open(page, size, dark=dark)
        browser.run("arguments[0].click()", browser.one("#O1 .says"))
        browser.run("document.querySelector('#O1').scrollIntoView({block: 'start'})")
        shot(driver, f"brief-{name}")
    browser.open(page, (1280, 860))
    shot(driver, "brief-top")


def terminal_picture(driver: Chrome, folder: Path) -> None:
    """What ``summarizer show`` prints at 80 columns, as rich draws a terminal; then the page."""
    console = Console(width=80, record=True, file=io.StringIO(), force_terminal=True,
                      highlight=False)  # fmt: skip
    console.print(screen(outline(made())))
    lines = console.export_text(styles=True, clear=False).splitlines()[:LINES]
    short = Console(width=80, height=LINES, record=True, file=io.StringIO(), force_terminal=True)
    from rich.text import Text

    short.print(Text.from_ansi("\n".join(lines)))
    svg = folder / "terminal.svg"
    short.save_svg(str(svg), title="summarizer show brief.json")
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": 1010, "height": 1170, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
    driver.get(svg.as_uri())
    shot(driver, "brief-terminal")
    browser = Browser(driver, folder)
    browser.open(to_html(made()), (1280, 860))


def shot(driver: Chrome, name: str) -> None:
    """The window as it is."""
    driver.save_screenshot(str(HOME / f"{name}.png"))


def sheet(pdf: Path, name: str) -> None:
    """The first page of a PDF."""
    subprocess.run(
        ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png", str(pdf),
         str(HOME / name)],
        check=True, timeout=60,
    )  # fmt: skip


if __name__ == "__main__":
    main()
