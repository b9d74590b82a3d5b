"""What a file is, by its first bytes before its name."""

from __future__ import annotations

import io

import pytest

from summarizer.errors import UnreadableDocument
from summarizer.readers.kinds import Kind, kind_of
from tests.readers import sites, words


@pytest.mark.parametrize(
    ("data", "name", "content_type", "kind"),
    [
        (b"%PDF-1.7", "a.txt", "", Kind.PDF),
        (b"\n\n%PDF-1.7", "", "text/html", Kind.PDF),
        (words.agreement(), "a", "", Kind.DOCX),
        (b"The envoys met.", "a.txt", "", Kind.TEXT),
        (b"The envoys met.", "a.unknown", "", Kind.TEXT),
        (b"The envoys met.", "", "text/plain; charset=x", Kind.TEXT),
        (b"<html>", "a.txt", "", Kind.TEXT),
        (b"<html>", "a.md", "", Kind.TEXT),
        (b"  <!-- x --><!DOCTYPE HTML><p>", "", "", Kind.HTML),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html>", "page", "", Kind.HTML),
        (b"x", "a.HTM", "", Kind.HTML),
        (b"x", "page.php", "text/html; charset=utf-8", Kind.HTML),
        (b"Subject: x", "a.eml", "", Kind.MAIL),
        (sites.feed("http://x").encode(), "", "", Kind.FEED),
        (sites.atom("http://x").encode(), "a.xml", "text/xml", Kind.FEED),
    ],
)
def test_kind_is_told(data: bytes, name: str, content_type: str, kind: Kind) -> None:
    """Bytes, media type, ending; then text."""
    file = io.BytesIO(data)
    assert kind_of(file, name, content_type) is kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("data", "name", "content_type", "said"),
    [
        (b"PK\x03\x04junk", "a.docx", "", "damaged zip or Word file"),
        (b"7z\xbc\xaf\x27\x1c", "a", "", "archive (7-Zip)"),
        (b"\x28\xb5\x2f\xfd", "a", "", "archive (Zstandard)"),
        (b"x" * 257 + b"ustar", "a.tar", "", "archive (tar)"),
        (b"{\\rtf1", "a", "", "an RTF file"),
        (b"x", "", "video/mp4", "no document (video/mp4)"),
        (b"x", "a.mhtml", "", "a web archive, which cannot be read: save it as .html"),
    ],
)
def test_other_kinds_are_refused(data: bytes, name: str, content_type: str, said: str) -> None:
    """With what to do."""
    with pytest.raises(UnreadableDocument) as caught:
        kind_of(io.BytesIO(data), name, content_type)
    assert said in str(caught.value)
