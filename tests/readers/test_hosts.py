"""Which machines may be asked, and that no name can change its mind."""

from __future__ import annotations

import pytest

from summarizer.documents import load
from summarizer.errors import UnreadableDocument
from summarizer.readers.hosts import is_public, resolve
from summarizer.readers.web import Web
from tests.readers.network import Rerouted, serving


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f::1", True), ("127.0.0.1", False),
        ("127.8.8.8", False), ("0.0.0.0", False), ("10.0.0.1", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("192.0.2.1", False), ("::1", False),
        ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("ff02::1", False), ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("64:ff9b::a00:1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)  # fmt: skip
def test_is_public_knows_the_internet(address: str, public: bool) -> None:
    """Private, loopback, link-local, shared, reserved, multicast, and what leads to such."""
    assert is_public(address) is public


def test_name_is_looked_up_once_and_that_address_is_asked() -> None:
    """A name that answers differently the second time (DNS rebinding) gains nothing."""
    answers = iter([["93.184.215.14"], ["93.184.215.14"], ["127.0.0.1"]])
    with serving() as port:
        transport = Rerouted(port)
        web = Web(resolve=lambda _: next(answers), transport=transport)
        assert "Asked as turncoat.example" in load("http://turncoat.example/named", web=web).text
        assert transport.asked == ["93.184.215.14"] * 2  # robots.txt and the page
        with pytest.raises(UnreadableDocument, match=r"leads to 127\.0\.0\.1"):
            load("http://turncoat.example/named", web=web)
        assert len(transport.asked) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_spellings_of_this_machine_are_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's resolver knows them all, and what it says is what is checked."""
    monkeypatch.undo()  # the guard of the tests knows fewer spellings than the system
    with pytest.raises(UnreadableDocument, match=r"leads to (?:127\.0\.0\.1|::1)"):
        load(f"http://{host}:9/a", web=Web(resolve=resolve))


def test_private_address_is_read_when_it_is_allowed() -> None:
    """``--allow-private`` is for the pages of one's own house."""
    with serving() as port:
        document = load(f"http://127.0.0.1:{port}/named", web=Web(allow_private=True))
    assert f"Asked as 127.0.0.1:{port} by summarizer/" in document.text
    assert document.retrieved is not None
