"""One kept-alive connection to the server, as lean as can be: client and server share two cores."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

_END_OF_HEAD = b"\r\n\r\n"


class Reply(NamedTuple):
    """One reply as it came: the head's lines by name in lower case, several cookies together, and the body."""

    status: int
    head: Mapping[str, str]
    body: bytes

    def told(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


class Wire:
    """A connection that is opened when it is needed, and again after it was closed. One request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._line: _Line | None = None
        self.cookie = ""

    async def ask(self, path: str, *, told: Any = None, **head: str) -> Reply:
        """Ask for `path`, or post `told` to it as JSON; head names have underscores for hyphens.

        Raises
        ------
        ConnectionError
            If the server cannot be reached or hangs up before it has replied; whether it heard is not known then.
        """
        return await (await self._sent(path, told, head)).reply

    async def drop(self, path: str, *, told: Any) -> None:
        """Post `told`, and hang up without waiting for the reply."""
        await self._sent(path, told, {})
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.transport.close()
            self._line = None

    async def _sent(self, path: str, told: Any, head: Mapping[str, str]) -> "_Line":
        loop = asyncio.get_running_loop()
        if self._line is None or self._line.transport.is_closing():
            _, self._line = await loop.create_connection(_Line, self._host, self._port)
        self._line.heard.clear()
        self._line.reply = loop.create_future()
        self._line.transport.write(self._request(path, told, head))
        return self._line

    def _request(self, path: str, told: Any, head: Mapping[str, str]) -> bytes:
        origin = f"{self._host}:{self._port}"
        lines = [f"{'GET' if told is None else 'POST'} {path} HTTP/1.1", f"Host: {origin}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in head.items()]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        body = b"" if told is None else json.dumps(told).encode()
        if told is not None:
            lines += [f"Origin: http://{origin}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + _END_OF_HEAD + body


class _Line(asyncio.Protocol):
    """One connection while it lasts."""

    transport: asyncio.Transport
    reply: asyncio.Future[Reply]

    def __init__(self) -> None:
        self.heard = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        end = self.heard.find(_END_OF_HEAD)
        if end < 0 or self.reply.done():
            return
        first, *lines = self.heard[:end].decode("latin-1").split("\r\n")
        head: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            name = name.lower()
            head[name] = f"{head[name]}, {value}" if name in head else value
        body = self.heard[end + len(_END_OF_HEAD) :]
        if "content-length" not in head:
            self.reply.set_exception(RuntimeError(f"A reply without its length: {first}"))
        elif len(body) >= int(head["content-length"]):
            self.reply.set_result(Reply(int(first.split()[1]), head, bytes(body)))

    def connection_lost(self, exc: Exception | None) -> None:
        if hasattr(self, "reply") and not self.reply.done():
            self.reply.set_exception(ConnectionResetError(f"The server hung up: {exc}"))
            self.reply.exception()  # whoever hung up first does not ask


def cookie_of(reply: Reply) -> str:
    """The first cookie that a reply sets, as it must be sent back."""
    return reply.head.get("set-cookie", "").partition(";")[0]
