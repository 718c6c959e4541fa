"""Rooms full of invented answers, short to write in a test; and scenes of Toytown made ready."""

import hashlib
import json

import numpy as np

from data.workshop.live import Answer, By, Place, Prepared, Ranking, Seen, Session, Settings, Vote, Words
from data.workshop.scenes import Question, Scene
from geo.areas import Geography
from layers import get, render
from layers.base import Period
from layers.classes import classify
from layers.outlines import Asset, places_list
from layers.places import PLACE_GROUPS
from layers.readings import read
from layers.workshop.minutes import Region
from layers.workshop.picture import outlines_of
from tests.toytown import NASTY

NAMES = {"E02000001": "Mill Lane", "E02000002": "High Moor"}
INSIDE = (53.79287, -1.53773)
"""Latitude and longitude of the middle of a square of a hundred metres in Toytown's A1."""

EVERYWHERE = [[53.78872, -1.54501], [53.80693, -1.48360]]
"""South-west and north-east of Toytown."""


def scene(kind="vote", options=(), most=1, id_="s00000001", title="What is missing", **more):
    """A scene that asks something."""
    return Scene(id=id_, title=title, question=Question(kind=kind, text="Which?", options=options, most=most), **more)


def answer(value, *, person=1, scene="s00000001", id_=None, seen=Seen.SHOWN, by=By.PHONE, minute="2026-11-22T19:05"):
    made = f"a{hashlib.sha256(repr((value, person, scene)).encode()).hexdigest()[:16]}"
    given = {"scene": scene, "person": person, "value": value, "by": by, "minute": minute, "seen": seen}
    return Answer(id=id_ or made, turn=1, **given)


def votes(*chosen, **more):
    """A person for each entry, with the options that they chose."""
    return [answer(Vote(chosen=tuple(each)), person=i, **more) for i, each in enumerate(chosen, start=1)]


def rankings(*orders, **more):
    return [answer(Ranking(order=tuple(each)), person=i, **more) for i, each in enumerate(orders, start=1)]


def areas(*codes, **more):
    """A person for each code, who chose it from the list."""
    return [answer(Place(area=code), person=i, **more) for i, code in enumerate(codes, start=1)]


def pin(at, *, person=1, note="", area="E02000001", lsoa="E01000001", **more):
    return answer(Place(area=area, lsoa21cd=lsoa, at=at, note=note), person=person, **more)


def texts(*written, **more):
    return [answer(Words(text=text), person=i, id_=f"a{i:016}", **more) for i, text in enumerate(written, start=1)]


def step(store, of="income-share", **changes):
    """A step of Toytown's map as its page would make it."""
    layer, level = get(of), get(of).geographies[0]
    year = {Period.COHORT: 2021, Period.YEAR: 2024}.get(layer.period)
    reading = read(layer, store, level, year=year)
    seen = np.ones(len(reading), dtype=bool)
    classes = classify(layer, reading, geography=level, colouring=layer.colourings[0], in_view=seen)
    told = {
        "level": level.key,
        "key": layer.key,
        "title": layer.title,
        "number": layer.number,
        "values": reading["value"].tolist(),
        "classes": classes,
        "unit": layer.unit,
        "note": "Invented.",
        "aria": "",
        "look": render.Look(key="all", bounds=EVERYWHERE),
        "pins": render.Pins(groups=tuple((g, frozenset(g.types), 1) for g in PLACE_GROUPS), unconfirmed=True),
    }
    return render.Step(**(told | changes))


def prepared(store, of=None, **changes):
    """A scene of Toytown made ready."""
    told = render.told(step(store, **changes), {"places": Asset("places", b"", "application/json")})
    return Prepared(
        scene=of or Scene(id="s00000009", title="Who is where"),
        step=told,
        summary="Half are here.",
        sources=("Toytown.",),
    )


def placed(places):
    """Places as a session keeps them."""
    return json.loads(places_list(places))


def region(store):
    msoas = store.shapes(Geography.MSOA21)
    return Region(outlines=outlines_of(store), names=dict(zip(msoas["code"], msoas["local_name"], strict=True)))


def session(scenes, *, title="Help in Toytown", **settings):
    told = {
        "id": "x1",
        "code": "ABC234",
        "key": "secret-key",
        "place": "Ayton Hall",
        "day": "2026-11-26",
        "pack": "toytown 1",
    }
    return Session(title=title, scenes=tuple(scenes), settings=Settings(**settings), **told)


ASKED = (
    Scene(id="s00000001", title="Who is where", words="Darker means more need.", notes="Mention the mill."),
    scene("place", most=3, id_="s00000002", title="Where is it missing"),
    scene("vote", options=("Mornings", "Evenings"), id_="s00000003", title="When"),
    scene("rank", options=("Cost", "Distance", "Language"), id_="s00000004", title="What matters"),
    scene("words", most=2, id_="s00000005", title="In your words"),
    Scene(id="s00000006", title="What happens next"),
)
"""A story of every kind of question."""


def evening(store):
    """That story made ready, and a room's answers to it: one hidden, one held, some that try to be more."""
    answers = [
        pin(INSIDE, person=1, note="By the mill", scene="s00000002"),
        pin(INSIDE, person=2, scene="s00000002", by=By.SHEET),
        *areas("E02000002", "E02000002", scene="s00000002"),
        answer(Place(area="E02000002", note="Up the hill"), person=7, scene="s00000002", by=By.TABLET),
        *votes([0], [0], [1], scene="s00000003"),
        *rankings((0, 1, 2), (1, 0, 2), scene="s00000004"),
        *texts("A kitchen to rent", NASTY, "#panic() *no* $x$", scene="s00000005"),
        answer(Words(text="Rude words"), person=8, scene="s00000005", seen=Seen.HIDDEN),
        answer(Words(text="Not yet read"), person=9, scene="s00000005", seen=Seen.HELD),
    ]
    return [prepared(store, each) for each in ASKED], answers
