"""Documents of every kind on the command line, and where they come from."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summarizer.testing import ModelServer, answer
from tests.batches import index
from tests.cli.terminal import Terminal, at, command
from tests.cli.test_bad_input import check_refusal
from tests.readers import letters, network, papers, sites, words
from tests.runs import GOOD, KEY, TEXT


def paper() -> bytes:
    """The document of the good answer as a PDF."""
    return papers.plain(TEXT.splitlines()).done()


@contextmanager
def site(pages: dict[str, bytes]) -> Iterator[str]:
    """A site on loopback; the address of its front page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            network.reply(self, body or b"", status=200 if body is not None else 404)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def page(text: str = TEXT) -> bytes:
    """An article that holds the document of the good answer."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<html><body><article>{paragraphs}</article></body></html>".encode()


def test_brief_of_a_pdf_has_its_pages(summarizer: Terminal, tmp_path: Path) -> None:
    """The extracted text and the pages are in the brief; quotes are exact in that text."""
    (tmp_path / "talks.pdf").write_bytes(paper())
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", "talks.pdf", *at(server.base_url), "--format", "json")
    assert (run.status, run.err) == (0, "")
    source = json.loads(run.out)["sources"][0]
    assert source["origin"] == "talks.pdf"
    assert source["pages"] == [[0, len(source["text"])]]
    cited = json.loads(run.out)["offers"][0]["citations"][0]
    assert source["text"][cited["start"] : cited["end"]] == cited["quote"]


def test_brief_of_an_address_says_where_and_when(summarizer: Terminal) -> None:
    """The address and the time of retrieval are recorded."""
    with site({"/talks": page()}) as home, ModelServer(answer(GOOD)) as server:
        run = summarizer(
            "brief", f"{home}/talks", "--allow-private", *at(server.base_url), "--format", "json"
        )
    assert run.status == 0, run.err
    source = json.loads(run.out)["sources"][0]
    assert source["origin"] == f"{home}/talks"
    assert source["retrieved"] is not None


def test_private_address_is_refused_before_anything_is_sent(summarizer: Terminal) -> None:
    """One line that names the option; the site hears nothing."""
    with site({"/talks": page()}) as home:
        check_refusal(summarizer("brief", f"{home}/talks"), 2, "127.0.0.1", "--allow-private")


def test_folder_with_one_document_is_that_document(summarizer: Terminal, tmp_path: Path) -> None:
    """A folder or pattern works wherever a document does; several are named."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "talks.eml").write_bytes(letters.flowed())
    run = summarizer("prompt", "in")
    assert "No foreign troops on the islands." in run.out
    (tmp_path / "in" / "draft.docx").write_bytes(words.agreement())
    assert "withdraws its heavy guns" in summarizer("prompt", "in/*.docx").out


def test_pdf_comes_from_standard_input(tmp_path: Path) -> None:
    """``curl … | summarizer prompt -`` reads what it is, not what it is called."""
    run = subprocess.run(
        command("prompt", "-"), input=paper(), capture_output=True, check=True, timeout=60
    )
    assert TEXT.splitlines()[0].encode() in run.stdout


def test_notes_of_the_reading_are_in_the_brief(summarizer: Terminal, tmp_path: Path) -> None:
    """What was left out of a page is told to the reader of the brief."""
    (tmp_path / "a.html").write_text(sites.agency(), encoding="utf-8")
    empty = json.dumps({**json.loads(GOOD), **{section: [] for section in SECTIONS}})
    with ModelServer(answer(empty)) as server:
        run = summarizer("brief", "a.html", *at(server.base_url), "--format", "json")
    warnings = json.loads(run.out)["provenance"]["warnings"]
    assert any("furniture of the site" in warning["message"] for warning in warnings)


def test_files_of_a_folder_that_are_no_documents_are_told(
    summarizer: Terminal, tmp_path: Path
) -> None:
    """Nothing is passed over in silence."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "photo.png").write_bytes(b"x")
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", "in", *at(server.base_url), "--format", "json")
    warnings = json.loads(run.out)["provenance"]["warnings"]
    assert any("of no kind that can be read: 1 (photo.png)" in each["message"] for each in warnings)


SECTIONS = (
    "bottom_line", "offers", "red_lines", "open_questions", "next_steps", "outside_voices",
    "parties",
)  # fmt: skip


def test_batch_reads_what_a_feed_links_to(summarizer: Terminal, tmp_path: Path) -> None:
    """A brief of every page; an entry without an address is told; a page that fails is named."""
    pages = {"/a": page(), "/b": page(f"{TEXT}\nTalks go on.")}
    with site(pages) as home, ModelServer(answer(GOOD)) as server:
        pages["/feed"] = sites.feed(home).encode()
        run = summarizer(
            "batch", "--feed", f"{home}/feed", "--out", "out", "--allow-private",
            *at(server.base_url),
        )  # fmt: skip
    assert run.status == 0, run.err
    assert index(tmp_path) == ["a", "b"]
    assert "entries that link to no page: 1" in run.err


def test_batch_refuses_a_feed_that_is_none(summarizer: Terminal, tmp_path: Path) -> None:
    """One line, before anything is written."""
    (tmp_path / "a.xml").write_text("<html><body>No feed</body></html>")
    run = summarizer("batch", "--feed", "a.xml", "--out", "out", "--model", "openai/x")
    check_refusal(run, 2, "a.xml", "no RSS or Atom feed")


@pytest.mark.parametrize(
    ("name", "what"),
    [("a.pdf", "a PDF file"), ("a.html", "a web page"), ("a.docx", "a Word file")],
)
def test_kind_whose_reader_is_missing_says_what_to_install(
    name: str, what: str, summarizer: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line with the command, status 2."""
    for module in ("pypdfium2", "trafilatura", "docx"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(paper() if name == "a.pdf" else b"x")
    run = summarizer("prompt", name)
    check_refusal(run, 2, f"reading {what}", "pip install 'summarizer[documents]'")


def test_reader_gets_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that parses a hostile file has no secret in its environment."""
    from summarizer.readers import confined

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert KEY not in "".join(confined.environment().values())
