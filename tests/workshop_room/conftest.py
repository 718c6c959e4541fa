"""Halls in Toytown: the real application in a process of its own, with sessions made before it started."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from data.store import Store
from data.workshop.live import Session, Settings
from data.workshop.rooms import Rooms
from data.workshop.scenes import Scene, Story
from tests.bench.workshop_server import Server
from tests.workshop import PLACE, RANK, VOTE, WORDS, a_session, a_story, whereabouts
from tests.workshop_room.people import Laptop, Phone

SPARE = 8
ASKED = (PLACE, VOTE, RANK, WORDS)
WATCHED = "aardvark"
NASTY = '</script><script>alert(1)</script><b x="\'">{{7*7}} ${7*7} & **b**'


@dataclass
class Hall:
    """A server and its sessions, in which all questions may be answered.

    `spare` are like `plain`. In `held` what is written waits. In `nasty` whatever an editor wrote tries to be more
    than text.
    """

    server: Server
    plain: Session
    held: Session
    nasty: Session
    spare: tuple[Session, ...]

    @property
    def plain_path(self) -> str:
        return f"/j/{self.plain.code}"

    def own(self) -> Session:
        """A session that no other test has or will have."""
        first, *rest = self.spare
        self.spare = tuple(rest)
        return first

    def phone(self, session: Session | None = None, **head: str) -> Phone:
        return Phone(self.server.port, (session or self.plain).code, **head)

    def laptop(self, session: Session | None = None) -> Laptop:
        session = session or self.plain
        return Laptop(self.server.port, session.id, session.key)


def nasty_story() -> Story:
    """The story of the tests, in which every text tries to be more than text."""
    story = a_story()
    return replace(story, name=NASTY, about=NASTY, scenes=tuple(_nasty(scene) for scene in story.scenes))


def _nasty(scene: Scene) -> Scene:
    asked = scene.question
    if asked:
        options = tuple(f"{NASTY[:60]} {i}" for i, _ in enumerate(asked.options))
        asked = replace(asked, text=NASTY, options=options)
    return replace(scene, title=NASTY, words=NASTY, notes=NASTY, question=asked)


def prepared(rooms: Rooms, story: Story | None = None, settings: Settings | None = None, **told: str) -> Session:
    """A session that is open, with every question asked."""
    made = a_session(rooms, story, settings=settings or Settings(), **told)
    helm = rooms.helm(made.id, made.key)
    helm.open()
    for scene in ASKED:
        helm.ask(scene, on=True)
    return made


@contextmanager
def a_hall(folder: Path, pack: Path) -> Iterator[Hall]:
    """A hall on files in `folder`."""
    server = Server(folder, {"FOOTHOLD_PACK": str(pack)})
    rooms = Rooms(server.workshops, whereabouts=whereabouts(Store(pack)))
    sessions: dict[str, Any] = {
        "plain": prepared(rooms, settings=Settings(watched=(WATCHED,))),
        "held": prepared(rooms, settings=Settings(hold_words=True)),
        "nasty": prepared(rooms, nasty_story(), title=NASTY, place=NASTY),
        "spare": tuple(prepared(rooms) for _ in range(SPARE)),
    }
    rooms.close()
    with server:
        yield Hall(server, **sessions)


@pytest.fixture(scope="session")
def hall(tmp_path_factory, toytown_folder) -> Iterator[Hall]:
    """A hall that tests share. Whatever they send, nothing may break."""
    with a_hall(tmp_path_factory.mktemp("hall"), toytown_folder) as made:
        yield made
        assert "Traceback" not in made.server.log, made.server.log
