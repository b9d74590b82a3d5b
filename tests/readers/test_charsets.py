"""The encoding of markup, whatever is said of it."""

from __future__ import annotations

import pytest

from summarizer.errors import UnreadableDocument
from summarizer.readers.charsets import decoded
from tests.readers import sites

WESTERN = "<p>El señor Vant dijo: «No habrá tropas extranjeras», según el comunicado oficial.</p>"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16"])
def test_page_that_says_what_it_is_is_read_as_that(codec: str) -> None:
    """Meta element, header or mark: no note is needed."""
    page = sites.russian(codec.removesuffix("-sig"))
    text, note = decoded(page.encode(codec))
    assert text.lstrip("\ufeff") == page
    assert note is None


@pytest.mark.parametrize(
    ("stated", "codec"),
    [("utf-8", "cp1251"), ("iso-8859-1", "utf-8"), ("windows-1252", "cp1251"),
     ("nonsense", "cp1251")],
)  # fmt: skip
def test_page_that_is_wrong_about_itself_is_read_all_the_same(stated: str, codec: str) -> None:
    """And the reader is told."""
    page = sites.russian(stated)
    text, note = decoded(page.encode(codec))
    assert text == page
    assert note is not None
    assert stated in note


def test_header_goes_before_the_page() -> None:
    """A server may have changed the encoding on the way."""
    page = sites.russian("koi8-r")
    assert decoded(page.encode("cp1251"), "windows-1251") == (page, None)


def test_latin_1_is_read_as_browsers_read_it() -> None:
    """Its quotes and dashes are those of Windows-1252."""
    page = WESTERN.replace("«", "“").replace("»", "”")
    assert decoded(page.encode("cp1252"), "iso-8859-1") == (page, None)


def test_plain_ascii_needs_no_note() -> None:
    """Any statement is true of it."""
    assert decoded(b"<p>The envoys met.</p>", "iso-8859-1")[1] is None


def test_what_is_in_no_encoding_is_refused() -> None:
    """One line, no name in it: the caller knows the name."""
    with pytest.raises(UnreadableDocument, match=r"^is in an encoding that cannot be told"):
        decoded(bytes(range(128, 256)) * 20)
