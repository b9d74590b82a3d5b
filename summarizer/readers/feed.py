"""RSS and Atom: the addresses of the entries, newest first as the feed lists them."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urljoin

from summarizer.errors import UnreadableDocument


def read(data: bytes, *, address: str | None = None) -> dict[str, Any]:
    """``{"links": […], "without": n}``: entries with an address, and how many have none."""
    import feedparser  # type: ignore[import-untyped]

    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version:
        raise UnreadableDocument("is no RSS or Atom feed")
    links = [str(entry.get("link") or "") for entry in parsed.entries]
    found = [urljoin(address or "", link) for link in links if link]
    return {"links": list(dict.fromkeys(found)), "without": links.count("")}
