"""Numbers of list items as Word writes them."""

from __future__ import annotations

import pytest
from lxml import etree  # type: ignore[import-untyped]

from summarizer.readers.numbering import Level, Numbering, numbering_of, written

XML = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/>
 </w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/>
 </w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/>
 </w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_levels_count_under_one_another() -> None:
    """A new article starts its letters again; lists of one kind go on counting together."""
    lists = numbering_of(etree.fromstring(XML))
    items = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("2", 0), ("2", 1), ("3", 0), ("3", 1)]
    assert [lists.next(*item) for item in items] == [
        "Article I", "(a)", "(b)", "I.b.1", "Article II", "(a)", "Article IV", "(a)",
    ]  # fmt: skip


def test_list_that_the_file_does_not_describe_has_no_number() -> None:
    """No number is made up."""
    assert Numbering().next("9", 0) == ""
    assert numbering_of(None).next("1", 2) == ""


def test_bullet_is_a_bullet() -> None:
    """Whatever sign its font shows."""
    assert Numbering({("1", 0): Level(form="bullet", text="")}).next("1", 0) == "•"


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (3, "decimal", "3"), (3, "decimalZero", "03"), (3, "none", ""), (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"), (14, "lowerRoman", "xiv"), (1999, "upperRoman", "MCMXCIX"),
        (0, "lowerRoman", "0"), (0, "lowerLetter", "?"), (5, "russianLower", "5"),
    ],
)  # fmt: skip
def test_count_is_written_as_word_writes_it(count: int, form: str, expected: str) -> None:
    """Letters double after z; forms of other scripts are plain numbers."""
    assert written(count, form) == expected
