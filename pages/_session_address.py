"""An address by which phones reach this machine, as someone typed it or as a visit came by it."""

import ipaddress
from contextlib import suppress
from urllib.parse import urlsplit

_USUAL = {"http": 80, "https": 443}


def origin_of(typed: str) -> str:
    """Scheme, host and port of an address that phones can open; the usual port is left out.

    Raises
    ------
    ValueError
        If it is none; the message says what one looks like.
    """
    text = typed.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.scheme not in _USUAL or parts.username is not None or not _is_host(host):
        raise ValueError(f"“{text[:60]}” is no address. One looks like http://192.168.1.7:8501 or https://example.org.")
    if only_here(host):
        raise ValueError(f"“{host}” means each phone itself. Take this machine’s address on the network.")
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}" + ("" if port in (None, _USUAL[parts.scheme]) else f":{port}")


def only_here(host: str | None) -> bool:
    """Whether a host is a machine's name for itself, by which no other reaches it."""
    name = host or ""
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name == "localhost" or name.endswith(".localhost")


def _is_host(host: str) -> bool:
    with suppress(ValueError):
        return not ipaddress.ip_address(host).is_unspecified
    parts = host.split(".")
    return host.isascii() and all(part and part.replace("-", "").replace("_", "").isalnum() for part in parts)
