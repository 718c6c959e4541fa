"""By which address people's phones reach this computer: what it is called in the hall's own network."""

import ipaddress
import os
import socket
from urllib.parse import urlsplit

from starlette.requests import Request

from layers.workshop.present import Way

ADDRESS = "FOOTHOLD_ADDRESS"
"""Environment: the address by which everybody reaches the application, such as https://foothold.example.org."""

_NEIGHBOURS = (
    "10.255.255.254",  # any network with a way out
    "192.168.0.2",
    "192.168.1.2",
    "192.168.8.2",  # travel routers
    "192.168.43.2",  # hotspots: Android,
    "192.168.137.2",  # Windows,
    "192.168.2.2",  # macOS,
    "172.20.10.2",  # iPhone,
    "10.42.0.2",  # and Linux
)
"""Addresses in the networks that halls and hotspots have. Nothing is sent to any: the computer is only asked by which
of its own addresses it would."""


def ways(request: Request) -> tuple[Way, ...]:
    """How phones may find this computer, the likeliest first.

    The address that was set for everybody; or the one that the presenter uses, if it is more than this computer's own
    name for itself; or else this computer's addresses in the networks that it is in.
    """
    if named := os.environ.get(ADDRESS, "").strip().rstrip("/"):
        return (Way(origin=named if "://" in named else f"http://{named}"),)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    if not _own_name(request.url.hostname or ""):
        return (Way(origin=origin),)
    port = f":{request.url.port}" if request.url.port else ""
    found = [Way(origin=f"{request.url.scheme}://{address}{port}") for address in addresses()]
    return tuple(found) or (Way(origin=origin, lone=True),)


def addresses() -> tuple[str, ...]:
    """This computer's addresses in the networks around it, the one with a way out first; none without a network."""
    found = dict.fromkeys(filter(None, map(_towards, _NEIGHBOURS)))
    return tuple(address for address in found if not _own_name(address))


def _towards(address: str) -> str:
    """By which of its addresses this computer would send to another; "" if it could not. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((address, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _own_name(host: str) -> bool:
    """Whether a host is this computer's name for itself, by which no other reaches it."""
    try:
        known = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost") or not host
    return known.is_loopback or known.is_unspecified


def secure(request: Request) -> bool:
    """Whether the presenter's browser speaks to us by TLS, so that its cookie need never go without."""
    return request.url.scheme == "https" or urlsplit(os.environ.get(ADDRESS, "")).scheme == "https"
