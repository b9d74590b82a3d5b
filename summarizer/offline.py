"""Offline: nothing leaves this machine, neither a document nor the name of a host.

Python tells its audit hooks of every connection before it is made, whoever makes it: a model's
client, a vendor's package, a reader. Ours refuses all that is not loopback. What a child process
or C code with sockets of its own does is not seen here; the doors that lead to such (pip, in
``weights``) are shut before.
"""

from __future__ import annotations

import errno
import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_EVENTS = frozenset(
    "socket.connect socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname "
    "socket.gethostbyaddr".split()
)
"""Audit events of the socket module that name another machine
(https://docs.python.org/3/library/audit_events.html)."""

_here: ContextVar[bool] = ContextVar("offline", default=False)


class _Guard:
    """One hook per process, since none can be taken away; ``everywhere``: for all threads."""

    installed = False
    everywhere = False


def forbid_network() -> None:
    """From now on this process reaches nothing but this machine, for good."""
    _install()
    _Guard.everywhere = True


@contextmanager
def only_here(offline: bool) -> Iterator[None]:
    """If ``offline``, what happens inside reaches nothing but this machine; other threads may."""
    if offline:
        _install()
    token = _here.set(offline or _here.get())
    try:
        yield
    finally:
        _here.reset(token)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, told without asking anybody.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("intranet")
    (True, True, False)
    """
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0].strip("[]")).is_loopback
    except ValueError:
        return False


def _install() -> None:
    if not _Guard.installed:
        sys.addaudithook(_refuse)
        _Guard.installed = True


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _EVENTS or not (_Guard.everywhere or _here.get()):
        return
    host = _host(event, arguments)
    if not is_loopback(host):
        raise PermissionError(errno.EACCES, f"offline: {host[:100]} is not this machine")


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    """The host that an event is about; empty for a file of this machine, or none."""
    named = event in {"socket.connect", "socket.sendto", "socket.sendmsg"}
    target = arguments[1] if named else arguments[0]
    if isinstance(target, tuple):
        target = target[0]
    elif named:
        return ""  # a Unix socket, or a socket that is connected already
    return target.decode("ascii", "replace") if isinstance(target, bytes) else str(target or "")
