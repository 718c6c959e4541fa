"""Sessions in Toytown as the pages have them: a story that asks one question of each kind, and a room that answers."""

import secrets

import pytest

from data.workshop.live import By, Session, Settings
from data.workshop.scenes import Question, Scene, Story
from pages import _edge, _prepare, _shortlist
from tests.pages.desk import EDITOR

PLACE, VOTE, RANK, WORDS = (f"s0000000{i}" for i in range(2, 6))
TITLE, DAY = "Help in Toytown", "2026-11-26"
IN_A1, IN_A3, IN_B1 = (53.7932, -1.5370), (53.8022, -1.5370), (53.7932, -1.5067)
"""Latitude and longitude in three neighbourhoods of Toytown."""


@pytest.fixture
def own_rooms():
    """Sessions that the test may make: there are none before, and none after."""
    _edge.rooms.clear()
    yield
    _edge.rooms.clear()


def a_story(**changed: str) -> Story:
    """Five scenes: the first asks nothing, the others one kind of question each."""
    asked = {
        PLACE: Question(kind="place", text="Where is help missing?", most=3),
        VOTE: Question(kind="vote", text="When could you come?", options=("Mornings", "Evenings"), most=2),
        RANK: Question(kind="rank", text="What matters most?", options=("Cost", "Distance", "Language")),
        WORDS: Question(kind="words", text="What would help you to start?", most=2),
    }
    scenes = [Scene(id="s00000001", title="Where people live", link="layer=imd")]
    scenes += [Scene(id=id_, title=question.text, question=question) for id_, question in asked.items()]
    return Story(name=TITLE, scenes=tuple(scenes), **changed)


def a_session(*, story: Story | None = None, settings: Settings | None = None, **changed: str) -> Session:
    """A session prepared from a story, and open."""
    prepared, places = _prepare.prepared(story or a_story(), heard=lambda _: None)
    said = {"title": TITLE, "place": "Ayton Hall", "day": DAY, "pack": _shortlist.pack()} | changed
    settings = settings or Settings(hide_small=False)
    made = _edge.rooms().begin(by=EDITOR, prepared=prepared, places=places, settings=settings, **said)
    helm_of(made).open()
    for scene in made.scenes:
        if scene.question:
            helm_of(made).ask(scene.id, on=True)
    return made


def helm_of(session: Session):
    """What the presenter may do."""
    return _edge.rooms().helm(session.id, session.key)


def room_of(session: Session):
    """The room as it is."""
    return _edge.rooms().room(session.id)


def says(session: Session, scene: str, value: dict, *, by: By = By.PHONE) -> str:
    """One more person answers; gives the answer's id."""
    room, id_ = room_of(session), f"a{secrets.token_hex(8)}"
    _, person = room.join(None, by=by).result()
    room.answer(person, {"id": id_, "scene": scene, "turn": 1, "value": value}, by=by).result()
    return id_


def points(session: Session, at: tuple[float, float] = IN_A1, note: str = "") -> str:
    """One more person points to a place."""
    return says(session, PLACE, {"at": list(at), "note": note})


def writes(session: Session, text: str) -> str:
    """One more person writes something."""
    return says(session, WORDS, {"text": text})
