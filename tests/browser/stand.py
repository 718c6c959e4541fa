"""A presenter's stand: the projector's and the desk's pages with their own small server."""

import json
import time
from contextlib import contextmanager
from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from geo.areas import Geography
from layers import render
from layers.look import look_at
from layers.outlines import Asset
from layers.workshop import present
from pages import _edge, _room_present, _shortlist
from pages._room_phone import ROUTES as PHONES
from tests.browser.in_process import InProcess
from tests.browser.visitor import PATIENCE, Visitor, expect
from tests.layers.workshop.room_full import prepared, step
from tests.toytown import served
from tests.workshop import ADA, DAY, PACK, a_story

__all__ = ["Stand", "Window", "expect"]

CLOSE = render.Look(key="close", at=(53.80, -1.52), zoom=13)
LOOKS = (
    {"of_layer": "imd"},
    {"of_layer": "income-share"},
    {"of_layer": "population", "look": CLOSE},
    {"of_layer": "births-per-10k"},
    {"of_layer": "imd", "highlight": (0, 1)},
    {"of_layer": "density", "look": CLOSE},
)
"""What the six scenes of a story show: several layers, two levels and two places to look at."""


def scenes_of(store, story):
    """The scenes of a story made ready on a pack."""
    made = []
    for scene, shown in zip(story.scenes, LOOKS, strict=True):
        changes = {name: value for name, value in shown.items() if name != "of_layer"}
        made.append(_prepared(store, scene, shown["of_layer"], changes))
    return made


def _prepared(store, scene, layer, changes):
    drawn = replace(step(store, layer), **changes)
    told = render.told(drawn, {"places": Asset("places", b"", "application/json")})
    return replace(prepared(store, scene), step=told, summary=f"The map in words: {scene.title}.")


class Stand(InProcess):
    """One session and the server that its windows ask."""

    def __init__(self, store, places, file, monkeypatch, story=None):
        super().__init__(store, file, [Route("/map/{name}", _map_asset), *_room_present.ROUTES, *PHONES])
        parts = served(store)
        shapes = store.shapes(Geography.MSOA21)
        names = dict(zip(shapes["code"], shapes["local_name"], strict=True))
        by_path = {asset.path: asset for asset in (*parts.values(), *present.assets().values())}
        for name, value in {
            "rooms": lambda: self.rooms,
            "store": lambda: store,
            "places": lambda: places,
            "map_assets": lambda: parts,
            "assets_by_path": lambda: by_path,
            "msoa_names": lambda: names,
            "look": lambda at, focus: look_at(store, places, at, focus),
        }.items():
            monkeypatch.setattr(_edge, name, value)
        monkeypatch.setattr(_shortlist, "pack", lambda: PACK)
        monkeypatch.setattr(_room_present, "_font", lambda: "")
        self.session = self.rooms.begin(
            by=ADA,
            title="Help in Toytown",
            place="Ayton Hall",
            day=DAY,
            pack=PACK,
            prepared=scenes_of(store, story or a_story()),
            places="[]",
        )
        self.start()

    @property
    def link(self):
        """The presenter's link."""
        return f"{self.origin}/present/{self.session.id}/enter?key={self.session.key}"

    def phone(self):
        """The number of somebody who joins."""
        return self.room.join(None).result()[1]

    def answer(self, person, scene, value, *, turn=1, id_=None):
        """Keep an answer as a phone sends it."""
        self.ids = getattr(self, "ids", 0) + 1
        told = {"id": id_ or f"a{self.ids:016x}", "scene": scene, "turn": turn, "value": value}
        return self.room.answer(person, told).result()


async def _map_asset(request):
    asset = _edge.assets_by_path().get(request.url.path)
    return Response(asset.body, media_type=asset.media_type) if asset else Response(status_code=404)


class Window(Visitor):
    """A window of a presenter's browser. What the browser notes of requests that were lost is no trouble."""

    stand: Stand

    @classmethod
    @contextmanager
    def of(cls, context, stand, page):
        someone = cls(context, stand.origin)
        someone.stand = stand
        someone.page.goto(stand.link)
        if page != "desk":
            someone.page.goto(f"{stand.origin}/present/{stand.session.id}/{page}")
        someone.shows(stand.room.state.scene)
        yield someone
        someone.page.close()
        assert not someone.troubles, "\n".join(someone.troubles)

    def _console(self, message):
        if "Failed to load resource" not in message.text and "ERR_" not in message.text:
            super()._console(message)

    @property
    def body(self):
        return self.page.locator("body")

    def shows(self, position):
        """Wait until the scene of this position (from 0) is painted."""
        expect(self.body).to_have_attribute("data-scene", str(position))
        expect(self.body).to_have_attribute("data-painted", self.key(position))
        return self

    def key(self, position):
        """The name of what a scene's map shows."""
        return json.loads(self.stand.room.prepared[position].step)["key"]

    def ready(self):
        """Wait until the scenes beside the one that is shown are painted, too."""
        self.until("() => document.body.dataset.ahead === document.body.dataset.scene")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, script, arg=None):
        """Wait until a script is true. (Playwright's own way needs what our policy forbids.)"""
        end = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(script, arg):
            assert time.monotonic() < end, f"never: {script}"
            time.sleep(0.03)

    def heard(self, script):
        """Wait until a script is true of what the server tells (`told`)."""
        self.until(
            "async () => { try { const reply = await fetch('live?after=-1', {headers: {Accept: 'application/json'}});"
            f" const told = await reply.json(); return {script}; }} catch (lost) {{ return false; }} }}"
        )

    @property
    def front(self):
        """The frame of the map that is in front."""
        return self.page.query_selector("iframe.front").content_frame()

    def look(self):
        """Where the map in front looks: latitude, longitude and zoom."""
        return self.front.evaluate(
            "() => { const at = stage.map.getCenter(); return [at.lat, at.lng, stage.map.getZoom()]; }"
        )
