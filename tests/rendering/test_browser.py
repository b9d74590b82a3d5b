"""The page in a real Chromium: marking, filters, copying, access, attacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.html import to_html, to_mail_html
from summarizer.rendering.words import words
from tests.factories import make_brief, make_source, offer
from tests.rendering import programs
from tests.rendering.arvenia import arvenia
from tests.rendering.hostile import hostile
from tests.rendering.merged import merged
from tests.test_snapshot import made

WIDE, PHONE = (1280, 900), (390, 844)


class Browser:
    """A page in Chromium, and what it did."""

    def __init__(self, driver: Chrome, folder: Path) -> None:
        self.driver = driver
        self._folder = folder

    def open(self, page: str, size: tuple[int, int] = WIDE, *, dark: bool = False) -> None:
        """Load a page from a file, as from a mail's attachment, and forget what was before."""
        file = self._folder / "page.html"
        file.write_text(page, encoding="utf-8")
        self._command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1],
                      deviceScaleFactor=1, mobile=size == PHONE)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", features=[scheme])
        self.driver.get("about:blank")
        self.logged()
        self.requests()
        self.driver.get(file.as_uri())

    def one(self, selector: str) -> WebElement:
        """The element of a CSS selector."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def ids(self, selector: str) -> list[str]:
        """Ids of all elements of a selector that are displayed."""
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [str(one.get_attribute("id")) for one in found if one.is_displayed()]

    def keys(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)

    def on_screen(self, selector: str) -> bool:
        """Whether the element is in the window, and no other lies over it."""
        return bool(self.run(
            "const e = document.querySelector(arguments[0]), b = e.getClientRects()[0];"
            "const x = b.left + Math.min(20, b.width / 2), y = b.top + b.height / 2;"
            "return x > 0 && y > 0 && x < innerWidth && y < innerHeight"
            " && e.contains(document.elementFromPoint(x, y))", selector))  # fmt: skip

    def logged(self) -> list[str]:
        """Console messages since the last time, refused loads by the policy included."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """Addresses that were asked for since the last time."""
        events = [json.loads(one["message"])["message"]
                  for one in self.driver.get_log("performance")]  # type: ignore[no-untyped-call] # fmt: skip
        sent = [one["params"] for one in events if one["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in sent]

    def _command(self, name: str, **parameters: Any) -> None:
        self.driver.execute_cdp_cmd(name, parameters)


def started() -> Chrome:
    """A Chromium of its own, without a window."""
    binary, driver = programs.chromium()
    options = ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
                     "--force-prefers-reduced-motion"):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return Chrome(options=options, service=ChromeService(driver))


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of this module."""
    driver = started()
    yield Browser(driver, tmp_path_factory.mktemp("pages"))
    driver.quit()


@pytest.fixture
def browser(chrome: Browser) -> Iterator[Browser]:
    """The browser; whatever a test does, nothing is logged and nothing is asked for elsewhere."""
    yield chrome
    assert chrome.logged() == []
    asked = {url.split(":", 1)[0] for url in chrome.requests()}
    assert asked <= {"file", "data", "about"}


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_click_on_an_item_marks_its_sentences_and_brings_them_on_screen(
    browser: Browser, size: tuple[int, int]
) -> None:
    """Those of the item and no others, wherever in the document they are."""
    browser.open(to_html(made()), size)
    for name in ("O1", "R1", "V3", "B1"):
        cited = browser.one(f"#{name}").get_attribute("data-s")
        assert cited
        browser.run("arguments[0].click()", browser.one(f"#{name} .says"))
        assert browser.ids(".s.on") == sorted(cited.split(), key=lambda id: int(id.split("-")[1]))
        assert browser.ids("li.on") == [name]
        assert browser.on_screen(f"#{cited.split()[0]}")
        assert browser.one(f"#{name} .name").get_attribute("aria-pressed") == "true"


def test_click_on_a_sentence_lights_the_items_that_it_carries(browser: Browser) -> None:
    """A sentence lists its items, and shows them when it is asked."""
    browser.open(to_html(arvenia()))
    sentence = browser.one("#s1-10")
    assert sentence.text.endswith("O3Q2")
    sentence.click()
    assert browser.ids("li.on") == ["O3", "Q2"]
    assert browser.on_screen("#O3 .says")


def test_click_on_a_number_marks_and_brings_that_sentence(browser: Browser) -> None:
    """``[10]`` leads to sentence 10, also for an item that cites several."""
    browser.open(to_html(made()))
    link = browser.one('#B3 a[href="#s1-33"]')
    link.click()
    assert browser.ids(".s.on") == ["s1-31", "s1-32", "s1-33"]
    assert browser.on_screen("#s1-33")


def test_focus_by_keyboard_marks_as_a_click_does(browser: Browser) -> None:
    """Tab reaches every item; Escape takes the marks away."""
    browser.open(to_html(arvenia()))
    browser.run("document.querySelector('#R1 .name').focus()")
    assert browser.ids(".s.on") == ["s1-6"]
    while browser.run("return document.activeElement.closest('li').id") == "R1":
        browser.keys(Keys.TAB)
    assert browser.ids("li.on") == ["R2"]
    assert browser.ids(".s.on") == ["s1-5"]
    browser.keys(Keys.ESCAPE)
    assert browser.ids(".on") == []


def test_link_of_a_sentence_leads_to_its_item(browser: Browser) -> None:
    """From the document back to the brief."""
    browser.open(to_html(made()))
    browser.run("document.querySelector('#s1-36 .refs a').click()")
    lit = browser.run("return document.activeElement.closest('li').id")
    assert browser.ids("li.on") == [lit]
    assert browser.on_screen(f"#{lit} .name")


def test_filters_work_by_keyboard(browser: Browser) -> None:
    """By party and topic, with the number shown, and all is back after Clear."""
    browser.open(to_html(arvenia()))
    everything = browser.ids("main li.line")
    party = browser.one("#f-party")
    browser.run("arguments[0].focus()", party)
    browser.keys("Q")  # a list of choices takes the first letter
    assert Select(party).first_selected_option.text == "Qatar"
    assert browser.ids("#offers li.line") == ["O2"]
    assert browser.ids("#open-questions li.line") == ["Q1"]
    assert browser.ids("#next-steps li.line") == []
    assert "no line of this section" in browser.one("#next-steps").text
    assert browser.one("#f-count").text == "2 of 13 lines shown"
    assert browser.ids("#parties li.line") == ["P1", "P2", "P3", "P4", "P5"]
    browser.keys(Keys.TAB, Keys.TAB)
    browser.run("document.getElementById('f-clear').focus()")
    browser.keys(Keys.ENTER)
    assert browser.ids("main li.line") == everything
    assert browser.one("#f-count").text == ""


def test_filter_by_topic_and_party_together(browser: Browser) -> None:
    """Both have to fit, and a topic shows the lines that are about it."""
    brief = made()
    browser.open(to_html(brief))
    Select(browser.one("#f-topic")).select_by_value("territory_borders")
    ids = browser.ids("#red-lines li.line, #offers li.line")
    wanted = [item for item in (*brief.offers, *brief.red_lines)
              if "territory_borders" in item.topics]  # fmt: skip
    assert 0 < len(ids) == len(wanted)
    Select(browser.one("#f-party")).select_by_visible_text("Russia")
    both = browser.ids("#red-lines li.line, #offers li.line")
    assert set(both) < set(ids)


def test_copy_puts_the_quote_with_its_source_on_the_clipboard(browser: Browser) -> None:
    """What is copied is what the button promises, and it is said that it was."""
    browser.open(to_html(arvenia()))
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", grant)
    button = browser.one("#R1 .copy")
    wanted = button.get_attribute("data-quote")
    button.send_keys(Keys.ENTER)
    text = browser.driver.execute_async_script(
        "const done = arguments[0], told = document.getElementById('status');"
        "const look = () => told.textContent ? navigator.clipboard.readText().then(done)"
        " : setTimeout(look, 10); look()"
    )
    assert text == wanted
    assert "Doha Wire, 2026-11-21, sentence 6" in text
    assert browser.one("#status").text == "Copied"


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("brief", [made, merged])
def test_axe_finds_no_violation(
    browser: Browser, brief: Any, dark: bool, size: tuple[int, int]
) -> None:
    """All rules of axe-core, contrast included, with an item marked."""
    browser.open(to_html(brief(), handling="INTERNAL"), size, dark=dark)
    browser.run("arguments[0].click()", browser.one("#O1 .says"))
    check(browser)


@pytest.mark.parametrize("code", ["ar", "fr"])
def test_axe_finds_no_violation_in_other_languages(browser: Browser, code: str) -> None:
    """Languages and directions are declared where they change."""
    browser.open(to_html(arabic(), words(code)))
    check(browser)


def test_axe_finds_no_violation_when_not_about_talks(browser: Browser) -> None:
    """A page with next to nothing, and the body of a mail."""
    browser.open(to_html(make_brief(title="A trade truce", not_about="It is about tariffs.")))
    check(browser)
    browser.open(to_mail_html(arvenia()))
    check(browser)


def check(browser: Browser) -> None:
    """Run axe-core in the page: no violation, and a good number of rules that passed."""
    browser.run(programs.axe())
    found = browser.driver.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
    )
    violations = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    assert violations == []
    assert len(found["passes"]) > 10


def arabic() -> PeaceTalksBrief:
    """A brief of a document that is written from the right."""
    source = make_source(
        ["قال الوزير إن الجيش سينسحب خلال عشرة أيام.", "رفضت الجبهة ذلك."], language="ar"
    )
    return make_brief(sources=[source], offers=[offer("The army would withdraw.", cites=[1])])


def test_right_to_left_text_runs_from_the_right(browser: Browser) -> None:
    """The document by its script, the page by its labels; the brief's column changes sides."""
    browser.open(to_html(arabic()))
    direction = "return getComputedStyle(document.querySelector(arguments[0])).direction"
    assert browser.run(direction, ".document p:last-child") == "rtl"
    assert browser.run(LEFT_OF, "main", "aside") is True
    browser.open(to_html(arabic(), words("ar")))
    assert browser.run(LEFT_OF, "aside", "main") is True


LEFT_OF = (
    "const left = (s) => document.querySelector(s).getBoundingClientRect().left;"
    "return left(arguments[0]) < left(arguments[1])"
)


@pytest.mark.parametrize("render", [to_html, to_mail_html])
def test_nothing_executes_when_the_brief_is_hostile(browser: Browser, render: Any) -> None:
    """Script tags, attributes, a closing script, addresses, bidirectional text: all is text."""
    browser.open(render(hostile(), handling="<img src=x onerror=window.owned=1>"))
    for link in browser.driver.find_elements(By.CSS_SELECTOR, "main a, aside a"):
        browser.run("arguments[0].click()", link)
    assert browser.run("return window.owned") is None
    assert browser.run("return document.images.length + document.querySelectorAll('iframe').length"
                       ) == 0  # fmt: skip
    assert browser.driver.current_url.startswith("file:")
    if render is to_html:
        assert browser.run("return document.scripts.length") == 1
        assert browser.one("#O1").is_displayed()


def test_page_reads_without_its_script(browser: Browser) -> None:
    """As in a mail client that shows the attachment: all there, no filter that does nothing."""
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(to_html(arvenia()))
        assert browser.one("#O1 .says").is_displayed()
        assert not browser.one(".filter").is_displayed()
        assert not browser.one("#O1 .copy").is_displayed()
        browser.one('#O1 a[href="#s1-1"]').click()
        assert browser.driver.current_url.endswith("#s1-1")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_page_is_never_wider_than_the_window(browser: Browser, size: tuple[int, int]) -> None:
    """No sideways scrolling, on a phone neither."""
    browser.open(to_html(made()), size)
    assert browser.run("return document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize(("width", "height"), [(8.27, 11.69), (8.5, 11)], ids=["A4", "Letter"])
def test_print_holds_brief_and_documents_on_every_paper(
    browser: Browser, tmp_path: Path, width: float, height: float
) -> None:
    """On paper: all lines, all sentences, the handling line on every sheet, no button."""
    import base64

    browser.open(to_html(made(), handling="INTERNAL"))
    printed = browser.driver.execute_cdp_cmd(
        "Page.printToPDF", {"paperWidth": width, "paperHeight": height, "printBackground": False}
    )
    file = tmp_path / "printed.pdf"
    file.write_bytes(base64.b64decode(printed["data"]))
    text = programs.pdf_text(file)
    for statement in [one.statement for one in made().offers]:
        assert statement[:40] in text
    assert "How either would work, the text leaves open." in text
    assert "Copy" not in text
    assert text.count("INTERNAL") == text.count("\f") + 1 if "\f" in text else "INTERNAL" in text
