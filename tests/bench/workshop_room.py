"""An evening to be measured: a story of six scenes, the session of it, and what its file holds afterwards."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import cos, hypot, radians, sqrt
from pathlib import Path
from typing import Any

from data.register.rights import Actor, Role
from data.workshop.live import GRID, Answer, Prepared, Session, Settings
from data.workshop.rooms import Rooms
from data.workshop.scenes import Question, Scene, Story
from data.workshop.where import Whereabouts
from geo.areas import Geography
from layers.workshop import export, minutes, minutes_pdf, picture
from pages import _edge, _prepare
from tests.bench.stopwatch import timed

BOX = (53.78, -1.60, 53.84, -1.48)
"""South, west, north and east of where pins are put: the middle of Leeds, all of it inside the region."""

_ANSWERS, _A_PERSON, _FEW = 300, 5, 3
_EDITOR = Actor("Bench", Role.EDITOR)
_NAMED = {"title": "An evening in the hall", "place": "The hall", "day": "2026-11-26", "pack": "bench"}
_WHERE = Question(kind="place", text="Where should help be given?", most=5)
_WAYS = ("A visit at home", "A desk in the library", "An evening course", "A call")
_SAY = Question(kind="words", text="What would help you to start?", most=3)

STORY = Story(
    name="An evening in the hall",
    scenes=(
        Scene(title="Who is where", link="layer=imd&places=support,anchors", question=_WHERE),
        Scene(title="Crime", link="layer=crime", question=Question(kind="vote", text="Which first?", options=_WAYS)),
        Scene(title="What is missing", page="gaps", question=_WHERE),
        Scene(title="Which first", page="targets", question=Question(kind="rank", text="In order?", options=_WAYS)),
        Scene(title="Incomes", link="layer=income-share&focus=Leeds", at=(53.8, -1.55), zoom=12.0, question=_SAY),
        Scene(title="What next", link="layer=population", question=_SAY),
    ),
)


@lru_cache
def prepared() -> tuple[list[Prepared], str]:
    """The story on the built-in pack, and the places."""
    return _prepare.prepared(STORY, heard=lambda _share: None)


def rooms(path: Path | None) -> Rooms:
    """What a file holds, while no application has it open; None for sessions in memory."""
    return Rooms(path, whereabouts=Whereabouts(_edge.store(), _edge.gazetteer()), now=_edge.now)


def session(path: Path, settings: Settings | None = None) -> Session:
    """A session of the story in a file, open to the room."""
    scenes, places = prepared()
    kept = rooms(path)
    try:
        made = kept.begin(by=_EDITOR, prepared=scenes, places=places, settings=settings or Settings(), **_NAMED)
        kept.helm(made.id, made.key).open()
    finally:
        kept.close()
    return made


def plan(made: Session, host: str, port: int, **more: Any) -> dict[str, Any]:
    """What the crowd is told of a session (see `workshop_crowd.Plan`)."""
    scenes = []
    for scene in made.scenes:
        asked = scene.question
        assert asked is not None
        times = asked.most if asked.kind in ("place", "words") else 1
        scenes.append(
            {"id": scene.id, "kind": asked.kind, "most": asked.most, "options": len(asked.options), "times": times}
        )
    areas = _edge.areas(Geography.MSOA21.key)["code"].tolist()[:50]
    told = {"host": host, "port": port, "code": made.code, "session": made.id, "key": made.key}
    return told | {"scenes": scenes, "areas": areas, "box": BOX} | more


def kept(path: Path, id_: str) -> tuple[Answer, ...]:
    """The answers that a session's file holds."""
    opened = rooms(path)
    try:
        room = opened.room(id_)
        assert room is not None
        return room.answers()
    finally:
        opened.close()


def on_paper() -> dict[str, float]:
    """Milliseconds that the minutes of the story take as PDF, with as many answers as a hall of sixty gives."""
    scenes, places = prepared()
    kept = rooms(None)
    made = kept.begin(by=_EDITOR, prepared=scenes, places=places, **_NAMED)
    kept.helm(made.id, made.key).open()
    room, dice = kept.room(made.id), random.Random(1)
    assert room is not None
    for position in range(len(scenes)):
        kept.helm(made.id, made.key).show(position)
    for _ in range(_ANSWERS // _A_PERSON):
        _, person = room.join(None).result()
        for told in _five(made, dice):
            room.answer(person, told).result()
    region = minutes.Region(outlines=picture.outlines_of(_edge.store()), names=_edge.msoa_names())
    answers, listed, now = room.answers(), json.loads(places), _edge.now()

    def paper() -> bytes:
        return minutes_pdf.as_pdf(minutes.compose(made, scenes, answers, places=listed, region=region, made=now))

    sent, took = timed(paper, times=_FEW)
    kept.close()
    if not sent.startswith(b"%PDF") or len(answers) != _ANSWERS:
        raise RuntimeError(f"The minutes of {len(answers)} answers are no PDF.")
    return {"workshop.pdf_ms": took, "workshop.pdf_bytes": float(len(sent))}


def _five(made: Session, dice: random.Random) -> list[dict[str, Any]]:
    """What one person answers: two pins, a vote, an order and some words."""
    south, west, north, east = BOX
    pins = [{"at": [dice.uniform(south, north), dice.uniform(west, east)], "note": f"Pin {i}"} for i in range(2)]
    values = [pins[0], {"chosen": [dice.randrange(4)]}, pins[1], {"order": dice.sample(range(4), 4)}]
    values.append({"text": "A place that is open on Saturdays, and somebody who knows about tax"})
    ids = [f"a{dice.getrandbits(64):016x}" for _ in values]
    return [
        {"id": id_, "scene": scene.id, "turn": 1, "value": value}
        for id_, scene, value in zip(ids, made.scenes, values, strict=False)
    ]


def exported(made: Session, answers: Sequence[Answer]) -> list[dict[str, str]]:
    """The rows of the answers as they are sent out (CSV)."""
    [form] = [each for each in export.FORMS if each.key == "csv"]
    sent = export.answers_sheet(made, answers, names=_edge.msoa_names()).sent(form)
    rows = csv.DictReader(io.StringIO(sent.decode("utf-8-sig"), newline=""))
    return [row for row in rows if row["Scene"]]  # beneath them stand notes


def lost(given: Sequence[dict[str, Any]], rows: Sequence[dict[str, str]]) -> list[str]:
    """What is not as it should be, a line each: what was not refused is there once, as it was given, and no more."""
    count, by_id = Counter(row["Answer id"] for row in rows), {row["Answer id"]: row for row in rows}
    taken = [each for each in given if not each["refused"]]
    odd = [f"{id_} was never sent, or was refused" for id_ in count.keys() - {each["id"] for each in taken}]
    for each in taken:
        if count[each["id"]] != 1:
            odd.append(f"{each['id']} is there {count[each['id']]} times")
        elif not _same(each["value"], by_id[each["id"]]):
            odd.append(f"{each['id']} was {each['value']} and is {by_id[each['id']]}")
    return odd


def _same(given: dict[str, Any], row: dict[str, str]) -> bool:
    options = given.get("chosen", given.get("order"))
    if options is not None:
        return row["Options by number"] == ", ".join(str(each + 1) for each in options)
    if "text" in given:
        return row["Answer"] == given["text"]
    there = row["MSOA code"] == given["area"] if "area" in given else _near(row, given["at"])
    return there and row["Note"] == given["note"]


def _near(row: dict[str, str], asked: Sequence[float]) -> bool:
    """Whether a pin (degrees) is no further from where it was put than a corner of its square from the middle."""
    lat, lon = float(row["Latitude"]), float(row["Longitude"])
    north, east = (lat - asked[0]) * 111_300, (lon - asked[1]) * 111_300 * cos(radians(lat))
    return hypot(north, east) <= GRID * sqrt(0.5) + 1
