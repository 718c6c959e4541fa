"""Ports of this machine for servers that tests start."""

import random
import socket

HOST = "127.0.0.1"

_BELOW_CALLERS = range(20_000, 32_000)
"""Below those that systems give to whoever calls: a caller that is given the very port that it calls, while its server
is down, would reach itself and keep the server from coming back."""


def free_port(host: str = HOST) -> int:
    """A port that nothing listens on."""
    for port in random.sample(_BELOW_CALLERS, 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")
