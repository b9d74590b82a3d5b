"""Feeds: the addresses that they link to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.documents import feed_links
from summarizer.errors import EmptyDocument, UnreadableDocument
from tests.readers import network, sites, words

ENTITIES = f"<?xml version='1.0'?><!DOCTYPE r [{words.ENTITIES}]>"


@pytest.mark.parametrize(
    ("make", "names"), [(sites.feed, ["/a", "/b"]), (sites.atom, ["/x", "/y"])]
)
def test_feed_gives_its_addresses(
    make: Callable[[str], str], names: list[str], tmp_path: Path
) -> None:
    """In the order of the feed; relative ones are made whole."""
    (tmp_path / "a.xml").write_text(make("http://news.example"))
    links = feed_links(tmp_path / "a.xml", web=network.web(0))
    assert links.addresses == [f"http://news.example{name}" for name in names]
    assert links.without == (1 if make is sites.feed else 0)


def test_feed_is_read_from_its_address() -> None:
    """Like any page."""
    with network.serving() as port:
        links = feed_links("http://news.example/feed", web=network.web(port))
    assert links.addresses == ["http://news.example/a", "http://news.example/b"]


def test_entity_bomb_in_a_feed_is_ended(tmp_path: Path) -> None:
    """It is not opened, and the addresses are read all the same."""
    bombed = sites.feed("http://x.example").partition("?>")[2].replace("News", "&a11;")
    (tmp_path / "a.xml").write_text(ENTITIES + bombed)
    links = feed_links(tmp_path / "a.xml", web=network.web(0))
    assert links.addresses == ["http://x.example/a", "http://x.example/b"]


def test_what_is_no_feed_or_links_to_nothing_is_refused(tmp_path: Path) -> None:
    """One line each."""
    (tmp_path / "a.xml").write_text("The envoys met.")
    with pytest.raises(UnreadableDocument, match="no RSS or Atom feed"):
        feed_links(tmp_path / "a.xml", web=network.web(0))
    bare = "<rss version='2.0'><channel><title>x</title></channel></rss>"
    (tmp_path / "a.xml").write_text(bare)
    with pytest.raises(EmptyDocument, match="without an entry"):
        feed_links(tmp_path / "a.xml", web=network.web(0))
