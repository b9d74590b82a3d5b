"""Which machines may be asked for a page: those of the public internet.

A name is looked up here, every address it has is checked, and the connection goes to the
address that was checked: a second look-up cannot answer differently (DNS rebinding). It holds
for every redirect, since each is a request of its own.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from summarizer.errors import UnreadableDocument

if TYPE_CHECKING:
    import httpx2

Resolve = Callable[[str], list[str]]
"""The addresses of a host; raises OSError if it has none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str) -> list[str]:
    """What the system's resolver says."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Private, loopback, link-local, shared, reserved and multicast ones are not, nor are IPv6
    addresses that lead to such an IPv4 address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if not ip.is_global or ip.is_multicast:
        return False
    return not isinstance(ip, ipaddress.IPv6Address) or all(
        is_public(str(inner)) for inner in _embedded(ip)
    )


def _embedded(ip: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    teredo = ip.teredo[1] if ip.teredo else None
    nat64 = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
    return [inner for inner in (ip.ipv4_mapped, ip.sixtofour, teredo, nat64) if inner is not None]


async def checked_address(
    host: str, *, allow_private: bool, resolve: Resolve, required: bool = True
) -> str | None:
    """The address to connect to; None for a name that is unknown here and not ``required``.

    Raises UnreadableDocument for a host that may not be asked, or does not exist.
    """
    try:
        found = await asyncio.to_thread(resolve, host.strip("[]"))
    except (OSError, UnicodeError):
        if not required:
            return None
        raise UnreadableDocument(f"cannot be reached: there is no host {host!r}") from None
    inside = [address for address in found if not is_public(address)]
    if inside and not allow_private:
        raise UnreadableDocument(
            f"leads to {inside[0]}, which is no address of the public internet: "
            "if you trust it, --allow-private reads it"
        )
    return found[0]


def pinned(request: httpx2.Request, address: str) -> httpx2.Request:
    """The same request sent to ``address``; Host header and certificate stay the name's."""
    import httpx2

    host = f"[{address}]" if ":" in address else address
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=host),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )
