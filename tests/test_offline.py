"""--offline: nothing but this machine is reached, whoever tries."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import asummarize, summarize
from summarizer.blocking import run
from summarizer.endpoints import choose_endpoint
from summarizer.errors import SettingsError, UnreadableDocument, WeightsError
from summarizer.offline import _Guard, is_loopback, only_here
from summarizer.settings import Settings
from summarizer.testing import ModelServer, answer
from tests.cli.terminal import spawn
from tests.runs import GOOD, KEY, TEXT

FAR = "192.0.2.7"
"""A machine that is nobody's (RFC 5737)."""

WATCHED = """
import sys
seen = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        target = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        seen.append(str(target[0] if isinstance(target, tuple) else target))
sys.addaudithook(watch)
from summarizer.cli import main
try:
    main()
finally:
    print("SEEN", sorted(set(seen)), file=sys.stderr)
"""
"""The program, and whom it tried to reach: told by Python itself, before any hook of ours."""


def watched(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line and tell at the end of stderr which hosts it named to the socket."""
    return subprocess.run(
        [sys.executable, "-c", WATCHED, *map(str, arguments)],
        capture_output=True, text=True, env={**os.environ, **environment}, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "attempt",
    [
        f"import socket; socket.create_connection(('{FAR}', 80), 1)",
        "import socket; socket.getaddrinfo('attacker.invalid', 80)",
        "import socket; socket.gethostbyname('attacker.invalid')",
        f"import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('{FAR}', 53))",
        "import asyncio; asyncio.run(asyncio.open_connection('attacker.invalid', 80))",
        f"import urllib.request; urllib.request.urlopen('http://{FAR}/')",
        f"import threading as t; import socket\n"
        f"t.excepthook = lambda a: print(a.exc_value, file=sys.stderr)\n"
        f"one = t.Thread(target=socket.create_connection, args=[('{FAR}', 80), 1])\n"
        f"one.start(); one.join(); sys.exit(1)",
    ],
)
def test_socket_is_shut_when_anything_reaches_out(attempt: str) -> None:
    """Addresses, names, datagrams, tasks, threads: refused before a packet or a question."""
    code = f"import sys\nfrom summarizer.offline import forbid_network\nforbid_network()\n{attempt}"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert ran.returncode == 1
    assert "is not this machine" in ran.stderr


def test_program_reaches_only_this_machine_when_offline(document: Path) -> None:
    """A brief by a local server; the socket is asked for nothing else."""
    with ModelServer(answer(GOOD)) as server:
        ran = watched(
            "brief", document, "--offline", "--base-url", server.base_url, "--model", "m",
            SUMMARIZER_API_KEY=KEY, HTTP_PROXY=f"http://{FAR}:3128",
        )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "SEEN ['127.0.0.1']" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--model", "openai/gpt-5.6-terra"), 2, "openai/gpt-5.6-terra is not on this machine"),
        (("--model", "anthropic/claude"), 2, "anthropic/claude is not on this machine"),
        (("--model", "m", "--base-url", f"http://{FAR}/v1"), 2, "m is not on this machine"),
        (("--model", "embedded", "--strategy", "single"), 3, "are not here; once, with a network"),
    ],
)  # fmt: skip
def test_model_elsewhere_is_refused_when_offline(
    document: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    """One clear line, and nothing is looked up or connected to."""
    ran = watched("brief", document, "--offline", *arguments, OPENAI_API_KEY=KEY)
    assert ran.returncode == status
    *lines, seen = ran.stderr.splitlines()
    assert [line for line in lines if told in line and line.startswith("summarizer: --offline")]
    assert seen == "SEEN []"
    assert "Traceback" not in ran.stderr


def test_address_is_refused_when_offline(document: Path) -> None:
    """A page on another machine is not read: exit status 2."""
    ran = watched("brief", "https://attacker.invalid/talks", "--offline", "--strategy", "fast")
    assert ran.returncode == 2
    *lines, seen = ran.stderr.splitlines()
    assert "is on another machine" in lines[-1]
    assert seen == "SEEN []"


def test_sentences_are_selected_when_offline_with_a_key_set(document: Path) -> None:
    """No model named: the key that is set does not lead out of the machine."""
    ran = watched("brief", document, SUMMARIZER_OFFLINE="1", OPENAI_API_KEY=KEY)
    assert ran.returncode == 0, ran.stderr
    assert "SEEN []" in ran.stderr
    assert KEY not in ran.stdout + ran.stderr


def test_other_commands_keep_to_it_when_the_environment_says_offline() -> None:
    """Weights are not pulled."""
    ran = spawn("models", "pull", "qwen2.5-coder-0.5b-instruct", SUMMARIZER_OFFLINE="1")
    assert ran.returncode in {2, 3}
    assert b"Traceback" not in ran.stderr


def test_python_keeps_to_it_when_offline() -> None:
    """Settings and keyword alike; each with its own error."""
    with pytest.raises(SettingsError, match="not on this machine"):
        summarize(text=TEXT, model="openai/x", api_key=KEY, offline=True)
    with pytest.raises(UnreadableDocument, match="on another machine"):
        run(lambda: asummarize("http://attacker.invalid/x", strategy="fast", offline=True))
    with pytest.raises(WeightsError, match="not here"):
        summarize(text=TEXT, model="embedded", strategy="single", offline=True)
    assert choose_endpoint(Settings(offline=True)).kind == "embedded"


def test_others_may_connect_when_the_offline_run_is_over() -> None:
    """The guard of the Python call ends with it; loopback works within."""
    with socket.create_server(("127.0.0.1", 0)) as server, only_here(True):
        socket.create_connection(server.getsockname()).close()
        with pytest.raises(PermissionError, match="not this machine"):
            socket.gethostbyname(FAR)
    assert not _Guard.everywhere
    assert socket.gethostbyname("127.0.0.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
     ("localhost.attacker.invalid", False), ("10.0.0.1", False), ("0.0.0.0", False),
     ("::ffff:8.8.8.8", False), ("127.1.attacker.invalid", False)],
)  # fmt: skip
def test_loopback_is_told_without_asking(host: str, here: bool) -> None:
    """A name is no loopback, whatever it would resolve to."""
    assert is_loopback(host) is here
