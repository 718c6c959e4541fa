"""A session for tests: a story of every kind of question, made ready, and the room in which it is presented."""

import json

from data.gazetteer import Gazetteer
from data.register.rights import Actor, Role
from data.store import Store
from data.workshop.helm import Helm
from data.workshop.live import Prepared, Session
from data.workshop.room import Room
from data.workshop.rooms import Rooms
from data.workshop.scenes import Question, Scene, Story
from data.workshop.where import Whereabouts

ADA = Actor("Ada", Role.EDITOR)
DAY = "2026-11-26"
PACK = "toytown 1"
PLACES = "[]"

TIMEOUT = 60
"""Seconds after which something will never come; nothing here takes more than a moment."""

INSIDE = (53.7932, -1.5370)
"""Latitude and longitude of a point in Toytown's A1."""

LOOK, PLACE, VOTE, RANK, WORDS, LAST = (f"s0000000{i}" for i in range(1, 7))
"""Ids of the scenes of `a_story`, in order: to look at, then one of each kind of question, then one to end with."""


def a_story() -> Story:
    """Six scenes in Toytown: the first and the last ask nothing, the others one kind of question each."""
    asked = {
        PLACE: Question(kind="place", text="Where should help be given?", most=3),
        VOTE: Question(kind="vote", text="When could you come?", options=("Mornings", "Evenings", "Weekends"), most=2),
        RANK: Question(kind="rank", text="What matters most?", options=("Cost", "Distance", "Language")),
        WORDS: Question(kind="words", text="What would help you to start?", most=2),
    }
    titles = ("Where people live", "Where it is missing", "When", "What matters", "In your words", "What happens next")
    scenes = tuple(
        Scene(id=id_, title=title, words=f"{title}, in Toytown.", notes=f"Say why: {title}.", question=asked.get(id_))
        for id_, title in zip((LOOK, PLACE, VOTE, RANK, WORDS, LAST), titles, strict=True)
    )
    return Story(name="Help in Toytown", about="For the evening in Ayton.", scenes=scenes)


_VIEW = {"key": "invented", "bounds": [[53.7922, -1.5461], [53.8104, -1.4851]]}
"""Where the maps of invented steps look, unless their scene says: at Toytown."""


def prepared_of(story: Story) -> tuple[Prepared, ...]:
    """The scenes of a story made ready, with small invented steps."""
    return tuple(
        Prepared(
            scene=scene,
            step=json.dumps({"view": _VIEW | {"at": scene.at, "zoom": scene.zoom}, "label": scene.title}),
            summary=f"The map shows: {scene.title}.",
            sources=("Invented figures",),
        )
        for scene in story.scenes
    )


def whereabouts(store: Store) -> Whereabouts:
    """Where people may point in a pack."""
    return Whereabouts(store, Gazetteer(store))


def a_session(rooms: Rooms, story: Story | None = None, **changed: object) -> Session:
    """A new session of a story, as `Rooms.begin` makes it with whatever is given otherwise."""
    given = {"title": "Help in Toytown", "place": "Ayton Hall", "day": DAY, "pack": PACK, "places": PLACES} | changed
    return rooms.begin(by=ADA, prepared=prepared_of(story or a_story()), **given)


def raw(scene: str, value: object, *, n: int = 1, turn: int = 1) -> dict[str, object]:
    """A raw answer, as a phone posts it; `n` makes its id."""
    return {"id": f"a{n:016x}", "scene": scene, "turn": turn, "value": value}


def joined(room: Room) -> int:
    """The number of somebody who has just joined."""
    return room.join(None).result(TIMEOUT)[1]


def in_session(rooms: Rooms, story: Story | None = None, **changed: object) -> tuple[Room, Helm]:
    """A new session that is open, with all its questions open."""
    session = a_session(rooms, story, **changed)
    helm = rooms.helm(session.id, session.key)
    helm.open()
    for scene in session.scenes:
        if scene.question:
            helm.ask(scene.id, on=True)
    return helm.room, helm
