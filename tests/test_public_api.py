"""The public names of the package, and what importing it costs."""

from __future__ import annotations

import inspect
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import summarizer

HEAVY = ("openai", "instructor", "httpx2", "sentencex", "dateparser", "xllamacpp", "scipy")


def loaded_after(code: str) -> set[str]:
    """The modules that a new interpreter has loaded after running ``code``."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_all_is_sorted_and_true() -> None:
    """Every name that is promised can be had, and is listed where a prompt completes it."""
    assert sorted(summarizer.__all__, key=str.casefold) == sorted(
        set(summarizer.__all__), key=str.casefold
    )
    assert summarizer.__all__ == sorted(summarizer.__all__)
    for name in summarizer.__all__:
        assert getattr(summarizer, name) is not None
    assert set(summarizer.__all__) <= set(dir(summarizer))


def test_what_the_readme_promises_can_be_imported() -> None:
    """The names of the first example."""
    from summarizer import PeaceTalksBrief, asummarize, summarize

    assert inspect.isclass(PeaceTalksBrief)
    assert inspect.iscoroutinefunction(asummarize)
    assert callable(summarize)


@pytest.mark.parametrize("name", summarizer.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """``help`` has an answer for each."""
    assert name == "__version__" or inspect.getdoc(getattr(summarizer, name))


def test_unknown_name_is_an_attribute_error() -> None:
    """As for any module."""
    with pytest.raises(AttributeError, match="no attribute 'sumarize'"):
        _ = summarizer.sumarize


def test_package_is_typed() -> None:
    """Type checkers use the annotations."""
    assert Path(summarizer.__file__).with_name("py.typed").exists()


@pytest.mark.parametrize(
    "code",
    [
        "import summarizer",
        "from summarizer.cli import app",
        "import sys\nsys.argv = ['summarizer', '--help']\n"
        "from summarizer.cli import main\ntry: main()\nexcept SystemExit: pass",
        "import sys\nsys.argv = ['summarizer', 'brief', '--help']\n"
        "from summarizer.cli import main\ntry: main()\nexcept SystemExit: pass",
    ],
    ids=["import", "command line", "--help", "brief --help"],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    """openai alone takes most of a second."""
    loaded = loaded_after(code)
    assert "summarizer" in loaded
    assert not loaded & set(HEAVY)


def test_importing_the_package_loads_no_pydantic() -> None:
    """``import summarizer`` is a matter of milliseconds."""
    assert "pydantic" not in loaded_after("import summarizer")


def test_guard_keeps_tests_on_this_machine() -> None:
    """The fixture that every test runs under refuses names and addresses elsewhere."""
    refused = pytest.raises(pytest.fail.Exception, match="may not connect")
    with refused:
        socket.getaddrinfo("example.org", 443)
    with socket.socket() as tcp, refused:
        tcp.connect(("192.0.2.1", 80))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, refused:
        udp.sendto(b"x", ("192.0.2.1", 9))
