"""The page: self-contained, escaped, and with every mark in words. Chromium: test_browser."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from summarizer.rendering.html import to_html, to_mail_html
from summarizer.rendering.lines import SIGNS
from summarizer.rendering.words import ENGLISH, words
from tests.factories import make_brief, make_source, offer, red_line, statement
from tests.rendering.arvenia import arvenia
from tests.rendering.hostile import hostile
from tests.rendering.merged import merged
from tests.rendering.test_escaping import HOSTILE

OURS = {
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "p", "h1", "h2", "h3",
    "ul", "li", "span", "cite", "div", "main", "section", "nav", "b", "form", "label", "select",
    "option", "button", "output", "bdi", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt",
    "dd", "aside", "small", "sup", "script", "br",
}  # fmt: skip


class Page(HTMLParser):
    """Tags, attributes and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        """The values of an attribute, on whatever tag."""
        return [value for _, given, value in self.attributes if given == name]


@pytest.mark.parametrize("made", [to_html, to_mail_html])
def test_page_has_only_our_tags_when_hostile(made: object) -> None:
    """No tag, handler or address of a document's or a model's making."""
    page = Page(made(hostile()))  # type: ignore[operator]
    assert set(page.tags) <= OURS
    assert page.tags.count("script") <= 1
    assert page.tags.count("style") == 1
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert not page.values("src")
    assert all(value.startswith(("#", "data:,")) for value in page.values("href"))


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_page_shows_hostile_text_as_text_when_anything(text: str) -> None:
    """The same tags whatever the words are."""
    quiet = _page_of("quiet")
    assert Page(_page_of(f"x {text}")).tags == Page(quiet).tags


def _page_of(text: str) -> str:
    source = make_source(["One.", "Two."], title=f"t {text}")
    brief = make_brief(
        sources=[source], title=f"t {text}", bottom_line=[statement(text)],
        offers=[offer(text, conditions=[f"if {text}"])], red_lines=[red_line(text, speaker=text)],
    )  # fmt: skip
    return to_html(brief)


def test_policy_allows_our_style_and_script_by_hash_and_nothing_else() -> None:
    """The hashes are those of what is in the page."""
    page = to_html(arvenia())
    policy = re.search(r'Policy" content="([^"]*)"', page)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert content
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in rules
    assert rules.startswith("default-src 'none'; ")
    assert "unsafe" not in rules
    assert "http" not in rules


def test_anchors_lead_somewhere_and_are_unique() -> None:
    """Every link within the page has its target, which is there once."""
    page = Page(to_html(merged()))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = {value[1:] for value in page.values("href") if value.startswith("#")}
    assert targets <= set(ids)
    assert {name for value in page.values("data-s") for name in value.split()} <= set(ids)


def test_every_tag_is_said_in_words_beside_its_sign() -> None:
    """Second-hand, disputed, hedged and unsupported are not told by colour alone."""
    page = to_html(arvenia())
    for tag, sign in SIGNS.items():
        word = ENGLISH(f"tag {tag}")
        shown = f'<span class="tag {tag}"><span aria-hidden="true">{sign}</span> {word}</span>'
        assert shown in page


def test_matrix_has_every_position_under_its_holder() -> None:
    """Offers and red lines by topic and party."""
    page = to_html(arvenia())
    table = page[page.index("<table>") : page.index("</table>")]
    assert {"O1", "O2", "O3", "O4", "R1", "R2", "R3", "R4"} == set(
        re.findall(r'href="#(\w\d)"', table)
    )


def test_page_reads_from_the_right_when_the_labels_do() -> None:
    """Arabic labels; text of any script finds its own direction."""
    page = to_html(arvenia(), words("ar"))
    assert '<html lang="ar" dir="rtl">' in page
    assert 'class="says" dir="auto"' in page


def test_quote_to_copy_says_whose_words_and_where() -> None:
    """Statement, who says it, the sentence, its source and date."""
    quotes = [one for one in Page(to_html(arvenia())).values("data-quote") if "Sarn" in one]
    assert quotes[0].splitlines() == [
        "Kor Front → Arvenia: The Kor Front would give up the port of Sarn. (concession; ⚠ disputed"
        " in the source; ⚠ second-hand: Lena Marsh (Arvenia); Kor Front: rejects)",
        "“According to Marsh, the Front has agreed to give up the port of Sarn.” (Valley for a"
        " road: Arvenia and the Front inch closer, Doha Wire, 2026-11-21, sentence 9)",
        "“Brandt denied it.” (Valley for a road: Arvenia and the Front inch closer, Doha Wire,"
        " 2026-11-21, sentence 10)",
    ]


def test_page_number_is_said_where_a_source_has_pages() -> None:
    """In the document at the first sentence of a page, and in quotes."""
    page = to_html(merged())
    assert page.count('class="pageno"') == 2
    assert "2026-11-23, p. 1, sentence 1" in page


def test_handling_line_is_at_the_top() -> None:
    """Escaped, and only where there is one."""
    assert '<p class="handling" dir="auto">A &lt;b&gt;</p>' in to_html(arvenia(), handling="A <b>")
    assert 'class="handling"' not in to_html(arvenia())
