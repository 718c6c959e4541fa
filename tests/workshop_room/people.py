"""Phones and laptops without a browser: each keeps its cookie and says what it is told to, kind or not."""

import http.client
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from tests.ports import HOST

PATIENCE = 20


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    head: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def told(self) -> Any:
        return json.loads(self.body)


class Someone:
    """Somebody with one browser, so to speak: one jar of one cookie, and an address of their own."""

    def __init__(self, port: int, *, at: str = HOST) -> None:
        self.port, self.cookie, self._at = port, "", at

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **head: str) -> Reply:
        """Send a request as it is, and follow no redirection. Head names have underscores for hyphens."""
        said = {name.replace("_", "-"): value for name, value in head.items()}
        if self.cookie:
            said.setdefault("Cookie", self.cookie)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE, source_address=(self._at, 0))
        try:
            connection.request(method, path, body=body, headers=said)
            came = connection.getresponse()
            return Reply(came.status, {name.lower(): value for name, value in came.getheaders()}, came.read())
        finally:
            connection.close()

    def post(self, path: str, told: Any, **head: str) -> Reply:
        """Post JSON as our own page does."""
        own = {"Origin": f"http://{HOST}:{self.port}", "Content_Type": "application/json"}
        return self.ask(path, method="POST", body=json.dumps(told).encode(), **(own | head))

    def keep_cookie(self, reply: Reply) -> None:
        """Keep the cookie that a reply sets."""
        self.cookie = reply.head["set-cookie"].partition(";")[0]


class Phone(Someone):
    """A phone that has joined a session."""

    def __init__(self, port: int, code: str, **head: str) -> None:
        super().__init__(port)
        self.path = f"/j/{code}"
        self.page = self.ask(self.path, **head)
        assert self.page.status == 200, self.page.text
        self.keep_cookie(self.page)

    def now(self, after: int = 0) -> Any:
        """The news."""
        reply = self.ask(f"{self.path}/now?after={after}")
        assert reply.status == 200, reply.text
        return reply.told

    def answer(self, scene: str, value: Any, *, id: str = "", turn: int = 1) -> Reply:
        """Send one answer; where that is too fast, again after the time that is told, as the page does."""
        told = raw(scene, value, id=id, turn=turn)
        while (reply := self.post(f"{self.path}/answer", told)).status == 429:
            time.sleep(int(reply.head["retry-after"]))
        return reply


class Laptop(Someone):
    """A presenter's laptop."""

    def __init__(self, port: int, session: str, key: str) -> None:
        super().__init__(port)
        self.path = f"/present/{session}"
        came = self.ask(f"{self.path}/enter?key={key}")
        assert came.status == 303, came.text
        self.keep_cookie(came)

    def do(self, **what: Any) -> Any:
        """Do something; gives the state after it."""
        reply = self.post(f"{self.path}/do", what)
        assert reply.status == 200, reply.text
        return reply.told["state"]

    def live(self, *, screen: bool = False) -> Any:
        """How the room stands, as the laptop is told or, for the `screen`, the projector."""
        reply = self.ask(f"{self.path}/live?after=0{'&screen=yes' if screen else ''}")
        assert reply.status == 200, reply.text
        return reply.told


def raw(scene: str, value: Any, *, id: str = "", turn: int = 1) -> dict[str, Any]:
    """An answer as a phone posts it."""
    return {"id": id or new_id(), "scene": scene, "turn": turn, "value": value}


def new_id() -> str:
    """An id as a phone makes it."""
    return f"a{secrets.token_hex(8)}"
