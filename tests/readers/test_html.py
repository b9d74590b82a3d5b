"""Web pages: blocks, headline and site, what is put back, what is told."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html  # type: ignore[import-untyped]

from summarizer.errors import EmptyDocument
from summarizer.readers.blocks import paragraphs
from summarizer.readers.html import read
from summarizer.readers.restored import restored
from tests.readers import sites


def blocks(markup: str) -> list[str]:
    """The paragraphs of a piece of markup."""
    return paragraphs(lxml_html.document_fromstring(f"<body>{markup}</body>").find("body"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One\n  two</p>three<p>four</p>", ["One two", "three", "four"]),
        ("<p>a<b>b</b> <i>c</i></p>", ["ab c"]),
        ("<p>One<br>two<br/> three</p>", ["One\ntwo\nthree"]),
        ("<p>10&nbsp;000 men</p>", ["10\u00a0000 men"]),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>", ["- a", "- b", "c"]),
        ("<ol start=3><li>a<li>b<ul><li>c</ul></ol>", ["3. a", "4. b", "- c"]),
        ("<table><tr><th>a<th>b<tr><td>1<td><p>2</p></table>", ["a | b", "1 | 2"]),
        ("<table><tr><td><ul><li>menu</ul><td><p>text</p></table>", ["- menu", "text"]),
        ("<script>x</script><style>y</style><p>z</p><!-- c -->", ["z"]),
        ("<p> </p><div></div>", []),
    ],
)
def test_markup_becomes_paragraphs(markup: str, expected: list[str]) -> None:
    """As a browser breaks it."""
    assert blocks(markup) == expected


def test_headline_and_site_are_told_apart() -> None:
    """A page's title holds both; the part that is a heading of the page is the headline."""
    made = read(sites.ministry().encode())
    assert made.title == "Statement on the third round"
    assert made.publisher == "Ministry of Foreign Affairs of Varda"
    assert read(sites.blog().encode()).title == sites.HEADLINE
    assert made.text.count("Statement on the third round") == 1


def test_headline_starts_the_text() -> None:
    """It is a sentence that may be cited."""
    assert read(sites.agency().encode()).text.startswith(f"{sites.HEADLINE}\n\nEnvoys")


def test_date_is_what_the_page_states() -> None:
    """And none is found in the middle of an article."""
    assert str(read(sites.agency().encode()).date) == "2025-12-16"
    assert read(sites.soup().encode()).date is None


def test_list_in_the_middle_of_an_article_is_kept() -> None:
    """trafilatura drops lists from tables that lay out a page: these are clauses."""
    made = read(sites.ministry().encode())
    before, _, after = made.text.partition("agreed on the following:")
    assert after.strip().split("\n\n")[:2] == [
        "1. to exchange 140 detainees by 4 January;",
        "2. to keep the road to Kessen open.",
    ]
    assert "140" not in before


@pytest.mark.parametrize(
    ("after", "count"),
    [
        ("<ul><li>to withdraw the heavy guns</li></ul>", 1),
        ("<ul><li><a href=x>More on the heavy guns</a></li></ul>", 0),
        ("<ul class=share><li>Share this page with friends</li></ul>", 0),
        ("<ul><li>short</li></ul>", 0),
        ("<p>Both sides agreed on the following clauses:</p>", 0),
    ],
)
def test_only_content_is_put_back(after: str, count: int) -> None:
    """No links, no buttons, nothing twice."""
    kept = ["Both sides agreed on the following clauses:"]
    tree = lxml_html.document_fromstring(f"<body><div><p>{kept[0]}</p>{after}</div></body>")
    assert restored(tree, kept)[1] == count


def test_what_was_left_out_is_told_in_words() -> None:
    """A reader of the brief can judge whether the page was cut rightly."""
    [note] = read(sites.blog().encode()).notes
    assert note.startswith("words left out as furniture of the site: ")
    assert note.endswith(" on the page")


@pytest.mark.parametrize("data", [b"<html></html>", b"<!-- x -->", b"<p></p>", b"\0" * 10])
def test_page_without_text_is_refused(data: bytes) -> None:
    """With what to do."""
    with pytest.raises(EmptyDocument, match="open it in a browser"):
        read(data)
